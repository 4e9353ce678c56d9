"""Patrols on the phone: what was just tapped is what their author sees, and older stores take them."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium
from tests.older_store import STORE_OF_VERSION_6
from tests.test_phone_store import run

pytestmark = pytest.mark.browser

LAID = """
const { overlay } = await import('/static/phone/overlay.js');
const me = { name: '', role: '', offset: 480 };
const edit = (n, kind, entity, body = {}, over = {}) => ({
  device, n, id: `e${n}`, kind, entity, grid: 'g', at_ms: n * 60_000, unsent: 1, open: 1,
  h: JSON.stringify({ over, offset_ms: 5 }), b: JSON.stringify(body),
});
const laid = (rows, ...edits) => overlay({ patrol: [], patrol_note: [], ...rows }, edits, me);
"""


def test_what_was_just_tapped_is_what_its_author_sees(chromium: Chromium) -> None:
    told = run(
        chromium,
        LAID
        + """
        const began = edit(1, 'patrol.started', 'e1'), over = edit(9, 'patrol.ended', 'e1', {}, { step: ['e1'] });
        const row = { id: 'e1', grid: 'g', state: 'running', step: 'e1', started_ms: 60_005 };
        const names = ({ state, step, started_ms, ended_ms, lasted_ms, unsent }) =>
          [state, step, started_ms, ended_ms ?? null, lasted_ms ?? null, !!unsent];
        return [
          laid({}, began),
          laid({}, began, over),
          laid({ patrol: [row] }, over),
          laid({}, began, over, edit(10, 'patrol.ended', 'e1', {}, { step: ['e9'] })),
          laid({}, edit(9, 'patrol.ended', 'x')),
        ].map(({ patrol }) => names({ started_ms: null, ...patrol[0] }));
        """,
    )
    ended = ["ended", "e9", 60_005, 540_005, 480_000, True]
    assert told == [
        ["running", "e1", 60_005, None, None, True],
        ended,
        ended,
        ended,
        ["ended", "e9", None, 540_005, None, True],
    ]


def test_a_note_told_anew_or_taken_back_is_so_at_once(chromium: Chromium) -> None:
    told = run(
        chromium,
        LAID
        + """
        const first = edit(1, 'patrol.noted', 'e1', { what: 'problem', text: '灯坏了', building: 'b' });
        const names = ({ what, text, edits, noted_ms }) => [what, text ?? null, edits.join(), noted_ms];
        return [
          laid({}, first),
          laid({}, first, edit(2, 'patrol.noted', 'e1', { what: 'demand', text: '修灯' }, { revision: ['e1'] })),
          laid({}, first, edit(2, 'patrol.noted', 'e1', { what: 'demand', text: '修灯' })),
          laid({}, first, edit(2, 'patrol.withdrawn', 'e1', {}, { revision: ['e1'] })),
        ].map(({ patrol_note }) => names(patrol_note[0]));
        """,
    )
    assert told == [
        ["problem", "灯坏了", "e1", 60_005],
        ["demand", "修灯", "e2", 60_005],
        ["demand", "修灯", "e2,e1", 60_005],
        ["withdrawn", None, "e2", 60_005],
    ]


def test_a_store_of_before_there_were_patrols_takes_them_and_loses_nothing(chromium: Chromium) -> None:
    kept = run(
        chromium,
        """
        const before = `${name}-before`;
        """
        + STORE_OF_VERSION_6
        + """
        const tx = await begin(['patrol', 'patrol_note'], 'readwrite');
        tx.objectStore('patrol').put({ id: 'w', scope: 's', part: 'p' });
        tx.objectStore('patrol_note').put({ id: 'n', scope: 's', part: 'p' });
        await tx.done;
        const again = await begin(['daily_log', 'patrol', 'patrol_note']);
        const there = (kind) => again.objectStore(kind).index('scope').count(['s', 'p']);
        return [await again.objectStore('daily_log').get('l'), await there('patrol'), await there('patrol_note')];
        """,
    )
    assert kept == [{"id": "l", "scope": "s", "part": "p"}, 1, 1]


def test_the_same_form_sent_with_other_words_is_the_same_note(chromium: Chromium) -> None:
    again = run(
        chromium,
        """
        const { secondWords } = await import('/static/phone/record.js');
        const id = '019a0b1c-0000-7000-8000-00000000a001', kind = 'patrol.noted';
        const first = { id, kind, entity: id, b: '{"what":"change","text":"一"}' };
        const sent = (text) => secondWords(first, { kind, grid: 'g', over: {}, body: { what: 'change', text } });
        return [await sent('一'), (({ entity, over }) => [entity, over])(await sent('二'))];
        """,
    )
    first = "019a0b1c-0000-7000-8000-00000000a001"
    assert again == [None, [first, {"revision": [first]}]]
