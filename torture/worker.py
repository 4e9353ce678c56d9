"""A model phone that works without pause, sends again whatever was not answered, and remembers every answer."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from httpx import TransportError

from server.clock import now_ms
from sync.edit import Edit, b64u
from tests.journal.phone import Phone

RUN_MAX = 4
UNSENT_MAX = 20
"""So many wait while the server is away; the phone's person rests then."""
PAUSE_S = 0.15
"""How long a phone waits at most after a failure. Were it less, phones that ask in vain would take the machine from the
server."""
SETTLE_TRIES = 100
SETTLE_PAUSE_S = 0.1
AGAIN = 0.1
"""How often an exchange repeats what was acknowledged already, as after a lost answer."""


class Lost(AssertionError):
    """Something that had been acknowledged is not there, or is not the same."""


@dataclass(frozen=True)
class Told:
    """What the server answered for an edit."""

    edit: Edit
    position: int
    received_ms: int
    outcome: str


@dataclass
class Worker:
    """One phone at work. `told` holds every answer by the edit's id, `troubles` counts what came instead of one."""

    phone: Phone
    doors: list[str]
    dice: Random
    words_max: int
    told: dict[str, Told] = field(default_factory=dict)
    troubles: Counter[str] = field(default_factory=Counter)
    problems: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, Edit] = field(default_factory=dict)
    """What went out and has not been answered."""

    async def work(self, stop: asyncio.Event) -> None:
        """Record and send until told to stop."""
        while not stop.is_set():
            if len(self.phone.unsent()) < UNSENT_MAX:
                self._record()
            if not await self.exchange():
                await asyncio.sleep(self.dice.uniform(0, PAUSE_S))

    async def settle(self) -> None:
        """Send until nothing is left."""
        for _ in range(SETTLE_TRIES):
            if await self.exchange() and not self.phone.unsent():
                return
            await asyncio.sleep(SETTLE_PAUSE_S)
        raise Lost(f"{len(self.phone.unsent())} edits never left the phone: {self.troubles}")

    async def exchange(self) -> bool:
        """One exchange; False when something else than an answer came."""
        phone = self.phone
        edits = phone.unsent()
        if phone.acknowledged and self.dice.random() < AGAIN:
            edits = phone.made[max(0, phone.acknowledged - RUN_MAX) : phone.acknowledged] + edits
        self.sent.update((edit.header.id, edit) for edit in edits if edit.header.id not in self.told)
        try:
            response = await phone.send(phone.request(edits))
        except TransportError as error:
            self.troubles[type(error).__name__] += 1
            return False
        said = response.json()
        if response.status_code == 200:
            for outcome in said["outcomes"]:
                self._hear(phone.made[outcome["n"] - 1], outcome)
            await phone.take(said)
            return True
        problem = said["problem"]
        if problem["code"] == "nonce":
            phone.nonce = problem["nonce"]
        elif problem["code"] == "chain_gap":
            raise Lost(f"the server asks for edit {problem['expected']}, {phone.acknowledged} were acknowledged")
        self.troubles[problem["code"]] += 1
        self.problems.append(problem)
        return False

    def _hear(self, edit: Edit, outcome: dict[str, Any]) -> None:
        told = Told(edit, outcome["position"], outcome["received_ms"], outcome["outcome"])
        before = self.told.setdefault(edit.header.id, told)
        if before != told or outcome["hash"] != b64u(edit.hash):
            raise Lost(f"edit {edit.header.id} was answered {before}, then {told}")
        self.sent.pop(edit.header.id, None)

    def _record(self) -> None:
        for _ in range(self.dice.randint(1, RUN_MAX)):
            self.phone.clock_ms = now_ms()
            door = self.dice.choice(self.doors)
            if self.dice.random() < 0.2:
                # Over nothing: two phones that state a number have not seen each other's.
                number = f"000-0000-{self.dice.randrange(10_000):04}"
                self.phone.make("household.stated", {"facts": {"phone": number}}, entity=door)
            else:
                self.phone.visit(door, text=self._words())

    def _words(self) -> str:
        """Words that do not compress, so that they fill a disk on either database."""
        length = self.dice.choice((0, 12, 80, self.words_max))
        return "".join(chr(self.dice.randrange(0x4E00, 0x9FA5)) for _ in range(length))
