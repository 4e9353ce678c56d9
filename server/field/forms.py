"""What was filled in becomes edits: the twin of web/phone/forms.js, pinned by tests/vectors/forms.json.

`FORMS[name](data, about)` answers {"drafts", "errors", "values"}: the edits in order, or the words to show beside each
field that is wrong, and everything typed, for showing the form again. `about` says where one stands:
{grid, now_ms, offset_min, household?, visit?, resident?, grids?, quarters?, doors?, log?, order?}.

A form carries two hidden fields from the moment it opens: `id`, which becomes the edit's id, so that sending it twice
says it once, and `over`, the edits that were in view. Everything else may be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from server.field.item_forms import ITEM_FORMS
from server.field.sheet import Data, Sheet, cleaned, is_id, narrow
from server.field.telling import NAME_CHARS_MAX, given, minute, same_telling, visit_body
from server.field.whistle_forms import WHISTLE_FORMS
from server.views.blobs import read_blobs
from server.views.care_due import STATES, WAYS
from server.views.household_form import EXISTS, KINDS, ROWS, door_at, entrance_of, room_of
from server.views.log import FIRST_DAY
from server.views.people import HOUSEHOLD_FACTS, OCCUPANCIES, RESIDENT_FACTS, TAGS
from server.views.suggestion_form import page_of
from server.views.walks import WHAT, read_spot

About = Mapping[str, Any]
Made = dict[str, Any]

ID_CHARS = 36
ROOM_CHARS_MAX = 20
PHONE_CHARS_MAX = 30
RELATION_CHARS_MAX = 30
HEADCOUNT_MAX = 999
BIRTH_YEAR_MIN = 1850
FLOOR_MIN, FLOOR_MAX = -9, 200
ORDER_NOTE_CHARS_MAX = 500
YES_NO = ("yes", "no")


def visit(data: Data, about: About) -> Made:
    """A visit. `quick` says nobody answered, or all is well, and keeps whatever else is written."""
    sheet = Sheet(data)
    body = visit_body(sheet, about, about["household"], None)
    return _made(sheet, data, {"kind": "visit.recorded", "grid": about["grid"], "over": {}, "body": body})


def correction(data: Data, about: About) -> Made:
    """A visit told anew, whole, over the telling that was in view. Told as it stands it is no news."""
    sheet = Sheet(data)
    old = about["visit"]
    body = visit_body(sheet, about, old["household"], old["occurred_at_ms"])
    if same_telling(body, old):
        return _made(sheet, data, {})
    over = {"revision": sheet.ids("over") or old.get("heads") or [old.get("edit") or old["id"]]}
    draft = {"kind": "visit.corrected", "entity": old["id"], "grid": about["grid"], "over": over, "body": body}
    return _made(sheet, data, draft)


ROW_NAMES = {"bungalows": ("平房", 8000), "shops": ("商铺", 9000)}
"""What a new row is called, as the importer calls it, and where it stands among the buildings."""


def log(data: Data, about: About) -> Made:
    """The log of a day, over the step and the tellings that were in view. `about.log` is its id."""
    sheet = Sheet(data)
    day = sheet.day("day")
    if day is None or day < FIRST_DAY:
        sheet.wrong("day", "form.day")
    elif day > minute(about["now_ms"], about["offset_min"])[:10]:
        sheet.wrong("day", "form.future")
    over = {**given("step", sheet.ids("step")), **given("revision", sheet.ids("over"))}
    body = {"day": day, **given("text", sheet.words("text")), **given("blobs", read_blobs(sheet.raw("blobs")))}
    draft = {"kind": "daily_log.sent", "entity": about["log"], "grid": about["grid"], "over": over, "body": body}
    return _made(sheet, data, draft)


def order_answer(data: Data, about: About) -> Made:
    """What was found at a door of an order, over the answers that were in view. `quick` says that all is well where
    nothing else was said. `about.order` is the order's row."""
    sheet = Sheet(data)
    order, household = about["order"], sheet.raw("household")
    rest = "yes" if sheet.raw("quick") == "well" else None
    points = []
    for n in range(len(order["points"])):
        ok = sheet.choice(f"p{n}", YES_NO) or rest
        said = {**given("ok", ok and ok == "yes"), **given("note", sheet.line(f"n{n}", ORDER_NOTE_CHARS_MAX))}
        points.append(said)
    blobs = read_blobs(sheet.raw("blobs"))
    if not is_id(household) or not (any(points) or blobs):
        sheet.wrong("points", "form.order")
    seen = sheet.ids("over")
    over = {**given("step", sheet.ids("step")), **({"revision": seen} if seen else {})}
    more = given("blobs", blobs)
    body = {"household": household, "points": points, "occurred_at_ms": about["now_ms"], **more}
    return _made(sheet, data, {**_of_order("answered", about), "over": over, "body": body})


