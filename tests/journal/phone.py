"""A worker's phone in Python: makes edits as web/phone does, and speaks the exchange of sync/README.md."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from dataclasses import dataclass, field
from os import urandom
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import AsyncClient, Response
from uuid_utils import uuid7

from server.sealing import seal
from server.signing import is_signed
from sync.capsule import signed_capsule
from sync.edit import Edit, Seen, b64u, make_edit, unb64u
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.receive import Placed, Told, believe
from sync.statement import Statement, make_statement, signed_bytes

PROOFS = ("consistency", "cover")


@dataclass
class Phone:
    """One phone: its key, its chain, what it has not yet sent, and the rows it holds."""

    person: str
    grid: str
    http: AsyncClient
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    device: str = field(default_factory=lambda: str(uuid7()))
    nonce: str = ""
    log: str = ""
    size: int = 0
    clock_ms: int = 1_800_000_000_000
    offset_ms: int | None = None
    made: list[Edit] = field(default_factory=list)
    acknowledged: int = 0
    scopes: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    outcomes: dict[int, dict[str, Any]] = field(default_factory=dict)
    log_keys: list[bytes] = field(default_factory=list)  # without one it believes nothing of the log, and asks nothing
    held: Checkpoint | None = None
    opener: str = ""  # what lies in its vault; without it it asks as a phone does that has none yet, or is locked
    verified: set[int] = field(default_factory=set)  # numbers of edits proved to be in the log

    @property
    def public_key(self) -> str:
        """What it is known by."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return b64u(point)

    def make(self, kind: str, body: dict[str, Any], **header: Any) -> Edit:
        """Make an edit at the end of the chain; what the header leaves out is filled in."""
        id_ = header.pop("id", None) or str(uuid7())
        last = self.made[-1] if self.made else None
        fields: dict[str, Any] = {
            "id": id_,
            "device": self.device,
            "n": last.header.n + 1 if last else 1,
            "prev": b64u(last.hash) if last else None,
            "author": self.person,
            "grid": self.grid,
            "kind": kind,
            "v": 1,
            "entity": id_,
            "at_ms": self.clock_ms,
            "offset_ms": self.offset_ms,
            "seen": Seen(self.log, self.size),
            "over": {},
            **header,
        }
        edit = make_edit(fields, urandom(16), body)
        self.made.append(edit)
        return edit

    def visit(self, household: str, result: str = "met", **body: Any) -> Edit:
        """Record a visit at a door."""
        said = {"household": household, "occurred_at_ms": self.clock_ms, "mode": "door", "result": result, **body}
        return self.make("visit.recorded", said)

    def unsent(self) -> list[Edit]:
        """What the server has not acknowledged."""
        return [edit for edit in self.made if edit.header.n > self.acknowledged]

    def statement(self, edits: list[Edit], **changes: Any) -> dict[str, str]:
        """The signed head statement over these edits."""
        last = edits[-1] if edits else next((e for e in self.made if e.header.n == self.acknowledged), None)
        n, digest = (last.header.n, b64u(last.hash)) if last else (0, None)
        top = self.made[-1].header.n if self.made else 0
        values = {"v": 1, "device": self.device, "n": n, "hash": digest, "top": top, "nonce": self.nonce}
        text = make_statement(Statement(**{**values, "at_ms": self.clock_ms, **changes}))
        return {"statement": text.decode(), "signature": self.sign(text)}

    def sign(self, statement: bytes) -> str:
        """ECDSA P-256 over SHA-256, raw r‖s."""
        return self._sign(signed_bytes(statement))

    def capsule(self, public: bytes, **changes: Any) -> dict[str, Any]:
        """What it has not sent as a file for the server with this public key."""
        edits = self.unsent()
        said = json.loads(self.statement(edits, nonce="")["statement"])
        statement = make_statement(Statement(**{**said, **changes}))
        parts = [{"h": e.header_bytes.decode(), "s": b64u(e.salt), "b": e.body.decode()} for e in edits]
        inside = gzip.compress(json.dumps({"edits": parts}, ensure_ascii=False).encode())
        head = {"statement": statement.decode(), "signature": self._sign(signed_capsule(statement))}
        return {"sifang": "capsule", "v": 1, "head": head, "sealed": b64u(seal(inside, public))}

    def _sign(self, said: bytes) -> str:
        r, s = decode_dss_signature(self.key.sign(said, ec.ECDSA(SHA256())))
        return b64u(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def request(self, edits: list[Edit] | None = None, **changes: Any) -> dict[str, Any]:
        """The exchange it would ask for now."""
        edits = self.unsent() if edits is None else edits
        parts = [{"h": e.header_bytes.decode(), "s": b64u(e.salt), "b": e.body.decode()} for e in edits]
        asked = {
            "v": 1,
            "app": "test",
            "rows": 1,
            "head": self.statement(edits),
            "edits": parts,
            "scopes": list(self.scopes.values()),
            "health": {"unsent": len(self.unsent()), "oldest_ms": None},
        }
        if self.log_keys:
            asked["ledger"] = self.held_part()
        return {**asked, **changes}

    def held_part(self) -> dict[str, Any]:
        """What it says of the log."""
        if self.held is None:
            return {}
        edits = [each["position"] for n, each in self.outcomes.items() if n not in self.verified]
        root = b64encode(self.held.root).decode()
        return {"origin": self.held.origin, "size": self.held.size, "root": root, "edits": edits[:100]}

    def believe(self, reply: dict[str, Any]) -> None:
        """Hold the server's checkpoint if it is proved. Raises Doubt."""
        told = reply["ledger"]
        outcomes = {each["position"]: each for each in reply["outcomes"]}
        if self.held is not None and told["checkpoint"].startswith(f"{self.held.origin}\n"):
            asked = [each for n, each in self.outcomes.items() if n not in self.verified][:100]
            outcomes |= {each["position"]: each for each in asked}
        self.held = believe(
            self.held,
            Told(told["checkpoint"], *([unb64u(each) for each in told.get(name, [])] for name in PROOFS)),
            [
                (position, Placed(unb64u(each["hash"]), each["received_ms"], each["outcome"], each.get("reason")))
                for position, each in outcomes.items()
            ],
            self.log_keys,
            is_signed,
        )
        self.verified |= {each["n"] for at, each in outcomes.items() if at < self.held.size}

    async def send(self, asked: Any, zipped: bool = True) -> Response:
        """Send any request as it is."""
        raw = asked if isinstance(asked, bytes) else json.dumps(asked, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        if zipped:
            raw, headers["Content-Encoding"] = gzip.compress(raw), "gzip"
        if self.opener:
            headers["Sifang-Open"] = self.opener
        return await self.http.post("/sync/exchange", content=raw, headers=headers)

    async def exchange(self, edits: list[Edit] | None = None) -> dict[str, Any]:
        """One exchange as a phone does it: repeated once with a fresh nonce, snapshots fetched, more asked for."""
        response = await self.send(self.request(edits))
        if response.status_code == 401 and response.json()["problem"]["code"] == "nonce":
            self.nonce = response.json()["problem"]["nonce"]
            response = await self.send(self.request(edits))
        assert response.status_code == 200, response.text
        reply: dict[str, Any] = response.json()
        await self.take(reply)
        if reply["more"]:
            await self.exchange(edits=[])
        return reply

    async def take(self, reply: dict[str, Any]) -> None:
        """Keep what a reply brought."""
        if "ledger" in reply:
            self.believe(reply)
        self.nonce, self.log, self.size = reply["nonce"], reply["log"], reply["size"]
        self.offset_ms = reply["time_ms"] - self.clock_ms
        for outcome in reply["outcomes"]:
            self.outcomes[outcome["n"]] = outcome
            self.acknowledged = max(self.acknowledged, outcome["n"])
        for row in reply["rows"]:
            self.keep(row["scope"], row)
        for scope in reply["scopes"]:
            if "snapshot" in scope:
                for part in scope["snapshot"]["parts"]:
                    await self.fetch(part)
            self.scopes[scope["scope"]] = {key: scope[key] for key in ("scope", "generation", "cursor")}
        for scope in reply["gone"]:
            self.scopes.pop(scope)
            self.rows = {key: row for key, row in self.rows.items() if row["scope"] != scope}

    async def fetch(self, told: dict[str, Any]) -> dict[str, Any]:
        """One part of a snapshot."""
        response = await self.http.get(told["at"], headers={"Authorization": f"Sifang-Part {told['key']}"})
        assert response.status_code == 200, response.text
        part: dict[str, Any] = response.json()
        for row in part["rows"]:
            self.keep(part["scope"], row)
        return part

    def keep(self, scope: str, row: dict[str, Any]) -> None:
        """A row as a scope has it: the newer word counts, and only the scope that brought it takes it away."""
        key = row["k"], row["id"]
        now = self.rows.get(key)
        if now and now["scope"] != scope and (row["row"] is None or now["rev"] > row["rev"]):
            return
        if row["row"] is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = {**row, "scope": scope}

    def row(self, kind: str, id_: str) -> dict[str, Any]:
        """A row it holds."""
        row: dict[str, Any] = self.rows[kind, id_]["row"]
        return row
