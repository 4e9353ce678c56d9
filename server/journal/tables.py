"""Between the plain values that edits fold to and the rows of the tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Table

from server import schema
from sync.entities import (
    Action,
    Aside,
    Blob,
    Building,
    BuildingCode,
    CareCheck,
    CarePair,
    CareReason,
    Checked,
    Comment,
    Community,
    DailyLog,
    Department,
    Device,
    Door,
    Erased,
    Facts,
    Grid,
    Handed,
    Head,
    HotlineTicket,
    Household,
    Item,
    ItemTold,
    Kept,
    Mediation,
    Meeting,
    Opening,
    OrderAnswer,
    Pair,
    Passkey,
    Past,
    Patrol,
    PatrolNote,
    Person,
    Recovery,
    Report,
    Resident,
    ResidentContact,
    ResidentReceipt,
    Restricted,
    Review,
    Revision,
    RoutingRule,
    StandIn,
    Suggestion,
    TimeLimit,
    VerificationOrder,
    Visit,
    Whistle,
    WhistleTold,
    Workday,
    WorkHours,
)
from sync.rules.facts import contested, shown

Row = tuple[Any, ...]

_encoder = msgspec.json.Encoder()
_head = msgspec.json.Decoder(Head).decode
_facts = msgspec.json.Decoder(Facts).decode
_lists = msgspec.json.Decoder(dict[str, list[str]]).decode
_texts = msgspec.json.Decoder(dict[str, str]).decode
_before = msgspec.json.Decoder(list[tuple[int, list[str]]]).decode
_by_id = msgspec.json.Decoder(dict[str, str]).decode
_handed = msgspec.json.Decoder(list[Handed]).decode
_list = msgspec.json.Decoder(list[str]).decode
_comments = msgspec.json.Decoder(list[Comment]).decode
_blobs = msgspec.json.Decoder(list[Blob]).decode
_checked = msgspec.json.Decoder(list[Checked]).decode
_tellings = msgspec.json.Decoder(list[Revision]).decode
_kept = msgspec.json.Decoder(Kept).decode
_review = msgspec.json.Decoder(Review).decode
_record = msgspec.json.Decoder(Mediation).decode
_whistle_story = msgspec.json.Decoder(list[WhistleTold]).decode
_story = msgspec.json.Decoder(list[ItemTold]).decode


def _json(value: Any) -> str:
    return _encoder.encode(value).decode()


class Mapping(NamedTuple):
    """How a kind of thing is kept. `to_row` gives the table's columns in order; `from_row` reads them back."""

    table: Table
    to_row: Callable[[Any], Row]
    from_row: Callable[[Sequence[Any]], Any]


def _plain(table: Table, made: type[msgspec.Struct]) -> Mapping:
    return Mapping(table, msgspec.structs.astuple, lambda row: made(*row))


def _community(row: Sequence[Any]) -> Community:
    return Community(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7])


def _restricted_row(told: Restricted) -> Row:
    return (told.grid, told.id, _json(told.tags), told.by, told.at_ms, told.rev)


def _restricted(row: Sequence[Any]) -> Restricted:
    return Restricted(row[0], row[1], _list(row[2]), *row[3:])


def _person_row(person: Person) -> Row:
    known = (person.id, person.name, person.role, person.community, _json(person.grids), person.rev)
    more = (_json(person.before), _json(person.buildings), person.department, person.ended_ms)
    return (*known, *more, _json(person.lent), _json(person.covered))


def person_of(row: Sequence[Any]) -> Person:
    """Somebody of the register, by the columns of `person` in their order."""
    known = (row[0], row[1], row[2], row[3], _list(row[4]), row[5], _before(row[6]))
    return Person(*known, _list(row[7]), row[8], row[9], _lists(row[10]), _by_id(row[11]))


PERSON = tuple(schema.person.columns.keys())


def _stand_in_row(made: StandIn) -> Row:
    return (*msgspec.structs.astuple(made)[:-1], _json(made.handed))


def _stand_in(row: Sequence[Any]) -> StandIn:
    values: list[Any] = [*row[:10], _handed(row[10])]
    return StandIn(*values)


