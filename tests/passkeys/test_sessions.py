"""How long a session at the desk lasts, what it is good for, and what waits for the passkey once more."""

from __future__ import annotations

import pytest

from server import sessions
from server.join.store import create_link
from tests.desk.conftest import HOUR_MS, MINUTE_MS
from tests.journal.conftest import Station
from tests.passkeys.somebody import Somebody

pytestmark = pytest.mark.anyio


async def test_what_gives_a_way_in_waits_for_the_passkey(station: Station, master: Somebody) -> None:
    newcomer = {"name": "周敏", "role": "grid_worker", "grids": station["第三网格"]}
    station.now_ms += 11 * MINUTE_MS
    refused = await master.post("/desk/people", **newcomer)
    assert (refused.status_code, refused.json()["problem"]["code"]) == (403, "show_passkey")
    assert await station.value("SELECT count(*) FROM person WHERE name = '周敏'") == 0
    # Another's passkey says nothing about this person.
    leader = Somebody(station, "李网格长")
    await leader.begin()
    path = "/desk/me/confirmation"
    stolen = leader.authenticator.show(await master.options(path))
    assert (await master.post(path, {"credential": stolen})).status_code == 403
    assert (await master.confirm()).status_code == 200
    assert (await master.options(path)) is None
    assert (await master.post("/desk/people", **newcomer)).status_code == 303
    assert await station.value("SELECT count(*) FROM person WHERE name = '周敏'") == 1


async def test_a_lost_phone_is_put_out_of_use_without_one(station: Station, master: Somebody) -> None:
    phone = await station.phone("赵敏")
    station.now_ms += 11 * MINUTE_MS
    assert (await master.post(f"/desk/phones/{phone.device}/revocation", x="1")).status_code == 303
    assert (await master.post(f"/desk/phones/{phone.device}/reinstatement", x="1")).status_code == 403


async def test_the_desk_closes_when_nobody_works_there_and_at_the_end_of_the_day(
    station: Station, master: Somebody
) -> None:
    for _ in range(4):
        station.now_ms += 3 * HOUR_MS
        assert (await master.page()).status_code == 200, "in use it stays open"
    station.now_ms += 4 * HOUR_MS
    assert (await master.page()).status_code == 401
    await master.come_in()
    station.now_ms += 4 * HOUR_MS
    assert (await master.page()).status_code == 401, "nobody was there"
    await master.come_in()
    for _ in range(7):
        station.now_ms += 2 * HOUR_MS
        assert (await master.page()).status_code == 200
    station.now_ms += 2 * HOUR_MS
    shown = await master.page()
    assert shown.status_code == 401, "the day is over, whoever is there"
    assert 'href="/sign-in?to=/desk/visits"' in shown.text


async def test_signing_out_ends_it_on_the_server(station: Station, master: Somebody) -> None:
    cookie = master.cookie
    answer = await master.post("/sign-out", x="1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    master.cookie = cookie
    assert (await master.page()).status_code == 401


async def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once(station: Station, master: Somebody) -> None:
    others = [Somebody(station, "master", master.authenticator) for _ in range(3)]
    for other in others:
        await other.come_in()
    leader = Somebody(station, "李网格长")
    await leader.begin()
    listed = [row[0] for row in await station.rows("SELECT id_hash FROM session ORDER BY created_ms")]
    foreign = sessions.hashed(leader.cookie.split("=", 1)[1])
    assert foreign in listed
    await master.post("/desk/me/sessions", session=foreign)
    assert (await leader.page()).status_code == 200, "another's cannot be ended"
    assert (await master.post("/desk/me/sessions", session="\x00")).status_code == 303, "what is no session ends none"
    await master.post("/desk/me/sessions", session=sessions.hashed(others[0].cookie.split("=", 1)[1]))
    assert [(await each.page()).status_code for each in (*others, master)] == [401, 200, 200, 200]
    await master.post("/desk/me/sessions", session="others")
    assert [(await each.page()).status_code for each in (*others, master)] == [401, 401, 401, 200]


async def test_a_phones_session_opens_no_desk(station: Station) -> None:
    async with station.db.writing() as db:
        token = await create_link(db, station["李网格长"], "phone", station.now_ms)
    leader = Somebody(station, "李网格长")
    assert (await leader.post(f"/join/{token}/session", x="1")).headers["location"] == "/field/"
    assert (await leader.page("/field/")).status_code == 200
    assert (await leader.page("/desk/visits")).status_code == 401
    assert (await leader.post("/desk/conflicts/nothing/decision", x="1")).status_code == 401


async def test_the_door_leads_on_to_where_one_was_and_nowhere_else(station: Station, master: Somebody) -> None:
    stranger = Somebody(station, "master")
    home = "/desk"
    for asked, to in (("/desk/boards", "/desk/boards"), ("//evil.example", home), ("/\\evil", home)):
        shown = await station.http.get("/sign-in", params={"to": asked})
        assert f'data-to="{to}"' in shown.text
    assert (await master.page("/sign-in?to=/desk/boards")).headers["location"] == "/desk/boards"
    assert "data-show" in (await stranger.page("/sign-in")).text


async def test_a_page_that_stands_open_by_itself_keeps_nobody_signed_in(station: Station, master: Somebody) -> None:
    name, token = master.cookie.split("=", 1)
    for _ in range(3):
        station.now_ms += HOUR_MS
        for path in ("/desk/conflicts/count", "/desk/visits"):
            headers = {"Cookie": f"{name}={token}", "X-Unasked": "1"}
            assert (await station.http.get(path, headers=headers)).status_code == 200
    station.now_ms += HOUR_MS
    assert (await master.page()).status_code == 401


async def test_a_disk_that_is_full_keeps_no_page_from_being_read(
    station: Station, master: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sessions, "touch", full)
    station.now_ms += 6 * MINUTE_MS
    assert (await master.page()).status_code == 200


async def test_confirming_changes_the_cookie_so_that_a_copy_of_it_is_nobody(station: Station, master: Somebody) -> None:
    station.now_ms += 11 * MINUTE_MS
    copied = Somebody(station, "master")
    copied.cookie = master.cookie
    assert (await master.confirm()).status_code == 200
    assert (await master.page()).status_code == 200
    assert (await copied.page()).status_code == 401


async def test_whoever_has_no_key_is_told_where_one_comes_from(station: Station) -> None:
    async with station.db.writing() as db:
        token = await sessions.begin(db, station["master"], station.now_ms, "tests")
    wang = Somebody(station, "master")
    wang.cookie = f"{sessions.cookie_name(station.settings)}={token}"
    answer = await wang.post("/desk/me/confirmation/options")
    assert (answer.status_code, answer.json()["problem"]["code"]) == (403, "no_passkey")
