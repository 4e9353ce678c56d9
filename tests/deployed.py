"""What docs/deploy.md tells people to put on their servers, as the files that they would copy out of it."""

from __future__ import annotations

import re

from server.settings import ROOT

GUIDE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
_NAMED = re.compile(r"`(/etc/[^`\n]+|\w+\.sql)`[^\n]*:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def files() -> dict[str, str]:
    """Each file that the line before its block names, by its name."""
    return {match[1]: match[2] for match in _NAMED.finditer(GUIDE)}


def lines(name: str) -> list[str]:
    """What a file says, without its remarks."""
    return [line.strip() for line in files()[name].splitlines() if line.strip() and not line.strip().startswith("#")]


def under(name: str, section: str) -> dict[str, list[str]]:
    """One section of an ini file: each key with its values, in order."""
    found: dict[str, list[str]] = {}
    within = False
    for line in lines(name):
        if line.startswith("["):
            within = line == f"[{section}]"
        elif within:
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found
