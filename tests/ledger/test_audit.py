"""Insiders: somebody with the database in their hands changes the past, and the audit or a phone finds it."""

from __future__ import annotations

from typing import Any

import pytest

from server.journal.audit import Audit, Report, audit_report
from server.journal.checkpoints import signed_note
from server.journal.refold import rebuild
from server.signing import public_of
from sync.ledger.receive import Doubt
from tests.journal.conftest import Station, qian, station, zhao  # noqa: F401
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio
VISIT = "SELECT max(position) FROM journal WHERE kind = 'visit.recorded'"


async def run(station: Station, statement: str) -> int:  # noqa: F811
    """Something done to the database behind the server's back; how many rows it changed."""
    async with station.db.writing() as connection:
        return (await connection.exec_driver_sql(statement)).rowcount


async def audited(station: Station, *handed: str) -> list[str]:  # noqa: F811
    """The codes of what is wrong, in order."""
    report: Report = await audit_report(station.journal, handed)
    return [found.code for found in report.found]


async def worked(station: Station, phone: Phone, visits: int = 3) -> str:  # noqa: F811
    """Some visits, each in an exchange of its own; the last checkpoint that the phone holds."""
    reply: dict[str, Any] = {}
    for n in range(visits):
        phone.visit(station["陈奶奶"], text=f"第{n}次")
        reply = await phone.exchange()
    note: str = reply["ledger"]["checkpoint"]
    return note


async def test_an_honest_log_is_found_right(station: Station, zhao: Phone) -> None:  # noqa: F811
    note = await worked(station, zhao)
    report = await audit_report(station.journal, [note])
    assert report.found == []
    assert report.done["edits"] == await station.journal.size()
    assert report.done["signed"] == 3
    assert report.done["handed"] == 1
    assert report.done["heads"] == 1
    assert report.done["checkpoints"] > 3


