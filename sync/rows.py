"""What phones hold of each thing: the rows of the feed, as JSON. What is null, empty or false is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from sync.entities import (
    Action,
    Aside,
    Blob,
    Building,
    CareCheck,
    CarePair,
    Checked,
    Community,
    DailyLog,
    Door,
    Erasure,
    Facts,
    Grid,
    Household,
    Item,
    ItemTold,
    Kept,
    Mediation,
    OrderAnswer,
    Paired,
    Patrol,
    PatrolNote,
    Person,
    Report,
    Resident,
    VerificationOrder,
    Visit,
    Whistle,
    WhistleTold,
)
from sync.rules.daily_log import blobs_now
from sync.rules.patrol import noted_now
from sync.rules.table import TAGS
from sync.rules.tellings import heads_of

FORMAT = 1
"""The version of these rows; phones say which they read."""

_encode = msgspec.json.Encoder().encode


class GridRow(msgspec.Struct, omit_defaults=True):
    id: str
    name: str
    community: str
    community_name: str
    utc_offset_min: int
    quarters: str | None = None
    restricted: bool = False


class BuildingRow(msgspec.Struct, omit_defaults=True):
    id: str
    quarters: str
    name: str
    sort: int
    kind: str
    management: str | None = None


class HouseholdRow(msgspec.Struct, omit_defaults=True):
    id: str
    building: str
    room: str
    kind: str
    entrance: str | None = None
    floor: int | None = None
    facts: Facts = {}


class ResidentRow(msgspec.Struct, omit_defaults=True):
    id: str
    household: str
    facts: Facts = {}
    tags: dict[str, list[str]] = {}
    leaving: Facts = {}


class AsideRow(msgspec.Struct, omit_defaults=True):
    """What became of an edit of theirs that had been set aside."""

    id: str
    position: int
    decision: str
    by: str
    at_ms: int
    reason: str | None = None


class LogRow(msgspec.Struct, omit_defaults=True):
    """A log of theirs, as its author's phone has it. `edits`: the tellings that stand, the shown one first."""

    id: str
    grid: str
    day: str
    state: str
    step: str
    edits: list[str]
    sent_ms: int
    text: str | None = None
    note: str | None = None
    by: str | None = None
    at_ms: int | None = None
    blobs: list[Blob] = []


class PatrolRow(msgspec.Struct, omit_defaults=True):
    """A patrol of theirs, as its author's phone has it."""

    id: str
    grid: str
    state: str
    step: str
    started_ms: int | None = None
    ended_ms: int | None = None
    lasted_ms: int | None = None


class PatrolNoteRow(msgspec.Struct, omit_defaults=True):
    """A note of theirs, as its author's phone has it. `edits`: the tellings that stand, the shown one first."""

    id: str
    grid: str
    what: str
    noted_ms: int
    received_ms: int
    edits: list[str]
    text: str | None = None
    building: str | None = None
    patrol: str | None = None
    blobs: list[Blob] = []
    entrance: str | None = None
    floor: int | None = None


class ActionRow(msgspec.Struct, omit_defaults=True):
    """Something of theirs to do, as its owner's phone has it until it is done."""

    id: str
    text: str
    due: str
    step: str
    by: str
    grid: str | None = None


class CarePairRow(msgspec.Struct, omit_defaults=True):
    """A pair, as phones of its grid hold it. `by`: the carer's name."""

    id: str
    household: str
    carer: str
    by: str
    cadence: str
    formed_ms: int
    resident: str | None = None
    major_ms: int | None = None
    ended_ms: int | None = None
    check: str | None = None
    state: str | None = None
    checked_ms: int | None = None


class CareCheckRow(msgspec.Struct, omit_defaults=True):
    id: str
    pair: str
    household: str
    author: str
    by: str
    state: str
    occurred_at_ms: int
    received_ms: int
    way: str | None = None
    text: str | None = None
    after_end: bool = False
    undone_ms: int | None = None
    blobs: list[Blob] = []


