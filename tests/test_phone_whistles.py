"""Whistles on the phone: the ways it knows are the rules', and what was just said is what is seen."""

from __future__ import annotations

import pytest

from server.views.whistles import NOTED, WAYS
from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser


def test_the_phone_knows_the_same_ways_and_lays_its_own_words_over_what_was_pulled(chromium: Chromium) -> None:
    ways, noted, told = run(
        chromium,
        """
        const { overlay } = await import('/static/phone/overlay.js');
        const { NOTED, WAYS } = await import('/static/phone/views/whistles.js');
        const one = { grid: 'g', unsent: 1, open: 1, device };
        const head = (step) => JSON.stringify({ author: 'p', offset_ms: 5, over: step ? { step: [step] } : {} });
        const says = (n, kind, entity, body, step) =>
          ({ ...one, n, id: `e${n}`, kind, entity, at_ms: n, h: head(step), b: JSON.stringify(body) });
        const raised = says(1, 'whistle.raised', 'e1', { title: '飞线', occurred_at_ms: 1, household: 'h' });
        const sent = says(2, 'whistle.moved', 'e1', { to: 'responded' }, 'e1');
        const solved = says(3, 'whistle.moved', 'e1', { to: 'self_resolved', note: '推走了' }, 'e1');
        const late = says(4, 'whistle.moved', 'e1', { to: 'withdrawn' }, 'e1');
        const own = says(5, 'whistle.moved', 'e1', { to: 'closed' }, 'e3');
        const word = says(6, 'whistle.told', 'e1', { note: '谢谢' });
        const me = { name: '小赵', role: 'grid_worker', offset: 480 };
        const rows = { whistle: [], household: [{ id: 'h', building: 'b' }] };
        const row = overlay(rows, [raised, sent, solved, late, own, word], me).whistle[0];
        const story = row.story.map(({ to, note, why, at_ms }) => [to ?? '', note ?? '', why ?? '', at_ms].join());
        return [WAYS, NOTED, [row.state, row.step, row.building, row.first_owner, row.result, !!row.unsent, story]];
        """,
    )
    assert ways == {at: {to: list(who) for to, who in leads.items()} for at, leads in WAYS.items()}
    assert noted == list(NOTED)
    story = [
        *("responded,,not_theirs,7", "self_resolved,推走了,,8", "withdrawn,,stale,9"),
        *("closed,,not_theirs,10", ",谢谢,,11"),
    ]
    assert told == ["self_resolved", "e3", "b", "p", "推走了", True, story]
