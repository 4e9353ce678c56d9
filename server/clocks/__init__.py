"""Clocks: which time counts, and when something is due by it. Pure: no clock, no SQL; what time it is, is an argument.

Deadlines are worked out whenever they are read, by the calendar as it stands then, and kept nowhere: not in the
journal, not on a phone.
"""

from server.clocks.deadlines import AMBER, STEPS, Clock, Pause, Reading, due_ms, extension_refused, read_clock
from server.clocks.limits import CATEGORIES, STAGES, UNITS, URGENCIES, Limit, limit_for, stage_limit
from server.clocks.workdays import FIRST_DAY, HOURS, Calendar, Hours, NoWorkingTime, hours_wrong
from server.clocks.years import HOLIDAYS, Year, published

__all__ = [
    "AMBER",
    "CATEGORIES",
    "FIRST_DAY",
    "HOLIDAYS",
    "HOURS",
    "STAGES",
    "STEPS",
    "UNITS",
    "URGENCIES",
    "Calendar",
    "Clock",
    "Hours",
    "Limit",
    "NoWorkingTime",
    "Pause",
    "Reading",
    "Year",
    "due_ms",
    "extension_refused",
    "hours_wrong",
    "limit_for",
    "published",
    "read_clock",
    "stage_limit",
]