class PairedRow(msgspec.Struct, omit_defaults=True):
    """A pair, as its carer's own phone holds it."""

    id: str
    grid: str
    cadence: str
    formed_ms: int
    quarters: str
    building: str
    room: str
    entrance: str | None = None
    floor: int | None = None
    name: str | None = None
    major_ms: int | None = None
    ended_ms: int | None = None
    checked_ms: int | None = None


class PairedCheckRow(msgspec.Struct, omit_defaults=True):
    id: str
    grid: str
    pair: str
    state: str
    occurred_at_ms: int
    received_ms: int
    way: str | None = None
    text: str | None = None
    after_end: bool = False
    undone_ms: int | None = None


class ReportRow(msgspec.Struct, omit_defaults=True):
    """What a neighbour noticed, for its author and for whoever walks the grid."""

    id: str
    by: str
    state: str
    occurred_at_ms: int
    received_ms: int
    building: str | None = None
    text: str | None = None
    blobs: list[Blob] = []
    note: str | None = None
    answered_by: str | None = None
    answered_ms: int | None = None


class VolunteerRow(msgspec.Struct, omit_defaults=True):
    """Where a volunteer belongs, for their own phone: no home and nobody who lives there."""

    id: str
    community: str | None = None
    buildings: list[dict[str, str]] = []


class AskedRow(msgspec.Struct, omit_defaults=True):
    """What somebody who read a visit asks of its author."""

    by: str
    at_ms: int
    note: str


class VisitRow(msgspec.Struct, omit_defaults=True, gc=False):
    id: str
    household: str
    mode: str
    result: str
    occurred_at_ms: int
    received_ms: int
    author: str
    by: str
    edit: str | None = None
    revision: int = 1
    text: str | None = None
    who_met: str | None = None
    companions: list[str] = []
    asks: dict[str, str] = {}
    care: str | None = None
    follow_up_on: str | None = None
    imported: bool = False
    heads: list[str] = []
    blobs: list[Blob] = []
    private: bool = False
    entered_by: str | None = None
    on_behalf_of: str | None = None
    kept: Kept | None = None
    asked: AskedRow | None = None


class ItemRow(msgspec.Struct, omit_defaults=True):
    """`story`: what was said of it, without the records that others took the place of."""

    id: str
    kind: str
    text: str
    occurred_at_ms: int
    author: str
    by: str
    state: str
    step: str
    household: str | None = None
    source_visit: str | None = None
    about: str | None = None
    rating: str | None = None
    record: Mediation | None = None
    story: list[ItemTold] = []
    blobs: list[Blob] = []


class OrderRow(msgspec.Struct, omit_defaults=True):
    """A verification order, as the phones of its grid have it."""

    id: str
    title: str
    points: list[str]
    households: list[str]
    due: str
    state: str
    step: str
    by: str
    issued_ms: int
    note: str | None = None
    stepped_by: str | None = None
    stepped_ms: int | None = None


class AnswerRow(msgspec.Struct, omit_defaults=True):
    """An answer at a door of an order. Answers that none of its door covers stand beside each other."""

    id: str
    verification_order: str
    household: str
    author: str
    by: str
    points: list[Checked]
    occurred_at_ms: int
    received_ms: int
    covers: list[str] = []
    blobs: list[Blob] = []


class WhistleRow(msgspec.Struct, omit_defaults=True):
    """`department_name`: who has it now. Who handles it is told by name alone."""

    id: str
    title: str
    occurred_at_ms: int
    author: str
    by: str
    first_owner: str
    first_owner_name: str
    state: str
    step: str
    stepped_by: str
    stepped_ms: int
    kind: str
    urgency: str
    level: int
    channel: str
    category: str | None = None
    text: str | None = None
    blobs: list[Blob] = []
    household: str | None = None
    building: str | None = None
    place: str | None = None
    source_of: str | None = None
    source: str | None = None
    department_name: str | None = None
    returns: int = 0
    result: str | None = None
    rating: str | None = None
    story: list[WhistleTold] = []


class ErasureRow(msgspec.Struct):
    """Edits whose words went for good: what a phone still keeps of them goes as well."""

    id: str
    edits: list[str]


class DoorRow(msgspec.Struct, omit_defaults=True, gc=False):
    id: str
    contact_ms: int | None = None
    knock_ms: int | None = None
    knock_result: str | None = None
    care: str | None = None
    care_ms: int | None = None
    promise_on: str | None = None
    promise_ms: int | None = None


