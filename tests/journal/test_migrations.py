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


def downgrade(path: Path, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite+aiosqlite:///{path}")
    command.downgrade(config, revision)


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


def test_pages_that_a_phone_opened_before_know_their_phone(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    upgrade(path)
    downgrade(path, "0006")
    with sqlite3.connect(path) as connection:
        link = "INSERT INTO join_link VALUES (?, '赵敏', ?, 1, 9, ?, ?)"
        connection.execute(link, ("a", "phone", 5, "her phone"))
        connection.execute(link, ("b", "desk", 7, None))
        for id_, created_ms in (("on the phone", 5), ("at a desk", 7), ("of another time", 6)):
            connection.execute("INSERT INTO session VALUES (?, '赵敏', ?, ?, 99, '')", (id_, created_ms, created_ms))
    connection.close()
    upgrade(path)
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT id_hash, device, use FROM session").fetchall()
    connection.close()
    assert found == [("on the phone", "her phone", "field")], "the desk is opened anew, with a passkey"


def test_what_was_decided_stays_decided_and_names_no_step_yet(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    upgrade(path)
    downgrade(path, "0007")
    known = (7, "edit", "赵敏", "declined", "记错门了", "王站长", 5, 9)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO aside_decision VALUES (?, ?, ?, ?, ?, ?, ?, ?)", known)
    connection.close()
    upgrade(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM aside_decision").fetchall() == [(*known, None, "[]")]
        only_said = (8, "edit", "赵敏", None, None, None, None, 10, None, '[{"edit":"…"}]')
        connection.execute("INSERT INTO aside_decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", only_said)
    connection.close()
    downgrade(path, "0007")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM aside_decision").fetchall() == [known]
    connection.close()


def test_who_worked_here_works_on_and_nobody_stands_in_or_has_left(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    upgrade(path)
    downgrade(path, "0009")
    known = ("赵敏", "赵敏", "grid_worker", "榆桥社区", '["三"]', 7, '[[5,["四"]]]')
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", known)
    connection.close()
    upgrade(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM person").fetchall() == [(*known, "[]", None, None, "{}", "{}")]
    connection.close()
    downgrade(path, "0009")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM person").fetchall() == [known]
    connection.close()
