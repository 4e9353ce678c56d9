"""What has left the phone and what waits, in plain words, with how far each has come."""

from __future__ import annotations

from typing import Any

from .blobs import blobs_told
from .common import ASKS, Context, Params, Row, Rows, by_id, day_of, frame, local, offset_of, restored_of, short, shown
from .doors_at import person_of
from .people import HOUSEHOLD_FACTS, OCCUPANCIES, RESIDENT_FACTS, TAGS, as_text
from .visit_form import RESULTS

NEEDS = {
    "grid": "all",
    "building": "all",
    "household": "all",
    "resident": "all",
    "visit": "all",
    "aside": "all",
    "care_pair": "all",
}
TEMPLATE = "field/outbox.html"

SHOWN_SENT = 30
ASIDE = "quarantined"
KINDS = frozenset(
    {
        *("visit.recorded", "visit.corrected", "visit.settled", "visit.undone", "building.added"),
        *("household.added", "household.stated", "household.undone"),
        *("resident.added", "resident.stated", "resident.tagged", "resident.undone", "daily_log.sent"),
        *("whistle.raised", "whistle.moved", "whistle.told"),
        *("visit.kept", "item.raised", "item.moved", "item.rated", "item.told", "item.withdrawn"),
        *("patrol.started", "patrol.ended", "patrol.noted", "patrol.withdrawn"),
        *(
            "suggestion.made",
            *("order.answered", "order.reported"),
            "action.done",
            "care_check.made",
            "care_check.undone",
        ),
    }
)
"""What has a name here. Anything else, of a later version say, is some other record."""

FACTS = frozenset({*HOUSEHOLD_FACTS, *RESIDENT_FACTS})
YES_NO = ("yes", "no")
CHOICES = {"occupancy": OCCUPANCIES, "lives_here": YES_NO, "deceased": YES_NO}
REASONS = frozenset(
    {
        *("unknown_kind", "bad_body", "out_of_scope", "not_author", "unknown_entity", "fork", "fold_error"),
        *("needs_decision", "decided", "already_in", "revoked", "unknown_tag", "sealed", "erased"),
    }
)


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """Comfort first, then what was tried, then every edit: those that wait, oldest first, and those that arrived."""
    offset = offset_of(rows, params)
    today = day_of(now_ms, offset)
    known = {kind: by_id(rows, kind) for kind in ("building", "household", "resident", "visit", "care_pair")}
    edits = sorted(params.get("edits") or (), key=lambda edit: int(edit["n"]))
    made = {edit["id"]: edit for edit in edits}
    blobs = params.get("blobs") or {}
    lines = [
        {**_line(edit, known, made, today, offset), "proof": _proof(edit, params), **_blobs(edit, blobs)}
        for edit in edits
    ]
    waiting = [line for line in lines if not line["received"]]
    decided = by_id(rows, "aside")
    aside = [
        {**line, "decided": _decided(decided.get(line["id"]), today, offset)}
        for line in reversed(lines)
        if line["aside"]
    ]
    sent = [line for line in reversed(lines) if line["received"] and not line["aside"]]
    exchange = params.get("exchange") or {}
    tried_ms, ok_ms = exchange.get("tried_ms"), exchange.get("ok_ms")
    problem = exchange.get("problem")
    return {
        **frame(rows, now_ms, params, "outbox"),
        "me": params.get("me") or "",
        # Without an exchange it is the server that draws: nothing lies on a phone.
        "on_phone": bool(exchange),
        "waiting_edits": waiting,
        "oldest": waiting[0]["at"] if waiting else None,
        "oldest_today": bool(waiting) and waiting[0]["today"],
        "aside_edits": aside,
        # Half-written forms whose home is no longer on this phone, as the edits they would make.
        "halves": [
            {
                **_line(half, known, made, today, offset),
                "proof": _proof(half, params),
                **_blobs(half, blobs),
                "to": half["to"],
            }
            for half in params.get("halves") or ()
        ],
        # The file that can be carried by hand; None where nothing waits.
        "capsule": params.get("capsule") if waiting else None,
        "sent": sent[:SHOWN_SENT],
        "sent_count": len(sent),
        "blobs_waiting": sum(bool(blob.get("todo")) for blob in blobs.values()),
        "tried": _moment(tried_ms, today, offset),
        "next": _moment(exchange.get("next_ms"), today, offset),
        "arrived": _moment(ok_ms, today, offset),
        "running": bool(exchange.get("running")),
        "revoked": bool(params.get("revoked")),
        "doubt": bool(params.get("doubt")),
        "restored": restored_of(params, now_ms, offset),
        "problem": _problem(problem) if problem and (ok_ms is None or tried_ms is None or tried_ms > ok_ms) else None,
    }


def _proof(edit: Row, params: Params) -> str | None:
    """Whether the log was proved to hold it; the server that draws for a phone cannot say."""
    if not params.get("exchange"):
        return None
    return "yes" if edit.get("proved") and not params.get("doubt") else "wait"


