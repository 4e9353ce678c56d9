"""Photos on the phone, in real Chromium: kept once, sent once their visit has arrived, cleared when unnamed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import SETUP

pytestmark = pytest.mark.browser

BLOBS = """
  const { blobHere, clearBlobs, keepBlob, knownBlobs } = await import('/static/phone/blobs.js');
  const { sendBlobs } = await import('/static/phone/sending.js');
  const { makeKey } = await import('/static/phone/edit.js');
  const { writeBlobs } = await import('/static/phone/views/blobs.js');
  const { begin } = await import('/static/phone/database.js');
  const DAY = 24 * 3600 * 1000, now = Date.now();
  const bytes = (n, size = 10) => new Uint8Array(size).fill(n).buffer;
  const kept = (n, at = now, size = 10) => keepBlob({ type: 'image/jpeg', data: bytes(n, size) }, at);
  const named = (...blobs) => ({ ...said('照'), body: { text: '照', blobs } });
  const arrive = async (edit) => {
    const tx = await begin(['edit'], 'readwrite');
    tx.objectStore('edit').put({ ...edit, position: 7, received_ms: 1, outcome: 'accepted' });
    await tx.done;
  };
  const stateOf = async ({ sha256 }) => {
    const { known, data } = await blobHere(sha256);
    return [known.todo ?? null, known.refused ?? null, !!data];
  };
  const asked = [];
  const serve = async (answer, work) => {
    const real = window.fetch;
    window.fetch = async (url, init = {}) => {
      asked.push([init.method ?? 'GET', init.headers['Content-Range'] ?? null]);
      const [status, told] = await answer(init, asked.length);
      return new Response(JSON.stringify(told), { status });
    };
    try { return await work(); } finally { window.fetch = real; }
  };
"""


def run(chromium: Chromium, body: str) -> Any:
    """Run on a fresh store in which a phone is enrolled."""
    return chromium.evaluate(f"async () => {{ {SETUP} {BLOBS} {body} }}")


def test_what_nobody_names_is_cleared_after_a_day_and_nothing_else(chromium: Chromium) -> None:
    left = run(
        chromium,
        """
        const old = now - 2 * DAY;
        const [edited, drafted] = [await kept(1, old), await kept(2, old)];
        const [shown, orphan, noted] = [await kept(3, old), await kept(4, old), await kept(6, old)];
        const fresh = await kept(5);
        await record([named(edited)]);
        await store.putDraft({ key: 'k', values: { blobs: writeBlobs([drafted]) }, page: 'p', untouched: false }, 1);
        const row = { id: 'v', household: 'h', occurred_at_ms: now - 2 * DAY, blobs: [shown] };
        const note = { id: 'n', grid: 'x', what: 'problem', noted_ms: 1, edits: ['n'], blobs: [noted] };
        const rows = [{ k: 'visit', id: 'v', rev: 1, row }, { k: 'patrol_note', id: 'n', rev: 1, row: note }];
        await store.putPart([], 'grid:x', 'a', rows, null);
        const gone = await clearBlobs(now);
        const names = [edited, drafted, shown, noted, orphan, fresh].map(({ sha256 }) => sha256);
        const known = await knownBlobs(names);
        return [gone, names.map((name) => name in known), !!(await blobHere(orphan.sha256)).data];
        """,
    )
    assert left == [1, [True, True, True, True, False, True], False]


def test_a_photo_that_could_not_go_up_for_a_week_waits_on_and_the_outbox_says_so(chromium: Chromium) -> None:
    """The server's folder of photos is full for longer than visits are kept."""
    kept = run(
        chromium,
        """
        const { outboxParams } = await import('/static/phone/reading.js');
        await store.setMeta({ device: { id: device, person, key: await makeKey() } });
        const photo = await kept(1, now - 8 * DAY), drafted = await kept(2, now - 8 * DAY);
        await store.putDraft({ key: 'k', values: { blobs: writeBlobs([drafted]) }, page: 'p', untouched: false }, 1);
        const [edit, plain] = await record([named(photo), said('没拍照')]);
        const receipts = [edit, plain].map(({ n, hash }) => {
          return { device, n, hash, position: n, received_ms: now - 8 * DAY, outcome: 'accepted' };
        });
        const scopes = [{ scope: `grid:${grid}`, name: '', generation: 1, cursor: 9 }];
        const old = { ...change, scopes, backedUpThrough: 9, keepSinceMs: now - 7 * DAY };
        await store.applyChange({ ...old, receipts });
        const numbers = async () => (await store.read({ all: { edits: 'all' } })).all.map(({ n }) => n);
        const full = { problem: { code: 'disk_full', status: 507 } };
        const answers = (init) => (init.method === 'PUT' ? [507, full] : [200, { have: 0, whole: false }]);
        await serve(answers, sendBlobs);
        await clearBlobs(now);
        const told = [await numbers(), asked.length, (await outboxParams({})).owed.blobs.map(({ sha256 }) => sha256)];
        return [...told, photo.sha256, !!(await blobHere(photo.sha256)).data, !!(await blobHere(drafted.sha256)).data];
        """,
    )
    numbers, asked, owed, photo, *here = kept
    assert (numbers, asked, owed, here) == ([1], 2, [photo], [True, True])