def _household_row(household: Household) -> Row:
    facts = household.facts
    return (
        household.grid,
        household.id,
        household.building,
        household.entrance,
        household.floor,
        household.room,
        household.kind,
        _json(facts),
        *(shown(facts, field) for field in ("contact", "phone", "occupancy", "headcount", "note")),
        any(map(contested, facts.values())),
        household.source,
        household.source_row,
        household.rev,
    )


def _household(row: Sequence[Any]) -> Household:
    grid, id_, building, entrance, floor, room, kind = row[:7]
    return Household(grid, id_, building, entrance, floor, room, kind, _facts(row[7]), row[14], row[15], row[16])


def _resident_row(resident: Resident) -> Row:
    facts = resident.facts
    return (
        resident.grid,
        resident.id,
        resident.household,
        _json(facts),
        _json(resident.tags),
        *(shown(facts, field) for field in ("name", "relation", "birth_year", "phone", "lives_here", "note")),
        any(map(contested, facts.values())) or bool(resident.leaving),
        resident.source,
        resident.source_row,
        resident.rev,
        _json(resident.leaving),
    )


def _resident(row: Sequence[Any]) -> Resident:
    leaving = _facts(row[15])
    return Resident(row[0], row[1], row[2], _facts(row[3]), _lists(row[4]), row[12], row[13], row[14], leaving)


def _visit_row(visit: Visit) -> Row:
    asks, companions = visit.asks, visit.companions
    words = [each for each in (visit.text, visit.who_met, *companions, *asks.values()) if each and not visit.private]
    return (
        visit.grid,
        visit.id,
        visit.household,
        visit.position,
        visit.rev,
        visit.revision,
        visit.edit,
        visit.author,
        visit.by,
        visit.on_behalf_of,
        visit.device,
        visit.mode,
        visit.result,
        visit.occurred_at_ms,
        visit.claimed_ms,
        visit.effective_ms,
        visit.received_ms,
        visit.text,
        visit.who_met,
        _json(companions) if companions else "[]",
        _json(asks) if asks else "{}",
        visit.care,
        visit.follow_up_on,
        "\n".join(words),
        visit.source,
        visit.source_row,
        visit.grid_then,
        _json(visit.blobs) if visit.blobs else "[]",
        visit.private,
        visit.entered_by,
        _json(visit.kept) if visit.kept else None,
        _json(visit.review) if visit.review else None,
    )


def _visit(row: Sequence[Any]) -> Visit:
    values: list[Any] = [*row[:19], _list(row[19]), _texts(row[20]), row[21], row[22], *row[24:27], _blobs(row[27])]
    values += [bool(row[28]), row[29], _kept(row[30]) if row[30] else None]
    values.append(_review(row[31]) if row[31] else None)
    return Visit(*values)


def _item_row(item: Item) -> Row:
    told = msgspec.structs.astuple(item)
    record = _json(item.record) if item.record else None
    return (*told[:13], record, _json(item.story), *told[15:17], _json(item.blobs))


def _item(row: Sequence[Any]) -> Item:
    values: list[Any] = [
        *row[:13],
        _record(row[13]) if row[13] else None,
        _story(row[14]),
        *row[15:17],
        _blobs(row[17]),
    ]
    return Item(*values)


def _whistle_row(whistle: Whistle) -> Row:
    told = msgspec.structs.asdict(whistle)
    listed = {name: _json(told[name]) for name in ("blobs", "supporting", "story")}
    return tuple({**told, **listed}.values())


def _whistle(row: Sequence[Any]) -> Whistle:
    told = dict(zip(Whistle.__struct_fields__, row, strict=True))
    listed = {
        "blobs": _blobs(told["blobs"]),
        "supporting": _list(told["supporting"]),
        "story": _whistle_story(told["story"]),
        "consent": bool(told["consent"]),
    }
    return Whistle(**{**told, **listed})


def _ticket(row: Sequence[Any]) -> HotlineTicket:
    values: list[Any] = [*row[:12], bool(row[12]), *row[13:]]
    return HotlineTicket(*values)


def _report_row(report: Report) -> Row:
    told = msgspec.structs.astuple(report)
    return (*told[:8], _json(report.blobs), *told[9:])


def _report(row: Sequence[Any]) -> Report:
    values: list[Any] = [*row[:8], _blobs(row[8]), *row[9:16]]
    return Report(*values)


