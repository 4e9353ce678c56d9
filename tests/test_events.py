"""Whoever reads the log knows who did what, from where, and how it ended; no word of anybody's ever stands there."""

from __future__ import annotations

import copy
import json
import re
import socket
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server import events
from server.__main__ import main
from tests.desk.conftest import Desk, sign_in
from tests.desk.conftest import station as station
from tests.join.test_join import enrol, link, new_key
from tests.journal.conftest import Station
from tests.journal.servers import served
from tests.passkeys.somebody import Somebody

Lines = Callable[[], list[dict[str, Any]]]
ROOT = Path(__file__).resolve().parent.parent
OURS = {"Sec-Fetch-Site": "same-origin"}
WORDS = ("陈奶奶", "王站长", "赵敏", "李网格长", "槐安小区", "厕所灯坏三天", "白鹭", "mental_illness", "13800001111")
"""What people wrote or are called: none of it may ever be logged."""


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """What was logged since it was last asked, each line read."""

    def read() -> list[dict[str, Any]]:
        found = [line for line in capsys.readouterr().err.split("\n") if line.startswith("{")]
        assert all(line.isascii() and line.isprintable() for line in found)
        told = [json.loads(line) for line in found]
        assert not any(word in json.dumps(each, ensure_ascii=False) for each in told for word in WORDS)
        return told

    return read


def of(found: list[dict[str, Any]], event: str) -> dict[str, Any]:
    """The one line that tells of this event."""
    (line,) = [each for each in found if each["event"] == event]
    return line


def test_words_of_people_have_no_shape_that_is_told(lines: Lines) -> None:
    for word in (*WORDS[:-2], "Auntie Chen", "a\x1b[31mred\n", "x" * 90, "Qx3_token-ABCDEFGH", b"bytes", object()):
        events.happened("person.added", whom=word, method=word, route=word, request=word, places=[word], because=word)
        (line,) = lines()
        del line["at"], line["event"], line["outcome"]
        told = {str(each) for each in line.values()} | {str(each) for each in line.get("places", ())}
        assert str(word) not in told
        assert line["whom"] == events.LEFT_OUT
    events.happened("person.added", "ok", whom="019a0b1c-0000-7000-8000-00000000a001", role="grid_worker", n=3)
    (line,) = lines()
    assert (line["whom"], line["role"], line["n"]) == ("019a0b1c-0000-7000-8000-00000000a001", "grid_worker", 3)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["at"])
    with pytest.raises(ValueError, match="no such"):
        events.happened("no such")


def test_the_list_in_the_documents_is_the_list_in_the_code() -> None:
    table = (ROOT / "docs" / "security" / "log.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z._]+)` \|", table, re.MULTILINE)) == set(events.NAMES)


@pytest.mark.anyio
async def test_whoever_comes_in_is_told_with_what_they_did(station: Station, lines: Lines) -> None:
    wang = Somebody(station, "master")
    assert (await wang.begin()).status_code == 200
    found = lines()
    assert (of(found, "link.made")["purpose"], of(found, "link.made")["whom"]) == ("desk", station["master"])
    key = of(found, "passkey.added")["passkey"]
    began = of(found, "session.began")
    assert (began["person"], began["use"], began["passkey"]) == (station["master"], "desk", key)
    assert began["from"] == "127.0.0.1"
    assert len(began["request"]) == events.NUMBER_CHARS

    assert (await wang.come_in()).status_code == 200
    assert {each["event"] for each in lines()} == {"session.ended", "session.began"}
    station.now_ms += 11 * 60_000
    assert (await wang.confirm()).status_code == 200
    assert of(lines(), "session.confirmed")["person"] == station["master"]
    assert (await wang.post("/sign-in", {"credential": {"id": "白鹭", "response": {}}})).status_code == 403
    found = lines()
    assert of(found, "passkey.refused")["outcome"] == "no_name"
    assert of(found, "request.refused")["route"] == "/sign-in"
    assert of(found, "passkey.refused")["request"] == of(found, "request.refused")["request"]
    await wang.post("/sign-out")
    assert of(lines(), "session.ended")["sessions"] == 1

    assert (await wang.come_in()).status_code == 200
    more = wang.authenticator.make(await wang.options("/desk/me/passkeys"))
    wang.authenticator, before = type(wang.authenticator)(), wang.authenticator
    more = wang.authenticator.make(await wang.options("/desk/me/passkeys"))
    lines()
    assert (await wang.post("/desk/me/passkeys", {"credential": more, "label": "白鹭的钥匙"})).status_code == 200
    second = of(lines(), "passkey.added")["passkey"]
    wang.authenticator = before
    await wang.post(f"/desk/me/passkeys/{second}/removal", no="thing")
    assert of(lines(), "passkey.removed")["passkey"] == second


