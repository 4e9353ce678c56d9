"""A household ledger meets homes that are known already: nothing doubles, nothing learned since is undone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.identity import made_from
from server.imports.describe import describe
from server.journal import Draft
from tests.imports.community import GRID_THREE, WORKER_ZHAO, Station, csv
from tests.imports.ledgers import CHEN, HEAD, MA, VACANT, codes

pytestmark = pytest.mark.anyio


async def state(station: Station, name: str, value: Any, by: str = WORKER_ZHAO, room: str = "501") -> None:
    """Worker Zhao states a fact of Auntie Chen's home, over what he had in view."""
    home = await station.home(room)
    heads = [head["edit"] for head in json.loads(home["facts"]).get(name, [])]
    draft = Draft("household.stated", home["id"], GRID_THREE, by, {"facts": {name: value}}, over={name: heads})
    await station.commit([draft])


async def test_importing_the_same_file_again_changes_nothing(station: Station) -> None:
    ledger = csv(HEAD, CHEN, MA, VACANT)
    await station.bring_in(ledger)
    size = await station.journal.size()
    again = await station.plan(ledger)
    assert again.drafts == []
    assert not again.report.anything
    assert again.report.left == {"household": 3, "resident": 1}
    await station.bring_in(ledger)
    assert await station.journal.size() == size


async def test_committing_the_same_plan_twice_makes_nothing_twice(station: Station) -> None:
    plan = await station.plan(csv(HEAD, CHEN, MA))
    await station.commit(plan.drafts)
    size = await station.journal.size()
    await station.commit(plan.drafts)
    assert await station.journal.size() == size
    assert len(await station.rows("household")) == 2


async def test_a_dry_run_says_what_the_import_then_does(station: Station) -> None:
    ledger = csv(HEAD, CHEN, MA, VACANT, "楼上,,张家,,,,,,,")
    dry = await station.plan(ledger)
    assert await station.rows("household") == []
    real = await station.bring_in(ledger)
    assert real == dry
    assert {row["id"] for row in await station.rows("household")} == {
        draft.entity for draft in dry.drafts if draft.kind == "household.added"
    }


async def test_a_newer_file_states_facts_anew_and_history_stays(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN, MA))
    before = await station.home()
    newer = await station.bring_in(csv(HEAD, CHEN.replace("0001", "0009").replace(",1,", ",2,"), MA))
    home = await station.home()
    assert (home["phone"], home["headcount"], home["contested"]) == ("000-0000-0009", 2, False)
    kinds = [draft.kind for draft in newer.drafts]
    assert kinds == ["household.stated"]
    assert newer.drafts[0].over == {"phone": [before["id"]], "headcount": [before["id"]]}
    changed = {(change.field, change.old, change.new) for change in newer.report.changes}
    assert changed == {("phone", "000-0000-0001", "000-0000-0009"), ("headcount", 1, 2)}
    journaled = await station.rows("journal", entity=home["id"])
    assert [row["kind"] for row in journaled] == ["household.added", "household.stated"]


async def test_a_blank_never_erases(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN))
    plan = await station.bring_in(csv(HEAD, "3幢,2单元,501,陈奶奶,,,,,,"))
    assert plan.drafts == []
    home = await station.home()
    assert (home["phone"], home["note"], home["occupancy"]) == ("000-0000-0001", "厕所灯坏了三天", "owner")


async def test_what_a_worker_learned_since_is_not_undone_by_the_offices_old_value(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN))
    await state(station, "phone", "000-0000-0077")
    same_old_phone = await station.bring_in(csv(HEAD, CHEN.replace(",1,", ",2,")))
    home = await station.home()
    assert (home["phone"], home["headcount"]) == ("000-0000-0077", 2)
    (kept,) = [remark for remark in same_old_phone.report.remarks if remark.code == "kept_newer"]
    assert kept.args["kept"] == "000-0000-0077"
    assert kept.args["by"] == "小赵"
    a_third_phone = await station.bring_in(csv(HEAD, CHEN.replace("0001", "0055").replace(",1,", ",2,")))
    assert a_third_phone.report.changed == 1
    assert (await station.home())["phone"] == "000-0000-0055"


async def test_an_old_file_brought_in_again_does_not_turn_back_the_clock(station: Station) -> None:
    old, new = csv(HEAD, CHEN), csv(HEAD, CHEN.replace("0001", "0009"))
    await station.bring_in(old)
    await station.bring_in(new)
    again = await station.bring_in(old)
    assert again.drafts == []
    assert (await station.home())["phone"] == "000-0000-0009"
    assert again.report.known_source


