"""Who works here: a person enters the register once, by name, in the station master's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.db import Database
from server.identity import made_from, time_of
from server.journal import Draft, Journal

ROLES = ("grid_worker", "grid_leader", "station_master")
NAME_MAX = 60
_SPREAD = re.compile(r"(?<=[一-鿿]) (?=[一-鿿])")


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be entered: `name` in one line, `role` one of ROLES, ids of `grids`."""

    name: str
    role: str
    grids: tuple[str, ...]


def newcomer(name: str, role: str, grids: Sequence[str], all_grids: Sequence[str]) -> Newcomer:
    """Somebody as a form or a command names them; a station master has every grid of the community."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", name) if letter.isspace() or _prints(letter))
    # Ledgers spread 小 周 over the cell; said and written it is 小周.
    plain = _SPREAD.sub("", " ".join(plain.split()))
    own = all_grids if role == "station_master" else dict.fromkeys(grids)
    return Newcomer(plain, role, tuple(own))


async def add_person(
    db: Database, journal: Journal, community: str, author: str, person: Newcomer
) -> tuple[str | None, dict[str, str]]:
    """Journal `person.added` by the server's device in the author's name.

    Returns the person's id, or None and what is wrong, as field → words of the catalogue below `people.`: `no_name`,
    `long_name`, `twice` (somebody here has that name), `no_role`, `no_grid`.
    """
    wrong: dict[str, str] = {}
    if not person.name:
        wrong["name"] = "no_name"
    elif len(person.name) > NAME_MAX:
        wrong["name"] = "long_name"
    if person.role not in ROLES:
        wrong["role"] = "no_role"
    elif not person.grids and person.role != "station_master":
        wrong["grids"] = "no_grid"
    async with db.reading() as connection:
        if "name" not in wrong and _same(person.name) in await _names(connection, community):
            wrong["name"] = "twice"
    if wrong:
        return None, wrong
    # Pressed twice at once, it is one person still.
    id_ = made_from(time_of(community), "person", community, _same(person.name))
    body = {"name": person.name, "role": person.role, "community": community, "grids": list(person.grids)}
    (receipt,) = await journal.commit([Draft("person.added", id_, None, author, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"person.added: {receipt.outcome} {receipt.reason}")
    return id_, {}


async def _names(db: AsyncConnection, community: str) -> set[str]:
    query = select(schema.person.c.name).where(schema.person.c.community == community)
    return {_same(name) for name in (await db.execute(query)).scalars()}


def _same(name: str) -> str:
    """What two spellings of one name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _prints(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C"
