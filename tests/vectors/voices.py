"""What was only spoken: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import NEW_ID, ZHAO
from tests.vectors.cares import ALL as CARED
from tests.vectors.cares import CHECKS, PAIRS, check
from tests.vectors.items import TALKS, doors, item, told
from tests.vectors.logs import TODAY, days, log
from tests.vectors.orders import OPEN, ORDER, answer
from tests.vectors.orders import doors as ordered

SPOKE = [{"sha256": "A" * 43, "type": "audio/webm", "bytes": 900, "ms": 4200}]
FIELD = f"{'A' * 43}.audio/webm.900.4200"
ME: dict[str, Any] = {"person": ZHAO, "new_id": NEW_ID, "keeps": True, "blobs": {"A" * 43: {"todo": 1}}}
NEED, EFFECT = (f"019a0b1c-0000-7000-8000-0000001f{n:04d}" for n in (1, 2))


def spoken(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A home with a visit of which nothing was written down."""
    rows = doors(*items)
    rows["visit"][0] |= {"asks": {}, "blobs": SPOKE, **more}
    return {"rows": rows}


def cared() -> dict[str, Any]:
    """Somebody of whom it was said by voice how they are."""
    return {"rows": {**CARED, "care_check": [check(0, 0, "watch", 0.1, blobs=SPOKE, unsent=True)]}}


def answered() -> dict[str, Any]:
    """An order of which one door was told of by voice alone."""
    rows = ordered(OPEN)
    return {"rows": {**rows, "order_answer": [answer(9, "h2", [{}, {}], blobs=SPOKE)]}}


BECAME = (
    item(NEED, "need", "new", 0.1, source_visit="v1", text="", blobs=SPOKE),
    item(EFFECT, "effect", "rated", 0.1, source_visit="v1", text="", blobs=SPOKE, rating="satisfied"),
)
HEARD = item(
    TALKS, "mediation", "mediating", 30, text="", blobs=SPOKE, story=[told("told", 3, blobs=SPOKE)], unsent=True
)
VOICES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("a visit of which all is spoken", "visit", {"visit": "v1", **ME}, spoken()),
    ("a visit of which one ask is written", "visit", {"visit": "v1", **ME}, spoken(asks={"need": "扶手"})),
    ("what was spoken turned into something", "visit", {"visit": "v1", **ME}, spoken(*BECAME)),
    ("what was spoken, on Today", "followups", ME, spoken(*BECAME)),
    ("a mediation told by voice", "item", {"item": TALKS, **ME}, spoken(HEARD)),
    ("a mediation begun by voice", "mediation_form", {**ME, "values": {"blobs": FIELD}}, spoken()),
    ("a check told by voice", "care", {**ME, "pair": PAIRS[0], "saved": CHECKS[0]}, cared()),
    ("a check half-spoken", "care", {**ME, "pair": PAIRS[0], "draft": {"values": {"blobs": FIELD}}}, cared()),
    ("a door told by voice", "order", {**ME, "order": ORDER}, answered()),
    ("a door half-spoken", "order", {**ME, "order": ORDER, "door": "h3", "draft": {"values": {"blobs": FIELD}}},
     answered()),
    ("a log told by voice", "log", ME, {"rows": days(log(TODAY, "submitted", blobs=SPOKE, text="一句"))}),
]  # fmt: skip
