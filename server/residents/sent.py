"""What a resident's form says: three fields, and a secret made once, so that a second tap says nothing twice."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from sqlalchemy import RowMapping
from starlette.requests import Request
from uuid_utils import uuid7

from server import clock
from server.bodies import read_body
from server.journal import NOBODY, Draft
from server.problem import Problem
from server.residents.store import CHANNEL

BODY_BYTES_MAX = 16 * 1024
FIELDS_MAX = 20
TEXT_CHARS_MAX, PLACE_CHARS_MAX, CONTACT_CHARS_MAX, NOTE_CHARS_MAX = 500, 60, 60, 300
TITLE_CHARS_MAX = 30
KINDS = ("problem", "service")
RECEIPT_DIGITS, GROUP = 15, 5
KEY_CHARS = 22
_KEY = re.compile(rf"[\w-]{{{KEY_CHARS}}}")


@dataclass(frozen=True)
class Once:
    """Ids of the edits that a form becomes, and a key that nobody but its reader has: the receipt is made of it."""

    whistle: str
    receipted: str
    reachable: str
    key: str

    @classmethod
    def new(cls) -> Once:
        """For a form that is shown now."""
        return cls(str(uuid7()), str(uuid7()), str(uuid7()), secrets.token_urlsafe(16))

    @property
    def spelled(self) -> str:
        """As the form carries it."""
        return f"{self.whistle}.{self.receipted}.{self.reachable}.{self.key}"

    @property
    def receipt(self) -> str:
        """Fifteen figures: they can be read out on the telephone, and nobody guesses them."""
        digest = hashlib.sha256(b"sifang receipt " + self.key.encode()).digest()
        return f"{int.from_bytes(digest, 'big') % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}d}"


@dataclass(frozen=True)
class Sent:
    """What was typed, as it was typed."""

    kind: str
    text: str
    place: str
    contact: str
    once: Once

    @property
    def wrong(self) -> dict[str, str]:
        """What has to be said otherwise, field by field: the keys of words."""
        found = {"text": "" if self.text.strip() else "resident.wrong.text"}
        found["text"] = found["text"] or _long(self.text, TEXT_CHARS_MAX, "resident.wrong.text_long")
        found["place"] = _long(self.place, PLACE_CHARS_MAX, "resident.wrong.line_long")
        found["contact"] = _long(self.contact, CONTACT_CHARS_MAX, "resident.wrong.line_long")
        return {name: key for name, key in found.items() if key}

    def said_by(self, row: RowMapping) -> bool:
        """Whether this is what a whistle says already, and not another matter typed into the same form."""
        known = (row["kind"], row["text"], row["place"] or "")
        return known == (self.kind, self.text.strip(), self.place.strip())

    def anew(self) -> Sent:
        """The same words as another matter."""
        return replace(self, once=Once.new())

    def drafts(self, building: str, grid: str, first_owner: str | None) -> list[Draft]:
        """The edits that it becomes, in nobody's name. Who leaves a number agrees to be called about this matter."""
        once, text, contact = self.once, self.text.strip(), self.contact.strip()
        title = text.split("\n")[0][:TITLE_CHARS_MAX].strip()
        said: dict[str, Any] = {"title": title, "text": text, "occurred_at_ms": clock.now_ms(), "kind": self.kind}
        said |= {"channel": CHANNEL, "building": building, "consent": bool(contact)}
        said |= {"place": self.place.strip()} if self.place.strip() else {}
        said |= {"first_owner": first_owner} if first_owner else {}
        told = [Draft("whistle.raised", once.whistle, grid, NOBODY, said, id=once.whistle)]
        receipt = {"hash": digest_of(once.receipt)}
        told.append(Draft("whistle.receipted", once.whistle, grid, NOBODY, receipt, id=once.receipted))
        if contact:
            left = {"contact": contact}
            told.append(Draft("whistle.reachable", once.whistle, grid, NOBODY, left, id=once.reachable))
        return told


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a plain form. Raises Problem: it is larger than any honest one, or no form."""
    raw = await read_body(request, BODY_BYTES_MAX)
    try:
        pairs = parse_qsl(raw.decode(errors="replace"), keep_blank_values=True, max_num_fields=FIELDS_MAX)
    except ValueError:
        raise Problem("bad_form", 400, "这张表看不懂。", "This form could not be read.") from None
    return {name: value.replace("\x00", "").replace("\r\n", "\n") for name, value in pairs}


def read_sent(form: dict[str, str]) -> Sent:
    """What was typed; a form without its secret is given a new one."""
    kind = form.get("kind", "")
    text, place, contact = (form.get(name, "") for name in ("text", "place", "contact"))
    return Sent(kind if kind in KINDS else KINDS[0], text, place, contact, _once(form.get("once", "")))


def read_receipt(said: str) -> str:
    """The figures of a receipt, however they were typed; empty where it is none."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", said[:100]) if sign.isascii() and sign.isdigit())
    return digits if len(digits) == RECEIPT_DIGITS else ""


def digest_of(receipt: str) -> str:
    """What is kept of a receipt."""
    return hashlib.sha256(receipt.encode()).hexdigest()


def in_groups(receipt: str) -> list[str]:
    """The figures five at a time."""
    return [receipt[at : at + GROUP] for at in range(0, len(receipt), GROUP)]


def read_id(said: str) -> str:
    """The id that a form was made with, so that a second tap says nothing twice; another where it is none."""
    try:
        return str(UUID(said))
    except ValueError:
        return str(uuid7())


def _once(said: str) -> Once:
    *ids, key = said.split(".")
    try:
        whistle, receipted, reachable = (str(UUID(each)) for each in ids)
    except ValueError:
        return Once.new()
    return Once(whistle, receipted, reachable, key) if _KEY.fullmatch(key) else Once.new()


def _long(words: str, most: int, key: str) -> str:
    return key if len(words.strip()) > most else ""
