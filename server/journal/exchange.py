"""One round trip between a phone and the journal: `POST /sync/exchange`, and the parts of first downloads."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import msgspec
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import brakes, clock, events, sessions
from server.journal.chains import ChainGap, Entry, Push, Pushed, UnknownDevice
from server.journal.devices import Caller, find_caller, is_signed
from server.journal.journal import Journal
from server.journal.leaves import BrokenTree
from server.journal.problems import problem
from server.journal.proofs import prove
from server.journal.pull import Page, current_page, is_current, news_page, read_page
from server.journal.sql import Store
from server.journal.stands import stands_of
from server.journal.wire import (
    GZIP_FROM_BYTES,
    UNSENT_MAX,
    Asked,
    HeadPart,
    HeldPart,
    ScopePart,
    accepts_gzip,
    deflate,
    read_asked,
    read_edits,
    read_head,
    read_request,
    reply_bytes,
)
from server.sealing import SealKey
from sync.chain import check_run
from sync.edit import b64u, unb64u
from sync.fold import Read
from sync.statement import SIGNATURE_BYTES, Statement, read_nonce, read_statement
from sync.strict import Malformed

LARGE_BYTES = 512 * 1024
"""Longer requests are read beside the event loop: nobody waits for another's week without signal. For shorter ones the
hand-over costs more than their reading."""
DATA_ALONE = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
"""The policy of pages is longer than most replies, and these hold nothing that a page may run or show."""
PART_KEY = "Sifang-Part "
"""The scheme of the header that bears the key of a part."""
MANY_ROWS = 500
"""Longer replies are put together beside the event loop too."""


async def exchange(request: Request) -> Response:
    """A phone sends what was done on it and fetches what changed."""
    journal: Journal = request.app.state.journal
    await turn_day(journal)
    with brakes.proving(request):
        raw, head, statement, signature, caller = await _signed(request, journal)
    brakes.take(request, brakes.EXCHANGES, statement.device)
    try:
        issued_ms = _nonce(journal, statement, caller)
        large = len(raw) > LARGE_BYTES
        seals = journal.settings.seals
        asked, reads = await asyncio.to_thread(_read, raw, statement, seals) if large else _read(raw, statement, seals)
    except Malformed as error:
        about = {} if error.n is None else {"n": error.n}
        raise problem(error.code, detail=error.detail, **about) from None
    pushed, outcomes, successor = None, [], None
    if reads:
        unsent = min(max(asked.health.unsent, 0), UNSENT_MAX)
        push = Push(statement.device, reads, head.statement, signature, issued_ms, unsent, _held(asked))
        pushed = await _push(journal, push)
        _tell_of(pushed)
        outcomes = [_outcome(entry, read.edit.name) for entry, read in zip(pushed.entries, reads, strict=True)]
    elif statement.n > caller.n:
        await journal.heard(statement.device, statement.n)
        # One that is out of use hands in the rest as well: whoever goes on for it is out of use, too.
        successor = await journal.succeed(statement.device, statement.n) if asked.anew else None
    if successor:
        events.happened("sync.forked", "gap", successor=successor)
    _use(journal, statement.device, issued_ms)
    journal.healths.heard(statement.device, asked, len(reads), clock.now_ms())
    opened = await _opened(request, journal, statement.device, caller)
    answer = await _answer(request, journal, asked, statement.device, caller, pushed, outcomes, successor, opened)
    if asked.health.wiped is not None:
        await journal.wiped(statement.device, min(max(asked.health.wiped, 0), UNSENT_MAX))
        events.happened("device.wiped", device=statement.device)
        sessions.take_back(answer, journal.settings)
    elif asked.session and opened and not caller.revoked:
        await _sign_in(request, journal, statement.device, asked.session, answer)
    return answer


async def _opened(request: Request, journal: Journal, device: str, caller: Caller) -> bool:
    """Whether rows may be sent: the phone shows what lies in its vault. Its key alone, which a locked phone signs with,
    opens nothing. What is shown first counts from then on."""
    shown = request.headers.get(sessions.OPENER, "")
    if not shown:
        return caller.opener is None
    if caller.opener is None:
        await journal.open_by(device, sessions.hashed(shown))
        return True
    return secrets.compare_digest(sessions.hashed(shown), caller.opener)


async def _sign_in(request: Request, journal: Journal, device: str, opener: str, answer: Response) -> None:
    """The browser's session is this device's, and opens no page without its secret. Their own at the desk stays."""
    now, agent = clock.now_ms(), request.headers.get("user-agent", "")
    async with request.app.state.db.writing() as db:
        shown = await sessions.live(db, request, journal.settings, now)
        person = await sessions.person_of(db, device)
        if shown is not None and (shown.use, shown.person) == ("desk", person):
            return
        if shown is not None and shown.device == device:
            await sessions.close_with(db, shown, opener)
            return
        if shown is not None:
            await sessions.end(db, shown.person, [shown.id_hash])
        token = await sessions.begin(db, person, now, agent, device, use="field", opener=opener)
    sessions.give(answer, journal.settings, token, "field")


async def _signed(request: Request, journal: Journal) -> tuple[bytes, HeadPart, Statement, bytes, Caller]:
    """Who asks. Until a device is known by its signature, nothing but the head is read. Raises Problem."""
    raw = await read_request(request)
    try:
        head = read_head(raw)
        statement_bytes = head.statement.encode()
        statement = read_statement(statement_bytes)
        signature = unb64u(head.signature, SIGNATURE_BYTES)
    except Malformed as error:
        raise problem(error.code, detail=error.detail) from None
    return raw, head, statement, signature, await _caller(journal, statement, statement_bytes, signature)


async def turn_day(journal: Journal) -> None:
    """A new day may change what this phone is shown. A disk that is full keeps no phone from being answered."""
    with suppress(sqlite3.Error, DBAPIError, OSError):
        await journal.turn_day()


def _read(raw: bytes, statement: Statement, seals: Sequence[SealKey]) -> tuple[Asked, list[Read]]:
    """All of a request whose head was signed: its edits are a run, and the one the statement names."""
    asked = read_asked(raw)
    reads = read_edits(asked.edits, statement.n, seals)
    check_run([read.edit for read in reads], statement)
    return asked, reads


async def _caller(journal: Journal, statement: Statement, raw: bytes, signature: bytes) -> Caller:
    events.by(device=statement.device)
    caller = await journal.transactions.glance(lambda store: find_caller(store, statement.device))
    if caller is None:
        raise problem("unknown_device")
    if not is_signed(caller.public_key, raw, signature):
        raise problem("bad_signature")
    return caller


def _nonce(journal: Journal, statement: Statement, caller: Caller) -> int:
    """When the nonce was issued, if it is ours and not older than one this device has used."""
    read = (read_nonce(secret, statement.device, statement.nonce) for secret in journal.settings.secrets)
    issued_ms = next((each for each in read if each is not None), None)
    floor_ms = max(caller.nonce_floor_ms, journal.nonce_floors_ms.get(statement.device, 0))
    if issued_ms is None or issued_ms < floor_ms:
        raise problem("nonce", nonce=journal.new_nonce(statement.device, caller.nonce_floor_ms))
    return issued_ms


def _use(journal: Journal, device: str, issued_ms: int) -> None:
    journal.nonce_floors_ms[device] = max(issued_ms, journal.nonce_floors_ms.get(device, 0))


async def _push(journal: Journal, push: Push) -> Pushed:
    try:
        return await journal.push(push)
    except ChainGap as gap:
        await journal.heard(push.device, push.reads[0].edit.header.n - 1)
        raise problem("chain_gap", expected=gap.expected) from None
    except UnknownDevice:
        raise problem("unknown_device") from None


async def _answer(
    request: Request,
    journal: Journal,
    asked: Asked,
    device: str,
    caller: Caller,
    pushed: Pushed | None,
    outcomes: list[dict[str, Any]],
    successor: str | None,
    opened: bool,
) -> Response:
    held = {part.scope: part for part in asked.scopes}
    size = max(caller.size, pushed.news.size) if pushed else caller.size
    head = (pushed.head.n, pushed.head.hash) if pushed else (caller.n, caller.hash)
    parts: dict[str, Any] = {
        "v": 1,
        "time_ms": clock.now_ms(),
        "log": caller.log,
        "size": size,
        "nonce": journal.new_nonce(device, caller.nonce_floor_ms),
        "chain": {"n": head[0], "hash": b64u(head[1]) if head[1] else None},
        "outcomes": outcomes,
        "gone": [],
        "backed_up_through": caller.backed_up_through,
    }
    if pushed.revoked if pushed else caller.revoked:
        parts["revoked"] = True
    if successor := pushed.successor if pushed else successor:
        parts["fork"] = {"device": successor, "nonce": journal.new_nonce(successor)}
    if asked.ledger is not msgspec.UNSET:
        await _prove(journal, caller.log, device, pushed, asked.ledger, outcomes, parts)
    if opened and (stands := caller.stands):
        parts["stands"] = await journal.transactions.read(lambda store: stands_of(store, stands))
    zipped = accepts_gzip(request)
    if not opened:
        # No rows: what it holds is said to stand as it is, and what was pushed is answered for.
        standing = [{**_as_held(held[each.scope]), "name": each.name} for each in caller.scopes if each.scope in held]
        return _response(_finish({**parts, "closed": True}, {}, Page(standing), zipped), zipped)
    if not pushed and is_current(caller.scopes, held, size):
        return _response(_finish(parts, held, current_page(caller.scopes, size), zipped), zipped)
    told = news_page(pushed.news, pushed.scopes, held) if pushed else None
    if told is not None:
        if len(told.rows) <= MANY_ROWS:
            return _response(_finish(parts, held, told, zipped), zipped)
        return _response(await asyncio.to_thread(_finish, parts, held, told, zipped), zipped)

    def collect(store: Store) -> tuple[Page, bytes | None]:
        now = find_caller(store, device)
        assert now is not None
        parts["size"] = now.size
        if now.revoked:
            parts["revoked"] = True
        page = read_page(store, now.scopes, held, now.size)
        return page, None if page.fresh else _finish(parts, held, page, zipped)

    page, body = await journal.transactions.read(collect)
    if body is None:
        for scope in page.fresh:
            cursor, snapshot = await journal.snapshots.offer(scope, device)
            known = {"scope": scope.scope, "generation": scope.generation, "cursor": cursor, "name": scope.name}
            page.scopes.append({**known, "snapshot": snapshot})
        body = _finish(parts, held, page, zipped)
    return _response(body, zipped)


def _held(asked: Asked) -> tuple[str, int, str] | None:
    """The checkpoint that a phone says it holds: whoever audits holds the log to it."""
    held = asked.ledger
    return (held.origin, held.size, held.root) if held is not msgspec.UNSET and held.size else None


async def _prove(
    journal: Journal,
    log: str,
    device: str,
    pushed: Pushed | None,
    held: HeldPart,
    outcomes: Sequence[dict[str, Any]],
    parts: dict[str, Any],
) -> None:
    """Put the checkpoint and its proof into a reply. Where nothing can be said of the log just now, the edits are safe
    all the same, and a later reply says more."""
    positions = [each["position"] for each in outcomes]
    said = await journal.checkpoints.covering(pushed.news.size) if pushed else journal.checkpoints.said
    try:
        proof = await journal.transactions.glance(lambda store: prove(store, log, said, held, positions))
    except (BrokenTree, IndexError) as error:
        # A tile is lost or spoiled: what proves is made anew as the server starts.
        events.crashed("ledger.unproved", error)
        return
    if proof is not None:
        parts["ledger"] = proof.told()
        if held.doubt is not msgspec.UNSET and await journal.doubted(device, held.doubt):
            parts["ledger"]["looked"] = held.doubt.at_ms
        if held.restored is not msgspec.UNSET:
            await journal.followed(device, held.restored)
            parts["ledger"]["noted"] = held.restored.at_ms
        if proof.other and held.doubt is msgspec.UNSET:
            # Two pasts: it may be of an older app that notices nothing, or never come again to say so.
            await _note_head(journal, device, held, proof.said.note)


async def _note_head(journal: Journal, device: str, held: HeldPart, told: str) -> None:
    if await journal.unfit(device, f"{held.origin}\n{held.size}\n{held.root}\n", told):
        events.happened("ledger.unfit", "head", device=device, size=held.size)


def _as_held(part: ScopePart) -> dict[str, Any]:
    """A scope as a phone holds it."""
    return {"scope": part.scope, "generation": part.generation, "cursor": part.cursor}


def _tell_of(pushed: Pushed) -> None:
    """Whoever looks after the server reads how much of a push was set aside, and why."""
    reasons = Counter(entry.reason for entry in pushed.entries if entry.outcome == "quarantined")
    if reasons:
        events.happened("sync.set_aside", "quarantined", reasons=reasons, first=min(e.position for e in pushed.entries))
    if pushed.successor:
        events.happened("sync.forked", "fork", successor=pushed.successor)


def _outcome(entry: Entry, name: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "n": entry.n,
        "hash": name,
        "position": entry.position,
        "received_ms": entry.received_ms,
        "outcome": entry.outcome,
    }
    if entry.reason is not None:
        told["reason"] = entry.reason
    return told


def _finish(parts: dict[str, Any], held: dict[str, Any], page: Page, zipped: bool) -> bytes:
    seen = {each["scope"] for each in page.scopes}
    gone = [scope for scope in held if scope not in seen]
    body = reply_bytes({**parts, "scopes": page.scopes, "gone": gone, "more": page.more}, page.rows)
    return deflate(body) if zipped and len(body) >= GZIP_FROM_BYTES else body


def _response(body: bytes, zipped: bool) -> Response:
    headers = {"Vary": "Accept-Encoding", **DATA_ALONE}
    if zipped and body[:2] == b"\x1f\x8b":
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type="application/json", headers=headers)


async def snapshot_part(request: Request) -> Response:
    """One compressed part of a first download, for whoever shows its key."""
    said = request.headers.get("authorization", "")
    if not said.startswith(PART_KEY):
        with brakes.proving(request):
            raise problem("snapshot_gone")
    key = said.removeprefix(PART_KEY)
    journal: Journal = request.app.state.journal
    with brakes.proving(request):
        device = journal.snapshots.device_of(key)
        if device is None:
            raise problem("snapshot_gone")
    brakes.take(request, brakes.PARTS, device)
    data = await journal.snapshots.part(key)
    if data is None:
        raise problem("snapshot_gone")
    headers = {"Content-Encoding": "gzip", "Cache-Control": "no-store", "Vary": "Authorization", **DATA_ALONE}
    return Response(data, media_type="application/json", headers=headers)


routes = [
    Route("/sync/exchange", exchange, methods=["POST"]),
    Route("/sync/snapshots/{snapshot}/{part:int}", snapshot_part),
]
