"""The way back: which logs a backup holds, and a new installation made of one of them."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from server.backup.keys import LOG, LOG_PUBLIC, SEAL, copy_keys, copy_public
from server.backup.photos import Photos
from server.backup.segments import Damaged, Frame, frames, put_aside, read_log, segments
from server.backup.ship import PHOTOS
from server.blobs import Blobs
from server.db import Database
from server.journal.copying import Part, unpack
from server.journal.erased_list import NAME as ERASED
from server.journal.erased_list import add_to_list, read_list
from server.journal.replay import Progress, silent
from server.journal.restoring import Kept, Restored, restore
from server.journal.transactions import Transactions
from server.keys import KeyFile
from server.log_keys import of_seeds, read_known
from server.settings import Settings


@dataclass(frozen=True)
class Held:
    """A log as a backup holds it: its folder, how many edits, receipt of the last one. `damaged` says what is wrong
    with it; it held so many edits at least, and cannot be restored."""

    folder: Path
    size: int
    received_ms: int
    damaged: str = ""


def logs(target: Path) -> list[Held]:
    """The logs of a backup, all of them read through, the one to restore first: that with the newest edit."""
    folders = [each for each in target.iterdir() if each.is_dir() and each.name != PHOTOS]
    found = [held for folder in folders if (held := _held(folder)) is not None]
    return sorted(found, key=lambda each: (each.received_ms, each.size), reverse=True)


def _held(folder: Path) -> Held | None:
    """What a folder holds; None when it is no log. A log that cannot be read is one: it may be the newest."""
    aside = put_aside(folder)
    if not segments(folder) and not aside:
        return None
    last, damaged = None, ""
    try:
        for last in read_log(folder):  # noqa: B007
            continue
        size = last.first + last.count if last else 0
        if lost := [path.name for first, path in aside if first >= size]:
            damaged = f"{lost[0]} was put aside and never written anew"
        elif last is None:
            damaged = "no edit in it is whole"
    except (Damaged, OSError) as error:
        damaged, last = str(error), _newest(folder)
    try:
        received_ms = unpack(last.payload).received_ms if last else 0
    except (ValueError, zlib.error) as error:
        damaged, received_ms = str(error), 0
    return Held(folder, last.first + last.count if last else 0, received_ms, damaged)


def _newest(folder: Path) -> Frame | None:
    """The newest edits of a damaged log that can still be read."""
    for path in reversed(segments(folder)):
        last = None
        with suppress(Damaged, OSError):
            for last in frames(path):  # noqa: B007
                continue
        if last is not None:
            return last
    return None


def parts(folder: Path) -> Iterator[Part]:
    """Everything a log's segments hold, checked. Raises Damaged."""
    for frame in read_log(folder):
        yield unpack(frame.payload)


def log_keys(folder: Path, settings: Settings) -> Sequence[bytes]:
    """The public keys of a backup's log, or what a signer told of them; and the signer's of this installation."""
    key = folder.parent / LOG
    held = of_seeds(KeyFile(key).good(), key).ever if key.exists() else ()
    apart = settings.log_keys.ever if settings.log_signer is not None else ()
    return [*held, *read_known(folder.parent / LOG_PUBLIC).ever, *apart]


async def restore_from(
    db: Database, settings: Settings, folder: Path, progress: Progress = silent, handed: Sequence[str] = ()
) -> Restored:
    """Make an empty database the installation that was backed up, with its photos and voice notes. `handed`:
    checkpoints of the old log that were kept elsewhere. Raises Damaged, NotEmpty, NothingThere, NewerRules, NotOfThis;
    nothing is kept then."""
    transactions = Transactions(db)
    away = await asyncio.to_thread(read_list, folder.parent / ERASED)
    await asyncio.to_thread(add_to_list, settings.erased_list, away)
    kept = Kept(handed, log_keys(folder, settings), await asyncio.to_thread(read_list, settings.erased_list))
    try:
        done = await transactions.write(
            lambda store: restore(store, parts(folder), settings.utc_offset_min, progress, kept)
        )
    finally:
        await transactions.close()
    copy_keys(folder.parent / SEAL, settings.seal_file.path)
    if settings.log_signer is None:
        copy_keys(folder.parent / LOG, settings.log_file.path)
    else:
        copy_public(folder.parent / LOG_PUBLIC, settings.log_known_at)
    photos = Photos(folder.parent / PHOTOS, settings.blobs)
    await asyncio.to_thread(photos.copy)
    await asyncio.to_thread(Blobs(settings.blobs).drop, done.blobs)
    done.trouble.extend(f"{PHOTOS}/{name}: the SHA-256 does not fit" for name in photos.damaged)
    return done
