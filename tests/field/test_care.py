"""Who is looked in on, from the server's pages: a check by a press, taken back by another, and the numbers to call."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text
from uuid_utils import uuid7

from server.assets import worker_script
from server.journal import Draft
from tests.desk.conftest import words
from tests.field.conftest import Station

pytestmark = pytest.mark.anyio


async def paired(station: Station, carer: str = "赵敏", grid: str = "第三网格", home: str = "陈奶奶家") -> str:
    """The station master pairs somebody there; the pair's id."""
    commit = station.app.state.journal.commit
    if "王站长" not in station.id:
        master = {"name": "王站长", "role": "station_master", "community": station.id["榆桥社区"], "grids": []}
        await commit([station.add("王站长", "person.added", master)])
    body = {"household": station.id[home], "carer": station.id[carer], "cadence": "weekly", "reason": "dementia"}
    (receipt,) = await commit([station.add(f"pair {home}", "care_pair.formed", body, grid, by="王站长")])
    assert receipt.outcome == "accepted"
    return station.id[f"pair {home}"]


async def checks(station: Station) -> list[dict[str, Any]]:
    """What was found, as grids' phones are told."""
    query = "SELECT data FROM feed WHERE kind = 'care_check' ORDER BY rev"
    async with station.app.state.db.reading() as db:
        return [json.loads(bytes(row[0])) for row in await db.execute(text(query))]


async def test_somebody_is_looked_in_on_by_a_press_and_it_is_taken_back(station: Station) -> None:
    assert "还没有结对的人。" in words(await station.zhao.get("/field/care"))
    pair = await paired(station)
    today = await station.zhao.get("/field/")
    assert f'href="/field/care?pair={pair}"' in today.text
    page = await station.zhao.get(f"/field/care?pair={pair}")
    assert "还没看望过" in words(page)
    assert "dementia" not in page.text
    answer = await station.zhao.post("/field/care", data={"pair": pair, "id": str(uuid7()), "state": "ok"})
    assert answer.status_code == 303
    page = await station.zhao.get(answer.headers["location"])
    assert "记下了：放心" in words(page)
    (made,) = await checks(station)
    assert (made["state"], made["pair"]) == ("ok", pair)
    answer = await station.zhao.post("/field/care", data={"pair": pair, "undo": made["id"]})
    assert "撤回了，不算数" in words(await station.zhao.get(answer.headers["location"]))
    answer = await station.zhao.post("/field/care", data={"pair": pair, "text": "没说怎么样"})
    assert (answer.status_code, "没说怎么样" in answer.text) == (422, True)


async def test_what_is_urgent_leads_to_the_numbers_to_call(station: Station) -> None:
    pair = await paired(station)
    answer = await station.zhao.post("/field/care", data={"pair": pair, "state": "urgent", "text": "摔了"})
    assert answer.headers["location"] == "/field/emergency?written=1"
    page = await station.zhao.get(answer.headers["location"])
    assert [f'href="tel:{number}"' in page.text for number in (110, 119, 120)] == [True] * 3
    assert "您写的已经存在手机上" in words(page)
    assert "要紧" in words(await station.zhao.get("/field/"))
    # The duty number travels with the app: another number is another version.
    scripts = [worker_script(b"\4" * 65, duty=duty) for duty in ("", "000-0000-0001")]
    assert scripts[0][0] != scripts[1][0]
    assert b"000-0000-0001" in scripts[1][1]


async def test_a_pair_of_another_grid_is_not_there_and_one_that_is_over_is(station: Station) -> None:
    far = await paired(station, "孙强", "第四网格", "马师傅家")
    assert (await station.zhao.get(f"/field/care?pair={far}")).status_code == 404
    said = {"pair": far, "grid": station.id["第四网格"], "state": "ok"}
    assert (await station.zhao.post("/field/care", data=said)).status_code == 404
    pair = await paired(station)
    commit = station.app.state.journal.commit
    await commit([Draft("care_pair.ended", pair, station.id["第三网格"], station.id["王站长"], {})])
    answer = await station.zhao.post("/field/care", data={"pair": pair, "state": "watch", "text": "还去看了"})
    page = words(await station.zhao.get(answer.headers["location"]))
    assert "这时结对已经结束，写的都留着" in page
    assert (await checks(station))[0]["after_end"]
