"""The model phone is what the real one is: their requests and stores agree, schedule by schedule, in real Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.plan import plan_of
from simulator.runs import tapes
from simulator.street import Street, street
from simulator.tape import COMPARED, Tape
from tests.chromium import Chromium

pytestmark = pytest.mark.browser

SEEDS = (0, 3, 4, 5, 6, 8, 9, 13, 16, 21, 34, 334)
"""Among them forks, restored servers, both at once, phones put out of use and taken back, and phones that doubted."""
SCRIPT = (Path(__file__).parent / "real_phone.js").read_text(encoding="utf-8")
SCRIPT = SCRIPT.partition("\n\n")[2].rstrip().rstrip(";")


@pytest.fixture(scope="module")
def ours() -> Iterator[Street]:
    """One street for all of them."""
    with street() as found:
        yield found


def comparable(message: dict[str, Any]) -> dict[str, Any]:
    """A request without what no two phones share: the signature, what a browser says of its own store and session."""
    health = {key: message["health"][key] for key in ("unsent", "oldest_ms")}
    rest = {key: value for key, value in message.items() if key != "session"}
    return {**rest, "head": message["head"]["statement"], "health": health}


def asked(tape: Tape) -> list[Any]:
    """The model's requests."""
    talk = [each for event in tape.events if event["do"] == "sync" for each in event["talk"]]
    return [comparable(json.loads(each["asked"])) if each["asked"] else each["path"] for each in talk]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_real_modules_ask_and_hold_what_the_model_does(chromium: Chromium, ours: Street, seed: int) -> None:
    for number, tape in enumerate(tapes(ours, plan_of(seed))):
        answer = chromium.evaluate(SCRIPT, {**tape.script(), "name": f"model-{seed}-{number}"})
        where = f"seed {seed}, phone {number}: {answer['troubles'][:1]}"
        requests = [comparable(each) if isinstance(each, dict) else each for each in answer["requests"]]
        expected = asked(tape)
        # A phone that died beside an answer asks no further; the real one, which only lost its link, may have tried.
        assert [each for each in requests if each in expected] == expected, where
        model, real = tape.held(), answer["held"]
        if "sync" in real:
            real["sync"] = {key: real["sync"][key] for key in COMPARED}
        for what in model.keys() | real.keys():
            assert real.get(what) == model.get(what), f"{where}: {what}"
