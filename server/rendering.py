"""Pages and pieces of pages: Jinja2, set up so that the phone's compiled templates render the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Undefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from server import i18n, text
from server.settings import WEB

TEMPLATES = WEB / "templates"
WHOLE = Markup('<span class="whole">{}</span>')


class Missing(Undefined):
    """A value the page does not have: false in a condition; printing it or reaching into it is reported."""

    def _report(self) -> None:
        text.report(self._undefined_message)

    def __str__(self) -> str:
        self._report()
        return ""

    def __iter__(self) -> Any:
        self._report()
        return iter(())

    def __getattr__(self, name: str) -> Any:
        # Dunder names are questions Python asks; only a template reaches for the others.
        if name.startswith("__"):
            raise AttributeError(name)
        self._report()
        return self

    def __getitem__(self, name: Any) -> Any:
        self._report()
        return self


class PageEnvironment(Environment):
    """Jinja2 where `x.items` is first the value named so, and a method only when there is none."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of a template's value."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def printed(value: Any) -> Any:
    """None prints nothing; a list or a mapping in the middle of a page is a mistake.

    Raises:
        TypeError: on a list or a mapping.
    """
    if isinstance(value, list | tuple | set | dict):
        raise TypeError(f"a page cannot print {value!r}")
    return "" if value is None else value


def dated(lang: str, catalogue: text.Catalogue, key: str, args: Mapping[str, Any]) -> Markup:
    """The words for `key` as markup that keeps its dates whole: no line ends in the middle of one."""
    holes = {name: f"\ue000{name}\ue001" for name in text.DATES if args.get(name)}
    said = escape(text.t(lang, catalogue, key, {**args, **holes}))
    for name, hole in holes.items():
        said = said.replace(hole, WHOLE.format(args[name]))
    return said


def make_environment(lang: str, catalogue: text.Catalogue, templates: Path = TEMPLATES) -> Environment:
    """An environment for one language, over any folder and any catalogue."""
    made = PageEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=Missing,
        finalize=printed,
    )
    made.filters |= {name: partial(form, lang) for name, form in text.FORMATS.items()}
    made.filters["t"] = partial(text.t, lang, catalogue)
    made.filters["dated"] = partial(dated, lang, catalogue)
    return made


@cache
def environment(lang: str) -> Environment:
    """The environment of `lang`."""
    return make_environment(lang, i18n.catalogue(lang))


def render(lang: str, name: str, context: Mapping[str, Any]) -> str:
    """A template as text."""
    return environment(lang).get_template(name).render({**context, "lang": lang})


def wants_piece(request: Request) -> bool:
    """htmx says whether it wants a piece or, for a boosted link or a page of the history, the whole."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-request-type") == "partial"


def page(request: Request, name: str, /, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page in the reader's language."""
    body = render(i18n.locale_of(request), name, context)
    return HTMLResponse(body, status, {"Vary": "Cookie, Accept-Language, HX-Request, HX-Request-Type"})


def fragment(
    request: Request, name: str, /, status: int = 200, *, whole: str | None = None, **context: Any
) -> HTMLResponse:
    """The piece `name` for htmx, the whole page for everybody else.

    `whole` is the page that holds the piece; by default the piece's name without its underscore.
    """
    folder, _, piece = name.rpartition("/")
    around = whole or f"{folder}/{piece.removeprefix('_')}".removeprefix("/")
    return page(request, name if wants_piece(request) else around, status, **context)