def _log_row(log: DailyLog) -> Row:
    told = msgspec.structs.astuple(log)
    return (*told[:11], _json(log.tellings), *told[12:15], _json(log.comments))


def _log(row: Sequence[Any]) -> DailyLog:
    values: list[Any] = [*row[:11], _tellings(row[11]), *row[12:15], _comments(row[15])]
    return DailyLog(*values)


def _order_row(order: VerificationOrder) -> Row:
    told = msgspec.structs.astuple(order)
    answered, comments = _json(order.answered), _json(order.comments)
    return (*told[:5], _json(order.points), _json(order.households), *told[7:13], answered, *told[14:17], comments)


def _order(row: Sequence[Any]) -> VerificationOrder:
    values: list[Any] = [*row[:5], _list(row[5]), _list(row[6]), *row[7:13], _list(row[13])]
    values += [*row[14:17], _comments(row[17])]
    return VerificationOrder(*values)


def _answer_row(answer: OrderAnswer) -> Row:
    told = msgspec.structs.astuple(answer)
    return (*told[:6], _json(answer.points), _json(answer.covers), *told[8:12], _json(answer.blobs))


def _answer(row: Sequence[Any]) -> OrderAnswer:
    values: list[Any] = [*row[:6], _checked(row[6]), _list(row[7]), *row[8:12], _blobs(row[12])]
    return OrderAnswer(*values)


def _patrol_row(patrol: Patrol) -> Row:
    return (*msgspec.structs.astuple(patrol)[:-1], _json(patrol.comments))


def _patrol(row: Sequence[Any]) -> Patrol:
    values: list[Any] = [*row[:-1], _comments(row[-1])]
    return Patrol(*values)


def _note_row(note: PatrolNote) -> Row:
    return (*msgspec.structs.astuple(note)[:-1], _json(note.tellings))


def _note(row: Sequence[Any]) -> PatrolNote:
    values: list[Any] = [*row[:-1], _tellings(row[-1])]
    return PatrolNote(*values)


def _meeting_row(meeting: Meeting) -> Row:
    told = msgspec.structs.astuple(meeting)
    return (*told[:7], _json(meeting.decisions), *told[8:12], _json(meeting.tellings), meeting.whistle)


def _meeting(row: Sequence[Any]) -> Meeting:
    values: list[Any] = [*row[:7], _list(row[7]), *row[8:12], _tellings(row[12]), row[13]]
    return Meeting(*values)


def _action_row(action: Action) -> Row:
    return (*msgspec.structs.astuple(action)[:16], _json(action.were), _json(action.comments))


def _action(row: Sequence[Any]) -> Action:
    values: list[Any] = [*row[:16], _texts(row[16]), _comments(row[17])]
    return Action(*values)


def _workday(row: Sequence[Any]) -> Workday:
    # SQLite keeps truth as a number.
    return Workday(row[0], None if row[1] is None else bool(row[1]), *row[2:])


def _check_row(check: CareCheck) -> Row:
    return (*msgspec.structs.astuple(check)[:-1], _json(check.blobs))


def _check(row: Sequence[Any]) -> CareCheck:
    values: list[Any] = [*row[:14], bool(row[14]), *row[15:17], _blobs(row[17])]
    return CareCheck(*values)