def test_bytes_go_up_once_their_visit_has_and_stay_until_a_backup(chromium: Chromium) -> None:
    before, waiting, told, asked = run(
        chromium,
        """
        await store.setMeta({ device: { id: device, person, key: await makeKey() } });
        const photo = await kept(1, now, 300_000);
        const [edit] = await record([named(photo)]);
        const state = () => stateOf(photo);
        const before = await serve(() => [500, {}], async () => [await sendBlobs(), ...(await state())]);
        const early = asked.length;
        await arrive(edit);
        let have = 0;
        // The first piece's answer is lost; then the server names where it stands.
        const answers = async (init, turn) => {
          if (init.method !== 'PUT') return [200, { have, whole: false }];
          if (turn === 2) { have = 262144; throw new TypeError('cut'); }
          have = 300_000;
          return [200, { have, whole: true, log: '', size: 8 }];
        };
        const waiting = await serve(answers, async () => [await sendBlobs(), ...(await state())]);
        const told = await serve(answers, async () => [await sendBlobs(), ...(await state())]);
        return [[early, ...before], waiting, told, asked];
        """,
    )
    assert before == [0, True, 1, None, True]
    assert waiting == [False, 1, None, True]
    assert told == [True, 2, None, True]
    pieces = [["PUT", "bytes 0-262143/300000"], ["PUT", "bytes 262144-299999/300000"]]
    assert asked == [["GET", None], pieces[0], ["GET", None], pieces[1]]


def test_what_the_server_does_not_take_stays_and_is_not_sent_again(chromium: Chromium) -> None:
    answer = run(
        chromium,
        """
        await store.setMeta({ device: { id: device, person, key: await makeKey() } });
        const photo = await kept(1);
        const [edit] = await record([named(photo)]);
        await arrive(edit);
        const refused = { problem: { code: 'blob_refused', status: 422, why: 'pixels' } };
        const answers = (init) => (init.method === 'PUT' ? [422, refused] : [200, { have: 0, whole: false }]);
        await serve(answers, async () => { await sendBlobs(); await sendBlobs(); });
        const { known, data } = await blobHere(photo.sha256);
        return [known.refused, known.todo ?? null, data.byteLength, asked.length];
        """,
    )
    assert answer == ["pixels", None, 10, 2]


