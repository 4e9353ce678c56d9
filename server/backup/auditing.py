"""`python -m server audit | heads`: the whole log looked at anew, here or in a backup, and what phones hold of it.

Whoever audits brings what was kept elsewhere: checkpoints as files, or as the text that a printed code holds; the keys
of witnesses; what phones said they hold, as it was taken out at another time or from another server.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from server.backup.back import Held, parts
from server.backup.keys import log_keys_in
from server.backup.segments import Damaged
from server.backup.shell import chosen, command, reading, unbegun
from server.backup.trail import audit_trail
from server.backup.words import Words, complain, moment, printable, progress_of, read_bounded, words_of
from server.journal import (
    Brought,
    NewerRules,
    audit_parts,
    audit_report,
    head_line,
    heads_in,
    read_heads,
    read_log_key,
    read_witness_key,
)
from server.journal.audit import Report
from server.settings import from_environment, utc_offset

T = TypeVar("T")

SHOWN = 50
LATE = 500
"""A journal's first checkpoint comes with its first edits; one that comes so many later is told."""
READ_BYTES_MAX = 64 * 2**20
WRONG, BEYOND = 1, 3
"""Exit codes: something is wrong; nothing is, but not all that was brought could be compared."""
STDIN = "-"
GROUP = 4


class Unread(Exception):
    """Something that was brought cannot be read: the key of what to say, and what it is about."""

    def __init__(self, key: str, **about: Any) -> None:
        super().__init__(key)
        self.key = key
        self.about = about


def add_commands(sub: Any) -> None:
    """Add the commands to the parser's."""
    auditing = command(sub, "audit", _audit, "look at the whole log anew: edits, signatures, checkpoints, tables")
    auditing.description = "Reads one moment of the database, or a backup; the server may go on serving."
    kept = "checkpoints that were kept elsewhere, one a file, or the text of a printed code; - reads it from stdin"
    auditing.add_argument("checkpoint", nargs="*", help=kept)
    auditing.add_argument("--key", action="append", default=[], help="a public key of the log (name+id+key), not ours")
    auditing.add_argument("--witness-key", action="append", default=[], help="a witness's public key: who cosigned?")
    auditing.add_argument("--heads", action="append", default=[], metavar="FILE", help="what `heads` had printed")
    auditing.add_argument("--backup", type=Path, metavar="FOLDER", help="audit a backup, not the database")
    auditing.add_argument("--trail", type=Path, metavar="FILE", help="a trail's file instead, without any database")
    auditing.add_argument("--log", help="which log, when the backup holds several; the newest unless given")
    command(sub, "heads", _heads, "print which checkpoint each phone said it holds, one a line, for `audit --heads`")


async def _audit(options: argparse.Namespace) -> int:
    words = words_of(options.lang)
    try:
        brought = await asyncio.to_thread(_brought, options)
    except Unread as error:
        complain(words(error.key, **error.about))
        return WRONG
    if options.trail is not None:
        return await asyncio.to_thread(audit_trail, options.trail, brought.keys, options.lang)
    if options.backup is not None:
        return await asyncio.to_thread(_audit_backup, options, brought, words)
    settings = from_environment()
    async with reading(settings) as db, unbegun(db, settings) as journal:
        progress = progress_of(words, sys.stderr)
        report = await audit_report(journal, brought.checkpoints, brought.keys, progress, brought)
    return _tell(report, brought, settings.utc_offset_min, words, stored=True)


def _audit_backup(options: argparse.Namespace, brought: Brought, words: Words) -> int:
    """Nothing is read of an installation that may be on this machine, and nothing is written."""
    target, offset = options.backup.resolve(), utc_offset()
    held = chosen(options.log, target, offset, words, "audit.not_done")
    if held is None:
        return WRONG
    if held.damaged:
        complain(words("audit.damaged", path=str(target), detail=held.damaged))
        return WRONG
    keys = brought.keys or log_keys_in(target)
    if brought.checkpoints and not keys:
        complain(words("audit.no_keys", path=str(target)))
        return WRONG
    print(words("audit.backup", **_about(held, target, offset)))
    try:
        report = audit_parts(parts(held.folder), keys, brought, offset, progress_of(words, sys.stderr))
    except NewerRules as error:
        complain(str(error))
        return WRONG
    except (Damaged, ValueError) as error:
        complain(words("audit.damaged", path=str(target), detail=str(error)))
        return WRONG
    return _tell(report, brought, offset, words)


