"""Whatever is sent, the answer is clear, in one shape, and nothing is half written."""

from __future__ import annotations

import gzip
import json
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from httpx import Response

from server.journal.wire import inflate, read_head
from sync.edit import b64u, edit_hash
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def refused(station: Station, response: Response, status: int, code: str) -> dict[str, Any]:
    """The problem in its one shape, and nothing written."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    problem: dict[str, Any] = response.json()["problem"]
    assert list(response.json()) == ["problem"]
    assert problem["code"] == code, problem
    assert problem["status"] == status
    assert problem["message_zh"]
    assert problem["message_en"]
    assert await station.value("SELECT count(*) FROM visit") == 0
    assert await station.value("SELECT count(*) FROM head_statement") == 0
    return problem


def _with(change: Callable[[dict[str, Any]], Any]) -> Callable[[Phone], Any]:
    def changed(phone: Phone) -> Any:
        asked = phone.request()
        return change(asked) or asked

    return changed


def _scoped(cursor: Any) -> Callable[[Phone], Any]:
    return _with(lambda asked: asked.update(scopes=[{"scope": "x", "generation": 1, "cursor": cursor}]))


def _text(asked: dict[str, Any]) -> str:
    return json.dumps(asked, ensure_ascii=False)


def _later(asked: dict[str, Any], value: str) -> bytes:
    return f'{_text(asked)[:-1]}, "later": {value}}}'.encode()


def _headed(phone: Phone, value: str) -> dict[str, Any]:
    """The first edit's header says something more; it is sent alone."""
    first = phone.made[0]
    header = f'{first.header_bytes.decode()[:-1]},"z":{value}}}'
    digest = b64u(edit_hash(header.encode()))
    asked = phone.request([first], head=phone.statement([first], hash=digest))
    asked["edits"][0]["h"] = header
    return asked


def _stated(phone: Phone, value: str) -> dict[str, Any]:
    """The statement says something more, and is signed with it."""
    asked = phone.request()
    text = f'{asked["head"]["statement"][:-1]},"z":{value}}}'
    asked["head"] = {"statement": text, "signature": phone.sign(text.encode())}
    return asked


