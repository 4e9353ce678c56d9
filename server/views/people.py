"""People and facts as pages show them: every value nobody has replaced, who said it and when."""

from __future__ import annotations

from collections.abc import Sequence

from .common import Context, Params, Row, day_of, differs, heads, local, place, short, shown
from .doors_at import person_of
from .half import half_keys

HOUSEHOLD_FACTS = ("contact", "phone", "occupancy", "headcount", "note")
RESIDENT_FACTS = ("name", "relation", "birth_year", "phone", "lives_here", "deceased", "note")
ASKING = ("occupancy", "lives_here", "deceased")
"""Facts of which some values are only proposed until a leader decides (sync/rules/table.py)."""

DECIDING = ("grid_leader", "station_master")
OCCUPANCIES = ("owner", "rented", "vacant", "shop", "unknown")
TAGS = (
    "elder_alone",
    "elder_couple",
    "disabled",
    "low_income",
    "left_behind_child",
    "child_hardship",
    "bereaved_parents",
    "veteran",
    "floating",
)


def head_of(household: Row, building: Row | None) -> Context:
    """What names a household on every page about it."""
    return {
        "id": household["id"],
        "building": household["building"],
        "kind": household.get("kind") or "home",
        "name": person_of(household),
        "place": place(building, household),
        "short": short(building, household),
        "grid": household.get("grid") or "",
        "unsent": bool(household.get("unsent")),
    }


def reader_of(params: Params, now_ms: int, offset: int) -> Context:
    """Who reads the page, and on which day: what they may decide, and which words are their own."""
    return {
        "me": params.get("me") or "",
        "decides": params.get("role") in DECIDING,
        "offset": offset,
        "today": day_of(now_ms, offset),
        # Just stated on this very page: it can be taken back.
        "fresh": bool(params.get("stated")),
        "half": half_keys(params),
    }


def fact_of(row: Row, field: str, reader: Context) -> Context:
    """One fact: what is shown, the heads a new value will replace, and where people differ or somebody must decide,
    every value with who wrote it, when, and what they had in view."""
    known = heads(row, field)
    return {
        "field": field,
        "value": as_text(shown(row, field)),
        "known": bool(known),
        "over": ",".join(head["edit"] for head in known),
        "half": any(key.endswith(f":{row['id']}:{field}") for key in reader["half"]),
        "differs": differs(row, field),
        "asked": [_asked(head, reader) for head in known if head.get("proposed")],
        "heads": _values(known, reader) if differs(row, field) else [],
        "settled": None if differs(row, field) else _settled(known, field, reader),
    }


def _asked(head: Row, reader: Context) -> Context:
    """A value that waits for a leader: who proposed it, and the edit to take back where that was the reader."""
    mine = _is_mine(head, reader)
    return {"by": head.get("by") or "", "mine": mine, "edit": head["edit"] if mine else ""}


def _is_mine(head: Row, reader: Context) -> bool:
    return bool(reader["me"]) and head.get("by") == reader["me"]


def _values(known: Sequence[Row], reader: Context) -> list[Context]:
    """The different values, each once; `pick` where the reader's tap settles it. What is only proposed where nothing
    stood stands beside that: nothing."""
    kinds: dict[tuple[str, bool], list[Row]] = (
        {} if any(not head.get("proposed") for head in known) else {("", False): []}
    )
    for head in known:
        kinds.setdefault((as_text(head.get("value")), bool(head.get("proposed"))), []).append(head)
    standing = sum(not proposed for _, proposed in kinds)
    return [
        {
            "value": value,
            "proposed": proposed,
            "pick": reader["decides"] or standing == len(kinds) or (standing > 1 and not proposed),
            "told": [_told(head, reader) for head in each],
        }
        for (value, proposed), each in kinds.items()
    ]


def _told(head: Row, reader: Context) -> Context:
    saw = head.get("saw") or ()
    return {**_wrote(head, reader), "saw": list(dict.fromkeys(as_text(each.get("value")) for each in saw))}


def _wrote(head: Row, reader: Context) -> Context:
    at_ms, offset = head.get("at_ms"), reader["offset"]
    return {
        "by": head.get("by") or "",
        "at": local(at_ms, offset),
        "today": at_ms is not None and day_of(at_ms, offset) == reader["today"],
    }


