"""What a supervisor may ask of the list of visits, read from the address and turned into conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, String, and_, func, literal, not_, or_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from server import schema
from server.doors import BUILDING_WORDS
from server.localtime import DAY_MS, day_before, day_start_ms
from server.views.common import ASKS, search_fold
from server.views.doors_at import CONTACT

MODES = ("door", "weekend", "reception", "night")
RESULTS = ("met", "no_answer", "refused", "inconvenient", "vacant", "moved")
SPANS = {"today": 1, "two": 2, "week": 7, "month": 30}
"""Names of stretches of days that end today, with their length."""

ANSWERED = "answered"
"""Asked as one result: somebody answered and spoke, which paints a door."""

HOUR_MS, NOON_MS = 3_600_000, 12 * 3_600_000
BAND_HOURS = 2
HOURS = tuple(f"{hour}-{hour + BAND_HOURS}" for hour in range(0, 24, BAND_HOURS))
UNTOLD = "untold"
"""Asked as hours of the day: visits of a ledger that knew the day alone."""

CHIPS = {
    "building": ("building",),
    "ask": ("ask",),
    "hours": ("hours",),
    "days": ("first", "last"),
    "unread": ("unread",),
}
"""Questions that pictures, or a link of this page, lead here with: no list of choices has them, each stands in words
until it is dropped."""

QUERY_CHARS_MAX = 100
TERMS_MAX = 10
"""Words looked for at once: each is looked for at every door."""

UNASKED = ("reader", "read_from")

_APART = re.compile(r"[\s，、；,;]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑–—−", "-"))
_DOOR = re.compile(r"\d+-[\d-]*\w*", re.ASCII)


UNREAD_DAYS = 7
"""So far back a visit waits to be read; what is older counts as seen."""


@dataclass(frozen=True)
class Filters:
    """The questions asked; an empty text asks nothing. `on` is one day and goes before `span`; `first` and `last` are
    days too and are asked besides. `unread` is answered for one reader, whose own visits are not theirs to read, and
    from one place in the journal on: no address holds these two."""

    q: str = ""
    grid: str = ""
    worker: str = ""
    span: str = ""
    on: str = ""
    mode: str = ""
    result: str = ""
    building: str = ""
    ask: str = ""
    hours: str = ""
    first: str = ""
    last: str = ""
    unread: str = ""
    reader: str = ""
    read_from: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.fields())

    def query(self, **more: str) -> str:
        """All questions as a form sends them, in one order, empty ones left out: for a body, never for an address."""
        return urlencode({**self.fields(), **{name: value for name, value in more.items() if value}})

    def fields(self) -> dict[str, str]:
        """The questions that are asked."""
        return {name: value for name, value in self.__dict__.items() if value and name not in UNASKED}

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

    def day_of(name: str) -> str:
        day = said(name)
        try:
            day_start_ms(day, 0)
        except ValueError:
            return ""
        return day

    day = day_of("on")
    asked = Filters(
        q=" ".join(said("q")[:QUERY_CHARS_MAX].split()),
        grid=said("grid")[:36],
        worker=said("worker")[:36],
        span="" if day else one_of("span", SPANS),
        on=day,
        mode=one_of("mode", MODES),
        result=one_of("result", (ANSWERED, *RESULTS)),
        building=said("building")[:36],
        ask=one_of("ask", ASKS),
        hours=one_of("hours", (*HOURS, UNTOLD)),
        first=day_of("first"),
        last=day_of("last"),
        unread=one_of("unread", ("yes",)),
    )
    return replace(asked, **dict.fromkeys(CHIPS.get(params.get("drop", ""), ()), ""))


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
        found.append(visit.result.in_(CONTACT if filters.result == ANSWERED else (filters.result,)))
    if filters.building:
        found.append(visit.household.in_(_homes_of(filters.building)))
    if filters.ask:
        found.append(asked_in(filters.ask))
    if filters.hours:
        found.append(_in_hours(filters.hours, utc_offset_min))
    if filters.first:
        found.append(visit.occurred_at_ms >= day_start_ms(filters.first, utc_offset_min))
    if filters.last:
        found.append(visit.occurred_at_ms < day_start_ms(filters.last, utc_offset_min) + DAY_MS)
    if filters.unread:
        found.append(_unread(filters, today, utc_offset_min))
    if filters.on:
        start = day_start_ms(filters.on, utc_offset_min)
        found.append(and_(visit.occurred_at_ms >= start, visit.occurred_at_ms < start + DAY_MS))
    elif filters.span:
        first = day_before(today, SPANS[filters.span] - 1)
        found.append(visit.occurred_at_ms >= day_start_ms(first, utc_offset_min))
    return found


def _unread(filters: Filters, today: str, utc_offset_min: int) -> ColumnElement[bool]:
    """Visits of the last days, of others, that nobody has read as they are told now. An imported one is not read
    again. A quotation mark inside a note is kept with a stroke before it, so that this finds names alone."""
    visit = schema.visit.c
    first = day_before(today, UNREAD_DAYS - 1)
    read = visit.review.contains(literal('"of":"', String) + visit.edit + literal('"', String))
    return and_(
        visit.occurred_at_ms >= day_start_ms(first, utc_offset_min),
        visit.position >= int(filters.read_from or 0),
        visit.source.is_(None),
        visit.author != filters.reader,
        or_(visit.on_behalf_of.is_(None), visit.on_behalf_of != filters.reader),
        or_(visit.review.is_(None), not_(read)),
    )


def asked_in(ask: str) -> ColumnElement[bool]:
    """Visits in which one of the four asks has an answer. A quotation mark inside an answer is kept with a stroke
    before it, so that this finds names alone."""
    return schema.visit.c.asks.contains(f'"{ask}":"', autoescape=True)


def time_of_day_ms(utc_offset_min: int) -> ColumnElement[int]:
    """How long after local midnight a visit was."""
    return (schema.visit.c.occurred_at_ms + utc_offset_min * 60_000) % DAY_MS


def without_hour(utc_offset_min: int) -> ColumnElement[bool]:
    """Visits whose hour nobody told, as `told_hour` has it: the importer puts noon for it."""
    at = time_of_day_ms(utc_offset_min)
    return and_(schema.visit.c.source.is_not(None), at >= NOON_MS, at < NOON_MS + 1000)


def _in_hours(hours: str, utc_offset_min: int) -> ColumnElement[bool]:
    if hours == UNTOLD:
        return without_hour(utc_offset_min)
    start, end = (int(hour) * HOUR_MS for hour in hours.split("-"))
    at = time_of_day_ms(utc_offset_min)
    return and_(at >= start, at < end, not_(without_hour(utc_offset_min)))


def _homes_of(building: str) -> Select[tuple[str]]:
    household = schema.household.c
    return select(household.id).where(household.grid == schema.visit.c.grid, household.building == building)


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
