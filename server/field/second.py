"""A form that was sent before, sent again with other words: both are kept.

Twin of `secondWords` in web/phone/record.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

MINUTE_MS = 60_000
UNTIMED = ("report.made", "care_check.made")
"""What is said at the moment of the tap, always."""


def second_words(first: Mapping[str, Any], draft: dict[str, Any], author: str) -> dict[str, Any]:
    """The draft that keeps what was said now: a visit corrects the first, a log or an answer takes its place, anything
    else is said anew.

    A draft that says the same again is given back as it is: committing it changes nothing.
    """
    if not first["body"]:
        return draft
    of_visit = draft["kind"] == first["kind"] == "visit.recorded"
    body = draft["body"]
    # A time that nobody wrote is the moment of the tap; one that was written has no seconds.
    of_answer = draft["kind"] == first["kind"] == "order.answered" and body["household"] == first["body"]["household"]
    if of_answer or (of_visit and body["occurred_at_ms"] % MINUTE_MS) or draft["kind"] in UNTIMED:
        body = {**body, "occurred_at_ms": first["body"]["occurred_at_ms"]}
    own = first["author"] == author
    if own and first["kind"] == draft["kind"] and body == first["body"]:
        return draft
    again = {**draft, "id": _id_for(first["id"], body), "body": body}
    if own and of_visit:
        corrected = {"kind": "visit.corrected", "entity": first["entity"]}
        return {**again, **corrected, "over": {"revision": [first["id"]]}}
    if own and draft["kind"] == "visit.corrected":
        return {**again, "over": {"revision": [first["id"]]}}
    if own and of_answer:
        return {**again, "over": {**draft["over"], "revision": [first["id"]]}}
    if own and draft["kind"] == first["kind"] == "daily_log.sent":
        return {**again, "over": {"step": [first["id"]], "revision": [first["id"]]}}
    if own and draft["kind"] == first["kind"] == "patrol.noted":
        return {**again, "entity": first["entity"], "over": {"revision": [first["id"]]}}
    return again


def _id_for(edit: str, body: Mapping[str, Any]) -> str:
    """The same id for the same second words, so that sending them twice says them once."""
    random = bytearray(sha256(edit.encode() + msgspec.json.encode(body, order="sorted")).digest()[:10])
    random[0], random[2] = random[0] & 0x0F | 0x70, random[2] & 0x3F | 0x80
    rest = random.hex()
    return f"{edit[:13]}-{rest[:4]}-{rest[4:8]}-{rest[8:]}"
