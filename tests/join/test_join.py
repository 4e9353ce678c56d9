"""One-time links: a phone is enrolled, a desk is opened, nobody comes in twice."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import Response
from uuid_utils import uuid7

from server.join.enrolling import LABEL_CHARS_MAX
from server.join.store import LINK_MS, create_link
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio
OURS = {"Sec-Fetch-Site": "same-origin"}


def new_key() -> str:
    """A phone's public key as it sends it."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


async def link(station: Station, person: str = "赵敏", purpose: str = "phone") -> str:
    """The path of a new link."""
    async with station.db.writing() as db:
        return f"/join/{await create_link(db, station[person], purpose, station.now_ms)}"


async def enrol(station: Station, path: str, key: str, **said: Any) -> Response:
    """What the phone's script does, each phone with a browser of its own."""
    station.http.cookies.clear()
    return await station.http.post(f"{path}/device", json={"public_key": key, **said}, headers=OURS)


def session(response: Response) -> str:
    """The cookie a response sets."""
    return response.headers["set-cookie"]


async def test_opening_the_link_uses_nothing_up(station: Station) -> None:
    path = await link(station)
    for _ in range(2):
        shown = await station.http.get(path)
        assert shown.status_code == 200
        assert "赵敏" in shown.text
        assert "set-cookie" not in shown.headers
    assert (await enrol(station, path, new_key())).status_code == 200


async def test_phone_becomes_a_device_of_its_person_and_is_signed_in(station: Station) -> None:
    response = await enrol(station, await link(station), new_key(), label="  " + "长" * 99)
    told = response.json()
    assert told["person"] == {"id": station["赵敏"], "name": "赵敏", "role": "grid_worker"}
    assert told["utc_offset_min"] == 480
    assert told["time_ms"] == station.now_ms
    device = (await station.rows("SELECT id, person, label FROM device WHERE kind = 'phone'"))[0]
    assert tuple(device) == (told["device"], station["赵敏"], "长" * LABEL_CHARS_MAX)
    assert "httponly" in session(response).lower()
    today = await station.http.get("/field/", headers={"Cookie": session(response).split(";")[0]})
    assert today.status_code == 200
    assert await station.refolds()


async def test_a_used_link_offers_no_way_in_where_scripts_do_not_run(station: Station) -> None:
    path = await link(station)

    async def without_scripts() -> str:
        return (await station.http.get(path)).text.partition("<noscript>")[2].partition("</noscript>")[0]

    assert f'action="{path}/session"' in await without_scripts()
    assert (await enrol(station, path, new_key())).status_code == 200
    assert "<form" not in await without_scripts()
    assert "这个链接" in await without_scripts()


async def test_link_opens_once(station: Station) -> None:
    path = await link(station)
    assert (await enrol(station, path, new_key())).status_code == 200
    second = await enrol(station, path, new_key())
    assert (second.status_code, second.json()["problem"]["code"]) == (410, "link_gone")
    assert await station.value("SELECT count(*) FROM device WHERE kind = 'phone'") == 1
    assert (await station.http.post(f"{path}/session", headers=OURS)).status_code == 410


