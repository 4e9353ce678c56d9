"""People and facts as pages show them: every value nobody has replaced, who said it and when."""

from __future__ import annotations

from .common import Context, Params, Row, differs, heads, local, place, short, shown
from .doors_at import person_of

HOUSEHOLD_FACTS = ("contact", "phone", "occupancy", "headcount", "note")
RESIDENT_FACTS = ("name", "relation", "birth_year", "phone", "lives_here", "note")
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
        "unsent": bool(household.get("unsent")),
    }


def fact_of(row: Row, field: str, offset: int) -> Context:
    """One fact: what is shown, whether people differ, and the heads a new value will replace."""
    known = heads(row, field)
    different: list[Row] = []
    for head in known:
        if all(head.get("value") != other.get("value") for other in different):
            different.append(head)
    return {
        "field": field,
        "value": as_text(shown(row, field)),
        "known": bool(known),
        "over": ",".join(head["edit"] for head in known),
        "differs": differs(row, field),
        "heads": [
            {"value": as_text(head.get("value")), "by": head.get("by") or "", "at": local(head.get("at_ms"), offset)}
            for head in different
        ],
    }


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


def person_row(resident: Row, offset: int) -> Context:
    """A resident as one line of the household: who they are to it, and how to reach them."""
    return {
        "id": resident["id"],
        "relation": as_text(shown(resident, "relation")),
        "name": as_text(shown(resident, "name")),
        "birth_year": as_text(shown(resident, "birth_year")),
        "phone": as_text(shown(resident, "phone")),
        "elsewhere": shown(resident, "lives_here") is False,
        "note": as_text(shown(resident, "note")),
        "tags": tags_of(resident),
        "differs": any(differs(resident, field) for field in RESIDENT_FACTS),
        "unsent": bool(resident.get("unsent")),
    }


def facts_of(row: Row, fields: tuple[str, ...], offset: int) -> list[Context]:
    """All facts of a household or a resident, in the order pages show them."""
    return [fact_of(row, field, offset) for field in fields]


def tag_choices(row: Row | None) -> list[Context]:
    """Every tag with a tick where somebody set it."""
    had = tags_of(row) if row else []
    return [{"tag": tag, "had": tag in had} for tag in TAGS]


def tags_over(row: Row) -> str:
    """The additions a removal would cover, as `tag:edit` pairs."""
    tags = row.get("tags") or {}
    return ",".join(f"{tag}:{edit}" for tag in TAGS for edit in tags.get(tag) or ())


def first_wrong(params: Params, names: tuple[str, ...]) -> str:
    """The first input of a form that is wrong, where the reader goes on; nothing when all is well."""
    return next((name for name in names if name in (params.get("errors") or {})), "")


def form_state(params: Params, names: tuple[str, ...], given: Context) -> Context:
    """What the inputs of a form hold: what was just sent, else the half-written draft, else what is given."""
    draft = (params.get("draft") or {}).get("values") or {}
    sent = params.get("values")
    source = sent if sent is not None else {**given, **draft}
    return {name: source.get(name) if source.get(name) is not None else "" for name in names}
