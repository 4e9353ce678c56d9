"""What of the tellings of a visit or a log stands, and which visit of a door is the newest."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.entities import Revision, Visit
from sync.rules.rule import Said
from sync.state import State


def telling(said: Said, body: str, revision: int) -> Revision:
    """An edit that tells something, as the `revision`-th telling of it; `body` is JSON."""
    header, times = said.header, said.times
    return Revision(
        revision,
        header.id,
        header.author,
        header.device,
        times.claimed_ms,
        times.effective_ms,
        times.received_ms,
        said.over.get("revision", []),
        body,
        True,
        said.position,
    )


def heads_of(told: Iterable[Revision]) -> list[Revision]:
    """Of all tellings of one thing those that no standing one replaces, the one to show first."""
    standing = [revision for revision in told if not revision.undone]
    covered = {each for revision in standing for each in revision.covers}
    # Tellings that name each other cannot both be gone.
    heads = [revision for revision in standing if revision.edit not in covered] or standing[-1:]
    return sorted(heads, key=lambda revision: (revision.effective_ms, revision.edit), reverse=True)


def as_told(visit: Visit, state: State) -> Visit:
    """The visit with all tellings that stand: its table does not know them."""
    told = heads_of(state.get("revisions", visit.grid, visit.id) or ())
    return msgspec.structs.replace(visit, heads=[revision.edit for revision in told] if len(told) > 1 else [])


def newest(visits: Iterable[Visit]) -> Visit | None:
    """The one that happened last, of those that first downloads always hold; None without any."""
    return max(visits, key=lambda visit: (visit.occurred_at_ms, visit.id), default=None)
