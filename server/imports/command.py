"""`python -m server import FILE`: a ledger into the registry, or what it would change."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from server.clock import now_ms
from server.db import Database
from server.imports.addresses import grid_key
from server.imports.choice import Choice
from server.imports.describe import describe, words_of
from server.imports.plan import Plan, make_plan
from server.imports.reading import read
from server.imports.store import communities, load_registry, master_of
from server.journal import Journal
from server.problem import Problem
from server.settings import from_environment

BAR = 30


def add_command(sub: Any) -> None:
    """Add `import` to the parser's subcommands."""
    parser = sub.add_parser("import", help="bring a ledger (XLSX or CSV) of households or visits into the registry")
    parser.add_argument("file", type=Path, help="the ledger")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    parser.add_argument("--community", help="which community, when the installation has several")
    parser.add_argument("--grid", help="which grid, when the file does not say, for instance 第三网格")
    parser.add_argument("--by", help="in whose name; the community's station master unless given")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of the report")
    parser.set_defaults(run=run)


async def run(options: argparse.Namespace) -> int:
    """Do as the command says; 0 when every row was understood, 2 when some were not, 1 when nothing could be done."""
    words = words_of(options.lang)
    try:
        data = await asyncio.to_thread(options.file.read_bytes)
    except OSError:
        print(words("command.no_file", value=str(options.file)), file=sys.stderr)
        return 1
    settings = from_environment()
    db = Database(settings.database_url)
    journal = Journal(db, settings)
    try:
        await journal.start()
        plan = await _plan(db, data, options, settings.utc_offset_min)
        if isinstance(plan, str):
            print(plan, file=sys.stderr)
            return 1
        if not options.dry_run and plan.drafts:
            await journal.commit(plan.drafts)
    except Problem as problem:
        print(problem.message_en if options.lang == "en" else problem.message_zh, file=sys.stderr)
        return 1
    finally:
        await journal.stop()
        await db.close()
    print(told(plan, options.lang, settings.utc_offset_min, dry=options.dry_run))
    return 2 if plan.report.problems else 0


async def _plan(db: Database, data: bytes, options: argparse.Namespace, utc_offset_min: int) -> Plan | str:
    """The plan for this file, or the sentence that says why there is none."""
    words = words_of(options.lang)
    comma = words("list.comma")
    async with db.reading() as connection:
        known = await communities(connection)
        fitting = [id_ for id_, name in known if options.community in (None, name)]
        if not fitting:
            return words("command.no_community", value=options.community or "")
        if len(fitting) > 1:
            return words("command.which_community", list=comma.join(name for _, name in known))
        registry = await load_registry(connection, fitting[0])
        author = await master_of(connection, fitting[0], options.by)
    if author is None:
        return words("command.no_author", value=registry.community_name)
    grid = registry.grid_by_key.get(grid_key(options.grid)) if options.grid else None
    if options.grid and grid is None:
        return words("command.no_grid", value=options.grid, list=comma.join(each.name for each in registry.grids))
    book = await asyncio.to_thread(read, data, options.file.name)
    choice = Choice(author, now_ms(), utc_offset_min, grid)
    return await asyncio.to_thread(make_plan, book, registry, choice, show_progress)


def show_progress(done: int, total: int) -> None:
    """A bar on the terminal; nothing where output is kept in a file."""
    if not sys.stderr.isatty() or not total:
        return
    filled = BAR * done // total
    end = "\n" if done >= total else ""
    print(f"\r[{'█' * filled}{'·' * (BAR - filled)}] {100 * done // total:3d}%", end=end, file=sys.stderr, flush=True)


def told(plan: Plan, lang: str, utc_offset_min: int, *, dry: bool) -> str:
    """The report as lines of text."""
    words = words_of(lang)
    shown = describe(plan.report, lang, utc_offset_min, done=not dry)
    lines = [shown["say"], *shown["about"]]

    def section(title: str, items: list[str], more: int = 0) -> None:
        if items:
            rest = [words("more", n=more)] if more else []
            lines.extend(["", words(f"section.{title}"), *[f"  {item}" for item in [*items, *rest]]])

    problems = [row["where"] + row["why"] for row in shown["problems"]]
    if problems and shown["unused"]:
        problems.insert(0, shown["unused"])
    section("problems", problems, shown["problems_more"])
    changes = [
        f"{words('row', row=c['row'])} {c['door']} {c['field']}: {c['old']} → {c['new']}" for c in shown["changes"]
    ]
    section("changes" if dry else "changed", changes, shown["changes_more"])
    section("privacy", shown["privacy"])
    section("notes", [row["where"] + row["why"] for row in shown["notes"]], shown["notes_more"])
    section("read", shown["read"])
    if dry:
        lines += ["", words("command.dry")]
    return "\n".join(lines)
