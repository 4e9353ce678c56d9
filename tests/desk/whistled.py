"""Ten whistles over three weeks, journaled hour by hour, and what pictures must say of them, worked out by hand.

Two departments, 消防 and 物业; 3幢 stands in the third grid, 7幢 in the fourth. Now it is Monday 14 December 2026,
10:00. U is urgent (24 hours), else normal; the last column says what follows from it.

| # | Where, kind | Raised | Then | So |
|---|---|---|---|---|
| 1 | 3幢 W08 | 23 Nov 09:00 | settled by the grid 10:00 | closed in November, level 1 |
| 2 | 3幢 W08 U | 23 Nov 11:00 | 消防 L3 15:00, accepted 15:30, done 24 Nov 14:00, closed 25 Nov 09:00, satisfied |
accepted in half an hour; done after 23: in time; closed in November, level 3 |
| 3 | 3幢 W08 U | 24 Nov 09:00 | 消防 10:00, accepted 12:00, done 25 Nov 11:00, not so; again 26 Nov 09:00, accepted
09:30, on hold 26 Nov 10:00 to 27 Nov 10:00, done 28 Nov 08:00, closed 1 Dec 09:00, not satisfied | the last
time counts: accepted in half an hour; 47 hours less 24 on hold: in time; closed in December, level 3: confirmed |
| 4 | 7幢 W02 | 30 Nov 09:00 | 物业 L2 10:00, accepted 1 Dec 17:00, more time 3 Dec, done 10 Dec 10:00, closed 11 Dec
09:00, fairly satisfied | a working day to accept, until 1 Dec 18:00; seven days end 7 Dec, twice as many 14 Dec: in
time; closed in December, level 2 |
| 5 | 7幢 W06 | 1 Dec 09:00 | 物业 10:00 | a working day, until 2 Dec 18:00: neither accepted nor done in time |
| 6 | fourth grid, W06 | 2 Dec 09:00 | 物业 10:00, given back 11:00 | answered in time; overdue since 3 Dec, and
that is no department's |
| 7 | 3幢 W11 | 14 Dec 08:40 | 消防 09:00 | may still be accepted and done: in no rate |
| 8 | 3幢 W08 | 3 Dec 09:00 | merged with 2 at 10:00 | no matter of its own |
| 9 | fourth grid, no kind | 14 Dec 09:00 | | an hour old |
| 10 | 3幢 W08 U | 7 Dec 08:40 | 消防 09:00, accepted 10:30, done 8 Dec 08:00, not so 9 Dec 09:00 | half an hour late to
accept; open again and overdue; looked at and not confirmed |

From November to December, by hand:

- now: reported 1 (9, an hour), dispatched 2 (5 for 13 days, 7 for an hour: half over 6 days), given back 1 (6, 11
  days), reopened 1 (10, 5 days); overdue 3 (5, 6 and 10); in these months closed 3, settled 1, merged 1;
- 消防 has 4 (2, 3, 7, 10): in time 2 of 3 (2, 3; not 10), answered 2 of 3, confirmed 2 of 3, satisfied 1 of 2;
- 物业 has 3 (4, 5, 6): in time 1 of 2 (4; not 5), answered 2 of 3 (4, 6; not 5), confirmed 1 of 1, satisfied 0 of 1;
- closed: November 1 at level 1 and 1 at level 3; December 1 at level 2 and 1 at level 3; so 1 of 4 stayed in the
  courtyard and 2 of 4 in the community;
- raised 9 (all but 8): 3幢 W08 4 and W11 1; 7幢 W02 1 and W06 1; no building: W06 1 and no kind 1.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from server.journal import Draft
from tests.desk.conftest import HOUR_MS
from tests.journal.conftest import Station

NOW = "2026-12-14T10:00"
THIRD, FOURTH = "第三网格", "第四网格"
FIRE, KEEPER = "消防", "物业"
COMMITTEE, GRID, HANDS = "小梅", {THIRD: "赵敏", FOURTH: "孙立"}, {FIRE: "老魏", KEEPER: "小何"}

RAISED: dict[int, tuple[str, str, dict[str, Any]]] = {
    1: ("2026-11-23T09:00", THIRD, {"building": "3幢", "category": "W08"}),
    2: ("2026-11-23T11:00", THIRD, {"building": "3幢", "category": "W08"}),
    3: ("2026-11-24T09:00", THIRD, {"building": "3幢", "category": "W08"}),
    4: ("2026-11-30T09:00", FOURTH, {"building": "7幢", "category": "W02"}),
    5: ("2026-12-01T09:00", FOURTH, {"building": "7幢", "category": "W06"}),
    6: ("2026-12-02T09:00", FOURTH, {"place": "东门", "category": "W06"}),
    7: ("2026-12-14T08:40", THIRD, {"building": "3幢", "category": "W11"}),
    8: ("2026-12-03T09:00", THIRD, {"building": "3幢", "category": "W08"}),
    9: ("2026-12-14T09:00", FOURTH, {"place": "桥头"}),
    10: ("2026-12-07T08:40", THIRD, {"building": "3幢", "category": "W08"}),
}
SENT = {2: (FIRE, 3, "urgent"), 3: (FIRE, 3, "urgent"), 4: (KEEPER, 2, "normal"), 5: (KEEPER, 2, "normal"),
        6: (KEEPER, 3, "normal"), 7: (FIRE, 3, "normal"), 10: (FIRE, 3, "urgent")}  # fmt: skip
STEPS: dict[int, tuple[tuple[str, str], ...]] = {
    1: (("2026-11-23T10:00", "self_resolved"),),
    2: (
        *(("2026-11-23T15:00", "dispatched"), ("2026-11-23T15:30", "accepted"), ("2026-11-23T16:00", "in_progress")),
        *(("2026-11-24T14:00", "resolved"), ("2026-11-24T15:00", "verifying"), ("2026-11-24T16:00", "revisit")),
        ("2026-11-25T09:00", "closed satisfied"),
    ),
    3: (
        *(("2026-11-24T10:00", "dispatched"), ("2026-11-24T12:00", "accepted"), ("2026-11-24T12:10", "in_progress")),
        *(("2026-11-25T11:00", "resolved"), ("2026-11-25T12:00", "verifying"), ("2026-11-25T16:00", "reopened")),
        *(("2026-11-26T09:00", "dispatched"), ("2026-11-26T09:30", "accepted"), ("2026-11-26T09:40", "in_progress")),
        *(("2026-11-26T10:00", "suspended"), ("2026-11-27T10:00", "in_progress"), ("2026-11-28T08:00", "resolved")),
        *(("2026-11-30T08:40", "verifying"), ("2026-11-30T16:00", "revisit"), ("2026-12-01T09:00", "closed not")),
    ),
    4: (
        *(("2026-11-30T10:00", "dispatched"), ("2026-12-01T17:00", "accepted"), ("2026-12-02T08:40", "in_progress")),
        *(("2026-12-03T09:30", "extended"), ("2026-12-03T09:40", "in_progress"), ("2026-12-10T10:00", "resolved")),
        *(("2026-12-10T11:00", "verifying"), ("2026-12-10T15:00", "revisit"), ("2026-12-11T09:00", "closed basic")),
    ),
    5: (("2026-12-01T10:00", "dispatched"),),
    6: (("2026-12-02T10:00", "dispatched"), ("2026-12-02T11:00", "returned")),
    7: (("2026-12-14T09:00", "dispatched"),),
    8: (("2026-12-03T10:00", "merged"),),
    9: (),
    10: (
        *(("2026-12-07T09:00", "dispatched"), ("2026-12-07T10:30", "accepted"), ("2026-12-07T10:40", "in_progress")),
        *(("2026-12-08T08:00", "resolved"), ("2026-12-08T09:00", "verifying"), ("2026-12-09T09:00", "reopened")),
    ),
}
BY_DEPARTMENT = ("accepted", "returned", "in_progress", "suspended", "extended", "resolved")
BY_GRID = ("self_resolved", "revisit", "closed", "reopened")
NOTED = ("self_resolved", "returned", "suspended", "extended", "resolved", "reopened")


def moment(local: str) -> int:
    """A local time as milliseconds."""
    return int(datetime.fromisoformat(local).replace(tzinfo=UTC).timestamp() * 1000) - 8 * HOUR_MS


async def three_weeks(station: Station) -> None:
    """The table above, in the journal; it is the last moment of it then."""
    for name in (FIRE, KEEPER):
        await station.add(name, "department.added", {"name": name, "community": station["community"]})
    known = {"community": station["community"], "grids": []}
    await station.add(COMMITTEE, "person.added", {"name": COMMITTEE, "role": "dispatcher", **known})
    for department, name in HANDS.items():
        body = {"name": name, "role": "dept_handler", "department": station[department], **known}
        await station.add(name, "person.added", body)
    edits = [(at, 0, number, "raised") for number, (at, _, _) in RAISED.items()]
    edits += [(at, 1, number, to) for number, steps in STEPS.items() for at, to in steps]
    last: dict[int, str] = {}
    for at, _, number, to in sorted(edits):
        station.now_ms = moment(at)
        for draft in _drafts(station, number, to, last):
            (receipt,) = await station.journal.commit([draft])
            assert receipt.outcome == "accepted", (number, to)
            last[number] = receipt.id
    station.now_ms = moment(NOW)


def _drafts(station: Station, number: int, to: str, last: dict[int, str]) -> list[Draft]:
    _, where, said = RAISED[number]
    grid, name = station[where], f"w{number}"
    if to == "raised":
        at = {"building": station[said["building"]]} if "building" in said else {"place": said["place"]}
        body: dict[str, Any] = {"title": f"第{number}件", "occurred_at_ms": station.now_ms, **at}
        body |= {"category": said["category"]} if "category" in said else {}
        draft = station.draft(name, "whistle.raised", body, grid)
        return [Draft(draft.kind, draft.entity, grid, station[GRID[where]], body, id=draft.entity)]
    whistle, (to, _, rating) = station[name], to.partition(" ")

    def moved(kind: str, author: str, body: dict[str, Any], over: str) -> Draft:
        made = station.draft(f"{name} {len(station.ids)}", kind, body, grid)
        return Draft(kind, whistle, grid, station[author], body, {"step": [over]}, id=made.entity)

    if to == "dispatched":
        department, level, urgency = SENT[number]
        category = said.get("category", "W12")
        body = {"department": station[department], "level": level, "urgency": urgency, "category": category}
        first = [] if "reopened" in [step for _, step in STEPS[number] if moment(_) < station.now_ms] else [
            moved("whistle.moved", COMMITTEE, {"to": "responded"}, last[number])
        ]  # fmt: skip
        over = first[0].id if first else last[number]
        assert over is not None
        return [*first, moved("whistle.dispatched", COMMITTEE, body, over)]
    author = HANDS[SENT[number][0]] if to in BY_DEPARTMENT else GRID[where] if to in BY_GRID else COMMITTEE
    body = {"to": to, **({"note": "说一句"} if to in NOTED else {}), **({"rating": rating} if rating else {})}
    body |= {"dup_of": station["w2"]} if to == "merged" else {}
    return [moved("whistle.moved", author, body, last[number])]
