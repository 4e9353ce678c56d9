"""Somebody who has the database alone, and makes it agree with itself: what an audit finds all the same."""

from __future__ import annotations

from uuid import uuid4

import pytest

from server.backup.auditing import _tell_late
from server.backup.words import words_of
from server.journal import Draft, Thing
from server.journal.audit import audit_report
from server.journal.refold import rebuild
from sync.edit import NOBODY
from tests.journal.conftest import Station, station, zhao  # noqa: F401
from tests.journal.phone import Phone
from tests.journal.test_fork import clone
from tests.ledger.test_audit import audited, run, worked

pytestmark = pytest.mark.anyio


async def folded(station: Station) -> None:  # noqa: F811
    """The tables made to fit."""
    await station.journal.transactions.write(lambda store: rebuild(store, station.settings.utc_offset_min))


async def root(station: Station) -> str:  # noqa: F811
    """Of all there is."""
    found: str = (await audit_report(station.journal, ())).done["root"]
    return found


async def test_words_about_a_door_whose_past_was_erased(station: Station, zhao: Phone) -> None:  # noqa: F811
    home, grid = station["陈奶奶"], station["第三网格"]
    zhao.visit(home, text="旧话")
    await zhao.exchange()
    assert await station.journal.erase(Thing("household", home, grid, home), station["master"], "asked")
    for _ in range(2):
        await zhao.exchange()
    edit = zhao.make("household.stated", {"facts": {"note": "新人家"}}, entity=home)
    assert (await zhao.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert await audited(station) == []
    assert await run(station, f"UPDATE journal SET body = NULL, salt = NULL WHERE id = '{edit.header.id}'") == 1
    await folded(station)
    assert await audited(station) == ["vanished"]


async def test_what_was_said_of_two_that_look_alike(station: Station, zhao: Phone) -> None:  # noqa: F811
    one, other = (zhao.visit(station["陈奶奶"], text=f"第{n}次").header.id for n in range(2))
    await zhao.exchange()
    a, b = sorted((one, other))
    body = {"of": "visit", "a": a, "b": b, "verdict": "different"}
    (receipt,) = await station.journal.commit([Draft("pair.judged", a, station["第三网格"], station["master"], body)])
    assert receipt.outcome == "accepted", receipt
    assert await run(station, f"UPDATE journal SET body = NULL, salt = NULL WHERE id = '{receipt.id}'") == 1
    await folded(station)
    assert await audited(station) == ["vanished"]


@pytest.mark.parametrize("hidden", [False, True])
async def test_the_last_visit_cut_off_with_all_that_was_signed_of_it(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    hidden: bool,
) -> None:
    await worked(station, zhao)
    await station.journal.stop()
    for statement in (
        "UPDATE device SET held_size = NULL",
        "DELETE FROM checkpoint",
        "DELETE FROM ledger_tile",
        "DELETE FROM journal WHERE position = (SELECT max(position) FROM journal)",
        "UPDATE journal_head SET size = size - 1",
        *(["DELETE FROM head_statement WHERE n = 3"] if hidden else []),
    ):
        await run(station, statement)
    fresh = type(station.journal)(station.db, station.settings)
    await fresh.transactions.write(lambda store: rebuild(store, station.settings.utc_offset_min))
    await fresh.start()
    station.app.state.journal = fresh
    assert await audited(station) == ([] if hidden else ["cut"])
    if hidden:
        return
    # As it is right after a restore: the backup knew of the signature, and lacked the edit.
    size = await station.journal.size()
    heads = [{"size": size, "root": await root(station), "source": "backup"}]
    restored = {"from_log": str(uuid4()), "from_size": size, "heads": heads}
    (receipt,) = await station.journal.commit([Draft("server.restored", str(uuid4()), None, NOBODY, restored)])
    assert receipt.outcome == "accepted", receipt
    report = await audit_report(station.journal, ())
    assert ([each.code for each in report.found], [each.code for each in report.beyond]) == ([], ["cut_before"])


async def test_a_branch_that_was_set_aside_is_not_cut_off(station: Station, zhao: Phone) -> None:  # noqa: F811
    """A phone that goes on from an older copy of itself signs edits that are not of its chain."""
    await worked(station, zhao, 1)
    copy = clone(zhao)
    zhao.visit(station["陈奶奶"], text="真")
    await zhao.exchange()
    copy.nonce = station.journal.new_nonce(copy.device)
    copy.visit(station["陈奶奶"], text="又")
    reply = (await copy.send(copy.request())).json()
    assert reply["outcomes"][0]["reason"] == "fork"
    assert await audited(station) == []


async def test_an_audit_says_that_checkpoints_begin_late(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    await worked(station, zhao)
    words = words_of("en")
    report = await audit_report(station.journal, ())
    assert 0 < report.done["first"] < 10
    _tell_late(report, words)
    assert capsys.readouterr().out == ""
    report.done["first"] = 501
    _tell_late(report, words)
    assert "begin only with edit 501" in capsys.readouterr().out
    await run(station, "DELETE FROM checkpoint")
    report = await audit_report(station.journal, ())
    assert report.found == []
    _tell_late(report, words)
    assert "no checkpoint of the server's own" in capsys.readouterr().out
