"""A backup looked at anew, without making an installation of it: folded in a database that vanishes, and audited there
as the log that it is.

A backup has neither tiles nor checkpoints of its own. What binds it to the outside are signatures of phones, what they
said they held, and checkpoints that somebody else kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server import schema
from server.journal.audit import Audit, Report, report_of
from server.journal.beginning import NewerRules, add_head
from server.journal.brought import Brought
from server.journal.copying import Part, Receiving
from server.journal.findings import Found
from server.journal.replay import Progress, silent
from server.journal.restoring import NothingThere
from server.journal.scratch import scratch
from sync.rules import RULES_VERSION


def audit_parts(
    parts: Iterable[Part], keys: Sequence[bytes], brought: Brought, utc_offset_min: int, progress: Progress = silent
) -> Report:
    """Audit what the parts of a backup hold, by these public keys of its log. Raises NothingThere, NewerRules."""
    with scratch(list(schema.metadata.sorted_tables)) as store:
        receiving = Receiving(store, utc_offset_min)
        for part in parts:
            receiving.take(part)
        if not receiving.size:
            raise NothingThere
        version, _ = receiving.rules()
        if version > RULES_VERSION:
            raise NewerRules(version)
        # Phones' keys stand in tables that their edits fold to.
        trouble = receiving.fold(progress)
        receiving.settle()
        add_head(store, receiving.log, receiving.size, receiving.received_ms)
        audit = Audit(store, keys, brought.checkpoints, utc_offset_min, brought=brought, backup=True)
        found = [*audit.run(tables=False), *(Found("table", {"line": line}) for line in trouble)]
        return report_of(audit, found)
