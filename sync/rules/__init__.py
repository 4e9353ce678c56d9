"""What edits mean, one file an entity."""

from sync.rules import (
    aside,
    building,
    care,
    community,
    daily_log,
    department,
    device,
    erased,
    export,
    grid,
    household,
    pair,
    passkey,
    person,
    record,
    recovery,
    report,
    resident,
    restricted,
    server,
    stand_in,
    suggestion,
    version,
    visit,
    words,
)
from sync.rules.rule import Decision, Rule, Said
from sync.rules.version import RULES_VERSION

RULES: dict[str, Rule] = {
    **community.KINDS,
    **grid.KINDS,
    **department.KINDS,
    **person.KINDS,
    **stand_in.KINDS,
    **recovery.KINDS,
    **record.KINDS,
    **device.KINDS,
    **passkey.KINDS,
    **building.KINDS,
    **household.KINDS,
    **resident.KINDS,
    **visit.KINDS,
    **pair.KINDS,
    **daily_log.KINDS,
    **restricted.KINDS,
    **export.KINDS,
    **erased.KINDS,
    **words.KINDS,
    **version.KINDS,
    **server.KINDS,
    **suggestion.KINDS,
    **care.KINDS,
    **report.KINDS,
}
RULES.update(aside.kinds(RULES))

__all__ = ["RULES", "RULES_VERSION", "Decision", "Rule", "Said"]