def _moment(ms: int | None, today: int, offset: int) -> Context | None:
    return None if ms is None else {"at": local(ms, offset), "today": day_of(ms, offset) == today}


def _problem(code: str) -> str:
    """What went wrong as the page says it: no way through, the phone is not known, or the server stumbled."""
    if code in ("unknown_device", "bad_signature", "revoked", "closed"):
        return "unknown_device"
    if code in ("network", "timeout", "offline"):
        return "network"
    return "server"


def _line(edit: Row, known: dict[str, dict[str, Row]], made: dict[str, Row], today: int, offset: int) -> Context:
    body = edit.get("body") or {}
    household, whom = _about(edit, body, known, made)
    building = known["building"].get((household or {}).get("building") or "")
    received_ms = edit.get("received_ms")
    at_ms = edit["at_ms"]
    return {
        "id": edit["id"],
        "kind": edit["kind"].replace(".", "_") if edit["kind"] in KINDS else "other",
        "at": local(at_ms, offset),
        "today": day_of(at_ms, offset) == today,
        "name": whom,
        "who": _who(edit, body, known, made),
        "door": short(building, household) if household else edit.get("door") or "",
        "household": household["id"] if household and household["id"] in known["household"] else None,
        "visit": edit["entity"] if edit["kind"] in ("visit.recorded", "visit.corrected") else None,
        "result": body.get("result") if body.get("result") in RESULTS else None,
        "mode": body.get("mode"),
        "words": _words(body),
        "facts": [
            {**_fact(field, as_text(value)), "of": "resident" if "resident" in edit["kind"] else "household"}
            for field, value in (body.get("facts") or {}).items()
            if not isinstance(value, dict | list)
        ],
        "same": bool(edit.get("same")),
        "add": [tag for tag in body.get("add") or () if tag in TAGS],
        "remove": [tag for tag in body.get("remove") or () if tag in TAGS],
        "received": local(received_ms, offset),
        "undone": _undone(body.get("field") or "") if str(edit["kind"]).endswith(".undone") else None,
        "aside": _reason(edit.get("reason")) if edit.get("outcome") == ASIDE else None,
    }


def _fact(field: str, value: str) -> Context:
    """A fact by its name. One that has none here, or a value without words, is shown as it was written."""
    known = field in FACTS and (not value or value in CHOICES.get(field, (value,)))
    return {"field": field if known else "", "value": value}


def _undone(field: str) -> str:
    return field if field in FACTS or field.startswith("tag:") else ""


def _who(edit: Row, body: Row, known: dict[str, dict[str, Row]], made: dict[str, Row]) -> str:
    """What the resident is called whom an edit is about; nothing where it is about nobody, or nobody said."""
    if edit["kind"] not in KINDS or not edit["kind"].startswith("resident."):
        return ""
    resident = known["resident"].get(edit["entity"])
    added = body if edit["kind"] == "resident.added" else (made.get(edit["entity"], {}).get("body") or {})
    name = shown(resident, "name") if resident is not None else (added.get("facts") or {}).get("name")
    return name if isinstance(name, str) else ""


def _reason(reason: str | None) -> str:
    return reason if reason in REASONS else "other"


def _decided(row: Row | None, today: int, offset: int) -> Context | None:
    """What a leader decided about an edit that had been set aside."""
    if row is None:
        return None
    when = {"at": local(row.get("at_ms"), offset), "today": day_of(row.get("at_ms") or 0, offset) == today}
    return {"decision": row["decision"], "by": row.get("by") or "", "reason": row.get("reason") or "", **when}


def _blobs(edit: Row, known: Row) -> Context:
    return {"blobs": blobs_told((edit.get("body") or {}).get("blobs"), known)}


def _about(edit: Row, body: Row, known: dict[str, dict[str, Row]], made: dict[str, Row]) -> tuple[Row | None, str]:
    """The household an edit is about and what to call it; from rows, else from the edit that made it."""
    kind, entity = edit["kind"], edit["entity"]
    if kind.startswith("visit."):
        ref = body.get("household") or (known["visit"].get(entity) or {}).get("household")
    elif kind.startswith("care_check."):
        ref = (known["care_pair"].get(body.get("pair") or "") or {}).get("household")
    elif kind in ("resident.added", "item.raised", "whistle.raised"):
        ref = body.get("household")
    elif kind.startswith("resident."):
        resident = known["resident"].get(entity)
        ref = resident["household"] if resident else (made.get(entity, {}).get("body") or {}).get("household")
    elif kind == "building.added":
        return None, f"{body.get('quarters') or ''}{body.get('name') or ''}"
    else:
        ref = entity
    household: Any = known["household"].get(ref or "")
    if household is None and ref in made:
        own = made[ref].get("body") or {}
        household = {**own, "id": ref}
        return household, str((own.get("facts") or {}).get("contact") or "")
    return household, person_of(household) if household else ""


def _words(body: Row) -> str:
    if body.get("private"):
        return ""  # what is for the station alone is not read again, not even here
    asks = body.get("asks") or {}
    return " ".join(str(text) for text in (body.get("text"), *(asks.get(ask) for ask in ASKS)) if text)