def grid_row(grid: Grid, community: Community, utc_offset_min: int) -> bytes:
    """A grid, with what a phone needs to know of the place around it."""
    row = GridRow(
        grid.id, grid.name, grid.community, community.name, utc_offset_min, grid.quarters, community.restricted
    )
    return _encode(row)


def _building(building: Building) -> bytes:
    row = BuildingRow(building.id, building.quarters, building.name, building.sort, building.kind, building.management)
    return _encode(row)


def _household(household: Household) -> bytes:
    row = HouseholdRow(
        household.id,
        household.building,
        household.room,
        household.kind,
        household.entrance,
        household.floor,
        household.facts,
    )
    return _encode(row)


def _resident(resident: Resident) -> bytes:
    """Tags of the list alone: whatever else an older journal may have held stays where it is."""
    tags = {tag: added for tag, added in resident.tags.items() if tag in TAGS}
    leaving = {tag: heads for tag, heads in resident.leaving.items() if tag in TAGS}
    return _encode(ResidentRow(resident.id, resident.household, resident.facts, tags, leaving))


def _visit(visit: Visit) -> bytes:
    """A private visit leaves its words, its pictures and its voice with the station."""
    told = not visit.private
    row = VisitRow(
        visit.id,
        visit.household,
        visit.mode,
        visit.result,
        visit.occurred_at_ms,
        visit.received_ms,
        visit.author,
        visit.by,
        None if visit.edit == visit.id else visit.edit,
        visit.revision,
        visit.text if told else None,
        visit.who_met if told else None,
        visit.companions,
        visit.asks if told else {},
        visit.care,
        visit.follow_up_on,
        visit.source is not None,
        visit.heads,
        visit.blobs if told else [],
        visit.private,
        visit.entered_by,
        visit.on_behalf_of,
        visit.kept,
        _asked(visit),
    )
    return _encode(row)


def _asked(visit: Visit) -> AskedRow | None:
    """A question, until its visit is told anew: that is the answer."""
    review = visit.review
    if review is None or review.note is None or review.of != visit.edit:
        return None
    return AskedRow(review.by, review.at_ms, review.note)


def _erasure(erasure: Erasure) -> bytes:
    return _encode(ErasureRow(erasure.id, erasure.edits))


def _door(door: Door) -> bytes:
    row = DoorRow(
        door.id,
        door.contact_ms,
        door.knock_ms,
        door.knock_result,
        door.care,
        door.care_ms,
        door.promise_on,
        door.promise_ms,
    )
    return _encode(row)


def _care_pair(pair: CarePair) -> bytes:
    row = CarePairRow(
        pair.id,
        pair.household,
        pair.carer,
        pair.by,
        pair.cadence,
        pair.formed_ms,
        pair.resident,
        pair.major_ms,
        pair.ended_ms,
        pair.check,
        pair.state,
        pair.checked_ms,
    )
    return _encode(row)


def _care_check(check: CareCheck) -> bytes:
    row = CareCheckRow(
        check.id,
        check.pair,
        check.household,
        check.author,
        check.by,
        check.state,
        check.occurred_at_ms,
        check.received_ms,
        check.way,
        check.text,
        check.after_end,
        check.undone_ms,
        check.blobs,
    )
    return _encode(row)


def _paired(told: Paired) -> bytes:
    """What the one who looks in may know: of those who live there a name alone."""
    pair = told.pair
    quarters, building, entrance, floor, room = told.place
    known = (pair.id, pair.grid, pair.cadence, pair.formed_ms, quarters, building, room, entrance, floor)
    return _encode(PairedRow(*known, told.name, pair.major_ms, pair.ended_ms, pair.checked_ms))


def _paired_check(check: CareCheck) -> bytes:
    found = (check.state, check.occurred_at_ms, check.received_ms, check.way, check.text)
    return _encode(PairedCheckRow(check.id, check.grid, check.pair, *found, check.after_end, check.undone_ms))


