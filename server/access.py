"""Who may do what: every route with its roles, and the one door to each row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, RowMapping, and_, false, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from server import schema
from server.problem import Problem, not_found

ANYONE = frozenset({"anyone"})
DEVICE = frozenset({"device"})
FIELD = frozenset({"grid_worker", "grid_leader"})
VOLUNTEER = frozenset({"volunteer"})
PHONES = FIELD | VOLUNTEER
"""Who carries a phone of ours."""
HOMES = {
    "station_master": "/desk/visits",
    "grid_leader": "/desk/visits",
    "admin": "/desk/people",
    "supervisor": "/desk/figures",
    "dispatcher": "/desk/home",
    "committee_member": "/desk/home",
    "dept_handler": "/desk/home",
}
"""Everybody who has a desk, and the page it opens on."""
DESK = frozenset(HOMES)
SUPERVISOR = frozenset({"supervisor"})
WAITING = frozenset({"dispatcher", "committee_member", "dept_handler"})
"""Whose cases come later: they look after their own keys, and see numbers at most."""
STATION = frozenset({"station_master", "admin"})
DECIDING = frozenset({"station_master", "grid_leader"})
WHISTLING = DECIDING | {"dispatcher", "dept_handler"}
"""Between whom a whistle goes at the desk."""
OWNING = WHISTLING | {"grid_worker", "committee_member"}
"""Who may be asked about something first, and then is told of every step of it, whatever they become."""
ANSWERING = frozenset({"dispatcher", "station_master"})
"""Who responds for a community, and dispatches."""
RECOVERING = STATION | DECIDING
READING = FIELD | DECIDING
"""Who may read of residents at all, and then in their own grids."""


class Entry(NamedTuple):
    """Who may use an address by one verb. `fresh`: only moments after they have shown their passkey."""

    roles: frozenset[str]
    fresh: bool = False


def _entries(roles: frozenset[str], *ways: str, fresh: bool = False) -> dict[tuple[str, str], Entry]:
    """Lines of the table: each way is verbs and an address, as the route spells it."""
    lines = {}
    for way in ways:
        *verbs, path = way.split()
        lines.update({(verb, path): Entry(roles, fresh) for verb in verbs})
    return lines


HOME, PERSON, VISIT = "/field/households/{household}", "/field/residents/{resident}", "/field/visits/{visit}"
RECORD = "/desk/households/{grid}/{household}/record"

TABLE: dict[tuple[str, str], Entry] = {
    **_entries(
        ANYONE,
        "GET /",
        "GET /health",
        "GET /sw.js",
        "GET /manifest.webmanifest",
        "GET /elder/{task}.webmanifest",
        "GET /static/{path:path}",
        "GET /ledger",
        "GET /ledger/keys",
        "GET /ledger/{log}/checkpoint",
        "GET /ledger/{log}/tile/{path:path}",
        "POST /language",
        "GET POST /sign-in",
        "POST /sign-in/options",
        "POST /sign-out",
        "GET POST /join",
        "GET /join/{token}",
        "POST /join/{token}/meeting",
        "POST /join/{token}/device",
        "POST /join/{token}/session",
        "GET POST /elder/join",
        "GET /elder/join/{token}",
        "POST /elder/join/{token}/session",
        "POST /join/{token}/passkey",
        "POST /join/{token}/passkey/options",
        "GET /r",
        "GET POST /r/{code}",
        "GET /r/s/{receipt}",
        "POST /r/s/{receipt}/rating",
        "POST /r/s/{receipt}/forgetting",
    ),
    # By their key or a secret in the request; no session counts here.
    **_entries(
        DEVICE,
        "POST /sync/exchange",
        "POST /sync/capsules",
        "GET /sync/snapshots/{snapshot}/{part:int}",
        "GET PUT /sync/blobs/{sha256}",
        "POST /api/hotline/tickets",
        "GET /api/hotline/tickets/{number}",
    ),
    **_entries(
        FIELD,
        "GET /field",
        "GET /field/",
        "GET /field/doors",
        "GET /field/doors/found",
        "GET /field/visits/new",
        "GET /field/households/new",
        "GET POST /field/households",
        f"GET {HOME}",
        f"GET {HOME}/visits/new",
        f"GET POST {HOME}/visits",
        f"GET {HOME}/residents/new",
        f"GET POST {HOME}/residents",
        f"GET POST {HOME}/facts",
        f"GET POST {PERSON}/facts",
        f"GET {VISIT}",
        f"GET {VISIT}/corrections/new",
        f"GET POST {VISIT}/corrections",
        f"GET POST {VISIT}/items",
        f"GET POST {VISIT}/promise",
        "GET /field/followups",
        "GET /field/items/{item}",
        "GET POST /field/items/{item}/moves",
        "GET POST /field/items/{item}/tellings",
        "GET POST /field/whistles",
        "GET /field/whistles/new",
        "GET /field/whistles/{whistle}",
        "GET POST /field/whistles/{whistle}/moves",
        "GET POST /field/whistles/{whistle}/tellings",
        "GET /field/mediations/new",
        "GET POST /field/mediations",
        "GET POST /field/log",
        "GET /field/orders/{order}",
        "POST /field/orders/{order}/answers",
        "POST /field/orders/{order}/reports",
        "GET POST /field/patrol",
        "GET POST /field/patrol/notes",
        "POST /field/actions/{action}/completion",
        "GET POST /field/care",
        "GET /field/emergency",
        "GET /field/outbox",
        "POST /field/outbox/attempts",
        "GET /field/outbox/capsule",
        "GET POST /field/carry",
        "GET /field/more",
        "GET /field/notes",
        "GET /field/pin",
        "POST /field/settings",
        "GET /field/suggestions/new",
        "GET POST /field/suggestions",
        "GET /field/{rest:path}",
    ),
    **_entries(
        VOLUNTEER,
        "GET /elder",
        "GET /elder/",
        "GET /elder/report",
        "GET POST /elder/reports",
        "GET /elder/suggestions/new",
        "GET POST /elder/suggestions",
        "POST /elder/reports/{report}/withdrawal",
        "GET /elder/visits",
        "GET /elder/visits/{pair}",
        "POST /elder/visits/{pair}/checks",
        "POST /elder/checks/{check}/withdrawal",
        "GET /elder/sent",
        "GET /elder/mine",
        "GET /elder/call",
        "GET /elder/install",
        "POST /elder/settings",
        "GET /elder/{rest:path}",
    ),
    **_entries(FIELD | WHISTLING | {"committee_member"}, "GET /blobs/{sha256}"),
    **_entries(
        READING,
        "GET /restricted/{grid}/{household}",
        "POST /restricted/{grid}/{household}/looks",
        "GET /restricted/{grid}/{household}/looks/{look}",
    ),
    **_entries(
        DECIDING,
        "GET POST /desk/visits",
        "GET POST /desk/visits/earlier",
        "GET POST /desk/visits/arrivals",
        "GET /desk/visits/{grid}/{visit}",
        "POST /desk/visits/{grid}/{visit}/review",
        "POST /desk/visits/{grid}/{visit}/return",
        "GET /desk/pictures",
        "GET /desk/patrols",
        "GET /desk/health",
        "GET /desk/packs",
        "GET /desk/packs/{kind}",
        "POST /desk/actions",
        "POST /desk/actions/{action}/completion",
        "POST /desk/actions/{action}/change",
        "GET /desk/care",
        "GET /desk/care/count",
        "GET POST /desk/care/{grid}/{household}",
        "POST /desk/care/{grid}/{pair}/cadence",
        "POST /desk/care/{grid}/{pair}/end",
        "GET /desk/logs",
        "GET /desk/logs/count",
        "GET /desk/logs/{grid}/{log}",
        "POST /desk/logs/{grid}/{log}/review",
        "POST /desk/logs/{grid}/{log}/return",
        "GET POST /desk/orders",
        "GET /desk/orders/new",
        "GET /desk/orders/{grid}/{order}",
        "POST /desk/orders/{grid}/{order}/confirmation",
        "POST /desk/orders/{grid}/{order}/redo",
        "POST /desk/orders/{grid}/{order}/withdrawal",
        "POST /desk/orders/{grid}/{order}/extension",
        "GET /desk/items",
        "GET /desk/items/{grid}/{item}",
        "POST /desk/items/{grid}/{item}/moves",
        "GET /desk/reports",
        "POST /desk/reports/{report}/answer",
        "GET /desk/boards",
        "GET /desk/boards/{grid}/{building}",
        "GET /desk/households/{grid}/{household}",
        "GET /desk/households/{grid}/{household}/visits/new",
        "POST /desk/households/{grid}/{household}/visits",
        f"GET POST {RECORD}",
        f"GET {RECORD}/{{record}}",
        "GET /desk/restricted",
        "GET /desk/restricted/{grid}/{household}",
        "POST /desk/restricted/{grid}/{household}/looks",
        "GET /desk/restricted/{grid}/{household}/looks/{look}",
        "POST /desk/restricted/{grid}/{household}/looks/{look}/tags",
        "GET /desk/exports",
        "GET /desk/trail/{entity}",
        "GET /desk/conflicts",
        "GET /desk/conflicts/count",
        "GET /desk/conflicts/{key}",
        "POST /desk/conflicts/{key}/decision",
        "POST /desk/conflicts/decisions/{edit}/undoing",
    ),
    **_entries(
        WHISTLING | {"committee_member"},
        "GET /desk/live",
        "GET /desk/whistles",
        "GET /desk/whistles/lines",
        "GET /desk/whistles/{grid}/{whistle}",
        "POST /desk/whistles/{grid}/{whistle}/moves",
        "POST /desk/whistles/{grid}/{whistle}/tellings",
    ),
    **_entries(WHISTLING, "GET /desk/pictures/whistles", "GET /desk/pictures/whistles/cases"),
    **_entries(
        DECIDING | {"dispatcher"},
        "GET /desk/whistles/{grid}/{whistle}/dispatches",
        "POST /desk/whistles",
        "GET POST /desk/meetings",
        "GET /desk/meetings/{id}",
        "POST /desk/meetings/{id}/telling",
        "POST /desk/messages",
        "POST /desk/messages/whistle",
    ),
    **_entries(ANSWERING, "GET /desk/hotline", "POST /desk/hotline/{ticket}/whistle"),
    **_entries(ANSWERING, "POST /desk/hotline/answers", fresh=True),
    **_entries(ANSWERING, "POST /desk/whistles/{grid}/{whistle}/dispatches"),
    **_entries(
        frozenset({"dispatcher", "station_master", "admin"}),
        "GET /desk/routing",
        "POST /desk/routing",
        "POST /desk/routing/trial",
    ),
    **_entries(
        DECIDING,
        "POST /desk/exports",
        "POST /desk/packs/{kind}/file",
        "POST /desk/orders/{grid}/{order}/file",
        "POST /desk/trail/{entity}/file",
        fresh=True,
    ),
    **_entries(frozenset({"station_master"}), "POST /desk/restricted", fresh=True),
    **_entries(
        frozenset({"station_master"}),
        "GET /desk/erasures/residents/{grid}/{resident}",
        "GET /desk/erasures/households/{grid}/{household}",
        "GET /desk/erasures/visits/{grid}/{visit}",
    ),
    **_entries(
        frozenset({"station_master"}),
        "POST /desk/erasures/residents/{grid}/{resident}",
        "POST /desk/erasures/households/{grid}/{household}",
        "POST /desk/erasures/visits/{grid}/{visit}",
        fresh=True,
    ),
    **_entries(
        frozenset({"station_master"}),
        "GET POST /desk/imports",
        "GET /desk/imports/{id}",
        "GET /desk/imports/{id}/report",
        "POST /desk/imports/{id}/confirmation",
        "POST /desk/imports/{id}/grid",
        "POST /desk/imports/{id}/cancellation",
        "GET POST /desk/capsules",
        "GET /desk/ledger/notice",
        "GET /desk/notices",
        "GET POST /desk/notices/{grid}",
        "GET /desk/notices/{grid}/{building}",
        "POST /desk/notices/{grid}/{building}/code",
    ),
    **_entries(
        STATION,
        "GET /desk/phones",
        "GET /desk/phones/meetings",
        "POST /desk/phones/sessions/{session}/removal",
        "POST /desk/phones/{device}/revocation",
        "POST /desk/phones/{device}/doubts/{at_ms}",
        "GET POST /desk/grids",
        "POST /desk/grids/{grid}/buildings/moves",
        "POST /desk/grids/{grid}/buildings/{building}/moves",
        "GET /desk/backups",
        "GET /desk/robots",
        "POST /desk/robots/{robot}/tests",
        "GET /desk/people",
        "GET /desk/people/{person}",
        "POST /desk/people/{person}/end",
        "POST /desk/people/{person}/sessions",
        "GET /desk/stand-ins/{id}",
        "POST /desk/stand-ins/{id}/notes",
        "POST /desk/stand-ins/{id}/end",
    ),
    **_entries(STATION, "GET /desk/suggestions"),
    **_entries(RECOVERING, "GET /desk/recoveries", "POST /desk/recoveries/{id}/drop"),
    **_entries(RECOVERING, "POST /desk/recoveries", "POST /desk/recoveries/{id}/confirmation", fresh=True),
    **_entries(SUPERVISOR, "GET /desk/figures", "GET /desk/records", "GET /desk/records/{id}"),
    **_entries(SUPERVISOR, "POST /desk/records", fresh=True),
    **_entries(WAITING | DECIDING, "GET /desk/home"),
    **_entries(frozenset({"admin"}), "GET /desk/beginning"),
    **_entries(frozenset({"admin"}), "POST /desk/calendar/days", "POST /desk/calendar/hours", "POST /desk/limits"),
    **_entries(frozenset({"admin"}), "POST /desk/beginning", fresh=True),
    **_entries(
        STATION,
        "POST /desk/people",
        "POST /desk/people/{person}/role",
        "POST /desk/people/{person}/return",
        "POST /desk/people/{person}/link",
        "POST /desk/people/{person}/passkeys/{key}/removal",
        "POST /desk/people/{person}/stand-in",
        "POST /desk/departments",
        "POST /desk/phones/links",
        "POST /desk/phones/meetings/{link}",
        "POST /desk/phones/{device}/reinstatement",
        "POST /desk/grids/{grid}/people",
        fresh=True,
    ),
    **_entries(
        DESK,
        "GET /desk",
        "GET /desk/",
        "GET /desk/me",
        "POST /desk/me/confirmation",
        "POST /desk/me/confirmation/options",
        "POST /desk/me/sessions",
        "GET /desk/suggestions/new",
        "POST /desk/suggestions",
        "GET /desk/calendar",
        "GET /desk/limits",
    ),
    **_entries(
        DESK,
        "POST /desk/me/passkeys",
        "POST /desk/me/passkeys/options",
        "POST /desk/me/passkeys/{id}/removal",
        fresh=True,
    ),
}
"""Every address and verb, and who may. What gives somebody a way in, takes much out or switches on what is kept apart
waits for a passkey; putting a phone out of use does not. A route that stands here with none of its verbs keeps the
server from starting."""


@dataclass(frozen=True)
class User:
    """The person behind a session. `grids`: those whose homes they may read of; `arranged`: those that they say whose
    they are; `counted`: those whose visits they see as numbers alone. `use`: what the session is for, desk or field;
    `department`: whose whistles they handle."""

    id: str
    name: str
    role: str
    community: str | None
    grids: frozenset[str]
    use: str = "desk"
    arranged: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    department: str | None = None

    @property
    def has_desk(self) -> bool:
        """Whether the desk is theirs to open, by this session."""
        return self.role in DESK and self.use == "desk"


def entry_for(method: str, path: str) -> Entry | None:
    """The line for a route's own spelling of its path; HEAD is a GET without its body."""
    return TABLE.get(("GET" if method == "HEAD" else method, path))


