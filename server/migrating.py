"""The database's tables are brought to this version, or found to be of another: then nothing is served."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from server.db import keep_private
from server.settings import ROOT

MAY_NOT = "42501"
"""PostgreSQL's SQLSTATE for what a role has no right to."""


class OtherTables(Exception):
    """The tables are not those of this version, and stay as they are; the words are for whoever runs the server."""


def upgrade(url: str) -> None:
    """Bring the tables to this version (Alembic). Raises OtherTables where this role may not change them."""
    keep_private(url)
    config = _config()
    # Alembic reads the address through ConfigParser, where a percent sign must be doubled.
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:
        if not _may_not(error):
            raise
        raise OtherTables(
            "The tables are not those of this version, and this role may not change them: run `migrate` as their owner."
            "\n数据库的表不是这个版本的，这个角色不能改表：请用表的所有者运行 migrate。"
        ) from None


async def check_tables(url: str) -> None:
    """Look whether the tables are those of this version; nothing is changed. Raises OtherTables."""
    keep_private(url)
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            found = await connection.run_sync(_found)
    except DBAPIError as error:
        if not _may_not(error):
            raise
        found = None
    finally:
        await engine.dispose()
    needed = ScriptDirectory.from_config(_config()).get_current_head()
    if found != needed:
        raise OtherTables(
            f"The database's tables are of version {found or 'none'}, this Sifang needs {needed}:\n"
            "run `migrate` as their owner, or start the Sifang that they belong to.\n"
            f"数据库的表是 {found or '空'} 版，这个四访要 {needed} 版：\n"
            "请用表的所有者运行 migrate，或者启动与它们相配的四访。"
        )


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def _may_not(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) == MAY_NOT
