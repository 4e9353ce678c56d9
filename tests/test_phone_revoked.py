"""A phone that the station put out of use: what it says, what leaves it, how it comes back. In real Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium
from tests.test_phone_gone import gone

pytestmark = pytest.mark.browser

SERVER = """
  const { exchangeOnce } = await import('/static/phone/exchange.js');
  const scope = `grid:${grid}`;
  const held = [{ scope, name: '第三网格', generation: 1, cursor: 8 }];
  const home = { k: 'household', id: 'h1', rev: 1, row: { id: 'h1', building: 'b1' } };
  await store.putPart(held, scope, 'a', [home], ['a']);
  const asked = [];
  const answers = [];
  const real = window.fetch;
  window.fetch = async (url, { body }) => {
    const stream = typeof body === 'string' ? new Blob([body]).stream()
      : new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip'));
    const message = JSON.parse(await new Response(stream).text());
    asked.push({ url: String(url), message });
    const told = await answers.shift()(message);
    return new Response(JSON.stringify(told), { headers: { 'Content-Type': 'application/json' } });
  };
  const { all: made } = await store.read({ all: { edits: 'all' } });
  const aside = (n, hash) => ({ n, hash, position: 9, received_ms: 1, outcome: 'quarantined', reason: 'revoked' });
  const out = { v: 1, time_ms: Date.now(), log: 'l', size: 9, nonce: 'm', rows: [], scopes: [], more: false,
    backed_up_through: -1, revoked: true, gone: [scope], outcomes: [], chain: { n: 0, hash: null } };
  const told = ({ edits, head }) => {
    const { n, hash } = JSON.parse(head.statement);
    return { ...out, outcomes: edits.length ? [aside(n, hash)] : [], chain: { n, hash } };
  };
  const homes = async () => (await store.read({ rows: { kind: 'household' } })).rows.length;
"""


def revoked(chromium: Chromium, body: str) -> Any:
    """Run on a phone that holds a grid, with a server made up here."""
    return gone(chromium, f"{SERVER} try {{ {body} }} finally {{ window.fetch = real; }}")


def test_it_says_so_and_the_grid_leaves_once_everything_has_gone(chromium: Chromium) -> None:
    told_of = revoked(
        chromium,
        """
        // More than one request can carry: the grid stays for what the second is about.
        await record([said('长'.repeat(200_000)), said('久'.repeat(200_000))]);
        answers.push(told, told);
        await exchangeOnce('test');
        const waiting = { homes: await homes(), outbox: words(await ask('/field/outbox')) };
        await exchangeOnce('test');
        const { edits } = await store.read({ edits: { edits: 'all' } });
        const outbox = words(await ask('/field/outbox')), today = words(await ask('/field/'));
        const became = edits.map(({ reason, unsent }) => [reason, unsent]);
        return { waiting, homes: await homes(), outbox, today, became };
        """,
    )
    assert told_of["waiting"]["homes"] == 1
    assert "站里停用了这部手机。写过的都没丢" in told_of["waiting"]["outbox"]
    assert "1 条" in told_of["waiting"]["outbox"]
    assert told_of["homes"] == 0
    assert "站里停用了这部手机。写过的都没丢" in told_of["outbox"]
    assert told_of["outbox"].count("这一条送到时，这部手机已经停用。先收着，没丢") == 2
    assert "站里停用了这部手机。" in told_of["today"]
    assert told_of["became"] == [["revoked", None]] * 2


def test_it_is_taken_back(chromium: Chromium) -> None:
    told_of = revoked(
        chromium,
        """
        answers.push(told, () => ({ ...out, revoked: undefined, gone: [], scopes: held }));
        await exchangeOnce('test');
        const before = (await store.meta('sync')).revoked;
        await exchangeOnce('test');
        return [before, (await store.meta('sync')).revoked, words(await ask('/field/outbox'))];
        """,
    )
    assert told_of[:2] == [True, False]
    assert "停用" not in told_of[2]


def test_a_new_link_makes_another_device_of_it_and_what_waits_goes_on(chromium: Chromium) -> None:
    told_of = revoked(
        chromium,
        """
        const { knownAgain } = await import('/static/phone/enrol.js');
        answers.push(told);
        await record([said('先前的')]);
        await exchangeOnce('test');
        const [late] = await record([said('还没送的')]);
        const fresh = '019a0b1c-0000-7000-8000-00000000d009';
        answers.push(() => ({ device: fresh, nonce: 'fresh', log: 'l', size: 10, time_ms: Date.now() }));
        await knownAgain('token');
        const { chain, sync: now, edits } = await store.read({
          chain: { meta: 'chain' }, sync: { meta: 'sync' }, edits: { edits: 'all' } });
        answers.push(({ head }) => ({ ...out, revoked: undefined, gone: [], scopes: held, size: 11,
          outcomes: [{ ...aside(1, JSON.parse(head.statement).hash), outcome: 'accepted', reason: undefined }] }));
        await exchangeOnce('test');
        const sent = asked.at(-1).message;
        const { n: unsent } = await store.read({ n: { count: 'unsent' } });
        const up = sent.edits.map(({ h }) => JSON.parse(h)), devices = edits.map(({ device }) => device);
        return { was: asked[1].message.device, chain, now, late: late.id, fresh, unsent, devices, up };
        """,
    )
    assert told_of["was"].endswith("d001"), "the server is told which device it was"
    assert told_of["chain"]["device"] == told_of["fresh"]
    assert (told_of["now"]["revoked"], told_of["now"]["nonce"], told_of["now"]["acked"]) == (False, "fresh", 0)
    assert [device[-4:] for device in told_of["devices"]] == ["d001", "d009"], "what had gone up stays as it was"
    (up,) = told_of["up"]
    assert (up["device"], up["n"], up["prev"], up["id"]) == (told_of["fresh"], 1, None, told_of["late"])
    assert told_of["unsent"] == 0
