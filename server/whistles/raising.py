"""What a whistle raised at the desk says: it takes the words of the item or the report it comes from."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import RowMapping
from starlette.requests import Request

from server import clock
from server.i18n import locale_of, t
from server.views.whistles import TITLE_CHARS_MAX

PLACE_CHARS_MAX = 60

Raised = tuple[str, dict[str, Any]]
"""The grid, and the body."""


def brief(text: str) -> str:
    """The first words of a text, as a title."""
    return text.strip().split("\n")[0][:TITLE_CHARS_MAX].strip()


def from_item(row: RowMapping) -> Raised:
    """Whoever wrote the difficulty down was asked first."""
    said = {"title": brief(row["text"]), "text": row["text"], "occurred_at_ms": row["occurred_at_ms"]}
    came = {"source_of": "item", "source": row["id"], "first_owner": row["author"]}
    home = {"household": row["household"]} if row["household"] else {}
    return row["grid"], {**said, **came, **home}


def from_report(request: Request, row: RowMapping) -> Raised:
    """A volunteer's words and photos. They own no matter: whoever takes it up does."""
    title = brief(row["text"] or "") or t(locale_of(request), "whistledesk.of_report")[:TITLE_CHARS_MAX]
    said = {"title": title, "occurred_at_ms": row["occurred_at_ms"], "channel": "volunteer"}
    said |= {"text": row["text"]} if row["text"] else {}
    blobs = json.loads(row["blobs"])
    said |= {"blobs": blobs} if blobs else {}
    said |= {"building": row["building"]} if row["building"] else {}
    return row["grid"], {**said, "source_of": "report", "source": row["id"]}


def from_words(text: str, place: str, picked: dict[str, str]) -> dict[str, Any]:
    """What somebody said at the desk, on the telephone, in a group."""
    said: dict[str, Any] = {"title": brief(text), "occurred_at_ms": clock.now_ms(), **picked}
    said |= {"text": text} if text else {}
    return said | ({"place": place[:PLACE_CHARS_MAX]} if place else {})
