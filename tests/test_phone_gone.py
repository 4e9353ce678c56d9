"""A phone from which a home, a grid or every grid has gone: what was written on it stays in reach. In real Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import Chromium
from tests.test_phone_store import run

pytestmark = pytest.mark.browser

ROUTES = """
  const { answer } = await import('/static/phone/routes.js');
  const { makeKey, publicKeyText } = await import('/static/phone/edit.js');
  const key = await makeKey();
  const own = { id: device, person, key, label: '', utc_offset_min: 480 };
  await store.setMeta({ device: own, sync: { ...sync, last_success_ms: 1 } });
  const seal = await publicKeyText(key.publicKey);
  const ask = async (path, form) => {
    const url = new URL(path, location.origin);
    const body = form && new URLSearchParams(form);
    const request = new Request(url, { ...(form && { method: 'POST', body }) });
    return answer(request, url, { version: 'test', seal, waiting: false });
  };
  const words = (made) => made && new DOMParser().parseFromString(made.html, 'text/html').querySelector('#main').innerText;
"""


def gone(chromium: Chromium, body: str) -> Any:
    """Run on a phone that was registered and has exchanged, and holds no grid yet."""
    return run(chromium, ROUTES + body)


def test_a_worker_without_any_grid_keeps_outbox_capsule_and_settings(chromium: Chromium) -> None:
    told = gone(
        chromium,
        """
        await record([said('没送出去的')]);
        const today = words(await ask('/field/'));
        const outbox = words(await ask('/field/outbox'));
        const { file } = await ask('/field/outbox/capsule');
        const { to } = await ask('/field/settings', { lang: 'en' });
        const more = words(await ask('/field/more')), carry = words(await ask('/field/carry'));
        return { today, outbox, file: JSON.parse(file.text).sifang, to, more, carry };
        """,
    )
    assert "眼下没有网格归您管" in told["today"]
    assert "1 条没送到" in told["today"]
    assert "没送出去的" in told["outbox"]
    assert (told["file"], told["to"]) == ("capsule", "/field/more")
    assert "Version" in told["more"]
    assert told["carry"]


def test_a_phone_whose_grid_still_comes_answers_for_itself_alone(chromium: Chromium) -> None:
    told = gone(
        chromium,
        """
        const pending = { generation: 1, cursor: 1, parts: [{ sha256: 'a' }, { sha256: 'b' }], done: [] };
        await store.setMeta({ scopes: [{ scope: `grid:${grid}`, name: '', generation: 1, cursor: null, pending }] });
        await record([said('没送出去的')]);
        const pages = ['/field/', '/field/doors', '/field/outbox', '/field/more', '/field/carry'];
        return Promise.all(pages.map(async (path) => !!(await ask(path))));
        """,
    )
    assert told == [False, False, True, True, True]
