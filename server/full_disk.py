"""A full disk, told apart from our own mistakes: nothing was taken, nothing is broken, and somebody can make room."""

from __future__ import annotations

import errno
import sqlite3

from starlette.requests import Request
from starlette.responses import Response

from server.problem import Problem, problem_response

RETRY_S = 60
SQLITE_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
"""The second: no room for the index beside the write-ahead log."""
POSTGRESQL_STATE = "53100"  # disk_full
ERRNOS = {errno.ENOSPC, errno.EDQUOT}


def is_disk_full(error: BaseException) -> bool:
    """Whether this error, or one that led to it, says that there is no room.

    SQLite ends a transaction by itself when a write fails, so the error that arrives may be of the ROLLBACK after it.
    """
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if getattr(one, "sqlite_errorcode", None) in SQLITE_CODES or getattr(one, "sqlstate", None) == POSTGRESQL_STATE:
            return True
        if isinstance(one, OSError) and one.errno in ERRNOS:
            return True
        waiting += [one.__cause__, one.__context__, getattr(one, "orig", None)]
    return False


def disk_full() -> Problem:
    """Nothing of the request was written."""
    return Problem(
        "disk_full",
        503,
        "服务器的磁盘满了，这次什么也没有收下。手机里的记录都还在，会自己再送；请告诉管服务器的人腾出地方。",
        "The server's disk is full. Nothing was taken this time; what phones hold is kept and goes again by itself. "
        "Tell whoever looks after the server to make room.",
    )


async def on_storage_error(request: Request, error: Exception) -> Response:
    """What a database or a file says when it cannot be written."""
    if not is_disk_full(error):
        raise error
    response = await problem_response(request, disk_full())
    response.headers["Retry-After"] = str(RETRY_S)
    return response
