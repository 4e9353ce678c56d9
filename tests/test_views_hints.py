"""What pages of the field point out: whose facts, what is begun, what may be one, when it tries again."""

from __future__ import annotations

from typing import Any

import pytest

from server.rendering import render
from server.views import VIEWS
from tests.neighbourhood import CHEN, CHEN_VISIT, NOW_MS, Rows, ago, neighbourhood


def page(name: str, rows: Rows | None = None, **params: Any) -> Any:
    """A page over the neighbourhood."""
    return VIEWS[name](rows or neighbourhood(), NOW_MS, params)


@pytest.mark.parametrize(("lang", "words"), [("zh", "改陈奶奶的资料"), ("en", "facts of 陈奶奶")])
def test_the_outbox_says_whose_facts_were_changed(lang: str, words: str) -> None:
    who = next(row for row in neighbourhood()["resident"] if row["household"] == CHEN)
    said = {"facts": {"phone": "000-0000-0001"}}
    edit = {"n": 1, "id": "e", "kind": "resident.stated", "entity": who["id"], "at_ms": NOW_MS, "body": said}
    html = render(lang, "field/outbox.html", page("outbox", edits=[edit], lang=lang))
    assert words in html


def test_what_is_half_written_is_found_on_today_and_at_its_own_door() -> None:
    who = next(row for row in neighbourhood()["resident"] if row["household"] == CHEN)["id"]
    keys = (f"visit:{CHEN}", f"fact:residents:{who}:note", f"resident:{CHEN}", f"fact:households:{CHEN}:phone")
    drafts = [{"key": key, "saved_ms": ago(n), "household": CHEN} for n, key in enumerate(keys)]
    said = [(one["of"], one["door"], one["href"].rpartition("/")[2]) for one in page("today", drafts=drafts)["half"]]
    assert said == [
        ("visit", "3-2-501", "new"),
        ("fact", "3-2-501", "facts?field=note"),
        ("resident", "3-2-501", "new"),
        ("fact", "3-2-501", "facts?field=phone"),
    ]
    home = page("household", household=CHEN, drafts=drafts)
    assert [fact["field"] for fact in home["facts"] if fact["half"]] == ["phone"]
    assert [person["id"] for person in home["people"] if person["half"]] == [who]
    assert home["half_person"]
    # Where the server draws the page nothing is kept.
    assert not page("today")["half"]
    assert not page("household", household=CHEN)["half_person"]


def test_a_home_found_empty_is_offered_to_be_written_down_so() -> None:
    rows = neighbourhood()
    door = next(row for row in rows["door"] if row["id"] == CHEN)
    chen = next(row for row in rows["household"] if row["id"] == CHEN)
    chen["facts"]["occupancy"] = [{"edit": "e1", "value": "owner", "by": "小赵", "at_ms": ago(60)}]

    def offered(role: str = "grid_worker") -> Any:
        return page("household", rows, household=CHEN, role=role)["emptied"]

    assert offered() is None
    door |= {"knock_ms": NOW_MS, "knock_result": "vacant"}
    assert offered() == {"over": "e1", "asks": True}
    assert offered("grid_leader") == {"over": "e1", "asks": False}
    chen["facts"]["occupancy"].append(
        {"edit": "e2", "value": "vacant", "by": "小赵", "at_ms": NOW_MS, "proposed": True}
    )
    assert offered() is None


def test_a_knock_of_this_day_is_said_to_be_of_today() -> None:
    rows = neighbourhood()
    next(row for row in rows["door"] if row["id"] == CHEN).update(knock_ms=NOW_MS, knock_result="no_answer")
    assert "今天敲过，没人应。" in render("zh", "field/household.html", page("household", rows, household=CHEN))


def test_two_colleagues_on_one_day_may_have_written_the_same() -> None:
    rows = neighbourhood()
    mine = next(row for row in rows["visit"] if row["id"] == CHEN_VISIT)
    rows["visit"].append({**mine, "id": "other", "edit": "other"})
    assert not [visit for visit in page("household", rows, household=CHEN)["visits"] if visit["twice"]]
    rows["visit"][-1]["author"] = "somebody else"
    context = page("household", rows, household=CHEN)
    assert {visit["id"] for visit in context["visits"] if visit["twice"]} == {CHEN_VISIT, "other"}
    assert "可能重复" in render("zh", "field/household.html", context)


@pytest.mark.parametrize(("next_ms", "words"), [(NOW_MS + 90_000, "10:45 前后自己再试"), (None, "有信号时自己会再送")])
def test_the_outbox_says_when_it_tries_again(next_ms: int | None, words: str) -> None:
    exchange = {"tried_ms": NOW_MS, "problem": "network", "next_ms": next_ms}
    assert words in render("zh", "field/outbox.html", page("outbox", exchange=exchange))
