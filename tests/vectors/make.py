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

from sync.edit import Edit, Seen, b64u, make_edit
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
    "陈奶奶独居，𠮷野家的盒饭🍱吃了一半👩‍👩‍👧，说“灯坏了”。\n\t"
    "'单引号' \"双引号\" \\反斜杠 /斜杠 <b>&amp;</b> </script>",
    "עברית \u202eright-to-left\u202c ‏mark‏ \u2028line\u2029para \ufeffbom \u00a0nbsp \u0301combining é",
)


def _id(number: int) -> str:
    return f"019a0b1c-{number:04x}-7000-8000-00000000f{number:03x}"


def _bodies() -> list[tuple[str, str, dict[str, Any], dict[str, list[str]]]]:
    visit = {"household": AUNTIE_CHEN, "occurred_at_ms": 1_763_608_572_000, "mode": "door", "result": "met"}
    asks = {"difficulty": "厕所灯坏了三天", "need": "陪同量血压"}
    facts = {"phone": "000-0000-0001", "note": None}
    resident = {"household": AUNTIE_CHEN, "facts": {"name": "𠮷奶奶", "birth_year": 1941}, "tags": ["elder_alone"]}
    basement = {"building": BUILDING, "floor": -1, "room": "地下室 3号", "kind": "basement", "facts": {}}
    return [
        ("visit.recorded", _id(1), {**visit, "text": NAMES_OF_PITFALLS[0], "asks": asks, "care": "watch"}, {}),
        ("visit.recorded", _id(2), {**visit, "result": "no_answer"}, {}),
        ("visit.corrected", _id(1), {**visit, "text": NAMES_OF_PITFALLS[1]}, {"revision": [_id(1)]}),
        ("household.stated", AUNTIE_CHEN, {"facts": facts}, {"phone": [], "note": [_id(2)]}),
        ("resident.added", _id(5), resident, {}),
        ("resident.tagged", _id(5), {"add": [], "remove": ["elder_alone"]}, {"tag:elder_alone": [_id(5)]}),
        ("household.added", _id(7), basement, {}),
    ]


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
            "seen": Seen("", 0) if n == 1 else Seen(LOG, 4711),
            "over": over,
        }
        if n == 4:
            header["on_behalf_of"] = LEADER_LI
        made.append(make_edit(header, sha256(b"salt %d" % n).digest()[:16], body))
    return made


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
    cases: list[dict[str, Any]] = []
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


def _run(name: str, head: int, run: list[int], sorted_into: tuple[int, int, int] | int, **more: Any) -> dict[str, Any]:
    """A run of the chain above against a server that holds `head` edits: how many are known, fresh and forked, in
    that order, or the number that is expected. `ours`: the server's hashes where they differ; `aside`: edits it has
    set aside already."""
    if isinstance(sorted_into, int):
        return {"name": name, "head": head, "run": run, "expected": sorted_into}
    known, fresh, forked = sorted_into
    return {"name": name, "head": head, "run": run, **more, "known": known, "fresh": fresh, "forked": forked}


def _chain_vectors() -> list[dict[str, Any]]:
    ours = [b64u(edit.hash) for edit in edits()]
    other = b64u(sha256(b"another history").digest())
    bent_at_3, bent_at_4 = [*ours[:2], other], [*ours[:3], other]
    return [
        _run("the first edits", 0, [1, 2, 3], (0, 3, 0)),
        _run("what comes next", 3, [4, 5], (0, 2, 0)),
        _run("a retry", 5, [4, 5], (2, 0, 0)),
        _run("a retry with more", 4, [3, 4, 5, 6], (2, 2, 0)),
        _run("a gap", 3, [6, 7], 4),
        _run("a gap at the start", 0, [2], 1),
        _run("a fork", 5, [4, 5], (0, 0, 2), ours=[*bent_at_4, other]),
        _run("known, then a fork", 4, [2, 3, 4, 5], (2, 0, 2), ours=bent_at_4),
        _run("next by number, but of another history", 4, [5, 6], (0, 0, 2), ours=bent_at_4),
        _run("the rest of a branch set aside", 3, [5, 6], (0, 0, 2), ours=bent_at_3, aside=[3, 4]),
        _run("a branch asked about again", 3, [3, 4, 5], (2, 0, 1), ours=bent_at_3, aside=[3, 4]),
    ]


def _times_vectors() -> list[dict[str, Any]]:
    """From the phone's clock, its offset, the receipt of what it had seen, and the receipt: claimed and effective."""
    cases = [
        ("a good clock", 1000, 5, 900, 1100, 1005, 1005),
        ("no exchange yet", 1000, None, 900, 1100, 1000, 1000),
        ("a clock a day fast", 86_401_000, 5, 900, 1100, 86_401_005, 1100),
        ("a clock a day slow, set right", 1000, 86_400_000, 86_400_900, 86_401_100, 86_401_000, 86_401_000),
        ("a clock set back after the exchange", 10, 5, 900, 1100, 15, 900),
        ("seen and received at once", 1000, 0, 1100, 1100, 1000, 1100),
    ]
    names = ("name", "at_ms", "offset_ms", "seen_ms", "received_ms", "claimed_ms", "effective_ms")
    return [dict(zip(names, case, strict=True)) for case in cases]


def _write(name: str, value: Any) -> None:
    (HERE / name).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write every vector file that is computed."""
    _write("edits.json", {"edits": _edit_vectors()})
    _write("nonce.json", {"nonces": _nonce_vectors()})
    _write("chain.json", {"runs": _chain_vectors()})
    _write("times.json", {"times": _times_vectors()})
    if not (HERE / "statements.json").exists():
        _write("statements.json", {"statements": _statement_vectors()})


if __name__ == "__main__":
    main()
