"""A household ledger becomes buildings, homes and people."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.imports.choice import Choice
from server.imports.describe import describe
from server.imports.plan import make_plan
from server.imports.reading import read
from server.imports.store import load_registry
from server.journal import Draft
from tests.imports.community import COMMUNITY, GRID_THREE, MASTER_WANG, Station, csv, xlsx
from tests.imports.ledgers import CHEN, HEAD, MA, VACANT, codes

pytestmark = pytest.mark.anyio


async def test_a_gbk_ledger_becomes_buildings_homes_and_people(station: Station) -> None:
    plan = await station.bring_in(csv("榆桥社区第三网格户情台账", "", HEAD, CHEN, MA, VACANT))
    assert plan.report.created == {"building": 3, "household": 3, "resident": 1}
    home = await station.home()
    assert (home["grid"], home["entrance"], home["floor"], home["kind"]) == (GRID_THREE, "2", 5, "home")
    assert (home["contact"], home["phone"], home["occupancy"], home["headcount"]) == (
        "陈奶奶",
        "000-0000-0001",
        "owner",
        1,
    )
    assert (home["note"], home["source_row"]) == ("厕所灯坏了三天", 4)
    (resident,) = await station.rows("resident")
    assert (resident["name"], resident["birth_year"], json.loads(resident["tags"])) == (
        "陈奶奶",
        1950,
        {"elder_alone": [resident["id"]]},
    )
    buildings = {row["name"]: row for row in await station.rows("building")}
    assert sorted(buildings) == ["2幢", "3幢", "5幢"]
    assert {row["quarters"] for row in buildings.values()} == {"槐安小区"}
    assert (await station.home("202"))["occupancy"] == "vacant"


async def test_merged_households_one_person_a_row(station: Station) -> None:
    head = ["房屋地址", "姓名", "与户主关系", "出生年月", "联系电话", "人数", "备注"]
    rows: list[list[Any]] = [
        ["机修厂家属院住户登记表", *[None] * 6],
        head,
        ["3幢2单元501", "吴大爷", "户主", "1948.5", "000-0000-0003", 3, "刚出院"],
        [None, "吴奶奶", "配偶", 1950, "000-0000-0004", None, None],
        [None, "小吴", "儿子", "1978年", None, None, "周末回来"],
        ["3幢2单元502", "李阿姨", "户主", None, None, 1, None],
    ]
    plan = await station.bring_in(xlsx(rows, ["A1:G1", "A3:A5", "F3:F5"]), "登记表.xlsx")
    assert plan.report.created == {"building": 1, "household": 2, "resident": 4}
    home = await station.home()
    assert (home["contact"], home["phone"], home["headcount"]) == ("吴大爷", "000-0000-0003", 3)
    people = {row["name"]: row for row in await station.rows("resident", household=home["id"])}
    assert {name: row["birth_year"] for name, row in people.items()} == {"吴大爷": 1948, "吴奶奶": 1950, "小吴": 1978}
    assert people["吴奶奶"]["relation"] == "配偶"
    assert people["小吴"]["note"] == "周末回来"


async def test_the_same_people_in_a_csv_that_leaves_repeated_cells_blank(station: Station) -> None:
    plan = await station.bring_in(
        csv(
            "楼号,单元号,房间号,姓名,与户主关系,电话",
            "3,2,501,吴大爷,户主,000-0000-0003",
            ",,,吴奶奶,妻,",
            ",,502,李阿姨,户主,",
            "4,1,101,周大爷,户主,",
        )
    )
    assert plan.report.created == {"building": 2, "household": 3, "resident": 4}
    assert (await station.home("502"))["entrance"] == "2"


@pytest.mark.parametrize("merged", [(), ("A2:A3", "B2:B3", "C2:C3")])
async def test_the_heads_name_is_the_persons_where_no_other_column_names_them(
    station: Station, merged: tuple[str, ...]
) -> None:
    head = ["楼栋", "单元", "房号", "户主姓名", "与户主关系", "出生年"]
    rows: list[list[Any]] = [
        head,
        ["3幢", 2, 501, "吴大爷", "户主", 1948],
        [None, None, None, "吴奶奶", "配偶", 1950],
        ["3幢", 2, 502, "李阿姨", "户主", None],
        [None, None, None, None, "儿子", None],
    ]
    plan = await station.bring_in(xlsx(rows, merged), "登记表.xlsx")
    assert plan.report.created == {"building": 1, "household": 2, "resident": 3}
    people = {row["name"]: row["relation"] for row in await station.rows("resident")}
    assert people == {"吴大爷": "户主", "吴奶奶": "配偶", "李阿姨": "户主"}
    assert (await station.home())["contact"] == "吴大爷"


async def test_a_family_listed_in_one_cell(station: Station) -> None:
    await station.bring_in(csv("地址,户主,家庭成员,电话", "3-2-501,吴大爷,吴大爷、吴奶奶、小吴,000-0000-0003"))
    home = await station.home()
    assert (home["contact"], home["phone"]) == ("吴大爷", "000-0000-0003")
    assert {row["name"] for row in await station.rows("resident")} == {"吴大爷", "吴奶奶", "小吴"}


async def test_headings_in_two_words_are_understood(station: Station) -> None:
    head = ["楼栋/幢", "单元", "房号/室", "户主/姓名", "联系电话/手机"]
    plan = await station.bring_in(xlsx([head, ["20号楼", "1", "501", "陈奶奶", "000-0000-0001"]]), "台账.xlsx")
    assert plan.report.created == {"building": 1, "household": 1}
    home = await station.home()
    assert (home["entrance"], home["contact"], home["phone"]) == ("1", "陈奶奶", "000-0000-0001")


async def test_the_head_in_two_words_stands_beside_the_family(station: Station) -> None:
    await station.bring_in(csv("地址,户主/姓名,家庭成员", "3-2-501,吴大爷,吴大爷、吴奶奶、小吴"))
    assert (await station.home())["contact"] == "吴大爷"
    assert {row["name"] for row in await station.rows("resident")} == {"吴大爷", "吴奶奶", "小吴"}


async def test_where_many_rows_name_no_door_the_columns_not_used_are_named(station: Station) -> None:
    rows = [f"20号楼,1,{floor}01,张家,女" for floor in range(1, 7)]
    report = (await station.plan(csv("楼栋,单元,第几户,户主,性别", *rows))).report
    assert report.problems == 6
    assert str(describe(report, "zh", 480)["unused"]).startswith("有 2 列没用上：第几户、性别。")
    assert "第几户" in str(describe(report, "en", 480)["unused"])
    one = (await station.plan(csv(f"{HEAD},性别", f"{CHEN},女", *[f"{MA},男"] * 5, "楼上,,张家,,,,,,,,"))).report
    assert one.problems == 1
    assert describe(one, "zh", 480)["unused"] is None


async def test_rows_not_understood_are_named_with_their_numbers_and_the_rest_comes_in(station: Station) -> None:
    plan = await station.bring_in(
        csv(
            "第三网格台账",
            HEAD,
            CHEN,
            "",
            "小计,,,,1,,,,,",
            "楼上,,张家,张师傅,,,,,,",
            ",,,李阿姨,2,,,,,",
            "3幢,2单元,501,周大爷,1,,,,,",
            CHEN,
            HEAD,
            "4幢,1单元,101,刘阿姨,几口人,,人在户不在,高龄,去年,",
            "填表人：小赵,,,,,,,,,",
        )
    )
    assert codes(plan, "problem") == [("address", 6), ("no_address", 7), ("contradicts", 8)]
    assert codes(plan, "note") == [("duplicate", 9), ("occupancy", 11), ("headcount", 11), ("tag", 11), ("birth", 11)]
    assert plan.report.created["household"] == 2
    assert (await station.home())["contact"] == "陈奶奶"
    (sheet,) = plan.report.sheets
    assert (sheet.passed.blank, sheet.passed.sums, sheet.passed.feet, sheet.passed.headings) == (1, 1, 1, 1)


async def test_what_must_not_come_in_is_dropped_and_named(station: Station) -> None:
    plan = await station.bring_in(
        csv(
            "地址,户主,身份证号,宗教信仰,月收入,政治面貌,民族,照片,性别,类别,备注",
            "3-2-501,陈奶奶,110101195003021234,无,3000,群众,汉,有,女,独居老人、社区矫正,证号110101195003021234",
        )
    )
    (sheet,) = plan.report.sheets
    assert [kind for kind, _ in sheet.dropped] == [
        "id_number",
        "belief",
        "income",
        "politics",
        "ethnicity",
        "likeness",
    ]
    assert sheet.ignored == ["性别"]
    assert codes(plan, "privacy") == [("masked_id_number", 2), ("restricted_tag", 2)]
    kept = json.dumps([draft.body for draft in plan.drafts], ensure_ascii=False) + repr(plan.report.remarks)
    for word in ("110101195003021234", "群众", "汉", "3000", "社区矫正"):
        assert word not in kept


async def test_restricted_tags_go_to_their_own_place_where_they_are_kept(station: Station) -> None:
    said = {"on": True, "reason": "区里要求", "law": "社区矫正法"}
    await station.journal.commit([Draft("community.restricted", COMMUNITY, None, MASTER_WANG, said)])
    ledger = csv("地址,户主,类别", "3-2-501,陈奶奶,独居老人、社区矫正（在册）", "3-2-502,马师傅,刑满释放")
    plan = await station.bring_in(ledger)
    assert codes(plan, "privacy") == [("restricted_apart", 2), ("restricted_apart", 3)]
    assert "社区矫正" not in repr(plan.report.remarks)
    people = {row["name"]: row for row in await station.rows("resident")}
    assert json.loads(people["陈奶奶"]["tags"]).keys() == {"elder_alone"}
    apart = {row["id"]: json.loads(row["tags"]) for row in await station.rows("restricted_tag")}
    assert apart == {people["陈奶奶"]["id"]: ["community_correction"], people["马师傅"]["id"]: ["released"]}
    feed = b"".join(bytes(row["data"] or b"") for row in await station.rows("feed"))
    assert b"community_correction" not in feed
    again = await station.bring_in(csv("地址,户主,类别", "3-2-501,陈奶奶,刑释人员"))
    assert [draft.body["tags"] for draft in again.drafts] == [["community_correction", "released"]]
    assert (await station.bring_in(csv("地址,户主,类别", "3-2-501,陈奶奶,社区矫正"))).drafts == []


async def test_shops_basements_and_bungalows_find_their_place(station: Station) -> None:
    plan = await station.bring_in(
        csv("地址,户主,居住情况", "桥头巷17号,周大爷,自住", "门面3号,老马修鞋,商铺", "3幢1单元负一层2号,库房,")
    )
    assert plan.report.problems == 0
    kinds = {row["name"]: (row["kind"], row["quarters"]) for row in await station.rows("building")}
    assert kinds == {"平房": ("bungalows", "桥头巷"), "商铺": ("shops", "槐安小区"), "3幢": ("block", "槐安小区")}
    homes = {row["room"]: (row["kind"], row["floor"]) for row in await station.rows("household")}
    assert homes == {"17": ("bungalow", 1), "门面3": ("shop", None), "负1-2": ("basement", -1)}


async def test_the_grid_comes_from_the_row_the_title_the_quarters_or_the_choice(station: Station) -> None:
    rows = await station.bring_in(csv("网格,地址", "第一网格,1-1-101", "2,1-1-101", "第九网格,1-1-101"), grid=None)
    assert codes(rows, "problem") == [("unknown_grid", 4)]
    title = await station.bring_in(csv("第三网格台账", "地址,户主", "1-1-101,甲"), grid=None)
    assert title.report.created["household"] == 1
    quarters = await station.bring_in(csv("地址,户主", "槐安小区西9-1-101,乙"), grid=None)
    assert quarters.report.created["household"] == 1
    nothing = await station.plan(csv("地址,户主", "1-1-101,丙"), grid=None)
    assert codes(nothing, "problem") == [("which_grid", 2)]


async def test_hostile_text_comes_in_as_typed(station: Station) -> None:
    note = '<script>alert(1)</script> "𠮷" \u202e😀 ' + "长" * 9000
    await station.bring_in(csv("地址,户主,备注", f'3-2-501,𠮷奶奶,"{note.replace(chr(34), chr(34) * 2)}"'))
    home = await station.home()
    assert (home["contact"], home["note"]) == ("𠮷奶奶", note)


async def test_words_that_cannot_be_called_are_no_telephone_number(station: Station) -> None:
    plan = await station.bring_in(csv(HEAD, CHEN.replace("000-0000-0001", "不是电话")))
    assert codes(plan, "note") == [("phone", 2)]
    assert (await station.home())["phone"] is None


async def test_a_numbered_row_without_an_address_is_not_joined_to_the_home_above(station: Station) -> None:
    head = "序号,地址,姓名,与户主关系"
    plan = await station.plan(csv(head, "1,3幢2单元501,陈奶奶,户主", "2,,陈女士,女儿", "3,,周大爷,"))
    assert codes(plan, "problem") == [("no_address", 4)]
    assert plan.report.created["resident"] == 2


async def test_a_file_that_names_no_grid_does_not_say_that_nothing_changed(station: Station) -> None:
    plan = await station.plan(csv(HEAD, CHEN), grid=None)
    told = describe(plan.report, "zh", 480)
    assert told["say"] == "没有一行能放进来。1 行没看懂，没放进来。"
    assert told["which_grid"]


async def test_progress_counts_the_rows_of_the_file(station: Station) -> None:
    told: list[tuple[int, int]] = []
    async with station.db.reading() as db:
        registry = await load_registry(db, COMMUNITY)
    book = read(csv(HEAD, *(f"3幢,1,{100 + n},甲{n},,,,,," for n in range(400))), "台账.csv")
    choice = Choice(MASTER_WANG, 1_795_142_172_000, 480, registry.grids[0])
    make_plan(book, registry, choice, lambda done, total: told.append((done, total)))
    assert told[-1] == (401, 401)
    assert all(done <= total == 401 for done, total in told)


async def test_a_blank_building_is_the_one_above_unless_the_room_is_an_address(station: Station) -> None:
    rows = [
        ["小区", "楼栋", "单元", "房号", "姓名"],
        ["槐安小区", "5幢", "1", "101", "吴大爷"],
        ["", "", "", "102", "李阿姨"],
        ["", "", "", "2-201", "唐阿姨"],
        ["", "", "", "桥头巷17号", "马师傅"],
        ["", "", "", "门面3号", "理发店"],
    ]
    await station.bring_in(csv(*(",".join(row) for row in rows)))
    names = {row["id"]: row["name"] for row in await station.rows("building")}
    homes = {row["contact"]: row for row in await station.rows("household")}
    placed = {name: (names[row["building"]], row["entrance"], row["room"]) for name, row in homes.items()}
    assert placed["李阿姨"] == ("5幢", "1", "102")
    assert placed["唐阿姨"] == ("5幢", "2", "201")
    assert placed["马师傅"][0] == "平房"
    assert placed["理发店"][0] == "商铺"
