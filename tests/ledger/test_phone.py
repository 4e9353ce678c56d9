"""What a phone finds of proofs and checkpoints is what the server means by them: the twins, in real Chromium."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from sync.edit import b64u
from sync.ledger.leaf import leaf_data
from sync.ledger.note import COSIGNED
from sync.ledger.tree import EMPTY, consistency, cover, inclusion, leaf_hash, root_of
from tests.chromium import Chromium
from tests.ledger.test_note import COSIGNED_NOTE, GO_KEY, GO_NOTE, LOG, POEM, SPEC_KEY, SPEC_NOTE, own_key, signed
from tests.ledger.test_tree import HASHES, NODES, SIZES
from tests.thorough import some

pytestmark = pytest.mark.browser

HELP = """
  const { unb64u, b64u } = await import('/static/phone/edit.js');
  const tree = await import('/static/phone/ledger/tree.js');
"""


def told(hashes: list[bytes]) -> list[str]:
    """Hashes as they travel."""
    return [b64u(each) for each in hashes]


def test_every_inclusion_is_found_true_and_none_that_is_bent(chromium: Chromium) -> None:
    script = f"""async ([hashes, sizes]) => {{
      {HELP}
      const leaves = hashes.map(unb64u);
      let count = 0;
      for (const [size, root, paths] of sizes) {{
        for (const [index, path] of paths.entries()) {{
          const found = await tree.rootOfPath(leaves[index], index, size, path.map(unb64u));
          if (!found || b64u(found) !== root) return [size, index];
          const other = await tree.rootOfPath(leaves[300], index, size, path.map(unb64u));
          if (other && b64u(other) === root) return [size, index, 'bent'];
          count += 1;
        }}
      }}
      return count;
    }}"""
    sizes = some([*SIZES], 10)
    said = [[s, b64u(root_of(NODES, s)), [told(inclusion(NODES, i, s)) for i in range(s)]] for s in sizes]
    assert chromium.evaluate(script, [told(HASHES), said]) == sum(sizes)


def test_every_consistency_is_found_true_and_none_that_is_bent(chromium: Chromium) -> None:
    script = f"""async ([roots, cases]) => {{
      {HELP}
      for (const [old, next, proof] of cases) {{
        const [before, after, hashes] = [unb64u(roots[old]), unb64u(roots[next]), proof.map(unb64u)];
        if (!(await tree.isConsistent(old, before, next, after, hashes))) return [old, next];
        const bent = old && old !== next && (await tree.isConsistent(old, after, next, after, hashes));
        if (bent) return [old, next, 'bent'];
        if (await tree.isConsistent(old, before, next, after, [...hashes, after])) return [old, next, 'longer'];
      }}
      return cases.length;
    }}"""
    pairs = [(old, new) for new in some([*SIZES], 10) for old in range(new + 1)]
    cases = [[old, new, told(consistency(NODES, old, new)) if old else []] for old, new in pairs]
    roots = told([root_of(NODES, size) if size else EMPTY for size in SIZES])
    assert chromium.evaluate(script, [roots, cases]) == len(pairs)


def test_covers_are_found_true_and_none_that_is_bent(chromium: Chromium) -> None:
    script = f"""async ([hashes, cases]) => {{
      {HELP}
      const answers = [];
      for (const [indices, size, proof] of cases) {{
        const leaves = new Map(indices.map((index) => [index, unb64u(hashes[index])]));
        const root = await tree.rootOfCover(leaves, size, proof.map(unb64u));
        const longer = await tree.rootOfCover(leaves, size, [...proof, hashes[0]].map(unb64u));
        const shorter = proof.length ? await tree.rootOfCover(leaves, size, proof.slice(1).map(unb64u)) : null;
        answers.push([root && b64u(root), longer, shorter]);
      }}
      return answers;
    }}"""
    sets = [
        ([0], 1),
        ([0, 1], 2),
        ([2, 3, 4, 250], 251),
        (list(range(40, 90)), 300),
        ([299], 300),
        ([0, 128, 299], 300),
    ]
    cases = [[indices, size, told(cover(NODES, indices, size))] for indices, size in sets]
    assert chromium.evaluate(script, [told(HASHES), cases]) == [[b64u(root_of(NODES, s)), None, None] for _, s in sets]
    nowhere: list[Any] = [[[5], 5, []], [[], 5, told([root_of(NODES, 5)])]]
    assert chromium.evaluate(script, [told(HASHES), nowhere]) == [[None, None, None]] * 2


def test_a_leaf_is_the_same_leaf(chromium: Chromium) -> None:
    script = """async (cases) => {
      const { unb64u, b64u } = await import('/static/phone/edit.js');
      const { leafOf } = await import('/static/phone/ledger/leaf.js');
      return Promise.all(cases.map(async ([edit, ms, ...said]) => b64u(await leafOf(unb64u(edit), ms, ...said))));
    }"""
    cases: list[tuple[int, str, str | None]] = [
        (1_795_000_000_123, "accepted", None),
        (2**53 - 1, "quarantined", "fork"),
        (0, "contested", None),
    ]
    made = [b64u(leaf_hash(leaf_data(HASHES[0], ms, outcome, reason))) for ms, outcome, reason in cases]
    assert chromium.evaluate(script, [[b64u(HASHES[0]), *case] for case in cases]) == made


OPEN = """async ([cases, library]) => {
  const { openCheckpoint, readNote, readVerifierKey } = await import('/static/phone/ledger/note.js');
  const { byLibrary, check } = await import('/static/phone/ledger/ed25519.js');
  return Promise.all(cases.map(async ([note, key]) => {
    try {
      const { origin, size } = await openCheckpoint(note, [await readVerifierKey(key)], library ? byLibrary : check);
      return [origin, size];
    } catch (error) {
      return error.message;
    }
  }));
}"""


@pytest.mark.parametrize("library", [False, True])
def test_a_checkpoint_opens_for_its_logs_key_alone(chromium: Chromium, library: bool) -> None:
    text = f"{LOG}\n7\n{b64encode(HASHES[0]).decode()}\n"
    good, key = signed(text, own_key()), str(own_key())
    witness = own_key("witness.example/w", COSIGNED)
    line = good.signatures[0].line()
    note = str(good)
    cases = [
        [note, key],
        [f"{text}\n— {witness.name} {b64encode(witness.id + b'0' * 72).decode()}\n{line}\n", key],
        [note.replace("\n7\n", "\n8\n"), key],
        [note, str(own_key("other.example/log"))],
        [f"{note}{line[:-9]}AAAAAAAA=\n", key],
        [note[:-1], key],
        [note, key.replace("sifang", "sifong")],
        [SPEC_NOTE, SPEC_KEY],
    ]
    answers = chromium.evaluate(OPEN, [cases, library])
    assert answers[:2] == [[LOG, 7], [LOG, 7]]
    assert answers[2:] == [
        "a false signature",
        "not signed by a key of its log",
        "a false signature",
        "no note",
        "a verifier key's id is not that of its name and key",
        "no checkpoint",
    ]


def test_the_examples_of_the_specification_verify_by_browser_and_library(chromium: Chromium) -> None:
    script = """async (cases) => {
      const { readNote, readVerifierKey } = await import('/static/phone/ledger/note.js');
      const { byLibrary, check } = await import('/static/phone/ledger/ed25519.js');
      return Promise.all(cases.map(async ([text, key]) => {
        const { text: said, signatures: [{ signature }] } = readNote(text);
        const known = await readVerifierKey(key);
        const bytes = new TextEncoder().encode(said);
        const bent = new TextEncoder().encode(said + '\\n');
        const both = [bytes, bent];
        return Promise.all([check, byLibrary].flatMap((by) => both.map((each) => by(known.public, signature, each))));
      }));
    }"""
    answers = chromium.evaluate(script, [[SPEC_NOTE, SPEC_KEY], [GO_NOTE, GO_KEY]])
    assert answers == [[True, False, True, False]] * 2


def test_what_the_server_takes_for_a_note_the_phone_takes_for_one(chromium: Chromium) -> None:
    script = """async (notes) => {
      const { readNote } = await import('/static/phone/ledger/note.js');
      return notes.map((note) => { try { return readNote(note).text; } catch { return null; } });
    }"""
    good = [SPEC_NOTE, GO_NOTE, POEM, COSIGNED_NOTE]
    bad = ["", "text\n\n", "text\n\n— name AAAA\n", "text\n\n— na+me AAAAAAAA\n", "text\n\n— name AAAAAAAB=\n"]
    bad += ["te\x00xt\n\n— name AAAAAAAA\n", "text\n\n— name AAAAAAAA", "text\n\n- name AAAAAAAA\n"]
    bad += ["text\n\n" + "— name AAAAAAAA\n" * 65]
    expected = [note[: note.rindex("\n\n") + 1] for note in good] + [None] * len(bad)
    assert chromium.evaluate(script, good + bad) == expected
