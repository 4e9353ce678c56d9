"""`python -m server retain`: what is older than it may be kept. Without `--apply` it only counts."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from server import clock, i18n
from server.blobs import Blobs
from server.db import Database
from server.journal import Journal, erasing
from server.journal.erasing import Due
from server.localtime import local_day
from server.retention.classes import CLASSES, Cut, cut_of
from server.settings import Settings, from_environment

ORPHAN_S = 31 * 24 * 3600
"""A photo that nothing names may be on its way to be named: for a month it is left alone."""


class Words:
    """What the command says, in the reader's language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def say(self, key: str, **args: Any) -> None:
        """A line of the catalogue below `retention.`."""
        print(i18n.t(self._lang, f"retention.{key}", args))
        sys.stdout.flush()


def add_command(sub: Any) -> None:
    """`retain`, in the list of commands."""
    retain = sub.add_parser("retain", help="erase what is older than it may be kept; counts only, unless --apply")
    retain.add_argument("--apply", action="store_true", help="erase for good")
    retain.add_argument("--only", choices=CLASSES, help="one class of records")
    retain.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of the answer")
    retain.set_defaults(run=run)


async def run(options: argparse.Namespace) -> int:
    """Count, and erase if asked."""
    settings, words = from_environment(), Words(options.lang)
    db = Database(settings.database_url)
    journal = Journal(db, settings)
    try:
        await journal.start()
        await retain(journal, settings, words, [options.only] if options.only else CLASSES, apply=options.apply)
    finally:
        await journal.stop()
        await db.close()
    return 0


async def retain(journal: Journal, settings: Settings, words: Words, classes: Sequence[str], *, apply: bool) -> None:
    """Every class in turn; at the end the photos that nothing names any more."""
    today = local_day(clock.now_ms(), settings.utc_offset_min)
    if apply:
        back = await journal.writer.do(erasing.erase_again)
        if back:
            words.say("again", n=back)
    for what in classes:
        cut = cut_of(what, settings, today)
        await CLASS[what](journal, words, cut, apply=apply)
    if apply:
        await journal.list_erased()
        # The log holds pages as they were; where somebody reads it, it is emptied later.
        await journal.transactions.empty_log()
        photos = await _drop_photos(journal, settings.blobs)
        words.say("photos", n=photos)
        words.say("done")
    else:
        words.say("dry")


async def _visits(journal: Journal, words: Words, cut: Cut, *, apply: bool) -> None:
    due = await journal.transactions.read(lambda store: erasing.visits_due(store, cut.before_ms))
    aside = await journal.transactions.read(lambda store: erasing.aside_due(store, cut.before_ms))
    words.say("visits", n=len(due), day=cut.day, grids=len(Counter(each.grid for each in due)))
    if aside:
        words.say("aside", n=len(aside), day=cut.day)
    if not apply:
        return
    gone = 0
    for some in _portions(due):
        gone += await journal.writer.do(partial(erasing.erase_visits, due=some, before_ms=cut.before_ms))
        words.say("progress", done=gone, n=len(due))
    for first in range(0, len(aside), erasing.VISITS_A_TIME):
        part = aside[first : first + erasing.VISITS_A_TIME]
        await journal.writer.do(partial(erasing.erase_aside, edits=part, before_ms=cut.before_ms))


def _portions(due: Sequence[Due]) -> list[list[Due]]:
    """Some hundred visits of one grid at a time."""
    found = []
    for _, group in groupby(due, key=lambda each: each.grid):
        visits = list(group)
        size = erasing.VISITS_A_TIME
        found += [visits[first : first + size] for first in range(0, len(visits), size)]
    return found


async def _access(journal: Journal, words: Words, cut: Cut, *, apply: bool) -> None:
    count = "SELECT count(*) FROM access_record WHERE at_ms < $1"
    row = await journal.transactions.read(lambda store: store.row(count, cut.before_ms))
    words.say("access", n=row[0] if row else 0, day=cut.day)
    if apply:
        await journal.writer.do(partial(erasing.erase_looks, before_ms=cut.before_ms))


async def _suggestions(journal: Journal, words: Words, cut: Cut, *, apply: bool) -> None:
    due = await journal.transactions.read(lambda store: erasing.suggestions_due(store, cut.before_ms))
    words.say("suggestions", n=len(due), day=cut.day)
    for first in range(0, len(due) if apply else 0, erasing.VISITS_A_TIME):
        part = due[first : first + erasing.VISITS_A_TIME]
        await journal.writer.do(partial(erasing.erase_suggestions, edits=part, before_ms=cut.before_ms))


async def _cases(journal: Journal, words: Words, cut: Cut, *, apply: bool) -> None:
    due = await journal.transactions.read(lambda store: erasing.cases_due(store, cut.before_ms))
    aside = await journal.transactions.read(lambda store: erasing.cases_aside_due(store, cut.before_ms))
    words.say("cases", n=len(due) + len(aside), day=cut.day)
    size = erasing.VISITS_A_TIME
    for first in range(0, max(len(due), len(aside)) if apply else 0, size):
        some, said = due[first : first + size], aside[first : first + size]
        await journal.writer.do(partial(erasing.erase_cases, due=some, aside=said, before_ms=cut.before_ms))


async def _contacts(journal: Journal, words: Words, cut: Cut, *, apply: bool) -> None:
    due = await journal.transactions.read(lambda store: erasing.contacts_due(store, cut.before_ms))
    words.say("contacts", n=len(due), day=cut.day)
    for first in range(0, len(due) if apply else 0, erasing.VISITS_A_TIME):
        part = due[first : first + erasing.VISITS_A_TIME]
        await journal.writer.do(partial(erasing.erase_contacts, due=part, before_ms=cut.before_ms))


CLASS = {
    "visits": _visits,
    "cases": _cases,
    "access": _access,
    "suggestions": _suggestions,
    "contacts": _contacts,
}
"""How each class is counted and erased."""


async def _drop_photos(journal: Journal, folder: Path) -> int:
    named = await journal.transactions.read(erasing.blobs_named)
    return await asyncio.to_thread(Blobs(folder).drop_others, named, time.time() - ORPHAN_S)
