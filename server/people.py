"""Who works here: a person enters the register once, by name, in the name of whoever enters them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import events, schema
from server.db import Database
from server.identity import made_from, time_of
from server.journal import GIVEN_BY_ADMIN, Draft, Journal

ROLES = (
    "station_master",
    "grid_leader",
    "grid_worker",
    "building_leader",
    "volunteer",
    "dispatcher",
    "committee_member",
    "dept_handler",
    "supervisor",
    "admin",
)
"""What somebody may be, in the order in which people are listed."""
BY_COMMAND = ("grid_worker", "grid_leader", "station_master", "dispatcher", "committee_member", "supervisor", "admin")
"""What a command on the server's shell may make somebody: whatever needs no building and no department named."""
NEEDS = {
    "grid_leader": "grids",
    "grid_worker": "grids",
    "committee_member": "grids",
    "building_leader": "buildings",
    "volunteer": "buildings",
    "dept_handler": "department",
}
"""What a role is for: without it, it is for nothing."""
NAME_MAX = 60
_SPREAD = re.compile(r"(?<=[一-鿿]) (?=[一-鿿])")


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be entered: `name` in one line, `role` one of ROLES, ids of `grids`, `buildings`, a `department`."""

    name: str
    role: str
    grids: tuple[str, ...]
    buildings: tuple[str, ...] = ()
    department: str | None = None

    @property
    def scope(self) -> dict[str, Any]:
        """What their role is for, as edits name it: nothing that another role would be for."""
        needs = NEEDS.get(self.role)
        return {
            "grids": list(self.grids) if needs == "grids" or self.role == "station_master" else [],
            "buildings": list(self.buildings) if needs == "buildings" else [],
            "department": self.department if needs == "department" else None,
        }

    def lacking(self) -> dict[str, str]:
        """What their role is for and was not named, as field → words of the catalogue below `people.`."""
        if self.role not in ROLES:
            return {"role": "no_role"}
        needs = NEEDS.get(self.role)
        return {} if needs is None or self.scope[needs] else {needs: f"no_{needs.removesuffix('s')}"}


def newcomer(
    name: str,
    role: str,
    grids: Sequence[str],
    all_grids: Sequence[str],
    buildings: Sequence[str] = (),
    department: str | None = None,
) -> Newcomer:
    """Somebody as a form or a command names them; a station master has every grid of the community."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", name) if letter.isspace() or _prints(letter))
    # Ledgers spread 小 周 over the cell; said and written it is 小周.
    plain = _SPREAD.sub("", " ".join(plain.split()))
    own = all_grids if role == "station_master" else dict.fromkeys(grids)
    return Newcomer(plain, role, tuple(own), tuple(dict.fromkeys(buildings)), department or None)


def roles_given_by(role: str) -> tuple[str, ...]:
    """What somebody of this role may make others."""
    return tuple(each for each in ROLES if role == "admin" or each not in GIVEN_BY_ADMIN)


async def add_person(
    db: Database, journal: Journal, community: str, author: str, person: Newcomer
) -> tuple[str | None, dict[str, str]]:
    """Journal `person.added` by the server's device in the author's name.

    Returns the person's id, or None and what is wrong, as field → words of the catalogue below `people.`: `no_name`,
    `long_name`, `twice` (somebody here has that name), `no_role`, `no_grid`, `no_building`, `no_department`.
    """
    wrong = person.lacking()
    if not person.name:
        wrong["name"] = "no_name"
    elif len(person.name) > NAME_MAX:
        wrong["name"] = "long_name"
    async with db.reading() as connection:
        if "name" not in wrong and _same(person.name) in await _names(connection, community):
            wrong["name"] = "twice"
    if wrong:
        return None, wrong
    # Pressed twice at once, it is one person still.
    id_ = made_from(time_of(community), "person", community, _same(person.name))
    scope = {field: value for field, value in person.scope.items() if value or field == "grids"}
    body = {"name": person.name, "role": person.role, "community": community, **scope}
    (receipt,) = await journal.commit([Draft("person.added", id_, None, author, body, id=id_)])
    if receipt.outcome != "accepted":
        raise RuntimeError(f"person.added: {receipt.outcome} {receipt.reason}")
    events.happened("person.added", person=author, whom=id_, role=person.role)
    return id_, {}


async def _names(db: AsyncConnection, community: str) -> set[str]:
    query = select(schema.person.c.name).where(schema.person.c.community == community)
    return {_same(name) for name in (await db.execute(query)).scalars()}


def _same(name: str) -> str:
    """What two spellings of one name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _prints(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C"
