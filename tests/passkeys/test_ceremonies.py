"""What a passkey opens, and what proves nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from webauthn.helpers import bytes_to_base64url

from server.join.store import create_link
from server.passkeys.ceremony import CHALLENGE_MS, origin
from server.settings import Settings
from tests.desk.conftest import MINUTE_MS, words
from tests.journal.conftest import Station
from tests.passkeys.authenticator import Authenticator
from tests.passkeys.somebody import OURS, Somebody

pytestmark = pytest.mark.anyio


async def test_a_link_makes_a_passkey_once_and_the_passkey_opens_the_desk(station: Station, master: Somebody) -> None:
    assert (await master.page()).status_code == 200
    first = master.cookie
    assert (await master.come_in()).json() == {"to": "/desk/visits"}
    assert master.cookie != first
    assert (await master.page()).status_code == 200
    # Whoever copied the old cookie has nothing: coming in again ends it.
    master.cookie, second = first, master.cookie
    assert (await master.page()).status_code == 401
    master.cookie = second
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'passkey.added'") == 1
    assert await station.value("SELECT label FROM passkey") == "站里的电脑"
    assert await station.refolds()


async def test_a_link_that_was_used_makes_no_second_key(station: Station) -> None:
    wang = Somebody(station, "master")
    async with station.db.writing() as db:
        token = await create_link(db, station["master"], "desk", station.now_ms)
    options = [(await wang.post(f"/join/{token}/passkey/options")).json() for _ in range(2)]
    first = await wang.post(f"/join/{token}/passkey", {"credential": wang.authenticator.make(options[0])})
    again = await wang.post(f"/join/{token}/passkey", {"credential": Authenticator().make(options[1])})
    assert (first.status_code, again.status_code) == (200, 410)
    assert (await wang.post(f"/join/{token}/passkey/options")).status_code == 410
    assert await station.value("SELECT count(*) FROM passkey") == 1


BENT: dict[str, Callable[[Authenticator], object]] = {
    "another site's page": lambda key: setattr(key, "origin", "https://evil.example"),
    "a page of another port": lambda key: setattr(key, "origin", "http://localhost:8001"),
    "another site's key": lambda key: setattr(key, "rp_id", "evil.example"),
    "nobody made sure of the person": lambda key: setattr(key, "verifies", False),
    "another key of the same name": lambda key: setattr(key, "key", Authenticator().key),
    "a key nobody has": lambda key: setattr(key, "id", b"x" * 32),
}


@pytest.mark.parametrize("bent", BENT)
async def test_what_proves_nothing_opens_nothing(station: Station, master: Somebody, bent: str) -> None:
    master.cookie = ""
    BENT[bent](master.authenticator)
    answer = await master.come_in()
    assert (answer.status_code, answer.json()["problem"]["code"]) == (403, "passkey")
    assert "set-cookie" not in answer.headers
    assert await station.value("SELECT count(*) FROM session") == 1


async def test_an_answer_opens_the_desk_once_in_time_and_for_what_it_was_asked(
    station: Station, master: Somebody
) -> None:
    shown = master.authenticator.show(await master.options())
    assert (await master.post("/sign-in", {"credential": shown})).status_code == 200
    assert (await master.post("/sign-in", {"credential": shown})).status_code == 403
    late = await master.options()
    station.now_ms += CHALLENGE_MS
    assert (await master.post("/sign-in", {"credential": master.authenticator.show(late)})).status_code == 403
    station.now_ms += 10 * MINUTE_MS
    other = master.authenticator.show(await master.options("/desk/me/confirmation"))
    assert (await master.post("/sign-in", {"credential": other})).status_code == 403
    invented = {"challenge": "AAAA" * 12}
    assert (await master.post("/sign-in", {"credential": master.authenticator.show(invented)})).status_code == 403


async def test_a_copied_authenticator_is_noticed_by_its_count(master: Somebody) -> None:
    for _ in range(3):
        assert (await master.come_in()).status_code == 200
    master.authenticator.count = 1
    assert (await master.come_in()).status_code == 403


UNREADABLE = [b"", b"{}", b"[]", b'{"credential": 1}', b'{"credential": {"id": 7}}', b"\xff", b"x" * 70_000]


@pytest.mark.parametrize("raw", UNREADABLE)
async def test_what_cannot_be_read_is_refused(station: Station, raw: bytes) -> None:
    answer = await station.http.post("/sign-in", content=raw, headers=OURS)
    assert answer.status_code in (403, 413)


async def test_a_worker_has_no_desk_to_open(station: Station) -> None:
    zhao = Somebody(station, "赵敏")
    async with station.db.writing() as db:
        token = await create_link(db, station["赵敏"], "desk", station.now_ms)
    assert (await zhao.post(f"/join/{token}/passkey/options")).status_code == 410
    assert (await zhao.post(f"/join/{token}/passkey", {"credential": {}})).status_code == 410
    # Whoever once had a desk and works in the field now keeps a key that opens nothing.
    leader = Somebody(station, "李网格长")
    await leader.begin()
    async with station.db.writing() as db:
        await db.execute(text("UPDATE person SET role = 'grid_worker' WHERE name = '李网格长'"))
    assert (await leader.come_in()).status_code == 403
    assert (await leader.page()).status_code == 404


async def test_a_passkey_taken_away_opens_nothing_and_closes_what_it_opened(station: Station, master: Somebody) -> None:
    (first,) = [row[0] for row in await station.rows("SELECT id FROM passkey")]
    last = await master.post(f"/desk/me/passkeys/{first}/removal", x="1")
    assert last.status_code == 409
    assert "这是最后一把" in words(last)
    spare, path = Authenticator(), "/desk/me/passkeys"
    made = spare.make(await master.options(path))
    assert (await master.post(path, {"credential": made, "label": " 家里 "})).json() == {"to": "/desk/me?done=added"}
    page = words(await master.page("/desk/me"))
    assert "您有 2 把通行密钥" in page
    assert "家里" in page
    at_home = Somebody(station, "master", spare)
    await at_home.come_in()
    assert (await at_home.post(f"/desk/me/passkeys/{first}/removal", x="1")).status_code == 303
    assert (await master.page()).status_code == 401
    assert (await master.come_in()).status_code == 403
    assert (await at_home.page()).status_code == 200
    leader = Somebody(station, "李网格长")
    await leader.begin()
    foreign = await station.value("SELECT id FROM passkey WHERE removed_ms IS NULL AND label = '家里'")
    assert (await leader.post(f"/desk/me/passkeys/{foreign}/removal", x="1")).status_code == 404
    assert await station.refolds()


async def test_strangers_at_the_door_wait_for_no_writer(station: Station, master: Somebody) -> None:
    stranger = Somebody(station, "master", Authenticator())
    async with station.db.writing() as db:
        await db.execute(text("UPDATE session SET last_ms = last_ms"))
        assert (await stranger.come_in()).status_code == 403


async def test_two_keys_at_once_cannot_both_be_taken_away(station: Station, master: Somebody) -> None:
    path, spare = "/desk/me/passkeys", Authenticator()
    await master.post(path, {"credential": spare.make(await master.options(path))})
    ids = [row[0] for row in await station.rows("SELECT id FROM passkey")]
    answers = await asyncio.gather(*(master.post(f"{path}/{id_}/removal", x="1") for id_ in ids))
    assert sorted(answer.status_code for answer in answers)[0] == 303
    assert await station.value("SELECT count(*) FROM passkey WHERE removed_ms IS NULL") == 1


async def test_one_key_used_many_times_at_once_breaks_nothing(master: Somebody) -> None:
    shown = [master.authenticator.show(await master.options()) for _ in range(4)]
    master.cookie = ""
    answers = await asyncio.gather(*(master.post("/sign-in", {"credential": each}) for each in shown))
    assert {answer.status_code for answer in answers} <= {200, 403}


async def test_nobody_registers_anothers_key(station: Station, master: Somebody) -> None:
    leader = Somebody(station, "李网格长", master.authenticator)
    assert (await leader.begin()).status_code == 403
    assert await station.value("SELECT count(*) FROM passkey") == 1


@pytest.mark.parametrize("label", ["\x00", "‮", "  ", "x" * 200])
async def test_a_key_with_an_unprintable_name_is_kept_all_the_same(
    station: Station, master: Somebody, label: str
) -> None:
    path = "/desk/me/passkeys"
    made = Authenticator().make(await master.options(path))
    assert (await master.post(path, {"credential": made, "label": label})).status_code == 200
    assert await station.value("SELECT count(*) FROM passkey") == 2


@pytest.mark.parametrize("bent", ["\x00", "a" * 1500, "é", ""])
async def test_a_name_that_is_none_finds_nothing(station: Station, bent: str) -> None:
    answer = await station.http.post("/sign-in", json={"credential": {"id": bent}}, headers=OURS)
    assert answer.status_code == 403


async def test_deep_nonsense_is_refused(station: Station, master: Somebody) -> None:
    shown = master.authenticator.show(await master.options())
    shown["response"]["clientDataJSON"] = bytes_to_base64url(b"[" * 40_000)
    assert (await master.post("/sign-in", {"credential": shown})).status_code == 403


async def test_a_key_shown_for_somebody_else_proves_nothing(station: Station, master: Somebody) -> None:
    shown = master.authenticator.show(await master.options())
    shown["response"]["userHandle"] = bytes_to_base64url(station["赵敏"].encode())
    assert (await master.post("/sign-in", {"credential": shown})).status_code == 403


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("https://Sifang.Example.org:443", "https://sifang.example.org"),
        ("https://sifang.example.org:8443", "https://sifang.example.org:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_the_address_is_spelled_as_browsers_spell_it(tmp_path: Path, address: str, spelled: str) -> None:
    assert origin(Settings("sqlite+aiosqlite://", tmp_path, b"s" * 32, public_url=address)) == spelled
