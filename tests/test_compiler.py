"""The subset of Jinja2 that phones render: everything in it comes out alike, everything else is refused by name."""

# ruff: noqa: E501 - a template broken over lines is another template

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from server.i18n import CATALOGUES
from server.rendering import TEMPLATES, make_environment
from server.text import Message
from tests.chromium import Chromium
from tools.compile_templates import BUILD
from tools.templates import Refused, catalogues_module, templates_module

WORDS: dict[str, Message] = {
    "door.age": {"one": "{n} day", "other": "{n} days"},
    "word.met": "met <b>",
    "got.late": "<i>{when}, {by} {on}",
}
ODD = "<b>'\"&</b> 陈奶奶 𠮷🚪 \u202e\u2028{{ x }}${y}\\ end"

ALIKE: dict[str, tuple[str, dict[str, Any]]] = {
    "text and escapes": (
        "{{ a }}|{{ 'a' ~ a }}|{{ none_ }}|{{ yes }}|{{ n }}",
        {"a": ODD, "none_": None, "yes": True, "n": -3},
    ),
    "a quote in a constant": ("""{{ '"' }}{{ "'" }}\\ \u2028 ${x} `""", {}),
    "truth": (
        "{% for x in xs %}{{ 'y' if x else 'n' }}{% endfor %}",
        {"xs": [0, 1, "", "0", None, True, False, [], [0], {}, {"a": 0}]},
    ),
    "missing is false": ("{% if x %}a{% elif a.b %}b{% elif not a.c.d %}c{% endif %}", {"a": {"c": {"d": 0}}}),
    "and, or give the value": (
        "{{ a or b }}{{ a and b }}{{ (b or a) ~ (b and a) }}{{ 'both' if a or not b }}",
        {"a": 0, "b": "<b>"},
    ),
    "comparisons": (
        "{{ 'a' if n == 1 }}{{ 'b' if n != '1' }}{{ 'c' if yes == 1 }}{{ 'd' if n < 2 }}{{ 'e' if n > 0 }}"
        "{{ 'f' if n <= 1 }}{{ 'g' if n >= 2 }}{{ 'h' if x == none }}{{ 'i' if none_ == none }}{{ 'j' if x == x }}",
        {"n": 1, "yes": True, "none_": None},
    ),
    "texts in order of code points": (
        "{{ 'a' if high < low }}{{ 'b' if low < high }}{{ 'c' if 'a' < 'ab' }}{{ 'd' if 'ab' <= 'a' }}{{ 'e' if '10' < '9' }}",
        {"high": "𠮷", "low": "\uffee"},
    ),
    "in": (
        "{{ 'a' if 'x' in xs }}{{ 't' if 'x' in ('x', 'y') }}{{ 'b' if 1 in xs }}{{ 'c' if 'b' in 'abc' }}{{ 'd' if 'k' in m }}{{ 'e' if 'z' not in m }}",
        {"xs": ["x", True], "m": {"k": None}},
    ),
    "attributes": (
        "{{ a.b }}{{ a['b'] }}{{ a[k] }}{{ xs[0] }}{{ xs[-1] }}{{ 'x' if xs.b }}",
        {"a": {"b": "<"}, "k": "b", "xs": [1, 2]},
    ),
    "names JavaScript keeps for itself": (
        "{{ a.constructor }}{{ 'x' if a.__proto__ }}{{ 'y' if constructor }}{{ 'z' if toString }}{{ 'w' if xs.length }}",
        {"a": {"constructor": "own"}, "xs": [1]},
    ),
    "loops": (
        "{% for x in xs %}{{ loop.index }}/{{ loop.length }}{{ loop.index0 }}{{ '^' if loop.first }}{{ '$' if loop.last }}"
        "{% for y in x %}{{ y }}{{ loop.index }}{% endfor %}{{ loop.index }},{% else %}none{% endfor %}"
        "{% for x in [] %}{% else %}nothing{% endfor %}",
        {"xs": [["a"], [], ["b", "c"]]},
    ),
    "a loop forgets": (
        "{% set a = 1 %}{% for x in xs %}{{ a }}{% set a = x %}{{ a }}{% endfor %}{{ a }}",
        {"xs": [2, 3]},
    ),
    "a condition does not": (
        "{% if yes %}{% set a = 1 %}{% endif %}{{ a }}{% for x in [1, 2] %}{% if x == 1 %}{% set b = 'one' %}{% endif %}"
        "{{ b }}{% endfor %}{{ b }}",
        {"yes": True, "b": "was"},
    ),
    "a date in a sentence stays whole": (
        "{{ 'got.late'|dated({'when': d|day, 'by': odd, 'on': none_}) }}{{ 'got.late'|dated({'when': odd, 'by': d, 'on': ''}) }}",
        {"d": "2026-11-20", "odd": ODD, "none_": None},
    ),
    "filters": (
        "{{ 'word.met'|t }}{{ 'door.age'|t({'n': 1}) }}{{ 'door.age'|t({'n': 2064}) }}{{ n|num }}{{ d|day }}{{ d|moment }}{{ odd|day }}"
        "{{ x|default('<') }}{{ ''|default('b') }}{{ ''|default('c', true) }}{{ none_|default('d') }}{{ xs|length }}{{ odd|length }}"
        "{{ x|length }}{{ m|length }}{{ xs|join('<') }}{{ xs|join }}{{ xs|first }}{{ odd|first }}{{ odd|urlencode }}{{ n|urlencode }}"
        "{{ 'x' if ''|first }}{{ none_|num }}",
        {"n": 2064, "d": "2026-11-20T10:36", "odd": ODD, "none_": None, "xs": ["<", 2, None, True], "m": {"a": 1}},
    ),
    "tests": ("{{ 'a' if x is defined }}{{ 'b' if none_ is none }}{{ 'c' if x is not none }}", {"none_": None}),
    "include sees what is set and looped over": (
        "{% set a = '<a>' %}{% for x in xs %}{% include 'shared/piece.html' %}{% endfor %}{% include 'shared/piece.html' %}",
        {"xs": ["1", "2"], "x": "0"},
    ),
    "macros": (
        "{% from 'shared/macros.html' import door, outer as around %}{% macro empty() %}{% endmacro %}{{ door('<') }}{{ door('b', small=true) }}"
        "{{ around(a) ~ '<' }}{% set s = door(1) %}{{ s }}{{ 'y' if s }}{{ [s, '<']|join('&') }}{{ s == '[1]' }}{{ empty() or 'e' }}",
        {"a": ODD},
    ),
    "blank lines": (
        "a\n  {% if true %}\nb\n  {% endif %}\n\n{# note\n #}\n  c {{- ' d' -}} \n e{% raw %}{{ x }}{% endraw %}\n",
        {},
    ),
}
AROUND = {
    "shared/piece.html": "[{{ a|default('-') }}{{ x }}{% set a = 'inner' %}]",
    "shared/macros.html": "{% macro outer(x) %}({{ door(x, small=true) }}{% include 'shared/piece.html' %}){% set a = 2 %}{% endmacro %}"
    "{% macro door(d, small=false, note='<n>') %}[{{ d }}{% if small %}{{ note }}{% endif %}]{% endmacro %}",
    "shared/base.html": "{% set here = here|default('base') %}<{{ here }}>{% block title %}T{% endblock %}{% block main %}"
    "{% block inner %}{{ here }}{% endblock %}{% endblock %}{% if yes %}{% block foot %}foot{% endblock %}{% endif %}",
    "shared/middle.html": '{% extends "shared/base.html" %}{% set low = 1 %}{% block title %}middle {{ low }}{{ here }}{{ super() }}{% endblock %}',
    "field/child.html": '{% extends "shared/middle.html" %}\n{% from "shared/macros.html" import door %}\n{% set here = "<child>" %}\n{% block title %}{{ super() }}!{% endblock %}'
    "{% block inner %}{{ door(here) }}{{ super() ~ '<' }}{{ low }}{% set here = 2 %}{{ here }}{% endblock %}\n{% block foot %}{{ here }}{% endblock %}\n",
}


