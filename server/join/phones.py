"""The desk's page of people and phones, and the one-time link or digits that make another phone somebody's own."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import segno
from markupsafe import Markup
from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server import brakes, clock, events, schema, sessions
from server.access import PHONES, VOLUNTEER, User, user_of
from server.desk import desk_page
from server.join import meetings
from server.join.codes import make_code
from server.join.store import LINK_MS, create_link, end_open_links
from server.localtime import local_day, local_iso
from server.passkeys.named import browser_named
from server.problem import not_found
from server.rendering import page, wants_piece

REVOKING = "station_master"
"""Whose word puts a phone out of use, and lets it believe the log again."""
DOUBTS = ("not_signed", "shorter", "other_past", "other_log", "not_in", "head")
RESTORED = "restored"
RESTORED_SHOWN_MS = 30 * 24 * 3600 * 1000
WORDS_MAX = 300
MS_DIGITS_MAX = 15


async def index(request: Request) -> Response:
    """Who carries a phone, when it last sent something, and who has none yet."""
    asked = request.query_params
    return await phones_page(request, changed=asked.get("changed"), met=asked.get("met"), ended="ended" in asked)


async def phones_page(
    request: Request,
    *,
    status: int = 200,
    link: dict[str, Any] | None = None,
    changed: str | None = None,
    met: str | None = None,
    ended: bool = False,
    unsaid: tuple[str, int] | None = None,
) -> Response:
    """The whole page. `link` was just made; `changed` is the phone that was just put out of use or taken back; `met`
    the link whose phone was just compared; `ended`: a browser was just signed out; `unsaid`: the phone and moment of a
    doubt of which nothing was said."""
    async with request.app.state.db.reading() as db:
        context = await _shown(request, db)
        context |= {"link": link, "ended": ended, "unsaid": unsaid}
        context["changed"] = _found(context["people"], changed)
        people = [person["id"] for person in context["people"]]
        context["met"] = await meetings.decided(db, people, met, clock.now_ms()) if met else None
        context |= await meetings_shown(db, people)
        return await desk_page(request, db, "desk/phones.html", status=status, **context)


async def create_phone_link(request: Request) -> Response:
    """A link, its QR code and eight digits for one person's phone; it works once, and only this answer shows it."""
    user, settings, form = user_of(request), request.app.state.settings, await request.form(max_files=0)
    brakes.take(request, brakes.CODES_MADE, user.id)
    async with request.app.state.db.reading() as db:
        person = next((each for each in await people_of(db, user) if each["id"] == form.get("person")), None)
    if person is None:
        raise not_found()
    volunteer = person["role"] in VOLUNTEER
    now, db_ = clock.now_ms(), request.app.state.db
    async with db_.writing() as db:
        await end_open_links(db, person["id"], now)
        token = await create_link(db, person["id"], "phone", now, confirm="desk")
    code = await make_code(db_, settings.secrets[0], token, now + LINK_MS, now)
    address = f"{settings.public_url}/join/{token}{settings.log_keys.fragment}"
    link = {
        "name": person["name"],
        "address": address,
        "picture": _picture(address),
        "until": local_iso(now + LINK_MS, settings.utc_offset_min),
        "code": f"{code[:4]} {code[4:]}" if code else None,
        "volunteer": volunteer,
        "typed_at": f"{settings.public_url}{'/elder/join' if volunteer else '/join'}",
        "demo": settings.demo,
    }
    if wants_piece(request):
        return page(request, "desk/_phone_link.html", link=link)
    return await phones_page(request, link=link)


async def create_revocation(request: Request) -> Response:
    """A phone is out of use from now on; the way back stands on the page that follows."""
    return await _revoke(request, back=False)


async def create_reinstatement(request: Request) -> Response:
    """It is in use again."""
    return await _revoke(request, back=True)


async def _revoke(request: Request, *, back: bool) -> Response:
    user, device = user_of(request), request.path_params["device"]
    async with request.app.state.db.reading() as db:
        listed = await _phones(db, [person["id"] for person in await people_of(db, user)])
    if user.role != REVOKING or device not in {phone["id"] for phone in listed}:
        raise not_found()
    receipts = await request.app.state.journal.revoke(device, user.id, back=back)
    events.happened("device.reinstated" if back else "device.revoked", device=device, devices=len(receipts))
    return RedirectResponse(f"/desk/phones?changed={device}", 303)


