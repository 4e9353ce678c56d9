"""What a phone holds of the log from one reply to the next: it follows a restore, and never forgets the newest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import asdict

from server.journal.checkpoints import signed_note
from simulator.holding import heard, ledger_part
from sync.edit import b64u
from sync.ledger.tree import Nodes, consistency, cover, root_of
from tests.chromium import Chromium
from tests.ledger.test_receive import KEYS, LOG, NODES, NOT_SAID, OTHER_LOG, PLACED, QUARANTINED, SEED, at, tree
from tests.test_phone_store import VAULT

pytestmark = pytest.mark.browser

SCRIPT = """async ([keys, makers]) => {
  const { heard, ledgerPart } = await import('/static/phone/ledger/holding.js');
  const seen = [];
  let ledger;
  for (const words of makers) {
    // The server answers what is asked from: its words are made for each size beforehand.
    const asked = ledgerPart(ledger, []);
    const told = words[asked.size ?? 0] ?? words['*'];
    const after = await heard(ledger, told, [], { log: keys }, 1000 + seen.length);
    ledger = after.ledger;
    seen.push([ledger.held?.size ?? null, ledger.doubt?.code ?? null, !!after.again]);
  }
  return seen;
}"""


def words(
    size: int, nodes: Nodes = NODES, origin: str = LOG, from_: range = range(1, 41), seen: Nodes = NODES
) -> dict[str, Any]:
    """What a server says to a phone that asks from each size, as far as it has a proof. `seen`: the log that
    the phone holds."""
    note = signed_note(at(size, origin, nodes), [SEED])
    told: dict[str, Any] = {"*": {"checkpoint": note}}
    for held in from_:
        if held <= size and root_of(nodes, held) == root_of(seen, held):
            told[str(held)] = {
                "checkpoint": note,
                "consistency": [b64u(each) for each in consistency(nodes, held, size)],
            }
    return told


Seen = Callable[[list[dict[str, Any]]], list[Any]]


def by_the_model(makers: list[dict[str, Any]]) -> list[Any]:
    """What the simulator's phone makes of the same words."""
    seen: list[Any] = []
    ledger = None
    for words in makers:
        asked = ledger_part(ledger, [])
        told = words.get(str(asked.get("size", 0)), words["*"])
        after = heard(ledger, told, [], KEYS, 1000 + len(seen))
        ledger = after.ledger
        doubt = ledger.doubt.code if ledger.doubt else None
        seen.append([ledger.held.size if ledger.held else None, doubt, after.again])
    return seen


@pytest.fixture(params=["phone", "model"])
def seen_by(request: pytest.FixtureRequest, chromium: Chromium) -> Seen:
    """What a phone makes of words, one after the other: what it holds then, its doubt, and whether it asks again."""
    if request.param == "model":
        return by_the_model
    return lambda makers: list(chromium.evaluate(SCRIPT, [[b64u(key) for key in KEYS], makers]))


def test_a_restore_is_followed_as_far_as_the_backup_went(seen_by: Seen) -> None:
    honest = [words(9), words(20), words(30)]
    restored = words(24, origin=OTHER_LOG, from_=range(1, 25))
    seen = seen_by([*honest, restored, restored])
    assert seen == [
        [9, None, False],
        [20, None, False],
        [30, None, False],
        # The newest is not in it: asked again from the one before.
        [30, None, True],
        [24, None, False],
    ]


FOLLOWED = """async ([keys, makers]) => {
  const { heard, ledgerPart } = await import('/static/phone/ledger/holding.js');
  let ledger;
  for (const words of makers) {
    const told = words[ledgerPart(ledger, []).size ?? 0] ?? words['*'];
    ledger = (await heard(ledger, told, [], { log: keys }, 1000)).ledger;
  }
  const { restored: sent = null } = ledgerPart(ledger, []);
  const noted = (await heard(ledger, { ...makers.at(-1)['*'], noted: 1000 }, [], { log: keys }, 1001)).ledger;
  return [ledger.past, ledger.restored ?? null, sent, ledgerPart(noted, []).restored ?? null];
}"""


@pytest.mark.parametrize(("before", "lost"), [((9, 20, 30), 10), ((9, 20), 0)])
def test_both_checkpoints_are_kept_where_another_log_lacks_what_was_seen(
    chromium: Chromium, before: tuple[int, ...], lost: int
) -> None:
    """Another name is how a server that forgot is followed: what it forgot stays provable, and the phone says so."""
    restored = words(24, origin=OTHER_LOG, from_=range(1, 25))
    makers = [*(words(size) for size in before), restored, restored]
    past, told, sent, again = chromium.evaluate(FOLLOWED, [[b64u(key) for key in KEYS], makers])
    notes = [words(before[-1])["*"]["checkpoint"], restored["*"]["checkpoint"]]
    evidence = {"code": "restored", "at_ms": 1000, "held": notes[0], "told": notes[1]}
    assert past == ([evidence] if lost else [])
    assert told == ({"at_ms": 1000, "size": 20, "lost": 10} if lost else None)
    ledger = None
    for each in makers:
        asked = ledger_part(ledger, [])
        ledger = heard(ledger, each.get(str(asked.get("size", 0)), each["*"]), [], KEYS, 1000).ledger
    assert ledger is not None
    assert [asdict(each) for each in ledger.past] == past
    assert ledger_part(ledger, []).get("restored") == sent
    # Told until the server has noted it.
    assert (sent, again) == (evidence if lost else None, None)
    noted = heard(ledger, {**restored["*"], "noted": 1000}, [], KEYS, 1001).ledger
    assert "restored" not in ledger_part(noted, [])


