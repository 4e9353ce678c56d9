"""The journal: every edit kept as made, folded into the tables, exchanged with phones."""

from server.journal import capsule, exchange
from server.journal.beginning import Begun, Moved, NewerRules
from server.journal.capsule import Carried, carry_in
from server.journal.drafts import Draft, Receipt
from server.journal.journal import Journal, Standing
from server.journal.named import blob_named, blobs_of, is_blob_name
from server.journal.refold import FOLDED, Rebuilt, rebuild, refold_report
from sync.capsule import FILE_BYTES_MAX as CAPSULE_BYTES_MAX

routes = [*exchange.routes, *capsule.routes]

__all__ = [
    "CAPSULE_BYTES_MAX",
    "FOLDED",
    "Begun",
    "Carried",
    "Draft",
    "Journal",
    "Moved",
    "NewerRules",
    "Rebuilt",
    "Receipt",
    "Standing",
    "blob_named",
    "blobs_of",
    "carry_in",
    "is_blob_name",
    "rebuild",
    "refold_report",
    "routes",
]
