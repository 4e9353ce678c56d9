"""The log in the exchange: every reply proves itself to the phone, on both databases and over several processes."""

from __future__ import annotations

import asyncio
from base64 import b64decode

import pytest

from server.journal.checkpoints import Checkpoints, newest, origin_of
from server.journal.leaves import leaf_of, nodes_in
from server.journal.proofs import prove
from server.journal.wire import HeldPart
from server.signing import is_signed, public_of
from sync.ledger.checkpoint import open_checkpoint
from sync.ledger.note import VerifierKey
from sync.ledger.tree import Edge, root_of
from tests.journal.conftest import Station, station, zhao  # noqa: F401
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def root_of_journal(station: Station) -> tuple[int, bytes]:  # noqa: F811
    """The log by its definition: a leaf for each row of the journal, in order."""
    edge = Edge()
    for row in await station.rows("SELECT hash, received_ms, outcome, reason FROM journal ORDER BY position"):
        edge.append(leaf_of((bytes(row[0]), row[1], row[2], row[3])))
    return edge.size, edge.root()


async def test_a_phone_is_proved_what_it_pushed(station: Station, zhao: Phone) -> None:  # noqa: F811
    for _ in range(3):
        zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    assert zhao.verified == {1, 2, 3}
    assert zhao.held is not None
    assert (zhao.held.size, zhao.held.root) == await root_of_journal(station)
    before = zhao.held
    zhao.visit(station["马师傅"])
    reply = await zhao.exchange()
    assert zhao.verified == {1, 2, 3, 4}
    assert zhao.held.size == before.size + 1
    assert reply["ledger"]["consistency"]
    # Asked again, there is nothing new to prove.
    assert "ledger" not in await zhao.exchange()


async def test_a_phone_that_does_not_ask_is_told_nothing(station: Station, zhao: Phone) -> None:  # noqa: F811
    zhao.log_keys = []
    zhao.visit(station["陈奶奶"])
    assert "ledger" not in await zhao.exchange()


async def test_what_is_said_is_stored_first_and_only_grows(station: Station, zhao: Phone) -> None:  # noqa: F811
    replies = []
    for _ in range(4):
        zhao.visit(station["陈奶奶"])
        replies.append(await zhao.exchange())
    stored = await station.rows("SELECT size, note FROM checkpoint ORDER BY size")
    assert [row[0] for row in stored] == sorted({row[0] for row in stored})
    notes = {row[1] for row in stored}
    assert all(reply["ledger"]["checkpoint"] in notes for reply in replies)
    log = (await station.rows("SELECT log FROM journal_head"))[0][0]
    key = VerifierKey(origin_of(log), 1, public_of(station.settings.log_seeds[0]))
    for size, note in stored:
        assert open_checkpoint(note, [key], is_signed)[0].size == size


async def test_many_phones_at_once_are_all_proved(station: Station) -> None:  # noqa: F811
    phones = [await station.phone("赵敏") for _ in range(12)]
    for phone in phones:
        for _ in range(5):
            phone.visit(station["陈奶奶"])
    await asyncio.gather(*(phone.exchange() for phone in phones))
    assert all(phone.verified == {1, 2, 3, 4, 5} for phone in phones)
    size, root = await root_of_journal(station)
    found = await station.journal.transactions.read(lambda store: root_of(nodes_in(store), size))
    assert found == root


async def test_a_process_that_writes_nothing_proves_what_came_by_another(station: Station, zhao: Phone) -> None:  # noqa: F811
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    before = station.journal.checkpoints.said
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    now = station.journal.checkpoints.said
    assert before is not None
    assert now is not None
    log, _ = await station.journal.log_and_size()
    # Such a process has last heard of the first visit. The phone holds that, and asks for the second.
    held = HeldPart(origin_of(log), before.size, before.root, [before.size])
    proof = await station.journal.transactions.read(lambda store: prove(store, log, before, held, []))
    assert proof is not None
    assert proof.said == now
    assert proof.cover


async def test_a_key_out_of_reach_keeps_nobody_from_working(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def gone(_checkpoint: object) -> str:
        raise OSError("the signer does not answer")

    zhao.visit(station["陈奶奶"])
    with monkeypatch.context() as away:
        away.setattr(station.journal.checkpoints, "_sign", gone)
        reply = await zhao.exchange()
    assert reply["outcomes"][0]["outcome"] == "accepted"
    # What was said before still stands, and says nothing of this one.
    assert zhao.verified == set()
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    # What nobody could prove then is asked for once more.
    assert zhao.verified == {1, 2}


async def test_a_checkpoint_that_cannot_be_stored_is_not_told(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_self: Checkpoints, _store: object) -> None:
        raise OSError("no space left on device")

    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    zhao.visit(station["陈奶奶"])
    request = zhao.request()
    with monkeypatch.context() as broken:
        broken.setattr(Checkpoints, "keep", full)
        with pytest.raises(OSError, match="no space"):
            await zhao.send(request)
    assert await station.journal.size() == zhao.size
    await zhao.exchange()
    assert zhao.verified == {1, 2}


async def test_the_leaves_of_a_journal_that_was_there_before_come_at_the_start(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    async with station.db.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM ledger_tile")
        await connection.exec_driver_sql("DELETE FROM checkpoint")
    await station.journal.stop()
    fresh = type(station.journal)(station.db, station.settings)
    await fresh.start()
    try:
        await fresh.bump_generation("nothing")
        size, root = await root_of_journal(station)
        said = await fresh.checkpoints.covering(size)
        assert said is not None
        assert said.size == size
        assert b64decode(said.root) == root
        log = (await station.rows("SELECT log FROM journal_head"))[0][0]
        assert await fresh.transactions.read(lambda store: newest(store, log)) == said
    finally:
        await fresh.stop()
