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
        const [shown, orphan] = [await kept(3, old), await kept(4, old)];
        const fresh = await kept(5);
        await record([named(edited)]);
        await store.putDraft({ key: 'k', values: { blobs: writeBlobs([drafted]) }, page: 'p', untouched: false }, 1);
        const row = { id: 'v', household: 'h', occurred_at_ms: now - 2 * DAY, blobs: [shown] };
        await store.putPart([], 'grid:x', 'a', [{ k: 'visit', id: 'v', rev: 1, row }], null);
        const gone = await clearBlobs(now);
        const names = [edited, drafted, shown, orphan, fresh].map(({ sha256 }) => sha256);
        const known = await knownBlobs(names);
        return [gone, names.map((name) => name in known), !!(await blobHere(orphan.sha256)).data];
        """,
    )
    assert left == [1, [True, True, True, False, True], False]


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


def test_bytes_leave_only_when_the_server_has_all_of_them_and_the_visit(chromium: Chromium) -> None:
    before, waiting, told, asked = run(
        chromium,
        """
        await store.setMeta({ device: { id: device, person, key: await makeKey() } });
        const photo = await kept(1, now, 300_000);
        const [edit] = await record([named(photo)]);
        const state = async () => {
          const { known, data } = await blobHere(photo.sha256);
          return [known.todo ?? null, known.refused ?? null, !!data];
        };
        const before = await serve(() => [500, {}], async () => [await sendBlobs(), ...(await state())]);
        const early = asked.length;
        await arrive(edit);
        let have = 0;
        // The first piece's answer is lost; then the server names where it stands.
        const answers = async (init, turn) => {
          if (init.method !== 'PUT') return [200, { have, whole: false }];
          if (turn === 2) { have = 262144; throw new TypeError('cut'); }
          have = 300_000;
          return [200, { have, whole: true }];
        };
        const waiting = await serve(answers, async () => [await sendBlobs(), ...(await state())]);
        const told = await serve(answers, async () => [await sendBlobs(), ...(await state())]);
        return [[early, ...before], waiting, told, asked];
        """,
    )
    assert before == [0, True, 1, None, True]
    assert waiting == [False, 1, None, True]
    assert told == [True, None, None, False]
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