ARRIVED = """
  const { blobsAround, outboxParams } = await import('/static/phone/reading.js');
  await store.setMeta({ device: { id: device, person, key: await makeKey() } });
  const photo = await kept(1);
  const [edit] = await record([named(photo)]);
  let round = 0;
  const scopes = [{ scope: `grid:${grid}`, name: '', generation: 1, cursor: 99 }];
  // An exchange: what it changes, and how far the server's backup has come by then.
  const exchange = async (through, more = {}) => {
    const sync = { log: 'one', backed_up_through: through, ...more.sync };
    const told = { ...change, scopes, backedUpThrough: through, keepSinceMs: now, ...more, sync };
    await store.applyChange({ ...told, round: round++ });
  };
  const receipt = (position) => ({ device, n: 1, hash: edit.hash, position, received_ms: 1, outcome: 'accepted' });
  await exchange(-1, { receipts: [receipt(7)] });
  const server = { whole: true, log: 'one', size: 12, have: 0 };
  const send = () => serve((init) => {
    if (init.method === 'PUT') Object.assign(server, { whole: true, have: 10 });
    return [200, { ...server }];
  }, sendBlobs);
  const edits = async () => (await store.read({ n: { edits: 'all' } })).n.length;
  const waits = async () => {
    const { owed } = await outboxParams({});
    const { todo = null } = (await blobsAround([{ blobs: [photo] }]))[photo.sha256];
    return [owed.blobs.length, todo];
  };
"""


def test_bytes_stay_until_a_backup_has_passed_what_the_server_had_when_it_got_them(chromium: Chromium) -> None:
    answer = run(
        chromium,
        ARRIVED
        + """
        await send();
        const seen = [[await stateOf(photo), await waits()]];
        // The visit is in a backup, which had passed it before its photo came; then one that began later.
        for (const through of [7, 11, 12]) {
          await exchange(through);
          await send();
          seen.push([await stateOf(photo), await edits(), asked.length]);
        }
        await exchange(12);
        await send();
        return [...seen, [await edits(), asked.length]];
        """,
    )
    held, gone = [2, None, True], [None, None, False]
    # Asked once when it came, and once more before its bytes went; its visit went after that.
    assert answer == [[held, [0, None]], [held, 1, 1], [held, 1, 1], [gone, 1, 2], [0, 2]]


def test_what_the_server_has_lost_meanwhile_goes_up_again_before_it_would_be_dropped(chromium: Chromium) -> None:
    answer = run(
        chromium,
        ARRIVED
        + """
        await send();
        // Its disk forgot the photo; a backup has passed it.
        Object.assign(server, { whole: false, size: 20 });
        await exchange(15);
        await send();
        const again = [await stateOf(photo), asked.map(([method]) => method)];
        await exchange(20);
        await send();
        return [again, await stateOf(photo)];
        """,
    )
    assert answer == [[[2, None, True], ["GET", "GET", "PUT"]], [None, None, False]]


def test_another_log_is_asked_for_every_photo_that_is_still_here(chromium: Chromium) -> None:
    answer = run(
        chromium,
        ARRIVED
        + """
        await send();
        // Restored from a backup that lacked the visit as well: positions begin anew.
        const rewind = { device, from: 1 };
        await exchange(-1, { rewind, otherLog: true, sync: { log: 'two' } });
        const lost = [await stateOf(photo), await waits()];
        Object.assign(server, { whole: false, log: 'two', size: 6 });
        await send();
        await exchange(-1, { receipts: [receipt(5)], sync: { log: 'two' } });
        await send();
        const back = [await stateOf(photo), await waits(), asked.map(([method]) => method)];
        // An answer of a server that this phone has not met yet proves nothing.
        await exchange(-1, { otherLog: true, sync: { log: 'three' } });
        await send();
        return [lost, back, await stateOf(photo)];
        """,
    )
    lost, back, unmet = answer
    assert lost == [[1, None, True], [1, 1]]
    assert back == [[2, None, True], [0, None], ["GET", "GET", "PUT"]]
    assert unmet == [1, None, True]


