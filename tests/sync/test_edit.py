"""Edits, statements and nonces: the bytes that phones in the field will go on making for years."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from server.journal.devices import is_signed
from sync.edit import Seen, b64u, clean_text, make_edit, read_edit, read_header, unb64u
from sync.fold import read_body
from sync.statement import make_nonce, read_nonce, read_statement
from sync.strict import Malformed, read
from tests.vectors import make

VECTORS = Path(__file__).parent.parent / "vectors"


def vectors(name: str) -> list[dict[str, Any]]:
    """The one list of a vector file."""
    (cases,) = json.loads((VECTORS / f"{name}.json").read_text("utf-8")).values()
    assert cases
    return list(cases)


@pytest.mark.parametrize("case", vectors("edits"), ids=lambda case: f"{case['n']}-{case['kind']}")
def test_an_edit_is_read_from_its_bytes(case: dict[str, Any]) -> None:
    salt = unb64u(case["salt"], 16)
    edit = read_edit(case["header"].encode(), salt, case["body"].encode())
    assert b64u(edit.hash) == case["hash"]
    assert edit.header.body_hash == case["body_hash"]
    assert read_body(edit).reason is None


def test_edits_are_made_byte_for_byte_as_the_vectors_say() -> None:
    for edit, case in zip(make.edits(), vectors("edits"), strict=True):
        assert edit.header_bytes.decode() == case["header"]
        assert edit.body.decode() == case["body"]
        assert b64u(edit.hash) == case["hash"]


def test_the_vectors_chain() -> None:
    cases = vectors("edits")
    for before, case in pairwise(cases):
        assert json.loads(case["header"])["prev"] == before["hash"]


@pytest.mark.parametrize("case", vectors("statements"))
def test_a_statement_is_verified_with_the_phones_key(case: dict[str, Any]) -> None:
    statement = case["statement"].encode()
    read_statement(statement)
    signed = is_signed(unb64u(case["public_key"], 65), statement, unb64u(case["signature"], 64))
    assert signed is case["valid"]


def test_another_key_did_not_sign() -> None:
    case = vectors("statements")[0]
    point = ec.generate_private_key(ec.SECP256R1()).public_key().public_numbers()
    other = b"\x04" + point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")
    assert not is_signed(other, case["statement"].encode(), unb64u(case["signature"], 64))


@pytest.mark.parametrize("case", vectors("nonce"))
def test_a_nonce_is_known_again_by_whoever_made_it(case: dict[str, Any]) -> None:
    secret = unb64u(case["secret"], 32)
    assert make_nonce(secret, case["device"], case["issued_ms"]) == case["nonce"]
    assert read_nonce(secret, case["device"], case["nonce"]) == case["issued_ms"]
    assert read_nonce(b"another secret", case["device"], case["nonce"]) is None
    assert read_nonce(secret, make.WORKER_ZHAO, case["nonce"]) is None


def test_a_header_with_other_spaces_and_more_keys_is_read_alike() -> None:
    raw = vectors("edits")[0]["header"]
    fields = json.loads(raw)
    loose = json.dumps({"later": [{"a": 1}], **dict(reversed(fields.items()))}, indent=2).encode()
    assert read_header(loose) == read_header(raw.encode())


HEADER = json.loads(vectors("edits")[0]["header"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"edit": 2}, "bad_shape"),
        ({"id": HEADER["id"].upper()}, "bad_shape"),
        ({"id": HEADER["id"] + "\n"}, "bad_shape"),
        ({"id": HEADER["id"] + " " + HEADER["id"]}, "bad_shape"),
        ({"n": 0}, "bad_shape"),
        ({"n": 1.0}, "bad_shape"),
        ({"n": True}, "bad_shape"),
        ({"n": 2}, "bad_shape"),
        ({"prev": "A" * 43}, "bad_shape"),
        ({"at_ms": -1}, "bad_shape"),
        ({"at_ms": 2**53}, "bad_shape"),
        ({"offset_ms": "5"}, "bad_shape"),
        ({"grid": ""}, "bad_shape"),
        ({"on_behalf_of": None}, "bad_shape"),
        ({"kind": "Visit"}, "bad_shape"),
        ({"seen": {"log": "", "size": -1}}, "bad_shape"),
        ({"over": {"phone": ["someone"]}}, "bad_shape"),
        ({"over": []}, "bad_shape"),
        ({"body_hash": "A" * 42}, "bad_shape"),
        ({"later": "x" * 9000}, "too_large"),
        ({"later": json.loads("[" * 20 + "]" * 20)}, "too_deep"),
    ],
)
def test_a_header_that_could_be_misread_is_refused(change: dict[str, Any], code: str) -> None:
    raw = json.dumps({**HEADER, **change}).encode()
    with pytest.raises(Malformed) as refused:
        read_header(raw)
    assert refused.value.code == code


@pytest.mark.parametrize("field", [key for key in HEADER if key != "on_behalf_of"])
def test_no_field_of_a_header_may_be_missing(field: str) -> None:
    raw = json.dumps({key: value for key, value in HEADER.items() if key != field}).encode()
    with pytest.raises(Malformed):
        read_header(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_strict_reading_agrees_with_everybodys_reading(value: Any, ascii_only: bool, indent: int | None) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    assert read(raw) == value


@given(st.dictionaries(st.text(max_size=5), st.integers(), min_size=1, max_size=4), st.integers(0, 3))
def test_a_key_that_stands_twice_is_always_noticed(value: dict[str, int], which: int) -> None:
    pairs = [f"{json.dumps(key)}:{number}" for key, number in value.items()]
    pairs.append(pairs[which % len(pairs)])
    with pytest.raises(Malformed) as refused:
        read(("{" + ",".join(pairs) + "}").encode())
    assert refused.value.code == "duplicate_key"


@given(st.binary(max_size=60))
def test_strict_reading_never_fails_otherwise(raw: bytes) -> None:
    with suppress(Malformed):
        read(raw)


@given(st.text())
def test_cleaned_text_can_always_be_kept(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert not set(cleaned) & {chr(code) for code in range(32)} - {"\n", "\t"}
    header = {**HEADER, "seen": Seen("", 0)}
    del header["edit"], header["body_hash"]
    edit = make_edit(header, b"s" * 16, {"text": cleaned})
    assert json.loads(edit.body)["text"] == cleaned
    assert read_edit(edit.header_bytes, edit.salt, edit.body) == edit


def test_directions_and_rare_characters_are_not_control_characters() -> None:
    kept = "𠮷\u202e\u200f\u2028\ufeff👩‍👩‍👧\n\t"
    assert clean_text(kept + "\r\x00\x1b\x85\ud800") == kept


def test_the_protocol_quotes_the_vectors() -> None:
    text = (Path(make.__file__).parents[2] / "sync" / "README.md").read_text("utf-8")
    first, last = vectors("edits")[0], vectors("edits")[-1]
    quoted = "".join(line.strip() for line in text.split("header     ", 1)[1].split("\nsalt", 1)[0].split("\n"))
    assert quoted == first["header"]
    for value in (first["salt"], first["body_hash"], first["hash"], last["hash"]):
        assert value in text
