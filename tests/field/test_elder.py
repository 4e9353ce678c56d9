"""王大爷 reports from a browser that keeps nothing: his pages, an answer, a look, and what he never sees."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from server.settings import WrongSetting, read_calls
from tests.field.conftest import Station

pytestmark = pytest.mark.anyio

CALLS = "便民热线=12345; 榆桥社区/社区值班=000-0000-0100; 晨光里社区/别处=000-0000-0200"


async def come_in(station: Station) -> None:
    """A volunteer for 3幢, who looks in on 陈奶奶."""
    commit = station.app.state.journal.commit
    community = station.id["榆桥社区"]
    old = {"name": "王大爷", "role": "volunteer", "community": community, "grids": [], "buildings": [station.id["3幢"]]}
    await commit([station.add("王大爷", "person.added", old)])
    boss = {"name": "站长", "role": "station_master", "community": community, "grids": [station.id["第三网格"]]}
    await commit([station.add("站长", "person.added", boss)])
    pair = {
        "household": station.id["陈奶奶家"],
        "carer": station.id["王大爷"],
        "cadence": "weekly",
        "reason": "dementia",
    }
    (receipt,) = await commit([station.add("结对", "care_pair.formed", pair, "第三网格", by="站长")])
    assert receipt.outcome == "accepted", receipt
    station.app.state.settings = replace(station.app.state.settings, calls=read_calls(CALLS))
    await station.sign_in("王大爷")


async def report(station: Station, **data: Any) -> str:
    """The id of a report just made."""
    answer = await station.post("/elder/reports", {"id": str(uuid7()), **data})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("of=")[2]


async def test_a_report_stands_in_the_grid_of_its_building_and_its_answer_comes_back(station: Station) -> None:
    await come_in(station)
    made = await report(station, text="三楼灯不亮\r\n")
    (row,) = await station.rows("report")
    assert {name: row[name] for name in ("text", "grid", "building", "community", "state", "by_name")} == {
        "text": "三楼灯不亮", "grid": station.id["第三网格"], "building": station.id["3幢"],
        "community": station.id["榆桥社区"], "state": "open", "by_name": "王大爷",
    }  # fmt: skip
    scopes = {each["scope"] for each in await station.rows("feed", kind="report")}
    assert scopes == {f"grid:{station.id['第三网格']}", f"person:{station.id['王大爷']}"}
    assert "不对，收回" in (await station.get(f"/elder/sent?of={made}")).text
    answer = Draft("report.answered", made, station.id["第三网格"], station.id["站长"], {"note": "下午去换"})
    (receipt,) = await station.app.state.journal.commit([answer])
    assert receipt.outcome == "accepted"
    assert "下午去换" in (await station.get("/elder/mine")).text


async def test_sent_twice_it_is_one_and_taken_back_it_leaves_the_grid(station: Station) -> None:
    await come_in(station)
    data = {"id": str(uuid7()), "text": "按错了"}
    for _ in range(2):
        await station.post("/elder/reports", data)
    assert len(await station.rows("report")) == 1
    await station.post(f"/elder/reports/{data['id']}/withdrawal", {})
    (row,) = await station.rows("report")
    assert row["state"] == "withdrawn"
    told = {each["scope"].partition(":")[0]: each["data"] for each in await station.rows("feed", kind="report")}
    assert told["grid"] is None
    assert told["person"] is not None
    assert "收回了" in (await station.get(f"/elder/sent?of={data['id']}")).text


async def test_nothing_said_comes_back_with_what_is_enough(station: Station) -> None:
    await come_in(station)
    answer = await station.post("/elder/reports", {"id": str(uuid7()), "text": " "})
    assert answer.status_code == 422
    assert "拍张照、说一段话，或写几个字。" in answer.text
    assert await station.rows("report") == []


async def test_a_look_is_kept_and_the_reason_is_on_no_page_of_his(station: Station) -> None:
    await come_in(station)
    pair = f"/elder/visits/{station.id['结对']}"
    for path in ("/elder/", "/elder/visits", pair, "/elder/mine"):
        text = (await station.get(path)).text
        assert "dementia" not in text
        assert "000-0000-0001" not in text, "no telephone number of theirs"
    assert "陈奶奶" in (await station.get(pair)).text
    answer = await station.post(f"{pair}/checks", {"id": str(uuid7()), "state": "urgent"})
    urgent = (await station.get(answer.headers["location"])).text
    assert 'href="tel:120"' in urgent
    assert "社区值班" in urgent
    assert "别处" not in urgent, "another community's number is not for him"
    (check,) = await station.rows("care_check")
    assert check["state"] == "urgent"
    await station.post(f"/elder/checks/{check['id']}/withdrawal", {})
    (check,) = await station.rows("care_check")
    assert check["undone_ms"] is not None


async def test_worker_zhao_has_no_such_pages_and_he_has_none_of_hers(station: Station) -> None:
    await come_in(station)
    for path in ("/field/doors", f"/field/households/{station.id['陈奶奶家']}", "/desk/reports"):
        assert (await station.get(path)).status_code in (401, 404), path
    assert (await station.get("/field/")).headers["location"] == "/elder/"
    made = await report(station, text="灯")
    await station.sign_in("赵敏")
    assert (await station.get("/elder/")).status_code == 404
    await station.post(f"/elder/reports/{made}/withdrawal", {})
    assert (await station.rows("report"))[0]["state"] == "open"


async def test_each_task_has_a_manifest_of_its_own(station: Station) -> None:
    starts = set()
    await come_in(station)
    for task in ("home", "report", "visits", "mine", "call"):
        told = (await station.get(f"/elder/{task}.webmanifest")).json()
        assert told["id"] == told["start_url"]
        assert (await station.get(told["icons"][0]["src"])).status_code == 200
        starts.add(told["id"])
        page = (await station.get(told["start_url"])).text
        assert f'rel="apple-touch-icon" href="{told["icons"][0]["src"]}"' in page
        assert f'name="apple-mobile-web-app-title" content="{told["short_name"]}"' in page
        assert f'href="/elder/install?task={task}"' in (await station.get("/elder/install")).text
    assert len(starts) == 5
    assert (await station.get("/elder/nothing.webmanifest")).status_code == 404


def test_numbers_are_read_or_refused() -> None:
    assert read_calls(CALLS)[1] == ("榆桥社区", "社区值班", "000-0000-0100")
    assert read_calls("") == ()
    for wrong in ("12345", "=12345", "社区=拨一个"):
        with pytest.raises(WrongSetting):
            read_calls(wrong)


async def test_what_could_be_easier_is_said_from_the_foot_of_a_page_and_reaches_the_station(station: Station) -> None:
    await come_in(station)
    page = (await station.get("/elder/visits")).text
    (link,) = re.findall(r'class="easier" href="([^"]+)"', page)
    assert html.unescape(link) == "/elder/suggestions/new?page=elder_visits&back=%2Felder%2Fvisits"
    form = await station.get(html.unescape(link))
    assert 'class="easier"' not in form.text, "nobody is asked about the box itself"
    data = {"id": str(uuid7()), "page": "elder_visits", "back": "/elder/visits", "text": "字再大一点"}
    for _ in range(2):
        answer = await station.post("/elder/suggestions", data)
        assert answer.headers["location"] == f"/elder/visits?suggested={data['id']}"
    assert "您的话收好了" in (await station.get(answer.headers["location"])).text
    (row,) = await station.rows("suggestion")
    assert (row["page"], row["text"], row["by_name"], row["grid"]) == ("elder_visits", "字再大一点", "王大爷", None)
    assert row["community"] == station.id["榆桥社区"]
    empty = await station.post("/elder/suggestions", {"page": "elder_visits", "back": "/desk/visits", "text": " "})
    assert empty.status_code == 422
    astray = await station.post("/elder/suggestions", {"page": "x/y", "back": "//elsewhere", "text": "快些"})
    assert astray.headers["location"].startswith("/elder/?suggested=")
    assert (await station.get("/elder/suggestions")).headers["location"] == "/elder/suggestions/new"
