"""What each command of `python -m server` does."""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import segno
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from server import i18n, migrating, schema, serving
from server.access import STATION, load_user
from server.app import create_app
from server.backup.words import progress_of, words_of
from server.certificates import make_certificate
from server.clock import now_ms
from server.db import Database
from server.foundation import begin_community, first_administrator
from server.imports.addresses import grid_key
from server.imports.store import communities, master_of
from server.join.store import DEMO_LINK_MS, LINK_MS, create_link, desk_link
from server.journal import GIVEN_BY_ADMIN, NOBODY, DamagedList, Journal, Moved, NewerRules
from server.people import BY_COMMAND, add_person, newcomer
from server.proxies import NOBODY as NO_PROXIES
from server.proxies import Proxies, read_proxies
from server.settings import Settings, database_address, from_environment
from server.signer.asking import meet
from server.transport import CIPHERS, check_address

GRACE_S = 5
FIRST_LINK_HOURS = 24
"""How long whoever sets an installation up may take to come back to the screen."""


@dataclass(frozen=True)
class Installation:
    """An open database and its journal, for the length of one command."""

    settings: Settings
    db: Database
    journal: Journal


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Installation]:
    """Open the installation as the server would, without serving."""
    db = Database(settings.database_url)
    journal = Journal(db, settings)
    try:
        await journal.start()
        yield Installation(settings, db, journal)
    finally:
        await journal.stop()
        await db.close()


def upgrade(settings: Settings) -> None:
    """Bring the database's tables to this version. Raises OtherTables."""
    migrating.upgrade(settings.database_url)


def migrate(_options: argparse.Namespace) -> int:
    """`migrate`: tables to this version. Whoever owns them need not see the keys: only the database is touched."""
    url = database_address()
    migrating.upgrade(url)
    print(f"The database is at this version: {make_url(url).render_as_string(hide_password=True)}")
    return 0


def today(settings: Settings) -> str:
    """The installation's local day, YYYY-MM-DD."""
    return (datetime.now(UTC) + timedelta(minutes=settings.utc_offset_min)).date().isoformat()


async def _fill(settings: Settings) -> None:
    db = Database(settings.database_url)
    try:
        async with db.reading() as connection:
            count = select(func.count()).select_from(schema.household)
            households = (await connection.execute(count)).scalar_one()
    finally:
        await db.close()
    if households:
        return
    # Here, because serving needs neither the demo's texts nor a spreadsheet writer.
    from server import demo as demo_community

    day = today(settings)
    with demo_community.long_before(day, settings.utc_offset_min) as hour:
        async with opened(settings) as here:
            await demo_community.seed(here.db, here.journal, settings, day, hour)


def demo(_options: argparse.Namespace) -> int:
    """`demo`: the demo community, if the database holds no household yet."""
    settings = from_environment()
    upgrade(settings)
    asyncio.run(_fill(settings))
    return 0


async def _person(db: AsyncConnection, name: str | None, role: str) -> tuple[str, str] | None:
    column = schema.person.c
    fits = column.role == role if name is None else column.name == name
    query = select(column.id, column.name).where(fits, column.ended_ms.is_(None)).order_by(column.id)
    row = (await db.execute(query)).first()
    return (row.id, row.name) if row else None


def _lasting_ms(settings: Settings) -> int:
    """Ten minutes; whoever tries a demo may take their time."""
    return DEMO_LINK_MS if settings.demo else LINK_MS


async def _make_link(here: Installation, purpose: str, name: str | None) -> tuple[str, str] | None:
    """A one-time address for a person (by name, or the first who fits), and their name."""
    return await _make_link_for(here, purpose, name, "grid_worker" if purpose == "phone" else "station_master")


async def _make_link_for(here: Installation, purpose: str, name: str | None, role: str) -> tuple[str, str] | None:
    """The same, where nobody is named for the first of a role."""
    async with here.db.writing() as db:
        person = await _person(db, name, role)
        if person is None:
            return None
        token = await create_link(db, person[0], purpose, now_ms(), lasting_ms=_lasting_ms(here.settings))
    shown = here.settings.log_keys.fragment if purpose == "phone" else ""
    return f"{here.settings.public_url}/join/{token}{shown}", person[1]


def show_link(title: str, url: str) -> None:
    """Print an address and its QR code for a terminal."""
    print(f"\n{title}\n  {url}\n")
    segno.make(url, error="m").terminal(sys.stdout, compact=True, border=2)


