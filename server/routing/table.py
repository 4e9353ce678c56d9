"""The rules as they were first, and with what an installation and a community say instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from server.routing.suggest import Rule

_FILE = Path(__file__).with_name("rules.json")


class First(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule as the file has it."""

    code: str
    words: str
    category: str | None
    offices: str
    level: int | None
    urgency: str | None = None
    courtyard: str | None = None


class Line(NamedTuple):
    """A rule as it is in force, and the row (of the table) that says so; None where it is as at first."""

    rule: Rule
    said: Mapping[str, Any] | None


@cache
def first_rules() -> tuple[Rule, ...]:
    """Those that an installation begins with, in their order."""
    told = msgspec.json.decode(_FILE.read_bytes(), type=list[First])
    return tuple(rule_of(msgspec.structs.asdict(each)) for each in told)


def rule_of(row: Mapping[str, Any]) -> Rule:
    """A rule of a row's columns."""
    kind = (row["category"], tuple(row["offices"].split()), row["level"], row["urgency"], row["courtyard"])
    return Rule(row["code"], tuple((row["words"] or "").split()), *kind)


def lines_in_force(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The first rules with what is said instead, those of the community over those of the installation; then others.
    What is as at first again gives way to what stood below it; a rule without words says nothing, and stands still."""
    said: dict[str, Mapping[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["community"] is not None, row["rev"])):
        if row["words"] is not None:
            said[row["code"]] = row
    first = {rule.code: rule for rule in first_rules()}
    lines = [Line(rule_of(said[code]) if code in said else rule, said.get(code)) for code, rule in first.items()]
    return lines + [Line(rule_of(row), row) for code, row in said.items() if code not in first]


def rules_in_force(rows: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """The same as `suggest` takes them."""
    return [line.rule for line in lines_in_force(rows)]
