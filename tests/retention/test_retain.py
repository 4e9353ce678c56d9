"""Records have an end: counted first, then gone from everywhere; the journal still verifies and folds the same."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from sqlalchemy import text
from uuid_utils import uuid7

from server.__main__ import main
from server.blobs import Blobs
from server.journal import Draft, erasing, log_id
from server.localtime import DAY_MS
from server.retention.classes import CLASSES, years_before
from server.retention.command import Words, retain
from tests.blobs.pictures import jpeg
from tests.desk.conftest import sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

VOLUNTEER = {"name": "老高", "role": "volunteer", "grids": []}
YEARS_MS = 4 * 366 * DAY_MS
TABLES = {"journal": "header, salt, body", "visit": "*", "visit_revision": "*", "feed": "*", "snapshot_part": "data",
          "suggestion": "*", "daily_log": "*", "patrol_note": "*", "verification_order": "*", "order_answer": "*",
          "item": "*", "report": "*", "whistle": "*", "hotline_ticket": "*"}  # fmt: skip


async def keep(station: Station, *, apply: bool) -> None:
    await retain(station.journal, station.settings, Words("zh"), CLASSES, apply=apply)


async def years_pass(station: Station, *phones: Phone) -> None:
    """Four years later somebody is still at work."""
    station.now_ms += YEARS_MS
    for phone in phones:
        phone.clock_ms = station.now_ms


async def everything(station: Station) -> str:
    """All bytes of the database that may hold words, as text."""
    found = []
    for table, columns in TABLES.items():
        for row in await station.rows(f"SELECT {columns} FROM {table}"):
            found += [bytes(each).decode(errors="replace") if isinstance(each, bytes) else str(each) for each in row]
    return "\n".join(found)


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [("2026-11-20", 3, "2023-11-20"), ("2028-02-29", 3, "2025-02-28"), ("2028-02-29", 4, "2024-02-29")],
)
def test_a_cut_is_the_same_day_some_years_before(day: str, years: int, before: str) -> None:
    assert years_before(day, years) == before


@pytest.mark.parametrize("said", ["0", "31", "three", "-1", "", "１"])
def test_years_that_cannot_be_meant_are_told_and_nothing_is_done(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.setenv("SIFANG_KEEP_VISITS_YEARS", said)
    assert main(["retain", "--apply"]) == 1
    assert "SIFANG_KEEP_VISITS_YEARS" in capsys.readouterr().err


async def test_a_count_touches_nothing(station: Station, zhao: Phone, capsys: pytest.CaptureFixture[str]) -> None:
    zhao.visit(station["陈奶奶"], text="腿好些了")
    await zhao.exchange()
    await years_pass(station)
    size = await station.journal.size()
    await keep(station, apply=False)
    said = capsys.readouterr().out
    assert "走访：1 次早于" in said
    assert "什么都没动" in said
    assert await station.journal.size() == size
    assert "腿好些了" in await everything(station)


async def test_old_visits_go_from_journal_tables_feed_and_phones_and_new_ones_stay(
    station: Station, zhao: Phone, capsys: pytest.CaptureFixture[str]
) -> None:
    chen = station["陈奶奶"]
    first = zhao.visit(chen, text="旧的话", follow_up_on="2027-01-20").header.id
    told = {"household": chen, "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met", "text": "改过的旧话"}
    zhao.make("visit.corrected", told, entity=first, over={"revision": [first]})
    zhao.visit(station["马师傅"], "no_answer")
    await zhao.exchange()
    await zhao.exchange()
    await years_pass(station, zhao)
    new = zhao.visit(chen, "no_answer", text="新的话").header.id
    await zhao.exchange()
    assert "旧话" in await everything(station)
    before = await station.rows("SELECT position, hash, header FROM journal ORDER BY position")
    await keep(station, apply=True)
    assert "已抹掉 2／2 次走访" in capsys.readouterr().out
    after = await station.rows("SELECT position, hash, header FROM journal ORDER BY position")
    assert after[: len(before)] == before, "headers and chain stay"
    left = await everything(station)
    assert not re.search("旧的?话", left)
    assert "新的话" in left
    assert await station.value(f"SELECT count(*) FROM journal WHERE body IS NULL AND entity = '{first}'") == 2
    assert [row.id for row in await station.rows("SELECT id FROM visit")] == [new]
    door = await station.rows(f"SELECT contact_ms, knock_result, promise_on FROM door WHERE id = '{chen}'")
    assert tuple(door[0]) == (None, "no_answer", None), "the door knows the visits that are left"
    assert await station.refolds()
    await zhao.exchange()
    assert ("visit", new) in zhao.rows
    assert zhao.rows.get(("visit", first), {}).get("row") is None
    # Once more: nothing is left to do, and nothing is said.
    size = await station.journal.size()
    await keep(station, apply=True)
    assert await station.journal.size() == size


async def test_what_was_built_on_old_visits_folds_the_same_without_them(station: Station, zhao: Phone) -> None:
    """Told in two ways and settled, set aside and let in, judged a pair, moved to another grid: then erased."""
    chen, third, fourth, master = (station[name] for name in ("陈奶奶", "第三网格", "第四网格", "master"))
    qian, stranger = await station.phone("钱进"), await station.phone("孙立", "第三网格")
    one = zhao.visit(chen, text="旧一").header.id
    two = qian.visit(chen, text="旧二").header.id
    aside = stranger.visit(chen, text="旧三").header.id
    for phone in (zhao, qian, stranger):
        await phone.exchange()
    told = {"household": chen, "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    over = {"revision": [one]}
    ways = [zhao.make("visit.corrected", {**told, "text": f"旧四{n}"}, entity=one, over=over) for n in "ab"]
    await zhao.exchange()
    place = await station.value(f"SELECT position FROM journal WHERE id = '{aside}'")
    a, b = sorted((one, two))
    settled = {"revision": [edit.header.id for edit in ways]}
    for draft in (
        Draft("edit.released", aside, third, master, {"position": place, "reason": "帮隔壁看的"}),
        Draft("visit.settled", one, third, master, {"shown": ways[0].header.id}, settled),
        Draft("pair.judged", a, third, master, {"of": "visit", "a": a, "b": b, "verdict": "same"}),
        Draft("building.moved", station["3幢"], third, master, {"to": fourth}),
    ):
        (receipt,) = await station.journal.commit([draft])
        assert receipt.outcome in ("accepted", "contested"), (draft.kind, receipt)
    assert await station.refolds()
    await years_pass(station, qian)
    await keep(station, apply=True)
    assert await station.value("SELECT count(*) FROM visit") == 0
    assert await station.value("SELECT count(*) FROM pair_verdict") == 0
    assert not re.search("旧[一二三四]", await everything(station))
    assert await station.refolds()
    # A correction that comes years late finds no visit, as for any that never was.
    late = qian.make("visit.corrected", {**told, "text": "迟到"}, entity=two, over={"revision": [two]})
    await qian.exchange()
    assert qian.outcomes[late.header.n]["outcome"] == "quarantined"
    assert await station.refolds()


async def test_what_never_took_effect_loses_its_words_too(station: Station, zhao: Phone) -> None:
    zhao.make("visit.recorded", {"household": station["陈奶奶"], "mode": "by air", "text": "写坏的旧话"})
    await zhao.exchange()
    await years_pass(station)
    await keep(station, apply=True)
    assert "写坏的旧话" not in await everything(station)
    assert await station.refolds()


async def test_an_erasure_that_is_interrupted_leaves_all_in_order_and_goes_on(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "VISITS_A_TIME", 2)
    for n in range(5):
        zhao.visit(station["陈奶奶"], text=f"旧话{n}")
    await zhao.exchange()
    await years_pass(station, zhao)
    drop = erasing.drop_downloads

    def pulled(store: object, grid: str) -> None:
        monkeypatch.setattr(erasing, "drop_downloads", broken)
        drop(store, grid)  # type: ignore[arg-type]

    def broken(store: object, grid: str) -> None:
        raise RuntimeError("the plug")

    monkeypatch.setattr(erasing, "drop_downloads", pulled)
    with pytest.raises(RuntimeError, match="the plug"):
        await keep(station, apply=True)
    assert await station.value("SELECT count(*) FROM visit") == 3, "two went, whole; the next two did not, whole"
    assert await station.value("SELECT count(*) FROM journal WHERE body IS NULL") == 2
    assert await station.refolds()
    zhao.visit(station["马师傅"], text="这时送到的")
    await zhao.exchange()
    monkeypatch.setattr(erasing, "drop_downloads", drop)
    await keep(station, apply=True)
    assert [row.text for row in await station.rows("SELECT text FROM visit")] == ["这时送到的"]
    assert await station.refolds()


async def test_what_a_restored_backup_brings_back_is_erased_again(station: Station, zhao: Phone) -> None:
    edit = zhao.visit(station["陈奶奶"], text="旧话")
    await zhao.exchange()
    await years_pass(station)
    await keep(station, apply=True)
    async with station.db.writing() as db:
        back = {"salt": edit.salt, "body": edit.body, "id": edit.header.id}
        await db.execute(text("UPDATE journal SET salt = :salt, body = :body WHERE id = :id"), back)
    assert await station.refolds(), "whoever folds a journal that still has the words comes to the same"
    await keep(station, apply=True)
    assert "旧话" not in await everything(station)
    assert await station.refolds()


async def test_who_looked_has_an_end_as_well(station: Station) -> None:
    at = f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"
    await (await sign_in(station, "master")).get(at)
    await station.app.state.looked.write()
    await years_pass(station)
    assert "501" in words(await (await sign_in(station, "master")).get(at))
    await station.app.state.looked.write()
    await keep(station, apply=True)
    assert await station.value("SELECT count(*) FROM access_record") == 1
    (row,) = await station.rows("SELECT body FROM journal WHERE kind = 'records.erased'")
    assert json.loads(bytes(row.body))["what"] == "access"
    assert await station.refolds()


async def test_suggestions_have_an_end_also_those_that_never_took_effect(station: Station, zhao: Phone) -> None:
    zhao.make("suggestion.made", {"text": "字再大点", "page": "doors"})
    zhao.make("suggestion.made", {"text": "别处说的话", "page": "doors"}, grid=station["第四网格"])
    await zhao.exchange()
    await years_pass(station, zhao)
    zhao.make("suggestion.made", {"text": "颜色再深点", "page": "doors"})
    await zhao.exchange()
    await keep(station, apply=False)
    assert await station.value("SELECT count(*) FROM suggestion") == 2
    await keep(station, apply=True)
    assert [row.text for row in await station.rows("SELECT text FROM suggestion")] == ["颜色再深点"]
    left = await everything(station)
    assert [said in left for said in ("字再大点", "别处说的话", "颜色再深点")] == [False, False, True]
    (row,) = await station.rows("SELECT body FROM journal WHERE kind = 'records.erased'")
    assert [json.loads(bytes(row.body))[name] for name in ("what", "count")] == ["suggestions", 2]
    assert await station.refolds()


async def test_logs_of_days_end_with_what_was_asked_of_them_and_phones_forget_them(
    station: Station, zhao: Phone
) -> None:
    grid = station["第三网格"]

    def log(day: str, text: str) -> str:
        return zhao.make(
            "daily_log.sent", {"day": day, "text": text}, entity=log_id(zhao.person, grid, day)
        ).header.entity

    old = log("2026-11-20", "三楼吵架的说好了")
    await zhao.exchange()
    note = Draft("daily_log.returned", old, grid, station["master"], {"note": "谁家吵架"}, {"step": []})
    await station.journal.commit([note])
    zhao.make("daily_log.sent", {"day": "2026-11-20", "text": "没放对地方的"}, entity=str(uuid7()))
    await zhao.exchange()
    await years_pass(station, zhao)
    new = log("2030-11-20", "新的一天")
    await zhao.exchange()
    assert ("daily_log", old) in zhao.rows
    await keep(station, apply=True)
    await zhao.exchange()
    assert [row.id for row in await station.rows("SELECT id FROM daily_log")] == [new]
    assert [id_ for kind, id_ in zhao.rows if kind == "daily_log"] == [new]
    left = await everything(station)
    assert "新的一天" in left
    assert not [word for word in ("说好了", "谁家吵架", "没放对地方") if word in left]
    assert await station.refolds()


async def test_patrols_orders_items_and_reports_end_too_and_nothing_else_does(station: Station, zhao: Phone) -> None:
    grid, home = station["第三网格"], station["陈奶奶"]
    await station.add(
        "邻居", "person.added", {**VOLUNTEER, "community": station["community"], "buildings": [station["3幢"]]}
    )

    async def a_day(n: int) -> None:
        at, due = station.now_ms, "2031-01-01"
        zhao.clock_ms = at
        walk = zhao.make("patrol.started", {}).header.id
        zhao.make("patrol.noted", {"what": "problem", "text": f"巡查的话{n}", "patrol": walk})
        zhao.make("patrol.ended", {}, entity=walk, over={"step": [walk]})
        raised = {"kind": "mediation", "household": home, "text": f"事项的话{n}", "occurred_at_ms": at}
        item = zhao.make("item.raised", raised).header.id
        zhao.make("item.told", {"note": f"后来的话{n}"}, entity=item)
        heard = {"title": f"哨子的话{n}", "household": home, "occurred_at_ms": at}
        whistle = zhao.make("whistle.raised", heard).header.id
        zhao.make(
            "whistle.moved", {"to": "withdrawn", "note": f"收回的话{n}"}, entity=whistle, over={"step": [whistle]}
        )
        await zhao.exchange()
        order, report = str(uuid7()), str(uuid7())
        asked = {"title": f"核查的话{n}", "points": ["在不在"], "due": due, "households": [home]}
        said = {"text": f"邻居的话{n}", "occurred_at_ms": at}
        called = {"ticket": f"HL-{n}", "community": station["community"], "title": f"工单的话{n}", "occurred_at_ms": at}
        ticket = str(uuid7())
        drafts = [
            Draft("hotline_ticket.received", ticket, grid, station["master"], called, id=ticket),
            Draft("order.issued", order, grid, station["master"], asked, id=order),
            Draft("report.made", report, None, station["邻居"], said, id=report),
        ]
        await station.commit(drafts)
        answer = {"household": home, "points": [{"ok": False, "note": f"门口的话{n}"}], "occurred_at_ms": at}
        zhao.make("order.answered", answer, entity=order)
        await zhao.exchange()

    await a_day(1)
    kinds = {"patrol", "patrol_note", "item", "verification_order", "order_answer", "report", "whistle"}
    assert {kind for kind, _ in zhao.rows} >= kinds
    await years_pass(station, zhao)
    await a_day(2)
    await keep(station, apply=True)
    await zhao.exchange()
    left = await everything(station)
    assert not re.findall("..的话1", left)
    assert len(set(re.findall("..的话2", left))) == 9
    assert {kind: sum(each == kind for each, _ in zhao.rows) for kind in kinds} == dict.fromkeys(kinds, 1)
    assert await station.refolds()


async def test_photos_that_nothing_names_any_more_are_removed(station: Station, zhao: Phone) -> None:
    blobs = Blobs(station.settings.blobs, spare_bytes=0)
    old, new, fresh, walked, noted = (blobs.put(jpeg(extra=bytes([n]) * 4)) for n in range(1, 6))

    def note(name: str) -> None:
        """It is told anew without it: what was said before is kept, and with it what it showed."""
        shown = {"what": "problem", "blobs": [{"sha256": name, "type": "image/jpeg", "bytes": 9}]}
        first = zhao.make("patrol.noted", shown).header.id
        zhao.make("patrol.noted", {"what": "problem", "text": "灯"}, entity=first, over={"revision": [first]})

    zhao.visit(station["陈奶奶"], blobs=[{"sha256": old, "type": "image/jpeg", "bytes": 9}])
    note(walked)
    await zhao.exchange()
    await years_pass(station, zhao)
    zhao.visit(station["陈奶奶"], blobs=[{"sha256": new, "type": "image/jpeg", "bytes": 9}])
    note(noted)
    await zhao.exchange()
    for name in (old, new, walked, noted):
        long_ago = blobs.path(name).stat().st_mtime - 40 * 24 * 3600
        os.utime(blobs.path(name), (long_ago, long_ago))
    await keep(station, apply=True)
    assert [blobs.is_whole(name) for name in (old, walked)] == [False, False]
    assert [blobs.is_whole(name) for name in (new, noted, fresh)] == [True, True, True]
