"""The journal: every edit kept as made, folded into the tables, exchanged with phones."""

from server.journal.drafts import Draft, Receipt
from server.journal.exchange import routes
from server.journal.journal import Journal
from server.journal.refold import refold_report

__all__ = ["Draft", "Journal", "Receipt", "refold_report", "routes"]
