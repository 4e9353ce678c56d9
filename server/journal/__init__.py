"""The journal: every edit kept as made, folded into the tables, exchanged with phones."""

from server.journal import capsule, erasing, exchange
from server.journal.audit import audit_report, read_log_key
from server.journal.beginning import Begun, Moved, NewerRules
from server.journal.capsule import Carried, carry_in
from server.journal.checkpoints import origin_of, verifier_keys
from server.journal.drafts import Draft, Receipt
from server.journal.forgetting import Going, Thing, TooMany
from server.journal.journal import Journal, Standing
from server.journal.named import blob_named, blobs_of, is_blob_name
from server.journal.refold import FOLDED, Rebuilt, rebuild, refold_report
from sync.capsule import FILE_BYTES_MAX as CAPSULE_BYTES_MAX
from sync.edit import NOBODY
from sync.rules.recovery import GOOD_MS as RECOVERY_MS
from sync.rules.roles import GIVEN_BY_ADMIN, WALKING
from sync.rules.stand_in import DAYS_MAX as STAND_IN_DAYS_MAX

routes = [*exchange.routes, *capsule.routes]

__all__ = [
    "CAPSULE_BYTES_MAX",
    "FOLDED",
    "GIVEN_BY_ADMIN",
    "NOBODY",
    "RECOVERY_MS",
    "STAND_IN_DAYS_MAX",
    "WALKING",
    "Begun",
    "Carried",
    "Draft",
    "Going",
    "Journal",
    "Moved",
    "NewerRules",
    "Rebuilt",
    "Receipt",
    "Standing",
    "Thing",
    "TooMany",
    "audit_report",
    "blob_named",
    "blobs_of",
    "carry_in",
    "erasing",
    "is_blob_name",
    "origin_of",
    "read_log_key",
    "rebuild",
    "refold_report",
    "routes",
    "verifier_keys",
]
