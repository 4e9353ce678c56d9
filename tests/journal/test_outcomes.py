"""Nothing well signed is refused: what cannot take effect is kept with a reason, and takes nobody else along."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from uuid_utils import uuid7

from server.journal import Draft, refold_report
from sync.edit import Seen
from sync.rules import RULES
from tests.journal.conftest import NOON_MS, Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio
DAY_MS = 24 * 3600 * 1000


async def outcome_of(phone: Phone) -> tuple[str, str | None]:
    """What became of the phone's last edit."""
    outcome = (await phone.exchange())["outcomes"][-1]
    return outcome["outcome"], outcome.get("reason")


async def test_an_unknown_kind_is_kept(station: Station, zhao: Phone) -> None:
    body = {"from": "a newer app", "深": [1, {"二": "𠮷"}]}
    edit = zhao.make("patrol.walked", body)
    assert await outcome_of(zhao) == ("quarantined", "unknown_kind")
    kept = (await station.rows(f"SELECT header, salt, body FROM journal WHERE id = '{edit.header.id}'"))[0]
    assert tuple(map(bytes, kept)) == (edit.header_bytes, edit.salt, edit.body)
    zhao.make("visit.recorded", {}, v=2)
    assert await outcome_of(zhao) == ("quarantined", "unknown_kind")


@pytest.mark.parametrize(
    "change",
    [
        {"result": "danced"},
        {"mode": 3},
        {"occurred_at_ms": 1.5},
        {"occurred_at_ms": -1},
        {"care": "much"},
        {"text": "长" * 10_001},
        {"text": "nul \u0000"},
        {"occurred_at_ms": 2**53 - 1},
        {"follow_up_on": "someday"},
        {"follow_up_on": "2026-99-99"},
        {"follow_up_on": "2026-02-29"},
        {"follow_up_on": "0000-00-00"},
        {"follow_up_on": "2026-11-20\n"},
        {"companions": ["孙姐"] * 21},
        {"blobs": [{"sha256": "A" * 43, "type": "audio/webm", "bytes": 9, "ms": 3_600_000}]},
        {"imported": {"source": "f" * 64, "row": 2**31}},
        {"imported": {"source": "f" * 64, "row": -1}},
        {"deep": [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]},
    ],
)
async def test_a_body_that_breaks_its_shape_is_kept(station: Station, zhao: Phone, change: dict[str, Any]) -> None:
    zhao.visit(station["陈奶奶"], **change)
    assert await outcome_of(zhao) == ("quarantined", "bad_body")
    # The chain goes on behind it.
    zhao.visit(station["陈奶奶"])
    assert await outcome_of(zhao) == ("accepted", None)


async def test_a_visit_of_a_phone_whose_clock_is_days_fast_is_taken(station: Station, zhao: Phone) -> None:
    edit = zhao.visit(station["陈奶奶"], occurred_at_ms=NOON_MS + 3 * DAY_MS, follow_up_on="2028-02-29")
    assert await outcome_of(zhao) == ("accepted", None)
    told = {"household": station["陈奶奶"], "occurred_at_ms": 2**53 - 1, "mode": "door", "result": "met"}
    zhao.make("visit.corrected", told, entity=edit.header.id, over={"revision": [edit.header.id]})
    assert await outcome_of(zhao) == ("quarantined", "bad_body")
    assert await station.refolds()


@pytest.mark.parametrize("sort", [2**31, -(2**31) - 1, 2**63])
async def test_an_order_past_counting_is_kept_aside(station: Station, zhao: Phone, sort: int) -> None:
    zhao.make("building.added", {"quarters": "槐安小区", "name": "9幢", "sort": sort})
    assert await outcome_of(zhao) == ("quarantined", "bad_body")


