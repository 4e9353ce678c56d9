"""Mistakes planted in the rules and the clocks of whistles: the machine of phones and desks finds each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from server.whistles import due
from sync.entities import Whistle
from sync.rules import whistle as whistle_rules
from sync.rules import workflow
from sync.state import State
from tests.whistles.test_machine import tried


def _any_seen(propose: Callable[..., Any]) -> Callable[..., Any]:
    return lambda ways, case, step, seen: propose(ways, case, step, [case.step])


def _forgetting(stepped: Callable[..., Any]) -> Callable[..., Any]:
    """A step that was none leaves no word."""

    def taken(said: Any, state: State, row: Whistle, told: Any, **more: Any) -> Any:
        decided = stepped(said, state, row, told, **more)
        now = decided.changes[0].value
        kept = [each for each in now.story if each.why != "impossible"]
        change = decided.changes[0]._replace(value=msgspec.structs.replace(now, story=kept))
        return msgspec.structs.replace(decided, changes=[change])

    return taken


MISTAKES: dict[str, tuple[Any, str, Any]] = {
    "a stale step is taken": (whistle_rules, "propose", _any_seen(workflow.propose)),
    "a handler proves their own work": (whistle_rules, "PROVED", ()),
    "more time is given twice": (whistle_rules, "ONCE", ()),
    "a comment is dropped": (whistle_rules, "_stepped", _forgetting(whistle_rules._stepped)),
    "a pause counts as time": (due, "PAUSED", "nothing"),
    "more time is given after it is over": (due, "extension_refused", lambda *_: None),
    "more time adds none": (due, "EXTENDED", "nothing"),
    "who gave it back is late still": (due, "ANSWERING", ("reported", "responded", "reopened")),
}
"""Where each is planted, and what stands there instead."""
IN_EVERY_RUN = ("a stale step is taken", "a comment is dropped", "more time is given twice")


@pytest.mark.parametrize(
    "mistake", [name if name in IN_EVERY_RUN else pytest.param(name, marks=pytest.mark.thorough) for name in MISTAKES]
)
def test_a_planted_mistake_is_found(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = MISTAKES[mistake]
    monkeypatch.setattr(where, name, instead)
    with pytest.raises((AssertionError, KeyError)):
        tried(600, shown=False)
