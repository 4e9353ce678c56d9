"""The sides of a question beside each other: what each says in full, who wrote it, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.conflicts.entries import Entry
from server.conflicts.told import Words
from server.conflicts.whole import whole
from server.localtime import told_hour

Row = dict[str, Any]

FAST_MS = 120_000
"""A clock that is wrong by less is right."""
LINES_MAX = 12
BRIEF = 20
EMPTY: Row = {
    "said": [],
    "times": [],
    "saw": None,
    "href": None,
    "at": None,
    "edits": [],
    "rest": [],
    "more": None,
    "hidden": None,
    "raw": [],
    "shots": None,
    "source": None,
}


@dataclass(frozen=True)
class Chain:
    """What stands under the numbers of a branch, and how many more edits of other grids do."""

    rows: Sequence[Row] = ()
    hidden: int = 0


@dataclass(frozen=True)
class Written:
    """How the journal knows edits: by id, the receipt of what each had last seen, and the journal's name."""

    edits: dict[str, Row]
    seen_ms: dict[str, int]
    log: str


def sides_of(
    entry: Entry, words: Words, written: Written, chain: Chain, doors: Mapping[int, Row], shots: Mapping[int, Row]
) -> list[Row]:
    """Each side as the page shows it. `doors`: those that edits set aside speak of, `shots`: their photos and voice
    notes; both by the edits' positions."""
    match entry.kind:
        case "fact":
            sides = _fact_sides(entry, words, written)
        case "tag":
            sides = _tag_sides(entry, words, written)
        case "telling":
            sides = [_telling(head, words, written) for head in entry.rows]
        case "fork":
            sides = _fork_sides(entry, words, chain, doors, shots)
        case "aside":
            sides = _aside_sides(entry, words, doors.get(entry.row["position"]), shots.get(entry.row["position"]))
        case "visits":
            sides = _pair_sides([_visit(row, words) for row in entry.rows], entry, words)
        case _:
            sides = _pair_sides([_home(row, words) for row in entry.rows], entry, words)
    return [{**EMPTY, **side, "n": n} for n, side in enumerate(sides, 1)]


def _fact_sides(entry: Entry, words: Words, written: Written) -> list[Row]:
    """A side for each value; who wrote the same stand together."""
    by_value: dict[str, list[Row]] = {}
    for head in entry.rows:
        by_value.setdefault(json.dumps(head["value"], sort_keys=True), []).append(head)
    sides: list[Row] = []
    if entry.over_nothing:
        nothing = {"by": words.say("side.stands"), "value": words.say("value.nothing")}
        sides.append({**nothing, "choice": "nothing", "press": words.say("press.nothing")})
    alone = len({head["by"] for head in entry.rows}) < len(by_value) or any(each.get("proposed") for each in entry.rows)
    for heads in by_value.values():
        first, names = heads[0], list(dict.fromkeys(head["by"] for head in heads))
        by = words.say("and").join(names)
        sides.append({
            "by": words.say("side.proposed" if first.get("proposed") else "side.wrote", by=by),
            "value": (value := words.value(entry.what, first["value"])),
            "times": _times(first, words, written),
            "saw": [words.value(entry.what, saw["value"]) for saw in first.get("saw", ())],
            "choice": first["edit"],
            # One person's two values are told apart by the values, two people's by the people.
            "press": words.say("press.value", value=_brief(value)) if alone else words.say("press.take", by=by),
        })  # fmt: skip
    return sides


def _brief(text: str) -> str:
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


def _tag_sides(entry: Entry, words: Words, written: Written) -> list[Row]:
    asked = [head for head in entry.rows if head.get("proposed")]
    added = [head for head in entry.rows if not head.get("proposed")]
    tag, by = words.tag(entry.what), words.say("and").join(dict.fromkeys(head["by"] for head in asked))
    return [
        {"by": words.say("side.stands"), "value": tag, "times": _times(added[0], words, written) if added else [],
         "choice": "keep", "press": words.say("press.keep")},
        {"by": words.say("side.proposed", by=by), "value": words.say("side.without", tag=tag),
         "times": _times(asked[0], words, written), "choice": "remove", "press": words.say("press.remove")},
    ]  # fmt: skip


def _telling(head: Row, words: Words, written: Written) -> Row:
    at = words.at(head["body"].get("occurred_at_ms"))
    by = head["by"] or words.say("nobody")
    told = whole(words, "visit.corrected", head["body"])
    return {
        "by": words.say("side.told", by=by),
        "value": None,
        "at": at,
        "said": told["lines"],
        "raw": told["raw"],
        "times": _times(head, words, written),
        "choice": head["edit"],
        "press": words.say("press.telling"),
    }


def _fork_sides(
    entry: Entry, words: Words, chain: Chain, doors: Mapping[int, Row], shots: Mapping[int, Row]
) -> list[Row]:
    by = entry.row["by"] or words.say("nobody")
    sides = []
    for which, rows, choice in (("fork_aside", entry.rows, "released"), ("fork_stands", chain.rows, "declined")):
        told = [_edit_line(row, doors.get(row["position"]), shots.get(row["position"]), words) for row in rows]
        more = len(rows) - LINES_MAX
        hidden = chain.hidden if which == "fork_stands" else 0
        sides.append({
            "by": words.say(f"side.{which}", by=by, n=len(rows)),
            "value": None,
            "edits": told[:LINES_MAX],
            "rest": told[LINES_MAX:],
            "more": words.say("more", n=more) if more > 0 else None,
            "hidden": words.say("hidden", n=hidden) if hidden else None,
            "choice": choice,
            "press": words.say(f"press.{choice}", n=len(entry.rows)),
        })  # fmt: skip
    return sides


