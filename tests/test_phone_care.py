"""Who is looked in on, on the phone: a check just made laid over what was pulled, and a store of before it."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser


def test_what_was_just_found_is_what_its_author_sees_and_taken_back_the_one_before_counts(chromium: Chromium) -> None:
    told = run(
        chromium,
        """
        const { overlay } = await import('/static/phone/overlay.js');
        const me = { name: '赵敏', role: '', offset: 480 };
        const h = JSON.stringify({ author: 'z' });
        const open = { grid: 'g', h, unsent: 1, open: 1, device };
        const edit = (kind, n, body, entity) =>
          ({ ...open, kind, entity, b: JSON.stringify(body), n, id: `c${n}`, at_ms: n });
        const found = (n, state, at) => edit('care_check.made', n, { pair: 'p', state, occurred_at_ms: at }, `c${n}`);
        const undone = (n, of) => edit('care_check.undone', n, {}, of);
        const at = { household: 'h', grid: 'g', state: 'watch' };
        const old = { ...at, id: 'c0', pair: 'p', author: 'q', by: '钱进', occurred_at_ms: 5 };
        const pair = { ...at, id: 'p', carer: 'z', check: 'c0', checked_ms: 5 };
        const laid = (pairs, checks, ...edits) => overlay({ care_pair: pairs, care_check: checks }, edits, me);
        const each = (check) => [check.id, check.by, !!check.undone_ms, !!check.after_end];
        const of = ({ care_pair: [p], care_check }) =>
          [p?.state, p?.check, p?.checked_ms, !!p?.unsent, care_check.map(each)];
        return [
          of(laid([pair], [old], found(1, 'ok', 9))),
          of(laid([pair], [old], found(1, 'urgent', 4))),
          of(laid([pair], [old], found(1, 'ok', 9), undone(2, 'c1'))),
          of(laid([{ ...pair, ended_ms: 7 }], [old], undone(1, 'c0'), found(2, 'ok', 9))),
          of(laid([], [], found(1, 'ok', 9))),
        ];
        """,
    )
    assert told == [
        ["ok", "c1", 9, True, [["c0", "钱进", False, False], ["c1", "赵敏", False, False]]],
        ["watch", "c0", 5, True, [["c0", "钱进", False, False], ["c1", "赵敏", False, False]]],
        ["watch", "c0", 5, True, [["c0", "钱进", False, False], ["c1", "赵敏", True, False]]],
        ["ok", "c2", 9, True, [["c0", "钱进", True, False], ["c2", "赵敏", False, True]]],
        [None, None, None, False, []],
    ]


def test_a_store_of_before_takes_pairs_and_finds_them_by_home(chromium: Chromium) -> None:
    kept = run(
        chromium,
        """
        const before = `${name}-before-care`;
        await new Promise((done) => {
          const opening = indexedDB.open(before, 6);
          opening.onupgradeneeded = () =>
            opening.result.createObjectStore('visit', { keyPath: 'id' }).put({ id: 'v', scope: 's', part: 'p' });
          opening.onsuccess = () => { opening.result.close(); done(); };
        });
        store.use(before);
        const { begin } = await import('/static/phone/database.js');
        const kinds = ['care_pair', 'care_check', 'paired', 'paired_check'];
        const tx = await begin(['visit', ...kinds], 'readwrite');
        for (const kind of kinds) tx.objectStore(kind).put({ id: kind, scope: 's', part: 'p', parent: 'h' });
        const at = ['care_pair', 'care_check'].map((kind) => tx.objectStore(kind).index('parent').count('h'));
        const own = tx.objectStore('paired').index('scope').count(['s', 'p']);
        return [(await tx.objectStore('visit').get('v')).id, ...(await Promise.all([...at, own]))];
        """,
    )
    assert kept == ["v", 1, 1, 1]
