"""Days and hours as ledgers spell them: 2026.11.3, 2026年11月3日, 11/3 under a title with the year, 46329."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from server.imports.words import Cell, key, number, spaced

_EPOCH = date(1899, 12, 30)
_SERIAL = range(36_526, 73_050)
_FULL = re.compile(r"((?:19|20)?\d{2}) ?[-./年] ?(\d{1,2}) ?[-./月] ?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})(?!\d)")
_SHORT = re.compile(r"(\d{1,2}) ?[-./月] ?(\d{1,2})(?![\d:])")
_DAY = re.compile(r"(\d{1,2}) ?(?:日|号)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}) ?[:时点] ?(\d{1,2}|半)?")
_HALVES = (
    ("凌晨", time(5)),
    ("早", time(8)),
    ("上午", time(9, 30)),
    ("中午", time(12)),
    ("下午", time(15)),
    ("傍晚", time(18)),
    ("晚", time(19, 30)),
    ("夜", time(19, 30)),
)


@dataclass(frozen=True)
class Around:
    """What the title, the sheet's and the file's names say of the time: "2026年11月走访台账"."""

    year: int | None = None
    month: int | None = None


def around(words: str) -> Around:
    """The year, and the month beside it, that a title names."""
    plain = key(words)
    match = re.search(r"(20\d{2})(?:年|[-./])?(?:(\d{1,2})(?:月|$|(?!\d)))?", plain)
    if not match:
        return Around()
    month = int(match[2]) if match[2] and 1 <= int(match[2]) <= 12 else None
    return Around(int(match[1]), month)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def day_of(cell: Cell, near: Around) -> date | None:
    """The day a cell names; None when it names none, or only a part of one and the title does not say the rest."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    plain = spaced(cell)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", plain) and int(float(plain)) in _SERIAL:
        return _EPOCH + timedelta(days=int(float(plain)))
    if match := _FULL.match(plain) or _COMPACT.match(plain):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if near.year and (match := _SHORT.match(plain)):
        return _date(near.year, int(match[1]), int(match[2]))
    if near.year and near.month and (match := _DAY.match(plain)):
        return _date(near.year, near.month, int(match[1]))
    return None


def clock_of(cell: Cell) -> time | None:
    """The hour a cell names: 10:36, 下午3点半, 上午; None when it names none."""
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0) if (cell.hour, cell.minute) != (0, 0) else None
    if isinstance(cell, date):
        return None
    if isinstance(cell, float) and not cell.is_integer():
        minutes = round(cell % 1 * 24 * 60) % (24 * 60)
        return time(*divmod(minutes, 60))
    plain = spaced(cell)
    late = re.search(r"下午|晚|夜|傍晚|PM", plain)
    if match := _CLOCK.search(plain):
        hour = int(match[1])
        minute = 30 if match[2] == "半" else int(match[2] or 0)
        hour += 12 if late and hour < 12 else 0
        return time(hour, minute) if hour < 24 and minute < 60 else None
    if match := re.search(r"([一二三四五六七八九十]+)点", plain):
        hour = (number(match[1]) or 0) + (12 if late else 0)
        return time(hour % 24)
    return next((hour for word, hour in _HALVES if word in plain), None)
