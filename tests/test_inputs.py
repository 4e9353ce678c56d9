"""docs/security/inputs.md keeps true: every field of a form stands there, with its limit, and where it is checked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from server.access import TABLE
from server.views.common import ASKS
from server.visits.filters import CHIPS, UNASKED, Filters
from tools.openapi import BODIES

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "web" / "templates"
FORMS = [*TEMPLATES.glob("desk/*.html"), *TEMPLATES.glob("join/*.html"), *TEMPLATES.glob("resident/*.html")]
FORMS += [TEMPLATES / "sign_in.html", TEMPLATES / "restricted.html", TEMPLATES / "problem.html"]
FIELD = re.compile(r"<(?:input|select|textarea|button)\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\})*>", re.DOTALL)
FORM = re.compile(r'<form\b[^>]*?\baction="([^"]*)"(.*?)</form>', re.DOTALL)
FILTERS = tuple(name for name in Filters.__dataclass_fields__ if name not in UNASKED)
CHIPPED = tuple(field for fields in CHIPS.values() for field in fields)
MADE = {
    ("desk/_filters.html", "{{ choice.name }}"): tuple(name for name in FILTERS if name not in ("q", "on", *CHIPPED)),
    ("desk/_chips.html", "{{ name }}"): CHIPPED,
    ("desk/_days.html", "{{ name }}"): (*FILTERS, "before"),
    ("desk/behalf.html", "{{ ask }}"): tuple(ASKS),
    ("desk/meeting.html", "text_{{ row.number }}"): ("text_0",),
    **{
        ("desk/meeting_form.html", f"{name}_{{{{ row.number }}}}"): (f"{name}_0",)
        for name in ("action", "text", "owner", "due")
    },
}
"""Fields whose names the page makes, and the names."""


class Row(NamedTuple):
    """One line of the table."""

    form: str
    page: str
    field: str
    looks: str
    limit: str
    checked: str
    told: str


def rows() -> list[Row]:
    text = (ROOT / "docs" / "security" / "inputs.md").read_text("utf-8")
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:3] == "| `"]
    return [Row(*(cell.strip("`") if i < 3 or i == 5 else cell for i, cell in enumerate(each))) for each in cells]


ROWS = rows()


def fields(template: Path) -> list[tuple[str, str | None]]:
    """The names of a page's fields, each with the length that the browser takes."""
    page, found = str(template.relative_to(TEMPLATES)), []
    for tag in FIELD.findall(template.read_text("utf-8")):
        if named := re.search(r'\bname="([^"]+)"', tag):
            most = re.search(r'\bmaxlength="(\d+)"', tag)
            found += [(each, most and most[1]) for each in MADE.get((page, named[1]), (named[1],))]
    return found


@pytest.mark.parametrize("template", FORMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_field_of_a_page_stands_in_the_table(template: Path) -> None:
    page, text = str(template.relative_to(TEMPLATES)), template.read_text("utf-8")
    own = fields(template)
    assert len(re.findall(r'<(?:input|select|textarea|button)\b[^>]*?\bname="', text)) == sum(
        bool(re.search(r'\bname="', tag)) for tag in FIELD.findall(text)
    ), "a field that was not read"
    listed = [row for row in ROWS if row.page == page]
    assert {name for name, _ in own} == {row.field for row in listed}
    for name, most in own:
        assert most is None or any(most in re.findall(r"\d+", row.limit) for row in listed if row.field == name), name


def test_a_new_field_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "desk" / "new.html"
    page.parent.mkdir()
    page.write_text('<form><select id="s"\n {% if a > b %}x{% endif %} name="sort"><textarea name="why" maxlength="9">')
    monkeypatch.setitem(globals(), "TEMPLATES", tmp_path)
    assert fields(page) == [("sort", None), ("why", "9")]
    with pytest.raises(AssertionError):
        test_every_field_of_a_page_stands_in_the_table(page)


def test_every_form_is_a_way_in_and_every_way_in_with_fields_has_its_lines() -> None:
    ways = {tuple(row.form.split()) for row in ROWS}
    assert {way for way in ways if way not in TABLE} == set()
    named = {path for _, path in ways}
    for template in FORMS:
        for action, form in FORM.findall(template.read_text("utf-8")):
            if action.startswith("/") and any(re.search(r'\bname="', tag) for tag in FIELD.findall(form)):
                spelled = re.sub(r"\{\{.*?\}\}", "{}", action)
                made = {re.sub(r"\{\w+\}", "{}", path) for path in named}
                assert spelled in made | set(BODIES) | {"/desk/me"}, (template.name, action)


def test_what_checks_a_field_is_there_and_its_words_are_in_both_languages() -> None:
    words = {}
    for lang in ("zh", "en"):
        found = [json.loads(path.read_text("utf-8")) for path in (ROOT / "web" / "catalogues" / lang).glob("*.json")]
        words[lang] = {key for each in found for key in each}
    for row in ROWS:
        file, _, name = row.checked.partition("::")
        assert re.search(rf"def {name}\(", (ROOT / file).read_text("utf-8")), row
        assert row.looks, row
        assert row.told, row
        for key in re.findall(r"`([a-z_]+\.[a-z_.0-9]+)`", row.told):
            assert key in words["zh"] & words["en"], (row.field, key)
