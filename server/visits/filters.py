"""What a supervisor may ask of the list of visits, read from the address and turned into conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, String, and_, func, literal, or_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from server import schema
from server.doors import BUILDING_WORDS
from server.localtime import DAY_MS, day_before, day_start_ms
from server.views.common import search_fold

MODES = ("door", "weekend", "reception", "night")
RESULTS = ("met", "no_answer", "refused", "inconvenient", "vacant", "moved")
SPANS = {"today": 1, "two": 2, "week": 7, "month": 30}
"""Names of stretches of days that end today, with their length."""

QUERY_CHARS_MAX = 100
TERMS_MAX = 10
"""Words looked for at once: each is looked for at every door."""

_APART = re.compile(r"[\s，、；,;]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−", "-"))
_DOOR = re.compile(r"\d+-[\d-]*\w*", re.ASCII)


@dataclass(frozen=True)
class Filters:
    """The questions asked; an empty text asks nothing. `on` is one day and goes before `span`."""

    q: str = ""
    grid: str = ""
    worker: str = ""
    span: str = ""
    on: str = ""
    mode: str = ""
    result: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is asked at all."""
        return any((self.q, self.grid, self.worker, self.span, self.on, self.mode, self.result))

    def query(self, **more: str) -> str:
        """All questions as a form sends them, in one order, empty ones left out: for a body, never for an address."""
        return urlencode({**self.fields(), **{name: value for name, value in more.items() if value}})

    def fields(self) -> dict[str, str]:
        """The questions that are asked."""
        return {name: value for name, value in self.__dict__.items() if value}

    def address(self, **more: str) -> str:
        """The query string of an address. The words looked for stay out of it: they name residents and telephones,
        and addresses are kept in histories and logs."""
        return replace(self, q="").query(**more)


def read_filters(params: Mapping[str, str]) -> Filters:
    """The questions in an address; what makes no sense is not asked."""

    def said(name: str) -> str:
        # U+0000 may come in a form; PostgreSQL takes no text that has it.
        return params.get(name, "").replace("\x00", "")

    def one_of(name: str, allowed: Iterable[str]) -> str:
        value = said(name)
        return value if value in allowed else ""

    day = said("on")
    try:
        day_start_ms(day, 0)
    except ValueError:
        day = ""
    return Filters(
        q=" ".join(said("q")[:QUERY_CHARS_MAX].split()),
        grid=said("grid")[:36],
        worker=said("worker")[:36],
        span="" if day else one_of("span", SPANS),
        on=day,
        mode=one_of("mode", MODES),
        result=one_of("result", RESULTS),
    )


def within(filters: Filters, grids: frozenset[str]) -> Filters:
    """The same questions without a grid the reader may not see: it looks like one that does not exist."""
    return filters if filters.grid in grids else replace(filters, grid="")


def terms(q: str) -> list[str]:
    """The words looked for, the first ten: a visit answers that holds all of them. 楼道、灯 are two, as 楼道 灯 are."""
    return [term for term in _APART.split(q) if term][:TERMS_MAX]


def conditions(filters: Filters, today: str, utc_offset_min: int) -> list[ColumnElement[bool]]:
    """What a visit must be to answer; its grid and the words looked for are left to the caller."""
    visit = schema.visit.c
    found: list[ColumnElement[bool]] = []
    if filters.worker:
        found.append(or_(visit.author == filters.worker, visit.on_behalf_of == filters.worker))
    if filters.mode:
        found.append(visit.mode == filters.mode)
    if filters.result:
        found.append(visit.result == filters.result)
    if filters.on:
        start = day_start_ms(filters.on, utc_offset_min)
        found.append(and_(visit.occurred_at_ms >= start, visit.occurred_at_ms < start + DAY_MS))
    elif filters.span:
        first = day_before(today, SPANS[filters.span] - 1)
        found.append(visit.occurred_at_ms >= day_start_ms(first, utc_offset_min))
    return found


def doors_called(term: str, grids: Collection[str]) -> ColumnElement[bool]:
    """Households whose name, number or people a word fits: 陈, 3-2-501, ３－２－５０１, 3幢2单元."""
    household, building, resident = schema.household.c, schema.building.c, schema.resident.c
    number = _number(building.name) + "-" + func.coalesce(household.entrance + "-", "") + household.room
    written = building.name + func.coalesce(household.entrance + "单元", "") + household.room
    named = select(resident.household).where(resident.grid.in_(grids), resident.name.icontains(term, autoescape=True))
    # 3-2 begins a number, so that 3-2-501 is not found in 13-2-501.
    typed = search_fold(term).translate(_DASHES)
    fits = number.istartswith if _DOOR.fullmatch(typed) else number.icontains
    return or_(
        household.contact.icontains(term, autoescape=True),
        fits(typed, autoescape=True),
        written.icontains(typed, autoescape=True),
        household.id.in_(named),
    )


def said_or_at(term: str, households: Collection[str]) -> ColumnElement[bool]:
    """Visits where a word was said, with full-width signs or without, or at one of these doors."""
    spellings = sorted({term, search_fold(term)})
    said = [schema.visit.c.words.icontains(each, autoescape=True) for each in spellings]
    return or_(*said, schema.visit.c.household.in_(households))


def _number(name: SQLCoreOperations[str]) -> SQLCoreOperations[str]:
    """3幢 → 3, as `server.doors` writes it in lists."""
    for word in BUILDING_WORDS:
        name = func.replace(name, literal(word, String), "")
    return name
