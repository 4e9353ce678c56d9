"""Two roles of PostgreSQL, made as docs/deploy.md says: one owns the tables, the one that serves changes rows alone."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from alembic import command
from alembic.config import Config
from httpx import AsyncClient
from sqlalchemy import select
from uuid_utils import uuid7

from server import clock, schema
from server.__main__ import main
from server.commands import Installation, opened
from server.join.store import create_link
from server.journal import Draft
from server.settings import ROOT, Settings
from tests import deployed
from tests.journal import postgres
from tests.journal.phone import Phone
from tests.journal.servers import environment, served

pytestmark = pytest.mark.anyio
OWNER, SERVING = "sifang_owner", "sifang"
Sifang = Callable[..., Awaitable[tuple[int, str]]]
MAY_NOT = (
    "CREATE TABLE stray (id int)",
    "CREATE TEMP TABLE stray (id int)",
    "CREATE SCHEMA stray",
    "CREATE FUNCTION stray() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE INDEX stray ON visit (id)",
    "CREATE TRIGGER stray BEFORE UPDATE ON visit FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "ALTER TABLE visit ADD COLUMN stray int",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "ALTER TABLE journal OWNER TO sifang",
    "TRUNCATE journal",
    "DROP TABLE visit",
    "DROP SCHEMA public CASCADE",
    "DROP DATABASE sifang",
    "SET ROLE sifang_owner",
    "CREATE ROLE stray",
    "UPDATE alembic_version SET version_num = '0001'",
    "DELETE FROM alembic_version",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL of our own with the roles and the database of the guide; yields where it listens."""
    programs = postgres.binaries()
    assert programs is not None
    with postgres.running(superuser="postgres") as address:
        place = address.rpartition("@")[2]
        psql = [str(programs / "psql"), "-v", "ON_ERROR_STOP=1", "-q", f"postgresql://postgres@{place}/postgres"]
        subprocess.run(psql, input=deployed.files()["roles.sql"], text=True, check=True)
        yield place


def address(server: str, role: str) -> str:
    """The database as one of the roles."""
    return f"postgresql+asyncpg://{role}@{server}/sifang"