MAPPINGS: dict[str, Mapping] = {
    "community": Mapping(schema.community, msgspec.structs.astuple, _community),
    "grid": _plain(schema.grid, Grid),
    "person": Mapping(schema.person, _person_row, person_of),
    "building": _plain(schema.building, Building),
    "household": Mapping(schema.household, _household_row, _household),
    "resident": Mapping(schema.resident, _resident_row, _resident),
    "restricted": Mapping(schema.restricted_tag, _restricted_row, _restricted),
    "visit": Mapping(schema.visit, _visit_row, _visit),
    "door": _plain(schema.door, Door),
    "item": Mapping(schema.item, _item_row, _item),
    "whistle": Mapping(schema.whistle, _whistle_row, _whistle),
    "daily_log": Mapping(schema.daily_log, _log_row, _log),
    "verification_order": Mapping(schema.verification_order, _order_row, _order),
    "order_answer": Mapping(schema.order_answer, _answer_row, _answer),
    "patrol": Mapping(schema.patrol, _patrol_row, _patrol),
    "patrol_note": Mapping(schema.patrol_note, _note_row, _note),
    "pair": _plain(schema.pair_verdict, Pair),
    "passkey": _plain(schema.passkey, Passkey),
    "department": _plain(schema.department, Department),
    "stand_in": Mapping(schema.stand_in, _stand_in_row, _stand_in),
    "recovery": _plain(schema.recovery, Recovery),
    "opening": _plain(schema.opening, Opening),
    "erased": _plain(schema.erased, Erased),
    "building_code": _plain(schema.building_code, BuildingCode),
    "resident_receipt": _plain(schema.resident_receipt, ResidentReceipt),
    "resident_contact": _plain(schema.resident_contact, ResidentContact),
    "hotline_ticket": Mapping(schema.hotline_ticket, msgspec.structs.astuple, _ticket),
    "report": Mapping(schema.report, _report_row, _report),
    "suggestion": _plain(schema.suggestion, Suggestion),
    "workday": Mapping(schema.workday, msgspec.structs.astuple, _workday),
    "work_hours": _plain(schema.work_hours, WorkHours),
    "time_limit": _plain(schema.time_limit, TimeLimit),
    "routing_rule": _plain(schema.routing_rule, RoutingRule),
    "meeting": Mapping(schema.meeting, _meeting_row, _meeting),
    "action": Mapping(schema.action, _action_row, _action),
    "care_pair": _plain(schema.care_pair, CarePair),
    "care_reason": _plain(schema.care_reason, CareReason),
    "care_check": Mapping(schema.care_check, _check_row, _check),
}
"""The kinds of things kept one a row. Devices and revisions, below, are kept otherwise."""

NEW_CHAIN = (0, None, 0, 0, 0)
"""A new device's n, hash, nonce_floor_ms, last_seen_ms and unsent."""


NOTHING_SAID = (None,) * 6
"""wiped_ms, wiped_left, the checkpoint it holds, what opens its rows."""


def device_row(device: Device) -> Row:
    """A newly enrolled device, its chain not yet begun."""
    n, digest, floor, last_seen, unsent = NEW_CHAIN
    known = (device.id, device.person, device.public_key, device.label, device.kind, n, digest, floor)
    return (*known, device.enrolled_ms, last_seen, unsent, None, device.revoked_ms, *NOTHING_SAID)


def device_of(row: Sequence[Any]) -> Device:
    """The enrolled device of a row of `device`."""
    return Device(row[0], row[1], row[2], row[3], row[4], row[8], row[12])


def revision_row(grid: str, visit: str, revision: Revision) -> Row:
    """One telling of a visit."""
    told = msgspec.structs.astuple(revision)
    return (grid, visit, *told[:7], _json(revision.covers), *told[8:])


def revision_of(row: Sequence[Any]) -> Revision:
    """A telling read back."""
    values: list[Any] = [*row[2:9], _list(row[9]), row[10], bool(row[11]), row[12], bool(row[13])]
    return Revision(*values)


def past_rows(grid: str, entity: str, past: dict[str, list[Past]]) -> list[Row]:
    """Statements of one household or resident that stood before."""
    return [
        (grid, entity, field, each.head.edit, _json(each.head), _json(each.covered_by), each.undone)
        for field, entries in past.items()
        for each in entries
    ]


def past_of(row: Sequence[Any]) -> Past:
    """A statement that stood before, read back."""
    return Past(_head(row[4]), _list(row[5]), bool(row[6]))


def decision_row(aside: Aside) -> Row:
    """What was decided about an edit that had been set aside."""
    header = aside.header
    told = (aside.decision, aside.reason, aside.decided_by, aside.decided_ms, aside.rev)
    return (aside.position, header.id, header.author, *told, aside.step, _json(aside.comments))


DECIDED = "decision, reason, decided_by, decided_ms, rev, step, comments"
"""What `decided_of` reads of `aside_decision`."""


def decided_of(aside: Aside, row: Sequence[Any]) -> Aside:
    """What was set aside, with what was decided about it read back."""
    decision, reason, by, at_ms, rev, step = row[:6]
    return msgspec.structs.replace(
        aside,
        decision=decision,
        reason=reason,
        decided_by=by,
        decided_ms=at_ms,
        rev=rev,
        step=step,
        comments=_comments(row[6]),
    )
