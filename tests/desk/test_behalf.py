"""代录: a visit written down at the desk for somebody who has no phone that could."""

from __future__ import annotations

import html
import re

import pytest

from tests.desk.conftest import Desk, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def form_at(station: Station, door: str = "陈奶奶", grid: str = "第三网格") -> str:
    return f"/desk/households/{station[grid]}/{station[door]}/visits"


async def volunteer(station: Station, grid: str = "第三网格") -> str:
    body = {"name": "老李", "role": "volunteer", "community": station["community"], "grids": [station[grid]]}
    return await station.add("老李", "person.added", body)


async def test_a_visit_is_written_down_for_a_volunteer(leader: Desk, station: Station, zhao: Phone) -> None:
    went = await volunteer(station)
    page = await leader.get(f"{form_at(station)}/new")
    assert "老李" in page.text
    assert "孙立" not in page.text, "who goes to other grids is not offered"
    id_ = re.search(r'name="id" value="([^"]+)"', page.text)
    assert id_
    said = {
        "id": id_[1],
        "person": went,
        "result": "met",
        "text": "陈奶奶说灯修好了。",
        "occurred_at": "2026-11-20T09:30",
    }
    answer = await leader.post(form_at(station), said)
    assert (answer.status_code, answer.headers["location"]) == (303, form_at(station).removesuffix("/visits"))
    again = await leader.post(form_at(station), said)
    assert again.status_code == 303
    assert await station.value("SELECT COUNT(*) FROM visit") == 1, "sent twice, it is said once"
    shown = words(await leader.get(form_at(station).removesuffix("/visits")))
    assert "老李，李网格长代录" in shown
    assert "陈奶奶说灯修好了。" in shown
    listed = words(await leader.get(f"/desk/visits?worker={went}"))
    assert "老李， 代录" in listed
    await zhao.exchange()
    row = zhao.row("visit", id_[1])
    assert (row["by"], row["entered_by"]) == ("老李", "李网格长")
    author, behalf = (await station.rows("SELECT author, on_behalf_of FROM journal ORDER BY position DESC LIMIT 1"))[0]
    assert (author, behalf) == (station["李网格长"], went)
    assert await station.refolds()


async def test_what_is_missing_is_said_and_what_was_typed_stays(desk: Desk, station: Station) -> None:
    await volunteer(station, "第四网格")
    typed = '说了<很多>"话"'
    for person in ("", station["老李"], station["孙立"], "nobody"):
        answer = await desk.post(form_at(station), {"person": person, "text": typed})
        assert answer.status_code == 422
        assert "选一下是谁去的" in words(answer)
        assert typed in html.unescape(answer.text)
    english = await desk.post(form_at(station), {"person": "", "text": typed}, lang="en")
    assert "Choose who went" in words(english)
    assert await station.value("SELECT COUNT(*) FROM visit") == 0


async def test_nobody_writes_for_others_where_they_may_not_read(leader: Desk, station: Station) -> None:
    went = await volunteer(station)
    said = {"person": went, "result": "met"}
    assert (await leader.post(form_at(station, "吴大爷", "第四网格"), said)).status_code == 404
    assert (await leader.get(f"{form_at(station, '吴大爷', '第四网格')}/new")).status_code == 404
    assert await station.value("SELECT COUNT(*) FROM visit") == 0


async def test_a_phone_cannot_borrow_the_name_of_another_community(station: Station, zhao: Phone) -> None:
    far = await station.add("远社区", "community.added", {"name": "远社区"})
    stranger = await station.add(
        "外人", "person.added", {"name": "外人", "role": "volunteer", "community": far, "grids": []}
    )
    said = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    visit = zhao.make("visit.recorded", said, on_behalf_of=stranger)
    await zhao.exchange()
    row = zhao.row("visit", visit.header.id)
    assert row["by"] == "赵敏"
    assert "entered_by" not in row
