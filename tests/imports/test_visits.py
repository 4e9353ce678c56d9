"""A visits ledger (走访台账) meets the registry."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from server.journal import Draft
from tests.imports.community import GRID_THREE, NOW_MS, WORKER_ZHAO, Station, csv, xlsx
from tests.imports.ledgers import codes

pytestmark = pytest.mark.anyio

HOMES = csv("地址,户主", "3-2-501,陈奶奶", "2-3-601,马师傅")
HEAD = "日期,网格员,地址,结果,方式,走访内容,问难,问需,见到谁,关爱状态,回访日期"
LAMP = "2026.11.3 10:36,小赵,3-2-501,见到,入户,厕所灯坏三天，不敢自己换,厕所灯坏了,陪同量血压,陈奶奶,关注,2026-11-10"


def at(*moment: int) -> int:
    """A local moment as milliseconds."""
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000) - 480 * 60_000  # type: ignore[arg-type, misc]


async def test_a_visits_ledger_comes_in_with_its_own_days(station: Station) -> None:
    await station.bring_in(HOMES)
    plan = await station.bring_in(
        csv(
            "榆桥社区2026年11月走访台账",
            HEAD,
            LAMP,
            "11/14,小赵,2幢3单元601,没人应,,,,,,,",
            "11月16日晚上,小赵,2-3-601,看了看,,,,,,,",
        )
    )
    assert plan.report.problems == 1
    lamp, nobody = sorted(await station.rows("visit"), key=lambda visit: visit["occurred_at_ms"])
    assert lamp["occurred_at_ms"] == at(2026, 11, 3, 10, 36)
    assert (lamp["result"], lamp["mode"], lamp["text"]) == ("met", "door", "厕所灯坏三天，不敢自己换")
    assert json.loads(lamp["asks"]) == {"difficulty": "厕所灯坏了", "need": "陪同量血压"}
    assert (lamp["who_met"], lamp["care"], lamp["follow_up_on"]) == ("陈奶奶", "watch", "2026-11-10")
    assert (lamp["author"], lamp["source_row"], lamp["grid"]) == (WORKER_ZHAO, 3, GRID_THREE)
    assert lamp["source"] == plan.report.source
    assert (nobody["occurred_at_ms"], nobody["result"], nobody["mode"]) == (
        at(2026, 11, 14, 12),
        "no_answer",
        "weekend",
    )
    (door,) = await station.rows("door", id=lamp["household"])
    assert (door["contact_ms"], door["promise_on"]) == (lamp["occurred_at_ms"], "2026-11-10")


async def test_the_same_visits_again_change_nothing_and_repeated_rows_come_once(station: Station) -> None:
    await station.bring_in(HOMES)
    ledger = csv(HEAD, LAMP, LAMP, "2026-11-14,小赵,2-3-601,没人应,,,,,,,")
    first = await station.bring_in(ledger)
    assert first.report.created == {"visit": 2}
    assert codes(first, "note") == [("duplicate", 3)]
    again = await station.plan(ledger)
    assert again.drafts == []
    assert again.report.left == {"visit": 2}
    respelled = xlsx(
        [HEAD.split(","), [datetime(2026, 11, 3, 10, 36, tzinfo=UTC).replace(tzinfo=None), *LAMP.split(",")[1:]]]
    )
    assert (await station.plan(respelled, "台账.xlsx")).drafts == []


async def test_a_visit_already_told_by_a_phone_is_not_told_again(station: Station) -> None:
    await station.bring_in(HOMES)
    home = await station.home()
    id_ = "019a0000-0000-7000-8000-0000000000f1"
    body = {
        "household": home["id"],
        "occurred_at_ms": at(2026, 11, 3, 15),
        "mode": "door",
        "result": "met",
        "text": "灯坏了",
    }
    await station.commit([Draft("visit.recorded", id_, GRID_THREE, WORKER_ZHAO, body, id=id_)])
    plan = await station.plan(csv("日期,网格员,地址,结果,内容", "2026-11-03,小赵,3-2-501,见到,灯坏了"))
    assert plan.drafts == []


async def test_a_newer_ledger_corrects_its_own_visit_but_not_its_authors_correction(station: Station) -> None:
    await station.bring_in(HOMES)
    await station.bring_in(csv(HEAD, LAMP))
    (before,) = await station.rows("visit")
    newer = await station.bring_in(csv(HEAD, LAMP.replace("不敢自己换", "已请电工")))
    assert [draft.kind for draft in newer.drafts] == ["visit.corrected"]
    (visit,) = await station.rows("visit")
    assert (visit["id"], visit["revision"], visit["text"]) == (before["id"], 2, "厕所灯坏三天，已请电工")
    body = {"household": visit["household"], "occurred_at_ms": visit["occurred_at_ms"], "mode": "door", "result": "met"}
    over = {"revision": [visit["edit"]]}
    correction = Draft("visit.corrected", visit["id"], GRID_THREE, WORKER_ZHAO, {**body, "text": "灯修好了"}, over)
    await station.commit([correction])
    late = await station.bring_in(csv(HEAD, LAMP.replace("不敢自己换", "等物业")))
    assert late.drafts == []
    assert codes(late, "note") == [("visit_kept", 2)]
    assert (await station.plan(csv(HEAD, LAMP))).drafts == []


async def test_a_newer_ledger_replaces_every_telling_it_had_in_view(station: Station) -> None:
    await station.bring_in(HOMES)
    await station.bring_in(csv(HEAD, LAMP))
    # Two offices look at newer ledgers at once, and neither sees what the other brings in.
    plans = [await station.plan(csv(HEAD, LAMP.replace("不敢自己换", words))) for words in ("已请电工", "等物业")]
    for plan in plans:
        await station.commit(plan.drafts)
    (visit,) = await station.rows("visit")
    tellings = {row["edit"] for row in await station.rows("visit_revision") if row["edit"] != visit["id"]}
    assert len(tellings) == 2
    assert visit["edit"] in tellings
    newest = await station.bring_in(csv(HEAD, LAMP.replace("不敢自己换", "灯修好了")))
    (draft,) = newest.drafts
    assert set(draft.over["revision"]) == tellings
    (visit,) = await station.rows("visit")
    assert (visit["text"], visit["revision"]) == ("厕所灯坏三天，灯修好了", 4)
    assert (await station.plan(csv(HEAD, LAMP.replace("不敢自己换", "等物业")))).drafts == [], "an old file stays old"


async def test_a_visit_that_its_author_told_otherwise_waits_for_a_person(station: Station) -> None:
    await station.bring_in(HOMES)
    await station.bring_in(csv(HEAD, LAMP))
    (visit,) = await station.rows("visit")
    newer = await station.plan(csv(HEAD, LAMP.replace("不敢自己换", "已请电工")))
    body = {"household": visit["household"], "occurred_at_ms": visit["occurred_at_ms"], "mode": "door", "result": "met"}
    own = Draft(
        "visit.corrected", visit["id"], GRID_THREE, WORKER_ZHAO, {**body, "text": "灯修好了"},
        {"revision": [visit["edit"]]},
    )  # fmt: skip
    await station.commit([own])
    await station.commit(newer.drafts)
    (visit,) = await station.rows("visit")
    assert visit["text"] == "厕所灯坏三天，已请电工", "the ledger's telling came last and is shown"
    plan = await station.plan(csv(HEAD, LAMP.replace("不敢自己换", "等物业")))
    assert plan.drafts == []
    assert codes(plan, "note") == [("visit_kept", 2)]


async def test_two_tellings_of_one_day_without_hours_both_stand(station: Station) -> None:
    await station.bring_in(HOMES)
    head = "日期,网格员,地址,结果,内容"
    await station.bring_in(csv(head, "2026-11-03,小赵,3-2-501,见到,上午去的"))
    await station.bring_in(csv(head, "2026-11-03,小赵,3-2-501,见到,下午又去"))
    assert {visit["text"] for visit in await station.rows("visit")} == {"上午去的", "下午又去"}


async def test_the_hour_may_have_a_column_of_its_own(station: Station) -> None:
    await station.bring_in(HOMES)
    for head in ("日期,时间", "走访日期,走访时间", "日期,时刻"):
        plan = await station.plan(csv(f"{head},网格员,地址,结果", "2026-11-03,下午3点半,小赵,3-2-501,见到"))
        assert [draft.body["occurred_at_ms"] for draft in plan.drafts] == [at(2026, 11, 3, 15, 30)]
    plan = await station.plan(csv("走访时间,网格员,地址,结果", "2026-11-03 15:30,小赵,3-2-501,见到"))
    assert [draft.body["occurred_at_ms"] for draft in plan.drafts] == [at(2026, 11, 3, 15, 30)]


async def test_rows_that_cannot_be_visits_are_named(station: Station) -> None:
    await station.bring_in(HOMES)
    plan = await station.bring_in(
        csv(
            "日期,网格员,地址,结果,内容",
            "2026-12-24,小赵,3-2-501,见到,还没到的日子",
            "11/3,小赵,3-2-501,见到,没有年份",
            "前天,小赵,3-2-501,见到,",
            ",小赵,3-2-501,见到,",
            "2026-11-03,,3-2-501,见到,",
            "2026-11-03,小赵,3-2-501,嗯,",
            "2026-11-03,小赵,9-9-909,见到,",
            "2026-11-03,小赵,陈奶奶家,见到,",
            "2026-11-03,小赵,3-2-501,,",
        )
    )
    assert plan.drafts == []
    assert sorted(codes(plan, "problem"), key=lambda found: found[1]) == [
        ("date_in_future", 2),
        ("date_without_year", 3),
        ("date", 4),
        ("no_date", 5),
        ("no_worker", 6),
        ("result", 7),
        ("no_such_door", 8),
        ("address", 9),
        ("no_result", 10),
    ]


async def test_a_worker_unknown_here_is_added_once_and_companions_go_along(station: Station) -> None:
    await station.bring_in(HOMES)
    plan = await station.bring_in(
        csv("日期,走访人员,地址,内容", "2026-11-03,小林、小周,3-2-501,聊了会儿", "2026-11-04,小林,2-3-601,敲门没人应")
    )
    assert plan.report.new_people == ["小林"]
    (lin,) = await station.rows("person", name="小林")
    assert (lin["role"], json.loads(lin["grids"])) == ("grid_worker", [GRID_THREE])
    visits = {visit["result"]: visit for visit in await station.rows("visit")}
    assert json.loads(visits["met"]["companions"]) == ["小周"]
    assert set(visits) == {"met", "no_answer"}
    assert {visit["author"] for visit in visits.values()} == {lin["id"]}


async def test_homes_and_visits_in_one_workbook_meet_each_other(station: Station) -> None:
    from openpyxl import Workbook

    from tests.imports.test_reading import saved

    book = Workbook()
    visits = book.active
    assert visits is not None
    visits.title = "走访"
    for row in (["日期", "网格员", "地址", "结果"], ["2026-11-03", "小赵", "3-2-501", "见到"]):
        visits.append(row)
    homes = book.create_sheet("户情")
    for row in (["地址", "户主"], ["3-2-501", "陈奶奶"]):
        homes.append(row)
    plan = await station.bring_in(saved(book), "台账.xlsx")
    assert plan.report.created == {"building": 1, "household": 1, "visit": 1}


async def test_a_visit_of_today_without_an_hour_is_not_told_as_still_to_come(station: Station) -> None:
    await station.bring_in(HOMES)
    plan = await station.bring_in(csv("日期,网格员,地址,结果", "2026-11-20,小赵,3-2-501,见到"))
    assert plan.drafts[0].body["occurred_at_ms"] == NOW_MS
    later = await station.plan(csv("日期,网格员,地址,结果", "2026-11-20,小赵,3-2-501,见到"), now_ms=NOW_MS + 3_600_000)
    assert later.drafts == []