def _item(item: Item) -> bytes:
    begun = (item.id, item.kind, item.text, item.occurred_at_ms, item.author, item.by, item.state, item.step)
    story = [msgspec.structs.replace(each, record=None) for each in item.story]
    came = (item.household, item.source_visit, item.about)
    return _encode(ItemRow(*begun, *came, item.rating, item.record, story, item.blobs))


def _whistle(whistle: Whistle) -> bytes:
    told = {name: getattr(whistle, name) for name in WhistleRow.__struct_fields__}
    return _encode(WhistleRow(**told))


def aside_row(aside: Aside) -> bytes:
    """What was decided about an edit, for its author."""
    assert aside.decision is not None
    assert aside.decided_by is not None
    assert aside.decided_ms is not None
    told = (aside.decision, aside.decided_by, aside.decided_ms, aside.reason)
    return _encode(AsideRow(aside.header.id, aside.position, *told))


def action_row(action: Action) -> bytes | None:
    """Something to do, for its owner; nothing once it is done."""
    if action.state != "open":
        return None
    return _encode(ActionRow(action.id, action.text, action.due, action.step, action.set_by, action.grid))


def log_row(log: DailyLog) -> bytes:
    """A day's log, for its author."""
    edits = [each.edit for each in heads_of(log.tellings)]
    known = (log.id, log.grid, log.day, log.state, log.step, edits, log.sent_ms, log.text)
    return _encode(LogRow(*known, log.note, log.reviewed_by, log.reviewed_ms, blobs_now(log)))


def _order(order: VerificationOrder) -> bytes:
    asked = (order.id, order.title, order.points, order.households, order.due, order.state, order.step, order.by)
    return _encode(OrderRow(*asked, order.issued_ms, order.note, order.stepped_by, order.stepped_ms))


def _answer(answer: OrderAnswer) -> bytes:
    known = (answer.id, answer.verification_order, answer.household, answer.author, answer.by, answer.points)
    return _encode(AnswerRow(*known, answer.occurred_at_ms, answer.received_ms, answer.covers, answer.blobs))


def patrol_row(patrol: Patrol) -> bytes:
    """A patrol, for its author."""
    begun, over = patrol.start_claimed_ms, patrol.end_claimed_ms
    lasted = None if begun is None or over is None else over - begun
    times = (patrol.started_ms, patrol.ended_ms, lasted)
    return _encode(PatrolRow(patrol.id, patrol.grid, patrol.state, patrol.step, *times))


def patrol_note_row(note: PatrolNote) -> bytes:
    """What was noted, for its author."""
    edits = [each.edit for each in heads_of(note.tellings)]
    known = (note.id, note.grid, note.what, note.noted_ms, note.received_ms, edits)
    row = PatrolNoteRow(*known, note.text, note.building, note.patrol)
    if (said := noted_now(note)) is not None:
        row.blobs, row.entrance, row.floor = said.blobs, said.entrance, said.floor
    return _encode(row)


OWN_ROWS: dict[str, Callable[[Any], bytes]] = {"patrol": patrol_row, "patrol_note": patrol_note_row}
"""The same for what its author's phones alone hold."""


def report_row(report: Report) -> bytes:
    """A report as phones have it."""
    told = (report.id, report.by, report.state, report.occurred_at_ms, report.received_ms, report.building)
    said = (report.text, report.blobs, report.note, report.answered_by, report.answered_ms)
    return _encode(ReportRow(*told, *said))


def volunteer_row(person: Person, community: Community | None, buildings: list[Building]) -> bytes:
    """A volunteer's community, and the buildings they look after."""
    named = [{"id": each.id, "name": each.name} for each in buildings]
    return _encode(VolunteerRow(person.id, community.name if community else None, named))


ROWS: dict[str, Callable[[Any], bytes]] = {
    "building": _building,
    "household": _household,
    "resident": _resident,
    "visit": _visit,
    "door": _door,
    "item": _item,
    "whistle": _whistle,
    "erasure": _erasure,
    "verification_order": _order,
    "order_answer": _answer,
    "care_pair": _care_pair,
    "care_check": _care_check,
    "paired": _paired,
    "paired_check": _paired_check,
}
"""For each kind of thing that stands in a grid, or is a person's own, the row that phones hold of it."""
