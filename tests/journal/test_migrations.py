"""The migrations lead to exactly the tables that the code names."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from server import schema
from server.settings import ROOT


def upgrade(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite+aiosqlite:///{path}")
    command.upgrade(config, "head")


def _tables(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    # A table that was altered on SQLite was copied: its name stands in quotes then.
    plain = {name: re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", re.sub(r"\s+", " ", sql)) for name, sql in rows}
    return {name: sql for name, sql in plain.items() if name != "alembic_version"}


def test_migrating_an_empty_database_makes_the_tables_of_the_schema(tmp_path: Path) -> None:
    upgrade(tmp_path / "migrated.db")
    engine = create_engine(f"sqlite:///{tmp_path}/made.db")
    schema.metadata.create_all(engine)
    engine.dispose()
    made = _tables(tmp_path / "made.db")
    assert len(made) > 30
    assert _tables(tmp_path / "migrated.db") == made


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    upgrade(tmp_path / "again.db")
    before = _tables(tmp_path / "again.db")
    upgrade(tmp_path / "again.db")
    assert _tables(tmp_path / "again.db") == before