def _settled(known: Sequence[Row], field: str, reader: Context) -> Context | None:
    """What somebody settled, and the edit that undoes it where the reader may."""
    for head in known:
        saw = head.get("saw") or ()
        values = list(dict.fromkeys(as_text(each.get("value")) for each in saw))
        changed = reader["fresh"] and any(value != as_text(head.get("value")) for value in values)
        if len(values) > 1 or any(each.get("proposed") for each in saw) or changed:
            may = field not in ASKING or reader["decides"] or _is_mine(head, reader)
            return {**_wrote(head, reader), "saw": values, "undo": head["edit"] if may else ""}
    return None


def as_text(value: object) -> str:
    """A fact's value as forms carry it: yes and no for what is true or false, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def tags_of(row: Row) -> list[str]:
    """The tags pages name. Any other tag is nobody's business here."""
    return [tag for tag in TAGS if (row.get("tags") or {}).get(tag)]


def person_row(resident: Row, half: Sequence[str] = ()) -> Context:
    """A resident as one line of the household: who they are to it, and how to reach them. `half`: see `half_keys`."""
    return {
        "id": resident["id"],
        "relation": as_text(shown(resident, "relation")),
        "name": as_text(shown(resident, "name")),
        "birth_year": as_text(shown(resident, "birth_year")),
        "phone": as_text(shown(resident, "phone")),
        "elsewhere": shown(resident, "lives_here") is False,
        "deceased": shown(resident, "deceased") is True,
        "note": as_text(shown(resident, "note")),
        "tags": tags_of(resident),
        "differs": any(_written_twice(resident, field) for field in RESIDENT_FACTS),
        "asked": [
            {"field": field, "by": head.get("by") or ""}
            for field in ASKING
            for head in heads(resident, field)
            if head.get("proposed")
        ],
        "leaving": [tag for tag in TAGS if (resident.get("leaving") or {}).get(tag)],
        "unsent": bool(resident.get("unsent")),
        "half": any(key.startswith(f"fact:residents:{resident['id']}:") for key in half),
    }


def _written_twice(row: Row, field: str) -> bool:
    """What only waits to be confirmed is told by itself."""
    return differs(row, field) and not any(head.get("proposed") for head in heads(row, field))


def facts_of(row: Row, fields: tuple[str, ...], reader: Context) -> list[Context]:
    """All facts of a household or a resident, in the order pages show them."""
    return [fact_of(row, field, reader) for field in fields]


def tag_choices(row: Row | None) -> list[Context]:
    """Every tag with a tick where somebody set it."""
    had = tags_of(row) if row else []
    return [{"tag": tag, "had": tag in had} for tag in TAGS]


def tags_over(row: Row) -> str:
    """What a change of tags would cover, additions and proposed removals, as `tag:edit` pairs."""
    return ",".join(f"{tag}:{edit}" for tag in TAGS for edit in _said_of(row, tag))


def _said_of(row: Row, tag: str) -> list[str]:
    asked = (row.get("leaving") or {}).get(tag) or ()
    return [*((row.get("tags") or {}).get(tag) or ()), *(head["edit"] for head in asked)]


def leaving_of(row: Row, reader: Context) -> list[Context]:
    """Tags that somebody proposes to take off; `mine` where the reader did: they may take that back."""
    leaving = row.get("leaving") or {}
    return [
        {
            "tag": tag,
            "told": [{**_wrote(head, reader), "mine": _is_mine(head, reader)} for head in leaving[tag]],
            "mine": ",".join(f"{tag}:{head['edit']}" for head in leaving[tag] if _is_mine(head, reader)),
            "over": ",".join(f"{tag}:{edit}" for edit in _said_of(row, tag)),
        }
        for tag in TAGS
        if leaving.get(tag)
    ]


def first_wrong(params: Params, names: tuple[str, ...]) -> str:
    """The first input of a form that is wrong, where the reader goes on; nothing when all is well."""
    return next((name for name in names if name in (params.get("errors") or {})), "")


def form_state(params: Params, names: tuple[str, ...], given: Context) -> Context:
    """What the inputs of a form hold: what was just sent, else the half-written draft, else what is given."""
    draft = (params.get("draft") or {}).get("values") or {}
    sent = params.get("values")
    source = sent if sent is not None else {**given, **draft}
    return {name: source.get(name) if source.get(name) is not None else "" for name in names}