@pytest.mark.anyio
async def test_what_the_station_does_with_phones_is_told(station: Station, lines: Lines) -> None:
    desk = await sign_in(station, "master")
    form = {"name": "白鹭", "role": "grid_worker", "grids": station["第三网格"]}
    assert (await desk.post("/desk/people", form)).status_code == 303
    found = lines()
    newcomer = of(found, "person.added")
    assert (newcomer["person"], newcomer["role"]) == (station["master"], "grid_worker")
    away = await desk.post(f"/desk/people/{newcomer['whom']}/end", {})
    assert away.status_code == 303
    line = of(lines(), "person.changed")
    assert (line["person"], line["whom"], line["what"]) == (station["master"], newcomer["whom"], "ended")
    assert (await desk.post(f"/desk/people/{newcomer['whom']}/return", {})).status_code == 303
    assert of(lines(), "person.changed")["what"] == "returned"
    assert (await desk.post("/desk/phones/links", {"person": newcomer["whom"]}, piece=True)).status_code == 200
    made = of(lines(), "link.made")
    assert (made["person"], made["whom"], made["purpose"]) == (station["master"], newcomer["whom"], "phone")
    told = (await enrol(station, await link(station), new_key(), label="白鹭的手机")).json()
    found = lines()
    enrolled = of(found, "device.enrolled")
    assert (enrolled["person"], enrolled["device"]) == (station["赵敏"], told["device"])
    assert of(found, "session.began")["device"] == told["device"]
    for path, event in (("revocation", "device.revoked"), ("reinstatement", "device.reinstated")):
        assert (await desk.post(f"/desk/phones/{told['device']}/{path}", {})).status_code == 303
        line = of(lines(), event)
        assert (line["person"], line["device"], line["devices"]) == (station["master"], told["device"], 1)


@pytest.mark.anyio
async def test_that_a_phone_has_emptied_itself_is_told(station: Station, lines: Lines) -> None:
    zhao = await station.phone("赵敏")
    await zhao.exchange()
    assert (await zhao.send(zhao.request(health={"unsent": 0, "wiped": 0}))).status_code == 200
    assert of(lines(), "device.wiped")["device"] == zhao.device


@pytest.mark.anyio
async def test_what_phones_send_amiss_is_told(station: Station, lines: Lines) -> None:
    zhao = await station.phone("赵敏")
    zhao.visit(station["陈奶奶"], text="厕所灯坏三天")
    await zhao.exchange()
    twin = copy.copy(zhao)
    twin.made = list(zhao.made)
    lines()

    zhao.make("resident.wished", {"白鹭": "13800001111"})
    await zhao.exchange()
    line = of(lines(), "sync.set_aside")
    assert (line["device"], line["reasons"], line["outcome"]) == (zhao.device, {"unknown_kind": 1}, "quarantined")

    twin.visit(station["马师傅"], text="白鹭")
    reply = await twin.exchange()
    assert of(lines(), "sync.forked")["successor"] == reply["fork"]["device"]

    asked = zhao.request([])
    asked["head"]["signature"] = "A" * 86
    assert (await zhao.send(asked)).status_code == 401
    line = of(lines(), "sync.refused")
    assert (line["outcome"], line["device"], line["status"]) == ("bad_signature", zhao.device, 401)

    zhao.visit(station["马师傅"])
    assert (await station.http.post("/sync/capsules", json=zhao.capsule(station.settings.seal.public))).is_success
    assert of(lines(), "capsule.carried")["fresh"] == 1


@pytest.mark.anyio
async def test_what_is_refused_is_told_without_what_was_asked(station: Station, lines: Lines) -> None:
    desk = await sign_in(station, "master")
    nobody = Desk(station.http, {})
    lines()
    secret = "Qx3_a-token-of-a-link"
    for asked, told in (
        (nobody.get("/desk/visits?q=白鹭"), ("request.refused", "sign_in", "/desk/visits")),
        (nobody.get("/field/"), ("request.refused", "sign_in", "/field/")),
        (desk.get("/desk/imports/白鹭"), ("request.refused", "not_found", "/desk/imports/{id}")),
        (desk.get("/nowhere/白鹭%1B[2J%0A"), ("request.refused", "not_found", None)),
        (
            station.http.post(f"/join/{secret}/device", headers=OURS),
            ("join.refused", "link_gone", "/join/{token}/device"),
        ),
        (
            station.http.post("/language", headers={"Sec-Fetch-Site": "cross-site"}),
            ("request.refused", "cross_site", "/language"),
        ),
        (
            station.http.post("/language", headers={"Content-Length": "999999999"}, content=b"x"),
            ("request.refused", "too_large", "/language"),
        ),
        (station.http.request("DELETE", "/language", headers=OURS), ("request.refused", "method", "/language")),
    ):
        await asked
        (line,) = lines()
        assert (line["event"], line["outcome"], line.get("route")) == told
        assert secret not in json.dumps(line)