async def test_of_two_phones_at_one_moment_one_comes_in(station: Station) -> None:
    path = await link(station)
    answers = await asyncio.gather(*(enrol(station, path, new_key()) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]


async def test_phone_whose_answer_was_lost_asks_again_and_is_the_same(station: Station) -> None:
    path, key = await link(station), new_key()
    first, again = await enrol(station, path, key), await enrol(station, path, key)
    assert first.json()["device"] == again.json()["device"]
    assert await station.value("SELECT count(*) FROM device WHERE kind = 'phone'") == 1


async def test_phone_finishes_when_the_server_died_after_taking_the_link(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = await link(station), new_key()

    async def dies(_drafts: Any) -> Any:
        raise OSError("the server died here")

    with monkeypatch.context() as patch:
        patch.setattr(station.journal, "commit", dies)
        with pytest.raises(OSError, match="died"):
            await enrol(station, path, key)
    assert (await enrol(station, path, new_key())).status_code == 410
    assert (await enrol(station, path, key)).status_code == 200


async def test_link_lasts_ten_minutes(station: Station) -> None:
    path = await link(station)
    station.now_ms += LINK_MS
    assert (await station.http.get(path)).status_code == 410
    assert (await enrol(station, path, new_key())).status_code == 410


async def test_desk_opens_without_a_passkey_in_a_demo_alone_and_once(station: Station) -> None:
    path = await link(station, "master", "desk")
    shown = (await station.http.get(path)).text
    assert "王站长" in shown
    assert f'data-make="{path}/passkey"' in shown
    assert f'action="{path}/session"' not in shown
    assert (await station.http.post(f"{path}/session", headers=OURS)).status_code == 410
    station.app.state.settings = replace(station.settings, demo=True)
    assert f'action="{path}/session"' in (await station.http.get(path)).text
    opened = await station.http.post(f"{path}/session", headers=OURS)
    assert (opened.status_code, opened.headers["location"]) == (303, "/desk/visits")
    desk = await station.http.get("/desk/visits", headers={"Cookie": session(opened).split(";")[0]})
    assert desk.status_code == 200
    again = await station.http.post(f"{path}/session", headers=OURS)
    assert again.status_code == 410
    assert "set-cookie" not in again.headers


async def test_desk_link_enrols_no_phone(station: Station) -> None:
    assert (await enrol(station, await link(station, "master", "desk"), new_key())).status_code == 410


async def test_browser_that_keeps_nothing_is_signed_in_all_the_same(station: Station) -> None:
    opened = await station.http.post(f"{await link(station)}/session", headers=OURS)
    assert (opened.status_code, opened.headers["location"]) == (303, "/field/")


async def test_link_that_never_was_says_so_in_both_languages(station: Station) -> None:
    for lang, words in (("zh", "请站长再给您一个"), ("en", "Ask your station")):
        shown = await station.http.get("/join/nothing", headers={"Cookie": f"lang={lang}"})
        assert shown.status_code == 410
        assert words in shown.text


async def test_link_from_another_site_is_not_followed(station: Station) -> None:
    path = await link(station)
    answer = await station.http.post(f"{path}/session", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"label":"x"}',
        b'{"public_key":5}',
        b'{"public_key":"AAAA"}',
        b'{"public_key":"' + b"A" * 87 + b'"}',
        b'{"public_key":"\xff"}',
        b"[" * 3000,
    ],
)
async def test_registration_that_cannot_be_read_is_refused_and_uses_nothing_up(station: Station, body: bytes) -> None:
    path = await link(station)
    answer = await station.http.post(f"{path}/device", content=body, headers=OURS)
    assert (answer.status_code, answer.json()["problem"]["code"]) == (400, "bad_shape")
    assert (await enrol(station, path, new_key())).status_code == 200


async def test_oversized_registration_is_refused(station: Station) -> None:
    answer = await station.http.post(f"{await link(station)}/device", content=b"x" * 5000, headers=OURS)
    assert (answer.status_code, answer.json()["problem"]["code"]) == (413, "too_large")


async def test_key_in_another_spelling_is_refused(station: Station) -> None:
    key = new_key()
    for spelled in (key + "=", key[:-1] + chr(ord(key[-1]) + 1), " " + key):
        assert (await enrol(station, await link(station), spelled)).status_code == 400


async def test_a_phone_that_a_restored_server_forgot_is_known_again(station: Station) -> None:
    phone = await station.phone("赵敏")
    phone.visit(station["陈奶奶"], text="腿好些了")
    # It was enrolled by a server whose last hour is in no backup.
    phone.device, phone.made = str(uuid7()), []
    phone.visit(station["陈奶奶"], text="腿好些了")
    response = await phone.send(phone.request())
    assert (response.status_code, response.json()["problem"]["code"]) == (401, "unknown_device")
    said = await enrol(station, await link(station), phone.public_key, device=phone.device)
    assert said.json()["device"] == phone.device
    assert (await phone.exchange())["outcomes"][0]["outcome"] == "accepted"
    again = await enrol(station, await link(station), phone.public_key, device=phone.device)
    assert again.json()["device"] == phone.device, "its answer was lost"
    for key, person in ((new_key(), "赵敏"), (phone.public_key, "钱进")):
        other = await enrol(station, await link(station, person), key, device=phone.device)
        assert other.json()["device"] != phone.device, "nobody becomes a device of somebody else"
    odd = await enrol(station, await link(station), new_key(), device="../secret")
    assert odd.status_code == 200
    assert await station.refolds()


async def test_a_phone_out_of_use_opens_no_page_and_a_new_link_makes_another_device_of_it(station: Station) -> None:
    key = new_key()
    first = await enrol(station, await link(station), key)
    other = await enrol(station, await link(station), new_key())
    device, own = first.json()["device"], {"Cookie": session(first).split(";")[0]}
    elsewhere = {"Cookie": session(other).split(";")[0]}
    await station.journal.revoke(device, station["master"])
    assert (await station.http.get("/field/", headers=own)).status_code == 401, "at once"
    assert (await station.http.get("/field/", headers=elsewhere)).status_code == 200, "their other phone's"
    await station.journal.revoke(device, station["master"], back=True)
    assert (await station.http.get("/field/", headers=own)).status_code == 200, "taken back is as before"
    await station.journal.revoke(device, station["master"])
    again = await enrol(station, await link(station), key, device=device)
    assert again.status_code == 200
    assert again.json()["device"] != device
    fresh = {"Cookie": session(again).split(";")[0]}
    assert (await station.http.get("/field/", headers=fresh)).status_code == 200
    state = f"SELECT revoked_ms FROM device WHERE id = '{again.json()['device']}'"
    assert await station.value(state) is None
    assert await station.refolds()
