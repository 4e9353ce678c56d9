"""One set of templates, two renderers: every page of the phone, byte for byte as the server makes it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from server.i18n import LOCALES
from server.rendering import TEMPLATES as FOLDER
from server.rendering import render
from server.settings import ROOT
from server.text import Trouble
from server.views import TEMPLATES, VIEWS
from server.views.facts import FRAGMENT
from server.views.order import FRAGMENT as ORDER_FRAGMENT
from tests.chromium import Chromium
from tests.neighbourhood import BLOCK_3, CHEN, CHEN_VISIT, MA, NEW_ID, NOW_MS, STREET, YARD, ago, neighbourhood
from tools.templates.module import shared_templates

pytestmark = pytest.mark.filterwarnings("error::server.text.Trouble")

Context = dict[str, Any]

GOLDEN = ROOT / "tests/vectors/views"

RESIDENT = "019a0b1c-0000-7000-8000-000000007001"
UNSENT = {"unsent": {"count": 3, "oldest_ms": ago(0.06)}, "online": False, "me": "赵敏", "label": "小赵的手机"}
DRAFT = {"saved_ms": ago(0.01), "values": {"result": "met", "need": "量血压", "care": "watch", "follow_up": "pick"}}
TYPED = {"text": "写了一半", "value": "没有", "room": "", "name": "", "tags": ["veteran"], "over": NEW_ID}
WRONG = dict.fromkeys(
    ("result", "text", "value", "room", "name", "follow_up_on", "difficulty", "building"), "form.choose"
)
EDITS = [
    {"n": 1, "id": NEW_ID, "kind": "visit.recorded", "entity": NEW_ID, "at_ms": ago(0.06),
     "body": {"household": CHEN, "result": "met", "mode": "door", "text": "灯修好了", "asks": {"need": "量血压"}}},
    {"n": 2, "id": CHEN_VISIT, "kind": "visit.corrected", "entity": CHEN_VISIT, "at_ms": ago(0.05),
     "received_ms": ago(0.04), "outcome": "quarantined", "reason": "not_author",
     "body": {"household": CHEN, "result": "refused", "mode": "night"}},
    {"n": 3, "id": MA, "kind": "household.stated", "entity": CHEN, "at_ms": ago(0.03),
     "body": {"facts": {"phone": None, "headcount": 2}}},
    {"n": 4, "id": STREET, "kind": "resident.added", "entity": STREET, "at_ms": ago(0.02),
     "body": {"household": CHEN, "facts": {"name": "小吴"}, "tags": ["veteran"]}},
    {"n": 5, "id": YARD, "kind": "resident.tagged", "entity": RESIDENT, "at_ms": ago(1), "received_ms": ago(0.5),
     "outcome": "accepted", "body": {"add": ["disabled"], "remove": ["elder_alone"]}},
]  # fmt: skip
# What the golden contexts leave out: forms that came back, every fact opened, an exchange in trouble.
PAGES: list[tuple[str, Context]] = [
    ("today", {**UNSENT, "show": "next", "waiting": True}),
    ("today", {"show": "done", "arriving": {"done": 3, "total": 7}}),
    ("doors", {"building": BLOCK_3, "q": "陈"}),
    ("doors", {"building": YARD, **UNSENT}),
    ("found", {"q": "血压", "to": "visit"}),
    ("found", {"q": "<nobody>"}),
    ("household", {"household": CHEN, "saved": CHEN_VISIT, "new_id": NEW_ID}),
    ("household", {"household": CHEN, "all": "1", "draft": DRAFT, **UNSENT}),
    ("visit_form", {"household": CHEN, "values": TYPED, "errors": WRONG}),
    ("visit_form", {"visit": CHEN_VISIT, "new_id": NEW_ID}),
    ("household_form", {"values": TYPED, "errors": WRONG, "kind": "shop"}),
    ("resident_form", {"household": CHEN, "values": TYPED, "errors": WRONG}),
    ("facts", {"household": CHEN, "field": "phone", "values": TYPED, "errors": WRONG}),
    *(("facts", {"household": CHEN, "field": field}) for field in ("contact", "occupancy", "headcount", "note")),
    ("facts", {"household": CHEN, "field": "phone", "stated": True}),
    *(("facts", {"resident": RESIDENT, "field": field}) for field in ("birth_year", "lives_here", "tags")),
    ("pick", {"q": "吴", "to": "visit"}),
    ("outbox", {**UNSENT, "edits": EDITS, "exchange": {"tried_ms": ago(0.01), "ok_ms": ago(1), "problem": "timeout"}}),
    ("outbox", {"edits": EDITS[4:], "exchange": {"tried_ms": ago(1), "ok_ms": ago(0.9), "running": True}}),
    ("more", {**UNSENT, "version": "0.1", "storage": {"usage": 1_500_000, "quota": 2_064_000_000, "persisted": True},
              "downloaded_ms": ago(3)}),
    ("arriving", {"arriving": {"done": 1, "total": 9}}),
]  # fmt: skip

LONG = 10_000
HOSTILE = [
    "<script>alert('1')</script>",
    "\"><img src=x onerror=alert(1)>' & &amp; &#34;",
    "{{ lang }}{% if x %}${c}`\\u003cb\\n",
    "𠮷🚪👨‍👩‍👧é e\u0301 \ufeff\u00a0",
    "\u202eabc\u202c\u2066x\u2069\u200f",
    "一\u2028二\u2029三\n四\t五\r\n",
    "</textarea></title></svg><b>",
    "#?&=/%2F+ 100% ../",
    "",
    "长" * LONG,
]


def contexts() -> list[tuple[str, Context]]:
    """(template, context) of every page, and of every piece that is asked for by itself: the golden ones, and PAGES."""
    found: list[tuple[str, Context]] = []
    for path in sorted(GOLDEN.glob("*.json")):
        for case in json.loads(path.read_text("utf-8")) if path.stem in VIEWS else []:
            if case["context"] is not None:
                # The golden ones need not say why a form came back; a page does.
                errors = dict.fromkeys(case["context"].get("errors") or {}, "form.choose")
                found.append((TEMPLATES[path.stem], {**case["context"], "errors": errors}))
                if path.stem == "order":
                    found.append((ORDER_FRAGMENT, found[-1][1]))
    rows = neighbourhood()
    first = {**rows["visit"][0], "text": "原先写的", "at_ms": ago(6), "offset_ms": 2_000, "effective_ms": ago(5)}
    rows["revision"] = [
        {key: value for key, value in first.items() if key not in ("revision", "edit")},
        rows["visit"][0],
    ]
    for view, params in PAGES:
        context = VIEWS[view](rows, NOW_MS, params)
        assert context is not None, (view, params)
        found.append((TEMPLATES[view], context))
        if view == "facts":
            found.append((FRAGMENT, context))
    # What stands around a page by its address, not by its rows.
    link = "/field/suggestions/new?page=more&back=%2Ffield%2Fmore"
    for unsent in (True, False):
        found.append((found[-1][0], {**found[-1][1], "easier": link, "suggested": {"unsent": unsent}}))
    return found


def as_sent(context: Context) -> Context:
    """The context as JSON carries it: the phone's own is made of lists, not tuples."""
    sent: Context = json.loads(json.dumps(context))
    return sent


