"""Two languages, two halves: the formats agree everywhere, and no word is missing or left over in either catalogue."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes
from starlette.requests import Request

from server import i18n, text
from server.i18n import LOCALES, catalogue, locale_of, read_groups
from server.rendering import TEMPLATES, environment
from server.settings import ROOT
from tests.chromium import Chromium

VECTORS = json.loads((ROOT / "tests/vectors/i18n.json").read_text("utf-8"))
CODE = [
    path
    for folder, ending in (("server", "py"), ("web/phone", "js"), ("web/page", "js"), ("web/desk", "js"))
    for path in sorted((ROOT / folder).rglob(f"*.{ending}"))
]
KEY = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")
LITERAL = re.compile(r"""(['"`])((?:[a-z_]+\.)[a-z0-9_.]*)(?:\1|\$\{|\{)""")
CALL = re.compile(r"""\bt\(\s*\w+,\s*(?P<quote>['"])(?P<key>[a-z0-9_.]+)(?P=quote)""")


def test_python_formats_as_pinned() -> None:
    for name, lang, value, expected in VECTORS["formats"]:
        assert text.FORMATS[name](lang, value) == expected, (name, lang, value)


def test_python_fills_messages_as_pinned() -> None:
    for lang, message, args, expected in VECTORS["messages"]:
        assert text.t(lang, {"key": message}, "key", args) == expected


@pytest.mark.browser
def test_javascript_formats_and_fills_as_pinned(chromium: Chromium) -> None:
    answers = chromium.evaluate(
        """async vectors => {
          const { FORMATS, t } = await import('/static/phone/text.js');
          return {
            formats: vectors.formats.map(([name, lang, value]) => FORMATS[name](lang, value)),
            messages: vectors.messages.map(([lang, message, args]) => t(lang, 'key', args, { key: message })),
          };
        }""",
        VECTORS,
    )
    assert answers["formats"] == [case[3] for case in VECTORS["formats"]]
    assert answers["messages"] == [case[3] for case in VECTORS["messages"]]


def test_every_format_is_pinned() -> None:
    assert {case[0] for case in VECTORS["formats"]} == set(text.FORMATS)


def test_a_missing_word_or_value_is_reported() -> None:
    with pytest.warns(text.Trouble, match="no words for 'nowhere'"):
        assert text.t("en", {}, "nowhere") == "nowhere"
    with pytest.warns(text.Trouble, match="needs 'name'"):
        assert text.t("en", {"key": "{name}'s"}, "key") == "{name}'s"


@pytest.mark.parametrize(
    ("cookie", "accept", "lang"),
    [
        ("", "", "zh"),
        ("lang=en", "zh-CN,zh;q=0.9", "en"),
        ("lang=zh", "en", "zh"),
        ("lang=fr", "en-GB,en;q=0.8", "en"),
        ("", "fr-FR, en;q=0.7, zh;q=0.3", "en"),
        ("", "en;q=0.2,zh-Hans-CN;q=0.9", "zh"),
        ("", "de, *", "zh"),
        ("", "en;q=much, ;;;,=", "zh"),
        ("", "x" * 100_000, "zh"),
    ],
)
def test_reader_gets_the_language_they_chose_or_their_browser_asks_for(cookie: str, accept: str, lang: str) -> None:
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accept.encode())]
    assert locale_of(Request({"type": "http", "headers": headers})) == lang


def test_both_catalogues_have_the_same_keys_and_places() -> None:
    zh, en = (catalogue(lang) for lang in LOCALES)
    assert zh.keys() == en.keys()
    assert [key for key in zh if places(zh[key]) != places(en[key])] == []


def places(message: text.Message) -> set[str]:
    """The {places} of a message, in all its forms."""
    forms = [message] if isinstance(message, str) else list(message.values())
    return {place for form in forms for place in re.findall(r"\{([^}]*)\}", form)}


@pytest.mark.parametrize("lang", LOCALES)
def test_every_word_has_its_place_and_something_to_say(lang: str) -> None:
    for group, messages in read_groups(lang).items():
        for key, message in messages.items():
            assert KEY.fullmatch(key), key
            assert key.startswith(group + "."), f"{key} belongs into another file than {group}.json"
            assert isinstance(message, str) or message.keys() == {"one", "other"}, key
            assert all(re.fullmatch(r"[a-z_]+", place) for place in places(message)), key
            assert all(form.strip() for form in ([message] if isinstance(message, str) else message.values())), key
            if not isinstance(message, str):
                assert "n" in places(message), f"{key}: only a count has a plural"


def test_no_key_is_written_twice() -> None:
    for lang in LOCALES:
        for path in (i18n.CATALOGUES / lang).glob("*.json"):
            written = re.findall(r'^\s*"([a-z_]+\.[a-z0-9_.]+)"\s*:', path.read_text("utf-8"), re.M)
            assert len(written) == len(set(written)), path


def test_every_word_asked_for_is_there() -> None:
    asked = {(where, key) for where, key, whole in used_by_templates() if whole}
    asked |= {(path.name, match["key"]) for path in CODE for match in CALL.finditer(path.read_text("utf-8"))}
    assert sorted(where_key for where_key in asked if where_key[1] not in catalogue("zh")) == []


def test_no_word_is_left_over() -> None:
    exact: set[str] = set()
    beginnings: set[str] = set()
    for _, key, whole in used_by_templates():
        (exact if whole else beginnings).add(key)
    for path in CODE:
        for literal in LITERAL.finditer(path.read_text("utf-8")):
            (beginnings if literal[2].endswith((".", "_")) else exact).add(literal[2])
    unused = [key for key in catalogue("zh") if key not in exact and not key.startswith(tuple(beginnings) or ("\0",))]
    assert unused == []


def used_by_templates() -> list[tuple[str, str, bool]]:
    """(template, key or its beginning, whether it is the whole key) of every use of `t` and `dated`."""
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        tree = environment("zh").parse(Path(path).read_text("utf-8"), name)
        for node in tree.find_all(nodes.Filter):
            if node.name in ("t", "dated"):
                found += [(name, key, whole) for key, whole in keys_of(node.node)]
        found += [
            (name, literal.value, not literal.value.endswith((".", "_")))
            for literal in tree.find_all(nodes.Const)
            if isinstance(literal.value, str) and literal.value in catalogue("zh")
        ]
    return found


def keys_of(node: Any) -> list[tuple[str, bool]]:
    """The keys an expression may come to: constants, choices between them, and texts begun with a constant."""
    if isinstance(node, nodes.Const):
        return [(str(node.value), True)]
    if isinstance(node, nodes.CondExpr):
        return [*keys_of(node.expr1), *keys_of(node.expr2)]
    if isinstance(node, nodes.Concat) and isinstance(node.nodes[0], nodes.Const):
        return [(str(node.nodes[0].value), False)]
    return []
