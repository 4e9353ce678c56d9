"""What was agreed, on the phone: kept in a store of its own, done by one tap without a signal."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium
from tests.older_store import STORE_OF_VERSION_6
from tests.test_phone_store import run

pytestmark = pytest.mark.browser


def test_what_is_done_here_stands_on_today_no_more_whether_sent_or_not(chromium: Chromium) -> None:
    told = run(
        chromium,
        """
        const { overlay } = await import('/static/phone/overlay.js');
        const { actionsOf } = await import('/static/phone/views/actions.js');
        const row = (id, due) => ({ id, due, text: id, step: 's', by: '王站长' });
        const rows = { action: [row('b', '2026-11-30'), row('a', '2026-11-18')] };
        const known = { kind: 'action.done', entity: 'a', grid: 'g', id: 'e', device, n: 1, at_ms: 1 };
        const done = { ...known, unsent: 1, open: 1 };
        const me = { name: '', role: '', offset: 480 };
        const laid = overlay(rows, [{ ...done, h: JSON.stringify({ over: {} }), b: '{}' }], me);
        const shown = (rows) => actionsOf(rows, 20777).map(({ id, late }) => [id, late]);
        return [shown(rows), shown(laid)];
        """,
    )
    assert told == [[["a", True], ["b", False]], [["b", False]]]


def test_a_store_of_before_takes_what_was_agreed_and_loses_nothing(chromium: Chromium) -> None:
    kept = run(
        chromium,
        """
        const before = `${name}-before-actions`;
        """
        + STORE_OF_VERSION_6
        + """
        const tx = await begin(['daily_log', 'action'], 'readwrite');
        tx.objectStore('action').put({ id: 'a', scope: 's', part: 'p' });
        await tx.done;
        const again = await begin(['daily_log', 'action']);
        const there = again.objectStore('action').index('scope').count(['s', 'p']);
        return [await again.objectStore('daily_log').get('l'), await there];
        """,
    )
    assert kept == [{"id": "l", "scope": "s", "part": "p"}, 1]
