"""A browser as people know it: Chrome · Windows."""

from __future__ import annotations

BROWSERS = (
    ("MicroMessenger/", "微信"),
    ("QQBrowser/", "QQ"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""Marks in the order in which they tell: most browsers name others as well."""
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_named(user_agent: str) -> str:
    """Its name and its system's, as far as it says; empty when it says neither."""
    found = (next((name for mark, name in marks if mark in user_agent), None) for marks in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in found if name)
