"""Every address we have, with every verb: the same strict headers, whoever asks and whatever is answered."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from starlette.routing import Route

from server import sessions
from server.assets import worker_script
from server.guard import CSP, SECURITY_HEADERS
from server.settings import Settings
from server.statics import served
from tests.blobs.test_sending import PHOTO, named, put
from tests.desk.conftest import NOW_MS
from tests.join.test_join import enrol, link, new_key
from tests.journal.conftest import DATABASES, Station, new_database, opened

HTTPS = "https://sifang.example.org"
ID = "019a0b1c-0000-7000-8000-00000000ffff"
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND")
POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "htmx sifang",
}
STRICT = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
LASTING = re.compile(
    r"/static/.*|/blobs/.*|/sync/snapshots/.*|/sw\.js|/ledger/(?:keys|[^/]+/(?:checkpoint|tile/.*))|/manifest\.webmanifest"
)
"""What may be kept: our own code, and what bears the hash of its bytes or says the same to everybody."""


@pytest.fixture(params=DATABASES)
async def station(tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest) -> AsyncIterator[Station]:
    """The station at its public address."""
    url = await new_database(request.param, tmp_path, empty_sqlite, request)
    with pytest.MonkeyPatch.context() as patch:
        settings = Settings(url, tmp_path, b"a secret for tests only.........", public_url=HTTPS)
        async with opened(settings, patch) as station:
            station.now_ms = NOW_MS
            await station.begin()
            yield station


Answer = tuple[int, dict[str, str]]


async def ask(station: Station, verb: str, path: str, about: dict[str, str] | None = None, body: bytes = b"") -> Answer:
    """The status and headers of an answer; a line that stays open is let go."""
    sent = {"host": "sifang.example.org", **(about or {})}
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": verb,
        "scheme": "https",
        "path": path.partition("?")[0],
        "raw_path": path.encode(),
        "query_string": path.partition("?")[2].encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 5000),
        "server": ("sifang.example.org", 443),
    }
    began: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    told = False

    async def receive() -> dict[str, Any]:
        nonlocal told
        if told:
            await asyncio.Event().wait()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start" and not began.done():
            headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            began.set_result((message["status"], headers))

    answering = asyncio.create_task(station.app(scope, receive, send))
    waiting: set[asyncio.Future[Any]] = {answering, began}
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED, timeout=20)
    assert began.done(), (verb, path, answering.exception() if answering.done() else "no answer")
    if path == "/desk/live":
        answering.cancel()
    await asyncio.wait({answering}, timeout=5)
    return began.result()


async def cookies(station: Station) -> dict[str, str]:
    """Sessions of whoever each address is for."""
    async with station.db.writing() as db:
        begun = {
            "master": await sessions.begin(db, station["master"], station.now_ms, "tests", verified=True),
            "赵敏": await sessions.begin(db, station["赵敏"], station.now_ms, "tests", use="field"),
        }
    return {name: f"{sessions.cookie_name(station.settings)}={token}" for name, token in begun.items()}


def paths(station: Station) -> dict[str, set[str]]:
    """Every address with its parameters filled, and its verbs."""
    found: dict[str, set[str]] = {}
    for route in station.app.routes:
        assert isinstance(route, Route)
        path = re.sub(r"\{[^}]*\}", ID, re.sub(r"\{\w+:int\}", "0", route.path))
        found.setdefault(path, set()).update(route.methods or ())
    return found


def whose(path: str) -> str:
    """Who may come in there."""
    return "赵敏" if path.startswith("/field") else "master"


def held_to_it(path: str, answer: Answer) -> None:
    """The strict headers, exactly."""
    status, headers = answer
    for name, value in STRICT.items():
        assert headers.get(name) == value, (path, status, name)
    policy = headers["content-security-policy"]
    if path.startswith(("/sync/", "/blobs/")) and status < 400:
        assert "default-src 'none'" in policy
    else:
        assert policy == CSP, (path, status)
    if status != 304 and not LASTING.fullmatch(path):
        assert headers.get("cache-control") == "no-store", (path, status)
    assert "access-control-allow-origin" not in headers
    for told in ("server", "x-powered-by"):
        assert told not in headers, path
    kind = headers.get("content-type", "")
    if kind.startswith("text/") or "xml" in kind:
        assert "charset=utf-8" in kind, (path, kind)
    if headers.get("content-length", "1") != "0" and status not in (204, 303, 304, 307):
        assert kind, (path, status)


def test_the_policy_is_the_one_we_mean() -> None:
    assert dict(part.split(" ", 1) for part in CSP.split("; ")) == POLICY
    assert {name.lower(): value for name, value in SECURITY_HEADERS.items()} == {
        "content-security-policy": CSP,
        **{name: value for name, value in STRICT.items() if name != "strict-transport-security"},
    }


def test_the_workers_own_pages_bear_the_same() -> None:
    _, script = worker_script(b"\4" * 65)
    head = script.split(b"\n", 2)[1].decode()
    assert head.startswith("self.SHELL = ")
    shell = json.loads(head.removeprefix("self.SHELL = ").rstrip(";"))
    assert shell["headers"] == SECURITY_HEADERS
    used = (Path("web/phone/sw.js")).read_text("utf-8")
    made = re.findall(r"new Response\((.*)\);", used)
    for each in made:
        assert "...headers" in each or each.startswith("null"), f"a page of the worker without them: {each}"
    assert "'Cache-Control': 'no-store'" in used
    assert "charset=utf-8" in used


@pytest.mark.anyio
async def test_each_answer_of_each_address_bears_them(station: Station) -> None:
    known = await cookies(station)
    ours = {"sec-fetch-site": "same-origin"}
    seen: set[int] = set()
    for path, verbs in paths(station).items():
        for who in ("", whose(path)):
            for verb in sorted(verbs):
                about = {**ours, "cookie": known.get(who, ""), "accept": "text/html"}
                answer = await ask(station, verb, path, about)
                assert answer[0] < 500, (verb, path, who)
                held_to_it(path, answer)
                seen.add(answer[0])
    assert {200, 303, 400, 401, 404} <= seen
    for path in ("/nowhere", "/desk/nowhere", "/field/nowhere", "/sync/nowhere", "/static/nowhere"):
        held_to_it(path, await ask(station, "GET", path, {"cookie": known["master"]}))
    for about, status in (
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"content-length": "99999999999"}, 413),
        ({"content-length": "x"}, 400),
    ):
        answer = await ask(station, "POST", "/language", about)
        assert answer[0] == status, about
        held_to_it("/language", answer)


@pytest.mark.anyio
async def test_a_wrong_verb_is_405_everywhere(station: Station) -> None:
    known = await cookies(station)
    for path, verbs in paths(station).items():
        for verb in VERBS:
            if verb in verbs or (verb in ("GET", "HEAD") and path.startswith(("/field", "/elder"))):
                continue
            about = {"sec-fetch-site": "same-origin", "cookie": known[whose(path)]}
            answer = await ask(station, verb, path, about)
            assert answer[0] == 405, (verb, path)
            held_to_it(path, answer)


@pytest.mark.anyio
@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/css",
        "/static/css/",
        "/static/.",
        "/static/..",
        "/static/../server/app.py",
        "/static/css/../../server/app.py",
        "/static/css/../templates/problem.html",
        "/static/%2e%2e/server/app.py",
        "/static/css/%2e%2e/%2e%2e/server/app.py",
        "/static/..%2fserver%2fapp.py",
        "/static/css\\..\\..\\server\\app.py",
        "/static//etc/passwd",
        "/static/templates/problem.html",
        "/static/catalogues/zh/problem.json",
        "/static/tsconfig.page.json",
        "/static/css/base.css\0.js",
        "/static/" + "a" * 5000,
    ],
)
async def test_folders_and_what_lies_beside_them_are_not_there(station: Station, path: str) -> None:
    for asked in {path, unquote(path)}:
        assert (await ask(station, "GET", asked))[0] == 404


def test_a_link_out_of_a_folder_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "way.css").symlink_to(Path("server/app.py").resolve())
    with pytest.raises(FileNotFoundError):
        served("css/way.css", tmp_path)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("back", "to"),
    [
        ("/desk/visits?q=1", "/desk/visits?q=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("evil.example", "/"),
        ("", "/"),
        ("/\t/evil.example", "/%09/evil.example"),
        ("/\r\n/evil.example", "/%0D%0A/evil.example"),
        ("/%09/evil.example", "/%09/evil.example"),
        ("javascript:alert(1)", "/"),
    ],
)
async def test_nobody_is_led_elsewhere(station: Station, back: str, to: str) -> None:
    headers = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}
    body = urlencode({"back": back, "lang": "en"}).encode()
    status, answer = await ask(station, "POST", "/language", {**headers, "content-length": str(len(body))}, body)
    assert (status, answer["location"]) == (303, to)


def fields(cookie: str) -> tuple[str, set[str]]:
    """A cookie's name and what it says besides its value and age."""
    first, *rest = cookie.split("; ")
    return first.partition("=")[0], {
        each.lower() for each in rest if not each.lower().startswith(("max-age", "expires"))
    }


