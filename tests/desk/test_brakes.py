"""Brakes on the pages of somebody signed in: whoever floods waits and is told how long, and nobody else does."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from server import brakes
from server.access import TABLE
from server.live import pages as live
from server.settings import from_environment
from tests.desk.conftest import Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def use_up(station: Station, limit: brakes.Limit, person: str, but: int) -> None:
    """Somebody has asked before, so that only so many more are left at once."""
    held: brakes.Brakes = station.app.state.brakes
    for _ in range(limit.burst - but):
        held.count(limit, station[person], station.now_ms)


async def spent(desk: Desk, path: str, times: int) -> list[int]:
    """What an address answers, asked so often in one moment."""
    return [(await desk.get(path)).status_code for _ in range(times)]


async def test_a_fast_worker_is_never_stopped(desk: Desk, station: Station, zhao: Phone) -> None:
    """A page each second, two keys a second along the cases, a search as it is typed, and pages that stand open: it
    goes on like that for as long as they like, since no second takes more than comes back in it."""
    for limit, but in ((brakes.PAGES, 4), (brakes.LIKENESS, 2), (brakes.SEARCHES, 1), (brakes.UNASKED, 4)):
        use_up(station, limit, "master", but)
    for _ in range(8):
        answers = [await desk.get("/desk/boards"), await desk.post("/desk/visits", {"q": "灯"}, piece=True)]
        answers += [await desk.get("/desk/conflicts", piece=True) for _ in range(2)]
        unasked = {**desk._headers(True, "zh", "text/html"), "X-Unasked": "1"}
        answers += [await desk.http.get("/desk/conflicts/count", headers=unasked) for _ in range(4)]
        assert {answer.status_code for answer in answers} == {200}
        station.now_ms += 1000


async def test_whoever_floods_waits_and_nobody_else_does(
    desk: Desk, leader: Desk, station: Station, capfd: pytest.CaptureFixture[str]
) -> None:
    use_up(station, brakes.PAGES, "master", 20)
    capfd.readouterr()
    assert await spent(desk, "/desk/me", 20) == [200] * 20
    for path in ("/desk/me", "/desk/people", "/desk/boards"):
        for lang, said in (("zh", "再等 1 秒"), ("en", "Wait 1 more second.")):
            whole, piece = await desk.get(path, lang=lang), await desk.get(path, lang=lang, piece=True)
            for answer in (whole, piece):
                assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
                assert said in words(answer)
            assert ("来得太密了" if lang == "zh" else "wait a little") in words(whole)
    told = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    busy = [line for line in told if line["outcome"] == "busy"]
    assert len(busy) == 12
    assert {(line["event"], line["person"], line["status"]) for line in busy} == {
        ("request.refused", station["master"], 429)
    }
    assert {line["route"] for line in busy} == {"/desk/me", "/desk/people", "/desk/boards"}
    assert await spent(leader, "/desk/me", 3) == [200] * 3
    assert (await station.http.get("/static/css/base.css")).status_code == 200
    # Another of their browsers is theirs all the same.
    assert (await (await sign_in(station, "master")).get("/desk/me")).status_code == 429
    station.now_ms += 1000
    assert await spent(desk, "/desk/me", 6) == [200] * 5 + [429]


async def test_what_pages_fetch_by_themselves_keeps_no_click_waiting(desk: Desk, station: Station) -> None:
    use_up(station, brakes.UNASKED, "master", 20)
    unasked = {**desk._headers(True, "zh", "text/html"), "X-Unasked": "1"}
    answers = [await desk.http.get("/desk/me", headers=unasked) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert (await desk.get("/desk/me")).status_code == 200


async def test_what_is_not_theirs_counts_too(desk: Desk, station: Station) -> None:
    assert set(await spent(desk, "/desk/figures", brakes.FIGURES.burst)) == {404}
    assert await spent(desk, "/desk/figures", 1) == [429]
    assert await spent(desk, "/desk/me", 1) == [200]


@pytest.mark.parametrize(
    ("limit", "verb", "path"),
    [
        (brakes.SEARCHES, "GET", "/desk/visits?q=x"),
        (brakes.SEARCHES, "POST", "/desk/visits"),
        (brakes.SEARCHES, "POST", "/desk/visits/arrivals"),
        (brakes.LIKENESS, "GET", "/desk/conflicts"),
        (brakes.EXPORTS, "POST", "/desk/exports"),
        (brakes.PRINTS, "POST", "/desk/households/{third}/{home}/record"),
        (brakes.PICTURES, "GET", "/blobs/" + "A" * 43),
    ],
)
async def test_what_is_costly_has_a_limit_of_its_own(
    desk: Desk, leader: Desk, station: Station, limit: brakes.Limit, verb: str, path: str
) -> None:
    address = path.format(third=station["第三网格"], home=station["陈奶奶"])
    station.app.state.settings = replace(station.settings, unbraked=False)

    async def ask(whose: Desk) -> int:
        said = {"q": "灯", "since": "0"}
        return (await (whose.post(address, said) if verb == "POST" else whose.get(address))).status_code

    use_up(station, limit, "master", 0)
    assert await ask(desk) == 429
    assert await ask(leader) != 429
    assert (await desk.get("/desk/visits")).status_code == 200
    station.now_ms += limit.every_ms
    assert await ask(desk) != 429


async def test_a_workers_searches_on_a_browser_that_keeps_nothing_are_counted(station: Station) -> None:
    worker = await sign_in(station, "赵敏")
    use_up(station, brakes.SEARCHES, "赵敏", 0)
    assert await spent(worker, "/field/doors/found?q=501", 1) == [429]
    assert await spent(worker, "/field/doors", 1) == [200]


def test_each_costly_line_is_a_way_in() -> None:
    assert set(brakes.COSTLY) <= set(TABLE)
    names = [limit.name for limit in vars(brakes).values() if isinstance(limit, brakes.Limit)]
    assert len(names) == len(set(names)), "limits of one name would share a bucket"


async def test_no_installation_can_lift_them(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    for name in ("SIFANG_UNBRAKED", "SIFANG_BRAKES", "SIFANG_DEMO"):
        monkeypatch.setenv(name, "1")
    assert from_environment().unbraked is False


async def test_lines_that_stay_open_are_few_for_each_person(
    desk: Desk, leader: Desk, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LINES_MAX", 3)
    request = desk.http.build_request("GET", "/desk/live", headers=desk._headers(False, "zh", "*/*"))
    gone = asyncio.Event()
    scope = {
        "type": "http", "method": "GET", "path": "/desk/live", "raw_path": b"/desk/live", "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in request.headers.items()],
        "client": ("127.0.0.1", 5000), "server": ("station", 80), "scheme": "http", "root_path": "",
        "asgi": {"version": "3.0"}, "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        return None

    opened = [asyncio.create_task(station.app(dict(scope), receive, send)) for _ in range(3)]
    for _ in range(500):
        await asyncio.sleep(0.01)
        if live._open[station["master"]] == 3:
            break
    refused = await desk.get("/desk/live")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "15")
    gone.set()
    await asyncio.gather(*opened)
    assert live._open[station["master"]] == 0