def test_naming_another_log_makes_no_phone_forget_what_it_holds(seen_by: Seen) -> None:
    """A server that forked its log before the newest checkpoint cannot reach behind that by way of another name."""
    fork = tree([*PLACED[:25], PLACED[0], *PLACED[26:]])
    detour = words(5, origin=OTHER_LOG, from_=range(0))
    forked = words(35, fork)
    seen = seen_by([words(20), words(30), detour, forked, forked])
    assert seen[2:] == [
        [30, None, True],
        [30, None, True],
        [30, "other_past", False],
    ]


def test_a_log_that_knows_nothing_of_what_was_held_is_doubted(seen_by: Seen) -> None:
    strange = words(5, origin=OTHER_LOG, from_=range(0))
    seen = seen_by([words(9), words(20), strange, strange])
    assert seen[2:] == [[20, None, True], [20, "other_log", False]]


def test_a_second_restore_of_the_same_backup_is_followed(seen_by: Seen) -> None:
    """What was held from before the first one proves the second as well; what grew in between is held of that log."""
    first = tree([*PLACED[:21], *reversed(PLACED[21:])])
    second = tree([*PLACED[:21], *reversed(PLACED[22:])])
    after = [words(26, first, OTHER_LOG), words(28, first, OTHER_LOG, seen=first)]
    later = words(33, second, "sifang/three")
    seen = seen_by([words(9), words(20), words(30), after[0], *after, later, later, later])
    assert [(size, doubt) for size, doubt, again in seen if not again] == [
        *((9, None), (20, None), (30, None)),
        *((26, None), (28, None), (33, None)),
    ]


def test_what_goes_on_under_another_chain_is_not_asked_for_where_it_stood(chromium: Chromium) -> None:
    """The log held it as another edit there: whoever asked would doubt an honest server."""
    script = """async (edit) => {
      const { rechained } = await import('/static/phone/edit.js');
      const again = await rechained(edit, 'another', 2, null);
      return [again.device, again.n, 'unproved' in again, 'proved' in again];
    }"""
    for mark in ("unproved", "proved"):
        edit = {"device": "one", "n": 5, "h": '{"seen":{}}', "position": 7, mark: 1}
        assert chromium.evaluate(script, edit) == ["another", 2, False, False]


def answered(position: int, edit: bytes | None = None, **changed: Any) -> dict[str, Any]:
    """What a reply says of the edit in a place, or of another as if it stood there."""
    one = PLACED[position]
    told = {"position": position, "hash": b64u(edit or one.edit), "outcome": one.outcome}
    return {**told, "received_ms": one.received_ms, **changed}


LIES = """async ([keys, told, lies]) => {
  const { heard } = await import('/static/phone/ledger/holding.js');
  const seen = [];
  for (const placed of lies) {
    const { ledger, proved } = await heard(undefined, told, placed, { log: keys }, 1000);
    seen.push([ledger.doubt?.code ?? null, [...proved]]);
  }
  return seen;
}"""


def test_an_edit_is_proved_by_its_own_leaf_alone(chromium: Chromium) -> None:
    """A second answer for its place, with the edit that stands there, proves nothing of it."""
    missing, there = answered(30, b"\x99" * 32), answered(30)
    one_place_twice = {**answered(30, received_ms=7), "position": "30"}
    lies = [[missing, there], [there, missing], [there, one_place_twice], [{**there, "received_ms": 1.5}], [there]]
    told = {"checkpoint": words(40)["*"]["checkpoint"], "cover": [b64u(each) for each in cover(NODES, [30], 40)]}
    seen = chromium.evaluate(LIES, [[b64u(key) for key in KEYS], told, lies])
    assert seen == [["not_in", []]] * 4 + [[None, [f"30 {there['hash']}"]]]


def test_only_what_the_log_can_say_is_believed(chromium: Chromium) -> None:
    """An outcome with a reason in it has the leaf of the outcome and the reason."""
    seen = []
    for changed in ({}, {"reason": None, "outcome": "accepted"}, *NOT_SAID):
        one = replace(QUARANTINED, **changed)  # type: ignore[arg-type]
        nodes = tree([*PLACED[:3], one, *PLACED[4:]])
        told = {"checkpoint": signed_note(at(9, LOG, nodes), [SEED]), "cover": [b64u(c) for c in cover(nodes, [3], 9)]}
        lie = {"position": 3, "hash": b64u(one.edit), "received_ms": one.received_ms, "outcome": one.outcome}
        lies = [[{**lie, "reason": one.reason}]]
        if one.reason is None:
            lies.append([lie])
        seen.append([code for code, _ in chromium.evaluate(LIES, [[b64u(key) for key in KEYS], told, lies])])
    assert seen[:2] == [[None], [None, None]]
    assert [set(codes) for codes in seen[2:]] == [{"not_in"}] * len(NOT_SAID)


