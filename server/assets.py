"""What phones install: the service worker as one classic script, the list of files it keeps, the manifest.

The worker carries the list with a SHA-256 each, so a version installs whole or not at all. The icons of the home screen
are not on it: the browser fetches those itself when it puts us there.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import posixpath
import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.guard import SECURITY_HEADERS
from server.joining import imports_of, join_modules
from server.log_keys import LogKeys, told
from server.problem import not_found
from server.settings import WEB
from server.statics import JOINED, lean_script, served

WORKER = "phone/sw.js"
NO_LOG = LogKeys()
Calls = tuple[tuple[str, str, str], ...]
_STATIC = re.compile(r"/static/([\w./-]+\.\w+)")
_CSS_URL = re.compile(r"url\([\"']?([\w./-]+)")


def _needs(path: str, web: Path) -> list[str]:
    """What a static file brings along: a script the modules not joined into it, a style sheet what it names."""
    if path.endswith(".js"):
        return [] if path in JOINED else imports_of(path, (web / path).read_text("utf-8"))
    if path.endswith(".css"):
        found = _CSS_URL.findall(served(path, web).body.decode())
        return [posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in found]
    return []


def kept_files(web: Path = WEB) -> dict[str, str]:
    """Every static file a phone needs with the server away: path under web/ → SHA-256. Read out of the templates."""
    templates = sorted(
        each for part in ("elder", "field", "shared") for each in (web / "templates" / part).glob("*.html")
    )
    waiting = [name for template in templates for name in _STATIC.findall(template.read_text("utf-8"))]
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = served(path, web).digest
            waiting += _needs(path, web)
    return dict(sorted(found.items()))


@cache
def worker_script(point: bytes, log: LogKeys = NO_LOG, duty: str = "", calls: Calls = ()) -> tuple[str, bytes]:
    """The version and the script at /sw.js. `point`: the server's public point, to which phones seal; `log`: the public
    keys of its log, and what they say of each other; `duty`: the number to call in danger; `calls`: those that
    volunteers may call."""
    files = [[f"/static/{path}", digest] for path, digest in kept_files().items()]
    files.append([MANIFEST_PATH, hashlib.sha256(MANIFEST_BYTES).hexdigest()])
    code = _one_byte(lean_script(join_modules(WORKER)))
    seal, keys = base64.urlsafe_b64encode(point).rstrip(b"=").decode(), log.spelled
    vouched = [told(each) for each in log.for_phones]
    said = json.dumps([files, SECURITY_HEADERS, seal, keys, vouched, duty, calls], sort_keys=True)
    version = hashlib.sha256((code + said).encode()).hexdigest()[:12]
    known = {
        "seal": seal,
        "log": keys,
        "vouched": vouched,
        **({"duty": duty} if duty else {}),
        **({"calls": calls} if calls else {}),
    }
    shell = {"version": version, **known, "files": files, "headers": SECURITY_HEADERS}
    return version, f"'use strict';\nself.SHELL = {json.dumps(shell)};\n{code}".encode()


def _one_byte(code: str) -> str:
    """The same script in ASCII: a browser then holds it in half the memory, and has it sooner at each start. Chinese
    stands inside strings alone, where an escape says the same."""
    return re.sub(r"[^\x00-\x7f]+", lambda found: json.dumps(found[0])[1:-1], code)


@cache
def _packed_worker(point: bytes, log: LogKeys, duty: str, calls: Calls) -> bytes:
    return gzip.compress(worker_script(point, log, duty, calls)[1], 9, mtime=0)


ICONS = [
    {"src": "/static/icons/icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/static/icons/icon-512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "/static/icons/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]


def _shortcut(name: str, url: str) -> dict[str, object]:
    return {"name": name, "url": url, "icons": [ICONS[0]]}


MANIFEST: dict[str, object] = {
    "id": "/field/",
    "name": "四访 Sifang",
    "short_name": "四访",
    "lang": "zh-CN",
    "start_url": "/field/",
    "scope": "/",
    "display": "standalone",
    "background_color": "#f7f4ed",
    "theme_color": "#f7f4ed",
    "icons": ICONS,
    "shortcuts": [
        _shortcut("记一次走访", "/field/visits/new"),
        _shortcut("楼栋图", "/field/doors"),
        _shortcut("没送出的", "/field/outbox"),
    ],
}


MANIFEST_PATH = "/manifest.webmanifest"
MANIFEST_BYTES = json.dumps(MANIFEST, ensure_ascii=False).encode()


TASKS = {
    "home": ("四访长辈版", "长辈版", "/elder/"),
    "report": ("报问题", "报问题", "/elder/report"),
    "visits": ("看望", "看望", "/elder/visits"),
    "mine": ("我的", "我的", "/elder/mine"),
    "call": ("打电话", "打电话", "/elder/call"),
}
"""A volunteer's tasks: each comes onto the home screen as a picture of its own."""


def task_manifest(task: str) -> bytes:
    """What one task is on the home screen. The first has shortcuts to the others, for who presses long."""
    name, short, start = TASKS[task]
    sizes = (("192x192", "192"), ("512x512", "512"))
    icons = [{"src": f"/static/icons/elder-{task}-{n}.png", "sizes": size, "type": "image/png"} for size, n in sizes]
    told = {**MANIFEST, "id": start, "name": name, "short_name": short, "start_url": start, "scope": "/elder/"}
    others = [_shortcut(TASKS[each][0], TASKS[each][2]) for each in TASKS if each != "home"]
    told |= {"icons": icons, "shortcuts": others if task == "home" else []}
    return json.dumps(told, ensure_ascii=False).encode()


async def task(request: Request) -> Response:
    """`GET /elder/{task}.webmanifest`."""
    if request.path_params["task"] not in TASKS:
        raise not_found()
    body = task_manifest(request.path_params["task"])
    return Response(body, media_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


async def worker(request: Request) -> Response:
    """The service worker; browsers ask again at every visit, and install when a byte has changed."""
    settings = request.app.state.settings
    known = (settings.seal.public, settings.log_keys, settings.duty_phone, settings.calls)
    version, script = worker_script(*known)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{version}"', "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        script = _packed_worker(*known)
        headers["Content-Encoding"] = "gzip"
    return Response(script, media_type="text/javascript", headers=headers)


async def manifest(request: Request) -> Response:
    """What the home screen shows, with shortcuts to what is done most."""
    headers = {"Cache-Control": "no-cache"}
    return Response(MANIFEST_BYTES, media_type="application/manifest+json", headers=headers)


routes = [Route("/sw.js", worker), Route(MANIFEST_PATH, manifest), Route("/elder/{task}.webmanifest", task)]
