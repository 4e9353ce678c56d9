"""An order from the server's pages: its doors in order, each answered in place, done by a press."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from tests.desk.conftest import words
from tests.field.conftest import NOW_MS, Station

pytestmark = pytest.mark.anyio

PIECE = {"HX-Request": "true", "HX-Request-Type": "partial"}


async def give(station: Station, grid: str = "第三网格", due: str = "2026-11-27") -> str:
    """The station asks to look at Auntie Chen's; answers the order's id."""
    asked = {"title": "看灭火器", "points": ["在不在", "过没过期"], "due": due, "households": [station.id["陈奶奶家"]]}
    master = {"name": "王站长", "role": "station_master", "community": station.id["榆桥社区"], "grids": []}
    commit = station.app.state.journal.commit
    if "王站长" not in station.id:
        await commit([station.add("王站长", "person.added", master)])
    id_ = str(uuid7())
    (receipt,) = await commit([Draft("order.issued", id_, station.id[grid], station.id["王站长"], asked, id=id_)])
    assert receipt.outcome == "accepted", receipt
    return id_


def form(page: Any) -> dict[str, str]:
    """The hidden fields of the form of a door that stands open."""
    found = re.search(r'<form[^>]*/answers".*?</form>', page.text, re.DOTALL)
    assert found, words(page)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[0]))


async def test_a_worker_answers_in_place_and_the_order_is_done(station: Station) -> None:
    order, home = await give(station), station.id["陈奶奶家"]
    visits = await station.rows("visit")
    today = words(await station.get("/field/"))
    assert "站里要核查的" in today
    assert "看了 0 户，共 1 户，11月27日前" in today
    page = await station.get(f"/field/orders/{order}?door={home}")
    sent = {**form(page), "quick": "well", "n1": "上月换的"}
    answer = await station.post(f"/field/orders/{order}/answers", sent)
    assert answer.headers["location"] == f"/field/orders/{order}#d-{home}"
    await station.post(f"/field/orders/{order}/answers", sent)
    (row,) = await station.rows("order_answer")
    assert json.loads(row["points"]) == [{"ok": True}, {"ok": True, "note": "上月换的"}]
    assert row["occurred_at_ms"] == NOW_MS
    (now,) = await station.rows("verification_order")
    assert now["state"] == "reported"
    told = words(await station.get(f"/field/orders/{order}"))
    assert "已报给站里，等站里确认。" in told
    assert "过没过期：没问题，上月换的" in told
    assert await station.rows("visit") == visits, "an answer is no visit"


async def test_a_piece_of_the_page_says_how_far_it_is(station: Station) -> None:
    order, home = await give(station), station.id["陈奶奶家"]
    whole = await station.get(f"/field/orders/{order}?door={home}")
    none = await station.post(f"/field/orders/{order}/answers", form(whole))
    assert none.status_code == 422
    assert "再选一下每一条" in words(none)
    page = await station.post(f"/field/orders/{order}/answers", {**form(whole), "p0": "no"}, **PIECE)
    assert "<html" not in page.text
    assert 'id="order-sum" data-live hx-swap-oob="true"><b>看了 1 户，共 1 户' in page.text
    assert "在不在：有问题" in words(page)
    again = form(await station.get(f"/field/orders/{order}?door={home}"))
    (row,) = await station.rows("order_answer")
    assert again["over"] == row["id"], "the next answer takes the place of the one in view"


async def test_done_by_a_press_and_nothing_of_other_grids(station: Station) -> None:
    order = await give(station)
    page = await station.get(f"/field/orders/{order}")
    hidden = dict(re.findall(r'name="(id|step)" value="([^"]+)"', page.text))
    answer = await station.post(f"/field/orders/{order}/reports", hidden)
    assert answer.headers["location"] == f"/field/orders/{order}"
    assert "已报给站里，等确认" in words(await station.get("/field/"))
    other = await give(station, "第四网格")
    assert (await station.get(f"/field/orders/{other}")).status_code == 404
    assert (await station.post(f"/field/orders/{other}/reports", hidden)).status_code == 404
    assert "看灭火器" not in words(await station.get("/field/doors"))
