"""Who may do what: every route with its roles, and the one door to each row."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.routing import Mount, Route

from server import schema
from server.problem import Problem, not_found

ANYONE = frozenset({"anyone"})
DEVICE = frozenset({"device"})
FIELD = frozenset({"grid_worker", "grid_leader"})
DESK = frozenset({"station_master", "grid_leader", "admin"})
STATION = frozenset({"station_master", "admin"})
DECIDING = frozenset({"station_master", "grid_leader"})

TABLE: dict[str, frozenset[str]] = {
    "/": ANYONE,
    "/health": ANYONE,
    "/sw.js": ANYONE,
    "/manifest.webmanifest": ANYONE,
    "/join/": ANYONE,
    "/sign-in": ANYONE,
    "/sign-out": ANYONE,
    "/static/": ANYONE,
    "/language": ANYONE,
    "/sync/": DEVICE,
    "/field": FIELD,
    "/blobs/": FIELD | DESK,
    "/desk": DESK,
    "/desk/": DESK,
    "/desk/conflicts": DECIDING,
    "/desk/imports": STATION,
    "/desk/phones": STATION,
    "/desk/backups": STATION,
    "/desk/capsules": STATION,
    "/desk/grids": STATION,
}
"""Path prefixes and who may come in; the longest prefix that fits decides. A path that fits none is closed."""

FRESH = re.compile(
    r"/desk/(phones/(links|people)|grids/[^/]+/people)|/desk/phones/[^/]+/reinstatement|/desk/me/passkeys(/options|/[^/]+/removal)?"
)
"""What gives somebody a way in: written only by whoever has just shown their passkey. Putting a phone out of use needs
none."""


@dataclass(frozen=True)
class User:
    """The person behind a session, with the grids they may see. `use`: what the session is for, desk or field."""

    id: str
    name: str
    role: str
    community: str | None
    grids: frozenset[str]
    use: str = "desk"

    @property
    def has_desk(self) -> bool:
        """Whether the desk is theirs to open, by this session."""
        return self.role in DESK and self.use == "desk"


def roles_for(path: str) -> frozenset[str]:
    """The roles that may open `path`; empty when no entry covers it."""
    fitting = [prefix for prefix in TABLE if path == prefix or path.startswith(prefix.rstrip("/") + "/")]
    fitting = [prefix for prefix in fitting if prefix != "/" or path == "/"]
    return TABLE[max(fitting, key=len)] if fitting else frozenset()


def uncovered(routes: list[Any]) -> list[str]:
    """Routes that no entry of the table covers: an empty list, or the build fails."""
    paths = [route.path for route in routes if isinstance(route, Route | Mount)]
    return [path for path in paths if not roles_for(path)]


async def load_user(db: AsyncConnection, person_id: str, use: str = "desk") -> User | None:
    """The person and their grids: their own, or every grid of the community for its supervisors."""
    person = (await db.execute(select(schema.person).where(schema.person.c.id == person_id))).mappings().first()
    if person is None:
        return None
    own = person["grids"]
    grids = set(json.loads(own) if isinstance(own, str) else own or [])
    if person["role"] in STATION and person["community"]:
        column = schema.grid.c
        found = await db.execute(select(column.id).where(column.community == person["community"]))
        grids |= set(found.scalars())
    return User(person["id"], person["name"], person["role"], person["community"], frozenset(grids), use)


def user_of(request: Request) -> User:
    """The user of this request.

    Raises:
        Problem: `sign_in` (401) when there is no session.
    """
    user = getattr(request.state, "user", None)
    if not isinstance(user, User):
        raise sign_in()
    return user


def sign_in() -> Problem:
    """Nobody is signed in on this browser."""
    return Problem(
        "sign_in",
        401,
        "这部设备还没有登记。请站长给您一个链接或二维码。",
        "This device is not registered yet. Ask your station for a link or a QR code.",
    )


def come_in(to: str) -> Problem:
    """Nobody is signed in where the desk was asked for; `to`: the page to go on to."""
    return Problem(
        "sign_in",
        401,
        "您还没进来，或者已经退出了。请用通行密钥进来。",
        "You are not signed in, or have been signed out. Come in with your passkey.",
        to=to,
    )


def show_passkey() -> Problem:
    """What was asked needs a passkey that was shown moments ago."""
    return Problem(
        "show_passkey",
        403,
        "这件事要再确认一次是您本人。回到刚才那页，再按一次按钮，用通行密钥确认。",
        "This needs your passkey once more. Go back to the page, press the button again and confirm.",
    )


def access_grid(user: User, grid_id: str) -> str:
    """The grid's id if this user may see it; absent and forbidden alike are not found."""
    if grid_id not in user.grids:
        raise not_found()
    return grid_id


async def access_household(db: AsyncConnection, user: User, household_id: str) -> RowMapping:
    """The household's row if it lies in one of the user's grids."""
    return await _row(db, user, schema.household, household_id)


async def access_visit(db: AsyncConnection, user: User, visit_id: str) -> RowMapping:
    """The visit's row if it was made in one of the user's grids."""
    return await _row(db, user, schema.visit, visit_id)


async def access_resident(db: AsyncConnection, user: User, resident_id: str) -> RowMapping:
    """The resident's row if they live in one of the user's grids."""
    return await _row(db, user, schema.resident, resident_id)


async def access_building(db: AsyncConnection, user: User, building_id: str) -> RowMapping:
    """The building's row if it stands in one of the user's grids."""
    return await _row(db, user, schema.building, building_id)


async def _row(db: AsyncConnection, user: User, table: Any, row_id: str) -> RowMapping:
    query = select(table).where(table.c.grid.in_(sorted(user.grids)), table.c.id == row_id)
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise not_found()
    return row
