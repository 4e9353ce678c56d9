"""Shipping: what the journal has and the backup has not is appended to it, again and again, while the server serves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from server import clock
from server.backup.keys import LOG, LOG_PUBLIC, SEAL, copy_keys, copy_public
from server.backup.photos import Photos
from server.backup.place import Place, place_of
from server.backup.segments import Shelf
from server.backup.store import confirm
from server.blobs import Blobs
from server.db import Database
from server.journal.copying import hash_at, head_of, pack, stay, take_out, unpack
from server.journal.erased_list import NAME as ERASED
from server.journal.erased_list import add_to_list, read_list
from server.journal.transactions import Transactions
from server.settings import Settings

PHOTOS = "blobs"
LOOK_S = 1.0
"""How often the journal is looked at while it is followed."""


class Diverged(Exception):
    """The backup holds edits of this log that the database has not: an old copy of it was put back by hand."""


@dataclass
class Shipped:
    """What one round did: edits shipped, the last position the backup holds, what was damaged there and put aside,
    where the target lies, photos and voice notes copied, and those that are damaged on the server itself."""

    edits: int
    through: int
    place: Place
    put_aside: list[str] = field(default_factory=list)
    photos: int = 0
    damaged: list[str] = field(default_factory=list)


class Shipping:
    """One target, open."""

    def __init__(self, db: Database, settings: Settings, target: Path) -> None:
        self._db, self._settings, self._target = db, settings, target
        self._transactions = Transactions(db)
        self._photos = Photos(settings.blobs, target / PHOTOS, aside=True)
        self._since_ms = 0
        self._told: tuple[int, bool] | None = None
        self._listed = 0

    async def close(self) -> None:
        """Give the database back."""
        await self._transactions.close()

    async def once(self, *, everything: bool = False) -> Shipped:
        """Ship what is missing and confirm it. `everything`: first look through all that was ever shipped.
        Raises Diverged, Moved, BlockingIOError, OSError, Damaged."""
        log, _ = await self._transactions.read(head_of)
        shelf = Shelf(self._target, log)
        with shelf.locked():
            await self._resume(shelf, everything)
            if everything:
                shelf.put_aside += [f"{PHOTOS}/{name}" for name in await asyncio.to_thread(self._photos.verify)]
            return await self._ship(shelf, log)

    async def follow(self, stop: asyncio.Event, told: Callable[[Shipped], None]) -> None:
        """Ship whenever the journal has grown, until told to stop."""
        log, _ = await self._transactions.read(head_of)
        shelf = Shelf(self._target, log)
        with shelf.locked():
            await self._resume(shelf, False)
            told(await self._ship(shelf, log))
            while not stop.is_set():
                # Photos come after the edit that names them: they are looked for every time.
                done = await self._ship(shelf, log)
                if done.edits or done.photos or done.damaged:
                    told(done)
                try:
                    await asyncio.wait_for(stop.wait(), LOOK_S)
                except TimeoutError:
                    continue

    async def _resume(self, shelf: Shelf, everything: bool) -> None:
        await asyncio.to_thread(shelf.resume, everything=everything)
        if shelf.last is None:
            return
        part = unpack(shelf.last.payload)
        held = part.tables["journal"]
        digest = held.rows[-1][held.columns.index("hash")]
        if await self._transactions.read(lambda store: hash_at(store, shelf.next - 1)) != digest:
            raise Diverged
        self._since_ms = part.received_ms

    async def _ship(self, shelf: Shelf, log: str) -> Shipped:
        began = shelf.next
        await self._transactions.read(stay)
        while True:
            first, since_ms = shelf.next, self._since_ms
            part = await self._transactions.read(lambda store: take_out(store, first, since_ms, clock.now_ms()))  # noqa: B023
            if part is None:
                break
            await asyncio.to_thread(lambda: shelf.append(part.first, part.count, pack(part)))  # noqa: B023
            self._since_ms = part.received_ms
        # Before anything is confirmed: whoever hears that a backup has passed an edit may throw away the photos that
        # were here when it was made.
        photos = await asyncio.to_thread(self._photos.copy)
        copy_keys(self._settings.seal_file.path, self._target / SEAL)
        copy_keys(self._settings.log_file.path, self._target / LOG)
        copy_public(self._settings.log_known_at, self._target / LOG_PUBLIC)
        await asyncio.to_thread(self._share_erased)
        place = await asyncio.to_thread(place_of, self._target, self._settings.data)
        done = Shipped(shelf.next - began, shelf.next - 1, place, list(shelf.put_aside), photos)
        done.damaged = list(self._photos.damaged)
        if (done.through, place.off_server) != self._told:
            await confirm(self._db, self._target, log, done.through, off_server=place.off_server)
            self._told = (done.through, place.off_server)
        return done

    def _share_erased(self) -> None:
        """The list lies beside the logs, and always as it is today: a backup that is older than an erasure is restored
        without what that took. Photos that went here go there, too."""
        path = self._settings.erased_list
        size = path.stat().st_size if path.exists() else 0
        if size == self._listed:
            return
        lines = read_list(path)
        add_to_list(self._target / ERASED, lines)
        here = Blobs(self._settings.blobs)
        Blobs(self._target / PHOTOS).drop(name for line in lines for name in line.blobs if not here.is_whole(name))
        self._listed = size