async def _print_links(settings: Settings, phone: str | None) -> None:
    async with opened(settings) as here:
        worker = await _make_link(here, "phone", phone) or await _make_link(here, "phone", None)
        master = await _make_link(here, "desk", None)
        admin = await _make_link_for(here, "desk", None, "admin") if settings.demo else None
    minutes = _lasting_ms(settings) // 60_000
    span = f"{minutes // 60} hours" if minutes > 60 else f"{minutes} minutes"
    print(f"\nSifang 四访: {settings.public_url}   (each link works once, within {span})")
    if worker:
        show_link(f"Worker's phone, {worker[1]} 网格员手机:", worker[0])
    if master:
        show_link(f"Station master's desk, {master[1]} 站长电脑:", master[0])
    if admin:
        show_link(f"Administrator's desk, {admin[1]} 管理员电脑 (others: 人员 · their name):", admin[0])
    sys.stdout.flush()


async def _print_first(settings: Settings) -> None:
    """Where nobody works yet: the one link by which an installation is begun in the browser."""
    async with opened(settings) as here:
        person = await first_administrator(here.db, here.journal)
        if person is None:
            return
        async with here.db.writing() as db:
            token = await desk_link(db, person, now_ms(), FIRST_LINK_HOURS * 3_600_000)
    print(f"\nSifang 四访: {settings.public_url}   (this link works once, within {FIRST_LINK_HOURS} hours)")
    show_link(
        "Nobody works here yet: begin in the browser 还没有人，在浏览器里开始:", f"{settings.public_url}/join/{token}"
    )
    sys.stdout.flush()


async def link(options: argparse.Namespace) -> int:
    """`link phone|desk NAME`: one more one-time link."""
    settings = from_environment()
    if options.public_url:
        settings = settings.at(options.public_url)
    async with opened(settings) as here:
        made = await _make_link(here, options.purpose, options.name)
    if made is None:
        for lang in ("zh", "en"):
            print(i18n.t(lang, "people.command.nobody", {"name": options.name}), file=sys.stderr)
        return 1
    show_link(made[1], made[0])
    return 0


async def begin(options: argparse.Namespace) -> int:
    """`begin COMMUNITY MASTER`: the first community of an empty installation."""
    settings = from_environment()
    await asyncio.to_thread(upgrade, settings)
    async with opened(settings) as here:
        made = await begin_community(here.db, here.journal, options.community, options.master, options.grids)
    if not made:
        print("This installation already has a community. 已经有社区了。", file=sys.stderr)
        return 1
    print(f"{options.community}: {options.grids} grids, {options.master}.")
    print("Next: python -m server person NAME --grids 第一网格, and python -m server import FILE")
    return 0


async def person(options: argparse.Namespace) -> int:
    """`person NAME`: somebody who works here, in the station master's name."""
    async with opened(from_environment()) as here:
        said, done = await _enter(here, options)
    print(said, file=sys.stdout if done else sys.stderr)
    return 0 if done else 1


async def _enter(here: Installation, options: argparse.Namespace) -> tuple[str, bool]:
    """Enter a person: what to say of it, and whether it was done."""
    lang, role = options.lang, options.role
    comma = i18n.t(lang, "import.list.comma")
    async with here.db.reading() as db:
        known = await communities(db)
        fitting = [id_ for id_, name in known if options.community in (None, name)]
        if not fitting:
            return i18n.t(lang, "import.command.no_community", {"value": options.community or ""}), False
        if len(fitting) > 1:
            names = comma.join(name for _, name in known)
            return i18n.t(lang, "import.command.which_community", {"list": names}), False
        author = await load_user(db, await master_of(db, fitting[0], options.by) or "")
        column = schema.grid.c
        query = select(column.id, column.name).where(column.community == fitting[0]).order_by(column.sort, column.id)
        grids = {row.id: row.name for row in await db.execute(query)}
    if author is None or author.role not in STATION:
        value = options.by or dict(known)[fitting[0]]
        return i18n.t(lang, "people.command.no_master", {"value": value}), False
    if role not in BY_COMMAND:
        roles = comma.join(f"{each} ({i18n.t(lang, f'people.role.{each}')})" for each in BY_COMMAND)
        return i18n.t(lang, "people.command.no_role", {"value": role, "list": roles}), False
    by_key = {grid_key(name): id_ for id_, name in grids.items()}
    for said in options.grids:
        if grid_key(said) not in by_key:
            listed = comma.join(grids.values())
            return i18n.t(lang, "people.command.no_grid", {"value": said, "list": listed}), False
    who = newcomer(options.name, role, [by_key[grid_key(said)] for said in options.grids], list(grids))
    # Whoever has the server's shell stands above the station: only they, or an administrator, make one.
    by = NOBODY if role in GIVEN_BY_ADMIN else author.id
    id_, wrong = await add_person(here.db, here.journal, fitting[0], by, who)
    if id_ is None:
        code = next(iter(wrong.values()))
        if code == "no_grid":
            return i18n.t(lang, "people.command.which_grid", {"list": comma.join(grids.values())}), False
        return i18n.t(lang, f"people.{code}", {"name": who.name}), False
    own = comma.join(grids[grid] for grid in who.scope["grids"]) or i18n.t(lang, "people.no_grids")
    told = {"name": who.name, "role": i18n.t(lang, f"people.role.{role}"), "grids": own}
    after = "people.command.next" if role in ("grid_worker", "grid_leader") else "people.command.next_desk"
    return f"{i18n.t(lang, 'people.command.added', told)}\n{i18n.t(lang, after, {'name': who.name})}", True