@pytest.fixture
def sifang(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sifang:
    """`python -m server …` as one of the roles: its exit code and all it said."""

    async def run(role: str, *arguments: str) -> tuple[int, str]:
        for name, value in environment(tmp_path / role, address(server, role)).items():
            monkeypatch.setenv(name, value)
        # As at the shell, which runs no event loop yet.
        code = await asyncio.to_thread(main, arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@asynccontextmanager
async def connected(server: str, role: str) -> AsyncIterator[asyncpg.Connection]:
    """A role at the database itself."""
    connection = await asyncpg.connect(f"postgresql://{role}@{server}/sifang")
    try:
        yield connection
    finally:
        await connection.close()


async def tables(server: str) -> set[str]:
    """What there is."""
    async with connected(server, OWNER) as db:
        return {row[0] for row in await db.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


@pytest.fixture
async def migrated(server: str, sifang: Sifang, tmp_path: Path) -> str:
    """The owner has migrated and taken the version from the serving role, as the guide says."""
    code, said = await sifang(OWNER, "migrate")
    assert code == 0, said
    assert not (tmp_path / OWNER).exists(), "whoever migrates sees no key and makes none"
    found = re.search(r"psql sifang -c '(REVOKE .*)'", deployed.GUIDE)
    assert found
    async with connected(server, OWNER) as db:
        await db.execute(found[1])
    return server


async def test_nothing_is_served_or_made_before_the_owner_has_migrated(server: str, sifang: Sifang) -> None:
    async with connected(server, OWNER) as db:
        for name in await tables(server):
            await db.execute(f"DROP TABLE {name} CASCADE")
    for asked in (("serve", "--no-migrate", "--port", "0"), ("serve", "--port", "0"), ("begin", "榆桥社区", "王站长")):
        code, said = await sifang(SERVING, *asked)
        assert (code, "run `migrate` as their owner" in said, "请用表的所有者运行 migrate" in said) == (
            1,
            True,
            True,
        ), said
    assert await tables(server) == set()


async def test_the_role_that_serves_does_all_its_work(migrated: str, sifang: Sifang, tmp_path: Path) -> None:
    url, data, away = address(migrated, SERVING), tmp_path / SERVING, tmp_path / "away"
    away.mkdir()
    code, said = await sifang(SERVING, "begin", "榆桥社区", "王站长", "--grids", "1")
    assert code == 0, said
    settings = Settings(url, data, (data / "secret.key").read_bytes())
    async with opened(settings) as here:
        with served(data, url, options=["--no-migrate"]) as (place,):
            await _exchange_and_look(here, place)
    for asked in (
        ("retain", "--apply"),
        ("refold",),
        ("rebuild",),
        ("rotate", "secret"),
        ("rotate", "seal"),
        ("backup", str(away)),
        ("link", "desk", "王站长"),
        ("person", "小赵", "--grids", "第一网格"),
    ):
        code, said = await sifang(SERVING, *asked)
        assert code == 0, (asked, said)


async def _exchange_and_look(here: Installation, place: str) -> None:
    """A visit comes in from a phone and stands on the desk's page."""
    async with AsyncClient(base_url=place, timeout=60) as http, AsyncClient(base_url=place, timeout=60) as desk:
        async with here.db.reading() as db:
            grid = (await db.execute(select(schema.grid.c.id))).scalar_one()
            master = (await db.execute(select(schema.person.c.id))).scalar_one()
        phone = Phone(master, grid, http, clock_ms=clock.now_ms())
        home, building = str(uuid7()), str(uuid7())
        house = {"quarters": "槐安小区", "name": "3幢", "sort": 3}
        door = {"building": building, "room": "501", "kind": "home", "facts": {}}
        body = {"person": master, "public_key": phone.public_key, "label": "手机"}
        await here.journal.commit(
            [
                Draft("building.added", building, grid, master, house, id=building),
                Draft("household.added", home, grid, master, door, id=home),
                Draft("device.enrolled", phone.device, None, master, body, id=phone.device),
            ]
        )
        phone.nonce = here.journal.new_nonce(phone.device)
        phone.visit(home, text="厕所灯坏三天")
        await phone.exchange()
        assert phone.acknowledged == 1
        async with here.db.writing() as db:
            token = await create_link(db, master, "desk", clock.now_ms())
        assert (await desk.post(f"/join/{token}/session")).status_code == 303
        assert "厕所灯坏三天" in (await desk.get("/desk/visits")).text


async def test_the_role_that_serves_may_change_rows_and_nothing_else(migrated: str) -> None:
    before = await tables(migrated)
    async with connected(migrated, SERVING) as db:
        for statement in MAY_NOT:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.execute(statement)
        await db.execute("GRANT ALL ON journal TO sifang")  # PostgreSQL warns, and grants nothing
        assert not await db.fetchval("SELECT has_table_privilege('journal', 'TRUNCATE')")
        assert await db.fetchval("SELECT count(*) FROM visit") is not None
    assert await tables(migrated) == before


async def test_the_role_that_serves_writes_rows_of_tables_to_come(migrated: str) -> None:
    async with connected(migrated, OWNER) as owner, connected(migrated, SERVING) as db:
        await owner.execute("CREATE TABLE to_come (id int)")
        try:
            await db.execute("INSERT INTO to_come VALUES (1)")
            await db.execute("UPDATE to_come SET id = 2")
            assert await db.fetchval("DELETE FROM to_come RETURNING id") == 2
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.execute("DROP TABLE to_come")
        finally:
            await owner.execute("DROP TABLE to_come")


def _downgrade(url: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url)
    command.downgrade(config, revision)


async def test_tables_of_another_version_are_not_served(migrated: str, sifang: Sifang) -> None:
    serve = ("serve", "--no-migrate", "--port", "0")
    async with connected(migrated, OWNER) as owner:
        newest = await owner.fetchval("SELECT version_num FROM alembic_version")
        await asyncio.to_thread(_downgrade, address(migrated, OWNER), "0013")
        code, said = await sifang(SERVING, *serve)
        assert (code, f"of version 0013, this Sifang needs {newest}" in said) == (1, True), said
        assert await owner.fetchval("SELECT version_num FROM alembic_version") == "0013", "and are left alone"
        code, said = await sifang(SERVING, "begin", "榆桥社区", "王站长")
        assert (code, "this role may not change them" in said) == (1, True), said
        assert (await sifang(OWNER, "migrate"))[0] == 0
        await owner.execute("UPDATE alembic_version SET version_num = '9999'")
        try:
            code, said = await sifang(SERVING, *serve)
            assert (code, "of version 9999" in said) == (1, True), said
        finally:
            await owner.execute("UPDATE alembic_version SET version_num = $1", newest)


def test_a_file_without_tables_is_not_served_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)
    assert main(["serve", "--no-migrate", "--port", "0"]) == 1
    assert "of version none" in capsys.readouterr().err
    assert os.stat(tmp_path / "sifang.db").st_size == 0
