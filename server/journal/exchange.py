"""One round trip between a phone and the journal: `POST /sync/exchange`, and the parts of first downloads."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import clock
from server.journal.chains import ChainGap, Entry, Push, Pushed, UnknownDevice
from server.journal.devices import Caller, find_caller, is_signed
from server.journal.journal import Journal
from server.journal.problems import problem
from server.journal.pull import Page, current_page, is_current, news_page, read_page
from server.journal.sql import Store
from server.journal.wire import (
    GZIP_FROM_BYTES,
    UNSENT_MAX,
    Asked,
    accepts_gzip,
    deflate,
    read_asked,
    read_edits,
    read_head,
    read_request,
    reply_bytes,
)
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
MANY_ROWS = 500
"""Longer replies are put together beside the event loop too."""


async def exchange(request: Request) -> Response:
    """A phone sends what was done on it and fetches what changed."""
    journal: Journal = request.app.state.journal
    raw = await read_request(request)
    try:
        # Until a device is known by its signature, nothing but the head is read.
        head = read_head(raw)
        statement_bytes = head.statement.encode()
        statement = read_statement(statement_bytes)
        signature = unb64u(head.signature, SIGNATURE_BYTES)
        caller = await _caller(journal, statement, statement_bytes, signature)
        issued_ms = _nonce(journal, statement, caller)
        large = len(raw) > LARGE_BYTES
        asked, reads = await asyncio.to_thread(_read, raw, statement) if large else _read(raw, statement)
    except Malformed as error:
        about = {} if error.n is None else {"n": error.n}
        raise problem(error.code, detail=error.detail, **about) from None
    pushed, outcomes = None, []
    if reads:
        unsent = min(max(asked.health.unsent, 0), UNSENT_MAX)
        push = Push(statement.device, reads, head.statement, signature, issued_ms, unsent)
        pushed = await _push(journal, push)
        outcomes = [_outcome(entry, read.edit.name) for entry, read in zip(pushed.entries, reads, strict=True)]
    elif statement.n > caller.n:
        await journal.heard(statement.device, statement.n)
    _use(journal, statement.device, issued_ms)
    return await _answer(request, journal, asked, statement.device, caller, pushed, outcomes)


def _read(raw: bytes, statement: Statement) -> tuple[Asked, list[Read]]:
    """All of a request whose head was signed: its edits are a run, and the one the statement names."""
    asked = read_asked(raw)
    reads = read_edits(asked, statement.n)
    check_run([read.edit for read in reads], statement)
    return asked, reads


async def _caller(journal: Journal, statement: Statement, raw: bytes, signature: bytes) -> Caller:
    caller = await journal.transactions.glance(lambda store: find_caller(store, statement.device))
    if caller is None:
        raise problem("unknown_device")
    if not is_signed(caller.public_key, raw, signature):
        raise problem("bad_signature")
    return caller


def _nonce(journal: Journal, statement: Statement, caller: Caller) -> int:
    """When the nonce was issued, if it is ours and not older than one this device has used."""
    issued_ms = read_nonce(journal.settings.secret, statement.device, statement.nonce)
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
    if pushed and pushed.successor:
        parts["fork"] = {"device": pushed.successor, "nonce": journal.new_nonce(pushed.successor)}
    zipped = accepts_gzip(request)
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
    """One compressed part of a first download; its address is its permission."""
    journal: Journal = request.app.state.journal
    data = await journal.snapshots.part(request.path_params["token"])
    if data is None:
        raise problem("snapshot_gone")
    headers = {"Content-Encoding": "gzip", "Cache-Control": "private, max-age=86400, immutable", **DATA_ALONE}
    return Response(data, media_type="application/json", headers=headers)


routes = [
    Route("/sync/exchange", exchange, methods=["POST"]),
    Route("/sync/snapshots/{token}", snapshot_part),
]
