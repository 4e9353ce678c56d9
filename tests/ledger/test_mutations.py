"""One bit anywhere: in a proof, a checkpoint, an answer, a tile, an edit, a row. No phone believes what was changed,
and no auditor passes it. A share in every run; 100,000 by `make thorough`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from server.journal.audit import Audit
from server.journal.checkpoints import signed_note
from server.signing import is_signed, public_of
from sync.edit import b64u
from sync.ledger.leaf import leaf_data
from sync.ledger.receive import Doubt, Told, believe
from sync.ledger.tree import consistency, cover, leaf_hash
from tests.chromium import Chromium
from tests.journal.conftest import Station, station, zhao  # noqa: F401
from tests.journal.phone import Phone
from tests.ledger.test_receive import KEYS, PLACED, SEED, Answered, at, tree
from tests.thorough import THOROUGH

WORDS, ROWS, IN_BROWSER = (60_000, 35_000, 5_000) if THOROUGH else (3_000, 300, 200)
HELD, SIZE, POSITIONS = 9, 40, (30, 31, 32)


def flipped(raw: bytes, bit: int) -> bytes:
    """One bit of some bytes turned."""
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


Word = tuple[Told, Answered]


def honest() -> Word:
    """What an honest server tells a phone that holds nine edits and has pushed three."""
    nodes = tree(PLACED)
    note = signed_note(at(SIZE), [SEED])
    answered = [(position, PLACED[position]) for position in POSITIONS]
    return Told(note, consistency(nodes, HELD, SIZE), cover(nodes, POSITIONS, SIZE)), answered


def mutations(word: Word, count: int, dice: Random) -> Iterator[tuple[str, Word]]:
    """As many words with one bit turned, evenly over all that is told."""
    told, answered = word
    note = told.checkpoint.encode()
    for _ in range(count):
        which = dice.choice(["note", "consistency", "cover", "edit", "received_ms", "outcome"])
        if which == "note":
            bit = dice.randrange(len(note) * 8)
            turned_note = replace(told, checkpoint=flipped(note, bit).decode("utf-8", "replace"))
            yield f"note {bit}", (turned_note, answered)
        elif which in ("consistency", "cover"):
            proof = list(getattr(told, which))
            place, bit = dice.randrange(len(proof)), dice.randrange(256)
            proof[place] = flipped(proof[place], bit)
            turned_proof = replace(told, cover=proof) if which == "cover" else replace(told, consistency=proof)
            yield f"{which} {place} {bit}", (turned_proof, answered)
        else:
            place = dice.randrange(len(answered))
            position, one = answered[place]
            value: Any = getattr(one, which)
            if which == "received_ms":
                bit = dice.randrange(53)
                value ^= 1 << bit
            else:
                raw = value if isinstance(value, bytes) else value.encode()
                bit = dice.randrange(len(raw) * 8)
                bits = flipped(raw, bit)
                value = bits if isinstance(value, bytes) else bits.decode("utf-8", "replace")
            turned = (position, replace(one, **{which: value}))
            # In the place of the honest answer, and before and behind it: the other would hide it.
            instead = [*answered[:place], turned, *answered[place + 1 :]]
            beside = dice.choice([instead, [turned, *answered], [*answered, turned]])
            yield f"{which} {position} {bit}", (told, beside)


def test_no_phone_believes_a_word_with_one_bit_turned() -> None:
    word = honest()
    assert believe(at(HELD), word[0], word[1], KEYS, is_signed) == at(SIZE)
    believed = []
    for name, (told, answered) in mutations(word, WORDS, Random(1)):
        try:
            believe(at(HELD), told, answered, KEYS, is_signed)
        except Doubt:
            continue
        believed.append(name)
    assert believed == []


@pytest.mark.browser
def test_no_phone_in_a_browser_does_either(chromium: Chromium) -> None:
    script = """async ([held, keys, words]) => {
      const { unb64u } = await import('/static/phone/edit.js');
      const { believe, Doubt } = await import('/static/phone/ledger/receive.js');
      const { check } = await import('/static/phone/ledger/ed25519.js');
      const before = { ...held, root: unb64u(held.root) };
      const answers = [];
      for (const [told, placed] of words) {
        try {
          answers.push((await believe(before, told, placed, keys.map(unb64u), check)).size);
        } catch (error) {
          answers.push(error instanceof Doubt ? 'doubt' : String(error));
        }
      }
      return answers;
    }"""

    def travelling(word: Word) -> list[Any]:
        told, answered = word
        proofs = {name: [b64u(each) for each in getattr(told, name)] for name in ("consistency", "cover")}
        placed = [
            {"position": at, "hash": b64u(one.edit), "received_ms": one.received_ms, "outcome": one.outcome}
            for at, one in answered
        ]
        return [{"checkpoint": told.checkpoint, **proofs}, placed]

    words = [honest(), *(word for _, word in mutations(honest(), IN_BROWSER, Random(2)))]
    held = {"origin": at(HELD).origin, "size": HELD, "root": b64u(at(HELD).root)}
    answers = chromium.evaluate(
        script, [held, [b64u(key) for key in KEYS], json.loads(json.dumps(list(map(travelling, words))))]
    )
    assert answers[0] == SIZE
    assert set(answers[1:]) == {"doubt"}


class Turned:
    """A store whose answers have one bit turned: in the n-th value of a kind that an audit reads."""

    def __init__(self, store: Any, table: str, value: int, bit: int) -> None:
        self._store = store
        self._table, self._value, self._bit = table, value, bit
        self._seen = 0
        self.turned = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def rows(self, statement: str, *parameters: Any) -> list[list[Any]]:
        """As the store answers, but for that bit."""
        found = [list(row) for row in self._store.rows(statement, *parameters)]
        if f"FROM {self._table}" in statement:
            for row in found:
                self._turn(row)
        return found

    def row(self, statement: str, *parameters: Any) -> Any:
        """The same for one row."""
        found = self._store.row(statement, *parameters)
        if found is not None and f"FROM {self._table} " in statement:
            found = list(found)
            self._turn(found)
        return found

    def _turn(self, row: list[Any]) -> None:
        for column, value in enumerate(row):
            if value is None or self.turned:
                continue
            if self._seen == self._value:
                self.turned = f"{self._table} column {column}"
                row[column] = self._flip(value)
            self._seen += 1

    def _flip(self, value: Any) -> Any:
        if isinstance(value, int):
            return value ^ (1 << self._bit % 53)
        raw = value.encode() if isinstance(value, str) else bytes(value)
        if not raw:
            return value
        turned = flipped(raw, self._bit % (len(raw) * 8))
        return turned.decode("utf-8", "replace") if isinstance(value, str) else turned


@pytest.mark.anyio
async def test_no_auditor_passes_a_row_with_one_bit_turned(station: Station, zhao: Phone) -> None:  # noqa: F811
    for n in range(4):
        zhao.visit(station["陈奶奶"], text=f"第{n}次")
        await zhao.exchange()
    assert zhao.held is not None
    note = signed_note(zhao.held, station.settings.log_seeds)
    keys = [public_of(seed) for seed in station.settings.log_seeds]
    dice, passed, tried = Random(3), [], 0

    def audited(store: Any, table: str, value: int, bit: int) -> str | None:
        turned = Turned(store, table, value, bit)
        audit = Audit(turned, keys, [note], station.settings.utc_offset_min)  # type: ignore[arg-type]
        try:
            found = next(iter(audit.run(tables=False)), None)
        except Exception:
            return None  # what cannot even be read has not passed
        return turned.turned if found is None else None

    def everything(store: Any) -> None:
        nonlocal tried
        sizes = {"journal": 15 * 18, "ledger_tile": 1, "checkpoint": 8, "head_statement": 4 * 4}
        while tried < ROWS:
            table = dice.choices(list(sizes), [10, 2, 3, 3])[0]
            missed = audited(store, table, dice.randrange(sizes[table]), dice.randrange(1 << 20))
            tried += 1
            if missed:
                passed.append(missed)

    await station.journal.transactions.read(everything)
    assert sorted(set(passed)) == []


def test_a_leaf_changes_with_every_bit_it_binds() -> None:
    one = PLACED[0]
    seen = {leaf_hash(leaf_data(one.edit, one.received_ms, one.outcome, None))}
    for bit in range(256):
        seen.add(leaf_hash(leaf_data(flipped(one.edit, bit), one.received_ms, one.outcome, None)))
    for bit in range(53):
        seen.add(leaf_hash(leaf_data(one.edit, one.received_ms ^ 1 << bit, one.outcome, None)))
    assert len(seen) == 1 + 256 + 53
