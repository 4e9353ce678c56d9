"""Eight digits for who cannot scan: what they lead to, and what guessing them costs.

The first four name the code, all eight open it. In the database the name is a keyed hash and the whole a slow one, so
that neither can be read there; the link's token is sealed under the code itself. Five wrong tries of a name spoil that
code and no other, nor the link's own QR: who guesses at random meets a name once in thousands of tries, and their
address is slowed down long before (`brakes.WRONG_CODES`). docs/security/enrolment.md has the numbers.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import secrets
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.db import Database
from server.sessions import hashed

TRIES_MAX = 5
DIGITS = 8
NAMED_BY = 4
_APART = re.compile(r"[\s\-‐‑–—·.]+")
_NAMES_TRIED = 50
_SLOW = {"n": 2**14, "r": 8, "p": 5, "maxmem": 64 * 1024 * 1024}
"""OWASP's parameters for scrypt."""
_ONE_AT_A_TIME = ThreadPoolExecutor(1, "codes")
"""However many guess, one processor's worth of their guesses is looked at."""


def read_code(typed: str) -> str | None:
    """What somebody typed, as digits; None when it is no code at all. １２３４ ５６７８ and 1234-5678 are one."""
    plain = _APART.sub("", unicodedata.normalize("NFKC", typed[:40]))
    return plain if len(plain) == DIGITS and plain.isascii() and plain.isdigit() else None


async def make_code(db: Database, secret: bytes, token: str, expires_ms: int, now_ms: int) -> str | None:
    """A code that leads to the link of this token as long as it lives; None when there are too many already."""
    for _ in range(_NAMES_TRIED):
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        salt = secrets.token_bytes(16)
        mark, key = await _slowly(secret, code, salt)
        sealed = AESGCM(key).encrypt(salt[:12], token.encode(), None)
        name = _name(secret, code)
        row = {"name": name, "link": hashed(token), "salt": salt, "hash": mark, "sealed": sealed}
        # Two desks may have come upon one name at one moment.
        with suppress(IntegrityError):
            async with db.writing() as connection:
                if await _free(connection, name, now_ms):
                    await connection.execute(insert(schema.join_code).values(**row, tries=0, expires_ms=expires_ms))
                    return code
    return None


async def open_code(db: Database, secret: bytes, code: str, now_ms: int) -> str | None:
    """The token of the link that a code leads to, or None. A try is written down before it is looked at, so that a
    hundred at once are no more than a hundred."""
    row = await _try(db, _name(secret, code), now_ms)
    salt = bytes(row["salt"]) if row else bytes(16)
    # A name that nobody has takes as long.
    mark, key = await _slowly(secret, code, salt)
    if row is None or not hmac.compare_digest(mark, bytes(row["hash"])):
        return None
    column = schema.join_code.c
    async with db.writing() as connection:
        # What was typed right was no wrong try.
        right = update(schema.join_code).where(column.name == row["name"]).values(tries=column.tries - 1)
        await connection.execute(right)
    return AESGCM(key).decrypt(salt[:12], bytes(row["sealed"]), None).decode()


async def _try(db: Database, name: str, now_ms: int) -> RowMapping | None:
    column = schema.join_code.c
    good = (column.name == name, column.expires_ms > now_ms, column.tries < TRIES_MAX)
    async with db.reading() as connection:
        row = (await connection.execute(select(schema.join_code).where(*good))).mappings().first()
    if row is None:
        return None
    async with db.writing() as connection:
        counted = await connection.execute(update(schema.join_code).where(*good).values(tries=column.tries + 1))
    return row if counted.rowcount else None


async def _free(db: AsyncConnection, name: str, now_ms: int) -> bool:
    column = schema.join_code.c
    await db.execute(delete(schema.join_code).where(column.expires_ms <= now_ms))
    return (await db.execute(select(column.name).where(column.name == name))).first() is None


def _name(secret: bytes, code: str) -> str:
    return hmac.digest(secret, b"code name\0" + code[:NAMED_BY].encode(), hashlib.sha256).hex()


async def _slowly(secret: bytes, code: str, salt: bytes) -> tuple[bytes, bytes]:
    """What the database recognises the code by, and the key it opens the token with."""
    keyed = hmac.digest(secret, b"code\0" + code.encode(), hashlib.sha256)

    def derive() -> bytes:
        return hashlib.scrypt(keyed, salt=salt, dklen=64, **_SLOW)

    made = await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, derive)
    return made[:32], made[32:]