async def settle_doubt(request: Request) -> Response:
    """A station master says what they found about a phone that could not believe the log; it begins to believe anew."""
    user, device, at = user_of(request), request.path_params["device"], request.path_params["at_ms"]
    form = await request.form(max_files=0)
    words = str(form.get("words") or "").strip()
    async with request.app.state.db.reading() as db:
        doubting = await _doubting(db, user)
    known = at.isascii() and at.isdigit() and len(at) <= MS_DIGITS_MAX
    if user.role != REVOKING or not known or device not in doubting:
        raise not_found()
    receipt = None
    if 0 < len(words) <= WORDS_MAX:
        receipt = await request.app.state.journal.settle_doubt(device, int(at), user.id, words)
        if receipt is None:
            raise not_found()
    if receipt is None or receipt.outcome != "accepted":
        return await phones_page(request, status=422, unsaid=(device, int(at)))
    events.happened("device.doubt_settled", device=device)
    return RedirectResponse("/desk/phones", 303)


async def end_session(request: Request) -> Response:
    """A browser that was signed in by a phone's link, and is no phone of ours, is out from now on."""
    user, session = user_of(request), request.path_params["session"]
    now = clock.now_ms()
    async with request.app.state.db.writing() as db:
        people = [person["id"] for person in await people_of(db, user)]
        row = next((each for each in await sessions.of_browsers(db, people, now) if each["id_hash"] == session), None)
        if row is None:
            raise not_found()
        await sessions.end(db, row["person"], [session])
    return RedirectResponse("/desk/phones?ended=1", 303)


async def meetings_shown(db: AsyncConnection, people: list[str]) -> dict[str, Any]:
    """The phones that wait for the station's word, and a mark that changes when they do."""
    rows = await meetings.waiting(db, people, clock.now_ms())
    shown = [{"link": row["link"], "name": row["name"], "label": row["label"], "digits": row["digits"]} for row in rows]
    return {"meetings": shown, "mark": "-".join(row["link"][:8] for row in rows)}


def _found(people: list[dict[str, Any]], device: str | None) -> dict[str, Any] | None:
    """A phone of the list, with the name of its person, and whether there are copies among their phones."""
    for person in people:
        copies = any(phone["copied"] for phone in person["phones"])
        for phone in person["phones"]:
            if phone["id"] == device:
                return {**phone, "name": person["name"], "copies": copies}
    return None


