"""Server processes over one database: the production journal and its handlers, called as a web server would."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.requests import Request as WebRequest

from server.brakes import Brakes
from server.db import Database
from server.journal import Journal
from server.journal.exchange import exchange, snapshot_part
from server.journal.sql import Store
from server.problem import Problem, problem_response
from server.settings import Settings
from simulator.disk import FULL, Connection, Crash, Disk, Power
from simulator.loop import Loop, Own
from sync.ledger.checkpoint import Checkpoint

HEADERS = [(b"content-type", b"application/json"), (b"accept", b"application/json")]
CRASH = b'{"problem":{"code":"crash","status":500}}'


class Unreachable(Exception):
    """No answer: the link or the server is gone."""


@dataclass
class Request:
    """One HTTP request. `whole` False: the link broke before all of it had come; `key`: of a part that is asked for."""

    method: str
    path: str
    body: bytes = b""
    whole: bool = True
    key: str = ""


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes


@dataclass
class Process:
    """One server process: its journal, its memory, its power."""

    app: Starlette
    db: Database
    settings: Settings
    disk: Disk
    loop: Loop
    power: Power = field(default_factory=Power)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    opened: list[Connection] = field(default_factory=list)
    keyless: Callable[[], bool] = lambda: False

    async def start(self) -> None:
        """Begin with an empty memory."""
        self.power = Power(told=self.power.told, fell=self._fall)
        self.journal = Journal(self.db, self.settings)
        transactions: Any = self.journal.transactions
        transactions._own = Own(self.loop, self._connect)
        self._sign, self.journal.checkpoints._sign = self.journal.checkpoints._sign, self._signed
        self.app.state.journal, self.app.state.db, self.app.state.settings = self.journal, self.db, self.settings
        self.app.state.brakes = Brakes()
        await self.do(self.journal.start())

    async def _signed(self, checkpoint: Checkpoint) -> str:
        """What this process says of the log, unless the log's key is out of its reach just now."""
        if self.keyless():
            raise OSError("the log's key is out of reach")
        return await self._sign(checkpoint)

    def _connect(self) -> tuple[Connection, Store]:
        connection = self.disk.connect(self.power)
        self.opened.append(connection)
        return connection, Store(connection)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.power.alive and bool(self.opened)

    async def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something of this process. Raises Unreachable when it dies meanwhile."""
        task = self.loop.create_task(work)
        self.tasks.add(task)
        try:
            return await task
        except (Crash, asyncio.CancelledError):
            raise Unreachable from None
        finally:
            self.tasks.discard(task)

    async def call(self, request: Request) -> Answer:
        """What the server answers. Raises Unreachable when the process dies over it."""
        if not self.alive:
            raise Unreachable
        return await self.do(respond(self.app, request))  # type: ignore[no-any-return]

    def _fall(self) -> None:
        for connection in self.opened:
            connection.let_go()
        self.loop.call_soon(self._hang_up)

    def _hang_up(self) -> None:
        for task in self.tasks:
            task.cancel()

    async def kill(self) -> None:
        """The process ends here and now: nothing it holds in memory survives."""
        self.power.alive = False
        writer: Any = self.journal.writer
        tasks = [*self.tasks, *([writer._task] if writer._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.journal.healths.stop()
        for connection in self.opened:
            self.disk.take_back(connection)
        self.opened = []
        transactions: Any = self.journal.transactions
        transactions._writer.shutdown(wait=False)
        transactions._readers.shutdown(wait=False)


async def respond(app: Starlette, request: Request) -> Answer:
    """One request to the production handlers, its body as a web server would hand it over."""
    own = [(b"authorization", f"Sifang-Part {request.key}".encode())] if request.key else []
    scope = {
        "type": "http",
        "method": request.method,
        "path": request.path,
        "query_string": b"",
        "headers": [*HEADERS, *own],
        "app": app,
    }
    waiting = [{"type": "http.request", "body": request.body, "more_body": not request.whole}]

    async def receive() -> Any:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    asked = WebRequest(scope, receive)
    try:
        response = await (exchange if request.method == "POST" else snapshot_part)(asked)
    except Problem as problem:
        response = await problem_response(asked, problem)
    except ClientDisconnect:
        return Answer(400, b"")
    except sqlite3.OperationalError as error:
        if str(error) != FULL:
            raise
        return Answer(500, CRASH)
    return Answer(response.status_code, bytes(response.body))


def processes(disk: Disk, settings: Settings, loop: Loop, count: int) -> list[Process]:
    """So many processes over one database, not yet started."""
    db = Database(settings.database_url)
    return [Process(Starlette(), db, settings, disk, loop) for _ in range(count)]
