"""What a model phone holds of the log: web/phone/ledger/holding.js in Python, but for a change of the log's keys."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from server.signing import is_signed
from sync.edit import unb64u
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.receive import Doubt, Placed, Told, believe
from sync.ledger.tree import HASH_BYTES

EARLIER_MAX = 24
NEWEST = 8
PAST_MAX = 5
NOTE_CHARS_MAX = 4096

check = lru_cache(maxsize=1024)(is_signed)
"""Many phones are told the same checkpoint."""


class Doubted(msgspec.Struct, frozen=True):
    """Both checkpoints of which the second could not be believed, as evidence, and why not."""

    code: str
    at_ms: int
    held: str
    told: str


class Ledger(msgspec.Struct, frozen=True):
    """The last checkpoint that was found true, those before it, and a doubt that waits until somebody has looked.
    `back`: how many checkpoints back a log that goes on after another is asked from. `untold`: what was held of a log
    in whose place another one was followed that lacks some of it, until the server has noted that."""

    held: Checkpoint | None = None
    note: str = ""
    doubt: Doubted | None = None
    past: tuple[Doubted, ...] = ()
    earlier: tuple[Checkpoint, ...] = ()
    back: int = 0
    untold: Doubted | None = None

    @property
    def base(self) -> Checkpoint | None:
        """From which checkpoint a proof is asked for."""
        if not self.back:
            return self.held
        return self.earlier[-self.back] if self.back <= len(self.earlier) else None

    @property
    def asks(self) -> bool:
        """Whether proofs of edits are asked for: of those that stand in the log that is held."""
        return self.held is not None and self.doubt is None and not self.back


NOTHING = Ledger()


class At(NamedTuple):
    """An edit's place in the journal, and what the log says of it there."""

    position: int
    placed: Placed


Proof = tuple[int, bytes]
"""An edit, by its hash, in its place."""


class Heard(NamedTuple):
    """What is held after a reply, and which edits it proved in which places of the journal. `again`: an older
    checkpoint is to be asked about."""

    ledger: Ledger
    proved: frozenset[Proof] = frozenset()
    again: bool = False


def placed_at(edit: str, position: int, received_ms: int, outcome: str, reason: str | None) -> At:
    """An edit by its name, as a reply or the store tells of it."""
    return At(position, Placed(unb64u(edit, HASH_BYTES), received_ms, outcome, reason))


def ledger_part(ledger: Ledger | None, unproved: Sequence[At]) -> dict[str, Any]:
    """What an exchange asks: from the checkpoint held on, and for edits of that log that no reply has proved yet."""
    ledger = ledger or NOTHING
    asked: dict[str, Any] = {}
    if (base := ledger.base) is not None:
        asked = {"origin": base.origin, "size": base.size, "root": b64encode(base.root).decode()}
    if ledger.asks:
        asked["edits"] = [each.position for each in unproved]
    if ledger.doubt is not None:
        asked["doubt"] = _sendable(ledger.doubt)
    if ledger.untold is not None:
        asked["restored"] = _sendable(ledger.untold)
    return asked


def _sendable(doubted: Doubted) -> dict[str, Any]:
    cut = {name: getattr(doubted, name)[:NOTE_CHARS_MAX] for name in ("held", "told")}
    return {**msgspec.structs.asdict(doubted), **cut}


def asked_in(ledger: Ledger | None, unproved: Sequence[At], told: dict[str, Any]) -> Sequence[At]:
    """Those of the edits asked for that a reply proves: none when it speaks of another log."""
    if ledger is None or ledger.held is None or not ledger.asks:
        return ()
    return unproved if _origin(told) == ledger.held.origin else ()


def heard(
    before: Ledger | None, told: dict[str, Any], placed: Sequence[At], keys: Sequence[bytes], now_ms: int
) -> Heard:
    """What is made of a reply's `ledger`; `placed` are the edits that it must prove. `keys`: those of the log."""
    ledger = before or NOTHING
    if ledger.untold is not None and told.get("noted") == ledger.untold.at_ms:
        ledger = msgspec.structs.replace(ledger, untold=None)
    if ledger.doubt is not None:
        if told.get("looked") != ledger.doubt.at_ms:
            return Heard(ledger)
        # Somebody has looked: what is believed begins anew, what raised the doubt is kept.
        ledger = Ledger(past=(*ledger.past, ledger.doubt)[-PAST_MAX:], untold=ledger.untold)
    # It speaks of the log again that we hold the newest of: that one alone counts, and is asked from.
    if ledger.back and ledger.held is not None and _origin(told) == ledger.held.origin:
        return Heard(msgspec.structs.replace(ledger, back=0), again=True)
    base = ledger.base
    word = Told(told["checkpoint"], _hashes(told, "consistency"), _hashes(told, "cover"))
    try:
        held = believe(base, word, placed, keys, check)
    except Doubt as doubt:
        # A server that was restored does not know the newest of what we held: it must know what we held before that.
        # Only for that other log: the newest is not forgotten.
        if doubt.code == "other_log" and ledger.back < len(ledger.earlier):
            return Heard(msgspec.structs.replace(ledger, back=ledger.back + 1), again=True)
        doubted = Doubted(doubt.code, now_ms, ledger.note, told["checkpoint"])
        return Heard(msgspec.structs.replace(ledger, doubt=doubted, back=0))
    proved = frozenset((each.position, each.placed.edit) for each in placed if each.position < held.size)
    moved = base is not None and base.origin != held.origin
    earlier = _up_to(ledger.earlier, base, held) if base is not None and moved else _earlier(ledger, held)
    past, untold = ledger.past, ledger.untold
    if base is not None and moved and ledger.held is not None and ledger.held.size > base.size:
        # Not all that was seen is proved to be there: a backup was restored, or somebody says so.
        untold = Doubted("restored", now_ms, ledger.note, told["checkpoint"])
        past = (*past, untold)[-PAST_MAX:]
    return Heard(Ledger(held, told["checkpoint"], None, past, earlier, untold=untold), proved)


def _origin(told: dict[str, Any]) -> str:
    origin: str = told["checkpoint"].partition("\n")[0]
    return origin


def _hashes(told: dict[str, Any], name: str) -> list[bytes]:
    return [unb64u(each, HASH_BYTES) for each in told.get(name, ())]


def _up_to(earlier: Sequence[Checkpoint], base: Checkpoint, held: Checkpoint) -> tuple[Checkpoint, ...]:
    """What was held of the logs before this one, as far as it is proved to be in this one: another backup of theirs is
    followed from there."""
    return (*(each for each in earlier if each.size < base.size), *((base,) if base.size < held.size else ()))


def _earlier(ledger: Ledger, held: Checkpoint) -> tuple[Checkpoint, ...]:
    """What was held before, with what is held no more: of the older ones that one goes that leaves the least gap."""
    if ledger.held is None or ledger.held.size == held.size:
        return ledger.earlier
    known = (*ledger.earlier, ledger.held)
    if len(known) <= EARLIER_MAX:
        return known
    least = min(range(1, len(known) - NEWEST), key=lambda each: known[each + 1].size - known[each - 1].size)
    return (*known[:least], *known[least + 1 :])
