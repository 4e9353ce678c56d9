"""The field's pages by the server, for a home that goes to another grid while somebody is at its door."""

from __future__ import annotations

import re
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from tests.field.conftest import Station

pytestmark = pytest.mark.anyio

PIECE = {"hx_request": "true", "hx_request_type": "partial"}


async def move(station: Station) -> None:
    """3幢, with Auntie Chen's home, goes to the fourth grid."""
    three, four = station.id["第三网格"], station.id["第四网格"]
    made = Draft("building.moved", station.id["3幢"], three, station.id["孙强"], {"to": four}, id=str(uuid7()))
    (receipt,) = await station.app.state.journal.commit([made])
    assert receipt.outcome == "accepted"


def form_of(page: str, action: str) -> dict[str, Any]:
    """The hidden fields of the page's form that goes to `action`."""
    form = page[page.index(f'action="{action}"') :].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "您的网格里没有这一户。"), ("en", "This door is not in your grid.")]
)
async def test_a_home_that_was_moved_is_told_in_plain_words_and_nothing_of_it(
    station: Station, lang: str, words: str
) -> None:
    home, person, visit = (station.id[name] for name in ("陈奶奶家", "陈奶奶", "陈奶奶家走访"))
    await move(station)
    paths = [f"/field/households/{home}{rest}" for rest in ("", "/visits/new", "/residents/new", "/facts?field=phone")]
    paths += [f"/field/residents/{person}/facts", f"/field/visits/{visit}", f"/field/visits/{visit}/corrections/new"]
    never = (await station.get(f"/field/households/{uuid7()}", accept_language=lang)).text
    for path in paths:
        answer = await station.get(path, accept_language=lang)
        assert (answer.status_code, answer.text) == (404, never), path
    assert words in never
    assert "手机里没有这一户" not in never
    assert "/field/doors" in never


async def test_a_button_for_a_piece_gets_the_page_in_place_of_all(station: Station) -> None:
    home = f"/field/households/{station.id['陈奶奶家']}"
    same = form_of((await station.get(home)).text, f"{home}/facts")
    await move(station)
    size = await station.size()
    for answer in (
        await station.post(f"{home}/facts", same, **PIECE),
        await station.get(f"{home}/facts?field=phone", **PIECE),
    ):
        assert (answer.status_code, answer.headers["hx-retarget"], answer.headers["hx-reswap"]) == (
            404,
            "body",
            "innerHTML",
        )
        assert "您的网格里没有这一户。" in answer.text
        assert "陈奶奶" not in answer.text
    assert await station.size() == size


async def test_what_is_written_about_a_home_that_was_moved_follows_it(station: Station) -> None:
    home, visit = f"/field/households/{station.id['陈奶奶家']}", station.id["陈奶奶家走访"]
    told = form_of((await station.get(f"{home}/visits/new")).text, f"{home}/visits")
    mended = form_of(
        (await station.get(f"/field/visits/{visit}/corrections/new")).text, f"/field/visits/{visit}/corrections"
    )
    phone = form_of((await station.get(f"{home}/facts?field=phone")).text, f"{home}/facts")
    quick = form_of((await station.get(home)).text, f"{home}/visits")
    await move(station)
    answers = [
        await station.post(f"{home}/visits", {**told, "result": "met", "text": "写到一半就划走了"}),
        await station.post(f"{home}/visits", {**quick, "quick": "no_answer"}),
        await station.post(f"/field/visits/{visit}/corrections", {**mended, "result": "met", "text": "改成这样"}),
    ]
    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [(303, "/field/outbox")] * 3
    piece = await station.post(f"{home}/facts", {**phone, "value": "000-0000-0055"}, **PIECE)
    assert piece.headers["hx-redirect"] == "/field/outbox"
    visits = {row["id"]: row for row in await station.rows("visit", household=station.id["陈奶奶家"])}
    assert {row["grid"] for row in visits.values()} == {station.id["第四网格"]}
    assert visits[told["id"]]["text"] == "写到一半就划走了"
    assert visits[quick["id"]]["result"] == "no_answer"
    assert visits[visit]["text"] == "改成这样"
    outbox = (await station.get("/field/outbox", accept_language="zh")).text
    assert "写到一半就划走了" in outbox
    assert "000-0000-0055" in outbox


async def test_what_cannot_be_taken_comes_back_to_be_copied(station: Station) -> None:
    home = f"/field/households/{station.id['陈奶奶家']}"
    told = form_of((await station.get(f"{home}/visits/new")).text, f"{home}/visits")
    await move(station)
    without_result = await station.post(f"{home}/visits", {**told, "text": "灯坏了 <b>"}, accept_language="zh")
    assert without_result.status_code == 404
    assert "刚才写的没有记下" in without_result.text
    assert "灯坏了 &lt;b&gt;" in without_result.text
    # Now the grid itself is no longer Zhao's.
    body: dict[str, Any] = {"grids": []}
    assigned = Draft("person.assigned", station.id["赵敏"], None, station.id["孙强"], body, id=str(uuid7()))
    await station.app.state.journal.commit([assigned])
    size = await station.size()
    sent = await station.post(f"{home}/visits", {**told, "result": "met", "text": "还没说完"}, accept_language="en")
    assert sent.status_code == 404
    assert "What you just wrote was not recorded" in sent.text
    assert "还没说完" in sent.text
    assert await station.size() == size


async def test_nobody_writes_behind_a_door_that_never_was_theirs(station: Station) -> None:
    """Who names it stands where the home does not: the edit is kept for a person to see, and changes nothing there."""
    foreign = station.id["马师傅家"]
    said = {"id": str(uuid7()), "household": foreign, "door": "5幢", "result": "met", "text": "不该在这里"}
    sent = await station.post(f"/field/households/{foreign}/visits", {**said, "grid": station.id["第四网格"]})
    assert sent.status_code == 404
    await station.post(f"/field/households/{foreign}/visits", {**said, "grid": station.id["第三网格"]})
    assert len(await station.rows("visit", household=foreign)) == 1
    (kept,) = await station.rows("journal", id=said["id"])
    assert (kept["outcome"], kept["reason"]) == ("quarantined", "unknown_entity")
