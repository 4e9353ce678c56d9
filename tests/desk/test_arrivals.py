"""What arrives while the desk is open: told at once, shown as it would stand in the list, and to nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from server.journal import Draft, Journal
from server.live import pages as live
from tests.desk.conftest import DAY_MS, Desk, rows, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def since(desk: Desk) -> str:
    """Up to where the list that is open now has read."""
    return (await desk.get("/desk/visits")).text.split('data-since="')[1].split('"')[0]


async def test_what_came_since_is_new_and_nothing_comes_twice(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "马师傅")
    start = await since(desk)
    assert rows(await desk.get(f"/desk/visits/arrivals?since={start}", piece=True)) == []
    await visit(zhao, station, "陈奶奶", text="灯坏了", ago_ms=DAY_MS)
    came = await desk.get(f"/desk/visits/arrivals?since={start}", piece=True)
    (line,) = rows(came)
    assert "灯坏了" in line
    assert line.startswith("11月19日 10:44"), "away from its day's heading, a line names its day"
    assert came.text.count("data-new") == 1
    assert "今天敲了 1 户，有人应 1 户。" in words(came)
    again = came.text.split('data-since="')[1].split('"')[0]
    assert rows(await desk.get(f"/desk/visits/arrivals?since={again}", piece=True)) == []


async def test_a_correction_changes_its_line_and_is_not_new(desk: Desk, station: Station, zhao: Phone) -> None:
    first = await visit(zhao, station, "陈奶奶", "no_answer")
    start = await since(desk)
    body = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    zhao.make("visit.corrected", body, entity=first, over={"revision": [first]})
    await zhao.exchange()
    came = await desk.get(f"/desk/visits/arrivals?since={start}", piece=True)
    (line,) = rows(came)
    assert "见到" in line
    assert "data-new" not in came.text


async def test_only_what_was_asked_for_arrives(desk: Desk, station: Station, zhao: Phone, sun: Phone) -> None:
    start = await since(desk)
    await visit(zhao, station, "陈奶奶", text="灯坏了")
    await visit(zhao, station, "马师傅", "no_answer")
    await visit(sun, station, "吴大爷")
    asked = (f"grid={station['第四网格']}", f"worker={station['赵敏']}", "q=灯坏", "result=no_answer", "mode=night")
    came = [rows(await desk.get(f"/desk/visits/arrivals?{each}&since={start}", piece=True)) for each in asked]
    assert [len(each) for each in came] == [1, 2, 1, 1, 0]


async def test_a_leader_hears_of_their_own_grid_alone(leader: Desk, station: Station, zhao: Phone, sun: Phone) -> None:
    start = await since(leader)
    await visit(sun, station, "吴大爷", text="别的网格")
    assert rows(await leader.get(f"/desk/visits/arrivals?since={start}", piece=True)) == []
    await visit(zhao, station, "陈奶奶")
    assert len(rows(await leader.get(f"/desk/visits/arrivals?since={start}", piece=True))) == 1


@pytest.mark.parametrize("start", ["", "x", "-1", "9" * 40, "１"])
async def test_a_broken_beginning_is_a_clear_problem(desk: Desk, start: str) -> None:
    assert (await desk.get(f"/desk/visits/arrivals?since={start}", piece=True)).status_code == 400


@asynccontextmanager
async def line(station: Station, desk: Desk) -> AsyncIterator[asyncio.Queue[str]]:
    """The open line of a desk page: what is said on it."""
    said: asyncio.Queue[str] = asyncio.Queue()
    gone = asyncio.Event()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            said.put_nowait(f"{message['status']}")
        elif message.get("body"):
            said.put_nowait(message["body"].decode())

    cookie = "; ".join(f"{name}={value}" for name, value in desk.cookies.items()).encode()
    scope = {
        "type": "http", "method": "GET", "path": "/desk/live", "raw_path": b"/desk/live", "query_string": b"",
        "root_path": "", "scheme": "http", "http_version": "1.1", "asgi": {"version": "3.0", "spec_version": "2.3"},
        "headers": [(b"host", b"station"), (b"cookie", cookie)], "client": ("127.0.0.1", 1), "server": ("station", 80),
    }  # fmt: skip
    task = asyncio.create_task(station.app(scope, receive, send))
    try:
        yield said
    finally:
        gone.set()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, 5)


async def event(said: asyncio.Queue[str]) -> str:
    """The next event on the line, breaths left out."""
    while not (text := await asyncio.wait_for(said.get(), 5)).startswith("event:"):
        pass
    return text


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between looks."""
    for name in ("LOOK_S", "GATHER_S"):
        monkeypatch.setattr(live, name, 0.01)


@pytest.mark.usefixtures("quick")
async def test_the_line_speaks_at_once_and_whenever_something_is_written(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    async with line(station, desk) as said:
        assert await said.get() == "200"
        size = await station.journal.size()
        assert await event(said) == f"event: journal\ndata: {size}\n\n"
        await visit(zhao, station, "陈奶奶", text="灯坏了")
        assert await event(said) == f"event: journal\ndata: {size + 1}\n\n"


@pytest.mark.usefixtures("quick")
async def test_the_line_hears_what_another_server_process_writes(desk: Desk, station: Station) -> None:
    async with line(station, desk) as said:
        await event(said)
        other = Journal(station.db, station.settings)
        await other.start()
        try:
            size = await station.journal.size()
            body = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
            id_ = "019a0b1c-0000-7000-8000-000000000001"
            await other.commit([Draft("visit.recorded", id_, station["第三网格"], station["赵敏"], body, id=id_)])
            assert await event(said) == f"event: journal\ndata: {size + 1}\n\n"
        finally:
            await other.stop()


async def test_nobody_listens_without_a_desk(station: Station) -> None:
    worker = await sign_in(station, "赵敏")
    assert (await worker.get("/desk/live")).status_code == 404
    worker.cookies = {}
    assert (await worker.get("/desk/live")).status_code == 401


async def test_the_first_of_the_day_brings_its_heading_and_the_line_below_the_sentence(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "马师傅", ago_ms=DAY_MS)
    assert "最近一天是11月19日" in words(await desk.get("/desk/visits")).replace(" ", "")
    start = await since(desk)
    await visit(zhao, station, "陈奶奶")
    came = await desk.get(f"/desk/visits/arrivals?since={start}", piece=True)
    assert '<tr class="day" data-date="2026-11-20">' in came.text
    assert "最近一天是" not in words(came)
    assert "10:44 到现在" in words(came)


async def test_a_corrected_visit_says_so_in_the_list(desk: Desk, station: Station, zhao: Phone) -> None:
    first = await visit(zhao, station, "陈奶奶", "no_answer")
    body = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    zhao.make("visit.corrected", body, entity=first, over={"revision": [first]})
    await zhao.exchange()
    (line,) = rows(await desk.get("/desk/visits"))
    assert line.endswith("改过")