def _free(host: str, port: int) -> bool:
    """Whether the port can be listened on. Asked before anything is written or any link is printed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server itself binds: a port just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


async def _prepare(settings: Settings) -> bool:
    """Before anyone is let in: tables that an older version folded are folded anew. False when this is not ours."""
    words = words_of("zh")
    if not await _signer_known(settings):
        return False
    db = Database(settings.database_url)
    journal = Journal(db, settings)
    try:
        begun = await journal.start(progress_of(words, sys.stderr))
    except (DamagedList, Moved, NewerRules) as error:
        print(error, file=sys.stderr)
        return False
    finally:
        await journal.stop()
        await db.close()
    for line in begun.rebuilt.trouble if begun.rebuilt else ():
        print(line, file=sys.stderr)
    return True


async def _signer_known(settings: Settings) -> bool:
    """Phones can be told the keys of the log: where a signer holds them, it answers, or did before."""
    at = settings.log_signer
    if at is None or (await meet(at, settings.log_known_at)).keys:
        return True
    for lang in ("zh", "en"):
        print(words_of(lang)("signer.never_met", path=str(at)), file=sys.stderr)
    return False


def _listening(options: argparse.Namespace) -> dict[str, Any]:
    """Where uvicorn listens."""
    return {"uds": options.uds} if options.uds else {"host": options.host, "port": options.port}


def _believed(options: argparse.Namespace, said: Proxies) -> Proxies:
    """Whose word is taken for where a request came from: a proxy's that was named, or that reaches the Unix socket;
    nobody's otherwise. Raises BadProxies."""
    named = read_proxies(options.proxy) if options.behind_proxy else NO_PROXIES
    return Proxies((*said.networks, *named.networks), said.unix or bool(options.uds))


def serve(options: argparse.Namespace) -> int:
    """`serve`: migrate unless told not to, fill if asked, print links, then answer until stopped. Raises Unsafe,
    OtherTables."""
    settings = from_environment()
    scheme = "https" if options.tls or options.cert else "http"
    if not options.uds:
        check_address(options.host, tls=scheme == "https", behind_proxy=options.behind_proxy)
    public_url = options.public_url
    if (public_url is None and options.port != 8000) or (scheme == "https" and public_url is None):
        public_url = f"{scheme}://localhost:{options.port}"
    if public_url:
        settings = settings.at(public_url)
    settings = replace(settings, proxies=_believed(options, settings.proxies))
    certificate, key = options.cert, options.key
    if not options.uds and not _free(options.host, options.port):
        print(
            f"Port {options.port} is taken: is Sifang running already? Choose another with --port.\n"
            f"端口 {options.port} 被占着：四访是不是已经开着？要换一个，用 --port。",
            file=sys.stderr,
        )
        return 1
    if options.tls and not certificate:
        certificate, key = make_certificate(settings.data, settings.public_url)
    if options.no_migrate:
        asyncio.run(migrating.check_tables(settings.database_url))
    else:
        upgrade(settings)
    if options.demo:
        settings = replace(settings, demo=True)
        # Before anything is journaled: the demo's journal begins on the day before.
        if asyncio.run(_signer_known(settings)):
            asyncio.run(_fill(settings))
    if not asyncio.run(_prepare(settings)):
        return 1
    asyncio.run(_print_first(settings))
    if options.links:
        asyncio.run(_print_links(settings, "小赵" if options.demo else None))
    serving.run(
        create_app(settings),
        **_listening(options),
        ssl_certfile=str(Path(certificate)) if certificate else None,
        ssl_keyfile=str(Path(key)) if key else None,
        ssl_ciphers=CIPHERS,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
    )
    return 0