def order_report(data: Data, about: About) -> Made:
    """The workers are done with an order, over the step that was in view."""
    sheet = Sheet(data)
    over = given("step", sheet.ids("step"))
    return _made(sheet, data, {**_of_order("reported", about), "over": over, "body": {}})


def _of_order(said: str, about: About) -> dict[str, Any]:
    return {"kind": f"order.{said}", "entity": about["order"]["id"], "grid": about["grid"]}


def care(data: Data, about: About) -> Made:
    """How somebody was found, by the button that was pressed; or a check of one's own is taken back."""
    sheet = Sheet(data)
    undo = sheet.raw("undo")
    if is_id(undo):
        return _made(
            sheet, data, {"kind": "care_check.undone", "entity": undo, "grid": about["grid"], "over": {}, "body": {}}
        )
    state = sheet.choice("state", STATES)
    if state is None:
        sheet.wrong("state", "form.choose")
    more = {**given("text", sheet.words("text")), **given("way", sheet.choice("way", WAYS))}
    more |= given("blobs", read_blobs(sheet.raw("blobs")))
    body = {"pair": about["pair"], "state": state, "occurred_at_ms": about["now_ms"], **more}
    return _made(sheet, data, {"kind": "care_check.made", "grid": about["grid"], "over": {}, "body": body})


def household(data: Data, about: About) -> Made:
    """A door that was missing, in one of the buildings of `about.grids` ({building: grid}), and not among `doors`.
    A grid (of `about.quarters`, {grid: quarters}) without a row of bungalows or shops gets one with its first door.
    A bungalow or a shop in one of `about.blocks` is asked about, the grid's row of them (`about.bungalows` and
    `about.shops`, {grid: building}) chosen; a shop that is put back stays there."""
    sheet = Sheet(data)
    row = _new_row(sheet, about)
    building, grid = (
        (row["id"], row["grid"]) if row else (sheet.raw("building"), about["grids"].get(sheet.raw("building")))
    )
    if grid is None:
        sheet.wrong("building", "form.building")
    kind = sheet.choice("kind", KINDS) or "home"
    misplaced = f"{kind}s" in ROWS and building in about.get("blocks", ())
    if misplaced and (kind == "bungalow" or building != sheet.raw("placed")):
        sheet.wrong("building", f"form.{kind}")
    entrance = entrance_of(narrow(sheet.line("entrance", ROOM_CHARS_MAX) or "")) or None
    room = room_of(narrow(sheet.line("room", ROOM_CHARS_MAX) or "")) or None
    floor = sheet.number("floor", FLOOR_MIN, FLOOR_MAX)
    if room is None:
        sheet.wrong("room", "form.room")
    known = door_at(about.get("doors") or (), building, entrance, room)
    # The same form sent twice finds its own door: that is no second one.
    if known and known["id"] != sheet.raw("id"):
        sheet.wrong("room", EXISTS)
    body = {
        "building": building,
        **given("entrance", entrance),
        **given("floor", _floor(kind, room or "") if floor is None else floor),
        "room": room,
        "kind": kind,
        "facts": {
            field: value for field in HOUSEHOLD_FACTS if (value := _fact(sheet, field, field, about)) is not None
        },
    }
    made = _made(sheet, data, {"kind": "household.added", "grid": grid, "over": {}, "body": body})
    if sheet.errors.get("building") == f"form.{kind}":
        chosen = about.get(f"{kind}s", {}).get(grid) or f"{kind}s:{grid}"
        made["values"] |= {"building": chosen, "placed": building}
    return {**made, "drafts": [row, *made["drafts"]]} if row and made["drafts"] else made


