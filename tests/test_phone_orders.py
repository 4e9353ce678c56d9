"""Orders on the phone: an answer laid over what was pulled, said once however often it is sent, in its own stores."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser

LAID = """
const { overlay } = await import('/static/phone/overlay.js');
const home = (id) => ({ id, grid: 'g' });
const asked = { title: 't', points: ['p'], households: ['a', 'b', 'c'], due: '2026-11-27' };
const order = { id: 'o', grid: 'g', ...asked, state: 'issued', step: 's' };
const one = (n, kind, over, body) => ({
  ...{ kind, entity: 'o', grid: 'g', unsent: 1, open: 1, device, n, id: `e${n}`, at_ms: n },
  ...{ h: JSON.stringify({ over, author: 'z', offset_ms: 0 }), b: JSON.stringify(body) },
});
const found = (n, household) => ({ household, points: [{ ok: true }], occurred_at_ms: n });
const at = (n, door, over = { step: ['s'] }) => one(n, 'order.answered', over, found(n, door));
const done = (n, step) => one(n, 'order.reported', { step: [step] }, {});
const me = { name: '小赵', role: '', offset: 480 };
const rows = (row) => ({ household: ['a', 'b'].map(home), verification_order: [row], order_answer: [] });
const laid = (row, ...edits) => overlay(rows(row), edits, me);
const answers = (all) => all.map(({ id, by, covers }) => [id, by, covers ?? []]);
const told = ({ verification_order: [{ state, step, unsent }], order_answer }) =>
  [state, step, !!unsent, answers(order_answer)];
"""


def test_what_was_just_answered_is_what_its_author_sees(chromium: Chromium) -> None:
    told = run(
        chromium,
        LAID
        + """
        return [
          laid(order, at(1, 'a')),
          laid(order, at(1, 'a'), at(2, 'a', { step: ['s'], revision: ['e1'] })),
          laid(order, at(1, 'a'), at(2, 'b')),
          laid({ ...order, state: 'redo', step: 'r' }, at(1, 'a')),
          laid({ ...order, state: 'redo', step: 'r' }, at(1, 'a', { step: ['r'] }), at(2, 'b', { step: ['r'] })),
          laid({ ...order, state: 'withdrawn' }, at(1, 'a'), done(2, 's')),
          laid(order, at(1, 'a'), done(2, 's')),
          laid({ ...order, step: 'later' }, done(1, 's')),
        ].map(told);
        """,
    )
    first = ["e1", "小赵", []]
    assert told == [
        ["in_progress", "s", True, [first]],
        ["in_progress", "s", True, [first, ["e2", "小赵", ["e1"]]]],
        # The third door has left this grid: with the second the order is done.
        ["reported", "e2", True, [first, ["e2", "小赵", []]]],
        ["redo", "r", False, [first]],
        ["reported", "e2", True, [first, ["e2", "小赵", []]]],
        ["withdrawn", "s", False, [first]],
        ["reported", "e2", True, [first]],
        ["issued", "later", False, []],
    ]


def test_an_answer_pressed_twice_is_one_and_changed_takes_its_own_place(chromium: Chromium) -> None:
    told = run(
        chromium,
        """
        const { secondWords } = await import('/static/phone/record.js');
        const first = { id: '019a9f00-0000-7000-8000-000000000001', kind: 'order.answered', entity: 'o' };
        const body = (ok, occurred_at_ms) => ({ household: 'h', points: [{ ok }], occurred_at_ms });
        first.b = JSON.stringify(body(true, 60000));
        const draft = (ok) => ({ kind: 'order.answered', entity: 'o', over: { step: ['s'] }, body: body(ok, 61234) });
        const again = await secondWords(first, draft(false));
        return [await secondWords(first, draft(true)), again.over, again.body.occurred_at_ms, again.id !== first.id];
        """,
    )
    assert told == [None, {"step": ["s"], "revision": ["019a9f00-0000-7000-8000-000000000001"]}, 60000, True]


def test_a_store_of_before_there_were_orders_takes_them(chromium: Chromium) -> None:
    kept = run(
        chromium,
        """
        const before = `${name}-orders`;
        await new Promise((done) => {
          const opening = indexedDB.open(before, 6);
          opening.onupgradeneeded = () => {
            const db = opening.result;
            db.createObjectStore('visit', { keyPath: 'id' }).put({ id: 'v', scope: 's', part: 'p' });
            db.createObjectStore('daily_log', { keyPath: 'id' });
          };
          opening.onsuccess = () => { opening.result.close(); done(); };
        });
        store.use(before);
        const { begin } = await import('/static/phone/database.js');
        const tx = await begin(['visit', 'verification_order', 'order_answer'], 'readwrite');
        tx.objectStore('order_answer').put({ id: 'a', scope: 's', part: 'p' });
        await tx.done;
        const again = await begin(['visit', 'verification_order', 'order_answer']);
        const count = again.objectStore('order_answer').index('scope').count(['s', 'p']);
        return [await again.objectStore('visit').get('v'), await count];
        """,
    )
    assert kept == [{"id": "v", "scope": "s", "part": "p"}, 1]