@pytest.mark.anyio
async def test_a_ledger_is_told_by_how_it_ended(station: Station, lines: Lines) -> None:
    desk = await sign_in(station, "master")
    headers = {**desk._headers(False, "zh", "text/html"), **OURS}
    ledger = "网格,小区,楼栋,房号,户主,电话\n第三网格,槐安小区,3幢,2-101,白鹭,13800001111\n".encode()
    lines()
    for data, event, outcome in (
        (ledger, "import.planned", "ok"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "import.failed", "old_format"),
    ):
        file = {"file": ("白鹭台账.xlsx" if data[0] == 0xD0 else "白鹭台账.csv", data)}
        sent = await station.http.post("/desk/imports", files=file, data={"grid": ""}, headers=headers)
        assert sent.status_code == 303
        found = lines()
        line = of(found, event)
        assert (line["outcome"], line["person"]) == (outcome, station["master"]), found
        if event == "import.planned":
            assert (await desk.post(f"{sent.headers['location']}/confirmation", {})).status_code == 303
            assert of(lines(), "import.done")["edits"] >= 1


def test_what_leaves_the_station_is_told(lines: Lines) -> None:
    events.exported("visits", rows=12, grid="019a0b1c-0000-7000-8000-00000000c003")
    line = of(lines(), "export.made")
    assert (line["what"], line["rows"]) == ("visits", 12)


def test_commands_that_keep_and_bring_back_are_told(
    lines: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, away = tmp_path / "here", tmp_path / "there", tmp_path / "away"
    away.mkdir()
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)
    monkeypatch.setenv("SIFANG_DATA", str(here))
    assert main(["begin", "白鹭社区", "王站长", "--grids", "1"]) == 0
    assert main(["backup", str(away)]) == 0
    line = of(lines(), "backup.shipped")
    assert (line["command"], line["off_server"]) == ("backup", False)
    assert line["edits"] == line["through"] + 1
    monkeypatch.setenv("SIFANG_DATA", str(there))
    assert main(["restore", str(away)]) == 0
    assert of(lines(), "restore.done")["outcome"] == "ok"
    assert main(["restore", str(away)]) == 1
    assert of(lines(), "restore.failed")["outcome"] == "not_empty"
    assert main(["link", "desk", "王站长"]) == 0
    assert of(lines(), "link.made")["command"] == "link"
    (there / "sifang.db").unlink()
    (away / "sub").mkdir()
    monkeypatch.setattr("server.backup.ship.Shipping.once", _full)
    assert main(["backup", str(away)]) == 1
    assert of(lines(), "backup.failed")["outcome"] == "disk"


async def _full(*_: Any, **__: Any) -> None:
    raise OSError(28, "no room for 白鹭")


async def _broken(request: Request) -> Response:
    raise ValueError("陈奶奶的电话 13800001111")


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["page", "piece", "json"])
async def test_a_crash_shows_two_sentences_and_nothing_else(station: Station, lines: Lines, kind: str) -> None:
    station.app.router.routes.append(Route("/sign-in/crash", _broken))
    lines()
    headers = {"page": {}, "piece": {"HX-Request": "true", "HX-Request-Type": "partial"}}.get(
        kind, {"Accept": "application/json"}
    )
    station.http._transport.raise_app_exceptions = False  # type: ignore[attr-defined]
    answer = await station.http.get("/sign-in/crash", headers=headers)
    assert answer.status_code == 500
    line = of(lines(), "request.crashed")
    assert line["kind"] == "ValueError"
    assert line["places"][-1].startswith("tests/test_events.py:")
    for hidden in ("ValueError", "Traceback", "13800001111", "陈奶奶", ".py", "SELECT"):
        assert hidden not in answer.text
        assert hidden == "ValueError" or hidden == ".py" or hidden not in json.dumps(line, ensure_ascii=False)
    if kind == "json":
        assert set(answer.json()["problem"]) == {"code", "status", "message_zh", "message_en"}
        assert answer.headers["request-number"] == line["request"]
    else:
        assert "服务器这边出了点问题，没有改动任何东西。过一会儿再试。" in answer.text
        assert line["request"] in answer.text, "the number that a person can name"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'"), "as strict as any page"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.anyio
async def test_start_and_stop_are_told(station: Station, lines: Lines) -> None:
    lines()
    async with station.app.router.lifespan_context(station.app):
        told = of(lines(), "server.started")
        assert (told["process"], told["password"]) == ("1", False)
    assert of(lines(), "server.stopped")["process"] == "1"


