"""A community whose every text field holds an attack: `SIFANG_DATA=folder python -m e2e.prepare_hostile`.

A home for each payload, with it in every field of the home, of somebody who lives there, of a visit, of whatever else
is written at work (hostile_work.py), and in a suggestion; payloads short enough are also names of buildings, grids,
workers, phones and passkeys.
"""

from __future__ import annotations

import asyncio
from typing import Any

from e2e.hostile_work import SHORT_NOTE, Where, about, work
from e2e.payloads import PAYLOADS
from e2e.prepare import Community
from server.clock import now_ms
from server.commands import opened, upgrade
from server.journal import Draft
from server.settings import from_environment
from sync.edit import b64u, clean_text

DAY_MS = 24 * 3600 * 1000
SHORT, NAME = 30, 60
BUILDINGS = 24


def _facts(payload: str, **limits: int) -> dict[str, Any]:
    """The payload in each of these fields that is long enough for it."""
    return {field: payload for field, limit in limits.items() if len(payload) <= limit}


def drafts(now: int) -> list[Draft]:
    """Everything, in the order in which it may be said."""
    made = Community()
    said = [clean_text(payload) for payload in PAYLOADS]
    names = [payload for payload in said if payload.strip() and len(payload) <= SHORT]
    community = made.add("community.added", None, {"name": names[0], "street": names[1]})
    grid = made.add("grid.added", None, {"community": community, "name": names[2], "quarters": names[3], "sort": 1})
    made.drafts[-1] = Draft("grid.added", grid, grid, made.author, made.drafts[-1].body, id=grid)
    other = made.add("grid.added", None, {"community": community, "name": names[4], "sort": 2})
    made.drafts[-1] = Draft("grid.added", other, other, made.author, made.drafts[-1].body, id=other)
    master = {"name": "王站长", "role": "station_master", "community": community, "grids": [grid, other]}
    leader = made.add("person.added", None, master)
    people = []
    for name in ("小赵", *names):
        about = {"name": name, "role": "grid_worker", "community": community, "grids": [grid]}
        people.append(made.add("person.added", None, about))
    for n, person in enumerate(people[1:40]):
        point = b64u(b"\x04" + bytes([n + 1]) * 64)
        made.add("device.enrolled", None, {"person": person, "public_key": point, "label": names[n]}, person)
        passkey = {"person": person, "credential": "AAAA", "public_key": "AAAA", "label": names[n]}
        made.add("passkey.added", None, passkey)
    blocks = []
    for n in range(BUILDINGS):
        block = {"quarters": names[n], "name": names[-1 - n], "sort": n, "kind": "block"}
        blocks.append(made.add("building.added", grid, block))
    homes = [
        _home(made, grid, blocks[n % BUILDINGS], n, payload, people[n % len(people)], leader, now)
        for n, payload in enumerate(said)
    ]
    neighbour = {"name": names[5], "role": "volunteer", "community": community, "grids": [], "buildings": [blocks[0]]}
    volunteer = made.add("person.added", None, neighbour)
    work(made, Where(community, grid, leader, people[0], volunteer, blocks[0]), homes, said, now)
    return made.drafts


def _home(made: Community, grid: str, block: str, n: int, payload: str, author: str, master: str, now: int) -> str:
    place = {"building": block, "entrance": "1", "floor": n // BUILDINGS + 1, "room": f"{n:03d}", "kind": "home"}
    # Text that is nothing but spaces says nothing; the rules take none of it.
    facts = _facts(payload, contact=NAME, phone=SHORT, note=10_000) if payload.strip() else {}
    home = made.add("household.added", grid, {**place, "facts": facts}, author)
    known = _facts(payload, name=NAME, relation=SHORT, phone=SHORT, note=10_000) if payload.strip() else {}
    made.add("resident.added", grid, {"household": home, "facts": known, "tags": []}, author)
    visit: dict[str, Any] = {"household": home, "occurred_at_ms": now - n * 60_000, "mode": "door", "result": "met"}
    visit |= {"text": payload, "asks": dict.fromkeys(("difficulty", "need", "idea", "effect"), payload)}
    if payload.strip() and len(payload) <= NAME:
        visit |= {"who_met": payload, "companions": [payload]}
    told = made.add("visit.recorded", grid, visit, author)
    if payload.strip():
        about(made, "visit.returned", told, grid, master, {"note": payload[:SHORT_NOTE]}, {"revision": [told]})
        made.add("suggestion.made", grid, {"text": payload, "page": "household"}, author)
    return home


async def _fill() -> None:
    async with opened(from_environment()) as here:
        receipts = await here.journal.commit(drafts(now_ms()))
        wrong = [receipt for receipt in receipts if receipt.outcome != "accepted"]
        if wrong:
            raise SystemExit(f"The hostile community was not taken: {wrong[:3]}")


if __name__ == "__main__":
    upgrade(from_environment())
    asyncio.run(_fill())
