"""A phone's session opens no page without the secret of its vault, and follows whoever has a shared phone."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from server.sessions import OPENER
from tests.desk.conftest import Desk
from tests.join.test_join import enrol, link, new_key
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.journal.test_revoked import revoke

pytestmark = pytest.mark.anyio

SECRET = "v" * 43
DOORS = "/field/doors"


def hashed(secret: str) -> str:
    """What the server is told of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def signed_in(station: Station, phone: Phone, secret: str = SECRET, **shown: str) -> tuple[int, str]:
    """One exchange that asks for the session: its status, and the cookie that it sets, or none."""
    answer = await station.http.post(
        "/sync/exchange", json=phone.request(session=hashed(secret)), headers={"Sec-Fetch-Site": "same-origin", **shown}
    )
    if answer.status_code == 200:
        await phone.take(answer.json())
    return answer.status_code, answer.headers.get("set-cookie", "").split(";")[0]


async def asked(station: Station, cookie: str, path: str = DOORS, **headers: str) -> tuple[int, str]:
    """A page in this browser: its status, and what it says."""
    station.http.cookies.clear()
    answer = await station.http.get(path, headers={"Cookie": cookie, "Accept": "text/html", **headers})
    return answer.status_code, answer.text


async def test_a_session_is_closed_by_what_lies_in_the_vault(station: Station, zhao: Phone) -> None:
    _, cookie = await signed_in(station, zhao)
    status, said = await asked(station, cookie)
    assert status == 403
    assert "手机开着才能看" in said
    assert "陈奶奶" not in said
    for wrong in ("", "x", SECRET + "v", hashed(SECRET)):
        assert (await asked(station, cookie, **{OPENER: wrong}))[0] == 403
    assert (await asked(station, cookie, f"/field/households/{station['陈奶奶']}"))[0] == 403
    assert (await asked(station, cookie, "/blobs/" + "A" * 43))[0] == 403
    status, said = await asked(station, cookie, **{OPENER: SECRET})
    assert (status, "501" in said) == (200, True)


async def test_a_new_phone_is_drawn_for_until_it_has_a_vault(station: Station) -> None:
    response = await enrol(station, await link(station), new_key())
    cookie = response.headers["set-cookie"].split(";")[0]
    assert (await asked(station, cookie))[0] == 200
    assert (await asked(station, cookie, **{OPENER: SECRET}))[0] == 200


async def test_told_again_it_is_the_same_session_with_the_new_secret(station: Station, zhao: Phone) -> None:
    _, cookie = await signed_in(station, zhao)
    status, again = await signed_in(station, zhao, "w" * 43, Cookie=cookie)
    assert (status, again) == (200, "")
    assert (await asked(station, cookie, **{OPENER: SECRET}))[0] == 403
    assert (await asked(station, cookie, **{OPENER: "w" * 43}))[0] == 200
    assert await station.value("SELECT COUNT(*) FROM session WHERE device IS NOT NULL") == 1


async def test_whoever_takes_a_shared_phone_takes_its_browsers_session(
    station: Station, zhao: Phone, qian: Phone
) -> None:
    _, hers = await signed_in(station, zhao)
    _, his = await signed_in(station, qian, "w" * 43, Cookie=hers)
    assert his
    assert (await asked(station, hers, **{OPENER: SECRET}))[0] == 401, "hers has ended"
    assert (await asked(station, his, **{OPENER: "w" * 43}))[0] == 200
    people = [row[0] for row in await station.rows("SELECT person FROM session WHERE device IS NOT NULL")]
    assert people == [station["钱进"]]


async def test_their_own_session_at_the_desk_stays_and_anothers_ends(station: Station, zhao: Phone, desk: Desk) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in desk.cookies.items())
    masters = await station.phone("master")
    assert await signed_in(station, masters, Cookie=cookie) == (200, "")
    assert (await desk.get("/desk/visits")).status_code == 200
    _, given = await signed_in(station, zhao, Cookie=cookie)
    assert (await desk.get("/desk/visits")).status_code == 401
    assert (await asked(station, given, **{OPENER: SECRET}))[0] == 200
    assert (await asked(station, given, "/desk/visits", **{OPENER: SECRET}))[0] in {401, 403, 404}


async def test_a_phone_out_of_use_is_given_none(station: Station, zhao: Phone) -> None:
    await revoke(station, zhao)
    assert await signed_in(station, zhao) == (200, "")


@pytest.mark.parametrize("wrong", [True, 1, "secret", "A" * 64, "0" * 63, "0" * 64 + "\n", None])
async def test_what_is_no_hash_is_refused(station: Station, zhao: Phone, wrong: Any) -> None:
    answer = await station.http.post("/sync/exchange", json=zhao.request(session=wrong))
    assert (answer.status_code, answer.json()["problem"]["code"]) == (400, "bad_shape")
