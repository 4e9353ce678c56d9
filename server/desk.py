"""What stands around every desk page: the place, the reader's role, when the last thing came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from server import access, clock, schema
from server.access import User, user_of
from server.localtime import local_day, local_iso
from server.rendering import page

NAMED = {
    "day": ("home", "visits", "whistles", "logs", "conflicts", "care", "boards"),
    "work": ("items", "orders", "reports", "patrols", "hotline"),
    "whole": ("pictures", "packs", "figures", "records", "exports"),
    "station": ("people", "phones", "health", "imports", "notices", "calendar", "recoveries", "suggestions"),
}
"""What stands at the side of every page, in groups, for whom it opens: each at `/desk/` and its name."""
INSTEAD = {"pictures": "/desk/pictures/whistles"}
"""Where those are led to whom a page's part opens alone."""
AT_ONCE = ("day", "work")
"""Groups that stand open; the others open by a press, and where the reader is in them."""
ALL_OPEN_MAX = 12
"""Who has no more pages than these sees all of them."""


@dataclass(frozen=True)
class Group:
    """Pages of one sort at the side (name, address)."""

    name: str
    opened: bool
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Frame:
    """The side of a desk page. `last` is local ISO text of the last edit received, `path` where the reader is, `groups`
    where they can go from everywhere, `opens` all of the desk that is theirs, `waiting` how much waits
    for their decision, `unread` how many logs to be read and `urgent` how many people somebody called urgent (None for
    who decides nothing), `pressing` how many whistles run out of time (None for whom that is no matter), `back` the
    address that leads here again, `suggested` whether what they said could be easier has just been kept."""

    community: str
    role: str
    last: str | None
    last_today: bool
    path: str
    groups: tuple[Group, ...]
    waiting: int | None
    unread: int | None
    urgent: int | None
    pressing: int | None
    opens: frozenset[str]
    back: str
    suggested: bool


async def load_frame(db: AsyncConnection, request: Request, user: User) -> Frame:
    """Read what the side shows: the community's name and the receipt of the journal's last edit."""
    offset, opens = request.app.state.settings.utc_offset_min, access.desk_pages(user.role)
    name = select(schema.community.c.name).where(schema.community.c.id == user.community)
    community = (await db.execute(name)).scalar()
    head = (await db.execute(select(schema.journal_head.c.size, schema.journal_head.c.received_ms))).first()
    last_ms = head.received_ms if head is not None and head.size else None
    return Frame(
        community=community or "",
        role=user.role,
        last=local_iso(last_ms, offset) if last_ms is not None else None,
        last_today=last_ms is not None and local_day(last_ms, offset) == local_day(clock.now_ms(), offset),
        groups=_groups(opens) if user.community else (),
        waiting=await request.app.state.waiting_count(request, db, user),
        unread=await request.app.state.unread_count(request, db, user),
        urgent=await request.app.state.urgent_count(request, db, user),
        pressing=await request.app.state.pressing_count(request, db, user),
        opens=opens,
        path=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        back=_back(request),
        suggested="suggested" in request.query_params,
    )


def _groups(opens: frozenset[str]) -> tuple[Group, ...]:
    theirs = {group: tuple(_open(names, opens)) for group, names in NAMED.items()}
    few = sum(len(pages) for pages in theirs.values()) <= ALL_OPEN_MAX
    return tuple(Group(name, few or name in AT_ONCE, pages) for name, pages in theirs.items() if pages)


def _open(names: Iterable[str], opens: frozenset[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        ways = (f"/desk/{name}", INSTEAD.get(name, ""))
        yield from [(name, way) for way in ways if way in opens][:1]


def _back(request: Request) -> str:
    """The address of this page, for somebody who comes back to it; none where a form was sent to it."""
    if request.method != "GET":
        return ""
    asked = urlencode([each for each in request.query_params.multi_items() if each[0] != "suggested"])
    return f"{request.url.path}?{asked}" if asked else request.url.path


async def desk_page(
    request: Request, db: AsyncConnection, template: str, *, status: int = 200, **context: Any
) -> Response:
    """A whole desk page inside its frame."""
    frame = await load_frame(db, request, user_of(request))
    return page(request, template, status=status, frame=frame, **context)
