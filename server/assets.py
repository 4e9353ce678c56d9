"""What phones install: the service worker as one classic script, the list of files it keeps, the manifest.

Modules are joined here and not by a bundler: the forms of import and export we allow ourselves are few, and any
other is an error. The worker carries the list with a SHA-256 each, so a version installs whole or not at all.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.guard import SECURITY_HEADERS
from server.settings import WEB
from server.statics import lean_script, served

WORKER = "phone/sw.js"
TROUBLE_STYLE = "css/join.css"  # of the page that phone/trouble.js makes without a template
_NAMES = r"\{([^{}]*)\}"
_IMPORT = re.compile(rf"^import\s+(?:{_NAMES}|\*\s+as\s+(\w+))\s+from\s+'([^']+)';[ \t]*$", re.M)
_BARE_IMPORT = re.compile(r"^import\s+'([^']+)';[ \t]*$", re.M)
_EXPORT = re.compile(r"^export\s+(?=(?:async\s+)?(?:function\*?|const|class)\s+(\w+))", re.M)
_EXPORT_LIST = re.compile(rf"^export\s+{_NAMES};[ \t]*$", re.M)
_LEFT_OVER = re.compile(r"^\s*(?:import|export)\b|\bimport\(", re.M)
_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$|^[ \t]*//[^\n]*$", re.S | re.M)
_TYPE = re.compile(r"/\*\* @(?:type|param) [^\n]*?\*/ ?")
_STATIC = re.compile(r"/static/([\w./-]+)")
_CSS_URL = re.compile(r"(?:url\(|@import\s+)[\"']?([\w./-]+)")


class NotJoinable(Exception):
    """A module uses a form of import or export that the joining does not know."""


def _target(specifier: str, module: str) -> str:
    if not specifier.startswith("."):
        raise NotJoinable(f"{module}: {specifier!r} is not a path of ours")
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), specifier))


def imports_of(module: str, source: str) -> list[str]:
    """The modules a module names at its head, as paths under web/."""
    found = [(match.start(), match[3]) for match in _IMPORT.finditer(source)]
    found += [(match.start(), match[1]) for match in _BARE_IMPORT.finditer(source)]
    return [_target(specifier, module) for _, specifier in sorted(found)]


def _pairs(names: str) -> list[tuple[str, str]]:
    """The names of an import or export list: (name, what it is called after `as`)."""
    listed = [re.split(r"\s+as\s+", name.strip()) for name in names.split(",") if name.strip()]
    return [(parts[0], parts[-1]) for parts in listed]


def _joined(module: str, source: str) -> str:
    """One module as an expression that leaves its exports under its name."""

    def bring(match: re.Match[str]) -> str:
        known = f"M[{json.dumps(_target(match[3], module))}]"
        if match[2]:
            return f"const {match[2]} = {known};"
        return f"const {{ {_listed(_pairs(match[1]))} }} = {known};"

    exports = {match[1]: match[1] for match in _EXPORT.finditer(source)}
    exports |= {b: a for match in _EXPORT_LIST.finditer(source) for a, b in _pairs(match[1])}
    body = _EXPORT.sub("", _EXPORT_LIST.sub("", _BARE_IMPORT.sub("", _IMPORT.sub(bring, source))))
    if _LEFT_OVER.search(_TYPE.sub("", _COMMENT.sub("", body))):
        raise NotJoinable(f"{module}: a form of import or export that is not allowed here")
    return f"M[{json.dumps(module)}] = (() => {{\n{body.rstrip()}\nreturn {{ {_listed(exports.items())} }};\n}})();\n"


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    """The inside of an object literal or pattern."""
    return ", ".join(a if a == b else f"{a}: {b}" for a, b in pairs)


def _ordered(module: str, web: Path, done: dict[str, str], above: tuple[str, ...] = ()) -> Iterator[str]:
    """The module's imports before itself, each once."""
    if module in above:
        raise NotJoinable(f"{module} imports itself by way of {above[-1]}")
    if module in done:
        return
    source = (web / module).read_text("utf-8")
    for needed in imports_of(module, source):
        yield from _ordered(needed, web, done, (*above, module))
    done[module] = source
    yield module


def join_modules(entry: str, web: Path = WEB) -> str:
    """`entry` and all it imports as one classic script, for browsers whose workers know no modules."""
    done: dict[str, str] = {}
    order = list(_ordered(entry, web, done))
    return "const M = {};\n" + "".join(_joined(module, done[module]) for module in order)


def _needs(path: str, web: Path) -> list[str]:
    """What a static file brings along: a script its modules, a style sheet what it names."""
    if path.endswith(".js"):
        return imports_of(path, (web / path).read_text("utf-8"))
    if path.endswith(".css"):
        found = _CSS_URL.findall((web / path).read_text("utf-8"))
        return [posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in found]
    return []


def kept_files(web: Path = WEB) -> dict[str, str]:
    """Every static file a phone needs with the server away: path under web/ → SHA-256. Read out of the templates."""
    templates = sorted([*(web / "templates/field").glob("*.html"), *(web / "templates/shared").glob("*.html")])
    waiting = [name for template in templates for name in _STATIC.findall(template.read_text("utf-8"))]
    waiting += [str(icon["src"]).removeprefix("/static/") for icon in ICONS] + [TROUBLE_STYLE]
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = served(path, web).digest
            waiting += _needs(path, web)
    return dict(sorted(found.items()))


@cache
def worker_script() -> tuple[str, bytes]:
    """The version and the script at /sw.js."""
    files = [[f"/static/{path}", digest] for path, digest in kept_files().items()]
    files.append([MANIFEST_PATH, hashlib.sha256(MANIFEST_BYTES).hexdigest()])
    code = lean_script(join_modules(WORKER))
    said = json.dumps([files, SECURITY_HEADERS], sort_keys=True)
    version = hashlib.sha256((code + said).encode()).hexdigest()[:12]
    shell = {"version": version, "files": files, "headers": SECURITY_HEADERS}
    return version, f"'use strict';\nself.SHELL = {json.dumps(shell)};\n{code}".encode()


@cache
def _packed_worker() -> bytes:
    return gzip.compress(worker_script()[1], 9, mtime=0)


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


async def worker(request: Request) -> Response:
    """The service worker; browsers ask again at every visit, and install when a byte has changed."""
    version, script = worker_script()
    headers = {"Cache-Control": "no-cache", "ETag": f'"{version}"', "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        script = _packed_worker()
        headers["Content-Encoding"] = "gzip"
    return Response(script, media_type="text/javascript", headers=headers)


async def manifest(request: Request) -> Response:
    """What the home screen shows, with shortcuts to what is done most."""
    headers = {"Cache-Control": "no-cache"}
    return Response(MANIFEST_BYTES, media_type="application/manifest+json", headers=headers)


routes = [Route("/sw.js", worker), Route(MANIFEST_PATH, manifest)]
