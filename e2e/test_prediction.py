"""What a phone shows of its own unsent edits is what the server makes of them, for every kind of edit."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from playwright.sync_api import Playwright

from e2e.hand_phone import HandPhone, hand_page, token
from e2e.station import Station
from server.clock import now_ms
from server.localtime import local_day
from tests.thorough import some

pytestmark = pytest.mark.browser

DAY_MS = 24 * 3600 * 1000
# Without "inconvenient": a phone cannot tell such an answer from a meeting, and guesses that a promise was kept.
RESULTS = ("met", "no_answer", "refused", "vacant", "moved")
TAGS = ("elder_alone", "disabled", "veteran")
# Known only to the server: when it came, the moment that counts, and that it is not here any more.
# What stands again once a statement is undone is known without what its author had seen.
ONLY_THERE = {"received_ms", "at_ms", "unsent", "saw"}


class Worker:
    """Somebody who says things at random, knowing what they see."""

    def __init__(self, phone: HandPhone, seed: int) -> None:
        self.phone = phone
        self.dice = Random(seed)
        self.tagged: list[tuple[dict[str, Any], str, str]] = []

    def speak(self) -> None:
        """One edit of any kind, over what is in view now."""
        seen = self.phone("seen")
        kinds = (self.visit, self.visit, self.correct, self.household, self.state, self.state, self.take_back,
                 self.resident, self.person, self.die, self.tag, self.tag, self.untag)  # fmt: skip
        draft = self.dice.choice(kinds)(seen)
        if draft:
            (made,) = self.phone("say", drafts=[draft])
            if draft["kind"] == "resident.tagged":
                tags = [*draft["body"].get("add", ()), *draft["body"].get("remove", ())]
                self.tagged += [(draft, f"tag:{tag}", made["id"]) for tag in tags]

    def visit_body(self, home: dict[str, Any]) -> dict[str, Any]:
        body = {
            "household": home["id"],
            "occurred_at_ms": now_ms() - self.dice.randrange(40 * DAY_MS),
            "mode": "door",
            "result": self.dice.choice(RESULTS),
        }
        for field, values in (
            ("text", ["灯坏了", "漏雨 <b>", "𠮷"]),
            ("care", ["ok", "watch", "urgent"]),
            ("follow_up_on", [local_day(now_ms() + days * DAY_MS, 480) for days in (-30, -10, -1, 5)]),
            ("companions", [["刘师傅"], ["老孙", "小吴"]]),
            ("asks", [{"need": "想有人陪"}, {"difficulty": "灯", "effect": "好了"}]),
        ):
            if self.dice.random() < 0.4:
                body[field] = self.dice.choice(values)
        return body

    def visit(self, seen: dict[str, Any]) -> dict[str, Any]:
        home = self.dice.choice(seen["household"][:4])
        return {"kind": "visit.recorded", "grid": home["grid"], "over": {}, "body": self.visit_body(home)}

    def correct(self, seen: dict[str, Any]) -> dict[str, Any] | None:
        mine = [visit for visit in seen["visit"] if visit["by"] == "小赵"]
        if not mine:
            return None
        old = self.dice.choice(mine)
        home = next(home for home in seen["household"] if home["id"] == old["household"])
        over = {"revision": [old.get("edit") or old["id"]]}
        said = {"kind": "visit.corrected", "entity": old["id"], "grid": home["grid"], "over": over}
        return {**said, "body": self.visit_body(home)}

    def household(self, seen: dict[str, Any]) -> dict[str, Any]:
        building = self.dice.choice(seen["building"])
        if self.dice.random() < 0.3:
            body = {"quarters": "槐安小区", "name": "平房", "sort": 8000, "kind": "bungalows"}
            return {"kind": "building.added", "grid": building["grid"], "over": {}, "body": body}
        facts = {"contact": "新住户"} if self.dice.random() < 0.5 else {}
        body = {"building": building["id"], "room": f"加{self.dice.randrange(100)}", "kind": "other", "facts": facts}
        return {"kind": "household.added", "grid": building["grid"], "over": {}, "body": body}

    def _over(self, row: dict[str, Any], field: str) -> dict[str, list[str]]:
        heads = [head["edit"] for head in row.get("facts", {}).get(field, [])]
        return {field: heads} if heads else {}

    def state(self, seen: dict[str, Any]) -> dict[str, Any]:
        home = self.dice.choice(seen["household"][:3])
        field, value = self.dice.choice(
            (("contact", "陈奶奶"), ("headcount", 2), ("note", None), ("occupancy", "rented"), ("occupancy", "vacant"))
        )
        said = {"kind": "household.stated", "entity": home["id"], "grid": home["grid"]}
        return {**said, "over": self._over(home, field), "body": {"facts": {field: value}}}

    def take_back(self, seen: dict[str, Any]) -> dict[str, Any] | None:
        """Undo a statement of theirs that had something before it."""
        said = [
            (home, field, head["edit"])
            for home in seen["household"]
            for field, heads in home.get("facts", {}).items()
            for head in heads
            if (head.get("saw") or head.get("proposed")) and head["by"] == "小赵"
        ]
        if not said:
            return None
        home, field, edit = self.dice.choice(said)
        body = {"field": field, "edit": edit}
        return {"kind": "household.undone", "entity": home["id"], "grid": home["grid"], "over": {}, "body": body}

    def resident(self, seen: dict[str, Any]) -> dict[str, Any]:
        home = self.dice.choice(seen["household"][:3])
        body = {"household": home["id"], "facts": {"name": "小陈"}, "tags": self.dice.sample(TAGS, 2)}
        return {"kind": "resident.added", "grid": home["grid"], "over": {}, "body": body}

    def person(self, seen: dict[str, Any]) -> dict[str, Any]:
        who = self.dice.choice(seen["resident"][:3])
        said = {"kind": "resident.stated", "entity": who["id"], "grid": who["grid"]}
        body = {"facts": {"phone": f"000-0000-{self.dice.randrange(9)}"}}
        return {**said, "over": self._over(who, "phone"), "body": body}

    def tag(self, seen: dict[str, Any]) -> dict[str, Any]:
        who = self.dice.choice(seen["resident"][:3])
        had = sorted(who.get("tags", {}))
        remove = had[:1] if self.dice.random() < 0.6 else []
        add = [tag for tag in TAGS if tag not in had][:1]
        over = {f"tag:{tag}": who["tags"][tag] for tag in remove}
        said = {"kind": "resident.tagged", "entity": who["id"], "grid": who["grid"], "over": over}
        return {**said, "body": {**({"add": add} if add else {}), **({"remove": remove} if remove else {})}}

    def die(self, seen: dict[str, Any]) -> dict[str, Any]:
        """What ends somebody's care is only proposed, also where nobody had said that they live."""
        who = self.dice.choice(seen["resident"][:3])
        said = {"kind": "resident.stated", "entity": who["id"], "grid": who["grid"]}
        return {**said, "over": self._over(who, "deceased"), "body": {"facts": {"deceased": self.dice.random() < 0.7}}}

    def untag(self, seen: dict[str, Any]) -> dict[str, Any] | None:
        """Take back a tag just given or proposed to go, once."""
        if not self.tagged:
            return None
        said, field, edit = chosen = self.dice.choice(self.tagged)
        self.tagged.remove(chosen)
        about = {"kind": "resident.undone", "entity": said["entity"], "grid": said["grid"], "over": {}}
        return {**about, "body": {"field": field, "edit": edit}}


def plain(value: Any) -> Any:
    """Rows as both sides can know them: without what only the server knows, and without what is empty."""
    if isinstance(value, dict):
        kept = {key: plain(inner) for key, inner in value.items() if key not in ONLY_THERE}
        return {key: inner for key, inner in kept.items() if inner not in ([], {})}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def by_id(rows: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """Rows under their kind and id."""
    return {(kind, row["id"]): plain(row) for kind, all_ in rows.items() for row in all_}


@pytest.mark.parametrize("seed", some(range(4), 4))
def test_what_one_worker_sees_before_the_exchange_is_what_they_see_after(
    seed: int, station: Station, playwright: Playwright
) -> None:
    with hand_page(playwright, station) as page:
        phone = HandPhone(page, "zhao")
        phone("enrol", token=token(station, "小赵"))
        phone.settle()
        worker = Worker(phone, seed)
        for _ in range(3):
            for _ in range(10):
                worker.speak()
            before = by_id(phone("seen"))
            state = phone.settle()
            assert state["open"] == 0
            after = by_id(phone("seen"))
            assert before.keys() == after.keys()
            for key, row in after.items():
                assert before[key] == row, f"seed {seed}: {key}"