@pytest.mark.anyio
async def test_cookies_are_for_this_host_over_https_alone(station: Station) -> None:
    strict = {"secure", "httponly", "samesite=lax", "path=/"}
    session = (await enrol(station, await link(station), new_key())).headers["set-cookie"]
    assert fields(session) == ("__Host-sifang", strict)
    ours = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded", "content-length": "7"}
    _, answer = await ask(station, "POST", "/language", ours, b"lang=en")
    assert fields(answer["set-cookie"]) == ("__Host-lang", strict)
    cookie = {"cookie": session.split(";")[0]}
    _, answer = await ask(station, "POST", "/field/settings", {**ours, **cookie}, b"lang=en")
    assert fields(answer["set-cookie"]) == ("__Host-lang", strict)
    page = await station.http.get("/field/", headers={"Cookie": f"{cookie['cookie']}; __Host-lang=en"})
    assert '<html lang="en"' in page.text
    status, answer = await ask(station, "POST", "/sign-out", {**ours, **cookie})
    assert (status, fields(answer["set-cookie"])) == (303, ("__Host-sifang", strict)), "the same, to take it away"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("headers", "let"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": HTTPS}, False),
        ({"sec-fetch-site": ""}, False),
        # Browsers that know no fetch metadata.
        ({"origin": HTTPS}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://sifang.example.org.evil.example"}, False),
        ({"origin": "https://sifang.example.org:8443"}, False),
        ({"origin": "http://sifang.example.org"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        # No browser at all: nobody's cookie goes along unasked.
        ({}, True),
    ],
)
async def test_writes_come_from_our_own_pages(station: Station, headers: dict[str, str], let: bool) -> None:
    for verb, path in (("POST", "/language"), ("PUT", "/sync/blobs/x"), ("DELETE", "/language")):
        status, _ = await ask(station, verb, path, headers)
        assert (status != 403) == let, (verb, headers)
    status, _ = await ask(station, "GET", "/sign-in", {"sec-fetch-site": "cross-site"})
    assert status == 200, "reading is for whoever follows a link"


@pytest.mark.anyio
async def test_a_photo_names_its_file(station: Station) -> None:
    zhao = await station.phone("赵敏")
    blob = named(PHOTO)
    visit = zhao.visit(station["陈奶奶"], blobs=[blob])
    await zhao.exchange()
    for first in range(0, len(PHOTO), 256 * 1024):
        piece = PHOTO[first : first + 256 * 1024]
        assert (await put(zhao, visit, blob["sha256"], piece, first, len(PHOTO))).status_code == 200
    known = await cookies(station)
    path = f"/blobs/{blob['sha256']}?visit={visit.header.id}&name=other.html"
    status, headers = await ask(station, "GET", path, {"cookie": known["master"]})
    assert status == 200
    assert headers["content-disposition"] == f'inline; filename="{blob["sha256"]}.jpeg"'
    assert "sandbox" in headers["content-security-policy"]