def _new_row(sheet: Sheet, about: About) -> dict[str, Any] | None:
    """The row of bungalows or shops that was chosen and is not there yet; it got its id when the form opened."""
    kind, _, grid = sheet.raw("building").partition(":")
    quarters = about.get("quarters", {}).get(grid)
    id_ = sheet.raw("new_building")
    if kind not in ROWS or not quarters or not is_id(id_):
        return None
    name, sort = ROW_NAMES[kind]
    body = {"quarters": quarters, "name": name, "sort": sort, "kind": kind}
    return {"id": id_, "kind": "building.added", "grid": grid, "over": {}, "body": body}


def _floor(kind: str, room: str) -> int | None:
    """The floor a number tells: 501 is on the fifth, a basement below ground."""
    if kind == "basement":
        return -1
    if kind != "home" or not (room.isascii() and room.isdigit() and len(room) in (3, 4)):
        return None
    return int(room[:-2]) or None


def resident(data: Data, about: About) -> Made:
    """Somebody who lives in a household, or belongs to it."""
    sheet = Sheet(data)
    facts = {field: value for field in RESIDENT_FACTS if (value := _fact(sheet, field, field, about)) is not None}
    tags = sheet.ticks("tags", TAGS)
    if not (facts.keys() - {"lives_here"}) and not tags and not sheet.errors:
        sheet.wrong("name", "form.somebody")
    body = {"household": about["household"], "facts": facts, **given("tags", tags)}
    return _made(sheet, data, {"kind": "resident.added", "grid": about["grid"], "over": {}, "body": body})


def household_facts(data: Data, about: About) -> Made:
    """One fact of a household, over the values that were in view. An empty one says that nobody knows any more."""
    return _stated(data, about, "household", HOUSEHOLD_FACTS)


def resident_facts(data: Data, about: About) -> Made:
    """One fact of a resident, or their tags."""
    return (
        _tagged(data, about) if Sheet(data).raw("field") == "tags" else _stated(data, about, "resident", RESIDENT_FACTS)
    )


def _stated(data: Data, about: About, whose: str, fields: tuple[str, ...]) -> Made:
    sheet = Sheet(data)
    field = sheet.raw("field")
    if is_id(sheet.raw("undo")):
        return _undone(sheet, data, about, whose, fields)
    if field == "same" and whose == "household":
        return _same(sheet, data, about)
    if field not in fields:
        sheet.wrong("field", "form.choose")
        return _made(sheet, data, {})
    body = {"facts": {field: _fact(sheet, field, "value", about)}}
    over = sheet.ids("over")
    if body["facts"][field] is None and not over:
        return _made(sheet, data, {})  # nothing, where nothing was known
    draft = {"kind": f"{whose}.stated", "entity": about[whose], "grid": about["grid"], "body": body}
    return _made(sheet, data, {**draft, "over": {field: over} if over else {}})


SAME = ("occupancy", "headcount")


def _same(sheet: Sheet, data: Data, about: About) -> Made:
    """One tap says that how a home is used, and by how many, is as it stood in view."""
    facts = {field: value for field in SAME if (value := _fact(sheet, field, field, about)) is not None}
    over = {field: sheet.ids(f"over_{field}") for field in facts}
    draft = {"kind": "household.stated", "entity": about["household"], "grid": about["grid"], "over": over}
    return _made(sheet, data, {**draft, "body": {"facts": facts}} if facts else {})


