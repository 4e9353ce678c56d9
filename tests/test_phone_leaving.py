"""A phone that was put out of use empties itself: when, and above all when not. In real Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium
from tests.test_phone_revoked import revoked

pytestmark = pytest.mark.browser

LEAVING = """
  const { synchronise } = await import('/static/phone/sync.js');
  const { leftNow } = await import('/static/phone/gone.js');
  const { lock, unlock, forget } = await import('/static/phone/vault.js');
  const lives = async () => (await indexedDB.databases()).some((each) => each.name === name);
  const kept = async () => ({ lives: await lives(), left: await leftNow() });
  const inUse = (message) => ({ ...told(message), revoked: undefined });
  const unknown = async () => Response.json({ problem: { code: 'unknown_device' } }, { status: 403 });
  const unheard = ({ head }) => ({ ...out, chain: { n: 0, hash: null } });
  const tryWrong = async () => { for (const pin of ['111222', '111223', '111224', '111225']) await unlock(pin); };
  const line = () => { throw new TypeError('Failed to fetch'); };
  const sync_now = () => synchronise({ app: 'test' });
"""


def leaving(chromium: Chromium, body: str) -> Any:
    """Run on a phone that holds a grid, with a server made up here, as its worker would."""
    return revoked(chromium, LEAVING + body)


def test_it_goes_once_everything_has_gone_up_and_tells_once_what_went_with_it(chromium: Chromium) -> None:
    told_of = leaving(
        chromium,
        """
        await record([said('没送的')]);
        await store.putDraft({ key: 'visit:h1', values: { text: '半' }, page: 'p', untouched: false }, 1);
        answers.push(told, told, told);
        const outcome = await sync_now();
        const wiped = asked.map(({ message }) => message.health.wiped ?? null);
        const after = await kept();
        const again = await sync_now();
        const edits = asked.map(({ message }) => message.edits.length);
        return { outcome, wiped, after, again, asked: asked.length, edits };
        """,
    )
    assert told_of["edits"] == [1, 0, 0]
    assert told_of["wiped"] == [None, None, 1], "told last, when nothing was left"
    assert told_of["outcome"] == told_of["again"] == {"ok": True, "code": "out_of_use", "unsent": 0}
    assert told_of["after"] == {"lives": False, "left": {"emptied": True, "said": None}}
    assert told_of["asked"] == 3


def test_a_locked_phone_goes_too(chromium: Chromium) -> None:
    told_of = leaving(
        chromium,
        """
        const { noteVault } = await import('/static/phone/vault.js');
        await noteVault({ server: seal });
        await record([said('锁上以前写的')]);
        await lock();
        answers.push(told, told, told);
        await sync_now();
        return { ...(await kept()), sealed: 'sealed' in asked[0].message.edits[0] };
        """,
    )
    assert (told_of["lives"], told_of["left"]["emptied"], told_of["sealed"]) == (False, True, True)


WHY_NOT = {
    "the line breaks before anything went up": "answers.push(line);",
    "the line breaks when it asks once more": "answers.push(told, line);",
    "the station takes its word back meanwhile": "answers.push(told, inUse);",
    "the server does not know it": "window.fetch = unknown;",
    "the server breaks": "window.fetch = async () => new Response('oops', { status: 500 });",
    "something else answers": "window.fetch = async () => Response.json({ revoked: true }, { status: 502 });",
    "one edit is not acknowledged": "answers.push(unheard, line);",
    "wrong PINs": "await lock(); await tryWrong(); answers.push(inUse);",
}


@pytest.mark.parametrize("why", WHY_NOT)
def test_it_stays_whole_when(chromium: Chromium, why: str) -> None:
    told_of = leaving(
        chromium,
        f"""
        await record([said('没送的')]);
        {WHY_NOT[why]}
        await sync_now();
        const {{ all }} = await store.read({{ all: {{ heads: 'all' }} }});
        const wiped = asked.some(({{ message }}) => 'wiped' in message.health);
        return {{ ...(await kept()), edits: all.length, wiped }};
        """,
    )
    assert told_of == {"lives": True, "left": None, "edits": 1, "wiped": False}


def test_cut_between_the_mark_and_the_store_it_goes_on(chromium: Chromium) -> None:
    told_of = leaving(
        chromium,
        """
        const { noteLeft } = await import('/static/phone/gone.js');
        const { farewell } = await import('/static/phone/exchange.js');
        await noteLeft({ emptied: false, said: await farewell('test', 2) });
        answers.push(line);
        const first = await sync_now();
        const between = await kept();
        answers.push(told);
        const second = await sync_now();
        const { wiped } = asked.at(-1).message.health;
        return { first: first.ok, between, second: second.ok, after: await kept(), wiped };
        """,
    )
    assert (told_of["first"], told_of["second"], told_of["wiped"]) == (False, True, 2)
    assert told_of["between"]["lives"] is False
    assert told_of["between"]["left"]["emptied"] is True
    assert told_of["after"]["left"]["said"] is None


def test_photos_go_up_before(chromium: Chromium) -> None:
    told_of = leaving(
        chromium,
        """
        const { keepBlob } = await import('/static/phone/blobs.js');
        const data = new Uint8Array([255, 216, 255, 1]).buffer;
        const blob = await keepBlob({ type: 'image/jpeg', data }, Date.now());
        const [{ entity }] = await record([{ ...said('带照片'), body: { text: '带照片', blobs: [blob] } }]);
        const exchanged = window.fetch, sent = [];
        let line_up = false;
        window.fetch = async (url, init) => {
          if (!String(url).includes('/sync/blobs/')) return exchanged(url, init);
          if (!line_up) throw new TypeError('Failed to fetch');
          sent.push(init.method ?? 'GET');
          const whole = init.method === 'PUT';
          return Response.json({ have: whole ? 4 : 0, whole, ...(whole && { log: 'l', size: 9 }) });
        };
        answers.push(told);
        await sync_now();
        const waits = await kept();
        line_up = true;
        answers.push(told, told, told);
        await sync_now();
        return { waits, sent, after: await kept(), wiped: asked.at(-1).message.health.wiped };
        """,
    )
    assert told_of["waits"] == {"lives": True, "left": None}
    assert told_of["sent"] == ["GET", "PUT"]
    assert (told_of["after"]["lives"], told_of["wiped"]) == (False, 0)
