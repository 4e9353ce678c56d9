"""docs/security/data.md keeps true: every table stands in the register, with a level, and no table that is none."""

from __future__ import annotations

import re

from server import schema
from server.settings import ROOT
from sync.rules.table import RESTRICTED, TAGS

REGISTER = (ROOT / "docs" / "security" / "data.md").read_text("utf-8")
LEVELS = re.split(r"^## Level (\d)$", REGISTER, flags=re.MULTILINE)


def test_every_table_stands_in_the_register_and_no_other() -> None:
    named = set(re.findall(r"\[(\w+)\](?!\()", REGISTER))
    assert named == set(schema.metadata.tables)


def test_restricted_tags_stand_at_the_highest_level_and_no_tag_is_of_both_kinds() -> None:
    by_level = dict(zip(LEVELS[1::2], LEVELS[2::2], strict=True))
    assert set(by_level) == {"0", "1", "2", "3"}
    assert "[restricted_tag]" in by_level["3"]
    assert not set(TAGS) & set(RESTRICTED)


def test_each_level_says_how_it_is_guarded() -> None:
    guarded = REGISTER.partition("## How each level is guarded")[2]
    assert re.findall(r"^- \*\*(\d)", guarded, flags=re.MULTILINE) == ["0", "1", "2", "3"]