def test_a_full_phone_lets_go_of_what_the_server_has_and_says_when_that_was_the_last(chromium: Chromium) -> None:
    answer = run(
        chromium,
        ARRIVED
        + """
        const { respond } = await import('/static/phone/messages.js');
        const keep = (n, room) => new Promise((resolve) => {
          const made = { type: 'image/jpeg', data: bytes(n, 8) };
          respond({ data: { type: 'keep_blob', made, room }, ports: [{ postMessage: resolve }] }, 'test');
        });
        // 24 bytes are asked for; 10 could go, and then only what waits for the server is left.
        const before = await keep(2, 15);
        await send();
        const full = await keep(2, 13);
        const untouched = await stateOf(photo);
        const { blob } = await keep(2, 15);
        const after = [untouched, await stateOf(photo), await stateOf(blob), await waits()];
        // The server is restored and has not got it: nobody has.
        await exchange(-1, { otherLog: true, sync: { log: 'two' } });
        Object.assign(server, { whole: false, log: 'two' });
        await send();
        return [before, full, after, await stateOf(photo), (await waits())[0]];
        """,
    )
    before, full, after, gone, owed = answer
    assert before == full == {"full": True}
    assert after == [[2, None, True], [2, None, False], [1, None, True], [0, None]]
    assert (gone, owed) == ([None, "gone", False], 0)


def test_a_locked_phone_sends_what_was_closed_for_the_server_and_so_does_one_whose_pin_was_forgotten(
    chromium: Chromium,
) -> None:
    told = run(
        chromium,
        """
        const { lock } = await import('/static/phone/vault.js');
        const { ECDH, unseal } = await import('/static/phone/sealing.js');
        const { b64u } = await import('/static/phone/edit.js');
        const pair = await crypto.subtle.generateKey(ECDH, true, ['deriveBits']);
        const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
        await makeVault('258036', b64u(point), { rounds: 1000 });
        await store.setMeta({ device: { id: device, person, key: await makeKey() } });
        const PIECE = 256 * 1024, size = 2 * PIECE + 7;
        const photos = [await kept(1, now, size), await kept(2, now, size)];
        const [edit] = await record([named(...photos)]);
        await arrive(edit);
        const sent = {};
        const answers = async ({ method, body, headers }) => {
          const name = atob(headers.Authorization.slice(12).split('.')[0].replace(/-/g, '+').replace(/_/g, '/'));
          const { sha256 } = JSON.parse(name);
          const pieces = (sent[sha256] ??= []);
          if (method === 'PUT') {
            if (headers['Content-Type'] !== 'application/sifang-sealed') return [400, { problem: { code: 'x' } }];
            pieces.push([headers['Content-Range'], await unseal(new Uint8Array(body), pair.privateKey, point)]);
          }
          const have = Math.min(size, pieces.length * PIECE);
          return [200, { have, whole: have === size, log: '', size: 0 }];
        };
        await lock();
        const first = await serve(answers, sendBlobs);
        const went = photos.map(({ sha256 }, n) => {
          const whole = sent[sha256].flatMap(([, piece]) => [...piece]);
          return [sent[sha256].map(([range]) => range), whole.length, whole.every((byte) => byte === n + 1)];
        });
        const lie = async () => {
          const tx = await begin(['blob_bytes']);
          return (await tx.objectStore('blob_bytes').getAllKeys()).filter((key) => key.endsWith(' sealed')).length;
        };
        const after = await lie();
        // Another one, and its PIN is forgotten before it goes.
        await makeVault('741963', b64u(point), { rounds: 1000 });
        const third = await kept(3, now, size);
        const before = await lie();
        await makeVault('852963', b64u(point), { rounds: 1000 });
        await arrive((await record([named(third)]))[0]);
        const again = await serve(answers, sendBlobs);
        return { first, went, after, before, again, third: sent[third.sha256].length };
        """,
    )
    ranges = ["bytes 0-262143/524295", "bytes 262144-524287/524295", "bytes 524288-524294/524295"]
    assert told["went"] == [[ranges, 524295, True]] * 2
    assert (told["first"], told["after"], told["before"]) == (True, 0, 1), "what has arrived does not lie here twice"
    assert (told["again"], told["third"]) == (True, 3)