async def test_a_contested_fact_waits_for_a_person_not_for_a_file(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN))
    home = await station.home()
    body = {"facts": {"phone": "000-0000-0088"}}
    await station.commit([Draft("household.stated", home["id"], GRID_THREE, WORKER_ZHAO, body)])
    plan = await station.bring_in(csv(HEAD, CHEN.replace("0001", "0099")))
    assert plan.drafts == []
    assert codes(plan, "note") == [("contested", 2)]


async def test_a_family_that_the_ledger_does_not_name_stays_and_is_counted(station: Station) -> None:
    head = "地址,姓名,与户主关系"
    await station.bring_in(csv(head, "3-2-502,吴大爷,户主", "3-2-502,吴奶奶,配偶", "3-2-503,李阿姨,户主"))
    newer = csv(head, "3-2-502,周师傅,户主", "3-2-502,吴奶奶,配偶")
    report = (await station.plan(newer, "新.csv")).report
    assert (report.unnamed_homes, report.unnamed_people) == (1, 1)
    assert "这些户里另有 1 人台账没提到，都留着。" in describe(report, "zh", 480)["about"]
    homes_alone = (await station.plan(csv("地址,户主", "3-2-502,周师傅"), "户.csv")).report
    assert homes_alone.unnamed_people == 0


async def test_new_tags_are_added_and_none_taken_away(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN))
    plan = await station.bring_in(csv(HEAD, CHEN.replace("独居老人", "残疾人")))
    (resident,) = await station.rows("resident")
    assert sorted(json.loads(resident["tags"])) == ["disabled", "elder_alone"]
    assert [draft.kind for draft in plan.drafts] == ["resident.tagged"]
    assert (await station.plan(csv(HEAD, CHEN.replace("独居老人", "残疾人")))).drafts == []


async def test_two_spellings_of_one_door_are_one_door(station: Station) -> None:
    await station.bring_in(csv("地址,户主,电话", "3号楼2单元501室,陈奶奶,000-0000-0001"))
    plan = await station.plan(csv("小区,幢号,单元,门牌,户主,电话", "槐安小区,三,二,501,陈奶奶,000-0000-0001"))
    assert plan.drafts == []
    both = await station.bring_in(
        csv("地址,户主,电话", "4-1-101,周大爷,", "槐安小区4幢1单元101,周大爷,000-0000-0005", "4-1-101室,吴大爷,")
    )
    assert both.report.created["household"] == 1
    assert ("said_above", 4) in codes(both, "note") or ("contradicts", 4) in codes(both, "problem")
    assert (await station.home("101"))["contact"] == "周大爷"


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        ("home", ("一单元", "五〇一室"), "5幢1单元501"),
        ("home", ("01", "501号"), "5幢1单元501"),
        ("shop", (None, "门面三号"), "5幢门面3号"),
    ],
)
async def test_a_door_that_a_phone_spelled_otherwise_is_not_doubled(
    station: Station, kind: str, typed: tuple[str | None, str], written: str
) -> None:
    await station.bring_in(csv(HEAD, VACANT))
    (building,) = await station.rows("building")
    body = {"building": building["id"], "room": typed[1], "kind": kind, "facts": {}}
    home = made_from(0, "phone", typed[1])
    await station.commit([
        Draft("household.added", home, GRID_THREE, WORKER_ZHAO, body | ({"entrance": typed[0]} if typed[0] else {}))
    ])  # fmt: skip
    plan = await station.plan(csv("地址,户主", f"{written},陈奶奶"))
    assert plan.report.created == {}
    assert [draft.entity for draft in plan.drafts] == [home]


async def test_a_door_that_stands_twice_is_nobodys_to_guess(station: Station) -> None:
    await station.bring_in(csv(HEAD, CHEN))
    home = await station.home()
    again = {"building": home["building"], "entrance": "2", "floor": 5, "room": "501", "kind": "home"}
    twin = "019a0b1c-0000-7000-8000-00000000abcd"
    draft = Draft("household.added", twin, GRID_THREE, WORKER_ZHAO, {**again, "facts": {"contact": "另一家"}}, id=twin)
    await station.commit([draft])
    plan = await station.plan(csv(HEAD, CHEN.replace("陈奶奶", "周大爷")))
    assert codes(plan, "problem") == [("which_home", 2)]
    assert plan.drafts == []
    assert plan.report.changed == 0
    log = csv("日期,楼栋,单元,房号,网格员,结果,内容", "2026-11-01,3幢,2,501,赵敏,见到,门铃坏了")
    visits = await station.plan(log, "走访台账.csv")
    assert codes(visits, "problem") == [("which_home", 2)]
    assert visits.drafts == []
