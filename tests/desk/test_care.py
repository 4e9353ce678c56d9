"""Who is looked in on, at the desk: a pair formed and ended, whose turn it is, what is urgent, the checks behind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk.conftest import DAY_MS, HOUR_MS, Desk, sign_in, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def chen(station: Station) -> str:
    """Grandma Chen, 86 and alone."""
    facts = {"name": "陈玉兰", "birth_year": 1940}
    body = {"household": station["陈奶奶"], "facts": facts, "tags": ["elder_alone"]}
    return await station.add("陈玉兰", "resident.added", body, station["第三网格"])


def home(station: Station, door: str = "陈奶奶") -> str:
    """The page of a home's pairs."""
    return f"/desk/care/{station['第三网格']}/{station[door]}"


async def pair(desk: Desk, station: Station, **said: str) -> str:
    """The desk pairs Grandma Chen and Zhao; returns the pair's id."""
    form = {"carer": station["赵敏"], "resident": station["陈玉兰"], "cadence": "weekly", "reason": "dementia", **said}
    answer = await desk.post(home(station), form)
    assert answer.status_code == 303, words(answer)
    assert "told=formed" in answer.headers["location"]
    return str(await station.value("SELECT id FROM care_pair"))


async def check(phone: Phone, station: Station, of: str, state: str, *, ago_ms: int = 0, **said: Any) -> str:
    """A check made so long ago, sent now."""
    phone.clock_ms = station.now_ms
    body = {"pair": of, "state": state, "occurred_at_ms": station.now_ms - ago_ms, **said}
    edit = phone.make("care_check.made", body)
    await phone.exchange()
    return edit.header.id


async def test_whoever_is_in_special_need_stands_there_until_somebody_looks_in(desk: Desk, station: Station) -> None:
    assert "这里还没有登记特殊需要的人。" in words(await desk.get("/desk/care"))
    who = await chen(station)
    page = await desk.get("/desk/care")
    assert "1 个特殊需要的人，0 个有人结对看望。" in words(page)
    assert f'href="{home(station)}?resident={who}#new"' in page.text
    # Eighty and alone: once a week is what the form proposes.
    form = await desk.get(f"{home(station)}?resident={who}")
    assert 'value="weekly" checked' in form.text
    await pair(desk, station)
    page = await desk.get("/desk/care")
    assert "1 个特殊需要的人，1 个有人结对看望。" in words(page)
    assert f"{home(station)}?resident" not in page.text
    assert "该看望了 1 个 陈玉兰 ，3幢2单元501 第三网格，赵敏看望，每周一次 还没看望过" in words(page)


async def test_a_check_of_the_phone_stands_behind_the_line_and_its_time_comes_again(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await chen(station)
    of = await pair(desk, station)
    await check(zhao, station, of, "ok", ago_ms=6 * DAY_MS, text="在择菜", way="door")
    assert "都看望过 1 个" in words(await desk.get("/desk/care"))
    shown = words(await desk.get(home(station)))
    assert "在择菜" in shown
    assert "上门" in shown
    station.now_ms += DAY_MS
    desk = await sign_in(station, "master")
    assert "该看望了 1 个" in words(await desk.get("/desk/care"))
    # What a visit says of how somebody is counts as well: nothing is asked twice.
    await visit(zhao, station, "陈奶奶", care="ok", ago_ms=HOUR_MS)
    assert "都看望过 1 个" in words(await desk.get("/desk/care"))
    answer = await desk.post(f"/desk/care/{station['第三网格']}/{of}/cadence", {"cadence": "monthly", "major": "yes"})
    assert "told=changed" in answer.headers["location"]
    assert "家里有大变化，24 小时内去看" in words(await desk.get("/desk/care"))


async def test_what_is_urgent_is_counted_on_every_open_desk_until_it_is_well(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await chen(station)
    of = await pair(desk, station)
    first = await check(zhao, station, of, "urgent", ago_ms=HOUR_MS, text="摔了一跤")
    assert '<span class="count" id="urgent">1</span>' in (await desk.get("/desk/care/count")).text
    assert '<span class="count" id="urgent">1</span>' in (await desk.get("/desk/boards")).text
    assert "要紧 1 件 陈玉兰" in words(await desk.get("/desk/care"))
    zhao.make("care_check.undone", {}, entity=first)
    await zhao.exchange()
    assert '<span class="count" id="urgent"></span>' in (await desk.get("/desk/care/count")).text
    assert "赵敏 11月20日 10:44撤回，不算数" in words(await desk.get(home(station)))
    await visit(zhao, station, "陈奶奶", care="urgent")
    assert '<span class="count" id="urgent">1</span>' in (await desk.get("/desk/care/count")).text
    station.now_ms += HOUR_MS
    await check(zhao, station, of, "ok")
    assert '<span class="count" id="urgent"></span>' in (await desk.get("/desk/care/count")).text


async def test_a_pair_that_was_ended_keeps_what_was_found_and_what_still_comes(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await chen(station)
    of = await pair(desk, station)
    zhao.clock_ms = station.now_ms
    said = {"pair": of, "state": "urgent", "occurred_at_ms": station.now_ms, "text": "叫不应"}
    zhao.make("care_check.made", said)
    answer = await desk.post(f"/desk/care/{station['第三网格']}/{of}/end", {"note": "女儿接走了"})
    assert "told=ended" in answer.headers["location"]
    await zhao.exchange()
    shown = words(await desk.get(home(station)))
    assert "叫不应" in shown
    assert "这时结对已经结束，写的都留着" in shown
    assert "女儿接走了" in shown
    assert "要紧 1 件" in words(await desk.get("/desk/care")), "it was urgent all the same"


async def test_whose_grid_it_is_not_neither_sees_nor_forms_it(leader: Desk, desk: Desk, station: Station) -> None:
    await chen(station)
    of = await pair(desk, station)
    assert "陈玉兰" in words(await leader.get("/desk/care"))
    far = {"name": "远网格长", "role": "grid_leader", "community": station["community"], "grids": [station["第四网格"]]}
    await station.add("远网格长", "person.added", far)
    other = await sign_in(station, "远网格长")
    assert "陈玉兰" not in words(await other.get("/desk/care"))
    for path, form in ((home(station), {"carer": station["赵敏"], "cadence": "weekly"}),
                       (f"/desk/care/{station['第三网格']}/{of}/end", {})):  # fmt: skip
        assert (await other.post(path, form)).status_code == 404
    # A stranger is no choice, and neither is somebody who only sits at a desk.
    answer = await desk.post(home(station), {"carer": station["master"], "cadence": "weekly"})
    assert (answer.status_code, "请选一个看望的人。" in words(answer)) == (422, True)
