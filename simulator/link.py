"""The link between phones and servers: passes requests on, or loses, cuts, doubles, delays and reorders them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from simulator.station import Answer, Process, Request, Unreachable

WEATHER = (
    "drop_request",
    "drop_reply",
    "duplicate",
    "both",
    "truncate_request",
    "truncate_reply",
    "delay",
    "reorder",
)
"""What can happen to one request: never sent; answered, but unheard; sent twice, one after the other or at once; cut
short on the way out or back; kept by the network until after the phone's next one; answered, and delivered once more
later."""


@dataclass
class Link:
    """All links of one schedule. `cut` are the phones without a signal; `late` what the network still holds."""

    processes: list[Process]
    told: Callable[[str], None]
    cut: set[int] = field(default_factory=set)
    late: list[Request] = field(default_factory=list)

    async def send(self, phone: int, request: Request, process: int, fault: str | None, dice: Random) -> Answer:
        """One request of a phone. Raises Unreachable."""
        if phone in self.cut:
            self.told("partition")
            raise Unreachable
        server = self.processes[process % len(self.processes)]
        if fault is None:
            return await server.call(request)
        self.told(fault)
        match fault:
            case "drop_request":
                raise Unreachable
            case "truncate_request":
                at = dice.randrange(len(request.body)) if request.body else 0
                await server.call(Request(request.method, request.path, request.body[:at], whole=False))
                raise Unreachable
            case "delay":
                self.late.append(request)
                raise Unreachable
            case "both":
                answers = await asyncio.gather(server.call(request), server.call(request), return_exceptions=True)
                return _first(answers)
            case "duplicate":
                await server.call(request)
                return await server.call(request)
        answer = await server.call(request)
        match fault:
            case "drop_reply":
                raise Unreachable
            case "truncate_reply":
                return Answer(answer.status, answer.body[: dice.randrange(len(answer.body) or 1)])
            case "reorder":
                self.late.append(request)
        return answer

    async def deliver(self, dice: Random) -> None:
        """What the network held arrives, in any order; nobody hears the answers."""
        late, self.late = self.late, []
        dice.shuffle(late)
        for request in late:
            try:
                await self.processes[dice.randrange(len(self.processes))].call(request)
            except Unreachable:
                continue


def _first(answers: Sequence[Answer | BaseException]) -> Answer:
    found = answers[0]
    if isinstance(found, BaseException):
        raise found
    return found
