"""A capsule's seal: the same bytes in both languages, and what a phone closed the server opens."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from server.sealing import SealKey, seal
from server.settings import ROOT
from sync.edit import b64u, unb64u
from tests.chromium import Chromium

VECTORS: dict[str, Any] = json.loads((ROOT / "tests/vectors/capsule.json").read_text("utf-8"))
SERVER = SealKey(derive_private_key(int(VECTORS["server"]["scalar"], 16), SECP256R1()))


def raw(text: str) -> bytes:
    """What stands there in base64url."""
    return unb64u(text, len(text) * 3 // 4)


def test_server_seals_and_opens_as_pinned() -> None:
    ours = derive_private_key(int.from_bytes(unb64u(VECTORS["ours"]["d"], 32), "big"), SECP256R1())
    assert b64u(SERVER.public) == VECTORS["server"]["public"]
    for case in VECTORS["cases"]:
        assert b64u(seal(case["text"].encode(), SERVER.public, ours)) == case["sealed"]
        assert SERVER.open(raw(case["sealed"])).decode() == case["text"]


@pytest.mark.browser
def test_phone_seals_as_pinned(chromium: Chromium) -> None:
    script = """async ({ server, ours, cases }) => {
      const { seal } = await import('/static/phone/sealing.js');
      const { b64u, unb64u } = await import('/static/phone/edit.js');
      const kind = { name: 'ECDH', namedCurve: 'P-256' };
      const { d, ...open } = ours;
      const privateKey = await crypto.subtle.importKey('jwk', ours, kind, false, ['deriveBits']);
      const publicKey = await crypto.subtle.importKey('jwk', open, kind, true, []);
      const point = unb64u(server.public);
      const close = (text) => seal(new TextEncoder().encode(text), point, { privateKey, publicKey });
      return Promise.all(cases.map(async ({ text }) => b64u(await close(text))));
    }"""
    assert chromium.evaluate(script, VECTORS) == [case["sealed"] for case in VECTORS["cases"]]


@pytest.mark.browser
def test_what_a_phone_writes_into_a_capsule_the_server_reads(chromium: Chromium) -> None:
    script = """async (point) => {
      const { setMeta, use } = await import('/static/phone/database.js');
      const { makeKey } = await import('/static/phone/edit.js');
      const { record } = await import('/static/phone/record.js');
      const { makeCapsule } = await import('/static/phone/capsule.js');
      use(`capsule-${crypto.randomUUID()}`);
      const device = '019a0b1c-0000-7000-8000-00000000d001';
      const person = { id: '019a0b1c-0000-7000-8000-00000000a001', name: '小赵', role: 'grid_worker' };
      const sync = { round: 0, log: '', size: 0, offset_ms: null, acked: 0, acked_hash: null };
      const own = { id: device, person, key: await makeKey() };
      await setMeta({ device: own, chain: { device, n: 0, hash: null }, sync, scopes: [] });
      const nothing = await makeCapsule(point, 1);
      const said = { kind: 'visit.recorded', grid: '019a0b1c-0000-7000-8000-00000000c003', over: {} };
      await record([{ ...said, body: { text: '一' } }, { ...said, body: { text: '二 ' } }]);
      return { nothing, made: await makeCapsule(point, 2), again: await makeCapsule(point, 3) };
    }"""
    told = chromium.evaluate(script, VECTORS["server"]["public"])
    assert told["nothing"] is None
    assert (told["made"]["n"], told["made"]["name"]) == (2, "小赵")
    capsule, again = json.loads(told["made"]["text"]), json.loads(told["again"]["text"])
    statement = json.loads(capsule["head"]["statement"])
    assert (statement["n"], statement["top"], statement["nonce"], statement["at_ms"]) == (2, 2, "", 2)
    inside = gzip.decompress(SERVER.open(raw(capsule["sealed"])))
    edits = json.loads(inside)["edits"]
    assert [json.loads(edit["b"])["text"] for edit in edits] == ["一", "二 "]
    assert json.loads(edits[1]["h"])["prev"] is not None
    assert again["sealed"] != capsule["sealed"], "a key of one use"


@pytest.mark.browser
def test_phone_seals_an_edit_for_the_server_as_pinned(chromium: Chromium) -> None:
    script = """async ({ server, ours, edit }) => {
      const { b64u, unb64u } = await import('/static/phone/edit.js');
      const { sealedEdit } = await import('/static/phone/vault.js');
      const kind = { name: 'ECDH', namedCurve: 'P-256' };
      const { d, ...open } = ours;
      const privateKey = await crypto.subtle.importKey('jwk', ours, kind, false, ['deriveBits']);
      const publicKey = await crypto.subtle.importKey('jwk', open, kind, true, []);
      return sealedEdit({ s: edit.s, b: edit.b }, server.public, { privateKey, publicKey });
    }"""
    vectors: dict[str, Any] = json.loads((ROOT / "tests/vectors/sealed_edit.json").read_text("utf-8"))
    assert chromium.evaluate(script, vectors) == vectors["wire"]["sealed"]