def _picture(address: str) -> Markup:
    """The address as a QR code, drawn: dark on light whatever the page's colours, as cameras expect."""
    code = segno.make_qr(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(code)  # noqa: S704 -- made by segno from an address of ours, no text of anybody's in it


async def people_of(db: AsyncConnection, user: User) -> list[RowMapping]:
    """Those of the community who work in the field, by name."""
    person = schema.person.c
    query = select(person.id, person.name, person.role, person.grids)
    query = query.where(person.community == user.community, person.role.in_(sorted(PHONES)), person.ended_ms.is_(None))
    return list((await db.execute(query.order_by(person.name, person.id))).mappings())


async def _phones(db: AsyncConnection, people: list[str]) -> list[RowMapping]:
    """Everything that sends as a phone: a clone goes on beside the one it was made of, as a phone of its own."""
    device = schema.device.c
    query = select(device.id, device.person, device.label, device.enrolled_ms, device.last_seen_ms, device.unsent)
    query = query.add_columns(device.revoked_ms, device.forked_from.is_not(None).label("copied"))
    query = query.add_columns(device.wiped_ms, device.wiped_left)
    query = query.where(device.kind == "phone", device.person.in_(people))
    return list((await db.execute(query.order_by(device.enrolled_ms, device.id))).mappings())


async def _doubting(db: AsyncConnection, user: User) -> dict[str, str]:
    """The phones of the community that do not believe the log, and whose they are: also of those who have another role
    now, or are out of use. Somebody has to look."""
    device, person, doubt = schema.device.c, schema.person.c, schema.ledger_doubt.c
    of = schema.device.join(schema.person, person.id == device.person)
    waiting = select(doubt.device).where(doubt.settled_ms.is_(None))
    query = select(device.id, person.name).select_from(of)
    query = query.where(person.community == user.community, device.kind == "phone", device.id.in_(waiting))
    return {row.id: row.name for row in await db.execute(query)}


async def _doubts(db: AsyncConnection, phones: Collection[str], offset: int) -> list[dict[str, Any]]:
    """What phones could not believe of the log, while nobody has looked, and for a while which of them followed a log
    that was made from a backup; the oldest first."""
    doubt = schema.ledger_doubt.c
    query = select(doubt.device, doubt.at_ms, doubt.code, doubt.held, doubt.told, doubt.heard_ms)
    query = query.where(doubt.settled_ms.is_(None), doubt.device.in_(sorted(phones)))
    query = query.where((doubt.code != RESTORED) | (doubt.heard_ms > clock.now_ms() - RESTORED_SHOWN_MS))
    rows = (await db.execute(query.order_by(doubt.heard_ms, doubt.device))).mappings()
    return [{**row, "heard": local_iso(row["heard_ms"], offset), "code": _known(row["code"])} for row in rows]


def _known(code: str) -> str:
    return code if code in (*DOUBTS, RESTORED) else "other_past"


def _told_apart(told: list[dict[str, Any]]) -> dict[str, Any]:
    """What waits for somebody to look, and what is only to be known."""
    return {
        "doubts": [each for each in told if each["code"] != RESTORED],
        "followed": [each for each in told if each["code"] == RESTORED],
    }


async def _shown(request: Request, db: AsyncConnection) -> dict[str, Any]:
    user, offset = user_of(request), request.app.state.settings.utc_offset_min
    today = local_day(clock.now_ms(), offset)
    people = await people_of(db, user)
    phones = await _phones(db, [person["id"] for person in people])
    named = select(schema.grid.c.id, schema.grid.c.name).where(schema.grid.c.id.in_(sorted(user.arranged)))
    grids = {row.id: row.name for row in await db.execute(named.order_by(schema.grid.c.sort, schema.grid.c.name))}
    order = {grid: place for place, grid in enumerate(grids)}

    def shown(phone: RowMapping) -> dict[str, Any]:
        last = local_iso(phone["last_seen_ms"], offset) if phone["last_seen_ms"] > phone["enrolled_ms"] else None
        revoked_ms = phone["revoked_ms"]
        return {
            "id": phone["id"],
            "label": phone["label"],
            "enrolled": local_iso(phone["enrolled_ms"], offset),
            "last": last,
            "today": last is not None and last[:10] == today,
            "unsent": phone["unsent"],
            "copied": phone["copied"],
            "revoked": local_iso(revoked_ms, offset) if revoked_ms is not None else None,
            "wiped": local_iso(phone["wiped_ms"], offset) if phone["wiped_ms"] is not None else None,
            "wiped_left": phone["wiped_left"],
        }

    signed_in = await sessions.of_browsers(db, [person["id"] for person in people], clock.now_ms())

    def browser(row: RowMapping) -> dict[str, Any]:
        last = local_iso(row["last_ms"], offset)
        named = browser_named(row["user_agent"] or "")
        return {"id": row["id_hash"], "named": named, "last": last, "today": last[:10] == today}

    rows = [
        {
            "id": person["id"],
            "name": person["name"],
            "role": person["role"],
            "grids": [grids[grid] for grid in json.loads(person["grids"]) if grid in grids],
            "phones": [shown(phone) for phone in phones if phone["person"] == person["id"]],
            "browsers": [browser(row) for row in signed_in if row["person"] == person["id"]],
        }
        for person in people
    ]
    # By grid, as everybody knows them; a leader, who has several, before the workers of the first.
    first = {
        person["id"]: min((order.get(each, 0) for each in json.loads(person["grids"])), default=0) for person in people
    }
    rows.sort(key=lambda row: (first[row["id"]], row["role"] == "grid_worker", row["name"]))
    used = [phone for row in rows for phone in row["phones"] if not phone["revoked"]]
    silent = sum(not phone["today"] for phone in used)
    of = await _doubting(db, user)
    doubts = [{**each, "name": of[each["device"]]} for each in await _doubts(db, of, offset)]
    counts = {"count": len(used), "silent": silent, "revoked": len(phones) - len(used)}
    return {"people": rows, "grids": grids, "may_revoke": user.role == REVOKING, **_told_apart(doubts), **counts}


routes = [
    Route("/desk/phones", index),
    Route("/desk/phones/links", create_phone_link, methods=["POST"]),
    Route("/desk/phones/sessions/{session}/removal", end_session, methods=["POST"]),
    Route("/desk/phones/{device}/revocation", create_revocation, methods=["POST"]),
    Route("/desk/phones/{device}/reinstatement", create_reinstatement, methods=["POST"]),
    Route("/desk/phones/{device}/doubts/{at_ms}", settle_doubt, methods=["POST"]),
]
