"""What these commands share: a line of the parser, the database as it is, and which log of a backup is meant."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.backup.back import Held, logs
from server.backup.words import Words, complain, moment
from server.db import Database
from server.journal import Journal
from server.settings import Settings


def command(sub: Any, name: str, run: Callable[[argparse.Namespace], Any], about: str) -> argparse.ArgumentParser:
    """One more command, with the language of its answers."""
    parser: argparse.ArgumentParser = sub.add_parser(name, help=about)
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of what is said")
    parser.set_defaults(run=run)
    return parser


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Database]:
    """The database as it is, without beginning to write."""
    db = Database(settings.database_url)
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def unbegun(db: Database, settings: Settings) -> AsyncIterator[Journal]:
    """The journal, not yet begun."""
    journal = Journal(db, settings)
    try:
        yield journal
    finally:
        await journal.stop()


def chosen(wanted: str | None, target: Path, utc_offset_min: int, words: Words, unmade: str) -> Held | None:
    """The log of a backup that is meant, of all that there are, which are told; None when a person has to say which.
    `unmade`: the key of what was not done then."""
    held = logs(target) if target.is_dir() else []
    for each in held:
        until = moment(each.received_ms, utc_offset_min)
        args = {"log": each.folder.name, "n": each.size, "until": until, "detail": each.damaged}
        print(words("log_damaged" if each.damaged else "log", **args))
    fitting = [each for each in held if wanted in (None, each.folder.name)]
    if not fitting:
        unknown = words("no_log", log=wanted, unmade=words(unmade))
        complain(unknown if held else words("nothing_there", path=str(target)))
        return None
    if wanted is None and any(each.damaged for each in held):
        # The damaged one may be the newest: an older one in its place would lose what nobody looks for any more.
        complain(words("which_log", unmade=words(unmade)))
        return None
    return fitting[0]
