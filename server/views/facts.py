"""Facts with edit in place: one row shown, or the same row opened to write in."""

from __future__ import annotations

from .common import Context, Params, Row, Rows, by_id, first, frame, offset_of
from .people import (
    HOUSEHOLD_FACTS,
    OCCUPANCIES,
    RESIDENT_FACTS,
    TAGS,
    fact_of,
    facts_of,
    head_of,
    leaving_of,
    reader_of,
    tag_choices,
    tags_of,
    tags_over,
)

NEEDS = {"grid": "all", "building": "all", "household": "here", "resident": "here"}
TEMPLATE = "field/facts.html"
FRAGMENT = "field/_facts.html"


def view(rows: Rows, now_ms: int, params: Params) -> Context | None:
    """All facts of a household or a resident, or the one in `field`, opened. None when there is none such."""
    offset = offset_of(rows, params)
    if params.get("resident"):
        row = first(rows, "resident", params["resident"])
        fields: tuple[str, ...] = RESIDENT_FACTS
        household = first(rows, "household", row["household"]) if row else None
    else:
        row = household = first(rows, "household", params.get("household"))
        fields = HOUSEHOLD_FACTS
    if row is None or household is None:
        return None
    # A field that nobody has is somebody's typing: all facts are shown.
    known = (*fields, "tags") if params.get("resident") else fields
    field = params.get("field") if params.get("field") in known else None
    whose = "residents" if params.get("resident") else "households"
    values = params.get("values") or (params.get("draft") or {}).get("values")
    reader = reader_of(params, now_ms, offset)
    fact = fact_of(row, field, reader) if field and field != "tags" else None
    return {
        **frame(rows, now_ms, params, "doors"),
        "household": head_of(household, by_id(rows, "building").get(household["building"])),
        "whose": whose,
        "id": row["id"],
        "facts": facts_of(row, fields, reader),
        "fact": fact if fact is None or values is None else {**fact, **_sent(values)},
        "field": field or "",
        "open": bool(field) and not params.get("stated"),
        **_ticks(row, values if field == "tags" else None),
        "leaving": leaving_of(row, reader),
        "changed": _changed(row, params),
        "half_tags": f"fact:residents:{row['id']}:tags" in reader["half"],
        "decides": reader["decides"],
        "occupancies": OCCUPANCIES,
        "errors": params.get("errors") or {},
        "unsent": bool(row.get("unsent")),
    }


def _ticks(row: Row, values: Context | None) -> Context:
    """The tags somebody has and may have. Of a half-written form: what was ticked, over what was in view then."""
    had, choices, over = tags_of(row), tag_choices(row), tags_over(row)
    if values is not None:
        ticked = values.get("tags") or ()
        had = [tag for tag in TAGS if tag in str(values.get("had") or "").split(",")]
        choices = [{**choice, "had": choice["tag"] in ticked} for choice in choices]
        over = values.get("over") or ""
    return {"tags": had, "tag_choices": choices, "tags_over": over}


def _changed(row: Row, params: Params) -> Context | None:
    """A tag just given, taken off or kept, which one tap brings back to what it was."""
    tag, edit = params.get("tag"), params.get("undo")
    if not edit or tag not in TAGS or any(head["edit"] == edit for head in (row.get("leaving") or {}).get(tag) or ()):
        return None
    now = (row.get("tags") or {}).get(tag) or ()
    said = "gone" if not now else "given" if len(now) == 1 else "kept"
    return {"tag": tag, "edit": edit, "said": said} if edit in now or not now else None


def undo_query(kind: str, body: Row, edit: str) -> str:
    """What the address of a person's facts says after tags were changed, so that one tap takes it back."""
    tags = [*(body.get("add") or ()), *(body.get("remove") or ())]
    return f"?undo={edit}&tag={tags[0]}" if kind == "resident.tagged" and len(tags) == 1 else ""


def _sent(values: Context) -> Context:
    """What was typed, and the heads that were in view when the form was opened: they stay while it is mended."""
    return {"value": values.get("value") or "", "over": values.get("over") or ""}