def write(folder: Path, templates: Mapping[str, str]) -> Path:
    """Templates as files in a folder of their own."""
    for name, source in templates.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source, "utf-8")
    return folder


@pytest.mark.browser
def test_both_engines_render_the_whole_subset_alike(tmp_path: Path, chromium: Chromium) -> None:
    cases = {f"field/{i}.html": case for i, case in enumerate(ALIKE.values())} | {
        "field/child.html": ("", {"yes": True})
    }
    folder = write(tmp_path, {name: source for name, (source, _) in cases.items()} | AROUND)
    environment = make_environment("en", WORDS, folder)
    expected = [
        environment.get_template(name).render({**context, "lang": "en"}) for name, (_, context) in cases.items()
    ]
    answers = chromium.evaluate(
        """async ({ module, words, cases }) => {
          const { catalogues } = await import('/static/build/catalogues.js');
          const { templates } = await import('/static/build/templates.js');
          const { render } = await import('/static/phone/render.js');
          const { trouble } = await import('/static/phone/text.js');
          const made = await import(URL.createObjectURL(new Blob([module], { type: 'text/javascript' })));
          const kept = [catalogues.en, { ...templates }];
          trouble.report = what => { throw new Error(what); };
          catalogues.en = words;
          Object.assign(templates, made.templates);
          const answers = cases.map(([name, context]) => render(name, context));
          catalogues.en = kept[0];
          for (const name of Object.keys(made.templates)) delete templates[name];
          Object.assign(templates, kept[1]);
          return answers;
        }""",
        {
            "module": templates_module(folder),
            "words": WORDS,
            "cases": [[name, {**context, "lang": "en"}] for name, (_, context) in cases.items()],
        },
    )
    for title, said, wanted in zip([*ALIKE, "inheritance"], answers, expected, strict=True):
        assert said == wanted, title


