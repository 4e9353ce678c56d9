"""Tables are what the journal folds to: noticed when they are not, mended, and folded anew by newer rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from server.db import Database
from server.journal import Draft, Journal, NewerRules, Receipt, rebuild, refold_report
from server.journal.refold import FOLDED
from server.localtime import local_day
from sync.rules import RULES_VERSION, version
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def spoil(station: Station, *statements: str) -> None:
    """Somebody's hand in the tables."""
    async with station.db.writing() as db:
        for statement in statements:
            await db.execute(text(statement))


async def mend(station: Station, *only: str) -> dict[str, int]:
    """Rebuild; how many rows of each table were wrong."""
    done = await station.journal.transactions.write(lambda store: rebuild(store, 480, only))
    assert done.trouble == []
    return done.rows


async def test_whatever_is_wrong_with_the_tables_is_found_and_mended(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"], text="腿好些了")
    zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=station["马师傅"])
    await zhao.exchange()
    kept = await station.rows("SELECT n, hash, nonce_floor_ms, last_seen_ms FROM device ORDER BY id")
    before = await zhao.exchange()
    await spoil(
        station,
        "UPDATE visit SET text = '' WHERE text IS NOT NULL",
        "DELETE FROM door",
        f"UPDATE household SET contested = NOT contested WHERE id = '{station['马师傅']}'",
        f"UPDATE device SET label = '别人的', n = n + 1 WHERE id = '{zhao.device}'",
        f"DELETE FROM feed WHERE id = '{station['空房']}'",
        "INSERT INTO community (id, name, rev, restricted) SELECT 'nowhere', name, rev, restricted FROM community",
    )
    report = await refold_report(station.db, station.settings)
    assert len(report) == 9, report
    assert "community nowhere: not in the journal" in report
    assert await mend(station, "door") == {"door": 3}
    assert await mend(station) == {"visit": 1, "household": 1, "device": 1, "feed": 2, "community": 1}
    assert await station.refolds()
    assert await station.rows("SELECT n, hash, nonce_floor_ms, last_seen_ms FROM device ORDER BY id") == kept
    # What the phone was sent may have been wrong: it fetches this grid anew, and no other.
    reply = await zhao.exchange()
    assert reply["scopes"][0]["generation"] == before["scopes"][0]["generation"] + 1
    assert [each for each in reply["scopes"] if "snapshot" in each] != []
    assert await mend(station) == {}
    assert "snapshot" not in (await zhao.exchange())["scopes"][0]


async def test_what_nobody_has_said_is_unsaid_in_mended_tables_too(station: Station, zhao: Phone) -> None:
    zhao.make("resident.added", {"household": station["陈奶奶"], "facts": {"name": "陈奶奶"}, "tags": []})
    await zhao.exchange()
    await spoil(station, "UPDATE resident SET name = ''")
    assert await mend(station) == {"resident": 1}
    assert await station.value("SELECT lives_here FROM resident") is None
    assert await station.refolds()


async def test_a_server_goes_on_writing_while_its_journal_is_folded(station: Station, zhao: Phone) -> None:
    folded: list[tuple[int, int]] = []
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()

    def more(done: int, size: int) -> None:
        folded.append((done, size))

    async with station.db.reading() as looking:
        sizes = [(await looking.execute(text("SELECT size FROM journal_head"))).scalar()]
        zhao.visit(station["马师傅"])
        await zhao.exchange()
        sizes.append((await looking.execute(text("SELECT size FROM journal_head"))).scalar())
    assert sizes[0] == sizes[1], "one view of the database, whatever is committed meanwhile"
    assert await refold_report(station.db, station.settings, more) == []
    assert folded[-1] == (await station.journal.size(), await station.journal.size())


