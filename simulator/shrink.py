"""A schedule that breaks something, made as short as can be, and kept as a file with its story."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from simulator.mutations import planted
from simulator.plan import Plan, Step
from simulator.runs import run
from simulator.street import Street
from simulator.world import Violation, World

RUNS_MAX = 600
_CHANCE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9_-]{43}|[0-9]+")


class Case(msgspec.Struct, frozen=True):
    """A schedule kept: its story in plain words, what it broke, and the planted fault that made it break, if any."""

    story: list[str]
    broke: str
    plan: Plan
    fault: str | None = None


def likeness(broke: str) -> str:
    """What is broken, without the ids and numbers of this one time."""
    return _CHANCE.sub("…", broke)[:28]


def broken_by(street: Street, plan: Plan, fault: str | None) -> tuple[str, list[str]] | None:
    """What a schedule breaks, and its story; None when it breaks nothing."""
    with planted(fault):
        try:
            run(street, plan)
        except Violation as broken:
            return str(broken), World.newest.story if World.newest else []
    return None


def shrunk(street: Street, plan: Plan, fault: str | None = None, runs_max: int = RUNS_MAX) -> Case:
    """The shortest schedule found that still breaks the same thing."""
    first = broken_by(street, plan, fault)
    assert first is not None, "this schedule breaks nothing"
    like, left = likeness(first[0]), [runs_max]

    def breaks(tried: Plan) -> bool:
        left[0] -= 1
        found = broken_by(street, tried, fault)
        return found is not None and likeness(found[0]) == like

    plan = msgspec.structs.replace(plan, steps=_fewer(plan, plan.steps, breaks, left))
    for change in ({"processes": 1}, {"phones": 1}, {"phones": 2}, {"phones": 3}):
        smaller = msgspec.structs.replace(plan, **change)
        if smaller.phones < plan.phones or smaller.processes < plan.processes:
            plan = smaller if breaks(smaller) else plan
    found = broken_by(street, plan, fault)
    assert found is not None
    return Case(found[1], found[0], plan, fault)


def _fewer(plan: Plan, steps: Sequence[Step], breaks: Any, left: list[int]) -> list[Step]:
    """Delta debugging: pieces are taken away as long as it goes on breaking, smaller and smaller ones."""
    kept, size = list(steps), max(len(steps) // 2, 1)
    while left[0] > 0:
        at, before = 0, len(kept)
        while at < len(kept) and left[0] > 0:
            tried = kept[:at] + kept[at + size :]
            if breaks(msgspec.structs.replace(plan, steps=tried)):
                kept = tried
            else:
                at += size
        if size == 1 and len(kept) == before:
            break
        size = max(size // 2, 1)
    return kept


def keep(case: Case, file: Path) -> None:
    """Write it down, one step a line."""
    told = msgspec.to_builtins(case)
    plan = told["plan"]
    steps = ",\n  ".join(json.dumps([step["do"], step["phone"], step["dice"]]) for step in plan["steps"])
    head = {"story": told["story"], "broke": told["broke"], "fault": told["fault"]}
    head |= {key: plan[key] for key in ("seed", "phones", "processes")}
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    file.write_text(f'{text},\n "steps": [\n  {steps}\n ]\n}}\n', encoding="utf-8")


def kept(file: Path) -> Case:
    """Read it back."""
    told = json.loads(file.read_text(encoding="utf-8"))
    steps = [Step(*step) for step in told["steps"]]
    plan = Plan(told["seed"], told["phones"], told["processes"], steps)
    return Case(told["story"], told["broke"], plan, told["fault"])
