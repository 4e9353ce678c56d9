"""Style sheets, scripts and icons as browsers get them: joined, without comments, packed once, known by their hash."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rcssmin
import rjsmin
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.joining import join_modules, join_styles, parts_of
from server.problem import not_found
from server.settings import WEB

FOLDERS = frozenset({"phone", "page", "desk", "css", "vendor", "build", "icons"})
TEXT = frozenset({".js", ".css", ".svg", ".json"})
FILES_MAX = 500
PHONE_STYLE = "css/phone.css"
PHONE_STYLE_S = 60
"""From a one-time link to the first page the style is not asked about again: a slow line takes half a second for it."""
JOINED = frozenset({PHONE_STYLE, "page/app.js", "page/join.js"})
"""What comes with all it imports in it: on a slow line each request costs half a second."""


@dataclass(frozen=True)
class File:
    """One file as served: its bytes, the same gzipped (None where that gains nothing), SHA-256 in hex, media type."""

    body: bytes
    packed: bytes | None
    digest: str
    media_type: str


def lean_script(code: str) -> str:
    """A script without comments and spare white space; names stay as they are, so that errors can be read."""
    return str(rjsmin.jsmin(code))


def _whole(path: str, web: Path) -> bytes:
    if path not in JOINED:
        return (web / path).read_bytes()
    return (join_modules if path.endswith(".js") else join_styles)(path, web).encode()


def _changed_ns(path: str, web: Path) -> tuple[int, ...]:
    parts = parts_of(path, web) if path in JOINED else [path]
    return tuple((web / part).stat().st_mtime_ns for part in parts)


@lru_cache(maxsize=FILES_MAX)
def _made(name: str, web: Path, _changed_ns: tuple[int, ...]) -> File:
    path, body = web / name, _whole(name, web)
    if path.suffix == ".js" and not path.name.endswith(".min.js"):
        body = lean_script(body.decode()).encode()
    elif path.suffix == ".css":
        body = str(rcssmin.cssmin(body.decode())).encode()
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in TEXT else None
    media_type = "text/javascript" if path.suffix == ".js" else mimetypes.guess_type(path.name)[0]
    if media_type == "image/svg+xml":
        media_type += "; charset=utf-8"  # Starlette adds it to text alone
    return File(body, packed, hashlib.sha256(body).hexdigest(), media_type or "application/octet-stream")


def served(path: str, web: Path = WEB) -> File:
    """The file at `path` under web/, as browsers get it.

    Raises:
        FileNotFoundError: there is none, or it does not lie in one of the folders that are served.
    """
    folder, _, rest = path.partition("/")
    found = (web / path).resolve()
    if folder not in FOLDERS or not rest or not found.is_relative_to((web / folder).resolve()) or not found.is_file():
        raise FileNotFoundError(path)
    name = found.relative_to(web.resolve()).as_posix()
    return _made(name, web, _changed_ns(name, web))


async def static(request: Request) -> Response:
    """`GET /static/{path}`: asked about each time, sent only when it has changed."""
    try:
        file = served(request.path_params["path"])
    except (FileNotFoundError, ValueError):
        raise not_found() from None
    headers = {"ETag": f'"{file.digest[:32]}"', "Vary": "Accept-Encoding"}
    if request.path_params["path"] == PHONE_STYLE:
        headers["Cache-Control"] = f"max-age={PHONE_STYLE_S}"
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    body = file.body
    if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = file.packed, "gzip"
    return Response(body, media_type=file.media_type, headers=headers)


routes = [Route("/static/{path:path}", static)]
