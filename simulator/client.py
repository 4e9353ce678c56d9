"""A model phone's side of the exchange: web/phone/exchange.js and sync.js, line by line in Python."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import msgspec

from simulator.download import Body, Reply, Trouble, download_all, next_scopes
from simulator.holding import NOTHING, At, Heard, Ledger, asked_in, heard, ledger_part, placed_at
from simulator.making import hashed
from simulator.store import UNHELD, Chain, Change, Record, Store

EDITS_MAX = 500
CHARACTERS_MAX = 250_000
ASKED_MAX = 100
KEEP_MS = 7 * 24 * 3600 * 1000
ROUNDS_MAX = 200


_reply = msgspec.json.Decoder(Reply).decode
_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


class Now(NamedTuple):
    """What this exchange will speak of, read once."""

    chain: Chain
    sync: dict[str, Any]
    scopes: list[dict[str, Any]]
    unsent: list[Record]
    edits: list[Record]
    unproved: list[At]
    ledger: Ledger | None
    heard: Heard | None = None
    anew: bool = False


class Client:
    """Exchanges one store with the server."""

    def __init__(self, store: Store, body: Body) -> None:
        self.store = store
        self.body = body

    async def synchronise(self) -> None:
        """Exchange until both sides have everything; a phone out of use then empties itself. Raises Trouble."""
        await self._rounds()
        if not self.body.old and self._is_over():
            # Asked once more in between: the station may have taken its word back.
            await self.exchange_once()
            if self._is_over():
                await self.body.leave(_encode(self._last_words()))

    async def _rounds(self) -> None:
        for round_ in range(ROUNDS_MAX):
            if await self.exchange_once():
                continue
            try:
                fetched = await download_all(self.store, self.body, self._between)
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
            if self._go_back(now, trouble.extra["expected"]):
                return True
            # A backup that the server was restored from lacks what this phone has let go of.
            now = now._replace(edits=[], anew=True)
            reply = await self._send(now, now.sync["nonce"])
        self.body.moment()
        self.body.heard(reply, now.edits)
        now = now._replace(heard=self._hear(now, reply))
        middle_ms = (sent_ms + self.body.now_ms()) / 2
        offset_ms = math.floor(reply.time_ms - middle_ms + 0.5)
        again = self._apply_fork(now, reply, offset_ms) if reply.fork else self._apply_reply(now, reply, offset_ms)
        self.body.moment()
        return again or reply.more or len(now.unsent) > len(now.edits) or believes_anew(now)

    def _hear(self, now: Now, reply: Reply) -> Heard | None:
        """What a reply makes of the log; nothing where it says nothing of it."""
        if reply.ledger is None:
            return None
        told = [
            placed_at(each["hash"], each["position"], each["received_ms"], each["outcome"], each.get("reason"))
            for each in reply.outcomes
        ]
        placed = [*asked_in(now.ledger, now.unproved, reply.ledger), *told]
        found = heard(now.ledger, reply.ledger, placed, self.body.log_keys, self.body.now_ms())
        self.body.learned(now.ledger, found.ledger)
        return found

    async def _between(self) -> None:
        """Edits need not wait for a long download."""
        if self.store.unsent():
            await self.exchange_once()

    def _situation(self) -> Now:
        store = self.store
        found = store.edits_from(store.chain.device, store.sync["acked"] + 1, EDITS_MAX)
        unproved = [told_of(edit) for edit in store.unproved()[:ASKED_MAX]]
        return Now(store.chain, store.sync, store.scopes, store.unsent(), fitting(found), unproved, store.ledger)

    def _is_over(self) -> bool:
        """Whether the station's word stands and nothing is left unsent."""
        return self.store.sync["revoked"] and not self.store.unsent()

    def _last_words(self) -> dict[str, Any]:
        now = self._situation()._replace(edits=[], scopes=[])
        message = self._message(now, now.sync["nonce"])
        return {**message, "health": {**message["health"], "wiped": 0}}

    def _message(self, now: Now, nonce: str) -> dict[str, Any]:
        last = now.edits[-1] if now.edits else None
        n, digest = (last.n, last.hash) if last else (now.sync["acked"], now.sync["acked_hash"])
        at_ms = self.body.now_ms()
        known = {"v": 1, "device": now.chain.device, "n": n, "hash": digest, "top": now.chain.n}
        statement = _encode({**known, "nonce": nonce, "at_ms": at_ms})
        held = [each for each in now.scopes if each["cursor"] is not None and not each.get("pending")]
        return {
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
            **({"ledger": ledger_part(now.ledger, now.unproved)} if self.body.log_keys else {}),
            **({"anew": True} if now.anew else {}),
        }

    async def _send(self, now: Now, nonce: str, retried: bool = False) -> Reply:
        try:
            return await self._post(_encode(self.body.dressed(self._message(now, nonce))))
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

    def _go_back(self, now: Now, expected: int) -> bool:
        """The server lacks edits it once acknowledged: they are unsent again. False: this phone lacks them too."""
        if not 0 < expected <= now.sync["acked"]:
            raise Trouble("chain_gap", expected=expected)
        found = self.store.edits_from(now.chain.device, expected, 1)
        if not found or found[0].n != expected:
            return False
        sync = {"acked": expected - 1, "acked_hash": previous(found[0])}
        self.store.apply(self._change(now, rewind=(now.chain.device, expected), sync=sync))
        return True

    def _is_other(self, now: Now, reply: Reply) -> bool:
        return bool(now.sync["log"]) and reply.log != now.sync["log"]

    def _common(self, now: Now, reply: Reply, offset_ms: int) -> Change:
        receipts = [{"device": now.chain.device, **outcome} for outcome in reply.outcomes]
        through = reply.backed_up_through
        sync = {"nonce": reply.nonce, "log": reply.log, "size": reply.size, "backed_up_through": through}
        sync |= {"offset_ms": offset_ms, "revoked": reply.revoked}
        known = {"ledger": now.heard.ledger, "proved": now.heard.proved} if now.heard else {}
        change = self._change(now, receipts=receipts, sync=sync, backed_up_through=through, **known)
        if self._is_other(now, reply):
            change.sync["size"], change.other_log = 0, True
            change.scopes = [unheld(scope) for scope in now.scopes]
            return change
        change.scopes, change.gone, change.afresh = next_scopes(now.scopes, reply)
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
            # Where it is not here either, the next edit of this phone finds that out.
            if found and found[0].n == expected:
                self._rewind(change, found[0])
        other = self._is_other(now, reply)
        if other:
            self._say_again(now, change)
        rewound = bool(change.rewind)
        self.store.apply(change)
        return rewound or other

    def _rewind(self, change: Change, first: Record) -> None:
        change.rewind = (first.device, first.n)
        change.sync |= {"acked": first.n - 1, "acked_hash": previous(first)}

    def _say_again(self, now: Now, change: Change) -> None:
        """Another log may lack whatever the old one had acknowledged: all that is kept goes up again."""
        own = self.store.edits_from(now.chain.device, 1)
        # What a backup holds may be gone from before the last run without a gap.
        whole = [edit for before, edit in zip([None, *own], own, strict=False) if not before or before.n != edit.n - 1]
        reaches = bool(own) and own[-1].n == self.store.chain.n
        if reaches and (not now.edits or whole[-1].n < now.edits[0].n):
            self._rewind(change, whole[-1])
        former = [edit for edit in self.store.all_edits() if edit.device != now.chain.device]
        self._chain_anew(change, former, self.store.chain)

    def _chain_anew(self, change: Change, edits: list[Record], chain: Chain) -> None:
        for edit in edits:
            again = rechained(edit, chain.device, chain.n + 1, chain.hash)
            change.added.append(again)
            chain = Chain(chain.device, again.n, again.hash)
        change.dropped, change.chain = edits, chain

    def _apply_fork(self, now: Now, reply: Reply, offset_ms: int) -> bool:
        """Two phones claimed this history: this one goes on under the device the server named."""
        change = self._common(now, reply, offset_ms)
        pushed = {edit.n for edit in now.edits}
        if now.anew or self._is_other(now, reply):
            everything = self.store.all_edits()
            rest = [edit for edit in everything if edit.device != now.chain.device or edit.n not in pushed]
        else:
            first = (now.edits[-1].n if now.edits else now.sync["acked"]) + 1
            rest = self.store.edits_from(now.chain.device, first)
        assert reply.fork is not None
        self._chain_anew(change, rest, Chain(reply.fork["device"], 0, None))
        change.sync |= {"nonce": reply.fork["nonce"], "acked": 0, "acked_hash": None}
        self.store.apply(change)
        return True


