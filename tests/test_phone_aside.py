"""What was set aside, as the phone keeps it in sight, in real Chromium."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser


def test_what_was_set_aside_stays_in_sight_and_its_row_belongs_to_no_grid(chromium: Chromium) -> None:
    told = run(
        chromium,
        """
        const { outboxParams, rowsFor } = await import('/static/phone/reading.js');
        const { usable } = await import('/static/phone/download.js');
        const [edit] = await record([said('去过')]);
        const receipt = { device, n: 1, hash: edit.hash, position: 7, received_ms: 8, outcome: 'quarantined' };
        const own = { scope: `person:${person.id}`, name: '', generation: 0, cursor: 9 };
        const row = { id: edit.id, position: 7, decision: 'declined', by: '王站长', at_ms: 9, reason: '记重了' };
        const rows = [{ scope: own.scope, k: 'aside', id: edit.id, rev: 9, row }];
        await store.applyChange({ ...change, receipts: [{ ...receipt, reason: 'out_of_scope' }], rows, scopes: [own] });
        // Much is sent after it.
        await record(Array.from({ length: 70 }, (_, i) => said(`${i}`)));
        const { all } = await store.read({ all: { edits: 'all' } });
        const taken = { device, received_ms: 9, outcome: 'accepted' };
        const later = all.slice(1).map(({ n, hash }) => ({ ...taken, n, hash, position: 7 + n }));
        await store.applyChange({ ...change, round: 1, receipts: later, scopes: [own] });
        const { edits } = await outboxParams({});
        const { aside } = await rowsFor({ aside: 'all' }, { open: [], me: '小赵', role: 'grid_worker' });
        const held = { scope: 'grid:x', name: '', generation: 1, cursor: 1 };
        return { kept: edits.some(({ id }) => id === edit.id), aside, usable: [usable([own]), usable([own, held])] };
        """,
    )
    assert told["kept"]
    assert [(row["decision"], "grid" in row) for row in told["aside"]] == [("declined", False)]
    assert told["usable"] == [False, True]
