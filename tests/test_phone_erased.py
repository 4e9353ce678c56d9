"""What the station erased goes from the phone: words, photos, half-written forms. The chain goes on without them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium
from tests.test_phone_blobs import run

pytestmark = pytest.mark.browser

HOME = "019a0b1c-0000-7000-8000-00000000b001"
WORLD = f"""
  const home = '{HOME}';
  const {{ wired }} = await import('/static/phone/closing.js');
  const {{ proofOf }} = await import('/static/phone/ledger/holding.js');
  const scope = `grid:${{grid}}`;
  const scopes = [{{ scope, name: '', generation: 1, cursor: 9 }}];
  const put = (key, page) => store.putDraft({{ key, values: {{ text: '半句' }}, page, untouched: false }}, 1);
  const photo = await kept(1, now), shared = await kept(2, now);
  const [edit] = await record([named(photo)]);
  const [other] = await record([named(shared)]);
  const [both] = await record([named(shared)]);
  const receipts = [edit, other, both].map(({{ n, hash }}) => {{
    return {{ device, n, hash, position: n, received_ms: now, outcome: 'accepted' }};
  }});
  await store.applyChange({{ ...change, scopes, receipts, proved: new Set([proofOf(receipts[0])]) }});
  const [late] = await record([said('没送出的')]);
  await put(`visit:${{home}}`, 'p');
  await put(`correction:${{edit.id}}`, 'p');
  await put('visit:another', 'p');
  const erasure = {{ scope, k: 'erasure', id: 'e', rev: 8, row: {{ id: 'e', edits: [edit.id, other.id, home] }} }};
  const lying = async () => {{
    const {{ all, drafts }} = await store.read({{ all: {{ heads: 'all' }}, drafts: {{ drafts: true }} }});
    const edits = all.map((e) => ({{ ...e, lies: !!(e.sealed || e.to_server || e.b) }}));
    return {{ edits, drafts: drafts.map(({{ key }}) => key) }};
  }};
  const still = async (name) => !!(await blobHere(name.sha256)).data;
"""


def told(chromium: Chromium, body: str) -> Any:
    return run(chromium, WORLD + body)


def check(found: Any) -> None:
    edits, drafts, here = found["edits"], found["drafts"], found["here"]
    first, second, third, late = edits
    assert (first["lies"], first["erased"], second["lies"], second["erased"]) == (False, 1, False, 1)
    assert first["h"]
    assert first["hash"]
    assert (first["outcome"], first["position"], first["proved"]) == ("accepted", 1, 1), "receipts stay"
    assert third["lies"]
    assert late["lies"], "what is unsent is not touched"
    assert late["unsent"] == 1
    assert drafts == ["visit:another"]
    assert here == [False, True], "a photo that something else names stays"


def test_an_exchange_that_tells_of_an_erasure_takes_the_words(chromium: Chromium) -> None:
    check(
        told(
            chromium,
            """
            await store.applyChange({ ...change, round: 1, scopes, rows: [erasure] });
            return { ...(await lying()), here: [await still(photo), await still(shared)] };
            """,
        )
    )


def test_a_first_download_tells_of_it_as_well(chromium: Chromium) -> None:
    check(
        told(
            chromium,
            """
            await store.putPart(scopes, scope, 'part', [erasure], ['part']);
            return { ...(await lying()), here: [await still(photo), await still(shared)] };
            """,
        )
    )


def test_what_is_sent_again_goes_as_a_header_alone(chromium: Chromium) -> None:
    """The server was restored from a backup and asks for everything once more."""
    sent = told(
        chromium,
        """
        const rewind = { device, from: 1 };
        await store.applyChange({ ...change, round: 1, scopes, rows: [erasure] });
        await store.applyChange({ ...change, round: 2, scopes, rewind });
        const { all } = await store.read({ all: { edits: 'all' } });
        return all.map((edit) => Object.keys(wired(edit)));
        """,
    )
    assert sent[:2] == [["h"], ["h"]]
    assert all(len(keys) > 1 for keys in sent[2:])
