"""What edits mean, one file an entity."""

from sync.rules import (
    aside,
    building,
    community,
    device,
    grid,
    household,
    pair,
    passkey,
    person,
    resident,
    server,
    version,
    visit,
)
from sync.rules.rule import Decision, Rule, Said
from sync.rules.version import RULES_VERSION

RULES: dict[str, Rule] = {
    **community.KINDS,
    **grid.KINDS,
    **person.KINDS,
    **device.KINDS,
    **passkey.KINDS,
    **building.KINDS,
    **household.KINDS,
    **resident.KINDS,
    **visit.KINDS,
    **pair.KINDS,
    **version.KINDS,
    **server.KINDS,
}
RULES.update(aside.kinds(RULES))

__all__ = ["RULES", "RULES_VERSION", "Decision", "Rule", "Said"]