BAD_SHAPES: dict[str, tuple[str, Callable[[Phone], Any]]] = {
    "empty": ("bad_json", lambda phone: b""),
    "not JSON": ("bad_json", lambda phone: b"hello"),
    "HTML": ("bad_json", lambda phone: b"<html>captive portal</html>"),
    "cut short": ("bad_json", lambda phone: _text(phone.request()).encode()[:-20]),
    "not UTF-8": ("bad_json", lambda phone: _text(phone.request()).encode().replace(b"test", b"te\xff\xfe")),
    "a second value": ("bad_json", lambda phone: _text(phone.request()).encode() + b"{}"),
    "nested a little": ("too_deep", _with(lambda asked: asked.update(later=json.loads("[" * 17 + "]" * 17)))),
    "nested much": ("too_deep", lambda phone: b'{"v":1,"x":' + b"[" * 200_000 + b"]" * 200_000 + b"}"),
    "a key twice": ("duplicate_key", _with(lambda asked: _text(asked).replace('"v": 1', '"v": 1, "v": 1', 1).encode())),
    "a key twice, escaped": (
        "duplicate_key",
        _with(lambda asked: _text(asked).replace('"app"', '"\\u0061pp": "x", "app"', 1).encode()),
    ),
    "a list": ("bad_shape", lambda phone: b"[]"),
    "another version": ("bad_shape", _with(lambda asked: asked.update(v=2))),
    "a version as text": ("bad_shape", _with(lambda asked: asked.update(v="1"))),
    "a version with a fraction": (
        "bad_shape",
        _with(lambda asked: _text(asked).replace('"v": 1', '"v": 1.0', 1).encode()),
    ),
    "no head": ("bad_shape", _with(lambda asked: asked.pop("head") and None)),
    "edits as text": ("bad_shape", _with(lambda asked: asked.update(edits="all of them"))),
    "an unknown sort of edit": ("bad_shape", _with(lambda asked: asked["edits"].append({"sealed": "…"}))),
    "a cursor as text": ("bad_shape", _scoped("9")),
    "a huge cursor": ("bad_shape", _scoped(2**70)),
    "rows of version 0": ("bad_shape", _with(lambda asked: asked.update(rows=0))),
    "rows of no version": ("bad_shape", _with(lambda asked: asked.update(rows=2**70))),
    "17 levels": ("too_deep", _with(lambda asked: asked.update(later=json.loads("[" * 16 + "]" * 16)))),
    "a key nobody knows, past all numbers": ("bad_json", _with(lambda asked: _later(asked, "1e400"))),
    "a key nobody knows, of 4,400 digits": ("bad_json", _with(lambda asked: _later(asked, "1" * 4400))),
    "a key nobody knows, not UTF-8": (
        "bad_json",
        _with(lambda asked: _later(asked, '"?"').replace(b'"?"', b'"\xff"')),
    ),
    "a key nobody knows, of many parts": ("bad_shape", _with(lambda asked: asked.update(later=[[]] * 20_000))),
    "a header past all numbers": ("bad_json", lambda phone: _headed(phone, "1e400")),
    "a header of 4,400 digits": ("bad_json", lambda phone: _headed(phone, "1" * 4400)),
    "a header of 17 levels": ("too_deep", lambda phone: _headed(phone, "[" * 16 + "]" * 16)),
    "a statement past all numbers": ("bad_json", lambda phone: _stated(phone, "1e999")),
    "a statement of 17 levels": ("too_deep", lambda phone: _stated(phone, "[" * 16 + "]" * 16)),
    "a salt too short": ("bad_shape", _with(lambda asked: asked["edits"][0].update(s="AAAA"))),
    "a salt with padding": ("bad_shape", _with(lambda asked: asked["edits"][0].update(s="A" * 22 + "=="))),
    "a salt with spare bits": ("bad_shape", _with(lambda asked: asked["edits"][0].update(s="A" * 21 + "B"))),
    "another body": ("body_mismatch", _with(lambda asked: asked["edits"][0].update(b='{"household":"elsewhere"}'))),
    "a header that is no JSON": ("bad_json", _with(lambda asked: asked["edits"][0].update(h="visit!"))),
    "a header with a key twice": (
        "duplicate_key",
        _with(lambda asked: asked["edits"][0].update(h=asked["edits"][0]["h"].replace('"v":1', '"v":1,"v":1'))),
    ),
    "a header with n as text": (
        "bad_shape",
        _with(lambda asked: asked["edits"][0].update(h=asked["edits"][0]["h"].replace('"n":1', '"n":"1"'))),
    ),
    "edits out of order": ("chain_broken", _with(lambda asked: asked["edits"].reverse())),
    "an edit missing within": ("chain_broken", _with(lambda asked: asked["edits"].pop(1) and None)),
    "an edit twice": ("chain_broken", _with(lambda asked: asked["edits"].insert(0, asked["edits"][0]))),
    "the last edit missing": ("chain_broken", _with(lambda asked: asked["edits"].pop() and None)),
}  # fmt: skip


@pytest.mark.parametrize("name", list(BAD_SHAPES))
async def test_what_cannot_be_read_is_refused(station: Station, zhao: Phone, name: str) -> None:
    for _ in range(3):
        zhao.visit(station["陈奶奶"], text="原话")
    code, make = BAD_SHAPES[name]
    for zipped in (True, False):
        await refused(station, await zhao.send(make(zhao), zipped), 400, code)
    # Nothing of it stays behind: the honest exchange goes through.
    assert len((await zhao.exchange())["outcomes"]) == 3


