"""What the hotline's own program says and asks: tickets in, and what became of each (docs/hotline.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server import clock, events
from server.bodies import read_body
from server.hotline import signed, store
from server.i18n import t
from server.imports.cells import Line
from server.imports.choice import Choice
from server.imports.plan_tickets import raised, received
from server.imports.registry import Registry
from server.imports.remarks import Args
from server.imports.routing import route
from server.imports.store import load_places, master_of
from server.imports.tickets import Ticket, TicketReader
from server.imports.words import key
from server.journal import Draft
from server.localtime import local_iso
from server.problem import Problem, not_found

TICKETS_MAX = 100
BODY_BYTES_MAX = 1024 * 1024
Words = Annotated[str, msgspec.Meta(max_length=10_000)]
Why = dict[int, tuple[str, Args]]
"""Which tickets are refused, by their place: the words' key, and what stands in them."""
TIMES = ("received_ms", "dispatched_ms", "accepted_ms", "resolved_ms", "closed_ms")


class SentTicket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ticket, in the words of the hotline. `when`: local, as 2026-11-20 08:30. `confidential`: whom to call back is
    not for us; false: a department may call them."""

    ticket: Words
    when: Words
    text: Words = ""
    title: Words = ""
    topic: Words = ""
    address: Words = ""
    community: Words = ""
    grid: Words = ""
    caller: Words = ""
    phone: Words = ""
    urgency: Words = ""
    confidential: bool | None = None


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One ticket or some."""

    tickets: Annotated[list[SentTicket], msgspec.Meta(min_length=1, max_length=TICKETS_MAX)]


async def receive(request: Request) -> Response:
    """`POST /api/hotline/tickets`: each comes in, is here already, or is refused with why. Those that come in do so
    together."""
    if request.app.state.settings.hotline_secret is None:
        raise not_found()
    raw = await read_body(request, BODY_BYTES_MAX)
    signed.check(request, raw)
    try:
        sent = msgspec.json.decode(raw, type=Sent)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(
            "bad_body", 400, "内容看不懂。", "The body could not be read.", detail=str(error)[:200]
        ) from error
    clerk = TicketReader("", Choice("", clock.now_ms(), request.app.state.settings.utc_offset_min))
    read = [clerk.read(_line(row, each)) for row, each in enumerate(sent.tickets, 1)]
    out = (each for each in clerk.remarks if each.level == "problem" or each.code == "ticket_again")
    why = {each.row: (f"import.why.{each.code}", each.args) for each in out}
    outcome: dict[int, str] = {}
    drafts: list[Draft] = []
    async with request.app.state.db.reading() as db:
        names = await store.communities(db)
        theirs = [(ticket, _community(names, ticket)) for ticket in read if ticket is not None]
        for community in dict.fromkeys(of for _, of in theirs if of is not None):
            tickets = [ticket for ticket, of in theirs if of == community]
            places = await load_places(db, community, [each.number for each in tickets])
            master = await master_of(db, community, None)
            drafts += _plan(places, tickets, master, outcome, why)
        why |= {ticket.row: ("hotline.why.which_community", {}) for ticket, of in theirs if of is None}
    if drafts:
        await request.app.state.journal.commit(drafts)
    told = [_told(row, each.ticket, outcome, why) for row, each in enumerate(sent.tickets, 1)]
    came = sum(each["outcome"] in ("raised", "waiting") for each in told)
    events.happened("hotline.received", tickets=len(told), came=came, refused=len(why))
    return JSONResponse({"tickets": told})


async def show(request: Request) -> Response:
    """`GET /api/hotline/tickets/{number}`: what became of it."""
    signed.check(request, b"")
    async with request.app.state.db.reading() as db:
        row = await store.one(db, request.path_params["number"])
    if row is None:
        raise not_found()
    offset = request.app.state.settings.utc_offset_min
    state = row["other_state"] or row["state"] or "waiting"
    known = {"result": store.result_of(row), "department": row["department_name"], "rating": row["rating"]}
    times = {name.removesuffix("_ms"): local_iso(row[name], offset) for name in TIMES if row[name] is not None}
    answered = (row["other_state"] or row["state"]) in store.ANSWERED
    return JSONResponse({"ticket": row["ticket"], "state": state, "answered": answered, **known, "times": times})


def _plan(
    places: Registry, tickets: Sequence[Ticket], master: str | None, outcome: dict[int, str], why: Why
) -> list[Draft]:
    """The edits of one community's tickets, in its station master's name."""
    drafts = []
    for ticket in tickets:
        if ticket.number in places.tickets:
            outcome[ticket.row] = "known"
        elif master is None:
            why[ticket.row] = ("hotline.why.no_station", {"value": places.community_name})
        else:
            to = route(places, ticket.address or f"{ticket.title} {ticket.text}", ticket.in_grid)
            outcome[ticket.row] = "raised" if to.grid else "waiting"
            drafts.append(received(ticket, places.community, to.grid, master, {}))
            drafts += [raised(ticket, to, master)] if to.grid else []
    return drafts


def _community(names: dict[str, str], ticket: Ticket) -> str | None:
    """Whose ticket it is: as it says itself, else as its address does, else the only one there is."""
    said = key(ticket.in_community)
    if said:
        return next((id_ for name, id_ in names.items() if key(name) == said), None)
    named = [id_ for name, id_ in names.items() if key(name) in key(ticket.address)]
    if len(named) == 1:
        return named[0]
    return next(iter(names.values())) if len(names) == 1 else None


def _line(row: int, sent: SentTicket) -> Line:
    """A ticket that was sent, as a row of a file would have it."""
    said: dict[str, Any] = {name: getattr(sent, name) for name in sent.__struct_fields__ if name != "confidential"}
    said |= {"in_community": said.pop("community"), "in_grid": said.pop("grid")}
    said["secret"] = "" if sent.confidential is None else sent.confidential
    return Line(row, {name: [value] for name, value in said.items()})


def _told(row: int, number: str, outcome: dict[int, str], why: Why) -> dict[str, Any]:
    if row in outcome:
        return {"ticket": number, "outcome": outcome[row]}
    words, args = why[row]
    said = {f"message_{lang}": t(lang, words, dict(args)) for lang in ("zh", "en")}
    return {"ticket": number, "outcome": "refused", "why": words.rpartition(".")[2], **said}


routes = [
    Route("/api/hotline/tickets", receive, methods=["POST"]),
    Route("/api/hotline/tickets/{number}", show, methods=["GET"]),
]
