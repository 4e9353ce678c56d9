"""What asks became, on the phone: laid over what was pulled as it was said, and kept in a store of its own."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser


def test_what_was_just_said_of_an_item_is_what_is_seen(chromium: Chromium) -> None:
    told = run(
        chromium,
        """
        const { overlay } = await import('/static/phone/overlay.js');
        const one = { grid: 'g', unsent: 1, open: 1, device };
        const head = (step) => JSON.stringify({ author: 'p', offset_ms: 5, over: step ? { step: [step] } : {} });
        const says = (n, kind, entity, body, step) =>
          ({ ...one, n, id: `e${n}`, kind, entity, at_ms: n, h: head(step), b: JSON.stringify(body) });
        const need = { kind: 'need', text: '量血压', occurred_at_ms: 1, household: 'h' };
        const raised = says(1, 'item.raised', 'e1', need);
        const done = says(2, 'item.moved', 'e1', { to: 'done', note: '去了' }, 'e1');
        const late = says(3, 'item.moved', 'e1', { to: 'dropped' }, 'e1');
        const rated = says(4, 'item.rated', 'e1', { rating: 'basic', visit: 'v' });
        const me = { name: '小赵', role: '', offset: 480 };
        const laid = (...edits) => overlay({ item: [] }, edits, me).item[0];
        const row = laid(raised, done, late, rated);
        return [laid(raised).state, row.state, row.step, row.rating, row.by, row.author, !!row.unsent,
          row.story.map(({ what, to, note, why, at_ms }) => [what, to, note ?? '', why ?? '', at_ms].join())];
        """,
    )
    story = ["moved,done,去了,,7", "moved,dropped,,stale,8", "rated,basic,,,9"]
    assert told == ["new", "done", "e2", "basic", "小赵", "p", True, story]


def test_a_promise_that_was_kept_hangs_on_no_door_until_another_day_is_promised(chromium: Chromium) -> None:
    doors = run(
        chromium,
        """
        const { overlay } = await import('/static/phone/overlay.js');
        const one = { grid: 'g', unsent: 1, open: 1, device, entity: 'v' };
        const h = (over) => JSON.stringify({ author: 'p', offset_ms: 0, over });
        const body = { household: 'h', occurred_at_ms: 5, mode: 'door', result: 'met' };
        const visit = { id: 'v', ...body, follow_up_on: '2026-11-27' };
        const door = { id: 'h', promise_on: '2026-11-27', promise_ms: 5 };
        const kept = { ...one, n: 1, id: 'e1', kind: 'visit.kept', at_ms: 6, h: h({}), b: '{"on":"2026-11-27"}' };
        const other = { ...kept, b: '{"on":"2026-11-26"}' };
        const again = { ...one, n: 2, id: 'e2', kind: 'visit.corrected', at_ms: 7, h: h({ revision: ['v'] }),
          b: JSON.stringify({ ...body, follow_up_on: '2026-12-04' }) };
        const me = { name: '小赵', role: '', offset: 480 };
        const on = (...edits) => overlay({ visit: [visit], door: [door] }, edits, me).door[0].promise_on ?? null;
        return [on(kept), on(other), on(kept, again)];
        """,
    )
    assert doors == [None, "2026-11-27", "2026-12-04"]


def test_a_store_of_before_there_were_items_takes_them_and_loses_nothing(chromium: Chromium) -> None:
    kept = run(
        chromium,
        """
        const before = `${name}-before-items`;
        await new Promise((done) => {
          const opening = indexedDB.open(before, 6);
          const made = () => opening.result.createObjectStore('daily_log', { keyPath: 'id' });
          opening.onupgradeneeded = () => made().put({ id: 'l' });
          opening.onsuccess = () => { opening.result.close(); done(); };
        });
        store.use(before);
        const { begin } = await import('/static/phone/database.js');
        const tx = await begin(['item'], 'readwrite');
        tx.objectStore('item').put({ id: 'i', scope: 's', part: 'p', parent: 'h' });
        await tx.done;
        const again = await begin(['item', 'daily_log']);
        const items = again.objectStore('item').index('parent').count('h');
        return [await items, await again.objectStore('daily_log').get('l')];
        """,
    )
    assert kept == [1, {"id": "l"}]