def unlisted(routes: Iterable[BaseRoute]) -> list[str]:
    """Ways into the server that no line of the table covers, and lines that lead nowhere: an empty list, or the server
    does not start."""
    ways: set[tuple[str, str]] = set()
    strange: list[str] = []
    for route in routes:
        if isinstance(route, Route):
            ways |= {(verb, route.path) for verb in (route.methods or {"*"}) - {"HEAD"}}
        else:
            strange.append(f"{type(route).__name__} {getattr(route, 'path', '')}")
    return [*strange, *(" ".join(way) for way in sorted(ways ^ TABLE.keys()))]


def desk_pages(role: str) -> frozenset[str]:
    """The desk's pages, by address, that somebody of this role may open."""
    return frozenset(path for (verb, path), entry in TABLE.items() if verb == "GET" and role in entry.roles)


def home_of(role: str) -> str:
    """Where somebody's desk begins."""
    return HOMES.get(role, phone_home(role))


def phone_home(role: str) -> str:
    """Where the pages of somebody's phone begin."""
    return "/elder/" if role in VOLUNTEER else "/field/"


async def load_user(db: AsyncConnection, person_id: str, use: str = "desk") -> User | None:
    """Somebody who is in use, and their grids. A station master reads every grid of the community, an administrator
    none; a supervisor sees numbers from everywhere."""
    person = (await db.execute(select(schema.person).where(schema.person.c.id == person_id))).mappings().first()
    if person is None or person["ended_ms"] is not None:
        return None
    role, community, own = person["role"], person["community"], frozenset(json.loads(person["grids"]))
    lent = json.loads(person["lent"]).values() if role in FIELD else ()
    station = await _grids(db, community) if role in STATION and community else frozenset()
    read = {"station_master": own | station}.get(role, own.union(*lent) if role in FIELD else frozenset())
    arranged = {"station_master": read, "admin": station}.get(role, frozenset())
    counted = {"supervisor": await _grids(db) if role == "supervisor" else own, "committee_member": own}
    known = (person["id"], person["name"], role, community, read, use)
    return User(*known, arranged, counted.get(role, frozenset()), person["department"])


