"""The conflict desk: what waits for a person, one question opened, decided with one key, taken back with another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock
from server.access import User, user_of
from server.blobs import blobs_in
from server.conflicts import store
from server.conflicts.cases import shown_case
from server.conflicts.decided import Decided, decided
from server.conflicts.decisions import NotAChoice, decide, read_steps, take_back
from server.conflicts.entries import Entry, set_aside, waiting
from server.conflicts.likely import Likely
from server.conflicts.places import doors_of
from server.conflicts.told import MARKS, Words
from server.desk import desk_page
from server.form_fields import id_of, text_of
from server.i18n import locale_of
from server.journal import Draft, Receipt
from server.localtime import days_between, local_day
from server.problem import Problem, not_found
from server.rendering import page, wants_piece
from server.waiting import aside_at

DESK = "/desk/conflicts"


async def index(request: Request) -> Response:
    """The list, one question opened beside it, and what was decided lately."""
    user, words = user_of(request), _words(request)
    async with request.app.state.db.reading() as db:
        entries = await _waiting(request, db, user)
        asked = request.query_params.get("open", "")
        opened = next((entry for entry in entries if entry.key == asked), entries[0] if entries else None)
        lately = await decided(db, user.grids)
        doors = await doors_of(db, user.grids, [entry.row for entry in entries if entry.kind == "aside"])
        shown: dict[str, Any] = {
            "queue": [_line(entry, words, opened, doors) for entry in entries],
            "n": len(entries),
            "case": await shown_case(db, opened, user, words, blobs_in(request)) if opened else None,
            "lately": [_decided(each, words) for each in lately],
            "told": _told(request, words, lately, entries),
        }
        return await desk_page(request, db, "desk/conflicts.html", **shown)


async def count(request: Request) -> Response:
    """How many questions wait, for the navigation; and whether they are those of the reader's list."""
    user, words = user_of(request), _words(request)
    async with request.app.state.db.reading() as db:
        entries = await _waiting(request, db, user)
    return page(
        request, "desk/_conflicts_count.html", n=len(entries), queue=[_line(e, words, None, {}) for e in entries]
    )


async def show(request: Request) -> Response:
    """One question: beside the list for htmx, the list with it opened for everybody else."""
    user, words = user_of(request), _words(request)
    async with request.app.state.db.reading() as db:
        entry = await _entry(request, db, user)
        if not wants_piece(request):
            return RedirectResponse(f"{DESK}?open={entry.key}", 303)
        return page(
            request, "desk/_conflict.html", case=await shown_case(db, entry, user, words, blobs_in(request)), told=None
        )


async def create(request: Request) -> Response:
    """Somebody decides. What they had in view must be what stands: else nothing is decided, and they are told; about
    what was set aside their word is kept as a comment then."""
    user, form = user_of(request), await request.form()
    steps = read_steps(text_of(form, "step"))
    async with request.app.state.db.reading() as db:
        keys = [entry.key for entry in await _waiting(request, db, user)]
        entry = await _since_decided(request, db, user, steps) or await _entry(request, db, user)
    if text_of(form, "seen") != entry.seen:
        return RedirectResponse(f"{DESK}?open={entry.key}&told=changed", 303)
    try:
        drafts = decide(entry, text_of(form, "choice"), text_of(form, "words"), user.id, _id(form), steps)
    except NotAChoice as trouble:
        if trouble.reason:
            return RedirectResponse(f"{DESK}?open={entry.key}&told=reason", 303)
        raise _no_choice() from None
    receipts = await request.app.state.journal.commit(drafts)
    refused = [receipt for receipt in receipts if receipt.outcome == "quarantined"]
    if refused:
        return RedirectResponse(f"{DESK}?open={entry.key}&told=refused&why={refused[0].reason}", 303)
    if said := await _only_said(request, drafts, receipts):
        return RedirectResponse(f"{DESK}?open={entry.key}&beside={said}", 303)
    at = keys.index(entry.key) if entry.key in keys else len(keys)
    after = keys[at + 1 :][:1] or keys[:1] or [entry.key]
    return RedirectResponse(f"{DESK}?open={after[0]}&decided={receipts[0].id}", 303)


async def undo(request: Request) -> Response:
    """A decision is taken back: what it was about waits again."""
    user, edit = user_of(request), request.path_params["edit"]
    async with request.app.state.db.reading() as db:
        each = next((each for each in await decided(db, user.grids) if each.made["id"] == edit), None)
        if each is None:
            raise not_found()
        before = {entry.key for entry in await _waiting(request, db, user)}
    drafts = _take_back(each, user.id)
    if each.state != "stands" or not drafts:
        return RedirectResponse(f"{DESK}?told=settled", 303)
    receipts = await request.app.state.journal.commit(drafts)
    refused = next((receipt for receipt in receipts if receipt.outcome == "quarantined"), None)
    if refused:
        return RedirectResponse(f"{DESK}?told=refused&why={refused.reason}", 303)
    if said := await _only_said(request, drafts, receipts):
        return RedirectResponse(f"{DESK}?beside={said}", 303)
    async with request.app.state.db.reading() as db:
        back = [entry.key for entry in await _waiting(request, db, user) if entry.key not in before]
    return RedirectResponse(f"{DESK}?open={back[0] if back else ''}&told=undone", 303)


async def waiting_count(request: Request, db: AsyncConnection, user: User) -> int | None:
    """How many questions wait for this reader; None for who decides none."""
    return len(await _waiting(request, db, user)) if user.role in ("station_master", "grid_leader") else None