async def test_a_visit_edited_in_its_table(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    assert await run(station, "UPDATE visit SET text = '别的' WHERE text = '第1次'") == 1
    assert set(await audited(station)) == {"table"}


async def test_a_visit_edited_in_the_journal(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    assert await run(station, f"UPDATE journal SET body = salt WHERE position = ({VISIT})") == 1
    assert "table" in await audited(station)
    assert await run(station, f"UPDATE journal SET header = salt WHERE position = ({VISIT})") == 1
    assert (await audited(station))[0] == "header"


async def test_what_is_noted_beside_an_edit(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    assert await run(station, f"UPDATE journal SET author = device WHERE position = ({VISIT})") == 1
    assert (await audited(station))[0] == "columns"


async def test_a_visit_deleted(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    assert await run(station, f"DELETE FROM journal WHERE position = ({VISIT}) - 1") == 1
    assert (await audited(station))[0] == "missing"


async def test_the_end_cut_off(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    await run(station, f"DELETE FROM journal WHERE position = ({VISIT})")
    await run(station, "UPDATE journal_head SET size = size - 1")
    assert "stored_ahead" in await audited(station)


@pytest.mark.parametrize(
    "change", ["received_ms = received_ms - 1", "outcome = 'contested'", "reason = 'fork'", "outcome = 'quarantined'"]
)
async def test_a_receipt_redated_or_an_outcome_changed(station: Station, zhao: Phone, change: str) -> None:  # noqa: F811
    await worked(station, zhao)
    assert await run(station, f"UPDATE journal SET {change} WHERE position = ({VISIT}) - 1") == 1
    found = await audited(station)
    assert "tile" in found
    assert "stored_root" in found


async def rewrite(station: Station) -> None:  # noqa: F811
    """The whole past written anew, so well that it agrees with itself: another receipt time, tables folded again, tiles
    and checkpoints made again, all signed with the log's own key, and what phones had said they hold forgotten."""
    await run(station, "UPDATE device SET held_size = NULL")
    before = f"position < ({VISIT})"
    await run(station, f"UPDATE journal SET received_ms = received_ms - 1 WHERE {before}")
    await run(station, f"UPDATE journal SET effective_ms = received_ms WHERE effective_ms > received_ms AND {before}")
    await run(station, "DELETE FROM ledger_tile")
    await run(station, "DELETE FROM checkpoint")
    await station.journal.stop()
    fresh = type(station.journal)(station.db, station.settings)
    await fresh.transactions.write(lambda store: rebuild(store, station.settings.utc_offset_min))
    await fresh.start()
    station.app.state.journal = fresh


async def test_a_whole_past_rewritten_and_signed_again(station: Station, zhao: Phone) -> None:  # noqa: F811
    printed = await worked(station, zhao)
    await rewrite(station)
    # It agrees with itself in everything,
    assert await audited(station) == []
    # but not with what was printed before, nor with what a phone holds.
    assert await audited(station, printed) == ["handed_root"]
    zhao.visit(station["陈奶奶"])
    with pytest.raises(Doubt, match="other_past"):
        await zhao.exchange()


async def test_what_phones_say_they_hold_exposes_it_too(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    held = await station.rows(f"SELECT held_origin, held_size, held_root FROM device WHERE id = '{zhao.device}'")
    await rewrite(station)
    assert await audited(station) == []
    origin, size, root = held[0]
    told = f"held_origin = '{origin}', held_size = {size}, held_root = '{root}'"
    await run(station, f"UPDATE device SET {told} WHERE id = '{zhao.device}'")
    assert await audited(station) == ["held"]


async def test_two_histories_for_two_phones(station: Station, zhao: Phone, qian: Phone) -> None:  # noqa: F811
    told = [await worked(station, zhao)]
    await rewrite(station)
    told.append(await worked(station, qian))
    # Each is content with its own; whoever has both checkpoints sees that they are of two pasts.
    assert await audited(station, told[1]) == []
    assert await audited(station, *told) == ["handed_root"]


async def test_tiles_and_checkpoints_changed(station: Station, zhao: Phone) -> None:  # noqa: F811
    note = await worked(station, zhao)
    last = "(SELECT max(size) FROM checkpoint)"
    assert (
        await run(station, f"UPDATE checkpoint SET note = replace(note, 'sifang', 'sifong') WHERE size = {last}") == 1
    )
    assert await audited(station) == ["stored_unsigned"]
    await run(station, f"DELETE FROM checkpoint WHERE size = {last}")
    assert await audited(station, note) == []
    await run(station, "UPDATE ledger_tile SET hashes = (SELECT hash FROM journal WHERE position = 0) WHERE level = 0")
    assert await audited(station) == ["tile"]


async def test_what_no_phone_signed(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    await run(station, "DELETE FROM head_statement")
    assert await audited(station) == ["unsigned"] * 3
    other = await station.phone("钱进")
    await worked(station, other, 1)
    await run(station, f"UPDATE head_statement SET device = '{zhao.device}', n = 3")
    assert "signature" in await audited(station)


async def test_checkpoints_of_somebody_else(station: Station, zhao: Phone) -> None:  # noqa: F811
    note = await worked(station, zhao)

    def with_key(store: Any) -> list[str]:
        audit = Audit(store, [public_of(b"\x05" * 32)], [note], station.settings.utc_offset_min)
        return [found.code for found in audit.run()]

    assert (await station.journal.transactions.read(with_key))[-1] == "handed_unsigned"
    from sync.ledger.checkpoint import Checkpoint

    seeds = station.settings.log_seeds
    for checkpoint, code in (
        (Checkpoint("sifang/elsewhere", 3, b"\x01" * 32), "handed_other"),
        (Checkpoint(f"sifang/{zhao.log}", 10_000, b"\x01" * 32), "handed_ahead"),
    ):
        assert await audited(station, signed_note(checkpoint, seeds)) == [code]
    assert await audited(station, "no checkpoint") == ["handed_unsigned"]
