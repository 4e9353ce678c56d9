"""Browsers that live inside other apps: what they keep is gone with a chat, and nothing can be installed from them."""

from __future__ import annotations

import re

_BUILT_IN = (("wechat", re.compile(r"MicroMessenger/", re.I)), ("qq", re.compile(r"(?:^|\s)QQ/[\d.]+")))


def built_in(user_agent: str) -> str:
    """`wechat` or `qq` for the browser inside these apps; empty for a real one (QQ's own browser is one)."""
    return next((name for name, mark in _BUILT_IN if mark.search(user_agent)), "")
