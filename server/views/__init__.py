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
    carry,
    doors,
    elder,
    facts,
    found,
    gate,
    household,
    household_form,
    log,
    more,
    notes,
    outbox,
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
    "elder_home": elder.home,
    "elder_report": elder.report,
    "elder_sent": elder.sent,
    "elder_mine": elder.mine,
    "elder_call": elder.call,
    "elder_install": elder.install,
    "elder_visits": elder.visits,
    "elder_visit": elder.visit,
    "elder_missing": elder.missing,
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
    "elder_home": elder.NEEDS,
    "elder_report": elder.NEEDS,
    "elder_sent": elder.NEEDS,
    "elder_mine": elder.NEEDS,
    "elder_call": elder.NEEDS,
    "elder_install": elder.NEEDS,
    "elder_visits": elder.NEEDS,
    "elder_visit": elder.NEEDS,
    "elder_missing": elder.NEEDS,
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
    "elder_home": "elder/home.html",
    "elder_report": "elder/report.html",
    "elder_sent": "elder/sent.html",
    "elder_mine": "elder/mine.html",
    "elder_call": "elder/call.html",
    "elder_install": "elder/install.html",
    "elder_visits": "elder/visits.html",
    "elder_visit": "elder/visit.html",
    "elder_missing": "elder/missing.html",
}

__all__ = ["NEEDS", "TEMPLATES", "VIEWS", "Context", "Params", "Rows", "View"]
