"""An event loop without threads: what production hands to a thread waits its turn here, in an order the seed decides.

Each executor keeps its own place, so that the journal's writer, its readers and the loop itself have connections of
their own as in production, and other tasks run between the BEGIN, the work and the COMMIT of one transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

PATIENCE = 10_000
"""How often a thread may find the database locked before we say that somebody holds it for ever."""


class Locked(BaseException):
    """Somebody else is writing: the thread would wait here."""


class Loop(asyncio.SelectorEventLoop):
    """The loop, with `dice` for how long each thread is kept waiting; `thread` names the one that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.dice = Random(0)
        self.thread = 0
        self.busy = False

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        """Run it in this thread, a few turns of the loop later."""
        answer: asyncio.Future[Any] = self.create_future()
        tried = 0

        def attempt() -> None:
            nonlocal tried
            if answer.done():
                return
            before, self.thread = self.thread, id(executor)
            try:
                answer.set_result(func(*args))
            except Locked:
                tried += 1
                if tried < PATIENCE:
                    self.call_soon(attempt)
                else:
                    answer.set_exception(TimeoutError("the database stayed locked"))
            except BaseException as error:
                answer.set_exception(error)
            finally:
                self.thread = before

        self.after(self.dice.randrange(3) if self.busy else 0, attempt)
        return answer

    def after(self, turns: int, act: Callable[[], None]) -> None:
        """Call something so many turns of the loop later."""
        if turns:
            self.call_soon(self.after, turns - 1, act)
        else:
            self.call_soon(act)


class Own:
    """What `threading.local` is in production: one for each thread, here for each turn. `make` begins what it keeps."""

    def __init__(self, loop: Loop, make: Callable[[], Any]) -> None:
        self._loop = loop
        self._make = make
        self._kept: dict[int, Any] = {}

    @property
    def found(self) -> Any:
        """This thread's own."""
        if self._loop.thread not in self._kept:
            self._kept[self._loop.thread] = self._make()
        return self._kept[self._loop.thread]
