"""What looks like one home or one knock, and why; how often that is right, on pairs that people judged."""

from __future__ import annotations

import pytest

from server.conflicts.homes import Home, alike, slip
from server.conflicts.spelling import door
from server.conflicts.twice import Knock, twice
from tests.conflicts.measure import HELD_OUT, measure

MINUTE_MS = 60_000


def test_most_doubled_homes_are_found_and_few_others_are_shown() -> None:
    figures = measure()
    assert figures.same >= 100
    assert figures.different >= 100
    assert figures.recall >= 0.90, figures.missed
    assert figures.alarm_rate <= 0.03, figures.alarms
    assert figures.strays <= figures.homes // 100


def test_pairs_that_the_rule_was_never_fitted_to_are_judged_nearly_as_well() -> None:
    figures = measure(HELD_OUT)
    assert (figures.same, figures.different) == (20, 20)
    assert figures.recall >= 0.80, figures.missed
    assert figures.alarm_rate <= 0.20, figures.alarms


@pytest.mark.parametrize("room", ["0501室", "５０１", "3-2-501", "3幢2单元501室", "三幢二单元五〇一", "5O1", "5层01"])
def test_one_door_has_many_spellings(room: str) -> None:
    assert door("槐安小区", "3号楼", "2", room) == door("槐安小区", "3幢", "2单元", "501")


@pytest.mark.parametrize("room", ["501A", "501-1", "B101", "5011", "502"])
def test_what_only_looks_so_is_another_door(room: str) -> None:
    assert door("槐安小区", "3幢", "2", room) != door("槐安小区", "3幢", "2", "501")


@pytest.mark.parametrize(
    ("other", "kind"),
    [("510", "swapped"), ("502", "one_off"), ("51", "one_off"), ("5011", "one_off"), ("105", "turned"), ("623", None)],
)
def test_slips_of_the_finger_have_names(other: str, kind: str | None) -> None:
    assert slip("501", other) == kind


def rowed(id_: str, place: str, contact: str = "", phone: str = "") -> Home:
    """A bungalow or a shop: 桥头巷/平房/17."""
    quarters, building, room = place.split("/")
    return Home(id_, quarters, building, "", room, contact, phone)


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        (("槐安小区/平房/桥头巷17号",), ("桥头巷/平房/17",), ["same_door"]),
        (("槐安小区/平房/桥头巷十七号",), ("桥头巷/平房/17", "马师傅"), ["same_door"]),
        (("槐安小区/平房/17号", "马师傅"), ("桥头巷/平房/17", "马师傅"), ["other_row", "same_contact", "rare_contact"]),
        (("槐安小区/1幢/门面3号",), ("槐安小区/商铺/门面3",), ["shop_in_block"]),
        (("槐安小区/商铺/3",), ("槐安小区/商铺/门面03号",), ["same_door"]),
        (("槐安小区/平房/17号",), ("桥头巷/平房/17",), []),
        (("桥头巷/平房/17", "马师傅"), ("槐花巷/平房/17", "周大爷"), []),
        (("桥头巷/平房/17", "马师傅"), ("槐花巷/平房/17", "马大姐"), []),
        (("槐安小区/平房/桥头巷17号",), ("桥头巷/平房/18",), []),
        (("槐安小区/平房/桥头巷17号", "马师傅"), ("槐花巷/平房/17", "周大爷"), []),
        (("槐安小区/1幢/门面3号", "李记面馆"), ("槐安小区/商铺/门面3", "王家理发"), []),
        (("槐安小区/1幢/门面3号",), ("机修厂家属院/商铺/门面3",), []),
        (("槐安小区/1幢/3",), ("槐安小区/商铺/3",), []),
    ],
)
def test_bungalows_and_shops_are_compared_across_the_rows_of_a_grid(
    one: tuple[str, ...], other: tuple[str, ...], signs: list[str]
) -> None:
    found = [list(pair.signs) for pair in alike([rowed("a", *one), rowed("b", *other)])]
    assert found == ([signs] if signs else [])


def test_rows_numbered_alike_raise_no_alarm() -> None:
    lanes = [rowed(f"{lane}{n}", f"{lane}/平房/{n}") for lane in ("桥头巷", "槐花巷", "槐安小区") for n in range(1, 40)]
    shops = [
        rowed(f"{n}-{block}", f"槐安小区/{block}/门面{n}") for block in ("商铺", "1幢", "2幢") for n in range(1, 9)
    ]
    assert alike([*lanes, *shops]) == []


def test_every_sign_of_a_pair_is_told() -> None:
    one = Home("a", "槐安小区", "3幢", "2", "501", "陈奶奶", "000-0000-0001")
    other = Home("b", "槐安小区", "3幢", "2", "510", "陈奶奶", "000-0000-0002")
    (pair,) = alike([one, other])
    assert pair.signs == {"swapped": 3, "same_contact": 2, "rare_contact": 1, "other_phone": -1}
    assert (pair.a, pair.b, pair.score) == ("a", "b", 5)


def test_the_order_of_homes_changes_nothing() -> None:
    homes = [Home(str(n), "院", "1幢", "1", room, "陈奶奶") for n, room in enumerate(("101", "0101", "110", "103"))]
    assert alike(homes) == alike(homes[::-1])


def knock(id_: str, minutes: int | None, words: str = "", result: str = "met", by: str = "赵敏", *beside: str) -> Knock:
    """A visit so many minutes into the day; without an hour it is a ledger's."""
    at_ms = None if minutes is None else minutes * MINUTE_MS
    return Knock(id_, by, by, result, at_ms, words, beside, imported=minutes is None)


@pytest.mark.parametrize(
    ("one", "other", "seen"),
    [
        (knock("a", 600, "厕所灯坏了三天"), knock("b", 608, "厕所的灯坏了三天", by="钱进"), True),
        (knock("a", 600, result="no_answer"), knock("b", 603, result="no_answer", by="钱进"), True),
        (knock("a", 600, result="no_answer"), knock("b", 603, result="no_answer"), False),
        (knock("a", 600, "厕所灯坏了三天"), knock("b", 608, "厕所的灯坏了三天"), False),
        (knock("a", 600), knock("b", 640, by="钱进"), True),
        (knock("a", 600, "血压高", "met", "赵敏", "钱进"), knock("b", 700, "量了血压，有点高", by="钱进"), True),
        (knock("a", None, "走路慢，刚出院"), knock("b", 600, "刚出院，走路慢"), True),
        (knock("a", None, "走路慢，刚出院"), knock("b", None, "刚出院，走路慢"), True),
        (knock("a", 600, result="no_answer"), knock("b", 1080, result="no_answer", by="钱进"), False),
        (knock("a", 600, result="no_answer"), knock("b", 620, by="钱进"), False),
        (knock("a", 600, "问暑期托管"), knock("b", 640, "楼上漏水，找过物业", by="钱进"), False),
        (knock("a", None), knock("b", 600), False),
    ],
)
def test_one_knock_written_twice_is_told_from_two(one: Knock, other: Knock, seen: bool) -> None:
    assert bool(twice([one, other])) is seen
