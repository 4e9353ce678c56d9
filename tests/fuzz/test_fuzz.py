"""Requests drawn from the shapes of our own API: none brings the server down, none tells what it should not.

A few hundred here; `make fuzz` draws thousands, other ones each time.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from httpx import ASGITransport, AsyncClient, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid_utils import uuid7

from server import sessions
from server.journal import Draft
from server.settings import Settings as Installation
from tests.desk.conftest import NOW_MS
from tests.fuzz.shapes import ANYTHING, of, words
from tests.join.test_join import link
from tests.journal.conftest import DATABASES, Station, new_database, opened
from tests.journal.phone import Phone
from tools.openapi import document

CASES = int(os.environ.get("SIFANG_FUZZ_CASES", "60"))
NIGHTLY = "SIFANG_FUZZ_CASES" in os.environ
API = document()
SCHEMAS = API["components"]["schemas"]
OPEN = {"/desk/live"}
"""A line that stays open is not waited for."""
OPERATIONS = [
    (path, verb.upper(), about)
    for path, verbs in API["paths"].items()
    for verb, about in verbs.items()
    if path not in OPEN
]
EDITS = [(kind, about["body"]) for kind, about in API["x-edits"].items()]
PLANTED = ("白鹭洲老吴", "青花瓷碎了一只", "13900002222", "mental_illness")
"""Of the fourth grid: its own worker and the station master may know them, nobody else."""
INSIDE = re.compile(r"Traceback|sqlalchemy|sqlite3\.|asyncpg|File \"/|site-packages|\bSELECT .* FROM\b|UndefinedError")
MAY_KNOW = {"master", "孙立"}
QUIET = {"deadline": None, "database": None, "derandomize": not NIGHTLY, "print_blob": NIGHTLY}


@dataclass
class Town:
    """A station, who sits before it, and what they know of."""

    station: Station
    http: AsyncClient
    cookies: dict[str, str]
    phone: Phone
    known: list[str]
    runner: asyncio.Runner
    log: io.StringIO


async def _begin(station: Station) -> tuple[dict[str, str], Phone, list[str]]:
    station.now_ms = NOW_MS
    await station.begin()
    leader = {
        "name": "李网格长",
        "role": "grid_leader",
        "community": station["community"],
        "grids": [station["第三网格"]],
    }
    await station.add("李网格长", "person.added", leader)
    grid = station["第四网格"]
    await station.add("7幢", "building.added", {"quarters": "机修厂", "name": "7幢", "sort": 7}, grid)
    facts = {"contact": PLANTED[0], "phone": PLANTED[2], "note": PLANTED[1]}
    home = {"building": station["7幢"], "room": "201", "kind": "home", "facts": facts}
    await station.add("远处", "household.added", home, grid)
    someone = {"household": station["远处"], "facts": {"name": PLANTED[0], "phone": PLANTED[2]}, "tags": []}
    who = await station.add("远处的人", "resident.added", someone, grid)
    why = {"on": True, "reason": "社区康复", "law": "精神卫生法"}
    apart = [Draft("community.restricted", station["community"], None, station["master"], why)]
    told = {"resident": who, "tags": [PLANTED[3]]}
    id_ = str(uuid7())
    apart.append(Draft("resident.restricted", id_, grid, station["master"], told, id=id_))
    for draft in apart:
        (receipt,) = await station.journal.commit([draft])
        assert receipt.outcome == "accepted", receipt
    sun = await station.phone("孙立", "第四网格")
    far = sun.visit(station["远处"], text=PLANTED[1])
    await sun.exchange()
    zhao = await station.phone("赵敏")
    near = zhao.visit(station["陈奶奶"], text="灯坏了")
    zhao.make("household.stated", {"facts": {"phone": "1"}}, entity=station["陈奶奶"])
    zhao.make("resident.wished", {"household": station["陈奶奶"]})
    await zhao.exchange()
    cookies = {}
    async with station.db.writing() as db:
        for name, use in (("master", "desk"), ("李网格长", "desk"), ("赵敏", "field"), ("孙立", "field")):
            token = await sessions.begin(db, station[name], station.now_ms, "tests", use=use, verified=True)  # type: ignore[arg-type]
            cookies[name] = f"{sessions.cookie_name(station.settings)}={token}"
    links = [
        (await link(station, name, purpose)).rpartition("/")[2]
        for name, purpose in (("赵敏", "phone"), ("master", "desk"))
    ]
    known = [*station.ids.values(), zhao.device, sun.device, near.header.id, far.header.id, *links, "elder_alone"]
    return cookies, zhao, known


@pytest.fixture(params=DATABASES)
def town(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    """The town, with an event loop of its own: Hypothesis calls plain functions."""
    log = io.StringIO()
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()

        async def begin() -> Town:
            url = await new_database(request.param, tmp_path, empty_sqlite, request)
            made = Installation(url, tmp_path, b"a secret for tests only.........", unbraked=True)
            station = await stack.enter_async_context(opened(made, monkeypatch))
            cookies, phone, known = await _begin(station)
            transport = ASGITransport(station.app, raise_app_exceptions=False, client=("127.0.0.1", 5000))
            http = await stack.enter_async_context(
                AsyncClient(transport=transport, base_url="http://station", timeout=60)
            )
            return Town(station, http, cookies, phone, known, runner, log)

        try:
            town = runner.run(begin())
            monkeypatch.setattr(sys, "stderr", log)
            yield town
        finally:
            runner.run(stack.aclose())


def _told(town: Town, who: str, answer: Response) -> None:
    """What every answer is held to."""
    last = "\n".join(town.log.getvalue().splitlines()[-3:])
    asked = f"{answer.request.method} {answer.request.url!r} {answer.request.content[:2000]!r} by {who or 'nobody'}"
    assert answer.status_code < 500, f"{asked}\n{last}"
    if answer.headers.get("content-type", "").startswith(("text/", "application/json")) and who != "-":
        said = answer.text
        if not answer.request.url.path.startswith("/static/") and answer.request.url.path != "/sw.js":
            assert not INSIDE.search(said), f"{asked}\n{INSIDE.search(said)}"
        if who not in MAY_KNOW:
            for word in PLANTED:
                assert word not in said, f"{word} was told: {asked}"
    lines = town.log.getvalue()
    for word in PLANTED:
        assert word not in lines, word
        assert json.dumps(word)[1:-1] not in lines or word.isascii(), word
    town.log.seek(0)
    town.log.truncate()


def _path(pattern: str, values: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: quote(values[found[1]], safe=""), pattern)


def test_no_request_brings_the_server_down_or_tells_too_much(town: Town) -> None:
    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck), **QUIET)  # type: ignore[arg-type]
    @given(st.data())
    def one(data: st.DataObject) -> None:
        pattern, verb, about = data.draw(st.sampled_from(OPERATIONS), label="operation")
        who = data.draw(st.sampled_from(["", "赵敏", "李网格长", "master", "孙立"]), label="who")
        word = words(town.known)
        named = {
            each["name"]: data.draw(word, label=each["name"]) for each in about["parameters"] if each["in"] == "path"
        }
        asked = [each["name"] for each in about["parameters"] if each["in"] == "query"]
        query = {name: data.draw(word) for name in asked if data.draw(st.booleans())}
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": town.cookies.get(who, "")}
        headers["Accept"] = data.draw(st.sampled_from(["text/html", "application/json", "*/*", ""]))
        if data.draw(st.booleans()):
            headers |= {"HX-Request": "true", "HX-Request-Type": "partial"}
        body, kind = _body(data, about, town)
        if kind:
            headers["Content-Type"] = kind
        address = _path(pattern, named) + (f"?{urlencode(query)}" if query else "")
        if len(address) > 60_000:
            return
        _told(town, who, town.runner.run(town.http.request(verb, address, headers=headers, content=body)))

    one()
    assert town.runner.run(town.station.refolds())


def _body(data: st.DataObject, about: dict[str, Any], town: Town) -> tuple[bytes, str]:
    """A body as the document describes it, or something else."""
    kinds = about.get("requestBody", {}).get("content", {})
    if "application/json" in kinds:
        said = data.draw(of(kinds["application/json"]["schema"], SCHEMAS, town.known))
        return _json(said), "application/json"
    form = kinds.get("application/x-www-form-urlencoded")
    if form:
        word = words(town.known)
        fields = [(name, data.draw(word)) for name in form["schema"]["properties"] if data.draw(st.booleans())]
        if data.draw(st.integers(0, 9)) == 0:
            fields.append((data.draw(word), data.draw(word)))
        if data.draw(st.integers(0, 7)) == 0:
            return _multipart(fields), "multipart/form-data; boundary=x"
        return urlencode(fields, errors="replace").encode(), "application/x-www-form-urlencoded"
    if kinds:
        return data.draw(st.binary(max_size=50)), "application/octet-stream"
    return b"", ""


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def _multipart(fields: list[tuple[str, str]]) -> bytes:
    parts = b""
    for name, value in fields:
        plain = re.sub(r"[\r\n\"]", "_", name)
        file = '; filename="a.xlsx"' if name in ("file", "capsule", "photos", "voices") else ""
        head = f'--x\r\nContent-Disposition: form-data; name="{plain}"{file}\r\n\r\n'
        parts += head.encode() + value.encode() + b"\r\n"
    return parts + b"--x--\r\n"


def test_no_signed_edit_brings_the_journal_down_or_tells_too_much(town: Town) -> None:
    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck), **QUIET)  # type: ignore[arg-type]
    @given(st.data())
    def one(data: st.DataObject) -> None:
        phone, before = town.phone, len(town.phone.made)
        for _ in range(data.draw(st.integers(1, 3))):
            kind, schema = data.draw(st.sampled_from(EDITS), label="kind")
            body = data.draw(of(schema, SCHEMAS, town.known), label="body")
            word = words(town.known)
            header: dict[str, Any] = {}
            if data.draw(st.booleans()):
                header["entity"] = data.draw(st.sampled_from(town.known[:-3]))
            if data.draw(st.booleans()):
                header["over"] = data.draw(
                    st.dictionaries(word, st.lists(st.sampled_from(town.known[:-3]), max_size=3), max_size=3)
                )
            if data.draw(st.integers(0, 5)) == 0:
                header["grid"] = data.draw(st.sampled_from(town.known[:-3]))
            try:
                phone.make(kind, body, **header)
            except (ValueError, TypeError, UnicodeError):
                continue  # no phone could write it
        asked = phone.request()
        if data.draw(st.integers(0, 4)) == 0:
            asked[data.draw(st.sampled_from(sorted(asked)))] = data.draw(ANYTHING)
        answer = town.runner.run(_send(town, phone, asked))
        _told(town, "赵敏", answer)
        if answer.status_code == 200:
            reply = answer.json()
            phone.nonce = reply["nonce"]
            phone.acknowledged = max([phone.acknowledged, *(each["n"] for each in reply["outcomes"])])
        else:
            del phone.made[before:]
            if answer.json()["problem"]["code"] == "nonce":
                phone.nonce = answer.json()["problem"]["nonce"]

    one()
    assert town.runner.run(town.station.refolds())


async def _send(town: Town, phone: Phone, asked: dict[str, Any]) -> Response:
    return await town.http.post("/sync/exchange", content=_json(asked), headers={"Content-Type": "application/json"})


def test_the_document_holds_every_address_and_every_kind_of_edit(town: Town) -> None:
    paths = {re.sub(r":path\}", "}", route.path) for route in town.station.app.routes}  # type: ignore[attr-defined]
    assert set(API["paths"]) == paths
    assert all(operation["x-roles"] for verbs in API["paths"].values() for operation in verbs.values())
    assert {"visit.recorded", "device.revoked"} <= set(API["x-edits"])
    exchange = API["paths"]["/sync/exchange"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert SCHEMAS[exchange["$ref"].rpartition("/")[2]]["required"] == ["v", "head"]
