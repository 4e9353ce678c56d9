"""Eight digits typed instead of a scan: what they lead to, and what guessing costs whom."""

from __future__ import annotations

import asyncio
import re

import pytest
from httpx import Response
from sqlalchemy import select

from server import schema
from server.brakes import WRONG_CODES
from server.join import codes
from server.join.codes import DIGITS, TRIES_MAX, make_code, read_code
from server.join.store import LINK_MS
from tests.desk.conftest import Desk
from tests.join.handset import Handset, desk_link, say
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio


def test_looking_at_a_guess_costs_what_owasp_says() -> None:
    assert {name: codes._SLOW[name] for name in "nrp"} == {"n": 2**14, "r": 8, "p": 5}


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes whose looking at costs next to nothing, for who looks at a dozen; the others here are as slow as ever."""
    monkeypatch.setitem(codes._SLOW, "n", 2)


async def code_for(station: Station, path: str) -> str:
    """A code that leads to a link."""
    token = path.rpartition("/")[2]
    code = await make_code(station.db, station.settings.secret, token, station.now_ms + LINK_MS, station.now_ms)
    assert code is not None
    return code


def beside(code: str, step: int = 1) -> str:
    """Another code of the same name: as near to right as a guess can be."""
    return code[:4] + f"{(int(code[4:]) + step) % 10_000:04}"


def guessed(station: Station, address: str, times: int) -> None:
    """Wrong digits have come from there before, which costs nobody the time of looking at them."""
    for _ in range(times):
        station.app.state.brakes.count(WRONG_CODES, address, station.now_ms)


async def type_in(phone: Handset, typed: str, lang: str = "zh") -> Response:
    """What somebody typed at /join."""
    return await phone.http.post("/join", data={"code": typed}, headers={"Cookie": f"lang={lang}"})


def test_a_code_is_read_as_people_write_it() -> None:
    for typed in ("12345678", "1234 5678", "1234-5678", "１２３４　５６７８", " 12 34 56 78 ", "1234—5678"):
        assert read_code(typed) == "12345678"
    for typed in ("", "1234567", "123456789", "1234567a", "一二三四五六七八", "٠١٢٣٤٥٦٧x", "²2345678" * 9):
        assert read_code(typed) is None


async def test_the_desk_shows_digits_that_lead_to_the_link(station: Station, desk: Desk) -> None:
    shown = (await desk.post("/desk/phones/links", {"person": station["赵敏"]}, piece=True)).text
    found = re.search(r'<p class="digits eight">(\d{4}) (\d{4})</p>', shown)
    assert found
    zhao = Handset(station)
    led = await type_in(zhao, f"{found[1]} {found[2]}")
    assert led.status_code == 303
    path = led.headers["location"]
    key = station.settings.log_keys.spelled[0]
    assert f'href="http://localhost:8000{path}#k={key}"' in shown, "the very link of the QR code, and what it shows"
    assert f'data-log="{key}"' in (await zhao.http.get(path)).text
    assert await zhao.http.get(path)
    assert (await zhao.press(path)).status_code == 202
    await say(desk, "same")
    assert (await zhao.ask(path)).status_code == 200
    assert found[1] + found[2] not in (await desk.get("/desk/phones")).text.replace(" ", "")


@pytest.mark.usefixtures("quickly")
async def test_typing_uses_nothing_up_and_an_answer_that_was_lost_is_typed_again(station: Station) -> None:
    path = await desk_link(station)
    code, zhao = await code_for(station, path), Handset(station)
    for _ in range(TRIES_MAX + 2):
        assert (await type_in(zhao, code)).headers["location"] == path


async def test_the_database_holds_neither_the_code_nor_the_token(station: Station) -> None:
    path = await desk_link(station)
    code = await code_for(station, path)
    async with station.db.reading() as db:
        row = (await db.execute(select(schema.join_code))).mappings().one()
    held = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row.values())
    for secret in (code, code[:4], path.rpartition("/")[2]):
        assert secret.encode() not in held.replace(str(row["expires_ms"]).encode(), b"")
    twin = await code_for(station, path)
    async with station.db.reading() as db:
        rows = (await db.execute(select(schema.join_code))).mappings().all()
    assert twin != code
    assert len({row["salt"] for row in rows}) == len({row["hash"] for row in rows}) == 2


@pytest.mark.usefixtures("quickly")
async def test_five_wrong_tries_spoil_a_code_and_neither_its_link_nor_any_other_code(
    station: Station, desk: Desk
) -> None:
    path, other = await desk_link(station), await desk_link(station, "钱进")
    code, others = await code_for(station, path), await code_for(station, other)
    guesser, zhao, qian = (Handset(station, f"10.0.0.{n}") for n in (1, 2, 3))
    for step in range(1, TRIES_MAX + 1):
        assert (await type_in(guesser, beside(code, step))).status_code == 403
    assert (await type_in(zhao, code)).status_code == 403, "spoiled"
    assert (await type_in(qian, others)).headers["location"] == other
    assert (await zhao.press(path)).status_code == 202, "the code is spoiled, what hangs on the QR is not"


async def test_many_guesses_at_once_are_no_more_than_five(station: Station) -> None:
    path = await desk_link(station)
    code = await code_for(station, path)
    answers = await asyncio.gather(
        *(type_in(Handset(station, f"10.0.0.{step}"), beside(code, step)) for step in range(1, 9))
    )
    assert {answer.status_code for answer in answers} == {403}
    assert await station.value("SELECT tries FROM join_code") == TRIES_MAX
    assert (await type_in(Handset(station), code)).status_code == 403


@pytest.mark.usefixtures("quickly")
async def test_four_wrong_tries_spoil_nothing(station: Station) -> None:
    path = await desk_link(station)
    code, zhao = await code_for(station, path), Handset(station)
    for step in range(1, TRIES_MAX):
        await type_in(zhao, beside(code, step))
    assert (await type_in(zhao, code)).headers["location"] == path


@pytest.mark.usefixtures("quickly")
async def test_who_guesses_at_random_is_slowed_down_and_locks_out_nobody(station: Station, desk: Desk) -> None:
    path = await desk_link(station)
    code = await code_for(station, path)
    # Not by chance the code's own name.
    blind = [f"{n:04}0000" for n in range(10) if f"{n:04}" != code[:4]]
    guesser = Handset(station, "203.0.113.9")
    guessed(station, "203.0.113.9", WRONG_CODES.burst - 5)
    answers = [await type_in(guesser, guess) for guess in blind[:8]]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429] * 3
    assert 0 < int(answers[-1].headers["retry-after"]) <= WRONG_CODES.every_ms // 1000
    assert "扫站长电脑上的二维码不受影响" in answers[-1].text
    assert f'value="{blind[5]}"' in answers[5].text, "what was typed stays"
    # Right digits from there wait too, or guessing would go on; the code itself is unspoiled, and works elsewhere.
    assert (await type_in(guesser, code)).status_code == 429
    assert (await type_in(Handset(station, "198.51.100.7"), code)).headers["location"] == path
    # Beside the guesser, behind one address, the QR leads in as ever.
    neighbour = Handset(station, "203.0.113.9")
    assert (await neighbour.http.get(path)).status_code == 200
    assert (await neighbour.press(path)).status_code == 202
    station.now_ms += WRONG_CODES.every_ms
    assert (await type_in(guesser, code)).headers["location"] == path


@pytest.mark.usefixtures("quickly")
async def test_right_digits_are_never_counted_as_wrong(station: Station) -> None:
    path = await desk_link(station)
    code, zhao = await code_for(station, path), Handset(station)
    # One that counted would be the last.
    guessed(station, "127.0.0.1", WRONG_CODES.burst - 1)
    for _ in range(4):
        assert (await type_in(zhao, code)).status_code == 303
    assert (await type_in(zhao, beside(code))).status_code == 403
    assert (await type_in(zhao, code)).status_code == 429


async def test_a_code_ends_with_its_ten_minutes(station: Station) -> None:
    path = await desk_link(station)
    code = await code_for(station, path)
    station.now_ms += LINK_MS
    assert (await type_in(Handset(station), code)).status_code == 403


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(("lang", "words"), [("zh", "要八位数字"), ("en", "Eight digits are needed")])
async def test_what_is_no_code_says_so_in_both_languages_and_stays(station: Station, lang: str, words: str) -> None:
    zhao = Handset(station)
    for typed in ("1234", '"><script>', "12345678901234567890"):
        answer = await type_in(zhao, typed, lang)
        assert answer.status_code == 422
        assert words in answer.text
    assert "<script>" not in (await type_in(zhao, '"><script>')).text
    assert 'value="1234"' in (await type_in(zhao, "1234")).text
    assert (await zhao.http.get("/join")).status_code == 200


async def test_a_guess_says_the_same_whether_its_name_is_anybodys(station: Station) -> None:
    code = await code_for(station, await desk_link(station))
    nobody = f"{(int(code[:4]) + 1) % 10_000:04}{code[4:]}"
    near, far = await type_in(Handset(station), beside(code)), await type_in(Handset(station), nobody)
    assert near.status_code == far.status_code == 403
    assert near.text.replace(beside(code), "") == far.text.replace(nobody, "")


@pytest.mark.usefixtures("quickly")
async def test_codes_are_drawn_from_all_there_are(station: Station) -> None:
    path = await desk_link(station)
    drawn = [await code_for(station, path) for _ in range(12)]
    assert all(len(code) == DIGITS and code.isdigit() for code in drawn)
    assert len({code[:4] for code in drawn}) == 12, "no two live codes have one name"
