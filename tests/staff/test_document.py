"""docs/security/people.md says who may open what, and the access table says the same."""

from __future__ import annotations

import re
from pathlib import Path

from server.access import desk_pages
from server.people import ROLES
from sync.rules.roles import GIVEN_BY_ADMIN

TOLD = (Path(__file__).resolve().parents[2] / "docs" / "security" / "people.md").read_text("utf-8")
ROW = re.compile(r"^\| ((?:`\w+`(?:, )?)+) \| ([^|]+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
OWN = frozenset({"me", "live", "calendar", "limits"})
"""Everybody's who has a desk: their keys, the line that tells them that something came, the working calendar."""


def test_the_document_names_every_roles_pages_and_who_gives_it() -> None:
    told: dict[str, set[str]] = {}
    for named, given, pages in ROW.findall(TOLD):
        for role in re.findall(r"`(\w+)`", named):
            told[role] = set(re.findall(r"[a-z-]+", pages.replace("–", "")))
            assert ("station master" in given or "the same" in given) == (role not in GIVEN_BY_ADMIN), role
    assert list(told) == sorted(ROLES, key=list(told).index)
    for role in ROLES:
        opens = {path.split("/")[2] for path in desk_pages(role) if path.count("/") > 1 and path.startswith("/desk/")}
        assert told[role] == opens - OWN - {""}, role
