"""A filled-in form says the same on the phone and on the server: the same edits, the same complaints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.field.forms import FORMS
from server.i18n import LOCALES, catalogue
from server.settings import ROOT
from tests.chromium import Chromium


def spread(value: Any) -> Any:
    """A vector with its long texts at full length."""
    if isinstance(value, dict):
        if value.keys() == {"repeat"}:
            sign, times = value["repeat"]
            return sign * times
        return {key: spread(inner) for key, inner in value.items()}
    return [spread(inner) for inner in value] if isinstance(value, list) else value


CASES = spread(json.loads((ROOT / "tests/vectors/forms.json").read_text("utf-8"))["cases"])


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_server_reads_the_form_as_pinned(case: dict[str, Any]) -> None:
    made = FORMS[case["form"]](case["data"], case["about"])
    assert made == case["made"]
    # Bodies are hashed as bytes: the order of their keys is the format's, not chance's.
    assert json.dumps(made["drafts"]) == json.dumps(case["made"]["drafts"])


@pytest.mark.browser
def test_phone_reads_the_form_as_pinned(chromium: Chromium) -> None:
    answers = chromium.evaluate(
        """async cases => {
          const { FORMS } = await import('/static/phone/forms.js');
          return cases.map(({ form, data, about }) => {
            const made = FORMS[form](data, about);
            return { made, bodies: JSON.stringify(made.drafts.map(draft => draft.body)) };
          });
        }""",
        CASES,
    )
    for case, answer in zip(CASES, answers, strict=True):
        assert answer["made"] == case["made"], case["title"]
        bodies = [draft["body"] for draft in case["made"]["drafts"]]
        assert answer["bodies"] == json.dumps(bodies, ensure_ascii=False, separators=(",", ":")), case["title"]


def test_every_complaint_has_words() -> None:
    complaints = {why for case in CASES for why in case["made"]["errors"].values()}
    for lang in LOCALES:
        said = {key for key in catalogue(lang) if key.startswith("form.")}
        assert said == complaints, "a complaint without words, or words no vector asks for"


def test_every_form_is_pinned() -> None:
    assert {case["form"] for case in CASES} == set(FORMS)
