"""Attacks in what is written at work: logs, patrol notes, what asks became, whistles, tickets of the hotline, words
that lead somewhere, what is asked about a visit, checks, orders, reports, minutes, actions.

For each payload one of each, at its home: `work` is given the homes of all of them in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from e2e.prepare import DAY_MS, Community
from server.journal import Draft
from sync.edit import NOBODY
from sync.rules.daily_log import log_id

FIRST_DAY = date(2026, 1, 1)
TITLE, SHORT_NOTE, WHISTLE_TITLE, ADDRESS, OFFICES = 60, 500, 30, 200, 100
Over = dict[str, list[str]]
ORDERS_OF = 40
"""Doors of one order."""
MEDIATION = ("parties", "type", "requests", "facts", "agreement", "performance", "mediators")


@dataclass(frozen=True)
class Where:
    """Where and by whom it is written: community, grid, its station master, a worker, a volunteer, their building."""

    community: str
    grid: str
    master: str
    worker: str
    volunteer: str
    building: str


def work(made: Community, where: Where, homes: list[str], said: list[str], now: int) -> None:
    """All of it, behind what `made` holds."""
    for n, (home, payload) in enumerate(zip(homes, said, strict=True)):
        if payload.strip():
            _at_home(made, where, home, payload, now - n * 60_000)
            _of_a_day(made, where, payload, FIRST_DAY + timedelta(days=n))
            _at_the_desk(made, where, payload, n, now)
    _orders(made, where, homes, said, now)


def _at_home(made: Community, where: Where, home: str, payload: str, at: int) -> None:
    asked = {"text": payload, "household": home, "occurred_at_ms": at}
    made.add("item.raised", where.grid, {"kind": "need", **asked}, where.worker)
    record = dict.fromkeys(MEDIATION, payload) if len(payload) <= SHORT_NOTE else {}
    quarrel = made.add("item.raised", where.grid, {"kind": "mediation", **asked, "record": record}, where.worker)
    about(made, "item.told", quarrel, where.grid, where.worker, {"note": payload})
    pair = {"household": home, "carer": where.worker, "cadence": "weekly"}
    paired = made.add("care_pair.formed", where.grid, pair, where.master)
    found = {"pair": paired, "state": "ok", "occurred_at_ms": at, "text": payload}
    made.add("care_check.made", where.grid, found, where.worker)
    made.add("report.made", None, {"occurred_at_ms": at, "text": payload, "building": where.building}, where.volunteer)
    _whistles(made, where, home, payload, at)
    noted = {"what": "problem", "text": payload, "building": where.building}
    made.add("patrol.noted", where.grid, noted, where.worker)


def _whistles(made: Community, where: Where, home: str, payload: str, at: int) -> None:
    """One that the grid solved by itself: title, words, place, a word about it and how it was solved."""
    words = payload[:SHORT_NOTE]
    said = {"title": payload.strip()[:WHISTLE_TITLE], "text": words, "occurred_at_ms": at, "place": payload[:TITLE]}
    said |= {"category": "W08", "household": home}
    whistle = made.add("whistle.raised", where.grid, said, where.worker)
    about(made, "whistle.told", whistle, where.grid, where.worker, {"note": words})
    solved: dict[str, Any] = {"to": "self_resolved", "note": words}
    about(made, "whistle.moved", whistle, where.grid, where.worker, solved, {"step": [whistle]})
    about(made, "whistle.reachable", whistle, where.grid, NOBODY, {"contact": payload.strip()[:TITLE]})


def _at_the_desk(made: Community, where: Where, payload: str, n: int, now: int) -> None:
    """A ticket that leads nowhere, and a rule for words that nobody says."""
    line = payload.strip()[:TITLE]
    ticket: dict[str, Any] = {
        "ticket": f"T{n:05}",
        "community": where.community,
        "title": payload.strip()[:WHISTLE_TITLE],
    }
    ticket |= {"text": payload, "occurred_at_ms": now - n * 60_000, "address": payload[:ADDRESS]}
    made.add("hotline_ticket.received", None, {**ticket, **dict.fromkeys(("topic", "caller", "phone"), line)})
    said = {"code": f"c{n}", "community": where.community, "reason": line, "words": f"无人说{n} {line}"}
    made.add("routing_rule.set", None, {**said, "offices": payload[:OFFICES]}, where.master)


def _of_a_day(made: Community, where: Where, payload: str, on: date) -> None:
    day = on.isoformat()
    about(
        made,
        "daily_log.sent",
        log_id(where.worker, where.grid, day),
        where.grid,
        where.worker,
        {"day": day, "text": payload},
    )
    if len(payload) > SHORT_NOTE:
        return
    made.add("meeting.held", None, {"type": "council", "held_on": day, "decisions": [payload]}, where.master)
    made.add("action.set", None, {"owner": where.worker, "due": "2099-12-31", "text": payload}, where.master)


def _orders(made: Community, where: Where, homes: list[str], said: list[str], now: int) -> None:
    short = [payload for payload in said if payload.strip() and len(payload) <= TITLE]
    for first in range(0, len(homes), ORDERS_OF):
        doors = homes[first : first + ORDERS_OF]
        title = short[(first // ORDERS_OF) % len(short)]
        asked = {"title": title, "points": [title], "due": "2099-12-31", "households": doors}
        order = made.add("order.issued", where.grid, asked, where.master)
        for home, payload in zip(doors, said[first : first + ORDERS_OF], strict=True):
            answer: dict[str, Any] = {"household": home, "points": [{"ok": False}], "occurred_at_ms": now - DAY_MS}
            answer["points"][0] |= {"note": payload} if payload.strip() and len(payload) <= SHORT_NOTE else {}
            about(made, "order.answered", order, where.grid, where.worker, answer)


def about(
    made: Community, kind: str, entity: str, grid: str, author: str, body: dict[str, Any], over: Over | None = None
) -> None:
    """An edit about something that is there."""
    made.add(kind, grid, body, author)
    said = made.drafts[-1]
    made.drafts[-1] = Draft(kind, entity, grid, author, body, over or {}, id=said.id)
