"""The field without a phone's store: the same pages at the same addresses, drawn by the server."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from uuid_utils import uuid7

from tests.field.conftest import Station

pytestmark = pytest.mark.anyio

PIECE = {"hx_request": "true", "hx_request_type": "partial"}


def pages(station: Station) -> list[str]:
    """Every page of the field that Zhao can open."""
    home, person = station.id["陈奶奶家"], station.id["陈奶奶"]
    visit = station.id["陈奶奶家走访"]
    return [
        "/field/",
        "/field/?show=next",
        "/field/doors",
        f"/field/doors?building={station.id['3幢']}",
        "/field/doors?q=501",
        "/field/doors/found?q=陈",
        "/field/doors/found?q=陈&to=visit",
        "/field/visits/new",
        "/field/visits/new?q=501&to=visit",
        f"/field/households/{home}",
        f"/field/households/{home}?saved={visit}",
        f"/field/households/{home}/visits/new",
        f"/field/households/{home}/residents/new",
        f"/field/households/{home}/facts",
        f"/field/households/{home}/facts?field=phone",
        f"/field/residents/{person}/facts",
        f"/field/residents/{person}/facts?field=tags",
        f"/field/visits/{visit}",
        f"/field/visits/{visit}/corrections/new",
        f"/field/households/new?building={station.id['3幢']}",
        "/field/outbox",
        "/field/more",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_worker_without_a_store_opens_every_page_in_both_languages(station: Station, lang: str) -> None:
    for path in pages(station):
        answer = await station.get(path, accept_language=lang)
        assert answer.status_code == 200, path
        assert f'<html lang="{"en" if lang == "en" else "zh-CN"}">' in answer.text, path
        assert answer.text.rstrip().endswith("</html>"), path
        assert "Accept-Language" in answer.headers["vary"]
        assert answer.headers["content-security-policy"]


async def test_nobody_is_let_in_without_a_session(station: Station) -> None:
    station.zhao.cookies.clear()
    for path in pages(station):
        assert (await station.get(path)).status_code == 401


async def test_doors_of_another_grid_look_as_if_they_were_not_there(station: Station) -> None:
    foreign = station.id["马师傅家"]
    for household in (foreign, str(uuid7()), "nonsense", "%00", "../../etc", "陈"):
        for rest in ("", "/visits/new", "/residents/new", "/facts"):
            answer = await station.get(f"/field/households/{household}{rest}")
            assert answer.status_code == 404, (household, rest)
            assert "马师傅" not in answer.text
    answers = [await station.get(f"/field/households/{each}") for each in (foreign, str(uuid7()))]
    assert answers[0].text == answers[1].text
    assert (await station.get(f"/field/visits/{station.id['马师傅家走访']}")).status_code == 404
    assert (await station.get(f"/field/visits/{station.id['马师傅家走访']}/corrections/new")).status_code == 404
    assert (await station.get(f"/field/residents/{station.id['马师傅']}/facts")).status_code == 404
    assert (await station.get("/field/nowhere")).status_code == 404


async def test_finding_answers_htmx_with_the_piece_and_others_with_the_page(station: Station) -> None:
    piece = await station.get("/field/doors/found?q=501", **PIECE)
    assert "<html" not in piece.text
    assert station.id["陈奶奶家"] in piece.text
    assert station.id["马师傅家"] not in piece.text
    whole = await station.get("/field/doors/found?q=501")
    assert "<html" in whole.text
    assert station.id["陈奶奶家"] in whole.text


async def test_reader_chooses_the_language_once(station: Station) -> None:
    answer = await station.post("/field/settings", {"lang": "en"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/field/more")
    assert '<html lang="en">' in (await station.get("/field/", accept_language="zh")).text
    assert (await station.post("/field/settings", {"lang": "tlh"})).status_code == 303
    assert '<html lang="en">' in (await station.get("/field/")).text


async def test_trying_now_leads_back_to_the_outbox(station: Station) -> None:
    answer = await station.post("/field/outbox/attempts", {})
    assert (answer.status_code, answer.headers["location"]) == (303, "/field/outbox")


async def test_a_colleagues_visit_is_read_and_not_corrected(station: Station) -> None:
    visit = station.id["陈奶奶家走访"]
    body = {
        "name": "周立",
        "role": "grid_worker",
        "community": station.id["榆桥社区"],
        "grids": [station.id["第三网格"]],
    }
    await station.app.state.journal.commit([station.add("周立", "person.added", body)])
    own = await station.get(f"/field/visits/{visit}")
    assert "/corrections/new" in own.text
    await station.sign_in("周立")
    page = await station.get(f"/field/visits/{visit}")
    assert page.status_code == 200
    assert "厕所灯坏三天" in page.text
    assert "/corrections/new" not in page.text
    assert (await station.get(f"/field/visits/{visit}/corrections/new")).status_code == 404
    size = await station.size()
    sent = await station.post(f"/field/visits/{visit}/corrections", {"result": "met", "text": "另一个人写的"})
    assert sent.status_code == 404
    assert await station.size() == size


async def test_a_form_sent_again_with_other_words_keeps_both(station: Station) -> None:
    home = station.id["陈奶奶家"]
    path = f"/field/households/{home}/visits"
    data = {"id": str(uuid7()), "result": "met", "text": "第一遍"}
    before = await station.size()
    for _ in range(2):
        await station.post(path, data)
    assert await station.size() == before + 1
    for _ in range(2):
        answer = await station.post(path, {**data, "text": "第二遍"})
        assert answer.headers["location"] == f"/field/households/{home}?saved={data['id']}"
    assert await station.size() == before + 2
    [row] = await station.rows("visit", id=data["id"])
    assert row["text"] == "第二遍"
    assert "第一遍" in (await station.get(f"/field/visits/{data['id']}")).text
    door = {"id": str(uuid7()), "building": station.id["3幢"], "room": "601"}
    first = await station.post("/field/households", door)
    second = await station.post("/field/households", {**door, "room": "602"})
    assert first.headers["location"] != second.headers["location"]
    assert [len(await station.rows("household", room=room)) for room in ("601", "602")] == [1, 1]


async def test_where_a_form_is_sent_leads_back_to_the_form(station: Station) -> None:
    home, visit = f"/field/households/{station.id['陈奶奶家']}", f"/field/visits/{station.id['陈奶奶家走访']}"
    for path in (f"{home}/visits", f"{home}/residents", "/field/households", f"{visit}/corrections"):
        answer = await station.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{path}/new")
    answer = await station.get("/field")
    assert (answer.status_code, answer.headers["location"]) == (303, "/field/")


async def test_an_unknown_address_is_no_household(station: Station) -> None:
    assert "没有这一页。" in (await station.get("/field/nowhere", accept_language="zh")).text
    gone = await station.get(f"/field/households/{uuid7()}", accept_language="zh")
    assert "您的网格里没有这一户。" in gone.text


async def test_the_server_claims_nothing_about_a_phone_that_keeps_nothing(station: Station) -> None:
    await station.post(f"/field/households/{station.id['陈奶奶家']}/visits", {"quick": "no_answer"})
    page = (await station.get("/field/outbox", accept_language="zh")).text
    main = page.partition("<main")[2].partition("</main>")[0]
    assert "已到服务器" in main
    for claim in ("已存手机", "还没送到过"):
        assert claim not in main


async def test_a_visit_written_on_this_page_claims_no_phone(station: Station) -> None:
    visit = station.id["陈奶奶家走访"]
    page = (await station.get(f"/field/visits/{visit}")).text
    assert "已到服务器" in page
    assert "已存手机" not in page
    again = {"result": "met", "mode": "door", "text": "灯修好了", "id": str(uuid7()), "over": visit}
    again["household"] = station.id["陈奶奶家"]
    assert (await station.post(f"/field/visits/{visit}/corrections", again)).status_code == 303
    page = (await station.get(f"/field/visits/{visit}")).text
    assert "灯修好了" in page
    assert "已存手机" not in page
    async with station.app.state.db.writing() as db:
        await db.execute(text("UPDATE device SET kind = 'phone'"))
    assert "已存手机" in (await station.get(f"/field/visits/{visit}")).text, "a telling from a phone was kept there"


async def test_a_fact_nobody_has_shows_all_facts_of_the_household(station: Station) -> None:
    home = station.id["陈奶奶家"]
    for field in ("bogus", "tags"):
        answer = await station.get(f"/field/households/{home}/facts?field={field}", accept_language="zh-CN")
        assert answer.status_code == 200
        assert "000-0000-0001" in answer.text


async def test_a_state_of_care_can_be_left_unsaid_and_taken_back(station: Station) -> None:
    home = station.id["陈奶奶家"]
    form = await station.get(f"/field/households/{home}/visits/new")
    assert 'name="care" value="" checked' in form.text
    said = {"id": str(uuid7()), "result": "met", "mode": "door", "care": "watch"}
    await station.post(f"/field/households/{home}/visits", said)
    correction = {**said, "id": str(uuid7()), "care": ""}
    await station.post(f"/field/visits/{said['id']}/corrections", correction)
    [visit] = await station.rows("visit", id=said["id"])
    assert visit["care"] is None


async def test_a_fact_confirmed_is_told_as_confirmed(station: Station) -> None:
    home = station.id["陈奶奶家"]
    for field, value in (("contact", "陈奶奶"), ("phone", "000-0000-0077")):
        form = await station.get(f"/field/households/{home}/facts?field={field}")
        over = form.text.split('name="over" value="')[1].split('"')[0]
        await station.post(f"/field/households/{home}/facts", {"field": field, "over": over, "value": value})
    outbox = (await station.get("/field/outbox", accept_language="zh-CN")).text
    assert "称呼：核对过，没变" in outbox
    assert "电话：000-0000-0077" in outbox