async def test_a_visit_told_twice_is_settled_by_naming_both(station: Station, zhao: Phone) -> None:
    """Phone and desk each corrected it unseen: the row names both tellings, and one over both settles it."""
    await zhao.exchange()
    visit = zhao.visit(station["陈奶奶"], text="原话")
    first = {"entity": visit.header.id, "over": {"revision": [visit.header.id]}}
    told = {"household": station["陈奶奶"], "occurred_at_ms": NOON_MS, "mode": "door", "result": "met"}
    one = zhao.make("visit.corrected", {**told, "text": "甲"}, **first)
    zhao.clock_ms += 1
    station.now_ms += 1
    await zhao.exchange()
    assert "heads" not in zhao.row("visit", visit.header.id)
    two = zhao.make("visit.corrected", {**told, "text": "乙"}, **first)
    assert await outcome_of(zhao) == ("contested", None)
    row = zhao.row("visit", visit.header.id)
    assert (row["edit"], row["heads"]) == (two.header.id, [two.header.id, one.header.id])
    assert await station.refolds()
    zhao.make("visit.corrected", {**told, "text": "丙"}, entity=visit.header.id, over={"revision": row["heads"]})
    assert await outcome_of(zhao) == ("accepted", None)
    assert "heads" not in zhao.row("visit", visit.header.id)
    assert await station.refolds()


async def test_a_tag_ends_where_it_ends(station: Station, zhao: Phone) -> None:
    zhao.make("resident.added", {"household": station["陈奶奶"], "facts": {}, "tags": ["veteran\n"]})
    assert await outcome_of(zhao) == ("quarantined", "bad_body")


async def test_text_comes_back_as_typed(station: Station, zhao: Phone) -> None:
    typed = ("<script>alert('走')</script> \"引\" & 𠮷🍱👩‍👩‍👧 \u202eabc\u202c \n\t " * 200)[:10_000]
    assert len(typed) == 10_000
    visit = zhao.visit(station["陈奶奶"], text=typed)
    assert await outcome_of(zhao) == ("accepted", None)
    await zhao.exchange()
    assert zhao.row("visit", visit.header.id)["text"] == typed
    assert await station.value("SELECT text FROM visit") == typed