async def test_bytes_changed_in_the_journal_are_told(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    await spoil(station, "UPDATE journal SET body = salt WHERE kind = 'visit.recorded'")
    report = await refold_report(station.db, station.settings)
    assert any("the bytes are not those that were made" in line for line in report), report
    await spoil(station, "DELETE FROM journal WHERE position = 3")
    assert "journal: position 3 is missing" in await refold_report(station.db, station.settings)


async def test_a_journal_begins_with_its_rules(station: Station) -> None:
    assert await station.rows("SELECT kind, outcome FROM journal WHERE position = 0") == [("rules.version", "accepted")]
    assert await station.value("SELECT rules FROM journal_head") == RULES_VERSION
    journal = Journal(station.db, station.settings)
    size = await station.journal.size()
    assert (await journal.start()).rebuilt is None
    await journal.stop()
    assert await station.journal.size() == size, "the same rules: nothing to say"


async def test_tables_of_older_rules_are_folded_anew_before_anything_is_written(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhao.visit(station["陈奶奶"], text="腿好些了")
    zhao.make("patrol.walked", {})
    await zhao.exchange()
    await spoil(station, "UPDATE visit SET words = 'as older rules had it'", "UPDATE journal_head SET rules = 0")
    journal = Journal(station.db, station.settings)
    begun = await journal.start()
    await journal.stop()
    assert begun.rebuilt is not None
    assert begun.rebuilt.rows == {"visit": 1}
    assert await station.rows("SELECT kind FROM journal ORDER BY position DESC LIMIT 1") == [("rules.version",)]
    assert await station.refolds()
    # A kind that is known from now on: what was set aside for it stays aside, as its author was told.
    await spoil(station, "UPDATE journal_head SET rules = 0")
    monkeypatch.setitem(__import__("sync.rules").rules.RULES, "patrol.walked", version.KINDS["rules.version"])
    assert await station.refolds()
    journal = Journal(station.db, station.settings)
    await journal.start()
    await journal.stop()
    assert await station.refolds()


async def test_a_database_of_the_first_rules_goes_on_by_ours(station: Station, zhao: Phone) -> None:
    three, four = station["第三网格"], station["第四网格"]
    leader = {"name": "李网格长", "role": "grid_leader", "community": station["community"], "grids": [three]}
    await station.add("李网格长", "person.added", leader)
    home, day_ms = station["陈奶奶"], 86_400_000
    zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home)
    who = zhao.make("resident.added", {"household": home, "facts": {"name": "陈奶奶"}, "tags": ["disabled"]}).header.id
    zhao.make("resident.tagged", {"remove": ["disabled"]}, entity=who, over={"tag:disabled": [who]})
    zhao.visit(home, follow_up_on=local_day(zhao.clock_ms + 2 * day_ms, 480))
    zhao.visit(home, occurred_at_ms=zhao.clock_ms + day_ms)
    await zhao.exchange()
    said = Draft("household.stated", home, three, station["李网格长"], {"facts": {"occupancy": "owner"}})
    moved = Draft("building.moved", station["3幢"], three, station["master"], {"to": four})
    await station.journal.commit([said, moved])
    undone = {"field": "occupancy", "edit": zhao.made[0].header.id}
    await station.journal.commit([Draft("household.undone", home, three, station["李网格长"], undone)])
    # By the first rules the worker's word and that of whoever had led the grid took effect alike, and any meeting kept
    # a promise.
    decided = "reason = 'needs_decision'"
    assert await station.value(f"SELECT count(*) FROM journal WHERE {decided}") == 1
    await spoil(
        station,
        f"UPDATE journal SET outcome = 'accepted', reason = NULL WHERE outcome = 'contested' OR {decided}",
        "UPDATE door SET promise_on = NULL, promise_ms = NULL, promise_visit = NULL",
        "UPDATE resident SET tags = '{}', leaving = '{}', contested = NOT (1 = 1)",
        "UPDATE journal_head SET rules = 1",
    )
    journal = Journal(station.db, station.settings)
    begun = await journal.start()
    await journal.stop()
    assert begun.rebuilt is not None
    assert begun.rebuilt.trouble == [], "nothing that took effect is set aside by newer rules"
    assert await station.value("SELECT rules FROM journal_head") == RULES_VERSION == 10
    assert await station.value(f"SELECT leaving FROM resident WHERE id = '{who}'") != "{}"
    assert await station.value(f"SELECT lives_here FROM resident WHERE id = '{who}'") is None, "nobody had said"
    assert await station.value(f"SELECT promise_on FROM door WHERE id = '{home}'") is not None
    assert await station.value(f"SELECT occupancy FROM household WHERE id = '{home}'") == "owner"
    assert await station.refolds()


async def test_a_database_of_the_second_rules_goes_on_by_the_third(station: Station, zhao: Phone) -> None:
    """Decisions did not say then what they had seen, and who came second was set aside."""
    edit = zhao.make("visit.recorded", {"household": station["陈奶奶"], "mode": "by air"}).header.id
    sun = await station.phone("孙立", "第三网格")
    visit = sun.visit(station["陈奶奶"], text="帮隔壁看了一眼").header.id
    await zhao.exchange()
    await sun.exchange()
    places = {row.id: {"position": row.position} for row in await station.rows("SELECT id, position FROM journal")}

    async def say(kind: str, of: str, **more: str) -> Receipt:
        draft = Draft(f"edit.{kind}", of, station["第三网格"], station["master"], {**places[of], **more})
        return (await station.journal.commit([draft]))[0]

    await say("declined", visit, reason="记错门了")
    await say("reopened", visit)
    released = await say("released", visit)
    second = await say("declined", visit, reason="还是记错了")
    declined = await say("declined", edit, reason="写坏了")
    await spoil(
        station,
        f"UPDATE journal SET outcome = 'quarantined', reason = 'decided' WHERE id = '{second.id}'",
        "UPDATE aside_decision SET step = NULL, comments = '[]'",
        f"UPDATE aside_decision SET rev = {released.position} WHERE edit = '{visit}'",
        f"UPDATE feed SET rev = {released.position} WHERE id = '{visit}' AND kind = 'aside'",
        f"UPDATE scope SET rev = {released.position} WHERE scope = 'person:{station['孙立']}'",
        "UPDATE journal_head SET rules = 2",
    )
    journal = Journal(station.db, station.settings)
    begun = await journal.start()
    await journal.stop()
    assert begun.rebuilt is not None
    assert begun.rebuilt.trouble == []
    assert begun.rebuilt.rows == {"aside_decision": 2}
    rows = await station.rows("SELECT edit, decision, step, comments FROM aside_decision")
    assert {tuple(row) for row in rows} == {
        (visit, "released", released.id, "[]"),
        (edit, "declined", declined.id, "[]"),
    }
    assert await station.value("SELECT count(*) FROM visit") == 1
    assert await station.value(f"SELECT reason FROM journal WHERE id = '{second.id}'") == "decided"
    assert await station.refolds()


async def test_an_older_sifang_leaves_newer_tables_alone(station: Station) -> None:
    await spoil(station, "UPDATE journal_head SET rules = rules + 1")
    with pytest.raises(NewerRules, match=r"newer Sifang.*新版"):
        await Journal(station.db, station.settings).start()
    await spoil(station, "UPDATE journal_head SET rules = rules - 1")


async def test_every_table_that_edits_fold_to_is_compared(station: Station, tmp_path: Path) -> None:
    from server import schema

    kept = {
        "journal", "journal_head", "fork", "head_statement", "backup", "healing", "snapshot", "snapshot_part",
        "session", "join_link", "join_code", "join_meeting", "passkey_use", "used_challenge", "access_record",
        "ledger_tile", "checkpoint", "ledger_doubt", "erased_blob", "phone_health", "hook_message",
            "whistle_due", "whistle_due_head",
    }  # fmt: skip
    assert {table.name for table in FOLDED} == set(schema.metadata.tables) - kept
    assert isinstance(station.db, Database)
