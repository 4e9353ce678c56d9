"""A model phone's side of the exchange: web/phone/exchange.js, download.js and sync.js, line by line in Python."""

from __future__ import annotations

import gzip
import math
import zlib
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

import msgspec

from simulator.making import hashed
from simulator.store import Chain, Change, Record, Said, Store

EDITS_MAX = 500
CHARACTERS_MAX = 250_000
KEEP_MS = 7 * 24 * 3600 * 1000
ROUNDS_MAX = 200


class Trouble(Exception):
    """Why an exchange did not happen; `extra` is what the server added."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


class Body(Protocol):
    """The phone around its store: its clock, its key, its link, and the moments at which it may die."""

    app: str

    def now_ms(self) -> int: ...

    def sign(self, statement: bytes) -> str: ...

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]: ...

    async def get(self, path: str) -> tuple[int, bytes]: ...

    def moment(self) -> None: ...

    def dressed(self, message: dict[str, Any]) -> dict[str, Any]: ...

    def heard(self, reply: Reply, sent: list[Record]) -> None: ...


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


class PartBody(msgspec.Struct):
    """One part of a first download."""

    rows: list[Said]


_reply = msgspec.json.Decoder(Reply).decode
_part = msgspec.json.Decoder(PartBody).decode
_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Now(NamedTuple):
    """What this exchange will speak of, read once."""

    chain: Chain
    sync: dict[str, Any]
    scopes: list[dict[str, Any]]
    unsent: list[Record]
    edits: list[Record]


class Client:
    """Exchanges one store with the server."""

    def __init__(self, store: Store, body: Body) -> None:
        self.store = store
        self.body = body

    async def synchronise(self) -> None:
        """Exchange until both sides have everything. Raises Trouble."""
        for round_ in range(ROUNDS_MAX):
            if await self.exchange_once():
                continue
            try:
                fetched = await self.download_all()
            except Trouble as trouble:
                if trouble.code.startswith("part_") and round_ < 5:
                    continue
                raise
            if not fetched and not self.store.unsent():
                return
        raise Trouble("endless")

    async def exchange_once(self) -> bool:
        """One round trip; True when there is more to say or to hear."""
        now, sent_ms = self._situation(), self.body.now_ms()
        try:
            reply = await self._send(now, now.sync["nonce"])
        except Trouble as trouble:
            if trouble.code != "chain_gap":
                raise
            self._go_back(now, trouble.extra["expected"])
            return True
        self.body.moment()
        self.body.heard(reply, now.edits)
        middle_ms = (sent_ms + self.body.now_ms()) / 2
        offset_ms = math.floor(reply.time_ms - middle_ms + 0.5)
        again = self._apply_fork(now, reply, offset_ms) if reply.fork else self._apply_reply(now, reply, offset_ms)
        self.body.moment()
        return again or reply.more or len(now.unsent) > len(now.edits)

    def _situation(self) -> Now:
        store = self.store
        found = store.edits_from(store.chain.device, store.sync["acked"] + 1, EDITS_MAX)
        return Now(store.chain, store.sync, store.scopes, store.unsent(), fitting(found))

    async def _send(self, now: Now, nonce: str, retried: bool = False) -> Reply:
        last = now.edits[-1] if now.edits else None
        n, digest = (last.n, last.hash) if last else (now.sync["acked"], now.sync["acked_hash"])
        at_ms = self.body.now_ms()
        known = {"v": 1, "device": now.chain.device, "n": n, "hash": digest, "top": now.chain.n}
        statement = _encode({**known, "nonce": nonce, "at_ms": at_ms})
        held = [each for each in now.scopes if each["cursor"] is not None and not each.get("pending")]
        message = {
            "v": 1,
            "app": self.body.app,
            "rows": 1,
            "head": {"statement": statement.decode(), "signature": self.body.sign(statement)},
            "edits": [{"h": edit.h, "s": edit.s, "b": edit.b} for edit in now.edits],
            "scopes": [
                {key: each[key] for key in ("scope", "generation", "cursor")} for each in held if not each.get("gone")
            ],
            "health": {
                "unsent": len(now.unsent),
                "oldest_ms": min((edit.at_ms for edit in now.unsent), default=None),
                "usage": None,
                "quota": None,
                "persisted": None,
            },
        }
        try:
            return await self._post(_encode(self.body.dressed(message)))
        except Trouble as trouble:
            if trouble.code != "nonce" or retried:
                raise
            return await self._send(now, trouble.extra["nonce"], True)

    async def _post(self, message: bytes) -> Reply:
        status, raw = await self.body.post("/sync/exchange", message)
        try:
            if status == 200:
                return _reply(raw)
            problem = _any(raw)["problem"]
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Trouble("server" if status >= 500 or status == 200 else "unreadable") from None
        raise Trouble(problem.pop("code"), **problem)

    def _change(self, now: Now, **known: Any) -> Change:
        since_ms = self.body.now_ms() - KEEP_MS
        fields = {"scopes": now.scopes, "sync": {}, "backed_up_through": now.sync["backed_up_through"], **known}
        return Change(now.sync["round"], keep_since_ms=since_ms, **fields)

    def _go_back(self, now: Now, expected: int) -> None:
        """The server lacks edits it once acknowledged: they are unsent again."""
        found = self.store.edits_from(now.chain.device, expected, 1) if expected > 0 else []
        if expected > now.sync["acked"] or not found or found[0].n != expected:
            raise Trouble("chain_gap", expected=expected)
        sync = {"acked": expected - 1, "acked_hash": previous(found[0])}
        self.store.apply(self._change(now, rewind=(now.chain.device, expected), sync=sync))

    def _is_other(self, now: Now, reply: Reply) -> bool:
        return bool(now.sync["log"]) and reply.log != now.sync["log"]

    def _common(self, now: Now, reply: Reply, offset_ms: int) -> Change:
        receipts = [{"device": now.chain.device, **outcome} for outcome in reply.outcomes]
        taken = {receipt["n"] for receipt in receipts}
        waiting = [edit for edit in now.unsent if edit.device != now.chain.device or edit.n not in taken]
        through = reply.backed_up_through
        sync = {"nonce": reply.nonce, "log": reply.log, "size": reply.size, "backed_up_through": through}
        sync["offset_ms"] = offset_ms
        change = self._change(now, receipts=receipts, sync=sync, backed_up_through=through)
        if self._is_other(now, reply):
            change.sync["size"] = 0
            change.scopes = [unheld(scope) for scope in now.scopes]
            return change
        change.scopes, change.gone = next_scopes(now.scopes, reply, {f"grid:{edit.grid}" for edit in waiting})
        change.rows = reply.rows
        return change

    def _apply_reply(self, now: Now, reply: Reply, offset_ms: int) -> bool:
        change = self._common(now, reply, offset_ms)
        device = now.chain.device
        if now.edits:
            last = now.edits[-1]
            receipt = next((each for each in change.receipts if each["n"] == last.n), None)
            if receipt is not None and receipt["hash"] == last.hash:
                change.sync |= {"acked": last.n, "acked_hash": last.hash}
        elif reply.chain["n"] < now.sync["acked"]:
            expected = reply.chain["n"] + 1
            found = self.store.edits_from(device, expected, 1)
            if not found or found[0].n != expected:
                raise Trouble("chain_gap", expected=expected)
            change.rewind = (device, expected)
            change.sync |= {"acked": expected - 1, "acked_hash": previous(found[0])}
        self.store.apply(change)
        return bool(change.rewind) or self._is_other(now, reply)

    def _apply_fork(self, now: Now, reply: Reply, offset_ms: int) -> bool:
        """Two phones claimed this history: this one goes on under the device the server named."""
        change = self._common(now, reply, offset_ms)
        first = (now.edits[-1].n if now.edits else now.sync["acked"]) + 1
        rest = self.store.edits_from(now.chain.device, first)
        assert reply.fork is not None
        chain = Chain(reply.fork["device"], 0, None)
        for edit in rest:
            again = rechained(edit, chain.device, chain.n + 1, chain.hash)
            change.added.append(again)
            chain = Chain(chain.device, again.n, again.hash)
        change.sync |= {"nonce": reply.fork["nonce"], "acked": 0, "acked_hash": None}
        change.dropped, change.chain = rest, chain
        self.store.apply(change)
        return True

    # ------------------------------------------------------------ first downloads

    async def download_all(self) -> bool:
        """Fetch what is missing of every download under way; whether there was anything."""
        fetched = False
        while True:
            pending = next((each for each in self.store.scopes if each.get("pending") and not each.get("gone")), None)
            if pending is None:
                return fetched
            await self._download_one(pending)
            self.body.moment()
            fetched = True
            if self.store.unsent():
                await self.exchange_once()

    async def _download_one(self, scope: dict[str, Any]) -> None:
        scopes, pending = self.store.scopes, scope["pending"]
        part = next((each for each in pending["parts"] if each["sha256"] not in pending["done"]), None)
        done = [*pending["done"], part["sha256"]] if part else pending["done"]
        rows = await self._part(part) if part else []
        last = all(each["sha256"] in done for each in pending["parts"])
        if last:
            rest = {key: value for key, value in scope.items() if key != "pending"}
            now = {**rest, "generation": pending["generation"], "cursor": pending["cursor"]}
        else:
            now = {**scope, "pending": {**pending, "done": done}}
        everything = [now if each is scope else each for each in scopes]
        whole = [each["sha256"] for each in pending["parts"]] if last else None
        self.store.put_part(everything, scope["scope"], part["sha256"] if part else "", rows, whole)

    async def _part(self, part: dict[str, Any]) -> list[Said]:
        status, raw = await self.body.get(part["url"])
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
        return _part(text).rows


def fitting(edits: list[Record]) -> list[Record]:
    """As many as one request may carry, always at least one."""
    size = 0
    for at, edit in enumerate(edits):
        size += len(edit.h) + len(edit.b)
        if size > CHARACTERS_MAX and at > 0:
            return edits[:at]
    return edits


def previous(edit: Record) -> str | None:
    """The hash of the edit before this one."""
    found: str | None = _any(edit.h)["prev"]
    return found


def unheld(scope: dict[str, Any]) -> dict[str, Any]:
    """A scope whose rows are shown on, and which the server will send whole."""
    rest = {key: value for key, value in scope.items() if key != "pending"}
    return {**rest, "generation": -1, "cursor": -1}


def rechained(edit: Record, device: str, n: int, prev: str | None) -> Record:
    """The same words under another chain."""
    header = _encode({**_any(edit.h), "device": device, "n": n, "prev": prev}).decode()
    return msgspec.structs.replace(edit, device=device, n=n, h=header, hash=hashed(header), unsent=True, open=True)


def next_scopes(
    before: list[dict[str, Any]], reply: Reply, waiting: set[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The scopes after a reply, and those to leave now."""
    scopes = {each["scope"]: each for each in before}
    for told in reply.scopes:
        scope, snapshot = told["scope"], told.get("snapshot")
        old = scopes.get(scope)
        known = {"scope": scope, "name": told["name"]}
        if snapshot is None:
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
    for scope in reply.gone:
        if scope in scopes:
            scopes[scope] = {**scopes[scope], "gone": True}
    gone = [each["scope"] for each in scopes.values() if each.get("gone") and each["scope"] not in waiting]
    return [each for each in scopes.values() if each["scope"] not in gone], gone
