"""Brakes: whoever floods waits, whoever shares their address does not, and nobody chooses whom they are taken for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from server import brakes
from server.brakes import Brakes, Limit
from server.proxies import BadProxies, Proxies, address_of, read_proxies
from tests.chromium import Chromium
from tests.desk.conftest import Desk
from tests.join.handset import Handset, desk_link
from tests.journal.conftest import Station
from tests.journal.phone import Phone

FEW = Limit("few", 3, 1000)
TIMES = st.lists(st.integers(0, 3000), max_size=40)


def asked_from(peer: str | None, *told: str) -> Request:
    """A request from this peer with these X-Forwarded-For headers."""
    headers = [(b"x-forwarded-for", each.encode()) for each in told]
    return Request({"type": "http", "headers": headers, "client": (peer, 5) if peer else None})


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit is soon reached, but for those of pages (tests/desk/test_brakes.py)."""
    for name, limit in vars(brakes).items():
        if isinstance(limit, Limit) and limit not in (brakes.PAGES, brakes.UNASKED):
            monkeypatch.setattr(brakes, name, replace(limit, burst=3, every_ms=1000))


@given(TIMES)
def test_nobody_gets_more_than_the_burst_and_what_time_brings(steps: list[int]) -> None:
    held, now, passed = Brakes(), 0, []
    for step in steps:
        now += step
        if not held.wait_ms(FEW, "a", now):
            held.count(FEW, "a", now)
            passed.append(now)
    for i, first in enumerate(passed):
        for j in range(i, len(passed)):
            assert j - i + 1 <= FEW.burst + (passed[j] - first) // FEW.every_ms + 1


@given(TIMES)
def test_after_the_wait_that_was_told_one_may(steps: list[int]) -> None:
    held, now = Brakes(), 0
    for step in steps:
        now += step
        held.count(FEW, "a", now)
    wait = held.wait_ms(FEW, "a", now)
    assert 0 <= wait <= FEW.every_ms
    assert held.wait_ms(FEW, "a", now + wait) == 0
    assert held.wait_ms(FEW, "b", now) == 0, "nobody waits for what others did"


def test_a_clock_set_back_locks_nobody_out() -> None:
    held = Brakes()
    for _ in range(9):
        held.count(FEW, "a", 10**12)
    assert held.wait_ms(FEW, "a", 10**12 - 86_400_000) == 0


def test_what_is_remembered_is_bounded_and_the_quiet_go_first() -> None:
    held = Brakes(held_max=100)
    for n in range(5_000):
        held.count(FEW, "loud", n)
        held.count(FEW, f"address {n}", n)
    assert held.held() == 100
    assert held.wait_ms(FEW, "loud", 5_000) > 0, "whoever is loud is not forgotten for it"


