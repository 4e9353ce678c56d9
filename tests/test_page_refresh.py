"""What turns while one looks at a page of the phone: receipts and marks, and nothing that is under a finger."""

from __future__ import annotations

from typing import Any

import pytest

from server.rendering import render
from server.views import TEMPLATES, VIEWS
from tests.chromium import Chromium
from tests.neighbourhood import BLOCK_3, CHEN, CHEN_VISIT, NOW_MS, neighbourhood

pytestmark = pytest.mark.browser

SHOWN = """
  const parsed = new DOMParser().parseFromString(before, 'text/html');
  document.body.innerHTML = parsed.body.innerHTML;
  const asked = window.fetch;
  window.fetch = async () => new Response(after);
  const { refresh } = await import('/static/page/refresh.js');
  const told = (each) => each?.textContent.replace(/\\s+/g, ' ').trim();
  const one = (which) => document.querySelector(which);
  try {
    LOOK
  } finally {
    window.fetch = asked;
    document.body.replaceChildren();
  }
"""


def shown(chromium: Chromium, view: str, look: str, **params: Any) -> Any:
    """A page on which something waits, drawn again when all of it has arrived."""
    pages = []
    for waits in (True, False):
        rows = neighbourhood()
        for kind, id_ in (("visit", CHEN_VISIT), ("household", CHEN), ("door", CHEN)):
            next(row for row in rows[kind] if row["id"] == id_)["unsent"] = waits
        who = next(row for row in rows["resident"] if row["household"] == CHEN)
        who["unsent"] = waits
        unsent = {"unsent": {"count": 1, "oldest_ms": NOW_MS}} if waits else {}
        context = VIEWS[view](rows, NOW_MS, {**params, **unsent})
        assert context is not None
        pages.append(render("zh", TEMPLATES[view], context))
    script = SHOWN.replace("LOOK", look)
    return chromium.evaluate(f"async ([before, after]) => {{ {script} }}", pages)


def test_a_household_says_one_thing_when_its_visit_has_arrived(chromium: Chromium) -> None:
    look = """
    const line = one('.timeline .when');
    const link = line.querySelector('a');
    link.focus();
    const marks = () => document.querySelectorAll('main .unsent').length;
    const began = [told(one('#saved')), told(one('#tells')), told(line), marks()];
    const high = one('main').offsetHeight;
    one('#facts').insertAdjacentHTML('afterend', '<form data-draft="x"><textarea>半句</textarea></form>');
    const words = one('textarea');
    words.value = '写到一半';
    const taller = one('main').offsetHeight - high;
    await refresh();
    await refresh();
    const same = link.isConnected && document.activeElement === link && one('textarea') === words && words.value;
    const ended = [told(one('#saved')), told(line), marks()];
    return { began, ended, same, moved: one('main').offsetHeight - taller - high };
    """
    said = shown(chromium, "household", look, household=CHEN, saved=CHEN_VISIT)
    assert "已存手机" in said["began"][0]
    assert "未上传" in said["began"][1]
    assert "未上传" in said["began"][2]
    assert said["began"][3] == 3
    assert "已到服务器" in said["ended"][0]
    assert "未上传" not in said["ended"][1]
    assert said["ended"][2] == 0
    assert (said["same"], said["moved"]) == ("写到一半", 0)


def test_doors_lose_their_mark_where_they_stand(chromium: Chromium) -> None:
    look = f"""
    const door = one('[data-door="{CHEN}"]');
    door.setAttribute('data-dim', '');
    const began = [door.querySelectorAll('.unsent').length, door.getAttribute('aria-label')];
    await refresh();
    const ended = [door.querySelectorAll('.unsent').length, door.getAttribute('aria-label')];
    const same = one('[data-door="{CHEN}"]') === door && door.hasAttribute('data-dim');
    return {{ began, ended, same, number: told(door) }};
    """
    said = shown(chromium, "doors", look, building=BLOCK_3)
    assert (said["began"][0], said["ended"][0]) == (1, 0)
    assert "未上传" in said["began"][1]
    assert "未上传" not in said["ended"][1]
    assert said["same"]
    assert said["number"].startswith("501")