def _about(held: Held, target: Path, offset: int) -> dict[str, Any]:
    until = moment(held.received_ms, offset)
    return {"path": str(target), "log": held.folder.name, "n": held.size, "until": until}


def _brought(options: argparse.Namespace) -> Brought:
    """What was brought, read. Raises Unread."""
    heads = []
    for path in options.heads:
        try:
            heads += read_heads(_text(path))
        except ValueError as error:
            raise Unread("audit.no_heads", path=path, line=str(error)) from None
    return Brought(
        checkpoints=[_text(path) for path in options.checkpoint],
        keys=[_key(read_log_key, text, "audit.no_key") for text in options.key],
        witnesses=[_key(read_witness_key, text, "audit.no_witness_key") for text in options.witness_key],
        heads=heads,
    )


def _key(read: Callable[[str], T], text: str, key: str) -> T:
    try:
        return read(text)
    except ValueError:
        raise Unread(key, said=text) from None


def _text(path: str) -> str:
    """A file's text, or what comes in at the standard input. Raises Unread."""
    try:
        stdin = path == STDIN
        raw = sys.stdin.buffer.read(READ_BYTES_MAX + 1) if stdin else read_bounded(Path(path), READ_BYTES_MAX)
        if len(raw) > READ_BYTES_MAX:
            raise Unread("audit.no_file", path=path)
        return raw.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Unread("audit.no_file", path=path) from None


def _tell(report: Report, brought: Brought, offset: int, words: Words, *, stored: bool = False) -> int:
    """Say what was found; the exit code. `stored`: where checkpoints were signed, they are kept."""
    for incident in report.done["incidents"]:
        print(words("audit.restored", **printable(incident)))
    for found in report.found[:SHOWN]:
        print(words(f"audit.{found.code}", **printable(found.about)))
    if len(report.found) > SHOWN:
        print(words("audit.more", n=len(report.found) - SHOWN))
    for found in report.beyond[:SHOWN]:
        print(words(f"audit.{found.code}", **printable(found.about)))
    for seen in report.done["witnessed"]:
        print(words("audit.witnessed", **seen, at=moment(seen["time_s"] * 1000, offset)))
    named = {seen["name"] for seen in report.done["witnessed"]}
    for key in brought.witnesses:
        if key.name not in named:
            print(words("audit.unwitnessed", name=key.name))
    if brought.heads:
        print(words("audit.brought", n=report.done["brought"], of=len(brought.heads)))
    if stored:
        _tell_late(report, words)
    if report.found:
        print(words("audit.wrong", n=len(report.found)))
        return WRONG
    print(words("audit.done", **report.done))
    print(words("audit.digits", digits=_in_groups(b64decode(report.done["root"]).hex())))
    if report.beyond:
        print(words("audit.beyond_end", n=len(report.beyond)))
        return BEYOND
    return 0


def _tell_late(report: Report, words: Words) -> None:
    """Nothing was signed of it, or no longer. Not wrong by itself: the log may be younger than the journal."""
    first, begins = report.done["first"], report.done["begins"]
    if not first:
        print(words("audit.no_checkpoints"))
    elif first - begins > LATE:
        print(words("audit.begins_late", size=first))


def _in_groups(digits: str) -> str:
    """As it stands on the printed sheet."""
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


async def _heads(_options: argparse.Namespace) -> int:
    settings = from_environment()
    async with reading(settings) as db, unbegun(db, settings) as journal:
        await journal.stay()
        heads = await journal.transactions.read(heads_in)
    for head in heads:
        print(head_line(head))
    return 0
