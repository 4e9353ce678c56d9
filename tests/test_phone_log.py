"""The log of a day on the phone: called alike everywhere, laid over what was pulled, kept in a store of its own."""

from __future__ import annotations

import pytest

from server.journal import log_id
from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser

AUTHOR, GRID = "019a0b1c-0000-7000-8000-00000000a001", "019a0b1c-0000-7000-8000-00000000c003"
DAYS = ["2026-11-20", "2000-01-01", "2026-02-30", "1969-12-31", ""]


def test_phone_and_server_call_a_log_alike(chromium: Chromium) -> None:
    ids = chromium.evaluate(
        """async ([author, grid, days]) => {
        const { logId } = await import('/static/phone/edit.js');
        return Promise.all(days.map((day) => logId(author, grid, day)));
        }""",
        [AUTHOR, GRID, DAYS],
    )
    assert ids == [*(log_id(AUTHOR, GRID, day) for day in DAYS[:2]), "", "", ""]


def test_what_was_just_sent_is_what_its_author_sees(chromium: Chromium) -> None:
    told = run(
        chromium,
        """
        const { overlay } = await import('/static/phone/overlay.js');
        const day = '2026-11-20', one = { kind: 'daily_log.sent', entity: 'l', grid: 'g', unsent: 1, open: 1 };
        const told = (over, text) => ({ h: JSON.stringify({ over, offset_ms: 5 }), b: JSON.stringify({ day, text }) });
        const sent = (n, text, over) => ({ ...one, ...told(over, text), device, n, id: `e${n}`, at_ms: n });
        const me = { name: '', role: '', offset: 480 };
        const laid = (rows, ...edits) => overlay({ daily_log: rows }, edits, me).daily_log[0];
        const row = { id: 'l', grid: 'g', day, state: 'returned', step: 'r', edits: ['e0'], sent_ms: 0, note: '?' };
        const names = ({ state, step, edits, text, unsent }) => [state, step, edits.join(), text, !!unsent];
        return [
          laid([], sent(1, '一', {}), sent(2, '二', { step: ['e1'], revision: ['e1'] })),
          laid([row], sent(1, '没看到', { step: ['e0'], revision: ['e0'] })),
          laid([row], sent(1, '答', { step: ['r'] })),
          laid([{ ...row, state: 'reviewed' }], sent(1, '补', { step: ['r'], revision: ['e0'] })),
        ].map(names);
        """,
    )
    assert told == [
        ["submitted", "e2", "e2", "二", True],
        ["returned", "r", "e1", "没看到", True],
        ["amended", "e1", "e1,e0", "答", True],
        ["amended", "e1", "e1", "补", True],
    ]


def test_a_store_of_before_there_were_logs_takes_them_and_loses_nothing(chromium: Chromium) -> None:
    kept = run(
        chromium,
        """
        const before = `${name}-before`;
        await new Promise((done) => {
          const opening = indexedDB.open(before, 5);
          opening.onupgradeneeded = () => {
            const db = opening.result;
            db.createObjectStore('visit', { keyPath: 'id' }).put({ id: 'v', scope: 's', part: 'p' });
            db.createObjectStore('edit', { keyPath: ['device', 'n'] }).createIndex('unproved', 'unproved');
          };
          opening.onsuccess = () => { opening.result.close(); done(); };
        });
        store.use(before);
        const { begin } = await import('/static/phone/database.js');
        const tx = await begin(['visit', 'edit', 'daily_log'], 'readwrite');
        tx.objectStore('daily_log').put({ id: 'l', scope: 's', part: 'p' });
        await tx.done;
        const again = await begin(['visit', 'daily_log']);
        const logs = again.objectStore('daily_log').index('scope').count(['s', 'p']);
        return [await again.objectStore('visit').get('v'), await logs];
        """,
    )
    assert kept == [{"id": "v", "scope": "s", "part": "p"}, 1]
