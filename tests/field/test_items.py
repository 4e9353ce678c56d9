"""Asks turned into what they are, and followed up, from the server's pages: as on a phone that holds nothing yet."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from tests.desk.conftest import words
from tests.field.conftest import NOW_MS, Station
from tests.field.test_orders import give

pytestmark = pytest.mark.anyio


async def visit(station: Station, **said: Any) -> str:
    """Zhao is at Auntie Chen's; returns the visit."""
    body = {"household": station.id["陈奶奶家"], "occurred_at_ms": NOW_MS, "mode": "door", "result": "met", **said}
    draft = station.add("一次走访", "visit.recorded", body, "第三网格")
    await station.app.state.journal.commit([draft])
    return draft.entity


async def turn(station: Station, source: str, **said: str) -> str:
    """One tap; the page that follows in words."""
    answer = await station.post(f"/field/visits/{source}/items", {"id": str(uuid7()), **said})
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/field/visits/{source}#turns"
    return words(await station.get(f"/field/visits/{source}"))


async def test_an_ask_turns_by_one_tap_in_its_own_words_and_once(station: Station) -> None:
    source = await visit(station, asks={"need": "想有人陪去量血压", "difficulty": "夜里吵"})
    tap = {"id": str(uuid7()), "ask": "need", "kind": "need"}
    for _ in range(2):
        await station.post(f"/field/visits/{source}/items", tap)
    (item,) = await station.rows("item")
    assert (item["text"], item["kind"], item["state"]) == ("想有人陪去量血压", "need", "new")
    assert (item["source_visit"], item["household"]) == (source, station.id["陈奶奶家"])
    assert "需求，新记的" in await turn(station, source, ask="difficulty", kind="mediation")
    wrong = await station.post(f"/field/visits/{source}/items", {"ask": "need", "kind": "proposal"})
    assert wrong.status_code == 422
    assert len(await station.rows("item")) == 2


async def test_an_effect_rates_what_was_done_before_by_its_name(station: Station) -> None:
    first = await visit(station, asks={"need": "修路灯"}, occurred_at_ms=NOW_MS - 86_400_000)
    await turn(station, first, ask="need", kind="need")
    (need,) = await station.rows("item")
    second = await visit(station, asks={"effect": "路灯亮了，敢下楼了"})
    assert "需求：修路灯" in words(await station.get(f"/field/visits/{second}"))
    assert "满意" in await turn(station, second, ask="effect", rating="satisfied", of=f"item:{need['id']}")
    (now,) = await station.rows("item")
    assert now["rating"] == "satisfied"
    assert json.loads(now["story"])[0]["note"] == "路灯亮了，敢下楼了"
    third = await visit(station, asks={"effect": "水也通了"})
    await turn(station, third, ask="effect", rating="basic", of="")
    assert [row["rating"] for row in await station.rows("item", kind="effect")] == ["basic"]


async def test_a_problem_is_closed_with_a_word_and_taken_back_by_its_author(station: Station) -> None:
    source = await visit(station, asks={"difficulty": "夜里吵"})
    await turn(station, source, ask="difficulty", kind="problem")
    (item,) = await station.rows("item")
    address = f"/field/items/{item['id']}"
    step = {"id": str(uuid7()), "step": item["step"], "to": "self_resolved", "note": "劝过了，十点散场"}
    await station.post(f"{address}/moves", step)
    page = words(await station.get(address))
    assert "自己解决了" in page
    assert "劝过了，十点散场" in page
    assert "没有没办完的事。" in words(await station.get(f"/field/households/{station.id['陈奶奶家']}"))
    assert (await station.get(f"{address}/moves")).headers["location"] == address


async def test_what_was_promised_is_overdue_in_words_and_done_by_a_tap(station: Station) -> None:
    source = await visit(station, follow_up_on="2026-11-18", occurred_at_ms=NOW_MS - 9 * 86_400_000)
    page = words(await station.get("/field/followups"))
    assert "过了 2 天" in page
    assert "陈奶奶，3-2-501" in page
    await station.post(f"/field/visits/{source}/promise", {"id": str(uuid7()), "note": "电话里说好了"})
    assert "没有要跟进的。" in words(await station.get("/field/followups"))
    (row,) = await station.rows("visit", id=source)
    kept: dict[str, Any] = json.loads(row["kept"])
    assert (kept["on"], kept["note"], kept["by"]) == ("2026-11-18", "电话里说好了", "赵敏")


async def test_what_is_to_be_done_stands_in_one_list_by_its_day_and_leads_there(station: Station) -> None:
    await visit(station, follow_up_on="2026-11-24", occurred_at_ms=NOW_MS - 86_400_000)
    order, grid = await give(station, due="2026-11-25"), station.id["第三网格"]
    body = {"owner": station.id["赵敏"], "due": "2026-11-23", "text": "清楼道"}
    id_ = str(uuid7())
    action = Draft("action.set", id_, grid, station.id["王站长"], body, {"step": []}, id=id_)
    await station.app.state.journal.commit([action])
    page = await station.get("/field/followups")
    told = words(page)
    assert told.index("会上说好的 清楼道") < told.index("约好再来") < told.index("站里要核查 看灭火器")
    assert re.findall(r'class="rest" href="(/field/(?:#|orders)[^"]*)"', page.text) == [
        "/field/#agreed", f"/field/orders/{order}"
    ]  # fmt: skip
    assert "要跟进的 3 件" in words(await station.get("/field/"))


async def test_a_mediation_begins_alone_and_is_told_on(station: Station) -> None:
    nothing = await station.post("/field/mediations", {"grid": station.id["第三网格"], "text": " "})
    assert nothing.status_code == 422
    form = {"id": str(uuid7()), "grid": station.id["第三网格"], "text": "为晾衣杆吵", "revisit_on": "2026-11-19"}
    answer = await station.post("/field/mediations", form)
    address = answer.headers["location"]
    assert address == f"/field/items/{form['id']}"
    await station.post(f"{address}/tellings", {"note": "各挪一尺", "parties": "201、202", "revisit_on": "2026-11-19"})
    page = words(await station.get(address))
    assert "201、202" in page
    assert "各挪一尺" in page
    assert "过了 1 天" in words(await station.get("/field/followups"))
    assert "为晾衣杆吵" in words(await station.get("/field/"))


async def test_use_and_number_of_people_are_confirmed_together(station: Station) -> None:
    home = station.id["陈奶奶家"]
    for field, value in (("occupancy", "rented"), ("headcount", "2")):
        (row,) = await station.rows("household", id=home)
        over = ",".join(head["edit"] for head in json.loads(row["facts"]).get(field, ()))
        await station.post(f"/field/households/{home}/facts", {"field": field, "value": value, "over": over})
    assert "都没变：出租，2 人" in (await station.get(f"/field/households/{home}")).text
    (row,) = await station.rows("household", id=home)
    before = {field: heads[0]["edit"] for field, heads in json.loads(row["facts"]).items()}
    said = {"occupancy": "rented", "headcount": "2"}
    seen = {f"over_{field}": before[field] for field in said}
    await station.post(f"/field/households/{home}/facts", {"field": "same", **said, **seen})
    (row,) = await station.rows("household", id=home)
    after: dict[str, Any] = json.loads(row["facts"])
    assert {field: len(after[field]) for field in said} == {"occupancy": 1, "headcount": 1}
    assert after["occupancy"][0]["edit"] == after["headcount"][0]["edit"] != before["occupancy"]
