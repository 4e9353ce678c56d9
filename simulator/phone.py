"""A model phone: a store, a clock that may be wrong, a key, and somebody who carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from simulator.client import Client
from simulator.download import Reply, Trouble
from simulator.entropy import new_id
from simulator.holding import Ledger
from simulator.making import make_edit, sign
from simulator.station import Request, Unreachable
from simulator.store import Chain, Collision, Record, Store
from simulator.tape import Tape

if TYPE_CHECKING:
    from simulator.world import World


class Died(Exception):
    """The phone died here: what its store holds is all that is left."""


@dataclass
class Saying:
    """What somebody wants said, before it has a place in the chain. `v` and `more` come from a later client."""

    kind: str
    grid: str | None
    body: dict[str, Any]
    entity: str | None = None
    over: dict[str, list[str]] = field(default_factory=dict)
    v: int = 1
    more: dict[str, Any] = field(default_factory=dict)


@dataclass
class Phone:
    """One phone of the schedule. `old` is a client from before rows had a version; `dies_in` counts moments down to
    where the phone dies or, its disk full, can keep nothing: either way its store is as it was."""

    number: int
    world: World
    store: Store
    skew_ms: int = 0
    old: bool = False
    app: str = "model"
    dies_in: int | None = None
    cause: str = "phone_crash"
    process: int = 0
    weather: dict[int, str] = field(default_factory=dict)
    asked: int = 0
    dice: Random = field(default_factory=lambda: Random(0))
    tape: Tape | None = None

    # ------------------------------------------------------------ what the client needs

    @property
    def log_keys(self) -> Sequence[bytes]:
        """The log's keys that its app brings; an old one knows of no log."""
        return () if self.old else self.world.street.log_keys

    def now_ms(self) -> int:
        """Its own clock."""
        return max(self.world.now_ms + self.skew_ms, 0)

    def sign(self, statement: bytes) -> str:
        """With the device's key."""
        return sign(self.store.key, statement)

    async def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        """Send JSON."""
        return await self._ask(Request("POST", path, body))

    async def get(self, path: str, key: str) -> tuple[int, bytes]:
        """Fetch a part."""
        return await self._ask(Request("GET", path, key=key))

    async def _ask(self, request: Request) -> tuple[int, bytes]:
        self.moment()
        fault = self.weather.get(self.asked)
        self.asked += 1
        try:
            answer = await self.world.link.send(self.number, request, self.process, fault, self.dice)
        except Unreachable:
            if self.tape:
                self.tape.asked(request.path, request.body, None)
            raise Trouble("network") from None
        if self.tape:
            self.tape.asked(request.path, request.body, (answer.status, answer.body))
        self.moment()
        if self.tape and (request.method == "GET" or answer.status != 200):
            self.tape.believed()
        return answer.status, answer.body

    def moment(self) -> None:
        """A moment at which phones die."""
        if self.dies_in is None:
            return
        self.dies_in -= 1
        if self.dies_in < 0:
            self.dies_in = None
            raise Died

    def dressed(self, message: dict[str, Any]) -> dict[str, Any]:
        """An exchange as this client writes it."""
        if self.old and message.get("anew"):
            # No older version knows a way on from here: it stays where it is until its app has renewed itself.
            self.world.tell(f"phone {self.number} renewed its app")
            self.old = False
        if not self.old:
            return message
        self.world.count("old_client")
        rest = {key: message[key] for key in ("edits", "scopes", "head", "v")}
        return {**rest, "head": {**rest["head"], "alg": "ES256"}, "battery": {"percent": 17, "tips": ["充电"]}}

    def heard(self, reply: Reply, sent: list[Record]) -> None:
        """The moment an answer is believed."""
        if self.tape:
            self.tape.believed()
        # Unless another tab has emptied the phone meanwhile.
        if self.enrolled:
            self.world.heard(self, reply, sent)

    def learned(self, before: Ledger | None, after: Ledger) -> None:
        """What it holds of the log from now on."""
        self.world.learned(self, before, after)

    async def leave(self, last_words: bytes) -> None:
        """Out of use and with nothing left to send: the store goes, then the server is told. The real phone tells it
        until it is heard; nobody waits for that here."""
        self.moment()
        if not self.enrolled:
            return
        self.world.emptied(self)
        try:
            await self.post("/sync/exchange", last_words)
            if self.tape:
                self.tape.believed()
        except Trouble:
            return
        finally:
            if self.tape:
                self.tape.left()
                self.tape = None

    # ------------------------------------------------------------ what people do with it

    @property
    def enrolled(self) -> bool:
        """Whether its store knows of a server; one that emptied itself does not, until somebody enrols it."""
        return bool(self.store.sync["log"])

    def exchange_store(self, store: Store) -> None:
        """Another store takes the place of this one."""
        self.end_tape()
        self.store = store

    def end_tape(self) -> None:
        """What follows is not written down."""
        if self.tape:
            self.tape.end(self.store)
            self.tape = None

    async def synchronise(self, weather: dict[int, str], process: int, dice: Random, dies_in: int | None) -> str:
        """Exchange until nothing is left or something goes wrong; answers what happened in a word."""
        self.weather, self.process, self.asked, self.dice, self.dies_in = weather, process, 0, dice, dies_in
        client = Client(self.store, self)
        if self.tape:
            self.tape.began(self.now_ms())
        try:
            await client.synchronise()
        except Trouble as trouble:
            return trouble.code
        except Died:
            self.world.count(self.cause)
            return "died"
        finally:
            self.weather, self.dies_in = {}, None
        return "ok"

    def record(self, saying: Saying, dice: Random) -> Record | None:
        """Keep what was said at the end of the chain; None when the phone died over it."""
        store, now_ms = self.store, self.now_ms()
        chain, id_ = store.chain, new_id(now_ms, dice)
        seen = {"log": store.sync["log"], "size": store.sync["size"]}
        said = {
            "id": id_,
            "device": chain.device,
            "n": chain.n + 1,
            "prev": chain.hash,
            "author": store.person,
            "grid": saying.grid,
            "kind": saying.kind,
            "v": saying.v,
            "entity": saying.entity or id_,
            "at_ms": now_ms,
            "offset_ms": store.sync["offset_ms"],
            "seen": seen,
            "over": saying.over,
        }
        edit = make_edit(said, dice.randbytes(16), saying.body, saying.more)
        try:
            self.moment()
            store.add_edits([edit], Chain(edit.device, edit.n, edit.hash))
        except (Died, Collision):
            return None
        if self.tape:
            self.tape.said(edit, now_ms, saying.v == 1 and not saying.more)
        return edit
