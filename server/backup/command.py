"""`python -m server backup | restore | refold | audit | rebuild | move | check`: looking after what is kept."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from server import events
from server.backup.back import Held, logs, restore_from
from server.backup.check import check
from server.backup.place import MARKER
from server.backup.segments import Damaged
from server.backup.ship import Diverged, Shipped, Shipping
from server.backup.trail import audit_trail
from server.backup.words import Words, complain, moment, progress_of, words_of
from server.db import Database
from server.journal import FOLDED, Journal, NewerRules, audit_report, read_log_key, rebuild, refold_report
from server.journal.moving import Differs, move
from server.journal.restoring import NotEmpty, NothingThere
from server.settings import Settings, from_environment
from server.transport import checked_database, file_alarms, tls_alarms

AUDIT_SHOWN = 50
Upgrade = Callable[[Settings], None]


def add_commands(sub: Any, upgrade: Upgrade) -> None:
    """Add the commands to the parser's; `upgrade` brings a database's tables to this version."""
    refolding = _command(sub, "refold", _refold, "fold the journal from zero and compare it with the tables")
    refolding.description = "Reads one moment of the database; the server may go on serving."
    auditing = _command(sub, "audit", _audit, "look at the whole log anew: edits, signatures, checkpoints, tables")
    auditing.description = "Reads one moment of the database; the server may go on serving."
    auditing.add_argument("checkpoint", nargs="*", type=Path, help="checkpoints that were kept elsewhere, one a file")
    auditing.add_argument("--key", action="append", default=[], help="a public key of the log (name+id+key), not ours")
    auditing.add_argument("--trail", type=Path, help="a trail's file instead, without any database")
    mending = _command(sub, "rebuild", _rebuild, "make tables what the journal folds to")
    names = [table.name for table in FOLDED]
    mending.add_argument("table", nargs="*", metavar="TABLE", help=f"all unless named: {' '.join(names)}")
    mending.set_defaults(known=names)
    backing = _command(sub, "backup", _backup, "append to a backup what is missing there, while the server serves")
    backing.add_argument("target", type=Path, help="a folder on another machine or another disk")
    backing.add_argument("--follow", action="store_true", help="go on until stopped: each edit is away within seconds")
    backing.add_argument("--verify", action="store_true", help="first read everything that was ever written there")
    restoring = _command(sub, "restore", _restore, "make an empty installation of a backup")
    restoring.add_argument("target", type=Path, help="the folder that was given to backup")
    restoring.add_argument("--log", help="which log, when the folder holds several; the newest unless given")
    restoring.set_defaults(upgrade=upgrade)
    moving = _command(sub, "move", _move, "move this installation from SQLite to PostgreSQL, while it serves")
    moving.add_argument("url", help="postgresql+asyncpg:///sifang?host=/run/postgresql, an empty database")
    moving.set_defaults(upgrade=upgrade)
    checking = _command(sub, "check", _check, "disk space, backup, files, certificate: anything but 0 is an alarm")
    checking.add_argument("--free-mb", type=int, default=1024, help="least space on the disk (1024)")
    checking.add_argument(
        "--backup-hours", type=float, default=26, help="the oldest a backup may be (26); 0: none asked"
    )


def _command(sub: Any, name: str, run: Callable[[argparse.Namespace], Any], about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = sub.add_parser(name, help=about)
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of what is said")
    parser.set_defaults(run=run)
    return parser


@asynccontextmanager
async def _reading(settings: Settings) -> AsyncIterator[Database]:
    """The database as it is, without beginning to write."""
    db = Database(settings.database_url)
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def _journal(db: Database, settings: Settings) -> AsyncIterator[Journal]:
    """The journal, not yet begun."""
    journal = Journal(db, settings)
    try:
        yield journal
    finally:
        await journal.stop()


async def _refold(options: argparse.Namespace) -> int:
    words, settings = words_of(options.lang), from_environment()
    async with _reading(settings) as db, _journal(db, settings) as journal:
        await journal.stay()
        differences = await refold_report(db, settings, progress_of(words, sys.stderr))
    for line in differences:
        print(line)
    print(words("differs", n=len(differences)) if differences else words("same"))
    return 1 if differences else 0


async def _audit(options: argparse.Namespace) -> int:
    words, handed = words_of(options.lang), []
    try:
        keys = [read_log_key(text) for text in options.key]
    except ValueError as error:
        complain(words("audit.no_key", said=str(error)))
        return 1
    if options.trail is not None:
        return await asyncio.to_thread(audit_trail, options.trail, keys, options.lang)
    settings = from_environment()
    for path in options.checkpoint:
        try:
            handed.append(await asyncio.to_thread(path.read_text, "utf-8"))
        except (OSError, UnicodeDecodeError):
            complain(words("audit.no_file", path=str(path)))
            return 1
    async with _reading(settings) as db, _journal(db, settings) as journal:
        report = await audit_report(journal, handed, keys, progress_of(words, sys.stderr))
    for found in report.found[:AUDIT_SHOWN]:
        print(words(f"audit.{found.code}", **found.about))
    if len(report.found) > AUDIT_SHOWN:
        print(words("audit.more", n=len(report.found) - AUDIT_SHOWN))
    print(words("audit.wrong", n=len(report.found)) if report.found else words("audit.done", **report.done))
    return 1 if report.found else 0


async def _rebuild(options: argparse.Namespace) -> int:
    words, settings = words_of(options.lang), from_environment()
    unknown = [name for name in options.table if name not in options.known]
    if unknown:
        complain(words("no_table", name=unknown[0], names=" ".join(options.known)))
        return 1
    progress = progress_of(words, sys.stderr)
    async with _reading(settings) as db, _journal(db, settings) as journal:
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
    async with _reading(settings) as db:
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
    log = await asyncio.to_thread(_chosen, options.log, target, settings, words)
    if log is None:
        return 1
    await asyncio.to_thread(options.upgrade, settings)
    async with _reading(settings) as db:
        try:
            done = await restore_from(db, settings, log.folder, progress_of(words, sys.stderr))
        except (NotEmpty, NothingThere, NewerRules, Damaged) as error:
            names = {NotEmpty: "not_empty", NothingThere: "nothing_there", Damaged: "damaged_backup"}
            name = next((name for kind, name in names.items() if isinstance(error, kind)), None)
            events.happened("restore.failed", name or "newer_rules")
            complain(words(name, path=str(target), detail=str(error)) if name else str(error))
            return 1
        until = moment(done.shipped_ms, settings.utc_offset_min)
        print(words("restored", n=done.from_size, log=done.from_log, until=until, new=done.log))
        wrong = [*done.trouble, *await refold_report(db, settings, progress_of(words, sys.stderr))]
    for line in wrong:
        complain(line)
    events.happened("restore.done", "differs" if wrong else "ok", edits=done.from_size, log_id=done.log)
    print(words("differs", n=len(wrong)) if wrong else words("same"))
    return 1 if wrong else 0


def _chosen(wanted: str | None, target: Path, settings: Settings, words: Words) -> Held | None:
    """The log to restore, of all that there are, which are told; None when a person has to say which."""
    held = logs(target) if target.is_dir() else []
    for each in held:
        until = moment(each.received_ms, settings.utc_offset_min)
        args = {"log": each.folder.name, "n": each.size, "until": until, "detail": each.damaged}
        print(words("log_damaged" if each.damaged else "log", **args))
    fitting = [each for each in held if wanted in (None, each.folder.name)]
    if not fitting:
        complain(words("no_log", log=wanted) if held else words("nothing_there", path=str(target)))
        return None
    if wanted is None and any(each.damaged for each in held):
        # The damaged one may be the newest: an older one in its place would lose what nobody looks for any more.
        complain(words("which_log"))
        return None
    return fitting[0]


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
    async with _reading(settings) as source, _reading(there) as target:
        async with _journal(source, settings) as journal:
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
    async with _reading(settings) as db, db.reading() as connection:
        alarms = await check(connection, free, options.free_mb, options.backup_hours)
    alarms += file_alarms(settings.data) + await asyncio.to_thread(tls_alarms, settings.public_url)
    for name, args in alarms:
        complain(words(f"alarm.{name}", **args))
    if not alarms:
        print(words("all_well", free=free))
    return 1 if alarms else 0
