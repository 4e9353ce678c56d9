"""Where a whistle should go: words and a place suggest it, and say why; a person sends."""

from server.routing.suggest import URGENCIES, Rule, Suggestion, suggest
from server.routing.table import Line, first_rules, lines_in_force, rule_of, rules_in_force

__all__ = [
    "URGENCIES",
    "Line",
    "Rule",
    "Suggestion",
    "first_rules",
    "lines_in_force",
    "rule_of",
    "rules_in_force",
    "suggest",
]