REFUSED = {
    "a filter of one engine": ("{{ x|upper }}", "filter 'upper'"),
    "a test of one engine": ("{% if x is odd %}{% endif %}", "test 'odd'"),
    "arithmetic": ("{{ x + 1 }}", "Add"),
    "a whole list": ("{% for a, b in x %}{% endfor %}", "loops are plain"),
    "a filtered loop": ("{% for a in x if a %}{% endfor %}", "loops are plain"),
    "the loop outside a loop": ("{{ loop.index }}", "'loop' is not known"),
    "what loops do not tell": ("{% for a in x %}{{ loop.revindex }}{% endfor %}", "no 'revindex'"),
    "a method": ("{{ x.items }}", "method of Python's dict"),
    "a call": ("{{ x.lower() }}", "only macros"),
    "a function of Jinja2": ("{% for i in range(3) %}{% endfor %}", "only macros"),
    "a slice": ("{{ x[1:] }}", "no slices"),
    "a fraction": ("{{ x|default(1.5) }}", "whole"),
    "two comparisons": ("{{ 'x' if 1 < x < 3 }}", "one comparison"),
    "an if without else that is kept": ("{% set a = 'x' if y %}", "needs its else"),
    "nothing, printed": ("{{ none }}", "as text"),
    "a dynamic include": ("{% include x %}", "plain"),
    "an include that may fail": ("{% include 'field/x.html' ignore missing %}", "plain"),
    "an unknown template": ("{% include 'desk/x.html' %}", "not among"),
    "a dynamic parent": ("{% extends x %}", "extends one other"),
    "output beside blocks": ("{% extends 'field/bad.html' %}\nhello", "only sets names"),
    "a block in a loop": ("{% for x in y %}{% block a %}{% endblock %}{% endfor %}", "outside loops"),
    "super outside a block": ("{{ super() }}", "only macros"),
    "a call block": ("{% call x() %}{% endcall %}", "CallBlock"),
    "with": ("{% with a = 1 %}{% endwith %}", "With"),
    "an import inside": ("{% if x %}{% from 'field/bad.html' import a %}{% endif %}", "at the top"),
    "an import as a namespace": ("{% import 'field/bad.html' as m %}", "Import"),
    "a macro that comes late": ("{{ a() }}{% macro a() %}{% endmacro %}", "stand before"),
    "a macro that is not there": ("{% from 'field/bad.html' import a %}", "no macro 'a'"),
    "a macro's unknown name": ("{% macro a() %}{{ x }}{% endmacro %}", "arguments alone"),
    "too many arguments": ("{% macro a(x) %}{% endmacro %}{{ a(1, 2) }}", "takes 1"),
    "too few arguments": ("{% macro a(x, y) %}{% endmacro %}{{ a(1) }}", "needs y"),
    "an unknown argument": ("{% macro a(x) %}{% endmacro %}{{ a(1, z=2) }}", "no place for 'z'"),
    "a style": ("<p\n style='x'>", "content policy"),
    "a handler": ("<p class=x onclick=y>", "content policy"),
    "a script": ("<script>1</script>", "content policy"),
    "a script address": ("<a href='javascript:x'>", "content policy"),
    "broken syntax": ("{% if %}", "Expected an expression"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_all_else_is_refused_with_file_and_line(what: str, tmp_path: Path) -> None:
    source, why = REFUSED[what]
    folder = write(
        tmp_path, {"field/bad.html": "{# first\n second #}\n" + source if "extends" not in source else source}
    )
    with pytest.raises(Refused, match=why) as refused:
        templates_module(folder)
    line = int(str(refused.value).removeprefix("web/templates/field/bad.html:").partition(":")[0])
    assert line >= (1 if "extends" in source else 3)


def test_what_is_checked_in_is_what_the_templates_compile_to() -> None:
    assert (BUILD / "templates.js").read_text("utf-8") == templates_module(TEMPLATES), "run `make templates`"
    assert (BUILD / "catalogues.js").read_text("utf-8") == catalogues_module(CATALOGUES), "run `make templates`"