def _aside_sides(entry: Entry, words: Words, door: Row | None, shots: Row | None) -> list[Row]:
    row = entry.row
    by = row["by"] or words.say("nobody")
    told = whole(words, row["kind"], row["body"])
    phone = row["device_kind"] == "phone"
    # What was not found in the writer's grid and stands in another was never missing.
    elsewhere = row["reason"] == "unknown_entity" and door is not None and door["grid"] != row["grid"]
    reason = "out_of_scope" if elsewhere else row["reason"]
    times = [
        *([{"name": "occurred", "at": told["occurred"], "note": None}] if told["occurred"] else []),
        *([{"name": "written", "at": words.at(row["claimed_ms"]), "note": None}] if phone else []),
        {"name": "received", "at": words.at(row["received_ms"]), "note": None if phone else words.say("made.page")},
    ]
    # What a newer phone wrote is told with the name of its kind: that is all anybody knows of it.
    kind = [{"name": words.say("raw.kind"), "text": row["kind"]}] if row["reason"] == "unknown_kind" else []
    let_lie = words.say("press.declined_erased") if row["reason"] == "erased" else words.say("press.declined", n=1)
    source = words.say("from", phone=row["label"]) if phone and row["label"] else None
    return [
        {"by": words.say("side.aside", by=by, what=words.what(row["kind"])), "value": None,
         "said": told["lines"], "raw": [*kind, *told["raw"]], "shots": shots, "source": source, "times": times,
         "choice": "released", "press": words.say("press.released", n=1)},
        {"by": words.say("side.why"), "value": None, "said": _plain(words.reason(reason)),
         "choice": "declined", "press": let_lie},
    ]  # fmt: skip


def _pair_sides(sides: list[Row], entry: Entry, words: Words) -> list[Row]:
    """Two that may be one: what is pressed is about both."""
    for side, choice in zip(sides, ("same", "different"), strict=True):
        side |= {"choice": choice, "press": words.say(f"press.{entry.kind}.{choice}")}
    return sides


def _visit(row: Row, words: Words) -> Row:
    at = words.at(row["occurred_at_ms"]) or ""
    opened = {name: json.loads(row[name]) for name in ("asks", "companions", "blobs")}
    body = {name: row[name] for name in ("result", "mode", "text", "who_met", "care", "follow_up_on")}
    told = told_hour(at, row["source"] is not None)
    received = {"name": "received", "at": words.at(row["received_ms"]), "note": None}
    return {
        "by": words.say("side.visited", by=row["by_name"]),
        "value": None,
        "at": at if told else at[:10],
        "said": whole(words, "visit.recorded", {**body, **opened})["lines"],
        "times": [received],
        "href": f"/desk/visits/{row['grid']}/{row['id']}",
    }


def _home(row: Row, words: Words) -> Row:
    lines = [words.say("home.contact", name=row["contact"])] if row["contact"] else [words.say("home.nobody")]
    if row["phone"]:
        lines.append(words.say("home.phone", phone=row["phone"]))
    lines += [words.say("home.people", n=row["people"]), words.say("home.visits", n=row["visits"])]
    if row["source"]:
        lines.append(words.say("home.imported"))
    where = words.say("where", quarters=row["quarters"], door=words.door(row))
    return {"by": where, "value": words.number(row), "said": _plain(*lines),
            "href": f"/desk/households/{row['grid']}/{row['id']}"}  # fmt: skip


def _plain(*lines: str) -> list[Row]:
    return [{"name": None, "text": line} for line in lines]


def _times(head: Row, words: Words, written: Written) -> list[Row]:
    """When it was written by the phone's own clock, what that is taken for, and when it came."""
    edit = written.edits.get(head["edit"])
    if edit is None:
        return [{"name": "counted", "at": words.at(head.get("at_ms")), "note": None}] if head.get("at_ms") else []
    header = edit["header"]
    off_ms = header["at_ms"] - edit["claimed_ms"]
    note = None
    if abs(off_ms) > FAST_MS:
        minutes = round(abs(off_ms) / 60_000)
        unit, n = ("hours", round(minutes / 60)) if minutes >= 120 else ("minutes", minutes)
        note = words.say(f"clock.{'fast' if off_ms > 0 else 'slow'}.{unit}", n=n)
    if edit["device_kind"] != "phone":
        # Nobody's phone wrote it: a page of ours did, or a ledger that was brought in.
        made = words.say("made.ledger" if edit["imported"] else "made.page")
        return [{"name": "received", "at": words.at(edit["received_ms"]), "note": made}]
    lines = [{"name": "written", "at": words.at(header["at_ms"]), "note": note}]
    if abs(edit["effective_ms"] - header["at_ms"]) > FAST_MS:
        lines.append({"name": "counted", "at": words.at(edit["effective_ms"]), "note": None})
    return [*lines, {"name": "received", "at": words.at(edit["received_ms"]), "note": None}]


def _edit_line(row: Row, door: Row | None, shots: Row | None, words: Words) -> Row:
    told = whole(words, row["kind"], row["body"])
    homeless = row["kind"].startswith("building.")
    return {
        "n": row["n"],
        "what": words.what(row["kind"]),
        "where": words.called(door) if door else None if homeless else words.say("where.unknown"),
        "occurred": told["occurred"],
        "said": told["lines"],
        "raw": told["raw"],
        "shots": shots,
        "at": words.at(row["effective_ms"]),
    }
