"""Cells and spellings made comparable: widths, spaces, Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | time | None
"""What a ledger's cell may hold, as the readers give it."""

_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－~～﹘", "-"))
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100}
NUMERAL = "零〇○一二三四五六七八九十百两"


def text(value: Cell) -> str:
    """A cell as a person reads it, trimmed: 501.0 is "501", a date is "2026-11-03", blank is ""."""
    if isinstance(value, str):
        # Nearly every cell is printable, and asking is faster than replacing.
        return (value if value.isprintable() else _CONTROL.sub("", value)).strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        moment = value.isoformat(" ", "minutes")
        return moment.removesuffix(" 00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def spaced(value: Cell) -> str:
    """One width, one dash, capitals, single spaces."""
    return _spaced(text(value))


# A ledger says the same few hundred words thousands of times.
@lru_cache(maxsize=1 << 15)
def _spaced(words: str) -> str:
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", words).translate(_DASHES)).upper().strip()


def key(value: Cell) -> str:
    """The same words for every way of typing them: one width, one dash, capitals, no spaces."""
    return spaced(value).replace(" ", "")


def line(value: Cell) -> str:
    """A short value kept in one line: one width for digits and letters, single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text(value))).strip()


def number(numeral: str) -> int | None:
    """十二 → 12, 五零一 → 501, 一百零二 → 102, 12 → 12; None when it is no number."""
    if not numeral:
        return None
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else None
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total, ones = 0, 0
    for character in numeral:
        if character in _UNITS:
            total, ones = total + (ones or 1) * _UNITS[character], 0
        elif character in _DIGITS:
            ones = _DIGITS[character]
        else:
            return None
    return total + ones


def figures(numeral: str) -> str:
    """A number in figures, or the words as they are: 五零一 → "501", 03 → "3", A → "A"."""
    value = number(numeral)
    return numeral if value is None else str(value)
