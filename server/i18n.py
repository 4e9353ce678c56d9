"""The two languages: which one this reader reads, and the words of each from web/catalogues/<lang>/<group>.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from server import text
from server.settings import WEB, Settings

LOCALES = ("zh", "en")
CATALOGUES = WEB / "catalogues"
COOKIE, SECURE_COOKIE = "lang", "__Host-lang"
"""`__Host-` binds it to this host over HTTPS; plain HTTP is for localhost alone."""
KEPT_S = 400 * 24 * 3600


def read_groups(lang: str, folder: Path = CATALOGUES) -> dict[str, dict[str, text.Message]]:
    """Every group of a language, by the name of its file."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((folder / lang).glob("*.json"))}


@cache
def catalogue(lang: str) -> dict[str, text.Message]:
    """All words of a language, by key."""
    return {key: message for group in read_groups(lang).values() for key, message in group.items()}


def t(lang: str, key: str, args: dict[str, Any] | None = None) -> str:
    """The words for `key` in `lang`."""
    return text.t(lang, catalogue(lang), key, args)


def locale_of(request: HTTPConnection) -> str:
    """The reader's language: what they chose, else what their browser asks for, else Chinese."""
    chosen = request.cookies.get(SECURE_COOKIE) or request.cookies.get(COOKIE)
    return chosen if chosen in LOCALES else _asked_for(request.headers.get("accept-language", ""))


def remember(response: Response, settings: Settings, lang: str) -> None:
    """Have the browser keep the language that was chosen."""
    name = SECURE_COOKIE if settings.secure else COOKIE
    secure = {"secure": settings.secure, "httponly": True, "samesite": "lax"}
    response.set_cookie(name, lang, max_age=KEPT_S, path="/", **secure)  # type: ignore[arg-type]


SIZES = (1, 2, 3)
"""How large the letters of a volunteer's pages are, by steps."""


def size_of(request: HTTPConnection) -> int:
    """The size that the reader chose."""
    chosen = request.cookies.get("size", "")
    return int(chosen) if chosen in map(str, SIZES) else SIZES[0]


def remember_size(response: Response, settings: Settings, size: str) -> None:
    """Have the browser keep the size that was chosen; anything else chooses nothing."""
    if size in map(str, SIZES):
        response.set_cookie(
            "size", size, max_age=KEPT_S, path="/", secure=settings.secure, httponly=True, samesite="lax"
        )


def _asked_for(header: str) -> str:
    """The best of our languages in an Accept-Language header (RFC 9110, section 12.5.4)."""
    best, weight_max = LOCALES[0], 0.0
    for entry in header[:500].split(","):
        tag, _, parameter = entry.partition(";")
        lang = tag.strip().lower().partition("-")[0]
        name, _, value = parameter.partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            continue
        if lang in LOCALES and weight > weight_max:
            best, weight_max = lang, weight
    return best
