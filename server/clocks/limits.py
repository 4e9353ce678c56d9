"""Time limits: how long each kind of matter may take, by what it is about and how urgent it is.

Sources: the draft standard of Beijing (2 h, 24 h, 7 and 15 days), a community's smaller limits (urgent 24 h), the rules
of mediation (30 days). What no source says (how soon the committee answers, a department takes a matter on, somebody
checks and asks again) is ours, and like the rest to be changed by an installation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Unit = Literal["minute", "hour", "day", "working_hour", "working_day"]
UNITS: tuple[Unit, ...] = ("minute", "hour", "day", "working_hour", "working_day")
CATEGORIES = ("W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08", "W09", "W10", "W11", "W12")
URGENCIES = ("danger", "urgent", "normal", "complex")


class Limit(NamedTuple):
    """So many of a unit.

    - *minute*, *hour*: by day and night, from the moment of dispatch. Danger does not keep office hours.
    - *day*: calendar days, the day of dispatch not counted, until work ends on the last one, or on the next working day
      where that is off (civil code, arts. 201, 203).
    - *working_hour*: from the moment of dispatch, working time alone.
    - *working_day*: the day of dispatch not counted, until work ends on the last one.
    """

    amount: int
    unit: Unit


DANGER, URGENT, COMPLEX = Limit(2, "hour"), Limit(24, "hour"), Limit(15, "day")
NORMAL: Mapping[str, Limit] = {
    "W01": URGENT,
    "W02": Limit(7, "day"),
    "W03": URGENT,
    "W04": Limit(7, "day"),
    "W05": COMPLEX,
    "W06": Limit(1, "working_day"),
    "W07": URGENT,
    "W08": URGENT,
    "W09": URGENT,
    "W10": Limit(30, "day"),
    "W11": Limit(3, "working_day"),
    "W12": Limit(1, "working_day"),
}
"""What each category may take when nobody says that it is urgent or complex."""

Stage = Literal["respond", "accept", "verify", "revisit"]
STAGES: Mapping[Stage, tuple[Limit, Limit]] = {
    "respond": (Limit(30, "minute"), Limit(4, "working_hour")),
    "accept": (Limit(1, "hour"), Limit(1, "working_day")),
    "verify": (Limit(1, "working_day"), Limit(1, "working_day")),
    "revisit": (Limit(3, "working_day"), Limit(3, "working_day")),
}
"""What each step on the way may take: where it is urgent or dangerous, and else."""


def limit_for(category: str, urgency: str, changed: Mapping[tuple[str, str], Limit] | None = None) -> Limit:
    """How long a matter may take. `changed`: what the installation says instead, by category and urgency.

    A complex matter keeps its category's own limit where that is longer: 30 days for a quarrel.

    Raises:
        KeyError: there is no such category or urgency.
    """
    normal = NORMAL[category]
    longer = normal if normal.unit == "day" and normal.amount > COMPLEX.amount else COMPLEX
    default = {"danger": DANGER, "urgent": URGENT, "normal": normal, "complex": longer}[urgency]
    return (changed or {}).get((category, urgency), default)


def stage_limit(stage: Stage, urgency: str) -> Limit:
    """How long one step of a matter may take."""
    urgent, other = STAGES[stage]
    return urgent if urgency in ("danger", "urgent") else other
