"""Two screens side by side: a phone is let in by the station's look at four digits, and by nothing else."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from server import sessions
from server.join import digits as four
from server.join.certificate import make_certificate, read_certificate
from server.join.store import FINISH_MS, LINK_MS, create_link, find_link
from tests.desk.conftest import Desk, sign_in, words
from tests.join.handset import Handset, desk_link, new_key, phones, say, waiting
from tests.journal.conftest import Station

VECTORS: list[dict[str, str]] = json.loads((Path(__file__).parent.parent / "vectors/digits.json").read_text("utf-8"))


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["problem"]["code"]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_construction_is_the_one_written_down(vector: dict[str, str]) -> None:
    told = vector["public_key"], vector["phone_nonce"]
    assert four.commitment(*told) == vector["commitment"]
    assert four.digits(vector["token"], *told, vector["server_nonce"]) == vector["digits"]


@pytest.mark.parametrize("which", range(4))
def test_the_digits_hang_on_the_link_the_key_and_both_nonces(which: int) -> None:
    """Another of any one of the four, and two screens agree as often as chance has it: one time in ten thousand."""
    agreed = 0
    for _ in range(2000):
        told = [four.new_nonce() for _ in range(4)]
        other = [four.new_nonce() if place == which else part for place, part in enumerate(told)]
        agreed += four.digits(*told) == four.digits(*other)
    assert agreed < 6
    key, own = told[1:3]
    assert four.commitment(key, own) not in (four.commitment(own, key), four.commitment(key, told[3]))


def test_ten_thousand_links_show_all_kinds_of_digits() -> None:
    shown = [four.digits(str(n), "key", "own", "server") for n in range(20_000)]
    assert all(len(each) == 4 and each.isdigit() for each in shown)
    # Each of ten thousand is met twice on the average; evenly drawn, some 8,647 kinds come.
    assert 8_500 < len(set(shown)) < 8_800
    assert max(shown.count(each) for each in set(shown[:50])) < 12


@pytest.mark.anyio
async def test_both_screens_show_the_same_and_only_the_stations_word_makes_a_device(
    station: Station, desk: Desk
) -> None:
    path, zhao = await desk_link(station), Handset(station)
    shown = await zhao.http.get(path)
    assert "赵敏" in shown.text
    assert await waiting(desk) == [], "opening it is nothing"
    assert (await zhao.press(path)).status_code == 202
    assert [digits for _, digits in await waiting(desk)] == [zhao.digits]
    assert await phones(station) == 0
    for _ in range(3):
        assert (await zhao.ask(path)).status_code == 202
    assert "set-cookie" not in (await zhao.ask(path)).headers
    said = await say(desk, "same")
    assert said.status_code == 303
    assert "登记好了" in words(await desk.get(said.headers["location"]))
    assert await phones(station) == 1
    assert await waiting(desk) == []
    told = await zhao.ask(path)
    assert told.status_code == 200
    assert (await zhao.http.get("/field/")).status_code == 200
    device = (await station.rows("SELECT id, person, label FROM device WHERE kind = 'phone'"))[0]
    assert tuple(device) == (told.json()["device"], station["赵敏"], "红米")
    assert await station.refolds()


@pytest.mark.anyio
async def test_a_phone_keeps_a_certificate_that_this_server_signed(station: Station, desk: Desk) -> None:
    path, zhao = await desk_link(station), Handset(station)
    await zhao.press(path)
    await say(desk, "same")
    told = (await zhao.ask(path)).json()
    secret = station.settings.secret
    said = read_certificate(secret, told["certificate"])
    assert said == {
        "v": 1,
        "device": told["device"],
        "person": station["赵敏"],
        "public_key": zhao.key,
        "log": told["log"],
        "enrolled_ms": station.now_ms,
    }
    assert read_certificate(b"another installation's secret...", told["certificate"]) is None
    forged = make_certificate(b"another installation's secret...", "a", "b", "c", "d", 1)
    for text in (forged, told["certificate"] + "=", told["certificate"][:-1], "", ".", "é.é", "W10.W10"):
        assert read_certificate(secret, text) is None


@pytest.mark.anyio
async def test_different_voids_the_link_and_says_what_to_do(station: Station, desk: Desk) -> None:
    path, zhao = await desk_link(station), Handset(station)
    await zhao.press(path)
    said = await say(desk, "different")
    page = await desk.get(said.headers["location"])
    assert "没有登记：数字不一样" in words(page)
    assert f'name="person" value="{station["赵敏"]}"' in page.text
    assert code_of(await zhao.ask(path)) == (410, "digits_differ")
    assert code_of(await Handset(station).press(path)) == (410, "digits_differ")
    assert (await zhao.http.post(f"{path}/session")).status_code == 410
    assert await phones(station) == 0
    assert await station.value("SELECT count(*) FROM session WHERE use = 'field'") == 0


@pytest.mark.anyio
async def test_of_two_phones_on_one_link_the_second_is_told_and_the_desk_sees_the_first_alone(
    station: Station, desk: Desk
) -> None:
    path = await desk_link(station)
    both = [Handset(station), Handset(station)]
    answers = await asyncio.gather(*(each.press(path) for each in both))
    assert sorted(answer.status_code for answer in answers) == [202, 410]
    first, second = sorted(both, key=lambda each: each.digits == "")
    assert code_of(answers[both.index(second)]) == (410, "link_taken")
    assert [digits for _, digits in await waiting(desk)] == [first.digits]
    await say(desk, "same", first.digits)
    assert (await first.ask(path)).status_code == 200
    assert code_of(await second.ask(path)) == (410, "link_taken")
    assert code_of(await second.press(path)) == (410, "link_taken")
    assert await phones(station) == 1


@pytest.mark.anyio
async def test_a_phone_that_has_heard_the_nonce_can_take_no_other_key(station: Station, desk: Desk) -> None:
    path, thief = await desk_link(station), Handset(station)
    await thief.meet(path)
    # It would try keys until the digits agree with what another screen shows.
    for told in ({"public_key": new_key()}, {"nonce": four.new_nonce()}):
        assert code_of(await thief.ask(path, **told)) == (410, "link_taken")
    assert await waiting(desk) == []
    # Nor another nonce of the server's, by meeting it again.
    nonces = {(await thief.meet(path)).json()["nonce"] for _ in range(5)}
    assert len(nonces) == 1
    for spoiled in ({"nonce": ""}, {"nonce": "x" * 22}):
        assert code_of(await thief.ask(path, **spoiled)) == (400, "bad_shape")


@pytest.mark.anyio
async def test_without_having_met_there_is_nothing_to_compare(station: Station, desk: Desk) -> None:
    path, zhao = await desk_link(station), Handset(station)
    assert code_of(await zhao.ask(path)) == (400, "bad_shape")
    for said in ({}, {"commitment": ""}, {"commitment": "A" * 42 + "B"}, {"commitment": 5}):
        answer = await zhao.http.post(f"{path}/meeting", json=said)
        assert code_of(answer) == (400, "bad_shape")
    assert await waiting(desk) == []


@pytest.mark.anyio
async def test_a_phone_closed_half_way_goes_on_where_it_was(station: Station, desk: Desk) -> None:
    path, zhao = await desk_link(station), Handset(station)
    await zhao.meet(path)
    shown = zhao.digits
    await zhao.meet(path)
    assert zhao.digits == shown, "it was closed before it showed its key"
    await zhao.ask(path)
    await zhao.press(path)
    assert zhao.digits == shown
    await say(desk, "same")
    first = (await zhao.ask(path)).json()
    station.now_ms += LINK_MS + 1
    again = await zhao.ask(path)
    assert again.json()["device"] == first["device"], "its answer was lost, and the ten minutes are over"
    assert await phones(station) == 1
    station.now_ms += FINISH_MS
    assert code_of(await zhao.ask(path)) == (410, "link_gone")


@pytest.mark.anyio
async def test_the_server_that_died_between_the_word_and_the_device_finishes_when_the_phone_asks(
    station: Station, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, zhao = await desk_link(station), Handset(station)
    await zhao.press(path)

    async def dies(_drafts: Any) -> Any:
        raise OSError("the server died here")

    with monkeypatch.context() as patch:
        patch.setattr(station.journal, "commit", dies)
        with pytest.raises(OSError, match="died"):
            await say(desk, "same")
    assert await phones(station) == 0
    assert (await zhao.ask(path)).status_code == 200
    assert await phones(station) == 1


@pytest.mark.anyio
async def test_after_ten_minutes_nobody_waits_and_nobody_is_let_in(station: Station, desk: Desk) -> None:
    path, zhao = await desk_link(station), Handset(station)
    await zhao.press(path)
    ((address, _),) = await waiting(desk)
    station.now_ms += LINK_MS
    assert await waiting(desk) == []
    late = await desk.post(address, {"decision": "same"})
    assert late.status_code in (403, 409), "whoever has not shown their passkey lately is asked for it first"
    assert code_of(await zhao.ask(path)) == (410, "link_gone")
    assert await phones(station) == 0


@pytest.mark.anyio
async def test_the_word_is_said_once_and_by_this_communitys_station_alone(station: Station, desk: Desk) -> None:
    path, zhao = await desk_link(station), Handset(station)
    await zhao.press(path)
    ((address, _),) = await waiting(desk)
    far = await station.add("远社区", "community.added", {"name": "远社区"})
    await station.add("far", "person.added", {"name": "远", "role": "station_master", "community": far, "grids": []})
    elsewhere = await sign_in(station, "far")
    assert await waiting(elsewhere) == []
    assert (await elsewhere.post(address, {"decision": "same"})).status_code == 409
    assert (await desk.post(address, {"decision": "perhaps"})).status_code == 404
    both = await asyncio.gather(*(desk.post(address, {"decision": word}) for word in ("same", "different")))
    assert sorted(answer.status_code for answer in both) == [303, 409]
    assert (await desk.post(address, {"decision": "same"})).status_code == 409


@pytest.mark.anyio
async def test_the_word_needs_the_stations_passkey(station: Station) -> None:
    path, zhao = await desk_link(station), Handset(station)
    await zhao.press(path)
    async with station.db.writing() as db:
        token = await sessions.begin(db, station["master"], station.now_ms, "tests")
    tired = Desk(station.http, {sessions.cookie_name(station.settings): token})
    assert (await say(tired, "same")).status_code == 403
    assert await phones(station) == 0


@pytest.mark.anyio
async def test_the_page_of_the_desk_hears_nothing_while_nothing_is_new(station: Station, desk: Desk) -> None:
    path, zhao = await desk_link(station), Handset(station)
    quiet = await desk.get("/desk/phones/meetings?known=", piece=True)
    assert quiet.status_code == 204
    await zhao.press(path)
    shown = await desk.get("/desk/phones/meetings?known=", piece=True)
    mark = shown.text.partition("?known=")[2].partition('"')[0]
    assert mark
    assert (await desk.get(f"/desk/phones/meetings?known={mark}", piece=True)).status_code == 204
    whole = await desk.get("/desk/phones/meetings")
    assert zhao.digits in whole.text
    assert "<html" in whole.text


@pytest.mark.anyio
async def test_a_new_link_ends_the_one_before_unless_a_phone_waits_on_it(station: Station, desk: Desk) -> None:
    async def made() -> str:
        shown = (await desk.post("/desk/phones/links", {"person": station["赵敏"]}, piece=True)).text
        return "/join/" + shown.partition("/join/")[2].partition("#")[0]

    first, second = await made(), await made()
    assert code_of(await Handset(station).press(first)) == (410, "link_gone")
    zhao = Handset(station)
    assert (await zhao.press(second)).status_code == 202
    await made()
    await say(desk, "same")
    assert (await zhao.ask(second)).status_code == 200


@pytest.mark.anyio
async def test_a_browser_that_keeps_nothing_is_compared_too(station: Station, desk: Desk) -> None:
    path, plain, other = await desk_link(station), Handset(station), Handset(station)
    shown = await plain.http.post(f"{path}/session")
    assert shown.status_code == 200
    ((_, digits),) = await waiting(desk)
    assert f'<p class="digits">{digits}</p>' in shown.text
    assert (await plain.http.get("/field/")).status_code == 401
    late = await other.http.post(f"{path}/session")
    assert late.status_code == 410
    assert "另一部手机先用了" in late.text
    again = await plain.http.post(f"{path}/session")
    assert f'<p class="digits">{digits}</p>' in again.text
    await say(desk, "same")
    assert (await other.http.post(f"{path}/session")).status_code == 410
    opened = await plain.http.post(f"{path}/session")
    assert (opened.status_code, opened.headers["location"]) == (303, "/field/")
    assert (await plain.http.get("/field/")).status_code == 200
    assert await phones(station) == 0


@pytest.mark.anyio
async def test_a_browser_without_a_phone_is_listed_at_the_desk_and_can_be_ended(station: Station, desk: Desk) -> None:
    path, plain = await desk_link(station), Handset(station)
    await plain.http.post(f"{path}/session", headers={"User-Agent": "Mozilla/5.0 (Android 14) Firefox/140.0"})
    await say(desk, "same")
    await plain.http.post(f"{path}/session", headers={"User-Agent": "Mozilla/5.0 (Android 14) Firefox/140.0"})
    page = await desk.get("/desk/phones")
    assert "浏览器（没存到手机里） Firefox · Android" in words(page)
    address = page.text.partition('action="/desk/phones/sessions/')[2].partition('"')[0]
    far = await station.add("远社区", "community.added", {"name": "远社区"})
    await station.add("far", "person.added", {"name": "远", "role": "station_master", "community": far, "grids": []})
    assert (await (await sign_in(station, "far")).post(f"/desk/phones/sessions/{address}", {})).status_code == 404
    assert (await plain.http.get("/field/")).status_code == 200
    ended = await desk.post(f"/desk/phones/sessions/{address}", {})
    assert "那个浏览器退出了" in words(await desk.get(ended.headers["location"]))
    assert (await plain.http.get("/field/")).status_code == 401
    own = await station.value("SELECT id_hash FROM session WHERE use = 'desk' ORDER BY id_hash LIMIT 1")
    assert (await desk.post(f"/desk/phones/sessions/{own}/removal", {})).status_code == 404, "no desk's among them"


@pytest.mark.anyio
async def test_a_session_that_a_new_link_replaces_ends(station: Station, desk: Desk) -> None:
    zhao = Handset(station)
    async with station.db.writing() as db:
        old = await sessions.begin(db, station["赵敏"], station.now_ms, "tests", use="field")
    own = {"Cookie": f"{sessions.cookie_name(station.settings)}={old}"}
    assert (await station.http.get("/field/", headers=own)).status_code == 200
    path = await desk_link(station)
    await zhao.press(path)
    await say(desk, "same")
    told = {"public_key": zhao.key, "nonce": zhao.nonce}
    assert (await zhao.http.post(f"{path}/device", json=told, headers=own)).status_code == 200
    assert (await station.http.get("/field/", headers=own)).status_code == 401


@pytest.mark.anyio
async def test_a_forgotten_phone_is_compared_before_it_is_known_again(station: Station, desk: Desk) -> None:
    was = "01a2194f-892e-76e0-a3e8-f41bb5ba9790"
    path, zhao = await desk_link(station), Handset(station)
    await zhao.meet(path)
    assert (await zhao.ask(path, device=was)).status_code == 202
    await say(desk, "same")
    assert (await zhao.ask(path, device=was)).json()["device"] == was


@pytest.mark.anyio
async def test_links_of_the_shell_are_confirmed_by_whoever_holds_it(station: Station, desk: Desk) -> None:
    async with station.db.writing() as db:
        token = await create_link(db, station["赵敏"], "phone", station.now_ms)
        found = await find_link(db, token, station.now_ms)
    assert found is not None
    assert found.confirm == "shell"
    assert (await Handset(station).ask(f"/join/{token}")).status_code == 200
    assert await waiting(desk) == []
