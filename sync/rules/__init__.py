"""What edits mean, one file an entity."""

from sync.rules import aside, building, community, device, grid, household, pair, person, resident, visit
from sync.rules.rule import Decision, Rule, Said

RULES: dict[str, Rule] = {
    **community.KINDS,
    **grid.KINDS,
    **person.KINDS,
    **device.KINDS,
    **building.KINDS,
    **household.KINDS,
    **resident.KINDS,
    **visit.KINDS,
    **pair.KINDS,
}
RULES.update(aside.kinds(RULES))

__all__ = ["RULES", "Decision", "Rule", "Said"]
