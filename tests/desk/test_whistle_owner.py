"""Whoever was asked first is told of every step, wherever they work by then; whoever stands in for them sees it too."""

from __future__ import annotations

from typing import Any

import pytest

from server.journal import Draft
from tests.desk.conftest import Desk, sign_in, words
from tests.desk.test_whistles import at, blow, people, press, sent_to
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def becomes(station: Station, role: str, grids: list[str], **more: Any) -> Desk:
    """Worker Zhao is something else from now on."""
    body = {"role": role, "grids": grids, **more}
    (receipt,) = await station.journal.commit([Draft("person.changed", station["赵敏"], None, station["master"], body)])
    assert receipt.outcome == "accepted"
    return await sign_in(station, "赵敏")


@pytest.mark.parametrize("role", ["dispatcher", "committee_member", "dept_handler", "grid_leader"])
async def test_whoever_was_asked_first_is_told_of_each_step_whatever_they_become(
    station: Station, zhao: Phone, role: str
) -> None:
    mei, wei, _ = await people(station)
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=station["陈奶奶"])
    page = at(station, await blow(zhao, station))
    more = {"department": station["物业"]} if role == "dept_handler" else {}
    grids = [station["第四网格"]] if role == "grid_leader" else []
    first = await becomes(station, role, grids, **more)
    await press(mei, page, "dispatched", **sent_to(station, "消防"))
    for to, note in (("accepted", ""), ("in_progress", ""), ("resolved", "线剪了")):
        await press(wei, page, to, note)
    assert "楼道飞线充电" in words(await first.get("/desk/whistles?show=open"))
    shown = await first.get(page)
    told = words(shown)
    for step in ("已吹哨", "社工委已响应", "已派单：消防", "部门报到了", "在办", "部门说办好了"):
        assert step in told, step
    assert "000-0000-0001" not in told, "of a home that is not theirs any more"
    assert ('value="verifying"' in shown.text) == (role == "dispatcher"), "others take it on"
    answer = await first.post(f"{page}/tellings", {"note": "当时说的是 2 单元"})
    assert answer.status_code == 303
    assert "当时说的是 2 单元" in words(await wei.get(page))
    assert await station.refolds()


async def test_others_who_left_are_told_nothing(station: Station, zhao: Phone) -> None:
    await people(station)
    page = at(station, await blow(zhao, station, first_owner=station["master"]))
    other = await becomes(station, "committee_member", [])
    assert (await other.get(page)).status_code == 404
    assert "楼道飞线充电" not in words(await other.get("/desk/whistles?show=open"))