async def test_a_worker_writes_in_their_own_grid_and_name_only(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    zhao.made.clear()
    body = {"household": station["陈奶奶"], "occurred_at_ms": NOON_MS, "mode": "door", "result": "met"}
    zhao.make("visit.recorded", body, grid=station["第四网格"])
    assert await outcome_of(zhao) == ("quarantined", "out_of_scope")
    zhao.make("visit.recorded", body, author=station["钱进"])
    assert await outcome_of(zhao) == ("quarantined", "not_author")
    zhao.make("visit.recorded", {**body, "household": str(uuid7())})
    assert await outcome_of(zhao) == ("quarantined", "unknown_entity")
    assert await station.value("SELECT count(*) FROM visit") == 0
    assert await station.refolds()


async def test_a_phone_cannot_make_itself_station_master(station: Station, zhao: Phone) -> None:
    me = {"name": "赵站长", "role": "station_master", "grids": [station["第四网格"]]}
    for grid in (None, zhao.grid):
        zhao.make("person.added", me, grid=grid)
        assert await outcome_of(zhao) == ("quarantined", "out_of_scope")
    zhao.make("device.enrolled", {"person": station["master"], "public_key": zhao.public_key, "label": "x"}, grid=None)
    assert await outcome_of(zhao) == ("quarantined", "out_of_scope")
    zhao.make("grid.added", {"community": station["community"], "name": "新网格", "sort": 1})
    assert await outcome_of(zhao) == ("quarantined", "out_of_scope")
    assert await station.value("SELECT count(*) FROM person") == 4


async def test_one_id_takes_effect_once(station: Station, zhao: Phone, qian: Phone) -> None:
    visit = zhao.visit(station["陈奶奶"], text="第一次")
    await zhao.exchange()
    body = {"household": station["马师傅"], "occurred_at_ms": 5, "mode": "door", "result": "met", "text": "冒用"}
    qian.make("visit.recorded", body, id=visit.header.id)
    assert await outcome_of(qian) == ("duplicate", None)
    assert [row[0] for row in await station.rows("SELECT text FROM visit")] == ["第一次"]
    assert await station.refolds()


async def test_an_entity_bears_the_id_of_its_edit(station: Station, zhao: Phone) -> None:
    body = {"household": station["陈奶奶"], "occurred_at_ms": 5, "mode": "door", "result": "met"}
    zhao.make("visit.recorded", body, entity=str(uuid7()))
    assert await outcome_of(zhao) == ("quarantined", "bad_body")


async def test_a_rule_that_fails_keeps_one_edit_aside(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = RULES["visit.recorded"]

    def stumble(said: Any, state: Any) -> Any:
        if said.body.text == "绊脚石":
            raise ZeroDivisionError
        return rule.fold(said, state)

    stumbling = {**RULES, "visit.recorded": replace(rule, fold=stumble)}
    monkeypatch.setattr("sync.fold.RULES", stumbling)
    for text in ("前", "绊脚石", "后"):
        zhao.visit(station["陈奶奶"], text=text)
    reply = await zhao.exchange()
    assert [o.get("reason") for o in reply["outcomes"]] == [None, "fold_error", None]
    assert sorted(row[0] for row in await station.rows("SELECT text FROM visit")) == ["前", "后"]


async def test_a_clock_a_day_fast_does_not_reach_past_the_receipt(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    station.now_ms += 3600_000
    zhao.clock_ms = NOON_MS + DAY_MS  # the phone's clock jumped after the last exchange
    visit = zhao.visit(station["陈奶奶"], occurred_at_ms=NOON_MS + DAY_MS)
    zhao.clock_ms = NOON_MS - 30 * DAY_MS
    backdated = zhao.visit(station["马师傅"], occurred_at_ms=NOON_MS - 30 * DAY_MS)
    assert await outcome_of(zhao) == ("accepted", None)
    times = "SELECT claimed_ms, effective_ms, received_ms FROM visit WHERE id = '{}'"
    fast = tuple((await station.rows(times.format(visit.header.id)))[0])
    assert fast == (NOON_MS + DAY_MS, station.now_ms, station.now_ms)
    # It reaches back no further than the receipt of what the phone had seen.
    slow = tuple((await station.rows(times.format(backdated.header.id)))[0])
    assert slow == (NOON_MS - 30 * DAY_MS, NOON_MS, station.now_ms)
    assert await station.value(f"SELECT occurred_at_ms FROM visit WHERE id = '{visit.header.id}'") == NOON_MS + DAY_MS


async def test_a_phone_that_had_seen_nothing_reaches_back_to_its_enrolment(station: Station) -> None:
    phone = await station.phone("赵敏")
    station.now_ms += 10_000
    phone.clock_ms = 1000
    edit = phone.visit(station["陈奶奶"])
    phone.clock_ms = station.now_ms
    other = phone.make("visit.recorded", msgspec.json.decode(edit.body), seen=Seen("another log", 10**9))
    await phone.exchange()
    rows = await station.rows("SELECT id, effective_ms FROM visit")
    assert dict(map(tuple, rows)) == {edit.header.id: NOON_MS, other.header.id: station.now_ms}


async def test_a_correction_keeps_the_old_telling(station: Station, zhao: Phone, qian: Phone) -> None:
    visit = zhao.visit(station["陈奶奶"], text="说错了", care="urgent")
    body = {"household": station["马师傅"], "occurred_at_ms": NOON_MS, "mode": "door", "result": "refused"}
    over = {"revision": [visit.header.id]}
    first = zhao.make("visit.corrected", {**body, "text": "改过"}, entity=visit.header.id, over=over)
    assert await outcome_of(zhao) == ("accepted", None)
    await zhao.exchange()
    row = zhao.row("visit", visit.header.id)
    assert (row["text"], row["revision"], row["edit"], row["result"]) == ("改过", 2, first.header.id, "refused")
    assert row["household"] == station["马师傅"]
    # The wrong door is as if never knocked at.
    assert zhao.row("door", station["陈奶奶"]) == {"id": station["陈奶奶"]}
    assert zhao.row("door", station["马师傅"])["knock_result"] == "refused"
    told = await station.rows("SELECT revision, edit, shown, covers FROM visit_revision ORDER BY revision")
    assert [(r[0], r[1], bool(r[2]), r[3]) for r in told] == [
        (1, visit.header.id, False, "[]"),
        (2, first.header.id, True, f'["{visit.header.id}"]'),
    ]
    # Two corrections of one telling: both stand, a person decides.
    zhao.make("visit.corrected", {**body, "text": "又改"}, entity=visit.header.id, over=over)
    assert await outcome_of(zhao) == ("contested", None)
    # Nobody else corrects it.
    qian.make("visit.corrected", {**body, "text": "我来改"}, entity=visit.header.id, over=over)
    assert await outcome_of(qian) == ("quarantined", "not_author")
    assert await station.refolds()


async def test_facts_that_differ_stand_side_by_side(station: Station, zhao: Phone, qian: Phone) -> None:
    home, known = station["陈奶奶"], station["陈奶奶"]
    mine = zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=home)
    assert await outcome_of(zhao) == ("accepted", None)
    qian.make("household.stated", {"facts": {"phone": "000-0000-0002", "headcount": 1}}, entity=home)
    assert await outcome_of(qian) == ("contested", None)
    assert await station.value(f"SELECT contested FROM household WHERE id = '{home}'")
    await zhao.exchange()
    heads = zhao.row("household", home)["facts"]["phone"]
    assert {head["value"] for head in heads} == {"000-0000-0001", "000-0000-0002"}
    assert {head["by"] for head in heads} == {"赵敏", "钱进"}
    # Settled with one tap over all heads.
    over = {"phone": [head["edit"] for head in heads], "contact": [known]}
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0002", "contact": "陈奶奶"}}, entity=home, over=over)
    assert await outcome_of(zhao) == ("accepted", None)
    row = (await station.rows(f"SELECT phone, headcount, contested FROM household WHERE id = '{home}'"))[0]
    assert tuple(row) == ("000-0000-0002", 1, False)
    [head] = zhao.row("household", home)["facts"]["phone"]
    assert mine.header.id in [seen["edit"] for seen in head["saw"]]
    assert await station.refolds()


async def test_a_fact_looks_through_ones_own_quarantined_edit(station: Station, zhao: Phone) -> None:
    home = station["陈奶奶"]
    first = zhao.make("household.stated", {"facts": {"phone": "1"}}, entity=home)
    # Not understood: too long. The next edit was made with it in view.
    aside = zhao.make(
        "household.stated", {"facts": {"phone": "1" * 31}}, entity=home, over={"phone": [first.header.id]}
    )
    zhao.make("household.stated", {"facts": {"phone": "2"}}, entity=home, over={"phone": [aside.header.id]})
    reply = await zhao.exchange()
    assert [o["outcome"] for o in reply["outcomes"]] == ["accepted", "quarantined", "accepted"]
    assert [head["value"] for head in zhao.row("household", home)["facts"]["phone"]] == ["2"]
    assert await station.refolds()


async def test_an_addition_that_the_remover_had_not_seen_stays(station: Station, zhao: Phone, qian: Phone) -> None:
    body = {"household": station["陈奶奶"], "facts": {"name": "陈奶奶"}, "tags": ["elder_alone", "disabled"]}
    resident = zhao.make("resident.added", body)
    await zhao.exchange()
    who = resident.header.id
    added = qian.make("resident.tagged", {"add": ["elder_alone"], "remove": []}, entity=who)
    await qian.exchange()
    over = {"tag:elder_alone": [who], "tag:disabled": [who]}
    body = {"add": [], "remove": ["elder_alone", "disabled"]}
    removal = Draft("resident.tagged", who, station["第三网格"], station["master"], body, over)
    assert [receipt.outcome for receipt in await station.journal.commit([removal])] == ["accepted"]
    await zhao.exchange()
    assert zhao.row("resident", who)["tags"] == {"elder_alone": [added.header.id]}
    assert await station.refolds()


async def test_refolding_notices_a_table_that_was_touched(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"], text="原话")
    await zhao.exchange()
    assert await station.refolds()
    async with station.db.writing() as connection:
        await connection.exec_driver_sql("UPDATE visit SET text = '改写'")
        await connection.exec_driver_sql("DELETE FROM door WHERE knock_ms IS NULL")
    report = await refold_report(station.db, station.settings)
    assert [line.split()[0] for line in report] == ["visit", "door", "door"]
