"""Words, numbers and dates in the reader's language: the Python half of web/phone/text.js.

Dates come in as ISO text in local time ("2026-11-20", "2026-11-20T10:36:12"), and what is not such a date goes out
as it came, so that nothing typed is ever lost. Neither half asks a calendar library: tests/vectors/i18n.json pins both.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from typing import Any

from jinja2 import Undefined

Message = str | Mapping[str, str]
Catalogue = Mapping[str, Message]

_MOMENT = re.compile(
    r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?", re.ASCII
)
_PLACE = re.compile(r"\{([a-z_]+)\}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = {
    "zh": ("周日", "周一", "周二", "周三", "周四", "周五", "周六"),
    "en": ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"),
}
_SHIFTS = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)


DATES = ("at", "came", "date", "day", "on", "until", "weekday", "when")
"""The places of the catalogues that dates stand in."""


class Trouble(UserWarning):
    """A page asked for a word or a value that is not there: an error in tests, a line in the log in production."""


def report(what: str) -> None:
    """Say that something is missing, and let the page be shown all the same."""
    warnings.warn(what, Trouble, stacklevel=3)


def plain(value: Any) -> str:
    """A value as a template prints it, before escaping."""
    return "" if value is None else str(value)


def t(lang: str, catalogue: Catalogue, key: str, args: Mapping[str, Any] | None = None) -> str:
    """The words for `key`, its {places} filled from `args`.

    The argument `n` is a count: it chooses between `one` and `other`, and is written with `num`.
    """
    given = args or {}
    message = catalogue.get(key)
    if message is None:
        report(f"no words for {key!r} in {lang}")
        return plain(key)
    text = message if isinstance(message, str) else message["one" if given.get("n") == 1 else "other"]

    def fill(place: re.Match[str]) -> str:
        name = place[1]
        if name not in given or isinstance(given[name], Undefined):
            report(f"{key!r} needs {name!r}")
            return place[0]
        return num(lang, given[name]) if name == "n" else plain(given[name])

    return _PLACE.sub(fill, text)


def num(lang: str, value: Any) -> str:
    """A whole number with its thousands apart: 2,064. Anything else as it came."""
    if isinstance(value, bool) or not isinstance(value, int):
        return plain(value)
    return f"{value:,}"


def _parts(text: Any) -> tuple[int, int, int, str, str, str] | None:
    """Year, month, day, and hour, minute, second as written ('' where a date alone was given)."""
    found = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    return int(found[1]), int(found[2]), int(found[3]), found[4] or "", found[5] or "", found[6] or ""


def day(lang: str, text: Any) -> str:
    """11月20日, 20 Nov."""
    if not (at := _parts(text)):
        return plain(text)
    return f"{at[2]} {_MONTHS[at[1] - 1]}" if lang == "en" else f"{at[1]}月{at[2]}日"


def date(lang: str, text: Any) -> str:
    """2026年11月20日, 20 Nov 2026."""
    if not (at := _parts(text)):
        return plain(text)
    return f"{at[2]} {_MONTHS[at[1] - 1]} {at[0]}" if lang == "en" else f"{at[0]}年{at[1]}月{at[2]}日"


def weekday(lang: str, text: Any) -> str:
    """周五, Fri (Sakamoto's rule, for the Gregorian calendar)."""
    if not (at := _parts(text)):
        return plain(text)
    year = at[0] - (at[1] < 3)
    return _WEEKDAYS[lang][(year + year // 4 - year // 100 + year // 400 + _SHIFTS[at[1] - 1] + at[2]) % 7]


def clock(lang: str, text: Any) -> str:
    """10:36; nothing for a date without a time."""
    if not (at := _parts(text)):
        return plain(text)
    return f"{at[3]}:{at[4]}" if at[3] else ""


def precise(lang: str, text: Any) -> str:
    """10:36:12, for comparing two clocks."""
    if not (at := _parts(text)):
        return plain(text)
    return f"{at[3]}:{at[4]}:{at[5] or '00'}" if at[3] else ""


def moment(lang: str, text: Any) -> str:
    """11月20日 10:36, 20 Nov 10:36."""
    return f"{day(lang, text)} {clock(lang, text)}".rstrip() if _parts(text) else plain(text)


def full(lang: str, text: Any) -> str:
    """2026年11月20日 周五 10:36, Fri 20 Nov 2026 10:36."""
    if not _parts(text):
        return plain(text)
    named = (date(lang, text), weekday(lang, text))
    words = f"{named[1]} {named[0]}" if lang == "en" else f"{named[0]} {named[1]}"
    return f"{words} {clock(lang, text)}".rstrip()


FORMATS = {"num": num, "day": day, "date": date, "weekday": weekday, "clock": clock, "precise": precise}
FORMATS |= {"moment": moment, "full": full}
"""Everything that takes (lang, value): filters in templates under the same names."""
