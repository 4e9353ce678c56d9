"""The desk's doors: what a passkey opens, what proves nothing, and how long a session lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import text

from server import sessions
from server.join.store import create_link
from server.passkeys.ceremony import CHALLENGE_MS
from tests.desk.conftest import HOUR_MS, MINUTE_MS, Desk, words
from tests.journal.conftest import Station
from tests.passkeys.authenticator import Authenticator

pytestmark = pytest.mark.anyio

OURS = {"Sec-Fetch-Site": "same-origin", "Accept": "application/json"}


class Somebody:
    """A person with an authenticator, in a browser of their own."""

    def __init__(self, station: Station, name: str, authenticator: Authenticator | None = None) -> None:
        self.station = station
        self.name = name
        self.authenticator = authenticator or Authenticator()
        self.cookie = ""

    async def post(self, path: str, said: Any = None, **form: str) -> Response:
        """What our own pages send, as JSON or as a form."""
        told: dict[str, Any] = {"data": form} if form else {"json": said if said is not None else {}}
        answer = await self.station.http.post(path, headers={**OURS, "Cookie": self.cookie}, **told)
        self.station.http.cookies.clear()
        if token := answer.cookies.get(sessions.cookie_name(self.station.settings)):
            self.cookie = f"{sessions.cookie_name(self.station.settings)}={token}"
        return answer

    async def begin(self) -> Response:
        """Open a one-time link and make a passkey behind it."""
        async with self.station.db.writing() as db:
            token = await create_link(db, self.station[self.name], "desk", self.station.now_ms)
        options = (await self.post(f"/join/{token}/passkey/options")).json()
        made = self.authenticator.make(options)
        return await self.post(f"/join/{token}/passkey", {"credential": made, "label": "站里的电脑"})

    async def options(self, path: str = "/sign-in") -> dict[str, Any]:
        """A new challenge."""
        found: dict[str, Any] = (await self.post(f"{path}/options")).json()
        return found

    async def come_in(self) -> Response:
        """Sign in with the passkey."""
        return await self.post("/sign-in", {"credential": self.authenticator.show(await self.options())})

    async def confirm(self) -> Response:
        """Show it once more."""
        path = "/desk/me/confirmation"
        return await self.post(path, {"credential": self.authenticator.show(await self.options(path))})

    async def page(self, path: str = "/desk/visits") -> Response:
        """Open a page."""
        return await Desk(self.station.http, dict([self.cookie.split("=", 1)]) if self.cookie else {}).get(path)


@pytest.fixture
async def master(station: Station) -> Somebody:
    """王站长, who has just come in by a link."""
    wang = Somebody(station, "master")
    answer = await wang.begin()
    assert (answer.status_code, answer.json()) == (200, {"to": "/desk/visits"})
    return wang


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


async def test_what_gives_a_way_in_waits_for_the_passkey(station: Station, master: Somebody) -> None:
    newcomer = {"name": "周敏", "role": "grid_worker", "grids": station["第三网格"]}
    station.now_ms += 11 * MINUTE_MS
    refused = await master.post("/desk/phones/people", **newcomer)
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
    assert (await master.post("/desk/phones/people", **newcomer)).status_code == 303
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
    await master.post("/desk/me/sessions", session=sessions.hashed(others[0].cookie.split("=", 1)[1]))
    assert [(await each.page()).status_code for each in (*others, master)] == [401, 200, 200, 200]
    await master.post("/desk/me/sessions", session="others")
    assert [(await each.page()).status_code for each in (*others, master)] == [401, 401, 401, 200]


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


async def test_a_phones_session_opens_no_desk(station: Station) -> None:
    async with station.db.writing() as db:
        token = await create_link(db, station["李网格长"], "phone", station.now_ms)
    leader = Somebody(station, "李网格长")
    assert (await leader.post(f"/join/{token}/session", x="1")).headers["location"] == "/field/"
    assert (await leader.page("/field/")).status_code == 200
    assert (await leader.page("/desk/visits")).status_code == 401
    assert (await leader.post("/desk/conflicts/nothing", x="1")).status_code == 401


async def test_the_door_leads_on_to_where_one_was_and_nowhere_else(station: Station, master: Somebody) -> None:
    stranger = Somebody(station, "master")
    home = "/desk/visits"
    for asked, to in (("/desk/boards", "/desk/boards"), ("//evil.example", home), ("/\\evil", home)):
        shown = await station.http.get("/sign-in", params={"to": asked})
        assert f'data-to="{to}"' in shown.text
    assert (await master.page("/sign-in?to=/desk/boards")).headers["location"] == "/desk/boards"
    assert "data-show" in (await stranger.page("/sign-in")).text