def shapes(value: Any, shape: str = "") -> set[str]:
    """Where the texts of a context are; all doors of a board are one shape."""
    if isinstance(value, str):
        return {shape}
    if isinstance(value, dict):
        return {found for key, inner in value.items() for found in shapes(inner, f"{shape}/{key}")}
    if isinstance(value, list):
        return {found for inner in value for found in shapes(inner, f"{shape}/*")}
    return set()


def replaced(value: Any, free: set[str], text: str, shape: str = "", first: bool = True) -> Any:
    """A copy that says `text` at every free leaf; a very long one only at the first of each list."""
    if isinstance(value, str):
        return text if shape in free and (first or len(text) < LONG) else value
    if isinstance(value, dict):
        return {key: replaced(inner, free, text, f"{shape}/{key}", first) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, free, text, f"{shape}/*", first and not at) for at, inner in enumerate(value)]
    return value


REPLACED = """
const replaced = (value, free, text, shape = '', first = true) => {
  if (typeof value === 'string') return free.has(shape) && (first || text.length < LONG) ? text : value;
  if (Array.isArray(value)) return value.map((inner, at) => replaced(inner, free, text, `${shape}/*`, first && !at));
  if (value === null || typeof value !== 'object') return value;
  const pairs = Object.entries(value)
    .map(([key, inner]) => [key, replaced(inner, free, text, `${shape}/${key}`, first)]);
  return Object.fromEntries(pairs);
};
"""


