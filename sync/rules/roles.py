"""Roles: who works here as what, whose word gives them out, and who only ever sits at a desk."""

from __future__ import annotations

from typing import Literal

from sync.entities import Person

Role = Literal[
    "volunteer",
    "building_leader",
    "grid_worker",
    "grid_leader",
    "station_master",
    "dispatcher",
    "committee_member",
    "dept_handler",
    "supervisor",
    "resident",
    "admin",
]

MANAGING = ("station_master", "admin")
"""Whose word enters people, gives them a role and puts them out of use: others', in their own community."""
GIVEN_BY_ADMIN = ("admin", "supervisor")
"""Roles that reach further than a station master's own: an administrator alone gives and takes them."""
NEIGHBOURS = ("volunteer",)
"""Who looks after neighbours, walks no grid and is sent nothing of one."""
RECOVERING = ("station_master", "grid_leader", "admin")
"""Two of these, together, let in somebody who has lost every passkey."""
WALKING = ("grid_worker", "grid_leader")
"""Who looks after grids on foot, and may stand in for one another."""


def stands(person: Person | None, roles: tuple[str, ...]) -> bool:
    """Whether somebody is in use and has one of these roles."""
    return person is not None and person.ended_ms is None and person.role in roles


def reaches(author: Person, community: str | None) -> bool:
    """Whether a community is theirs. An administrator who has begun none yet reaches every one."""
    return author.community == community or (author.role == "admin" and author.community is None)


def may_give(author: Person | None, role: str, community: str | None) -> bool:
    """Whether their word makes somebody of this community this."""
    if author is None or not stands(author, MANAGING) or not reaches(author, community):
        return False
    return author.role == "admin" or role not in GIVEN_BY_ADMIN


def manages(author: Person | None, person: Person) -> bool:
    """Whether their word changes what this person is. Nobody's own does: so there is always somebody left who can."""
    return author is not None and author.id != person.id and may_give(author, person.role, person.community)