def fitting(edits: list[Record]) -> list[Record]:
    """As many as one request may carry, always at least one."""
    size = 0
    for at, edit in enumerate(edits):
        size += len(edit.h) + len(edit.b)
        if size > CHARACTERS_MAX and at > 0:
            return edits[:at]
    return edits


def believes_anew(now: Now) -> bool:
    """Whether the log is believed from this exchange on, and there are edits to be proved by the next."""
    if now.heard is None or now.heard.again:
        return now.heard is not None
    before, after = now.ledger or NOTHING, now.heard.ledger
    asked = before.held is not None and before.doubt is None
    return bool(now.unproved) and not asked and after.held is not None and after.doubt is None


def told_of(edit: Record) -> At:
    """What the server said of an edit."""
    assert edit.position is not None
    assert edit.received_ms is not None
    assert edit.outcome is not None
    return placed_at(edit.hash, edit.position, edit.received_ms, edit.outcome, edit.reason)


def previous(edit: Record) -> str | None:
    """The hash of the edit before this one."""
    found: str | None = _any(edit.h)["prev"]
    return found


def unheld(scope: dict[str, Any]) -> dict[str, Any]:
    """A scope whose rows are shown on, and which the server will send whole."""
    rest = {key: value for key, value in scope.items() if key != "pending"}
    return {**rest, "generation": UNHELD, "cursor": -1}


def rechained(edit: Record, device: str, n: int, prev: str | None) -> Record:
    """The same words under another chain. What the log held of them was another edit."""
    header = _encode({**_any(edit.h), "device": device, "n": n, "prev": prev}).decode()
    known = {"device": device, "n": n, "h": header, "hash": hashed(header)}
    return msgspec.structs.replace(edit, unsent=True, open=True, unproved=False, proved=False, **known)
