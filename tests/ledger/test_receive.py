"""What a phone believes of the log, by itself: every way a server's word can be wrong has its own doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.journal.checkpoints import signed_note
from server.signing import is_signed, public_of
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.leaf import leaf_data
from sync.ledger.receive import Doubt, Placed, Told, believe
from sync.ledger.tree import Nodes, consistency, cover, leaf_hash, root_of
from tests.ledger.test_tree import grown

LOG, OTHER_LOG = "sifang/one", "sifang/two"
SEED, OTHER_SEED = (Ed25519PrivateKey.generate().private_bytes_raw() for _ in range(2))
KEYS = [public_of(SEED)]
PLACED = [Placed(bytes([n]) * 32, 1_800_000_000_000 + n, "accepted", None) for n in range(40)]


def tree(placed: list[Placed]) -> Nodes:
    """The tree over these edits."""
    return grown([leaf_hash(leaf_data(p.edit, p.received_ms, p.outcome, p.reason)) for p in placed])


NODES = tree(PLACED)


def at(size: int, origin: str = LOG, nodes: Nodes = NODES) -> Checkpoint:
    """The checkpoint of a size."""
    return Checkpoint(origin, size, root_of(nodes, size))


def told(size: int, held: int = 0, positions: tuple[int, ...] = (), origin: str = LOG, nodes: Nodes = NODES) -> Told:
    """An honest server's word."""
    note = signed_note(at(size, origin, nodes), [SEED])
    return Told(note, consistency(nodes, held, size) if held else [], cover(nodes, positions, size))


Answered = list[tuple[int, Placed]]


def placed(*positions: int) -> Answered:
    """What the exchange answered of these."""
    return [(position, PLACED[position]) for position in positions]


def doubt(held: Checkpoint | None, word: Told, answered: Answered | None = None) -> str:
    """The code of the doubt that this word raises."""
    with pytest.raises(Doubt) as raised:
        believe(held, word, answered or [], KEYS, is_signed)
    return raised.value.code


def test_a_longer_past_that_contains_the_one_held_is_believed() -> None:
    assert believe(None, told(9), [], KEYS, is_signed) == at(9)
    assert believe(at(9), told(40, 9, (30, 31)), placed(30, 31), KEYS, is_signed) == at(40)
    assert believe(at(40), told(40, 40), [], KEYS, is_signed) == at(40)


def test_what_is_told_of_beyond_the_checkpoint_waits_for_the_next() -> None:
    assert believe(at(9), told(20, 9, (10,)), placed(10, 25), KEYS, is_signed) == at(20)


def test_a_log_that_goes_on_after_a_restore_is_believed_as_far_as_it_contains_what_was_held() -> None:
    assert believe(at(9), told(12, 9, origin=OTHER_LOG), [], KEYS, is_signed) == at(12, OTHER_LOG)
    assert doubt(at(20), told(12, origin=OTHER_LOG)) == "other_log"


def test_a_shorter_past_is_none() -> None:
    assert doubt(at(20), told(19)) == "shorter"


def test_another_past_is_none() -> None:
    rewritten = tree([PLACED[0], replace(PLACED[1], received_ms=7), *PLACED[2:]])
    assert doubt(at(9), told(40, 9, nodes=rewritten)) == "other_past"
    assert doubt(at(9), told(9, nodes=rewritten)) == "other_past"
    assert doubt(at(9), told(40)) == "other_past"


@pytest.mark.parametrize(
    "changed",
    [
        {"received_ms": 1_800_000_000_031},
        {"outcome": "quarantined"},
        {"reason": "fork"},
        {"edit": b"\x99" * 32},
    ],
)
def test_an_edit_that_is_there_otherwise_than_was_answered_is_not_in(changed: dict[str, object]) -> None:
    answered = [(30, replace(PLACED[30], **changed))]  # type: ignore[arg-type]
    assert doubt(at(9), told(40, 9, (30,)), answered) == "not_in"
    assert doubt(at(9), told(40, 9), placed(30)) == "not_in"
    assert doubt(at(9), told(40, 9, (29,)), placed(30)) == "not_in"


def test_in_one_place_stands_one_edit() -> None:
    """Beside one that is not in the log whoever lies names the one that stands there."""
    missing = (30, replace(PLACED[30], edit=b"\x99" * 32))
    for answered in ([missing, *placed(30)], [*placed(30), missing]):
        assert doubt(at(9), told(40, 9, (30,)), answered) == "not_in"
    assert believe(at(9), told(40, 9, (30,)), placed(30, 30), KEYS, is_signed) == at(40)


QUARANTINED = replace(PLACED[3], outcome="quarantined", reason="revoked")
NOT_SAID = [
    {"outcome": "quarantined\nrevoked", "reason": None},
    {"outcome": "quarantined\nrev", "reason": None},
    {"outcome": "accepted", "reason": "revoked"},
    {"outcome": "taken", "reason": None},
    {"outcome": "quarantined", "reason": "fork\nfork"},
    {"outcome": "quarantined", "reason": "fork\n"},
    {"outcome": "quarantined", "reason": ""},
    {"outcome": "", "reason": None},
]
"""What no log says of an edit; the first has the leaf of the honest answer, the others that of a dishonest log."""


@pytest.mark.parametrize("changed", NOT_SAID)
def test_only_what_the_log_can_say_is_believed(changed: dict[str, object]) -> None:
    honest = tree([*PLACED[:3], QUARANTINED, *PLACED[4:]])
    assert believe(None, told(9, 0, (3,), nodes=honest), [(3, QUARANTINED)], KEYS, is_signed).size == 9
    bent = replace(QUARANTINED, **changed)  # type: ignore[arg-type]
    nodes = tree([*PLACED[:3], bent, *PLACED[4:]])
    assert doubt(None, told(9, 0, (3,), nodes=nodes), [(3, bent)]) == "not_in"


def test_only_the_logs_own_keys_sign_it() -> None:
    foreign = replace(told(9), checkpoint=signed_note(at(9), [OTHER_SEED]))
    assert doubt(None, foreign) == "not_signed"
    assert doubt(None, replace(told(9), checkpoint="nothing")) == "not_signed"
    both = replace(told(9), checkpoint=signed_note(at(9), [OTHER_SEED, SEED]))
    assert believe(None, both, [], KEYS, is_signed) == at(9)
