"""A filled-in form, read field by field: what was typed becomes values, what cannot be read becomes errors.

Twin of web/phone/sheet.js; tests/vectors/forms.json pins both. An error is the key of the words shown beside the field.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime

Data = Mapping[str, str | Sequence[str]]

TEXT_CHARS_MAX = 10_000
NAMES_MAX = 20
NAME_CHARS_MAX = 60
OVER_MAX = 50
YEAR_MIN = 2000  # visits kept on paper were written up since then
SOON_MS = 60_000  # a form's time has no seconds

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_HEAD = re.compile("^[ \t\n\u00a0\u3000]+")
_TAIL = re.compile("[ \t\n\u00a0\u3000]+\\Z")
_WIDE = re.compile("[\uff01-\uff5e]")
_BREAK = re.compile("[ \t]*\n[ \t\n]*")
_COMMA = re.compile("[、,，;；\n]")
_PHONE = re.compile("[0-9+*#() /-]{3,}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?")
_NUMBER = re.compile("[-−]?[0-9]{1,9}")
_ID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def cleaned(text: str) -> str:
    """One line as it may enter an edit: as `as_typed`, and nothing blank before it."""
    return _HEAD.sub("", as_typed(text))


def as_typed(text: str) -> str:
    """Text as it may enter an edit: one kind of line end, no control characters, no blank end. How it begins is its
    author's."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _TAIL.sub("", _CONTROL.sub("", text))


def narrow(text: str) -> str:
    """Full-width digits, letters and signs as ASCII: ５０１ is 501."""
    return _WIDE.sub(lambda sign: chr(ord(sign[0]) - 0xFEE0), text)


def is_id(text: str) -> bool:
    """Whether a text is a UUIDv7 as we write them."""
    return _ID.fullmatch(text) is not None


def day_of(text: str) -> date | None:
    """A day of the calendar, or None."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


class Sheet:
    """One form as it was sent. Reading a field that is wrong answers None and notes why."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self.errors: dict[str, str] = {}

    def wrong(self, name: str, why: str) -> None:
        """Note what is wrong with a field; the first reason stands."""
        self.errors.setdefault(name, why)

    def has(self, name: str) -> bool:
        """Whether the form had such a field at all."""
        return name in self._data

    def all(self, name: str) -> list[str]:
        """Every value sent under a name."""
        sent = self._data.get(name, [])
        return [sent] if isinstance(sent, str) else list(sent)

    def raw(self, name: str) -> str:
        """The value as it came, '' when none did."""
        return next(iter(self.all(name)), "")

    def words(self, name: str, limit: int = TEXT_CHARS_MAX) -> str | None:
        """Text of any number of lines; None when there is none."""
        text = as_typed(self.raw(name))
        if len(text) > limit:
            self.wrong(name, f"form.too_long.{limit}")
            return None
        return text or None

    def line(self, name: str, limit: int) -> str | None:
        """Text of one line."""
        text = _BREAK.sub(" ", cleaned(self.raw(name)))
        if len(text) > limit:
            self.wrong(name, f"form.too_long.{limit}")
            return None
        return text or None

    def choice(self, name: str, allowed: Collection[str]) -> str | None:
        """One of a few words; None when none was chosen."""
        text = self.raw(name)
        if text and text not in allowed:
            self.wrong(name, "form.choose")
            return None
        return text or None

    def ticks(self, name: str, allowed: Sequence[str]) -> list[str]:
        """The ticked ones, in our order."""
        sent = self.all(name)
        if any(each not in allowed for each in sent):
            self.wrong(name, "form.choose")
        return [each for each in allowed if each in sent]

    def number(self, name: str, least: int, most: int, why: str = "form.number") -> int | None:
        """A whole number between two."""
        text = narrow(cleaned(self.raw(name)))
        if not text:
            return None
        value = int(text.replace("−", "-")) if _NUMBER.fullmatch(text) else None
        if value is None or not least <= value <= most:
            self.wrong(name, why)
            return None
        return value

    def phone(self, name: str, limit: int) -> str | None:
        """A telephone number as people write it."""
        text = self.line(name, limit)
        if text is None:
            return None
        text = narrow(text)
        if not _PHONE.fullmatch(text):
            self.wrong(name, "form.phone")
            return None
        return text

    def names(self, name: str) -> list[str]:
        """Several names, with commas of any kind between them."""
        parts = [_BREAK.sub(" ", cleaned(part)) for part in _COMMA.split(cleaned(self.raw(name)))]
        found = list(dict.fromkeys(part for part in parts if part))
        if len(found) > NAMES_MAX or any(len(each) > NAME_CHARS_MAX for each in found):
            self.wrong(name, "form.names")
            return []
        return found

    def day(self, name: str) -> str | None:
        """A day as ISO text."""
        text = cleaned(self.raw(name))
        if not text:
            return None
        if day_of(text) is None:
            self.wrong(name, "form.day")
            return None
        return text

    def moment(self, name: str, now_ms: int, offset_min: int) -> int | None:
        """Local date and time to the minute, as milliseconds; not in the future."""
        text = cleaned(self.raw(name))
        if not text:
            return None
        found = _MOMENT.fullmatch(text)
        day = day_of(found[1]) if found else None
        if found is None or day is None or day.year < YEAR_MIN:
            self.wrong(name, "form.moment")
            return None
        at = datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=UTC)
        ms = int(at.timestamp()) * 1000 - offset_min * 60_000
        if ms > now_ms + SOON_MS:
            self.wrong(name, "form.future")
            return None
        return ms

    def ids(self, name: str) -> list[str]:
        """Ids with commas between them: the edits that were in view when the form was opened."""
        return [each for each in self.raw(name).split(",") if is_id(each)][:OVER_MAX]