def _undone(sheet: Sheet, data: Data, about: About, whose: str, fields: tuple[str, ...]) -> Made:
    """Somebody takes a statement back, or a decision about a tag."""
    field = sheet.raw("field")
    if field not in fields and not (whose == "resident" and field in {f"tag:{tag}" for tag in TAGS}):
        sheet.wrong("field", "form.choose")
    body = {"field": field, "edit": sheet.raw("undo")}
    draft = {"kind": f"{whose}.undone", "entity": about[whose], "grid": about["grid"], "over": {}, "body": body}
    return _made(sheet, data, draft)


def _tagged(data: Data, about: About) -> Made:
    """What was ticked and was not before is added; what was and is no longer is removed, over all of it in view."""
    sheet = Sheet(data)
    ticked = sheet.ticks("tags", TAGS)
    had = sheet.raw("had").split(",")
    seen = [pair.split(":") for pair in sheet.raw("over").split(",")]
    add = [tag for tag in ticked if tag not in had]
    remove = [tag for tag in TAGS if tag in had and tag not in ticked]
    over = {
        f"tag:{tag}": [pair[1] for pair in seen if len(pair) == 2 and pair[0] == tag and is_id(pair[1])]
        for tag in (*remove, *add)
    }
    over = {tag: edits for tag, edits in over.items() if edits or tag.removeprefix("tag:") in remove}
    body = {**given("add", add), **given("remove", remove)}
    draft = {"kind": "resident.tagged", "entity": about["resident"], "grid": about["grid"], "over": over, "body": body}
    return _made(sheet, data, draft if body else {})


def _fact(sheet: Sheet, field: str, name: str, about: About) -> Any:
    """The value of a fact as typed into the input `name`; None when it is empty."""
    if field in ("contact", "name"):
        return sheet.line(name, NAME_CHARS_MAX)
    if field == "relation":
        return sheet.line(name, RELATION_CHARS_MAX)
    if field == "phone":
        return sheet.phone(name, PHONE_CHARS_MAX)
    if field == "occupancy":
        return sheet.choice(name, OCCUPANCIES)
    if field == "headcount":
        return sheet.number(name, 0, HEADCOUNT_MAX)
    if field == "birth_year":
        this_year = int(minute(about["now_ms"], about["offset_min"])[:4])
        return sheet.number(name, BIRTH_YEAR_MIN, this_year, "form.year")
    if field in ("lives_here", "deceased"):
        return {"yes": True, "no": False}.get(sheet.choice(name, YES_NO) or "")
    return sheet.words(name)


def suggestion(data: Data, about: About) -> Made:
    """What could be easier, said on a page: of that its name alone is kept."""
    sheet = Sheet(data)
    text = sheet.words("text")
    if text is None:
        sheet.wrong("text", "form.suggestion")
    body = {"text": text, "page": page_of(sheet.raw("page"))}
    return _made(sheet, data, {"kind": "suggestion.made", "grid": about["grid"], "over": {}, "body": body})


def patrol(data: Data, about: About) -> Made:
    """A tap: a patrol begins, or the one that is named ends, over the step that was in view."""
    sheet = Sheet(data)
    walk, grid = sheet.raw("patrol"), about["grid"]
    if not is_id(walk):
        return _made(sheet, data, {"kind": "patrol.started", "grid": grid, "over": {}, "body": {}})
    over = given("step", sheet.ids("step"))
    return _made(sheet, data, {"kind": "patrol.ended", "entity": walk, "grid": grid, "over": over, "body": {}})


