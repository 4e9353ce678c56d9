"""What each field page says, told as a day's stories, and pinned alike for server and phone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.rendering import render
from server.settings import ROOT
from server.views import NEEDS, VIEWS
from tests.chromium import Chromium
from tests.neighbourhood import BLOCK_1, BLOCK_3, CHEN, CHEN_VISIT, DAY_MS, NOW_MS, STREET, Row, ago, neighbourhood

FOLDER = ROOT / "tests/vectors/views"
ROWS = json.loads((FOLDER / "rows.json").read_text("utf-8"))
CASES = [
    {**case, "view": path.stem}
    for path in sorted(FOLDER.glob("*.json"))
    if path.stem != "rows"
    for case in json.loads(path.read_text("utf-8"))
]
HOUR_MS = 3_600_000


def page(name: str, **params: Any) -> Any:
    """A page over the neighbourhood."""
    return VIEWS[name](neighbourhood(), NOW_MS, params)


def door_on_board(board: Any, room: str, entrance: str) -> Row:
    """The door as drawn."""
    rows = next(each for each in board["entrances"] if each["name"] == entrance)
    return next(cell for row in rows["rows"] + rows["below"] for cell in row if cell and cell["room"] == room)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['view']}: {case['title']}" for case in CASES])
def test_server_draws_the_page_as_pinned(case: dict[str, Any]) -> None:
    context = VIEWS[case["view"]](case.get("rows", ROWS), case["now_ms"], case["params"])
    assert json.loads(json.dumps(context)) == case["context"]


@pytest.mark.browser
def test_phone_draws_every_page_as_pinned(chromium: Chromium) -> None:
    drawn = chromium.evaluate(
        """async ({ cases, rows }) => {
          const { VIEWS } = await import('/static/phone/views/index.js');
          return cases.map(c => JSON.stringify(VIEWS[c.view](c.rows ?? rows, c.now_ms, c.params)));
        }""",
        {"cases": CASES, "rows": ROWS},
    )
    for case, context in zip(CASES, drawn, strict=True):
        assert json.loads(context) == case["context"], f"{case['view']}: {case['title']}"


@pytest.mark.browser
def test_phone_and_server_read_the_same_rows_for_a_page(chromium: Chromium) -> None:
    assert chromium.evaluate("async () => (await import('/static/phone/views/index.js')).NEEDS") == NEEDS


def test_every_page_is_pinned() -> None:
    assert {case["view"] for case in CASES} == set(VIEWS)


def test_promises_come_first_then_care_then_the_longest_unseen() -> None:
    today = page("today", show="next")
    reasons = [row["why"] for row in today["next"]]
    assert reasons[:3] == ["promise", "promise", "care"]
    assert [row["promise_on"] for row in today["next"][:2]] == ["2026-11-20", "2026-11-18"]
    unseen = reasons[3:]
    assert unseen == sorted(unseen, key=("never", "long").index), "never seen before long unseen"
    days = [row["days"] for row in today["next"][3:] if row["why"] == "long"]
    assert days == sorted(days, reverse=True)


def test_a_day_holds_twelve_doors_and_says_what_can_wait() -> None:
    today = page("today")
    assert today["due"] == 12
    assert today["left"] + today["knocked"] == 12
    assert today["later"] == today["all_left"] - today["left"] > 0


def test_a_door_knocked_today_is_done_whether_or_not_anyone_opened() -> None:
    today = page("today", show="done")
    assert (today["knocked"], today["answered"]) == (4, 2)
    assert {row["result"] for row in today["done"]} == {"met", "no_answer"}


def test_a_knock_without_answer_paints_nothing_and_shows_apart() -> None:
    board = page("doors", building=BLOCK_1)["board"]
    shut = door_on_board(board, "201", "1")
    assert (shut["age"], shut["days"], shut["knock"]) == (2, 40, "no_answer")


def test_paint_wears_off_at_thirty_sixty_and_ninety_days() -> None:
    rows = neighbourhood()
    home = next(row for row in rows["household"] if row["id"] == CHEN)
    for days, step in ((0, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)):
        rows["door"] = [{"id": home["id"], "contact_ms": NOW_MS - days * DAY_MS}]
        drawn = VIEWS["doors"](rows, NOW_MS, {"building": BLOCK_3})
        assert drawn is not None
        assert door_on_board(drawn["board"], "501", "2")["age"] == step, days


def test_a_missing_door_leaves_its_gap_so_that_doors_stand_above_each_other() -> None:
    board = page("doors", building=BLOCK_3)["board"]
    second = next(each for each in board["entrances"] if each["name"] == "2")
    third_floor = second["rows"][board["levels"].index(3)]
    assert [cell and cell["room"] for cell in third_floor] == ["301", None, "303"]


def test_basements_lie_below_ground_and_doors_without_a_floor_stand_apart() -> None:
    board = page("doors", building=BLOCK_3)["board"]
    assert (board["levels"], board["below"]) == ([6, 5, 4, 3, 2, 1], [1])
    assert [cell["room"] for cell in board["loose"]] == ["传达室"]


def test_steps_on_the_small_board_differ_by_shape() -> None:
    small = page("doors")["strip"][0]["mini"]
    heights = {step: small[f"a{step}"].split("v")[1].split("h")[0] for step in (1, 2, 3)}
    assert heights == {1: "6", 2: "4", 3: "2"}
    assert small["a4"].endswith("z")
    assert "z" not in small["a0"], "a dash, not a door"


def test_two_marks_hang_on_a_door_and_its_name_says_the_rest() -> None:
    chen = door_on_board(page("doors", building=BLOCK_3)["board"], "501", "2")
    assert chen["marks"] == ["differ", "promise"]
    assert chen["says"] == ["promise", "differ", "care"]


def test_shops_take_no_paint_and_are_never_due() -> None:
    board = page("doors", building=STREET)["board"]
    assert {cell["label"] for cell in board["loose"]} == {"shop"}
    assert board["due"] == 0


@pytest.mark.parametrize(
    ("asked", "where"), [("501", "number"), ("陈女士", "name"), ("萝卜", "note"), ("血压", "visit")]
)
def test_a_door_is_found_by_number_name_note_and_what_was_said(asked: str, where: str) -> None:
    hits = page("found", q=asked)["found"]["hits"]
    assert CHEN in {hit["id"] for hit in hits}
    assert next(hit for hit in hits if hit["id"] == CHEN)["match"]["in"] == where


def test_restricted_tags_are_never_named() -> None:
    rows = neighbourhood()
    rows["resident"][0]["tags"]["mental_illness"] = ["x"]
    drawn = VIEWS["household"](rows, NOW_MS, {"household": CHEN})
    assert drawn is not None
    assert "mental_illness" not in json.dumps(drawn)


@pytest.mark.parametrize(
    ("hours", "mode"), [(0, "door"), (8, "night"), (24, "weekend"), (24 + 9, "night"), (72, "door"), (-6, "night")]
)
def test_the_mode_is_chosen_from_the_day_and_the_hour(hours: int, mode: str) -> None:
    form = VIEWS["visit_form"](neighbourhood(), NOW_MS + hours * HOUR_MS, {"household": CHEN})
    assert form is not None
    assert form["values"]["mode"] == form["mode_why"]["mode"] == mode


def test_a_draft_comes_back_and_what_was_just_sent_goes_before_it() -> None:
    draft = {"values": {"result": "met", "text": "写了一半"}, "saved_ms": ago(0.1)}
    assert page("visit_form", household=CHEN, draft=draft)["values"]["text"] == "写了一半"
    sent = page("visit_form", household=CHEN, draft=draft, values={"text": "刚写的"})
    assert (sent["values"]["text"], sent["values"]["result"]) == ("刚写的", "")


def test_a_correction_opens_with_what_was_said_and_remembers_which_telling_it_saw() -> None:
    form = page("visit_form", visit=CHEN_VISIT)
    assert form["correcting"]["revision"].endswith("f901")
    assert form["values"]["need"] == "想有人陪去量血压"
    assert (form["values"]["follow_up"], form["values"]["follow_up_on"]) == ("pick", "2026-11-20")


def test_late_notes_are_told_with_both_days_and_imported_ones_as_such() -> None:
    visits = page("household", household=CHEN)["visits"]
    late, imported = visits[2], visits[3]
    assert (late["at"][:10], late["late"][:10]) == ("2026-10-31", "2026-11-02")
    assert (imported["imported"], imported["late"]) == (True, None)


def test_a_contested_fact_shows_every_value_and_covers_every_head() -> None:
    phone = next(fact for fact in page("household", household=CHEN)["facts"] if fact["field"] == "phone")
    assert phone["differs"]
    assert [head["value"] for head in phone["heads"]] == ["000-0000-0001", "000-0000-0007"]
    assert len(phone["over"].split(",")) == 2


def test_rows_beyond_what_a_page_needs_change_nothing() -> None:
    rows = neighbourhood()
    here = {
        "household": [row for row in rows["household"] if row["id"] == CHEN],
        "door": [row for row in rows["door"] if row["id"] == CHEN],
        **{kind: [row for row in rows[kind] if row["household"] == CHEN] for kind in ("resident", "visit")},
    }
    few = {**rows, **here}
    for name in ("household", "visit_form", "facts"):
        params = {"household": CHEN}
        assert VIEWS[name](few, NOW_MS, params) == VIEWS[name](rows, NOW_MS, params)


def test_who_answered_at_a_bad_moment_counts_where_the_door_is_painted() -> None:
    rows = neighbourhood()
    rows["door"] = [{"id": CHEN, "contact_ms": NOW_MS, "knock_ms": NOW_MS, "knock_result": "inconvenient"}]
    rows["visit"] = [{"id": "v", "household": CHEN, "occurred_at_ms": NOW_MS, "mode": "door", "result": "inconvenient"}]
    today = VIEWS["today"](rows, NOW_MS, {})
    assert today
    assert (today["knocked"], today["answered"]) == (1, 1)
    home = VIEWS["household"](rows, NOW_MS, {"household": CHEN})
    assert home
    assert home["met"] == {"n": 0, "today": True}
    assert home["look"]["age"] == 1


def test_basement_doors_go_on_below_and_keep_their_ends() -> None:
    case = next(each for each in CASES if each["title"] == "a basement of many doors")
    board = case["context"]["board"]
    assert board["below"] == [1, 1, 1, 2]
    first, second = (entrance["below"] for entrance in board["entrances"])
    assert [len(row) for row in first] == [4, 4, 1, 0]
    assert [len(row) for row in second] == [1, 0, 0, 1]
    names = [door["brief"] for row in first for door in row]
    assert len(set(names)) == len(names)


def test_the_receipt_is_of_the_telling_that_is_shown() -> None:
    case = next(each for each in CASES if each["title"] == "corrected and not sent")
    assert case["context"]["visit"]["unsent"]
    assert case["context"]["times"]["received"] is None
    assert case["context"]["visit"]["long"]


def test_the_first_wrong_field_has_the_focus_and_all_are_counted() -> None:
    errors = {"room": "form.room", "headcount": "form.number"}
    context = VIEWS["household_form"](neighbourhood(), NOW_MS, {"values": {}, "errors": errors})
    assert context
    assert context["wrong"] == "room"
    for lang, count in (("zh", "有 2 处要看一下"), ("en", "2 things need a look")):
        html = render(lang, "field/household_form.html", context)
        assert count in html
        assert html.count(" autofocus") == 1
        assert 'id="room"' in html[: html.index(" autofocus")].rsplit("<input", 1)[1]


def crowded() -> dict[str, list[Row]]:
    """A grid of 130 homes where nobody was met yet."""
    rows = neighbourhood()
    one = next(each for each in rows["household"] if each["id"] == CHEN)
    rows["household"] = [{**one, "id": f"home {n:03}", "floor": n, "room": f"{n}01"} for n in range(1, 131)]
    return {**rows, "door": []}


def test_a_long_list_is_shown_by_the_hundred_and_whole_where_asked_for() -> None:
    today: Any = VIEWS["today"]
    part, whole = (today(crowded(), NOW_MS, {"show": show}) for show in ("next", "all"))
    assert (len(part["next"]), part["further"]) == (100, 30)
    assert (len(whole["next"]), whole["further"]) == (130, 0)
    assert whole["next"][:100] == part["next"]


@pytest.mark.browser
def test_the_phone_shows_a_long_list_by_the_hundred(chromium: Chromium) -> None:
    found = chromium.evaluate(
        """async ({ rows, now }) => {
          const { VIEWS } = await import('/static/phone/views/index.js');
          return ['next', 'all'].map((show) => VIEWS.today(rows, now, { show })).map(c => [c.next.length, c.further]);
        }""",
        {"rows": crowded(), "now": NOW_MS},
    )
    assert found == [[100, 30], [130, 0]]
