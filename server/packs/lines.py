"""A pack as lines of a table: chapter, what, where, and what is said or counted there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.i18n import t
from server.packs.figures import MODES, UNTOLD

WHISTLES = ("raised", "decided", "timely", "ended", "level_1", "level_2", "higher")
"""What a pack says of whistles."""
HEADING = ("chapter", "what", "where", "said")

Shown = dict[str, Any]


def lines_of(pack: Shown, lang: str) -> list[list[str]]:
    """All of the pack, in the order of its page."""
    return [[t(lang, f"packs.part.{part}"), *rest] for part, *rest in _lines(pack, lang)]


def _lines(pack: Shown, lang: str) -> Iterator[list[str]]:
    told = pack["told"]
    for action in pack["actions"]:
        yield ["actions", action["due"], action["owner_name"], action["text"]]
    for each in pack["coordination"]:
        yield ["coordination", "", each["grid_name"], each["title"]]
    for name in ("visits", "doors", "answered", "nobody", "other"):
        yield ["figures", t(lang, f"packs.figure.{name}"), "", str(told[name])]
    for part in ("hard", "need"):
        for line in pack[part]:
            yield [part, line["on"], _door(line), _words(line, lang)]
    for line in pack["urgent"]:
        yield ["urgent", "", _door(line), ""]
    for line in pack["contested"]:
        yield ["contested", "", _door(line), ""]
    for line in pack["overdue"]:
        yield ["overdue", line["on"], _door(line), ""]
    for each in pack["coverage"]:
        yield [
            "coverage",
            each["grid"],
            each["name"],
            f"{each['met']}/{each['homes']} · {each['lately']}/{each['homes']}",
        ]
    for row in told["hours"]:
        for mode, n in zip(MODES, row["by"], strict=True):
            if n:
                band = t(lang, "packs.untold") if row["band"] == UNTOLD else row["band"]
                yield ["hours", band, t(lang, f"word.mode.{mode}"), str(n)]
    for each in told["asks"]:
        yield ["asks", t(lang, f"word.ask.{each['ask']}"), "", str(each["n"])]
    for line in pack["nobody"]:
        yield ["nobody", "", _door(line), str(line["n"])]
    yield from _matters(pack, lang)
    for name in ("rented", "rented_met", "floating") if pack["kind"] == "monthly" else ():
        yield ["floating", t(lang, f"packs.figure.{name}"), "", str(pack[name])]
    for chapter in pack["chapters"]:
        for line in chapter["said"]:
            yield ["topics", t(lang, f"packs.topic.{chapter['topic']}"), _door(line), _words(line, lang)]


def _matters(pack: Shown, lang: str) -> Iterator[list[str]]:
    """What no visit tells."""
    yield ["patrols", t(lang, "packs.figure.patrols"), "", str(pack["patrols"]["n"])]
    for note in pack["patrols"]["notes"]:
        yield ["patrols", t(lang, f"patrol.what.{note['what']}"), note["where"], note["text"]]
    for each in pack["matters"]["kinds"]:
        stands = t(lang, f"items.state.{each['state']}")
        yield ["items", t(lang, f"items.kind.{each['kind']}"), stands, str(each["n"])]
    for line in pack["matters"]["mediations"]:
        yield ["mediations", line["on"], _door(line), _words(line, lang)]
    for name in ("due", "done", "in_time"):
        yield ["care", t(lang, f"packs.figure.care_{name}"), "", str(pack["care"][name])]
    for name in WHISTLES:
        yield ["whistles", t(lang, f"packs.figure.whistles_{name}"), "", str(pack["whistles"][name])]
    for report in pack["reports"]:
        yield ["reports", report["on"], report["where"], report["text"]]


def _door(line: Shown) -> str:
    return " ".join(filter(None, [line["door"], line["name"]]))


def _words(line: Shown, lang: str) -> str:
    return t(lang, "exports.private") if line["text"] is None else line["text"]
