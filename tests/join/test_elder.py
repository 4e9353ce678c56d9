"""王大爷's icon on an iPhone has a storage of its own: he types eight digits where he is, and never leaves /elder/."""

from __future__ import annotations

import re

import pytest

from server.brakes import WRONG_CODES
from server.join import codes
from server.join.codes import TRIES_MAX
from tests.desk.conftest import Desk
from tests.join.handset import Handset, desk_link, phones, say, waiting
from tests.join.test_codes import beside, code_for, guessed
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio

FORM = 'method="post" action="/elder/join"'
AWAY = re.compile(r'(?:href|action)="(/(?!elder/|static/|language")[^"]*)"')
"""What would lead out of the icon."""


@pytest.fixture
async def link(station: Station, monkeypatch: pytest.MonkeyPatch) -> str:
    """王大爷's link, as the desk has it; its digits cost next to nothing to look at."""
    monkeypatch.setitem(codes._SLOW, "n", 2)
    about = {"name": "王大爷", "role": "volunteer", "community": station["community"], "grids": [], "buildings": []}
    await station.add("王大爷", "person.added", {**about, "buildings": [station["3幢"]]})
    return await desk_link(station, "王大爷")


async def test_any_page_of_his_takes_the_digits_where_nobody_is_known(station: Station) -> None:
    icon = Handset(station)
    for path in ("/elder/", "/elder/report", "/elder/visits", "/elder/nowhere", "/elder/join"):
        answer = await icon.http.get(path)
        assert answer.status_code == (200 if path == "/elder/join" else 401), path
        assert FORM in answer.text, path
        assert AWAY.findall(answer.text) == [], path
    assert FORM in (await icon.http.post("/elder/reports", data={"text": "灯"})).text
    told = (await icon.http.get("/elder/", headers={"Accept": "application/json"})).json()["problem"]
    assert (told["code"], told["join"]) == ("sign_in", "/elder/join")
    assert FORM not in (await icon.http.get("/field/")).text


async def test_digits_the_press_and_the_stations_word_make_his_icon_a_phone(
    station: Station, desk: Desk, link: str
) -> None:
    icon, token = Handset(station), link.rpartition("/")[2]
    led = await icon.http.post("/elder/join", data={"code": await code_for(station, link)})
    assert (led.status_code, led.headers["location"]) == (303, f"/elder/join/{token}")
    page = (await icon.http.get(led.headers["location"])).text
    assert "王大爷，您好" in page
    assert AWAY.findall(page) == []
    assert (await icon.press(link)).status_code == 202
    assert [four for _, four in await waiting(desk)] == [icon.digits]
    await say(desk, "same")
    assert (await icon.ask(link)).status_code == 200
    assert (await icon.http.get("/elder/")).status_code == 200
    assert await phones(station) == 1
    # Used up: no other icon gets in by it, and the page says so without leading away.
    late = await Handset(station).http.post(f"/elder/join/{token}/session")
    assert late.status_code == 410
    assert AWAY.findall(late.text) == []


async def test_a_browser_that_keeps_nothing_is_compared_under_elder_too(
    station: Station, desk: Desk, link: str
) -> None:
    plain, at = Handset(station), f"/elder{link}/session"
    shown = await plain.http.post(at)
    ((_, four),) = await waiting(desk)
    assert f'<p class="digits">{four}</p>' in shown.text
    assert AWAY.findall(shown.text) == []
    assert (await plain.http.get("/elder/")).status_code == 401
    await say(desk, "same")
    opened = await plain.http.post(at)
    assert (opened.status_code, opened.headers["location"]) == (303, "/elder/")
    assert (await plain.http.get("/elder/")).status_code == 200


async def test_guesses_are_counted_together_with_those_at_the_other_door(station: Station, link: str) -> None:
    code, guesser, icon = await code_for(station, link), Handset(station, "203.0.113.9"), Handset(station)
    for step in range(TRIES_MAX):
        door = ("/join", "/elder/join")[step % 2]
        wrong = await guesser.http.post(door, data={"code": beside(code, step + 1)})
        assert wrong.status_code == 403
    assert (await icon.http.post("/elder/join", data={"code": code})).status_code == 403, "spoiled"
    guessed(station, "203.0.113.9", WRONG_CODES.burst - TRIES_MAX)
    often = await guesser.http.post("/elder/join", data={"code": "0000 0000"})
    assert (often.status_code, "retry-after" in often.headers) == (429, True)
    assert 'value="0000 0000"' in often.text
    shape = await icon.http.post("/elder/join", data={"code": "123"})
    assert (shape.status_code, "要八位数字" in shape.text) == (422, True)


async def test_a_workers_digits_lead_to_the_workers_page(station: Station) -> None:
    link = await desk_link(station)
    led = await Handset(station).http.get(f"/elder{link}")
    assert (led.status_code, led.headers["location"]) == (303, link)
    assert (await Handset(station).http.get("/elder/join/nowhere")).status_code == 410


@pytest.mark.usefixtures("link")
async def test_the_desk_says_where_an_iphone_types_a_volunteers_digits(station: Station, desk: Desk) -> None:
    shown = (await desk.post("/desk/phones/links", {"person": station["王大爷"]}, piece=True)).text
    found = re.search(r'<p class="digits eight">(\d{4} \d{4})</p>', shown)
    assert found
    assert "苹果手机不要先扫：打开 http://localhost:8000/elder/join" in shown
    led = await Handset(station).http.post("/elder/join", data={"code": found[1]})
    assert led.headers["location"].startswith("/elder/join/")
    worker = (await desk.post("/desk/phones/links", {"person": station["赵敏"]}, piece=True)).text
    assert "http://localhost:8000/join" in worker
    assert "苹果手机" not in worker
    scanned = led.headers["location"].removeprefix("/elder")
    assert "data-iphone" in (await Handset(station).http.get(scanned)).text
    assert "data-iphone" not in (await Handset(station).http.get(await desk_link(station))).text
