"""Where a pushed run of edits stands to what the server knows of its device: retry, next, gap or fork."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sync.edit import Edit, b64u
from sync.statement import Statement
from sync.strict import Malformed


@dataclass(frozen=True, slots=True)
class Head:
    """The last edit of a device's chain that the journal holds: n 0 and no hash before the first."""

    n: int
    hash: bytes | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run, sorted: `known` were journaled before (answer again), `fresh` come next, `forked` claim a history
    that another device already has (set aside whole). `fresh` and `forked` never stand together."""

    known: Sequence[Edit]
    fresh: Sequence[Edit]
    forked: Sequence[Edit]


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers are missing: the server expects this one."""

    expected: int


def check_run(edits: Sequence[Edit], statement: Statement) -> None:
    """Refuse a run that is not of one device, in order, each naming the one before, ending where the statement says.
    Raises Malformed: `bad_shape`, `chain_broken`."""
    for before, edit in zip([None, *edits], edits, strict=False):
        if edit.header.device != statement.device:
            raise Malformed("bad_shape", f"edit {edit.header.n} is of another device than the statement", edit.header.n)
        if before is None:
            continue
        if edit.header.n != before.header.n + 1 or edit.header.prev != before.name:
            raise Malformed(
                "chain_broken", f"edit {edit.header.n} does not follow edit {before.header.n}", edit.header.n
            )
    if edits and (statement.n != edits[-1].header.n or statement.hash != edits[-1].name):
        raise Malformed("chain_broken", "the statement does not name the last edit of this exchange")


def place(edits: Sequence[Edit], head: Head, stored: Mapping[int, bytes], forked: Mapping[bytes, int]) -> Run | Gap:
    """Sort a checked run. `stored` holds the hashes of this chain for the numbers in the run that are not above the
    head; `forked` the hashes of edits of this device that were set aside, with their numbers."""
    if not edits:
        return Run((), (), ())
    known: list[Edit] = []
    for index, edit in enumerate(edits):
        if edit.hash in forked or stored.get(edit.header.n) == edit.hash:
            known.append(edit)
            continue
        rest = edits[index:]
        # The rest hangs on a branch that was set aside, or bends away from the chain here.
        if _bends(edit, head, forked):
            return Run(known, (), rest)
        if edit.header.n > head.n + 1:
            return Gap(head.n + 1)
        return Run(known, rest, ())
    return Run(known, (), ())


def _bends(edit: Edit, head: Head, forked: Mapping[bytes, int]) -> bool:
    if edit.header.n <= head.n:
        return True
    if any(b64u(each) == edit.header.prev for each in forked):
        return True
    ours = b64u(head.hash) if head.hash else None
    return edit.header.n == head.n + 1 and edit.header.prev != ours