@pytest.mark.anyio
async def test_a_whole_day_leaves_no_word_of_anybody(station: Station, lines: Lines) -> None:
    zhao, desk = await station.phone("赵敏"), await sign_in(station, "master")
    zhao.visit(station["陈奶奶"], text="厕所灯坏三天 白鹭", companions=["白鹭"])
    facts = {"name": "白鹭", "phone": "13800001111"}
    zhao.make("resident.added", {"household": station["陈奶奶"], "facts": facts, "tags": ["mental_illness"]})
    zhao.make("resident.added", {"household": "白鹭", "facts": facts, "tags": ["mental_illness", "白鹭"]})
    await zhao.exchange()
    for page in ("visits", "visits?q=白鹭", "boards", "phones", "grids", "conflicts", "backups", "me", "nothing/白鹭"):
        await desk.get(f"/desk/{page}")
    path = await link(station)
    session = (await enrol(station, path, new_key(), label="白鹭")).headers["set-cookie"].split(";")[0]
    form = {"result": "met", "text": "厕所灯坏三天", "白鹭": "白鹭"}
    address = f"/field/households/{station['陈奶奶']}/visits"
    await station.http.post(address, data=form, headers={"Cookie": session, **OURS})
    await station.http.get("/field/doors/found?q=白鹭", headers={"Cookie": session})
    told = json.dumps(lines())
    assert told.count('"event"') >= 5
    assert path.rpartition("/")[2] not in told
    assert session.partition("=")[2] not in told


def test_a_real_process_says_nothing_but_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/sifang.db"
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.setenv("SIFANG_DATABASE_URL", url)
    assert main(["begin", "白鹭社区", "王站长", "--grids", "1"]) == 0
    with served(tmp_path, url) as (address,):
        httpx.get(f"{address}/desk/visits?q=白鹭")
        httpx.get(f"{address}/join/Qx3_a-token-of-a-link")
        httpx.post(f"{address}/join/Qx3_a-token-of-a-link/session")
        httpx.post(f"{address}/sync/exchange", json={"白鹭": "13800001111"})
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as line:
            line.sendall("GET /白鹭 13800001111\r\n\r\n".encode())
            line.recv(1000)
        with sqlite3.connect(tmp_path / "sifang.db") as database:
            database.execute("ALTER TABLE join_link RENAME TO taken_away")
        assert httpx.get(f"{address}/join/Qx3_a-token-of-a-link").status_code == 500
    said = (tmp_path / "server0.log").read_text("utf-8")
    found = [json.loads(line) for line in said.splitlines()]
    assert [each["event"] for each in found] == [
        "server.started",
        "request.refused",
        "join.refused",
        "join.refused",
        "sync.refused",
        "log",
        "request.crashed",
        "server.stopped",
    ], said
    assert found[5]["said"] == "Invalid HTTP request received."
    assert found[6]["kind"] == "sqlalchemy.exc.OperationalError"
    assert any(place.startswith("server/join/store.py:") for place in found[6]["places"])
    for hidden in (*WORDS, "Qx3_", "Traceback", "SELECT", "join_link", "?q="):
        assert hidden not in said


def test_what_python_and_libraries_would_print_is_told_without_values(
    lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging
    import warnings

    before = (logging.root.handlers, logging.root.level, sys.excepthook, sys.unraisablehook)
    # Other tests may have left it captured, by what has been put back since, and uvicorn's own way of logging set up.
    logging.captureWarnings(False)
    monkeypatch.setattr(logging.getLogger("uvicorn"), "propagate", True)
    monkeypatch.setattr(logging.getLogger("py.warnings"), "disabled", False)
    try:
        events.take_over()
        logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
        logging.getLogger("anything").error("a value: %s", "白鹭")
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(True)
            warnings.warn("about 白鹭 13800001111", stacklevel=1)
        try:
            raise KeyError("白鹭") from ValueError("13800001111")
        except KeyError as error:
            sys.excepthook(KeyError, error, error.__traceback__)
    finally:
        logging.captureWarnings(False)
        logging.root.handlers, logging.root.level, sys.excepthook, sys.unraisablehook = before
    library, other, warned, crashed = lines()
    assert (library["logger"], library["said"]) == ("uvicorn.error", "Invalid HTTP request received.")
    assert (other["logger"], other["outcome"], other.get("said")) == ("anything", "error", None)
    assert warned["logger"] == "py.warnings"
    assert (crashed["event"], crashed["kind"], crashed["because"]) == ("process.crashed", "KeyError", "ValueError")
    for line in (library, other, warned, crashed):
        assert "白鹭" not in json.dumps(line, ensure_ascii=False)
        assert "13800001111" not in json.dumps(line)
