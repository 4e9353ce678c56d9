"""Tiles are derived: one that is lost stops no station, and what was signed decides whether the log goes on."""

from __future__ import annotations

import json

import pytest

from server.journal.leaves import is_whole
from server.journal.regrowing import standing
from tests.journal.conftest import Station, qian, station, zhao  # noqa: F401
from tests.journal.phone import Phone
from tests.ledger.test_audit import audited, run

pytestmark = pytest.mark.anyio


async def filled(station: Station, zhao: Phone) -> None:  # noqa: F811
    """More leaves than one tile holds."""
    for n in range(300):
        zhao.visit(station["陈奶奶"], text=f"{n}")
    await zhao.exchange()


async def restarted(station: Station) -> None:  # noqa: F811
    """The server as it starts again."""
    await station.journal.stop()
    fresh = type(station.journal)(station.db, station.settings)
    await fresh.start()
    station.app.state.journal = fresh


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What was said of the log."""
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    return [f"{each['event']} {each['outcome']}" for each in lines if each["event"].startswith("ledger.")]


@pytest.mark.parametrize("lost", ["level = 0 AND place = 0", "level = 0 AND place = 1", "level = 1", "level >= 0"])
async def test_a_lost_tile_stops_nobody(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    qian: Phone,  # noqa: F811
    lost: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    qian.visit(station["陈奶奶"])
    await qian.exchange()
    await filled(station, zhao)
    assert await run(station, f"DELETE FROM ledger_tile WHERE {lost}")
    for phone in (zhao, qian):
        phone.visit(station["陈奶奶"])
        assert (await phone.exchange())["outcomes"][0]["outcome"] == "accepted"
    await restarted(station)
    assert await station.journal.transactions.read(is_whole)
    assert [each for each in told(capsys) if each not in ("ledger.regrown ok", "ledger.unproved crash")] == []
    for phone in (zhao, qian):
        phone.nonce = station.journal.new_nonce(phone.device)
        phone.visit(station["陈奶奶"])
        assert "ledger" in await phone.exchange()
    assert await audited(station) == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("UPDATE journal SET received_ms = received_ms - 1 WHERE position = 3", "tile"),
        ("DELETE FROM journal WHERE position = 3", "missing"),
    ],
)
async def test_another_past_is_not_signed_for_the_want_of_a_tile(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    change: str,
    wrong: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await filled(station, zhao)
    before = await station.journal.said()
    assert await run(station, change) == 1
    assert await run(station, "DELETE FROM ledger_tile WHERE level = 1") == 1
    for _ in range(2):
        zhao.visit(station["陈奶奶"])
        assert (await zhao.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert await station.journal.said() == before
    await restarted(station)
    zhao.nonce = station.journal.new_nonce(zhao.device)
    zhao.visit(station["陈奶奶"])
    assert (await zhao.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert await station.journal.said() == before
    assert told(capsys).count("ledger.unsaid astray") == 2, "as it was found, and as the server started"
    assert wrong in await audited(station)


async def test_a_past_rewritten_with_its_tiles_is_not_signed_while_the_checkpoint_stands(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
) -> None:
    await filled(station, zhao)
    assert await run(station, "UPDATE journal SET received_ms = received_ms - 1 WHERE position = 3") == 1
    await run(station, "DELETE FROM ledger_tile")
    stands = await station.journal.transactions.write(standing)
    assert stands.astray
    assert stands.due is None
