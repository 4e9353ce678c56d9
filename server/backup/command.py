"""`python -m server backup | restore | refold | audit | rebuild | move | check`: looking after what is kept."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from server import events
from server.backup.auditing import add_commands as add_auditing
from server.backup.back import restore_from
from server.backup.check import check
from server.backup.handed import read_handed
from server.backup.place import MARKER
from server.backup.segments import Damaged
from server.backup.shell import chosen, command, reading, unbegun
from server.backup.ship import Diverged, Shipped, Shipping
from server.backup.words import complain, moment, progress_of, words_of
from server.journal import FOLDED, NewerRules, rebuild, refold_report
from server.journal.incidents import NotOfThis
from server.journal.moving import Differs, move
from server.journal.restoring import NotEmpty, NothingThere
from server.settings import Settings, from_environment
from server.transport import checked_database, file_alarms, tls_alarms

Upgrade = Callable[[Settings], None]


def add_commands(sub: Any, upgrade: Upgrade) -> None:
    """Add the commands to the parser's; `upgrade` brings a database's tables to this version."""
    refolding = command(sub, "refold", _refold, "fold the journal from zero and compare it with the tables")
    refolding.description = "Reads one moment of the database; the server may go on serving."
    add_auditing(sub)
    mending = command(sub, "rebuild", _rebuild, "make tables what the journal folds to")
    names = [table.name for table in FOLDED]
    mending.add_argument("table", nargs="*", metavar="TABLE", help=f"all unless named: {' '.join(names)}")
    mending.set_defaults(known=names)
    backing = command(sub, "backup", _backup, "append to a backup what is missing there, while the server serves")
    backing.add_argument("target", type=Path, help="a folder on another machine or another disk")
    backing.add_argument("--follow", action="store_true", help="go on until stopped: each edit is away within seconds")
    backing.add_argument("--verify", action="store_true", help="first read everything that was ever written there")
    restoring = command(sub, "restore", _restore, "make an empty installation of a backup")
    restoring.add_argument("target", type=Path, help="the folder that was given to backup")
    restoring.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        type=Path,
        help="a checkpoint of the old log that was kept elsewhere",
    )
    restoring.add_argument("--log", help="which log, when the folder holds several; the newest unless given")
    restoring.set_defaults(upgrade=upgrade)
    moving = command(sub, "move", _move, "move this installation from SQLite to PostgreSQL, while it serves")
    moving.add_argument("url", help="postgresql+asyncpg:///sifang?host=/run/postgresql, an empty database")
    moving.set_defaults(upgrade=upgrade)
    checking = command(sub, "check", _check, "disk space, backup, files, certificate: anything but 0 is an alarm")
    checking.add_argument("--free-mb", type=int, default=1024, help="least space on the disk (1024)")
    checking.add_argument(
        "--backup-hours", type=float, default=26, help="the oldest a backup may be (26); 0: none asked"
    )


async def _refold(options: argparse.Namespace) -> int:
    words, settings = words_of(options.lang), from_environment()
    async with reading(settings) as db, unbegun(db, settings) as journal:
        await journal.stay()
        differences = await refold_report(db, settings, progress_of(words, sys.stderr))
    for line in differences:
        print(line)
    print(words("differs", n=len(differences)) if differences else words("same"))
    return 1 if differences else 0


async def _rebuild(options: argparse.Namespace) -> int:
    words, settings = words_of(options.lang), from_environment()
    unknown = [name for name in options.table if name not in options.known]
    if unknown:
        complain(words("no_table", name=unknown[0], names=" ".join(options.known)))
        return 1
    progress = progress_of(words, sys.stderr)
    async with reading(settings) as db, unbegun(db, settings) as journal:
        await journal.start(progress)
        done = await journal.transactions.write(
            lambda store: rebuild(store, settings.utc_offset_min, options.table, progress)
        )
    for name, rows in done.rows.items():
        print(words("rebuilt", name=name, n=rows))
    for line in done.trouble:
        complain(line)
    print(words("same") if not done.trouble else words("differs", n=len(done.trouble)))
    return 1 if done.trouble else 0


async def _backup(options: argparse.Namespace) -> int:
    words, settings, target = words_of(options.lang), from_environment(), options.target.resolve()
    if not target.is_dir():
        complain(words("no_target", path=str(target)))
        return 1
    async with reading(settings) as db:
        shipping = Shipping(db, settings, target)
        told: list[str] = []

        def tell(done: Shipped) -> None:
            for name in done.put_aside:
                complain(words("put_aside", name=name))
            for name in done.damaged:
                complain(words("photo_damaged", name=name))
            if done.edits or done.photos or not told:
                about: dict[str, Any] = {
                    "through": done.through,
                    "photos": done.photos,
                    "off_server": done.place.off_server,
                }
                events.happened("backup.shipped", edits=done.edits, damaged=len(done.damaged), **about)
            if done.edits or not told:
                print(words("shipped", n=done.edits, through=done.through), flush=True)
            if done.photos:
                print(words("photos", n=done.photos), flush=True)
            if not done.place.off_server and told != [done.place.why]:
                complain(words(f"place.{done.place.why}", path=str(target), marker=MARKER))
            told[:] = [done.place.why]

        try:
            if options.follow:
                await shipping.follow(_until_stopped(), tell)
            else:
                tell(await shipping.once(everything=options.verify))
        except (Diverged, BlockingIOError, Damaged, OSError) as error:
            events.happened("backup.failed", _named(error))
            complain(words(f"cannot.{_named(error)}", path=str(target), detail=str(error)))
            return 1
        finally:
            await shipping.close()
    return 0


def _named(error: Exception) -> str:
    names = {Diverged: "diverged", BlockingIOError: "busy", Damaged: "damaged"}
    return next((name for kind, name in names.items() if isinstance(error, kind)), "disk")


def _until_stopped() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _restore(options: argparse.Namespace) -> int:
    words, settings, target = words_of(options.lang), from_environment(), options.target.resolve()
    handed = await asyncio.to_thread(read_handed, options.checkpoint, words)
    if handed is None:
        return 1
    log = await asyncio.to_thread(chosen, options.log, target, settings.utc_offset_min, words, "not_restored")
    if log is None:
        return 1
    await asyncio.to_thread(options.upgrade, settings)
    async with reading(settings) as db:
        try:
            done = await restore_from(db, settings, log.folder, progress_of(words, sys.stderr), handed)
        except NotOfThis as error:
            events.happened("restore.failed", error.code)
            complain(words(f"restore.{error.code}", path=str(target)))
            return 1
        except (NotEmpty, NothingThere, NewerRules, Damaged) as error:
            names = {NotEmpty: "not_empty", NothingThere: "nothing_there", Damaged: "damaged_backup"}
            name = next((name for kind, name in names.items() if isinstance(error, kind)), None)
            events.happened("restore.failed", name or "newer_rules")
            complain(words(name, path=str(target), detail=str(error)) if name else str(error))
            return 1
        until = moment(done.shipped_ms, settings.utc_offset_min)
        print(words("restored", n=done.from_size, log=done.from_log, until=until, new=done.log))
        if settings.log_signer is not None:
            print(words("restore.adopt", log=done.log))
        wrong = [*done.trouble, *await refold_report(db, settings, progress_of(words, sys.stderr))]
    for line in wrong:
        complain(line)
    events.happened("restore.done", "differs" if wrong else "ok", edits=done.from_size, log_id=done.log)
    print(words("differs", n=len(wrong)) if wrong else words("same"))
    return 1 if wrong else 0


async def _move(options: argparse.Namespace) -> int:
    words, settings = words_of(options.lang), from_environment()
    if not settings.database_url.startswith("sqlite") or not options.url.startswith("postgresql+asyncpg://"):
        complain(words("move_what"))
        return 1
    there = Settings(
        checked_database(options.url), settings.data, settings.secret, utc_offset_min=settings.utc_offset_min
    )
    await asyncio.to_thread(options.upgrade, there)
    progress = progress_of(words, sys.stderr)
    async with reading(settings) as source, reading(there) as target:
        async with unbegun(source, settings) as journal:
            await journal.start(progress)  # folded by our rules, and living here
        try:
            size = await move(source, target, settings.utc_offset_min, progress)
        except (NotEmpty, Differs) as error:
            complain(words("not_empty", path=options.url) if isinstance(error, NotEmpty) else str(error))
            complain(words("not_moved"))
            return 1
        wrong = [*await refold_report(source, settings, progress), *await refold_report(target, there, progress)]
    for line in wrong:
        complain(line)
    events.happened("move.done", "differs" if wrong else "ok", edits=size)
    print(words("moved", n=size))
    print(words("differs", n=len(wrong)) if wrong else words("same_both"))
    return 1 if wrong else 0


async def _check(options: argparse.Namespace) -> int:
    words, settings = words_of(options.lang), from_environment()
    folders = [settings.data, *([settings.blobs] if settings.blobs.is_dir() else [])]
    free = min(shutil.disk_usage(folder).free for folder in folders) // 2**20
    async with reading(settings) as db, db.reading() as connection:
        alarms = await check(connection, free, options.free_mb, options.backup_hours)
    alarms += file_alarms(settings.data) + await asyncio.to_thread(tls_alarms, settings.public_url)
    for name, args in alarms:
        complain(words(f"alarm.{name}", **args))
    if not alarms:
        print(words("all_well", free=free))
    return 1 if alarms else 0