MARKS = """
      const files = ['database', 'store', 'received', 'record', 'ledger/holding', 'edit'];
      const all = await Promise.all(files.map((name) => import(`/static/phone/${name}.js`)));
      const { use, setMeta, record, read, applyChange, proofOf, makeKey } = Object.assign({}, ...all);
      use(`test-${crypto.randomUUID()}`);
      VAULT
      const device = '019a0b1c-0000-7000-8000-00000000d001', grid = '019a0b1c-0000-7000-8000-00000000c003';
      const person = { id: '019a0b1c-0000-7000-8000-00000000a001', name: '小赵', role: 'grid_worker' };
      const sync = { round: 0, nonce: 'n', log: 'one', size: 0, offset_ms: 0, acked: 0, acked_hash: null };
      await setMeta({ device: { id: device, person, key: await makeKey() }, chain: { device, n: 0, hash: null }, sync,
        scopes: [] });
      const said = (text) => ({ kind: 'visit.recorded', grid, over: {}, body: { household: 'h1', text } });
      await record([said('一')]);
      await record([said('二')]);
      const heads = async () => (await read({ all: { heads: 'all' } })).all;
      const receipts = (await heads()).map(({ n, hash }) => (
        { device, n, hash, position: n + 4, received_ms: Date.now(), outcome: 'accepted' }));
      const known = { rows: [], gone: [], scopes: [], sync: {}, backedUpThrough: -1, keepSinceMs: 0 };
      const change = { ...known, round: 0, receipts };
      const marks = async () => (await heads()).map(({ proved, unproved, position }) => (
        [proved ?? 0, unproved ?? 0, position]));
""".replace("VAULT", VAULT)


def test_only_what_was_proved_in_its_place_is_marked(chromium: Chromium) -> None:
    script = """
      const proved = new Set([proofOf({ ...receipts[0], position: 9 }), proofOf({ ...receipts[0], hash: 'x' }),
        proofOf(receipts[1])]);
      await applyChange({ ...change, proved });
      return marks();"""
    assert chromium.evaluate(f"async () => {{ {MARKS} {script} }}") == [[0, 1, 5], [1, 0, 6]]


def test_what_another_log_is_not_sent_again_is_asked_of_it_no_more(chromium: Chromium) -> None:
    """An edit before a gap stands elsewhere in the new log, or nowhere: whoever asked there would doubt it."""
    script = """
      await applyChange(change);
      const before = await marks();
      await applyChange({ ...known, round: 1, receipts: [{ ...receipts[1], position: 3 }], otherLog: true });
      return [before, await marks()];"""
    before, after = chromium.evaluate(f"async () => {{ {MARKS} {script} }}")
    assert before == [[0, 1, 5], [0, 1, 6]]
    assert after == [[0, 0, 5], [0, 1, 3]]


def test_whatever_was_told_the_next_exchange_is_one_that_a_server_reads(chromium: Chromium) -> None:
    """Notes that no server would take and places that are none: a doubt keeps them, and the request leaves them out."""
    script = """async ([keys, told]) => {
      const { askedIn, heard, ledgerPart } = await import('/static/phone/ledger/holding.js');
      const note = 'x'.repeat(4094) + '\\u0000' + '😀'.repeat(3000);
      const { ledger } = await heard(undefined, { checkpoint: note }, [], { log: keys }, 1000);
      const { held } = (await heard(undefined, told, [], { log: keys }, 1000)).ledger;
      const edits = [['3', 1], [3, 1.5], [4, 1]].map(([position, received_ms]) => ({ position, received_ms }));
      const part = ledgerPart({ ...ledger, held, doubt: null }, edits);
      const asked = askedIn({ ...ledger, held, doubt: null }, edits, told);
      const sent = ledgerPart(ledger, []).doubt;
      return [ledger.doubt.told === note, sent.told.slice(4090), sent.held, part.edits, asked.length];
    }"""
    seen = chromium.evaluate(script, [[b64u(key) for key in KEYS], words(9)["*"]])
    assert seen == [True, "xxxx\ufffd\ufffd", "", [4], 1]


def test_no_log_has_a_name_that_the_next_exchange_could_not_say(chromium: Chromium) -> None:
    for length, code in ((200, None), (201, "not_signed")):
        name = ("sifang/" + "访" * 200)[:length]
        told = words(9, origin=name)["*"]
        ((phone, _),) = chromium.evaluate(LIES, [[b64u(key) for key in KEYS], told, [[]]])
        model = heard(None, told, [], KEYS, 1000).ledger.doubt
        assert (phone, model and model.code) == (code, code)