async def _grids(db: AsyncConnection, community: str | None = None) -> frozenset[str]:
    """Every grid, or every one of a community."""
    query = select(schema.grid.c.id)
    if community is not None:
        query = query.where(schema.grid.c.community == community)
    return frozenset((await db.execute(query)).scalars())


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


def shut() -> Problem:
    """The page of a phone that is locked, or was asked for past what the phone itself draws."""
    return Problem(
        "shut",
        403,
        "这一页要手机开着才能看。回四访输密码；那里要是也没有资料，请站里再给一个链接。",
        "This page is for a phone that is open. Go back and type your PIN; if nothing is there, ask for a new link.",
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


def arrange_grid(user: User, grid_id: str) -> str:
    """The grid's id if this user says whose it is; absent and forbidden alike are not found."""
    if grid_id not in user.arranged:
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


async def access_item(db: AsyncConnection, user: User, item_id: str) -> RowMapping:
    """The item's row if it stands in one of the user's grids."""
    return await _row(db, user, schema.item, item_id)


async def access_check(db: AsyncConnection, user: User, check_id: str) -> RowMapping:
    """The row of a look-in if its home stands in one of the user's grids."""
    return await _row(db, user, schema.care_check, check_id)


async def access_answer(db: AsyncConnection, user: User, answer_id: str) -> RowMapping:
    """The row of an answer at a door of an order in one of the user's grids."""
    return await _row(db, user, schema.order_answer, answer_id)


async def access_log(db: AsyncConnection, user: User, log_id: str) -> RowMapping:
    """The row of a day's log: its author's own, or of a grid that they decide about at the desk."""
    return await _own(db, user, schema.daily_log, log_id)


async def access_whistle(db: AsyncConnection, user: User, whistle_id: str) -> RowMapping:
    """The row of a whistle that is theirs to read."""
    query = select(schema.whistle).where(whistles_of(user), schema.whistle.c.id == whistle_id)
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise not_found()
    return row


def whistles_of(user: User) -> ColumnElement[bool]:
    """Which whistles are this user's: those of their grids, of the community for who dispatches there, for a department
    those that it has, or helps with; and wherever they work now, those that they were asked about first."""
    whistle, grid = schema.whistle.c, schema.grid.c
    owned = (whistle.first_owner == user.id) if user.role in OWNING else false()
    if user.role == "dispatcher":
        return whistle.grid.in_(select(grid.id).where(grid.community == user.community)) | owned
    if user.role == "dept_handler" and user.department is not None:
        # The first half is the condition of the index that finds them.
        helps = and_(
            whistle.supporting != literal_column("'[]'"),
            whistle.supporting.contains(f'"{user.department}"', autoescape=True),
        )
        return (whistle.department == user.department) | helps | owned
    return whistle.grid.in_(sorted(user.grids if user.role in READING else ())) | owned


def tickets_of(user: User) -> ColumnElement[bool]:
    """Which tickets of the hotline are this user's: those of the community, for whoever answers there."""
    ticket = schema.hotline_ticket.c
    return ticket.community == user.community if user.role in ANSWERING and user.community else false()


async def access_ticket(db: AsyncConnection, user: User, ticket_id: str) -> RowMapping:
    """The row of a ticket that is theirs to place."""
    query = select(schema.hotline_ticket).where(tickets_of(user), schema.hotline_ticket.c.id == ticket_id)
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise not_found()
    return row


async def access_building(db: AsyncConnection, user: User, building_id: str) -> RowMapping:
    """The building's row if it stands in one of the user's grids."""
    return await _row(db, user, schema.building, building_id)


def reports_of(user: User) -> ColumnElement[bool]:
    """Which reports are this user's to read: those of their grids, and of a community those that name no building."""
    report = schema.report.c
    ours = report.grid.in_(sorted(user.grids if user.role in READING else ()))
    nobodys = report.grid.is_(None) & (report.community == user.community)
    return ours | nobodys if user.role == "station_master" else ours


async def access_report(db: AsyncConnection, user: User, report_id: str) -> RowMapping:
    """The row of a report that is theirs to read, and that nobody took back."""
    report = schema.report.c
    query = select(schema.report).where(reports_of(user), report.id == report_id, report.state != "withdrawn")
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise not_found()
    return row


async def access_note(db: AsyncConnection, user: User, note_id: str) -> RowMapping:
    """The row of a patrol's note: its author's own, or of a grid that they decide about at the desk."""
    row = await _own(db, user, schema.patrol_note, note_id)
    if row["what"] == "withdrawn":
        raise not_found()
    return row


async def _own(db: AsyncConnection, user: User, table: Any, row_id: str) -> RowMapping:
    leads = user.has_desk and user.role in DECIDING
    theirs = or_(table.c.author == user.id, table.c.grid.in_(sorted(user.grids)) if leads else false())
    row = (await db.execute(select(table).where(theirs, table.c.id == row_id))).mappings().first()
    if row is None:
        raise not_found()
    return row


async def _row(db: AsyncConnection, user: User, table: Any, row_id: str) -> RowMapping:
    grids = user.grids if user.role in READING else ()
    query = select(table).where(table.c.grid.in_(sorted(grids)), table.c.id == row_id)
    row = (await db.execute(query)).mappings().first()
    if row is None:
        raise not_found()
    return row