def patrol_note(data: Data, about: About) -> Made:
    """What was come across, on a patrol or without one. `note` is one of theirs that is told anew, or taken back."""
    sheet = Sheet(data)
    note, building, walk = sheet.raw("note"), sheet.raw("building"), sheet.raw("patrol")
    known = {"entity": note} if is_id(note) else {}
    stands = {**known, "grid": about["grid"], "over": given("revision", sheet.ids("over"))}
    if known and sheet.has("withdraw"):
        return _made(sheet, data, {"kind": "patrol.withdrawn", **stands, "body": {}})
    what, text, blobs = sheet.choice("what", WHAT) or WHAT[0], sheet.words("text"), read_blobs(sheet.raw("blobs"))
    if text is None and not blobs:
        sheet.wrong("text", "form.patrol_note")
    body = {
        "what": what,
        **given("text", text),
        **(read_spot(cleaned(building)) if is_id(building[:ID_CHARS]) else {}),
        **given("patrol", walk if is_id(walk) else None),
        **given("blobs", blobs),
    }
    return _made(sheet, data, {"kind": "patrol.noted", **stands, "body": body})


def action(data: Data, about: About) -> Made:
    """What was agreed is done, over the step that was in view."""
    sheet = Sheet(data)
    known = {"entity": about["action"], "grid": about["grid"], "over": {"step": sheet.ids("step")}}
    return _made(sheet, data, {"kind": "action.done", **known, "body": {}})


def report(data: Data, about: About) -> Made:
    """What a volunteer noticed, at the moment of the tap: words, photos or a voice note, one of them at least."""
    sheet = Sheet(data)
    text, blobs = sheet.words("text"), read_blobs(sheet.raw("blobs"))
    if text is None and not blobs:
        sheet.wrong("text", "form.report")
    body = {"occurred_at_ms": about["now_ms"], **given("text", text), **given("blobs", blobs)}
    return _made(sheet, data, {"kind": "report.made", "grid": None, "over": {}, "body": body})


def withdrawal(data: Data, about: About) -> Made:
    """Its author takes a report back."""
    taken = {"kind": "report.withdrawn", "entity": about["report"], "grid": None, "over": {}, "body": {}}
    return _made(Sheet({}), data, taken)


def look(data: Data, about: About) -> Made:
    """A volunteer has looked in on somebody, at the moment of the tap: how they were found, and words if they like."""
    sheet = Sheet(data)
    state = sheet.choice("state", STATES)
    if state is None:
        sheet.wrong("state", "form.choose")
    pair = about["pair"]
    body = {"pair": pair["id"], "state": state, "occurred_at_ms": about["now_ms"], **given("text", sheet.words("text"))}
    return _made(sheet, data, {"kind": "care_check.made", "grid": pair["grid"], "over": {}, "body": body})


def look_back(data: Data, about: About) -> Made:
    """They take that back."""
    check = about["check"]
    taken = {"kind": "care_check.undone", "entity": check["id"], "grid": check["grid"], "over": {}, "body": {}}
    return _made(Sheet({}), data, taken)


def _made(sheet: Sheet, data: Data, draft: dict[str, Any]) -> Made:
    """The edits if nothing is wrong. What was typed comes back as it was, for the form to be shown again."""
    sent = sheet.raw("id")
    known = {"id": sent} if is_id(sent) else {}
    values = {name: sheet.all(name) if name == "tags" else sheet.raw(name) for name in data}
    drafts = [] if sheet.errors or not draft else [{**known, **draft}]
    return {"drafts": drafts, "errors": sheet.errors, "values": values}


def _of_item(read: Callable[[Sheet, About], dict[str, Any]]) -> Callable[[Data, About], Made]:
    def form(data: Data, about: About) -> Made:
        sheet = Sheet(data)
        return _made(sheet, data, read(sheet, about))

    return form


FORMS: dict[str, Callable[[Data, About], Made]] = {
    **{name: _of_item(read) for name, read in {**ITEM_FORMS, **WHISTLE_FORMS}.items()},
    "visit": visit,
    "correction": correction,
    "log": log,
    "order_answer": order_answer,
    "order_report": order_report,
    "care": care,
    "household": household,
    "resident": resident,
    "household_facts": household_facts,
    "resident_facts": resident_facts,
    "suggestion": suggestion,
    "patrol": patrol,
    "patrol_note": patrol_note,
    "action": action,
    "report": report,
    "withdrawal": withdrawal,
    "look": look,
    "look_back": look_back,
}
