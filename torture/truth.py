"""What must be true of the journal, whatever was done to the server: asked of the database, not of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Any

from sync.edit import b64u, read_header
from torture.ground import Ground
from torture.worker import Lost, Told, Worker

COLUMNS = "position, id, device, n, hash, header, salt, body, received_ms, outcome"
TAKEN = {"accepted", "contested"}


async def check_told(ground: Ground, told: Iterable[Told]) -> None:
    """Every acknowledged edit is in the journal: same bytes, same position, same receipt."""
    wanted = {one.position: one for one in told}
    if not wanted:
        return
    found = await ground.rows(
        f"SELECT {COLUMNS} FROM journal WHERE position BETWEEN :low AND :high", low=min(wanted), high=max(wanted)
    )
    rows = {row[0]: row for row in found}
    for position, one in wanted.items():
        edit, row = one.edit, rows.get(position)
        if row is None:
            raise Lost(f"edit {edit.header.id} was acknowledged at {position}; nothing is there")
        kept = (row[1], row[2], row[3], *(bytes(value) for value in row[4:8]), row[8], row[9])
        header = edit.header
        made = (header.id, header.device, header.n, edit.hash, edit.header_bytes, edit.salt, edit.body)
        if kept != (*made, one.received_ms, one.outcome):
            raise Lost(f"edit {header.id} at {position} is not what was acknowledged")
        if one.outcome not in TAKEN:
            raise Lost(f"edit {header.id} was honest and became {one.outcome}")


async def check_all(ground: Ground, workers: list[Worker]) -> int:
    """The whole journal once every phone has settled; returns its size. Syncing again changes nothing."""
    for worker in workers:
        await check_told(ground, worker.told.values())
        if missing := [edit.header.n for edit in worker.phone.made if edit.header.id not in worker.told]:
            raise Lost(f"edits {missing} of {worker.phone.device} were never answered")
    size = await check_chains(ground)
    for worker in workers:
        await worker.exchange()
    if await check_chains(ground) != size:
        raise Lost("syncing again changed the journal")
    # Ends with an error where tables and journal differ.
    await asyncio.to_thread(ground.command, "server", "refold")
    return size


async def check_chains(ground: Ground) -> int:
    """Positions have no gap, receipts never go back, and each device's edits follow one another; the journal's size."""
    rows = await ground.rows(f"SELECT {COLUMNS} FROM journal ORDER BY position")
    if [row[0] for row in rows] != list(range(len(rows))):
        raise Lost("positions have gaps")
    if any(before[8] > after[8] for before, after in pairwise(rows)):
        raise Lost("receipts go back")
    for device, chain in groupby(sorted(rows, key=lambda row: (row[2], row[3])), key=lambda row: row[2]):
        _check_chain(device, list(chain))
    ((size,),) = await ground.rows("SELECT size FROM journal_head")
    if size != len(rows):
        raise Lost(f"the journal says {size} and holds {len(rows)}")
    return len(rows)


def _check_chain(device: str, chain: list[Any]) -> None:
    prev = None
    for n, row in enumerate(chain, 1):
        header = read_header(bytes(row[5]))
        if (row[3], header.n, header.prev) != (n, n, prev):
            raise Lost(f"the chain of {device} breaks at {n}")
        prev = b64u(bytes(row[4]))