def _take_back(each: Decided, author: str) -> list[Draft]:
    released = each.made["kind"] == "edit.released"
    if released and each.of is None:
        return []
    rows = [each.of] if released and each.of else [each.made, *each.others]
    return [draft for row in rows for draft in take_back(row, author)]


async def _waiting(request: Request, db: AsyncConnection, user: User) -> list[Entry]:
    state = request.app.state
    if not hasattr(state, "likely"):
        state.likely = Likely(state.settings.utc_offset_min)
    return await waiting(db, user, state.likely)


async def _entry(request: Request, db: AsyncConnection, user: User) -> Entry:
    """The question of this address. Raises Problem: not found for another's, gone for what waits no more."""
    key = request.path_params["key"]
    entry = next((entry for entry in await _waiting(request, db, user) if entry.key == key), None)
    if entry is not None:
        return entry
    grid = key.split(".")[1] if "." in key else ""
    if grid in user.grids:
        raise Problem("settled", 410, "这件已经不用定了：别人定过，或者写的人自己改了。回到单子看看。",
                      "This needs no decision any more: somebody decided it, or its author changed it. "
                      "Go back to the list.")  # fmt: skip
    raise not_found()


async def _since_decided(
    request: Request, db: AsyncConnection, user: User, steps: Mapping[int, str | None]
) -> Entry | None:
    """What was set aside and was decided, or decided and opened again, since the page was opened that showed these
    steps."""
    rows = await aside_at(db, user, steps) if steps else []
    return next((each for each in set_aside(rows) if each.key == request.path_params["key"]), None)


async def _only_said(request: Request, drafts: list[Draft], receipts: list[Receipt]) -> str | None:
    """The edit of these that changed nothing because somebody had decided first; None when they all did."""
    positions = {draft.body["position"] for draft in drafts if draft.kind.startswith("edit.")}
    async with request.app.state.db.reading() as db:
        found = await store.comments_on(db, positions) if positions else {}
    edits = {comment["edit"] for each in found.values() for comment in each}
    return next((receipt.id for receipt in receipts if receipt.id in edits), None)


def _line(entry: Entry, words: Words, opened: Entry | None, doors: Mapping[int, dict[str, Any]]) -> dict[str, Any]:
    days = days_between(
        local_day(entry.since_ms, words.utc_offset_min), local_day(clock.now_ms(), words.utc_offset_min)
    )
    row = doors.get(entry.row["position"], entry.row) if entry.kind == "aside" else entry.row
    placed = "building_name" in row and entry.kind != "homes"
    return {
        "key": entry.key,
        "says": words.sentence(entry),
        "mark": MARKS[entry.kind],
        "kind": words.say(f"kind.{'asked' if _asks(entry) else entry.kind}"),
        "place": words.number(row) if placed else None,
        "days": max(0, days) if entry.since_ms else None,
        "open": opened is not None and entry.key == opened.key,
    }


def _asks(entry: Entry) -> bool:
    return entry.kind == "tag" or any(row.get("proposed") for row in entry.rows)


def _decided(each: Decided, words: Words) -> dict[str, Any]:
    made = each.made
    state = each.state if each.state != "stands" or _take_back(each, made["author"]) else "final"
    trail = f"/desk/trail/{(each.of or made)['entity']}#e-{made['id']}"
    return {"id": made["id"], "by": made["by"], "at": words.at(made["received_ms"]), "says": words.decision(each),
            "trail": trail, "state": state, "beside": words.beside(each.comments)}  # fmt: skip


def _told(request: Request, words: Words, lately: list[Decided], entries: list[Entry]) -> dict[str, Any] | None:
    """What is to be said first: what was just decided, with the way back; or why nothing was."""
    asked, keys = request.query_params, [entry.key for entry in entries]
    each = next((each for each in lately if each.made["id"] == asked.get("decided")), None)
    if each is not None:
        return {**_decided(each, words), "what": "decided"}
    said = asked.get("told", "")
    if asked.get("beside"):
        return {"what": "beside", "says": _first(asked["beside"], words, lately, entries), "id": None}
    if said == "refused":
        return {"what": said, "says": words.reason(asked.get("why")), "id": None}
    if said in ("changed", "reason", "undone", "settled"):
        return {"what": said, "says": None, "id": None}
    if asked.get("open") and asked.get("open") not in keys and not asked.get("decided"):
        return {"what": "settled", "says": None, "id": None}
    return None


def _first(edit: str, words: Words, lately: list[Decided], entries: list[Entry]) -> str:
    """How the case stands that this comment is beside: somebody had decided first."""
    if any(edit == comment["edit"] for entry in entries for comment in entry.comments):
        return words.say("first.waits")
    each = next((each for each in lately if any(edit == one["edit"] for one in each.comments)), None)
    return words.say("first.decided", by=each.made["by"], says=words.decision(each)) if each else words.say("first")


def _words(request: Request) -> Words:
    return Words(locale_of(request), request.app.state.settings.utc_offset_min)


def _id(form: FormData) -> str:
    """The id the form was made with, so that sending it twice decides once; a new one where it is none."""
    return id_of(form, "edit") or str(uuid7())


def _no_choice() -> Problem:
    return Problem(
        "no_choice",
        400,
        "没看懂选的是哪一边，什么都没有改。",
        "It was not clear which side was chosen. Nothing was changed.",
    )


routes = [
    Route(DESK, index),
    Route(f"{DESK}/count", count),
    Route(f"{DESK}/decisions/{{edit}}/undoing", undo, methods=["POST"]),
    Route(f"{DESK}/{{key}}", show),
    Route(f"{DESK}/{{key}}/decision", create, methods=["POST"]),
]
