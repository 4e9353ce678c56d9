"""docs/security/costly.md keeps true: every place it names is there, and no brake is missing from it."""

from __future__ import annotations

import re
from pathlib import Path

from server import brakes
from server.brakes import Limit

ROOT = Path(__file__).resolve().parent.parent
SECURITY = ROOT / "docs" / "security"
COSTLY = (SECURITY / "costly.md").read_text("utf-8")
PLACE = re.compile(r"`([\w/]+\.(?:py|js))::(\w+)`")
LIMITS = {name: limit for name, limit in vars(brakes).items() if isinstance(limit, Limit)}
ELSEWHERE = {"LINKS", "ENROLLING", "CODES_MADE", "CHALLENGES", "CONFIRMING", "GARBAGE"}
"""Brakes on guessing and garbage, not on cost: enrolment.md has them."""


def test_every_place_is_there() -> None:
    places = PLACE.findall(COSTLY)
    assert len(places) > 40
    for file, name in places:
        text = (ROOT / file).read_text("utf-8")
        said = rf"^\s*(async def |def |const |export const )?{name}\b( = |: |\()"
        assert re.search(said, text, re.MULTILINE), (file, name)


def test_every_line_says_its_brake_its_limit_and_what_ends_it() -> None:
    lines = [line for line in COSTLY.splitlines() if line.startswith("| ")][1:]
    assert len(lines) > 20
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert len(cells) == 6, line
        assert all(cells), line
        assert PLACE.search(cells[5]), line


def test_every_brake_stands_in_the_list() -> None:
    named = {name for file, name in PLACE.findall(COSTLY) if file == "server/brakes.py"}
    assert named | ELSEWHERE == set(LIMITS)


def test_the_table_of_brakes_has_their_figures() -> None:
    table = (SECURITY / "enrolment.md").read_text("utf-8")
    for name, limit in LIMITS.items():
        every = f"{limit.every_ms / 1000:g} s"
        assert re.search(rf"^\| [^|]+ \| [^|]+ \| {limit.burst} \| {every}[^|]* \|$", table, re.MULTILINE), name
