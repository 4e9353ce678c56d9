"""A town to measure with: grids, homes, a worker and a phone in each grid, visits ready to send."""

from __future__ import annotations

import hashlib
import json
import random
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy.ext.asyncio import create_async_engine
from uuid_utils import uuid7

from server import schema
from server.db import Database
from server.journal import Draft, Journal
from server.settings import Settings
from sync.edit import NOBODY, Edit, Seen, b64u, make_edit
from sync.statement import Statement, make_nonce, make_statement, signed_bytes

GRIDS = 8
HOMES = 200
COMMITTED = 20_000
SECRET = hashlib.sha256(b"a secret for measurements only").digest()
START_MS = 1_760_000_000_000  # in the past: a visit that has not happened yet is set aside
WORDS = (
    "陈奶奶独居，厕所灯坏三天不敢换，想有人陪去量血压。", "敲门没人应，对门说回老家收庄稼，月底回来。",
    "租户新来两人，已告知登记。楼道杂物已劝清。", "老两口身体都好，问社区食堂什么时候开。",
)  # fmt: skip


@dataclass
class Phone:
    """A worker's phone with its chain ready to send."""

    device: str
    person: str
    grid: str
    homes: list[str]
    key: ec.EllipticCurvePrivateKey
    made: list[Edit] = field(default_factory=list)
    issued_ms: int = START_MS

    def head(self, top: Edit | None) -> dict[str, str]:
        """The next signed statement, with a nonce of its own."""
        self.issued_ms += 1
        nonce = make_nonce(SECRET, self.device, self.issued_ms)
        n, digest = (top.header.n, b64u(top.hash)) if top else (0, None)
        text = make_statement(Statement(1, self.device, n, digest, n, nonce, START_MS))
        r, s = decode_dss_signature(self.key.sign(signed_bytes(text), ec.ECDSA(SHA256())))
        return {"statement": text.decode(), "signature": b64u(r.to_bytes(32, "big") + s.to_bytes(32, "big"))}


@dataclass
class Town:
    """What was built: the phones, the log and its size, the data folder."""

    data: Path
    phones: list[Phone]
    log: str
    size: int


def _folder(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / "secret.key").write_bytes(SECRET)


async def _tables(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(schema.metadata.create_all)
    await engine.dispose()


async def build(data: Path, grids: int = GRIDS, homes_a_grid: int = HOMES, url: str | None = None) -> Town:
    """Make the tables, the places and the people; on SQLite in `data`, or in the empty database at `url`."""
    url = url or f"sqlite+aiosqlite:///{data / 'sifang.db'}"
    _folder(data)
    await _tables(url)
    settings = Settings(url, data, SECRET)
    db = Database(settings.database_url)
    journal = Journal(db, settings)
    await journal.start()
    drafts: list[Draft] = []

    def add(kind: str, body: dict[str, Any], grid: str | None = None) -> str:
        id_ = str(uuid7())
        drafts.append(Draft(kind, id_, id_ if kind == "grid.added" else grid, NOBODY, body, id=id_))
        return id_

    community = add("community.added", {"name": "榆桥社区"})
    phones = []
    for number in range(1, grids + 1):
        grid = add("grid.added", {"community": community, "name": f"第{number}网格", "sort": number})
        person = add("person.added", {"name": f"网格员{number}", "role": "grid_worker", "grids": [grid]})
        building = add("building.added", {"quarters": "槐安小区", "name": f"{number}幢", "sort": number}, grid)
        homes = [
            add("household.added", {"building": building, "room": str(room), "kind": "home", "facts": {}}, grid)
            for room in range(homes_a_grid)
        ]
        key = ec.generate_private_key(ec.SECP256R1())
        public = b64u(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
        device = add("device.enrolled", {"person": person, "public_key": public, "label": "bench"})
        phones.append(Phone(device, person, grid, homes, key))
    for start in range(0, len(drafts), COMMITTED):
        await journal.commit(drafts[start : start + COMMITTED])
    log, size = await journal.log_and_size()
    await journal.stop()
    await db.close()
    return Town(data, phones, log, size)


def visit(town: Town, phone: Phone, random_: random.Random, corrects: Edit | None = None) -> Edit:
    """The next visit of a worker's round, or one told anew: a header of some 640 bytes, a body of some 400."""
    n = phone.made[-1].header.n + 1 if phone.made else 1
    body = {
        "household": phone.homes[n % len(phone.homes)],
        "occurred_at_ms": START_MS + n * 60_000,
        "mode": "door",
        "result": random_.choice(("met", "met", "no_answer")),
        "text": random_.choice(WORDS) + random_.choice(WORDS),
        "asks": {"difficulty": random_.choice(WORDS)},
        "care": "watch",
    }
    id_ = str(uuid7())
    header = {
        "id": id_,
        "device": phone.device,
        "n": n,
        "prev": b64u(phone.made[-1].hash) if phone.made else None,
        "author": phone.person,
        "grid": phone.grid,
        "kind": "visit.corrected" if corrects else "visit.recorded",
        "v": 1,
        "entity": corrects.header.id if corrects else id_,
        "at_ms": START_MS + n * 60_000,
        "offset_ms": 12,
        "seen": Seen(town.log, town.size),
        "over": {"revision": [corrects.header.id]} if corrects else {},
    }
    edit = make_edit(header, random_.randbytes(16), body)
    phone.made.append(edit)
    return edit


class Prepared:
    """A request compressed beforehand but for its last bytes, which name the cursor: a real phone's compression
    costs the phone's time, not the server's machine's."""

    def __init__(self, head: dict[str, str], edits: list[Edit]) -> None:
        parts = [{"h": e.header_bytes.decode(), "s": b64u(e.salt), "b": e.body.decode()} for e in edits]
        asked: dict[str, Any] = {"v": 1, "app": "bench", "rows": 1, "head": head}
        if edits:
            asked["edits"] = parts
        prefix = json.dumps(asked, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
        deflater = zlib.compressobj(6, wbits=31)
        self._sent = deflater.compress(prefix) + deflater.flush(zlib.Z_FULL_FLUSH)
        self._crc = zlib.crc32(prefix)
        self._length = len(prefix)
        self.edits = len(edits)

    def body(self, scopes: list[dict[str, Any]], ledger: dict[str, Any] | None = None) -> bytes:
        """The request's bytes, gzip, with these scopes, and what it holds of the log where it asks for proofs."""
        told = {"scopes": scopes} if ledger is None else {"scopes": scopes, "ledger": ledger}
        last = b"," + json.dumps(told, separators=(",", ":")).encode()[1:]
        stored = struct.pack("<BHH", 1, len(last), len(last) ^ 0xFFFF) + last
        length = (self._length + len(last)) & 0xFFFFFFFF
        return self._sent + stored + struct.pack("<II", zlib.crc32(last, self._crc), length)
