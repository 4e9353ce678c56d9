"""What the phone computes about edits is what the server computes: the shared vectors, in real Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sync.edit import clean_text
from tests.chromium import Chromium

pytestmark = pytest.mark.browser
VECTORS = Path(__file__).parent / "vectors"


def vectors(name: str) -> Any:
    """The vectors of one file."""
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def test_phone_makes_the_same_bytes_and_hashes(chromium: Chromium) -> None:
    script = """async (edits) => {
      const { bodyHash, editHash, headerText, unb64u } = await import('/static/phone/edit.js');
      return Promise.all(edits.map(async ({ header, body, salt }) => {
        const digest = await bodyHash(unb64u(salt), body);
        const again = headerText({ ...JSON.parse(header), body_hash: digest });
        const hash = await editHash(again);
        return { header: again, body: JSON.stringify(JSON.parse(body)), body_hash: digest, hash };
      }));
    }"""
    edits = vectors("edits")["edits"]
    made = chromium.evaluate(script, edits)
    expected = [{key: edit[key] for key in ("header", "body", "body_hash", "hash")} for edit in edits]
    assert made == expected


def test_phone_chains_an_edit_as_the_vectors_do(chromium: Chromium) -> None:
    script = """async ({ header, body, salt }) => {
      const { makeEdit, unb64u } = await import('/static/phone/edit.js');
      const { body_hash, edit, ...said } = JSON.parse(header);
      const { h, b, s, hash } = await makeEdit({ ...said, body: JSON.parse(body) }, unb64u(salt));
      return { header: h, body: b, salt: s, hash };
    }"""
    for edit in vectors("edits")["edits"]:
        expected = {key: edit[key] for key in ("header", "body", "salt", "hash")}
        assert chromium.evaluate(script, edit) == expected, edit["kind"]


def test_phone_verifies_head_statements(chromium: Chromium) -> None:
    script = """async (statements) => {
      const { unb64u, verifyHead } = await import('/static/phone/edit.js');
      const kind = { name: 'ECDSA', namedCurve: 'P-256' };
      return Promise.all(statements.map(async ({ public_key, statement, signature }) => {
        const key = await crypto.subtle.importKey('raw', unb64u(public_key), kind, true, ['verify']);
        return verifyHead(key, statement, signature).catch(() => false);
      }));
    }"""
    statements = vectors("statements")["statements"]
    assert chromium.evaluate(script, statements) == [one["valid"] for one in statements]


def test_phone_writes_statements_as_the_server_does(chromium: Chromium) -> None:
    script = """async (texts) => {
      const { headStatement } = await import('/static/phone/edit.js');
      return texts.map((text) => headStatement(JSON.parse(text)));
    }"""
    texts = [one["statement"] for one in vectors("statements")["statements"]]
    assert chromium.evaluate(script, texts) == texts


def test_phone_signs_what_it_can_verify_and_keeps_its_key_to_itself(chromium: Chromium) -> None:
    script = """async () => {
      const { makeKey, publicKeyText, signHead, unb64u, verifyHead } = await import('/static/phone/edit.js');
      const key = await makeKey();
      const signature = await signHead(key.privateKey, 'one sentence');
      const point = unb64u(await publicKeyText(key.publicKey));
      const taken = await crypto.subtle.exportKey('pkcs8', key.privateKey).catch((error) => error.name);
      return [await verifyHead(key.publicKey, 'one sentence', signature), point.length, point[0], taken];
    }"""
    assert chromium.evaluate(script) == [True, 65, 4, "InvalidAccessError"]


def test_phone_cleans_text_as_the_server_does(chromium: Chromium) -> None:
    # Lone surrogates cannot cross to the browser as text, so every text travels as UTF-16 units.
    texts = [
        "",
        "灯坏了\n三天\t了",
        "a\r\nb",
        "\x00\x1b[31m红\x85",
        "𠮷😀",
        "\ud800前",
        "后\udfff",
        "\udc00\ud800",
        "\u202e右",
    ]
    script = """async (texts) => {
      const { cleanText } = await import('/static/phone/edit.js');
      return texts.map((units) => cleanText(String.fromCharCode(...units)));
    }"""
    units = [list(memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H")) for text in texts]
    assert chromium.evaluate(script, units) == [clean_text(text) for text in texts]


def test_phone_makes_uuid7_in_order(chromium: Chromium) -> None:
    script = """async () => {
      const { uuid7 } = await import('/static/phone/edit.js');
      const ones = new Uint8Array(10).fill(255);
      return [uuid7(0, new Uint8Array(10)), uuid7(1763608601000, ones), uuid7(1763608601001, new Uint8Array(10))];
    }"""
    made = chromium.evaluate(script)
    assert made == [
        "00000000-0000-7000-8000-000000000000",
        "019a9f43-a1a8-7fff-bfff-ffffffffffff",
        "019a9f43-a1a9-7000-8000-000000000000",
    ]
    assert made == sorted(made)


def test_phone_shows_the_digits_that_the_desk_shows(chromium: Chromium) -> None:
    script = """async (vectors) => {
      const { commitment, digits } = await import('/static/phone/digits.js');
      return Promise.all(vectors.map(async ({ token, public_key, phone_nonce, server_nonce }) => ({
        commitment: await commitment(public_key, phone_nonce),
        digits: await digits(token, public_key, phone_nonce, server_nonce),
      })));
    }"""
    told = vectors("digits")
    expected = [{key: each[key] for key in ("commitment", "digits")} for each in told]
    assert chromium.evaluate(script, told) == expected