@pytest.mark.parametrize(
    ("proxies", "peer", "told", "counted"),
    [
        # None is believed unless it is named: a header is what its sender likes.
        ("", "203.0.113.9", ["1.2.3.4"], "203.0.113.9"),
        ("", "127.0.0.1", ["1.2.3.4"], "127.0.0.1"),
        ("10.0.0.0/8", "203.0.113.9", ["1.2.3.4"], "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", ["1.2.3.4"], "1.2.3.4"),
        # What stands before the first stranger was written by the stranger.
        ("127.0.0.1", "127.0.0.1", ["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1", "127.0.0.1", ["6.6.6.6", "1.2.3.4"], "1.2.3.4"),
        ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", ["6.6.6.6, 1.2.3.4, 10.0.0.7"], "1.2.3.4"),
        ("127.0.0.1, 10.0.0.0/8", "127.0.0.1", ["10.0.0.9, 10.0.0.7"], "10.0.0.9"),
        ("127.0.0.1", "127.0.0.1", ["6.6.6.6, nonsense"], "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", ["1.2.3.4:99"], "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", [", ".join(["127.0.0.1"] * 5000)], "127.0.0.1"),
        # A household has as many addresses as it likes.
        ("", "2001:db8:1:2:aaaa::1", [], "2001:db8:1:2::/64"),
        ("::1", "::1", ["2001:db8:1:2:bbbb::2"], "2001:db8:1:2::/64"),
        ("", "::ffff:203.0.113.9", [], "203.0.113.9"),
        ("unix", None, ["1.2.3.4"], "1.2.3.4"),
        ("", None, ["1.2.3.4"], "local"),
    ],
)
def test_an_address_is_what_those_say_who_are_believed(
    proxies: str, peer: str | None, told: list[str], counted: str
) -> None:
    assert address_of(asked_from(peer, *told), read_proxies(proxies)) == counted


def test_a_setting_that_names_no_address_is_refused() -> None:
    for said in ("localhost", "10.0.0.1/8", "1.2.3.4.5", "*"):
        with pytest.raises(BadProxies, match="SIFANG_PROXIES"):
            read_proxies(said)
    assert read_proxies(" , ") == Proxies()


@pytest.mark.anyio
@pytest.mark.usefixtures("limits")
async def test_a_forged_header_makes_nobody_else_wait_and_gives_nobody_more(station: Station) -> None:
    guesser, honest = Handset(station, "203.0.113.9"), Handset(station, "198.51.100.7")
    answers = [
        await guesser.http.get(f"/join/{n:022}", headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(9)
    ]
    assert [answer.status_code for answer in answers] == [410] * 3 + [429] * 6
    assert (await honest.http.get(f"/join/{1:022}")).status_code == 410
    # Behind a proxy that is believed each counts for themselves.
    station.app.state.settings = replace(station.settings, proxies=read_proxies("127.0.0.1"))
    proxy = Handset(station, "127.0.0.1")
    for n in range(9):
        told = {"X-Forwarded-For": f"192.0.2.{n}"}
        assert (await proxy.http.get(f"/join/{n:022}", headers=told)).status_code == 410


@pytest.mark.anyio
@pytest.mark.usefixtures("limits")
async def test_whoever_must_wait_is_told_how_long_in_both_languages(station: Station) -> None:
    guesser = Handset(station)
    for lang, words in (("zh", "来得太密了"), ("en", "wait a little")):
        for _ in range(4):
            answer = await guesser.http.get("/join/nothing", headers={"Cookie": f"lang={lang}"})
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
        assert words in answer.text
    station.now_ms += 1000
    assert (await guesser.http.get("/join/nothing")).status_code == 410


@pytest.mark.anyio
@pytest.mark.usefixtures("limits")
async def test_a_link_is_asked_no_more_than_it_may_and_no_other_link_suffers(station: Station) -> None:
    path, other = await desk_link(station), await desk_link(station, "钱进")
    phone, neighbour = Handset(station), Handset(station)
    assert [(await phone.meet(path)).status_code for _ in range(4)] == [200] * 3 + [429]
    assert (await neighbour.press(other)).status_code == 202


@pytest.mark.anyio
@pytest.mark.usefixtures("limits")
async def test_garbage_from_an_address_keeps_no_signed_phone_behind_it_out(station: Station, zhao: Phone) -> None:
    """A city goes home through one address, and somebody in it plays."""
    for body in (b"{", b"[]", json.dumps({"v": 1, "head": {"statement": "{}", "signature": "x"}}).encode()):
        answers = [await station.http.post("/sync/exchange", content=body) for _ in range(3)]
        assert {answer.status_code for answer in answers} <= {400, 401, 429}
    last = await station.http.post("/sync/exchange", content=b"{")
    assert (last.status_code, last.json()["problem"]["code"]) == (429, "busy")
    assert int(last.headers["retry-after"]) >= 1
    forged = zhao.request()
    forged["head"]["signature"] = "A" * 86
    assert (await zhao.send(forged)).status_code == 429
    # What is signed is counted by the device, whatever others did from there.
    zhao.visit(station["陈奶奶"])
    assert (await zhao.exchange())["outcomes"][0]["outcome"] == "accepted"
    for path in ("/sync/capsules", "/sync/snapshots/x/1"):
        method = "POST" if path.endswith("capsules") else "GET"
        assert (await station.http.request(method, path)).status_code == 429


@pytest.mark.anyio
@pytest.mark.usefixtures("limits")
async def test_a_phone_that_floods_waits_and_its_neighbours_do_not(station: Station, zhao: Phone, qian: Phone) -> None:
    for _ in range(2):
        await zhao.exchange()
    answers = [(await zhao.send(zhao.request())).status_code for _ in range(3)]
    assert answers[-1] == 429
    assert (await qian.send(qian.request())).status_code == 200
    station.now_ms += 1000
    assert (await zhao.send(zhao.request())).status_code in (200, 401)


@pytest.mark.anyio
@pytest.mark.usefixtures("limits")
async def test_wrong_passkeys_wait_and_challenges_are_counted(station: Station) -> None:
    said: dict[str, Any] = {"credential": {"id": "x", "response": {}}}
    answers = [await station.http.post("/sign-in", json=said) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [403] * 3 + [429] * 2
    options = [await station.http.post("/sign-in/options") for _ in range(4)]
    assert [answer.status_code for answer in options] == [200] * 3 + [429]
    elsewhere = AsyncClient(transport=ASGITransport(station.app, client=("198.51.100.7", 1)), base_url="http://station")
    assert (await elsewhere.post("/sign-in/options")).status_code == 200


@pytest.mark.anyio
@pytest.mark.usefixtures("limits")
async def test_a_person_at_the_desk_has_their_own_limits(station: Station, desk: Desk) -> None:
    made = [await desk.post("/desk/phones/links", {"person": station["赵敏"]}) for _ in range(4)]
    assert [answer.status_code for answer in made] == [200] * 3 + [429]
    confirming = [await desk.post("/desk/me/confirmation", {}) for _ in range(4)]
    assert confirming[-1].status_code == 429
    carried = [await desk.post("/desk/capsules", {}) for _ in range(4)]
    assert [answer.status_code for answer in carried] == [422] * 3 + [429]


@pytest.mark.browser
def test_the_phone_waits_as_long_as_it_is_told(chromium: Chromium) -> None:
    script = """async (code) => {
      const { post } = await import('/static/phone/transport.js');
      const problem = JSON.stringify({ problem: { code: 'busy', status: 429, retry_s: 7 } });
      const real = globalThis.fetch;
      globalThis.fetch = async () => new Response(problem, { status: 429, headers: { 'Retry-After': '7' } });
      const said = ({ code, status, extra }) => [code, status, extra.retryMs];
      return post('/sync/exchange', {}).then(() => null, said).finally(() => { globalThis.fetch = real; });
    }"""
    assert chromium.evaluate(script, "busy") == ["busy", 429, 7000]
