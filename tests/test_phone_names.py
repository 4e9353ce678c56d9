"""On the phone any word may name a tag, a fact, a kind or a message: `constructor` and `__proto__` are words too."""

from __future__ import annotations

import pytest

from tests.chromium import Chromium

WORDS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "elder_alone"]

RUN = """async (word) => {
  const { overlay } = await import('/static/phone/overlay.js');
  const { began, stated, undone, tagged, untagged } = await import('/static/phone/facts.js');
  const { respond } = await import('/static/phone/messages.js');
  const worker = { name: '小赵', role: 'grid_worker', offset: 0, taken: new Map() };
  const leader = { ...worker, role: 'grid_leader' };
  const json = (text) => JSON.parse(text);  // as rows and edits come: `__proto__` is a key of their own
  const edit = (id, over = '{}') => ({ id, at_ms: 1, h: `{"over":${over}}`, b: '{}' });
  const name = JSON.stringify(word);
  const own = (said) => Object.entries(said ?? {}).map(([key, list]) => [key, list.map((each) => each.value ?? each)]);

  const first = began(json(`{${name}:"一"}`), edit('a'), worker);
  const second = stated(first, json(`{${name}:"二"}`), json(`{${name}:["a"]}`), edit('b'), worker);
  const beside = stated(first, json(`{${name}:"三"}`), {}, edit('c'), worker);
  const back = undone(second, word, 'b');

  const row = { id: 'r', tags: {}, facts: {} };
  const body = json(`{"add":[${name}]}`);
  const put = tagged(row, body, edit('t1'), worker);
  const over = `{"tag:${word}":["t1"]}`;
  const removal = json(`{"remove":[${name}]}`);
  const asked = tagged(put, removal, edit('t2', over), worker);
  const gone = tagged(put, removal, edit('t3', over), leader);
  leader.taken.set('t3', { ...edit('t3', over), b: JSON.stringify(removal) });
  const again = untagged(gone, `tag:${word}`, 't3', undefined, leader);

  const rows = { household: [{ id: 'h', facts: {} }] };
  const strange = { ...edit('e'), n: 1, kind: word, entity: word, unsent: true };
  const laid = overlay(rows, [strange], worker);
  let answered = false;
  await respond({ data: { type: word }, ports: [{ postMessage: () => (answered = true) }] }, 'test');
  return {
    facts: [first, second, beside, back].map(own),
    tags: [put.tags, asked.tags, gone.tags, again.tags].map(own),
    leaving: own(asked.leaving),
    laid: laid.household.length, kinds: Object.keys(laid), answered,
    clean: Object.getPrototypeOf(put.tags) === Object.prototype && Object.keys(Object.prototype).length === 0,
  };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("word", WORDS)
def test_any_word_names_a_thing(chromium: Chromium, word: str) -> None:
    assert chromium.evaluate(RUN, word) == {
        "facts": [[[word, ["一"]]], [[word, ["二"]]], [[word, ["一", "三"]]], [[word, ["一"]]]],
        "tags": [[[word, ["t1"]]], [[word, ["t1"]]], [], [[word, ["t1"]]]],
        "leaving": [[word, [False]]],
        "laid": 1,
        "kinds": ["household"],
        "answered": False,
        "clean": True,
    }
