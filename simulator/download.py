"""First downloads of a model phone, and what a reply says of scopes: web/phone/download.js and nextScopes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from typing import Any, Protocol

import msgspec

from simulator.holding import Ledger
from simulator.store import Record, Said, Store


class Trouble(Exception):
    """Why an exchange did not happen; `extra` is what the server added."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


class Body(Protocol):
    """The phone around its store: its clock, its key, its link, and the moments at which it may die."""

    app: str
    old: bool

    @property
    def log_keys(self) -> Sequence[bytes]: ...

    def now_ms(self) -> int: ...

    def sign(self, statement: bytes) -> str: ...

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]: ...

    async def get(self, path: str, key: str) -> tuple[int, bytes]: ...

    def moment(self) -> None: ...

    def dressed(self, message: dict[str, Any]) -> dict[str, Any]: ...

    def heard(self, reply: Reply, sent: list[Record]) -> None: ...

    def learned(self, before: Ledger | None, after: Ledger) -> None: ...

    async def leave(self, last_words: bytes) -> None: ...


class Reply(msgspec.Struct):
    """What the server answers."""

    time_ms: int
    log: str
    size: int
    nonce: str
    chain: dict[str, Any]
    outcomes: list[dict[str, Any]]
    scopes: list[dict[str, Any]]
    gone: list[str]
    rows: list[Said]
    more: bool
    backed_up_through: int
    fork: dict[str, str] | None = None
    revoked: bool = False
    ledger: dict[str, Any] | None = None


class PartBody(msgspec.Struct):
    """One part of a first download."""

    rows: list[Said]


_rows = msgspec.json.Decoder(PartBody).decode


async def download_all(store: Store, body: Body, between: Callable[[], Awaitable[None]]) -> bool:
    """Fetch what is missing of every download under way; whether there was anything."""
    fetched = False
    while True:
        pending = next((each for each in store.scopes if each.get("pending") and not each.get("gone")), None)
        if pending is None:
            return fetched
        await _download_one(store, body, pending)
        body.moment()
        fetched = True
        await between()


async def _download_one(store: Store, body: Body, scope: dict[str, Any]) -> None:
    scopes, pending = store.scopes, scope["pending"]
    part = next((each for each in pending["parts"] if each["sha256"] not in pending["done"]), None)
    done = [*pending["done"], part["sha256"]] if part else pending["done"]
    rows = await _part(body, part) if part else []
    last = all(each["sha256"] in done for each in pending["parts"])
    if last:
        rest = {key: value for key, value in scope.items() if key != "pending"}
        now = {**rest, "generation": pending["generation"], "cursor": pending["cursor"]}
    else:
        now = {**scope, "pending": {**pending, "done": done}}
    everything = [now if each is scope else each for each in scopes]
    whole = [each["sha256"] for each in pending["parts"]] if last else None
    store.put_part(everything, scope["scope"], part["sha256"] if part else "", rows, whole)


async def _part(body: Body, part: dict[str, Any]) -> list[Said]:
    status, raw = await body.get(part["at"], part["key"])
    if status in (410, 404, 403):
        raise Trouble("part_gone")
    if status != 200:
        raise Trouble("server")
    try:
        text = gzip.decompress(raw)
    except (OSError, EOFError, zlib.error):
        raise Trouble("network") from None
    if sha256(text).hexdigest() != part["sha256"]:
        raise Trouble("part_changed")
    return _rows(text).rows


def next_scopes(before: list[dict[str, Any]], reply: Reply) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    """The scopes after a reply, those to leave, and those that came whole by rows."""
    scopes = {each["scope"]: each for each in before}
    afresh = []
    for told in reply.scopes:
        scope, snapshot = told["scope"], told.get("snapshot")
        old = scopes.get(scope)
        known = {"scope": scope, "name": told["name"]}
        if snapshot is None:
            if old and old["generation"] != told["generation"]:
                afresh.append(scope)
            scopes[scope] = {**known, "generation": told["generation"], "cursor": told["cursor"]}
            continue
        parts = snapshot["parts"]
        offered = {part["sha256"] for part in parts}
        had = (old or {}).get("pending") or {}
        done = [each for each in had.get("done", ()) if each in offered]
        pending = {"generation": told["generation"], "cursor": snapshot["cursor"], "parts": parts, "done": done}
        generation = old["generation"] if old else told["generation"]
        scopes[scope] = {**known, "generation": generation, "cursor": old["cursor"] if old else None}
        scopes[scope]["pending"] = pending
    # A reply names every scope we may see. One whose download had only begun was not sent, and is not among `gone`.
    named = {told["scope"] for told in reply.scopes}
    for old in before:
        if old["scope"] not in named:
            scopes[old["scope"]] = {**old, "gone": True}
    gone = [each["scope"] for each in scopes.values() if each.get("gone")]
    return list(scopes.values()), gone, afresh
