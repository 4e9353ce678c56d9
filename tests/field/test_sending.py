"""A form sent to the server: it becomes an edit in the author's name, or it comes back with everything typed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from uuid_utils import uuid7

from tests.field.conftest import NOW_MS, Station

pytestmark = pytest.mark.anyio

PIECE = {"hx_request": "true", "hx_request_type": "partial"}
HOSTILE = "<script>alert(1)</script> \"'& 𠮷🚪 \u202eabc\u2028{{ lang }} {% x %}"


def hidden(html: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)">', html)
    assert found, f"no hidden {name}"
    return found[1]


async def test_nothing_is_written_behind_a_door_of_another_grid(station: Station) -> None:
    before = await station.size()
    foreign, visit, person = (station.id[name] for name in ("马师傅家", "马师傅家走访", "马师傅"))
    forms = {
        f"/field/households/{foreign}/visits": {"result": "met"},
        f"/field/households/{foreign}/facts": {"field": "phone", "value": "1234"},
        f"/field/households/{foreign}/residents": {"name": "x"},
        f"/field/visits/{visit}/corrections": {"result": "met"},
        f"/field/residents/{person}/facts": {"field": "name", "value": "x"},
    }
    for path, data in forms.items():
        assert (await station.post(path, data)).status_code == 404, path
    answer = await station.post("/field/households", {"building": station.id["5幢"], "room": "502"})
    assert answer.status_code == 422
    assert await station.size() == before


async def test_worker_records_a_visit_and_sees_it_on_the_household(station: Station) -> None:
    home = station.id["陈奶奶家"]
    form = await station.get(f"/field/households/{home}/visits/new")
    said = {"id": hidden(form.text, "id"), "result": "met", "mode": "door", "need": "想有人陪去量血压", "care": "watch"}
    answer = await station.post(
        f"/field/households/{home}/visits", {**said, "follow_up": "2026-11-27", "text": HOSTILE}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/field/households/{home}?saved={said['id']}"
    [visit] = await station.rows("visit", id=said["id"])
    assert (visit["author"], visit["result"], visit["care"]) == (station.id["赵敏"], "met", "watch")
    assert (visit["follow_up_on"], visit["occurred_at_ms"]) == ("2026-11-27", NOW_MS)
    assert visit["text"] == HOSTILE
    assert json.loads(visit["asks"]) == {"need": "想有人陪去量血压"}
    shown = (await station.get(answer.headers["location"])).text
    assert "想有人陪去量血压" in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &#34;&#39;&amp; 𠮷🚪 \u202eabc\u2028{{ lang }} {% x %}" in shown
    assert "想有人陪去量血压" in (await station.get("/field/outbox")).text


async def test_a_form_sent_twice_says_it_once(station: Station) -> None:
    home = station.id["陈奶奶家"]
    before = await station.size()
    form = await station.get(f"/field/households/{home}/visits/new")
    data = {"id": hidden(form.text, "id"), "result": "refused"}
    answers = [await station.post(f"/field/households/{home}/visits", data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await station.size() == before + 1


@pytest.mark.parametrize(
    ("quick", "result", "care"), [("no_answer", "no_answer", "watch"), ("all_well", "met", "watch")]
)
async def test_quick_save_keeps_what_is_already_written(station: Station, quick: str, result: str, care: str) -> None:
    home = station.id["陈奶奶家"]
    typed = {"id": str(uuid7()), "result": "refused", "text": "对门说回老家了", "care": "watch", "quick": quick}
    assert (await station.post(f"/field/households/{home}/visits", typed)).status_code == 303
    [visit] = await station.rows("visit", id=typed["id"])
    assert (visit["result"], visit["text"], visit["care"]) == (result, "对门说回老家了", care)


@pytest.mark.parametrize(("lang", "words"), [("zh", "先点一下怎么样"), ("en", "First tap how it went")])
async def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    station: Station, lang: str, words: str
) -> None:
    home, before = station.id["陈奶奶家"], await station.size()
    typed: dict[str, Any] = {
        "id": str(uuid7()),
        "text": f"写了一半 {HOSTILE}",
        "difficulty": "灯坏",
        "mode": "reception",
    }
    typed |= {"who_met": "陈奶奶", "companions": "老孙、小李", "occurred_at": "2026-11-21T10:00", "follow_up": "pick"}
    answer = await station.post(f"/field/households/{home}/visits", typed, accept_language=lang)
    assert answer.status_code == 422
    assert words in answer.text
    assert hidden(answer.text, "id") == typed["id"]
    for kept in (
        "写了一半 &lt;script&gt;",
        "灯坏</textarea>",
        'value="陈奶奶"',
        'value="老孙、小李"',
        'value="2026-11-21T10:00"',
    ):
        assert kept in answer.text
    assert re.search(r'value="reception" checked', answer.text)
    assert await station.size() == before


async def test_a_text_too_long_comes_back_whole(station: Station) -> None:
    home = station.id["陈奶奶家"]
    answer = await station.post(f"/field/households/{home}/visits", {"result": "met", "text": "𠮷" * 10_001})
    assert answer.status_code == 422
    assert "𠮷" * 10_001 in answer.text
    answer = await station.post(f"/field/households/{home}/visits", {"result": "met", "text": "𠮷" * 10_000})
    assert answer.status_code == 303
    assert "𠮷" * 10_000 in (await station.get(answer.headers["location"])).text


async def test_worker_corrects_a_visit_and_the_old_telling_stays(station: Station) -> None:
    visit = station.id["陈奶奶家走访"]
    form = await station.get(f"/field/visits/{visit}/corrections/new")
    assert "厕所灯坏三天</textarea>" in form.text
    data = {"id": hidden(form.text, "id"), "over": hidden(form.text, "over"), "result": "met", "mode": "door"}
    data |= {"occurred_at": "2026-11-14T10:36", "text": "厕所灯坏四天"}
    answer = await station.post(f"/field/visits/{visit}/corrections", data)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/field/visits/{visit}")
    [row] = await station.rows("visit", id=visit)
    assert (row["text"], row["revision"], row["edit"]) == ("厕所灯坏四天", 2, data["id"])
    shown = (await station.get(f"/field/visits/{visit}")).text
    assert "厕所灯坏四天" in shown
    assert "厕所灯坏三天" in shown


async def test_a_correction_that_changes_nothing_is_none_and_leads_back(station: Station) -> None:
    visit = station.id["陈奶奶家走访"]
    form = await station.get(f"/field/visits/{visit}/corrections/new")
    data = {"id": hidden(form.text, "id"), "over": hidden(form.text, "over"), "result": "met", "mode": "door"}
    data |= {"occurred_at": "2026-11-14T10:36", "text": "厕所灯坏三天\r\n", "follow_up": "", "care": ""}
    before = await station.size()
    answer = await station.post(f"/field/visits/{visit}/corrections", data)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/field/visits/{visit}")
    assert await station.size() == before
    indented = {**data, "text": "\r\n  厕所灯坏三天"}
    await station.post(f"/field/visits/{visit}/corrections", indented)
    [row] = await station.rows("visit", id=visit)
    assert (row["text"], row["revision"]) == ("\n  厕所灯坏三天", 2)


async def test_worker_edits_a_fact_in_place(station: Station) -> None:
    home = station.id["陈奶奶家"]
    piece = await station.get(f"/field/households/{home}/facts?field=phone", **PIECE)
    assert "<html" not in piece.text
    data = {"field": "phone", "over": hidden(piece.text, "over"), "value": "没有"}
    wrong = await station.post(f"/field/households/{home}/facts", data, accept_language="en", **PIECE)
    assert wrong.status_code == 422
    assert "A phone number has digits" in wrong.text
    assert 'value="没有"' in wrong.text
    assert "<html" not in wrong.text
    done = await station.post(f"/field/households/{home}/facts", {**data, "value": "０００-0000-0012"}, **PIECE)
    assert done.status_code == 200
    assert "000-0000-0012" in done.text
    assert "<form" in done.text
    assert "<html" not in done.text
    [row] = await station.rows("household", id=home)
    assert row["phone"] == "000-0000-0012"
    assert [head["value"] for head in json.loads(row["facts"])["phone"]] == ["000-0000-0012"]


async def test_two_forms_opened_at_once_leave_both_values_standing(station: Station) -> None:
    home = station.id["陈奶奶家"]
    over = hidden((await station.get(f"/field/households/{home}/facts?field=phone")).text, "over")
    for value in ("000-0000-0012", "000-0000-0013"):
        data = {"field": "phone", "over": over, "value": value}
        answer = await station.post(f"/field/households/{home}/facts", data)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/field/households/{home}#facts")
    [row] = await station.rows("household", id=home)
    assert row["contested"]
    shown = (await station.get(f"/field/households/{home}")).text
    assert "000-0000-0012" in shown
    assert "000-0000-0013" in shown


async def test_a_wrong_value_sent_again_still_names_what_was_in_view(station: Station) -> None:
    home = station.id["陈奶奶家"]
    over = hidden((await station.get(f"/field/households/{home}/facts?field=phone")).text, "over")
    await station.post(f"/field/households/{home}/facts", {"field": "phone", "over": over, "value": "000-0000-0012"})
    wrong = await station.post(f"/field/households/{home}/facts", {"field": "phone", "over": over, "value": "没有"})
    assert hidden(wrong.text, "over") == over


async def test_worker_adds_a_door_and_somebody_behind_it(station: Station) -> None:
    form = await station.get(f"/field/households/new?building={station.id['3幢']}")
    data = {
        "id": hidden(form.text, "id"),
        "building": station.id["3幢"],
        "kind": "home",
        "entrance": "2",
        "room": "502",
    }
    wrong = await station.post("/field/households", {**data, "room": "", "contact": "吴大爷"}, accept_language="en")
    assert wrong.status_code == 422
    assert "Give the door a number" in wrong.text
    assert 'value="吴大爷"' in wrong.text
    answer = await station.post("/field/households", {**data, "contact": "吴大爷", "occupancy": "rented"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/field/households/{data['id']}")
    [row] = await station.rows("household", id=data["id"])
    assert (row["floor"], row["room"], row["occupancy"]) == (5, "502", "rented")
    assert "吴大爷" in (await station.get(answer.headers["location"])).text
    form = await station.get(f"/field/households/{data['id']}/residents/new")
    who = {"id": hidden(form.text, "id"), "name": "吴大爷", "birth_year": "1950", "lives_here": "yes"}
    wrong = await station.post(
        f"/field/households/{data['id']}/residents", {**who, "birth_year": "五零", "tags": ["veteran"]}
    )
    assert wrong.status_code == 422
    assert re.search(r'value="veteran" checked', wrong.text)
    answer = await station.post(
        f"/field/households/{data['id']}/residents", {**who, "tags": ["veteran", "elder_couple"]}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/field/households/{data['id']}#people")
    [row] = await station.rows("resident", id=who["id"])
    assert (row["name"], row["birth_year"], list(json.loads(row["tags"]))) == (
        "吴大爷",
        1950,
        ["elder_couple", "veteran"],
    )


async def test_the_first_bungalow_of_a_grid_brings_its_row(station: Station) -> None:
    form = await station.get("/field/households/new?kind=bungalow")
    grid = station.id["第三网格"]
    assert f'<option value="bungalows:{grid}">第三网格 · 平房' in form.text
    own = {name: hidden(form.text, name) for name in ("id", "new_building")}
    data = {**own, "building": f"bungalows:{grid}", "kind": "bungalow", "room": "东7号"}
    wrong = await station.post("/field/households", {**data, "room": ""})
    assert wrong.status_code == 422
    assert hidden(wrong.text, "new_building") == own["new_building"]
    assert f'<option value="bungalows:{grid}" selected>' in wrong.text
    for _ in range(2):  # and a second tap changes nothing
        answer = await station.post("/field/households", data)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/field/households/{own['id']}")
    [row] = await station.rows("building", kind="bungalows")
    assert (row["id"], row["grid"], row["name"]) == (own["new_building"], grid, "平房")
    [home] = await station.rows("household", building=row["id"])
    assert (home["id"], home["room"]) == (own["id"], "东7号")
    assert f"bungalows:{grid}" not in (await station.get("/field/households/new")).text


async def test_a_shop_in_a_block_is_asked_about_once(station: Station) -> None:
    form = await station.get("/field/households/new?kind=shop")
    grid, block = station.id["第三网格"], (await station.rows("building", kind="block"))[0]
    own = {name: hidden(form.text, name) for name in ("id", "new_building")}
    data = {**own, "building": block["id"], "kind": "shop", "entrance": "", "room": "门面三号"}
    asked = await station.post("/field/households", data)
    assert asked.status_code == 422
    assert f'<option value="shops:{grid}" selected>' in asked.text
    assert hidden(asked.text, "placed") == block["id"]
    answer = await station.post("/field/households", {**data, "placed": block["id"]})
    assert answer.status_code == 303
    [home] = await station.rows("household", id=own["id"])
    assert (home["building"], home["room"], home["kind"]) == (block["id"], "门面3号", "shop")


async def test_worker_changes_what_care_somebody_needs(station: Station) -> None:
    person = station.id["陈奶奶"]
    form = await station.get(f"/field/residents/{person}/facts?field=tags")
    tags = form.text.partition('id="fact-tags"')[2]
    data = {"field": "tags", "had": hidden(tags, "had"), "over": hidden(tags, "over"), "tags": ["disabled"]}
    answer = await station.post(f"/field/residents/{person}/facts", data)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/field/residents/{person}/facts")
    [row] = await station.rows("resident", id=person)
    assert list(json.loads(row["tags"])) == ["disabled", "elder_alone"]
    assert list(json.loads(row["leaving"])) == ["elder_alone"], "its end waits for a leader"
    before = await station.size()
    same = {"field": "tags", "had": "disabled", "tags": ["disabled"]}
    assert (await station.post(f"/field/residents/{person}/facts", same)).status_code == 303
    assert await station.size() == before


async def test_a_post_from_another_site_is_turned_away(station: Station) -> None:
    before = await station.size()
    path = f"/field/households/{station.id['陈奶奶家']}/visits"
    assert (await station.post(path, {"result": "met"}, sec_fetch_site="cross-site")).status_code == 403
    assert await station.size() == before


async def test_a_body_that_is_no_form_changes_nothing(station: Station) -> None:
    before = await station.size()
    path = f"/field/households/{station.id['陈奶奶家']}/visits"
    bodies = [b"", b"%ff%fe=%00", b"a" * 100_000, b"&&&=&=", b"\x00\x01\x02", b"result=met%00&id=%F0%A0%AE%B7"]
    for body in bodies[:-1]:
        sent = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
        assert (await station.zhao.post(path, content=body, headers=sent)).status_code == 422, body[:20]
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "application/json", "text/plain"):
        sent = {"content-type": kind, "sec-fetch-site": "same-origin"}
        answer = await station.zhao.post(path, content=b'{"result": "met"}', headers=sent)
        assert answer.status_code in (400, 422), kind
    assert await station.size() == before


async def test_a_door_that_is_there_is_opened_rather_than_added_again(station: Station) -> None:
    size = await station.size()
    data = {"id": str(uuid7()), "building": station.id["3幢"], "entrance": "2单元", "room": "５01室"}
    answer = await station.post("/field/households", data)
    assert answer.status_code == 422
    assert "3-2-501 已经有了" in answer.text
    assert f'href="/field/households/{station.id["陈奶奶家"]}"' in answer.text
    assert await station.size() == size
