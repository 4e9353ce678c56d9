"""Chains that do not go on as they should: a cloned phone, a server restored from yesterday."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Playwright

from e2e.hand_phone import HandPhone, hand_page, journal, token
from e2e.station import Station

pytestmark = pytest.mark.browser


def test_two_phones_with_one_history_both_keep_everything(station: Station, playwright: Playwright) -> None:
    with hand_page(playwright, station) as page:
        first = HandPhone(page, "first")
        first("enrol", token=token(station, "小赵"))
        first.settle()
        first("visit", doors=[1], texts=["克隆以前"])
        first.settle()
        second = HandPhone(page, "second")
        first("clone", name="second")
        first("open", name="first")
        # Both go on as the same device.
        first("visit", doors=[2], texts=["这部先送到"])
        first.settle()
        pushed = second("visit", doors=[3, 4], texts=["那部后送", "那部也后送"])
        state = second.settle()
        later = second("visit", doors=[5], texts=["分开以后"])
        again = second.settle()

        # What was pushed under the doubled numbers is set aside for a person; the rest goes on under a new device.
        told = {edit["id"]: (edit["outcome"], edit.get("reason")) for edit in state["edits"]}
        assert [told[edit["id"]] for edit in pushed] == [("quarantined", "fork")] * 2
        assert again["chain"]["device"] != first("state")["chain"]["device"]
        assert (again["chain"]["n"], again["sync"]["acked"]) == (1, 1)
        rows = journal(station)
        assert len(rows) == 5
        assert [row[3:] for row in rows if row[0] == later[0]["id"]] == [("accepted", None)]
        # Syncing again changes nothing.
        first.settle()
        second.settle()
        assert journal(station) == rows


def test_edits_made_while_a_fork_is_found_go_on_under_the_new_device(station: Station, playwright: Playwright) -> None:
    with hand_page(playwright, station) as page:
        first = HandPhone(page, "first")
        first("enrol", token=token(station, "老孙"))
        first.settle()
        second = HandPhone(page, "second")
        first("clone", name="second")
        first("open", name="first")
        first("visit", doors=[1], texts=["先"])
        first.settle()
        # More than one exchange carries: the first push is set aside, the rest was never sent and is chained anew.
        many = second("visit", doors=list(range(520)), texts=[f"第{n}条" for n in range(520)])
        state = second.settle()
        rows = {row[0]: row for row in journal(station)}
        assert {edit["id"] for edit in many} <= set(rows)
        aside = [edit for edit in many if rows[edit["id"]][4] == "fork"]
        assert 0 < len(aside) < len(many)
        assert aside == many[: len(aside)]
        went_on = [rows[edit["id"]] for edit in many[len(aside) :]]
        assert [row[2:4] for row in went_on] == [(n, "accepted") for n in range(1, len(went_on) + 1)]
        assert {row[1] for row in went_on} == {state["chain"]["device"]}


def test_a_server_restored_from_a_backup_gets_again_what_it_forgot(station: Station, playwright: Playwright) -> None:
    database, backup = station.data / "sifang.db", station.data / "yesterday.db"
    with hand_page(playwright, station) as page:
        zhao = HandPhone(page, "zhao")
        zhao("enrol", token=token(station, "小赵"))
        zhao.settle()
        zhao("visit", doors=[1, 2], texts=["昨天", "昨天"])
        zhao.settle()
        with closing(sqlite3.connect(database)) as db, closing(sqlite3.connect(backup)) as copy:
            db.backup(copy)
        today = zhao("visit", doors=[3, 4], texts=["今天", "今天"])
        zhao.settle()
        assert len(journal(station)) == 4

        station.kill()
        for ending in ("", "-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        backup.rename(database)
        station.start()
        assert len(journal(station)) == 2

        # One more edit: the server names the number it expects. Then nothing to send: its head says what it lacks.
        more = zhao("visit", doors=[5], texts=["恢复以后"])
        state = zhao.settle()
        rows = journal(station)
        assert [row[2:4] for row in rows] == [(n, "accepted") for n in range(1, 6)]
        assert {edit["id"] for edit in [*today, *more]} <= {row[0] for row in rows}
        assert state["open"] == 0
        texts = [line for line in state["rows"].split("\n") if line.startswith("visit ")]
        assert sum("今天" in line or "恢复以后" in line for line in texts) == 3
        zhao.settle()
        assert journal(station) == rows


def test_a_restored_server_is_told_without_a_new_edit(station: Station, playwright: Playwright) -> None:
    database, backup = station.data / "sifang.db", station.data / "yesterday.db"
    with hand_page(playwright, station) as page:
        zhao = HandPhone(page, "zhao")
        zhao("enrol", token=token(station, "小赵"))
        zhao.settle()
        with closing(sqlite3.connect(database)) as db, closing(sqlite3.connect(backup)) as copy:
            db.backup(copy)
        zhao("visit", doors=[1], texts=["备份以后"])
        zhao.settle()
        station.kill()
        for ending in ("", "-wal", "-shm"):
            database.with_name(database.name + ending).unlink(missing_ok=True)
        backup.rename(database)
        station.start()
        zhao.settle()
        assert [row[2:4] for row in journal(station)] == [(1, "accepted")]
