"""The journal: every edit kept as made, folded into the tables, exchanged with phones."""

from server.journal.beginning import Begun, Moved, NewerRules
from server.journal.drafts import Draft, Receipt
from server.journal.exchange import routes
from server.journal.journal import Journal
from server.journal.refold import FOLDED, Rebuilt, rebuild, refold_report

__all__ = [
    "FOLDED",
    "Begun",
    "Draft",
    "Journal",
    "Moved",
    "NewerRules",
    "Rebuilt",
    "Receipt",
    "rebuild",
    "refold_report",
    "routes",
]
