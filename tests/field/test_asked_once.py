"""One day at one home: whatever was said once, no later form asks again."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from uuid_utils import uuid7

from tests.desk.conftest import words
from tests.field.conftest import NOW_MS, Station
from tests.field.test_care import paired
from tests.field.test_orders import give

pytestmark = pytest.mark.anyio

HOUR_MS = 3_600_000
WORDS = {"difficulty": "夜里吵得睡不着", "need": "想有人陪去量血压"}
RECORD = {"parties", "type", "requests", "facts", "agreement", "performance", "mediators", "revisit_on"}
"""What came of a mediation: nobody has said it yet."""
NEW_AT_A_VISIT = {"result", "difficulty", "need", "idea", "effect", "text", "who_met", "follow_up_on", "occurred_at"}
"""How it was this time, whom one met and what was said; and two days that are asked only of whoever picks another."""


class Fields(HTMLParser):
    """What the forms at one address ask, each with what stands in it. Photos are not asked, they are offered."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.action, self.inside, self.area = action, False, ""
        self.filled: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or it asks something."""
        of = dict(attrs)
        name, kind, value = of.get("name") or "", of.get("type") or "", of.get("value") or ""
        if tag == "form":
            self.inside = of.get("action") == self.action
        elif not self.inside or kind in ("hidden", "file", "checkbox"):
            pass
        elif tag == "option" and "selected" in of:
            self.filled[self.area] = value
        elif tag in ("select", "textarea") and name:
            self.area = name
            self.filled[name] = ""
        elif tag == "input" and kind == "radio":
            # "Nothing" is an answer too, where it is chosen already.
            self.filled[name] = (value or "-") if "checked" in of else self.filled.get(name, "")
        elif tag == "input" and name:
            self.filled[name] = value

    def handle_data(self, data: str) -> None:
        """Words that stand in a box."""
        if self.inside and self.lasttag == "textarea":
            self.filled[self.area] += data.strip()

    def handle_endtag(self, tag: str) -> None:
        """A form is over."""
        self.inside = self.inside and tag != "form"
        self.lasttag = ""


async def asked(station: Station, path: str, action: str, *known: str) -> tuple[dict[str, str], set[str]]:
    """What stands in a form, and what it asks anew; the page says what is known."""
    page = await station.get(path)
    assert page.status_code == 200, path
    assert [each for each in known if each not in words(page)] == [], path
    filled = Fields(page.text, action).filled
    return filled, {name for name, value in filled.items() if not value}


async def a_day(station: Station) -> dict[str, str]:
    """In the morning a visit, a note, a check and an order's door; what was made, by name."""
    home = station.id["陈奶奶家"]
    order, pair = await give(station), await paired(station)
    said: dict[str, Any] = {"household": home, "mode": "door", "result": "met", "who_met": "陈奶奶"}
    said |= {"companions": ["老孙"], "asks": WORDS, "follow_up_on": "2026-11-24", "occurred_at_ms": NOW_MS - HOUR_MS}
    await station.app.state.journal.commit([station.add("早上的走访", "visit.recorded", said, "第三网格")])
    visit, note, item = station.id["早上的走访"], str(uuid7()), str(uuid7())
    spot = Fields((await station.get(f"/field/patrol?at={home}")).text, "/field/patrol/notes").filled["building"]
    jotted = {"id": note, "grid": station.id["第三网格"], "what": "problem", "text": "楼道灯坏了", "building": spot}
    assert (await station.post("/field/patrol/notes", jotted)).status_code == 303
    checked = {"pair": pair, "id": str(uuid7()), "state": "ok"}
    assert (await station.post("/field/care", checked)).status_code == 303
    found = {"id": str(uuid7()), "household": home, "p0": "yes", "p1": "no", "n1": "过期了"}
    assert (await station.post(f"/field/orders/{order}/answers", found)).status_code == 303
    turned = {"id": item, "ask": "difficulty", "kind": "mediation"}
    assert (await station.post(f"/field/visits/{visit}/items", turned)).status_code == 303
    return {"home": home, "order": order, "pair": pair, "visit": visit, "note": note, "item": item}


async def test_no_form_asks_what_was_said_that_day(station: Station) -> None:
    of = await a_day(station)
    home, at = of["home"], "槐安小区3幢2单元501"

    again, new = await asked(station, f"/field/households/{home}/visits/new", f"/field/households/{home}/visits",
                             "陈奶奶", "3-2-501", "11月24日")  # fmt: skip
    assert new == NEW_AT_A_VISIT
    assert (again["mode"], again["companions"], again["follow_up"]) == ("door", "老孙", "-")

    told, new = await asked(station, f"/field/visits/{of['visit']}/corrections/new",
                            f"/field/visits/{of['visit']}/corrections", "3-2-501")  # fmt: skip
    assert new == {"idea", "effect", "text"}, "all that was said stands in it"
    assert {ask: told[ask] for ask in WORDS} == WORDS

    note, new = await asked(station, f"/field/patrol?at={home}", "/field/patrol/notes", "3幢2单元")
    assert (new, note["what"]) == ({"text"}, "change")

    _, new = await asked(station, f"/field/care?pair={of['pair']}", "/field/care", "陈奶奶", at, "今天看望过")
    assert new == {"way", "text"}

    order = f"/field/orders/{of['order']}"
    found, new = await asked(station, f"{order}?door={home}", f"{order}/answers", "陈奶奶", "3幢", "501")
    assert (found, new) == ({"p0": "yes", "n0": "", "p1": "no", "n1": "过期了"}, {"n0"})

    page = f"/field/visits/{of['visit']}"
    taps, _ = await asked(station, page, f"{page}/items", *WORDS.values())
    assert taps == {}, "what was asked turns by a tap alone"

    item = f"/field/items/{of['item']}"
    _, new = await asked(station, item, f"{item}/tellings", "陈奶奶", WORDS["difficulty"])
    assert new == {"note", *RECORD}

    whistles = {"visit": (of["visit"], WORDS["difficulty"]), "item": (of["item"], WORDS["difficulty"]),
                "patrol_note": (of["note"], "楼道灯坏了")}  # fmt: skip
    for source, (id_, text) in whistles.items():
        filled, new = await asked(station, f"/field/whistles/new?{source}={id_}", "/field/whistles")
        assert new - {"category"} == {"place", "title"}, source
        assert filled["text"] == text