def free_leaves(template: str, context: Context) -> set[str]:
    """Leaves that may say anything. Others are words of ours that name a message; no page comes without it."""
    free = set()
    for shape in shapes(context) - {"/lang"}:
        try:
            render("zh", template, replaced(context, {shape}, "<x>"))
        except Trouble:
            continue
        free.add(shape)
    return free


@pytest.fixture(scope="module")
def bases() -> list[tuple[str, Context, set[str]]]:
    """Every page with the leaves where hostile texts may stand."""
    sent = [(template, as_sent(context)) for template, context in contexts()]
    return [(template, context, free_leaves(template, context)) for template, context in sent]


def variants(base: tuple[str, Context, set[str]]) -> Iterator[tuple[str, Context]]:
    """A page as it is and with each hostile text, in both languages."""
    template, context, free = base
    for each in [context, *(replaced(context, free, text) for text in HOSTILE)]:
        for lang in LOCALES:
            yield template, {**each, "lang": lang}


@pytest.mark.browser
def test_phone_and_server_render_the_same_bytes(bases: list[tuple[str, Context, set[str]]], chromium: Chromium) -> None:
    answers = chromium.evaluate(
        """async sent => {
          const { bases, hostile, locales, LONG } = JSON.parse(sent);
          const { render } = await import('/static/phone/render.js');
          const { trouble } = await import('/static/phone/text.js');
          REPLACED
          const digest = async text => {
            const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
            return Array.from(new Uint8Array(sum), byte => byte.toString(16).padStart(2, '0')).join('');
          };
          const report = trouble.report;
          trouble.report = what => { throw new Error(what); };
          const answers = [];
          for (const [name, context, leaves] of bases) {
            const free = new Set(leaves);
            for (const each of [context, ...hostile.map(text => replaced(context, free, text))]) {
              for (const lang of locales) {
                try {
                  answers.push(await digest(render(name, { ...each, lang })));
                } catch (error) {
                  answers.push(String(error));
                }
              }
            }
          }
          trouble.report = report;
          return answers;
        }""".replace("REPLACED", REPLACED),
        json.dumps(
            {
                "bases": [(template, context, sorted(free)) for template, context, free in bases],
                "hostile": HOSTILE,
                "locales": LOCALES,
                "LONG": LONG,
            }
        ),
    )
    pairs = [pair for base in bases for pair in variants(base)]
    assert len(pairs) == len(answers) > 1_000
    expected = [digest(render(context["lang"], template, context)) for template, context in pairs]
    differ = [(pair[0], said) for pair, said, wanted in zip(pairs, answers, expected, strict=True) if said != wanted]
    assert differ == []


def digest(text: str) -> str:
    """SHA-256 of the page's bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


class Markup(HTMLParser):
    """The tags of a page and the names of their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag and what hangs on it."""
        self.found |= {(tag, ""), *((tag, name) for name, _ in attrs)}


def test_hostile_texts_stand_on_the_page_and_never_become_markup(bases: list[tuple[str, Context, set[str]]]) -> None:
    ours = {tag for template, context, _ in bases for tag, _ in Markup(render("zh", template, context)).found}
    stand = set()
    for template, context, free in bases:
        for text in (text for text in HOSTILE if "<" in text):
            html = render("en", template, replaced(context, free, text) | {"lang": "en"})
            found = Markup(html).found
            assert {tag for tag, _ in found} <= ours
            assert not [name for _, name in found if name.startswith("on") or name == "style"]
            if "&lt;script&gt;alert" in html:
                stand.add(template)
    views = ("today", "doors", "found", "household", "visit_form", "visit", "facts", "pick", "outbox")
    assert stand >= {TEMPLATES[view] for view in views}


def test_every_shared_template_is_rendered() -> None:
    reached: set[str] = set()
    waiting = {template for template, _ in contexts()}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        named = re.findall(r"{% (?:extends|include|from) [\"']([^\"']+)", (FOLDER / name).read_text("utf-8"))
        waiting |= set(named) - reached
    assert set(shared_templates(FOLDER)) - reached == set()
