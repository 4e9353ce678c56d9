"""Write the vectors that Python and JavaScript must both pass: `python -m tests.vectors.make`.

Everything is fixed but the signatures: ECDSA draws a random number, so they are made once and kept if present.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.edit import Edit, b64u, make_edit
from sync.statement import Statement, make_nonce, make_statement, signed_bytes

HERE = Path(__file__).parent
DEVICE = "019a0b1c-0000-7000-8000-00000000d001"
WORKER_ZHAO = "019a0b1c-0000-7000-8000-00000000a001"
LEADER_LI = "019a0b1c-0000-7000-8000-00000000a002"
GRID = "019a0b1c-0000-7000-8000-00000000c003"
BUILDING = "019a0b1c-0000-7000-8000-00000000b003"
AUNTIE_CHEN = "019a0b1c-0000-7000-8000-00000000e501"
LOG = "019a0b1c-0000-7000-8000-000000000106"
SECRET = b"vectors only: not a secret......"

NAMES_OF_PITFALLS = (
    "陈奶奶独居，𠮷野家的盒饭🍱吃了一半👩‍👩‍👧，说“灯坏了”。\n\t'单引号' \"双引号\" \\反斜杠 /斜杠 <b>&amp;</b> </script>",
    "עברית \u202eright-to-left\u202c ‏mark‏ \u2028line\u2029para \ufeffbom \u00a0nbsp \u0301combining é",
)


def _id(number: int) -> str:
    return f"019a0b1c-{number:04x}-7000-8000-00000000f{number:03x}"


def _bodies() -> list[tuple[str, str, dict[str, Any], dict[str, list[str]]]]:
    visit = {"household": AUNTIE_CHEN, "occurred_at_ms": 1_763_608_572_000, "mode": "door", "result": "met"}
    asks = {"difficulty": "厕所灯坏了三天", "need": "陪同量血压"}
    return [
        ("visit.recorded", _id(1), {**visit, "text": NAMES_OF_PITFALLS[0], "asks": asks, "care": "watch"}, {}),
        ("visit.recorded", _id(2), {**visit, "result": "no_answer"}, {}),
        ("visit.corrected", _id(1), {**visit, "text": NAMES_OF_PITFALLS[1]}, {"revision": [_id(1)]}),
        ("household.stated", AUNTIE_CHEN, {"facts": {"phone": "000-0000-0001", "note": None}}, {"phone": [], "note": [_id(2)]}),
        ("resident.added", _id(5), {"household": AUNTIE_CHEN, "facts": {"name": "𠮷奶奶", "birth_year": 1941}, "tags": ["elder_alone"]}, {}),
        ("resident.tagged", _id(5), {"add": [], "remove": ["elder_alone"]}, {"tag:elder_alone": [_id(5)]}),
        ("household.added", _id(7), {"building": BUILDING, "floor": -1, "room": "地下室 3号", "kind": "basement", "facts": {}}, {}),
    ]  # fmt: skip


def edits() -> list[Edit]:
    """A chain of seven edits by Worker Zhao's phone."""
    made: list[Edit] = []
    for index, (kind, entity, body, over) in enumerate(_bodies()):
        n = index + 1
        header: dict[str, Any] = {
            "id": _id(n),
            "device": DEVICE,
            "n": n,
            "prev": b64u(made[-1].hash) if made else None,
            "author": WORKER_ZHAO,
            "grid": GRID,
            "kind": kind,
            "v": 1,
            "entity": entity,
            "at_ms": 1_763_608_600_000 + n * 1000,
            "offset_ms": None if n == 1 else -350,
            "seen": {"log": "", "size": 0} if n == 1 else {"log": LOG, "size": 4711},
            "over": over,
        }
        if n == 4:
            header["on_behalf_of"] = LEADER_LI
        made.append(make_edit(_seen(header), sha256(b"salt %d" % n).digest()[:16], body))
    return made


def _seen(header: dict[str, Any]) -> dict[str, Any]:
    from sync.edit import Seen

    return {**header, "seen": Seen(**header["seen"])}


def _edit_vectors() -> list[dict[str, Any]]:
    return [
        {
            "n": edit.header.n,
            "kind": edit.header.kind,
            "header": edit.header_bytes.decode(),
            "body": edit.body.decode(),
            "salt": b64u(edit.salt),
            "body_hash": edit.header.body_hash,
            "hash": b64u(edit.hash),
        }
        for edit in edits()
    ]


def _statement_vectors() -> list[dict[str, Any]]:
    key = ec.derive_private_key(int.from_bytes(sha256(b"vectors only").digest(), "big") % (1 << 255), ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    last = edits()[-1]
    cases = []
    for n, digest, top in ((0, None, 0), (7, b64u(last.hash), 7), (7, b64u(last.hash), 9)):
        nonce = make_nonce(SECRET, DEVICE, 1_763_608_700_000 + n)
        statement = make_statement(Statement(1, DEVICE, n, digest, top, nonce, 1_763_608_701_000))
        r, s = decode_dss_signature(key.sign(signed_bytes(statement), ec.ECDSA(SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        cases.append({"public_key": b64u(public), "statement": statement.decode(), "signature": b64u(signature)})
    for case in cases:
        case["valid"] = True
    forged = {**cases[1], "statement": cases[1]["statement"].replace('"top":7', '"top":8'), "valid": False}
    return [*cases, forged]


def _nonce_vectors() -> list[dict[str, Any]]:
    return [
        {"secret": b64u(SECRET), "device": DEVICE, "issued_ms": at, "nonce": make_nonce(SECRET, DEVICE, at)}
        for at in (0, 1_763_608_700_000, 2**53 - 1)
    ]


def _write(name: str, value: Any) -> None:
    (HERE / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write every vector file that is computed."""
    _write("edits.json", {"edits": _edit_vectors()})
    _write("nonce.json", {"nonces": _nonce_vectors()})
    if not (HERE / "statements.json").exists():
        _write("statements.json", {"statements": _statement_vectors()})


if __name__ == "__main__":
    main()
