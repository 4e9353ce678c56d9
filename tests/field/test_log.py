"""The log of a day from the server's pages: composed of the day's visits, sent by a press, returned with a note."""

from __future__ import annotations

import json
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft, log_id
from tests.desk.conftest import words
from tests.field.conftest import DAY_MS, NOW_MS, Station

pytestmark = pytest.mark.anyio

TODAY = "2026-11-20"


async def visit(station: Station, **said: Any) -> None:
    """Zhao knocks at Auntie Chen's."""
    body = {"household": station.id["陈奶奶家"], "occurred_at_ms": NOW_MS, "mode": "door", "result": "met", **said}
    await station.app.state.journal.commit([station.add("一次走访", "visit.recorded", body, "第三网格")])


def form(station: Station, **said: str) -> dict[str, str]:
    """The form as it was drawn, with what was typed."""
    return {
        "id": str(uuid7()),
        "grid": station.id["第三网格"],
        "day": TODAY,
        "step": "",
        "over": "",
        "text": "",
        **said,
    }


async def returned(station: Station, log: dict[str, Any], note: str) -> None:
    """The grid's leader asks something."""
    leader = {"name": "李网格长", "role": "grid_leader", "community": station.id["榆桥社区"],
              "grids": [station.id["第三网格"]]}  # fmt: skip
    commit = station.app.state.journal.commit
    await commit([station.add("李网格长", "person.added", leader)])
    over = {"step": [log["step"]]}
    await commit([Draft("daily_log.returned", log["id"], log["grid"], station.id["李网格长"], {"note": note}, over)])


async def test_a_worker_reads_the_day_and_sends_it(station: Station) -> None:
    await visit(station, asks={"need": "量血压"}, follow_up_on="2026-11-27")
    page = words(await station.get("/field/log"))
    assert "敲了 1 户，有人应 1 户。" in page
    assert "问需 1 陈奶奶，3-2-501 量血压" in page
    assert "约好再去的 1 11月27日 周五 陈奶奶，3-2-501" in page
    sent = form(station, text="楼道灯修好了")
    answer = await station.post("/field/log", sent)
    assert answer.headers["location"] == f"/field/log?grid={station.id['第三网格']}&day={TODAY}"
    await station.post("/field/log", sent)
    (log,) = await station.rows("daily_log")
    assert log["id"] == log_id(station.id["赵敏"], station.id["第三网格"], TODAY)
    assert (log["state"], log["text"], log["by_name"]) == ("submitted", "楼道灯修好了", "赵敏")
    page = words(await station.get("/field/log"))
    assert "送了，站里还没看。" in page
    assert "已到服务器" in page
    assert "再送一次" in page
    assert "日志 楼道灯修好了" in words(await station.get("/field/outbox"))
    assert "今天的日志：已送" in words(await station.get("/field/"))


async def test_a_log_that_was_returned_says_so_until_it_is_answered(station: Station) -> None:
    await visit(station)
    await station.post("/field/log", form(station, text="好"))
    (log,) = await station.rows("daily_log")
    await returned(station, log, "三楼那家怎么样了")
    assert "11月20日的日志退回来了，李网格长说：“三楼那家怎么样了”" in words(await station.get("/field/"))
    page = await station.get(f"/field/log?day={TODAY}")
    assert "退回来了，李网格长说： 三楼那家怎么样了" in words(page)
    # A form that was open before it came back answers nothing: the note stays.
    await station.post("/field/log", form(station, text="补一句", step=log["step"], over=log["step"]))
    (now,) = await station.rows("daily_log")
    assert (now["state"], now["text"]) == ("returned", "补一句")
    await station.post("/field/log", form(station, text="明天再去", step=now["step"]))
    (now,) = await station.rows("daily_log")
    assert (now["state"], now["text"]) == ("amended", "明天再去")
    assert "退回来了" not in words(await station.get("/field/"))


async def test_the_same_form_with_other_words_takes_the_place_of_the_first(station: Station) -> None:
    first = form(station, text="好")
    await station.post("/field/log", first)
    await station.post("/field/log", {**first, "text": "好，还有一户"})
    (log,) = await station.rows("daily_log")
    assert (log["state"], log["text"]) == ("submitted", "好，还有一户")
    (row,) = await station.rows("feed", kind="daily_log")
    assert len(json.loads(bytes(row["data"]))["edits"]) == 1, "one telling stands"


async def test_what_was_added_later_is_shown_on_its_day_and_today(station: Station) -> None:
    await visit(station, occurred_at_ms=NOW_MS - DAY_MS)
    today = words(await station.get("/field/log"))
    assert "今天还没记过走访。" in today
    assert "今天补录的 2 算在发生的那一天。 11月14日 陈奶奶，3-2-501 见到人 11月19日 陈奶奶，3-2-501" in today
    assert "11月19日 周四，还没送" in today
    then = words(await station.get("/field/log?day=2026-11-19"))
    assert "11月19日的日志" in then
    assert "1 条是后来补录的。" in then


@pytest.mark.parametrize(("said", "status"), [({"day": "2026-11-21"}, 422), ({"day": "2026-02-30"}, 422)])
async def test_a_log_of_no_day_is_not_taken_and_keeps_its_words(
    station: Station, said: dict[str, str], status: int
) -> None:
    answer = await station.post("/field/log", form(station, text="写了半天", **said))
    assert answer.status_code == status
    assert "写了半天" in answer.text
    assert await station.rows("daily_log") == []


async def test_nobody_sends_a_log_of_anothers_grid(station: Station) -> None:
    answer = await station.post("/field/log", form(station, grid=station.id["第四网格"]))
    assert answer.status_code == 404
    assert await station.rows("daily_log") == []
