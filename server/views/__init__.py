"""What each field page shows, as pure functions of rows, the clock and the address: the twin of web/phone/views/.

`VIEWS[name](rows, now_ms, params)` answers a template's context, or None when there is no such door. `NEEDS[name]` says
which rows a page reads: "all", "here" (of the household in `params`) or "today" (visits of the last two days). Rows
have the feed's shape with unsent edits laid over them; those carry `unsent`. More rows than asked for change nothing.
tests/vectors/views/ pins both halves.
"""

from __future__ import annotations

from collections.abc import Callable

from . import (
    bare,
    care,
    carry,
    doors,
    emergency,
    facts,
    followups,
    found,
    gate,
    household,
    household_form,
    items,
    log,
    more,
    notes,
    order,
    outbox,
    patrol,
    pick,
    resident_form,
    suggestion_form,
    today,
    visit,
)
from . import visit_form as visit_form
from .common import Context, Params, Rows

View = Callable[[Rows, int, Params], Context | None]

VIEWS: dict[str, View] = {
    "today": today.view,
    "doors": doors.view,
    "found": found.view,
    "household": household.view,
    "visit_form": visit_form.view,
    "visit": visit.view,
    "household_form": household_form.view,
    "resident_form": resident_form.view,
    "facts": facts.view,
    "pick": pick.view,
    "log": log.view,
    "order": order.view,
    "patrol": patrol.view,
    "care": care.view,
    "emergency": emergency.view,
    "followups": followups.view,
    "item": items.view,
    "mediation_form": items.mediation,
    "outbox": outbox.view,
    "more": more.view,
    "carry": carry.view,
    "notes": notes.view,
    "missing": bare.view,
    "arriving": bare.view,
    "pin": gate.view,
    "locked": gate.view,
    "passkey": gate.view,
    "suggestion_form": suggestion_form.view,
}

NEEDS: dict[str, dict[str, str]] = {
    "today": today.NEEDS,
    "doors": doors.NEEDS,
    "found": found.NEEDS,
    "household": household.NEEDS,
    "visit_form": visit_form.NEEDS,
    "visit": visit.NEEDS,
    "household_form": household_form.NEEDS,
    "resident_form": resident_form.NEEDS,
    "facts": facts.NEEDS,
    "pick": pick.NEEDS,
    "log": log.NEEDS,
    "order": order.NEEDS,
    "patrol": patrol.NEEDS,
    "care": care.NEEDS,
    "emergency": emergency.NEEDS,
    "followups": followups.NEEDS,
    "item": items.NEEDS,
    "mediation_form": items.MEDIATION_NEEDS,
    "outbox": outbox.NEEDS,
    "more": more.NEEDS,
    "carry": carry.NEEDS,
    "notes": notes.NEEDS,
    "missing": bare.NEEDS,
    "arriving": bare.NEEDS,
    "pin": gate.NEEDS,
    "locked": gate.NEEDS,
    "passkey": gate.NEEDS,
    "suggestion_form": suggestion_form.NEEDS,
}

TEMPLATES: dict[str, str] = {
    "today": today.TEMPLATE,
    "doors": doors.TEMPLATE,
    "found": found.TEMPLATE,
    "household": household.TEMPLATE,
    "visit_form": visit_form.TEMPLATE,
    "visit": visit.TEMPLATE,
    "household_form": household_form.TEMPLATE,
    "resident_form": resident_form.TEMPLATE,
    "facts": facts.TEMPLATE,
    "pick": pick.TEMPLATE,
    "log": log.TEMPLATE,
    "order": order.TEMPLATE,
    "patrol": patrol.TEMPLATE,
    "care": care.TEMPLATE,
    "emergency": emergency.TEMPLATE,
    "followups": followups.TEMPLATE,
    "item": items.TEMPLATE,
    "mediation_form": items.MEDIATION_TEMPLATE,
    "outbox": outbox.TEMPLATE,
    "more": more.TEMPLATE,
    "carry": carry.TEMPLATE,
    "notes": notes.TEMPLATE,
    "missing": bare.MISSING_TEMPLATE,
    "arriving": bare.ARRIVING_TEMPLATE,
    "pin": gate.PIN_TEMPLATE,
    "locked": gate.LOCKED_TEMPLATE,
    "passkey": gate.PASSKEY_TEMPLATE,
    "suggestion_form": suggestion_form.TEMPLATE,
}

__all__ = ["NEEDS", "TEMPLATES", "VIEWS", "Context", "Params", "Rows", "View"]
