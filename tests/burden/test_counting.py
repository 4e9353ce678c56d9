"""The hand counts truly, and a job that got longer is named."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

import burden.hand
from burden import __main__ as command
from burden.count import Count, grown, median
from burden.hand import Hand
from burden.kept import BEGIN, DOCUMENT, END, read_kept, with_kept
from burden.rounds import COMMONEST, JOBS, Job

TWO_TAPS = Count(taps=2, wait_s=0.5)
FIELDS = {
    "a name": {"form": "person", "known": False, "required": True},
    "a tag": {"form": "person", "known": True, "required": False},
    "a reason": {"form": "never sent", "known": False, "required": True},
}


class Pretended:
    """A page without a browser, which feels what is done to it."""

    def __init__(self) -> None:
        self.context = self.keyboard = self.first = self
        self.url = "http://localhost/field/"
        self.feel: Callable[[str], None]
        self.fields: dict[str, Any] = {}

    def expose_binding(self, _name: str, feel: Callable[[Any, str], None]) -> None:
        """As a browser's context takes it."""
        self.feel = lambda what: feel(None, what)

    def add_init_script(self, path: Path) -> None:
        """The script it would run."""
        assert path.is_file()

    def locator(self, _what: str) -> Pretended:
        """Everything is here."""
        return self

    def filter(self, has_text: str) -> Pretended:
        """And says so."""
        return self

    def goto(self, _address: str) -> None:
        """Another page asks nothing."""
        self.fields = {}

    def scroll_into_view_if_needed(self) -> None:
        """It is in view."""

    def tap(self) -> None:
        """A finger; what it opens asks three things."""
        self.feel("tap")
        self.fields = FIELDS

    def press(self, _key: str) -> None:
        """A key."""
        self.feel("key")

    def insert_text(self, _words: str) -> None:
        """Words that no key makes."""

    def evaluate(self, _script: str) -> dict[str, Any]:
        """It rests, painted long ago."""
        return {"ready": True, "painted": 1.0, "now": 1e4, "fields": self.fields}


@contextmanager
def hand_on(page: Pretended) -> Iterator[Hand]:
    """A hand at the beginning of a job."""
    hand = Hand(cast(Page, page), touch=True)
    hand.start(page.url)
    yield hand


def test_taps_keys_words_and_questions_are_counted_each_for_itself() -> None:
    page = Pretended()
    with hand_on(page) as hand:
        hand.tap("a.row")
        hand.type("陈12")
        hand.press("Tab")
        hand.write("厕所灯坏了")
        hand.tap("button")
        page.feel("sent person")
        found = hand.counted()
        assert found == Count(taps=2, keystrokes=4, words=5, fields=3, known=1, required=1)
        hand.start(page.url)
        assert hand.counted() == Count()


def test_what_was_answered_meanwhile_was_not_known() -> None:
    page = Pretended()
    with hand_on(page) as hand:
        hand.tap("a.row")
        page.fields = {name: {**field, "known": True} for name, field in FIELDS.items()}
        hand.type("1")
        assert hand.counted().known == 1


@pytest.mark.parametrize("touch", [Pretended.tap, lambda page: page.press("1")])
def test_a_touch_beside_the_hand_leaves_no_figure(touch: Callable[[Pretended], None]) -> None:
    page = Pretended()
    with hand_on(page) as hand:
        touch(page)
        with pytest.raises(AssertionError, match="the browser"):
            hand.counted()


def test_jobs_hold_nothing_but_a_hand() -> None:
    for name in ("field_jobs.py", "desk_jobs.py"):
        tree = ast.parse((Path(burden.hand.__file__).parent / name).read_text("utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported <= {"__future__", "burden.hand", "burden.prepare"}
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert {each for each in used if each.startswith("_")} == set()


def test_a_job_that_got_longer_is_named_and_a_shorter_or_slower_one_is_not() -> None:
    kept = {"Nobody home": TWO_TAPS, "Add a resident": Count(fields=7, known=2)}
    same = {**kept, "Nobody home": replace(TWO_TAPS, wait_s=50.0), "A new job": Count(taps=9)}
    assert grown(kept, same) == []
    assert grown(kept, {**kept, "Add a resident": Count(fields=6, known=1)}) == []
    assert grown(kept, {**kept, "Nobody home": replace(TWO_TAPS, taps=1, words=90)}) == []
    longer = {"Nobody home": replace(TWO_TAPS, taps=3), "Add a resident": Count(fields=7, known=1)}
    assert grown(kept, longer) == [
        "“Nobody home” takes 3 taps; it took 2.",
        "“Add a resident” takes 6 fields that come empty; it took 5.",
    ]
    assert grown(kept, {"Nobody home": TWO_TAPS}) == ["“Add a resident” is kept, but was not measured."]


def test_rounds_that_differ_are_no_figure() -> None:
    waits = [replace(TWO_TAPS, wait_s=wait_s) for wait_s in (0.5, 9.0, 0.7)]
    assert median(waits) == replace(TWO_TAPS, wait_s=0.7)
    with pytest.raises(ValueError, match="differ"):
        median([TWO_TAPS, replace(TWO_TAPS, taps=3)])


def test_the_command_fails_and_names_the_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "burden.md"
    document.write_text(f"Words.\n{BEGIN}{END}More.\n", "utf-8")
    found = {job.name: TWO_TAPS for job in JOBS}
    monkeypatch.setattr(command, "DOCUMENT", document)
    monkeypatch.setattr(command, "measure", lambda jobs: {job.name: found[job.name] for job in jobs})
    monkeypatch.setenv("KEEP", "1")
    assert command.main([]) == 0
    assert read_kept(document.read_text("utf-8")) == found
    monkeypatch.delenv("KEEP")
    assert command.main([]) == 0
    found["All well"] = replace(TWO_TAPS, taps=4)
    capsys.readouterr()
    assert command.main([]) == 1
    assert "“All well” takes 4 taps; it took 2." in capsys.readouterr().out
    assert command.main(["nobody_home"]) == 0
    assert command.main(["all_well"]) == 1
    assert read_kept(document.read_text("utf-8"))["All well"] == TWO_TAPS


def test_the_document_keeps_every_job_and_its_own_words() -> None:
    document = DOCUMENT.read_text("utf-8")
    kept = read_kept(document)
    assert list(kept) == [job.name for job in JOBS]
    assert len(JOBS) >= COMMONEST
    assert kept["Nobody home"].taps <= 3
    assert kept["All well"].taps <= 3
    written = with_kept(document, {"Nobody home": TWO_TAPS}, "Told.")
    assert read_kept(written) == {"Nobody home": TWO_TAPS}
    assert written.partition(BEGIN)[0] == document.partition(BEGIN)[0]
    assert written.partition(END)[2] == document.partition(END)[2]


def test_jobs_are_told_apart_by_name() -> None:
    def once(of: Callable[[Job], object]) -> bool:
        return len({of(job) for job in JOBS}) == len(JOBS)

    assert once(lambda job: job.name)
    assert once(lambda job: job.do)
