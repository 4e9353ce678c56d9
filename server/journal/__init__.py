"""The journal: every edit kept as made, folded into the tables, exchanged with phones."""

from server.journal import capsule, erasing, exchange
from server.journal.audit import audit_report
from server.journal.audit_parts import audit_parts
from server.journal.beginning import Begun, Moved, NewerRules
from server.journal.brought import Brought, head_line, heads_in, read_heads, read_log_key, read_witness_key
from server.journal.capsule import Carried, carry_in
from server.journal.checkpoints import origin_of, verifier_keys
from server.journal.drafts import Draft, Receipt
from server.journal.erased_list import DamagedList
from server.journal.forgetting import Going, Thing, TooMany
from server.journal.journal import Journal, Standing
from server.journal.named import blob_named, blobs_of, is_blob_name
from server.journal.refold import FOLDED, Rebuilt, rebuild, refold_report
from server.journal.stands import stands_of
from server.journal.trail_check import check_trail
from server.journal.trails import Asked as TrailAsked
from server.journal.trails import NotSigned
from sync.capsule import FILE_BYTES_MAX as CAPSULE_BYTES_MAX
from sync.edit import NOBODY
from sync.rules.daily_log import log_id
from sync.rules.recovery import GOOD_MS as RECOVERY_MS
from sync.rules.roles import GIVEN_BY_ADMIN, WALKING
from sync.rules.stand_in import DAYS_MAX as STAND_IN_DAYS_MAX
from sync.rules.table import RESTRICTED

routes = [*exchange.routes, *capsule.routes]

__all__ = [
    "CAPSULE_BYTES_MAX",
    "FOLDED",
    "GIVEN_BY_ADMIN",
    "NOBODY",
    "RECOVERY_MS",
    "RESTRICTED",
    "STAND_IN_DAYS_MAX",
    "WALKING",
    "Begun",
    "Brought",
    "Carried",
    "DamagedList",
    "Draft",
    "Going",
    "Journal",
    "Moved",
    "NewerRules",
    "NotSigned",
    "Rebuilt",
    "Receipt",
    "Standing",
    "Thing",
    "TooMany",
    "TrailAsked",
    "audit_parts",
    "audit_report",
    "blob_named",
    "blobs_of",
    "carry_in",
    "check_trail",
    "erasing",
    "head_line",
    "heads_in",
    "is_blob_name",
    "log_id",
    "origin_of",
    "read_heads",
    "read_log_key",
    "read_witness_key",
    "rebuild",
    "refold_report",
    "routes",
    "stands_of",
    "verifier_keys",
]