async def test_an_edit_of_another_device_is_refused(station: Station, zhao: Phone, qian: Phone) -> None:
    edit = zhao.visit(station["陈奶奶"])
    qian.made = [edit]
    await refused(station, await qian.send(qian.request([edit])), 400, "bad_shape")


async def test_a_strangers_phone_is_not_known(station: Station, zhao: Phone) -> None:
    stranger = Phone(zhao.person, zhao.grid, station.http, nonce=zhao.nonce)
    stranger.visit(station["陈奶奶"])
    await refused(station, await stranger.send(stranger.request()), 401, "unknown_device")


async def test_the_servers_own_device_cannot_be_played(station: Station, zhao: Phone) -> None:
    zhao.device = await station.value("SELECT id FROM device WHERE kind = 'server'")
    zhao.visit(station["陈奶奶"])
    await refused(station, await zhao.send(zhao.request()), 401, "unknown_device")


async def test_another_key_does_not_sign_for_a_phone(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    zhao.key = ec.generate_private_key(ec.SECP256R1())
    await refused(station, await zhao.send(zhao.request()), 401, "bad_signature")


async def test_a_statement_changed_after_signing_is_refused(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    asked = zhao.request()
    asked["head"]["statement"] = asked["head"]["statement"].replace('"top":1', '"top":2')
    await refused(station, await zhao.send(asked), 401, "bad_signature")
    asked["head"]["signature"] = b64u(b"\0" * 64)
    await refused(station, await zhao.send(asked), 401, "bad_signature")


async def test_a_nonce_counts_forwards_only(station: Station, zhao: Phone) -> None:
    old = zhao.nonce
    station.now_ms += 1000
    await zhao.exchange()
    station.now_ms += 1000
    await zhao.exchange()
    zhao.visit(station["陈奶奶"])
    replayed = zhao.request()
    replayed["head"] = zhao.statement(zhao.unsent(), nonce=old)
    problem = await refused(station, await zhao.send(replayed), 401, "nonce")
    zhao.nonce = problem["nonce"]
    assert (await zhao.send(zhao.request())).status_code == 200


@pytest.mark.parametrize("nonce", ["", "AAAA", "!" * 32, "A" * 32, "A" * 400])
async def test_an_invented_nonce_is_refused_with_a_fresh_one(station: Station, zhao: Phone, nonce: str) -> None:
    zhao.visit(station["陈奶奶"])
    asked = zhao.request(head=zhao.statement(zhao.unsent(), nonce=nonce))
    problem = await refused(station, await zhao.send(asked), 401, "nonce")
    assert len(problem["nonce"]) == 32


async def test_a_nonce_of_another_phone_is_refused(station: Station, zhao: Phone, qian: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    asked = zhao.request(head=zhao.statement(zhao.unsent(), nonce=qian.nonce))
    await refused(station, await zhao.send(asked), 401, "nonce")


async def test_too_much_is_refused_while_it_arrives(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    asked = zhao.request(later="填" * 1_500_000)
    await refused(station, await zhao.send(asked, zipped=False), 413, "too_large")
    await refused(station, await zhao.send(asked, zipped=True), 413, "too_large")
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(700_000))
    await refused(station, await zhao.send(zhao.request(noise=noise)), 413, "too_large")


async def test_too_many_edits_and_too_long_ones_are_refused(station: Station, zhao: Phone) -> None:
    for _ in range(501):
        zhao.visit(station["陈奶奶"])
    await refused(station, await zhao.send(zhao.request()), 413, "too_large")


async def test_a_body_past_its_limit_is_refused(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"], later="x" * (256 * 1024))
    await refused(station, await zhao.send(zhao.request()), 413, "too_large")


async def test_a_gzip_bomb_leaves_memory_flat(station: Station, zhao: Phone) -> None:
    bomb = gzip.compress(b"0" * 200_000_000, 9)
    assert len(bomb) < 1024 * 1024
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    tracemalloc.start()
    response = await station.http.post("/sync/exchange", content=bomb, headers=headers)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    await refused(station, response, 413, "too_large")
    assert peak < 16 * 1024 * 1024


@pytest.mark.parametrize("part", ["[],", "{},", '{"a":0 },', "0 ,", '{"h":"","s":"","b":""},'])
async def test_whoever_is_not_known_costs_little(station: Station, zhao: Phone, part: str) -> None:
    """Some kilobytes that inflate to four megabytes: read no further than the head, whatever is in them."""
    stranger = Phone(zhao.person, zhao.grid, station.http, nonce=zhao.nonce)
    head = json.dumps({"v": 1, "head": stranger.statement([])})[:-1]
    content = f'{head},"edits":[{part * ((4 * 1024 * 1024 - 2000) // len(part))}{part[:-1]}]}}'.encode()
    bomb = gzip.compress(content)
    assert len(bomb) < 20_000
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    await refused(station, await stranger.send(stranger.request()), 401, "unknown_device")
    response = await station.http.post("/sync/exchange", content=bomb, headers=headers)
    await refused(station, response, 401, "unknown_device")
    begun = time.process_time()
    read_head(inflate(bomb))
    assert time.process_time() - begun < 0.05
    tracemalloc.start()
    read_head(inflate(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * 1024 * 1024
    # One of ours gets no further either.
    zhao.visit(station["陈奶奶"])
    asked = zhao.request(later=json.loads(f"[{part * 30_000}{part[:-1]}]"))
    await refused(station, await zhao.send(asked), 400, "bad_shape")


async def test_a_bad_edit_is_named_by_its_number(station: Station, zhao: Phone) -> None:
    for _ in range(3):
        zhao.visit(station["陈奶奶"])
    asked = zhao.request()
    asked["edits"][1]["b"] = "{}"
    assert (await refused(station, await zhao.send(asked), 400, "body_mismatch"))["n"] == 2
    zhao.made[2:] = []
    zhao.visit(station["陈奶奶"], later="x" * (256 * 1024))
    assert (await refused(station, await zhao.send(zhao.request()), 413, "too_large"))["n"] == 3


@pytest.mark.parametrize(("said", "kept"), [(-5, 0), (2**40, 1_000_000), (2**63, 1_000_000), (7, 7)])
async def test_what_a_phone_says_of_itself_is_held_in_bounds(
    station: Station, zhao: Phone, said: int, kept: int
) -> None:
    zhao.visit(station["陈奶奶"])
    assert (await zhao.send(zhao.request(health={"unsent": said}))).status_code == 200
    assert await station.value(f"SELECT unsent FROM device WHERE id = '{zhao.device}'") == kept


async def test_16_levels_are_read(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    assert (await zhao.send(zhao.request(later=json.loads("[" * 15 + "]" * 15)))).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Content-Encoding": "br"}, 415, "unsupported"),
        ({"Content-Type": "multipart/form-data"}, 415, "unsupported"),
        ({"Content-Type": "text/plain"}, 415, "unsupported"),
        ({"Content-Encoding": "gzip"}, 400, "bad_json"),
    ],
)
async def test_other_encodings_are_refused(
    station: Station, zhao: Phone, headers: dict[str, str], status: int, code: str
) -> None:
    zhao.visit(station["陈奶奶"])
    content = json.dumps(zhao.request()).encode()
    response = await station.http.post("/sync/exchange", content=content, headers=headers)
    await refused(station, response, status, code)


async def test_a_cut_gzip_stream_is_refused(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    zipped = gzip.compress(json.dumps(zhao.request()).encode())
    headers = {"Content-Encoding": "gzip"}
    for content in (zipped[:-9], zipped + gzip.compress(b"{}")):
        response = await station.http.post("/sync/exchange", content=content, headers=headers)
        await refused(station, response, 400, "bad_json")
