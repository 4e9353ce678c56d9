"""The same edits in another order of arrival: what stands in the end, and what is contested, must be the same.

An edit stays behind what its author had seen: their own edits, those under `seen`, and those it names. What the
server's own device wrote keeps its place, because a release reads a position.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from random import Random
from typing import Any

import msgspec

from server.journal.known import ENTRY, read_entry
from server.journal.sql import Store
from simulator.ground import UTC_OFFSET_MIN
from sync.edit import read_header
from sync.entities import Device, Door, Household, Resident, Visit
from sync.fold import as_aside, fold, set_aside
from sync.state import Gone, State
from sync.times import Times, claimed_ms

WINDOW = 40
"""How far one edit may overtake others."""
_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def another_order(store: Store, dice: Random) -> list[str]:
    """What differs when the journal of this database is folded in an order chosen by the dice."""
    rows = store.rows(f"SELECT {ENTRY} FROM journal ORDER BY position")
    head = store.row("SELECT log FROM journal_head")
    assert head is not None
    servers = store.rows("SELECT id, enrolled_ms FROM device WHERE kind = 'server'")
    own = {row[0]: Device(row[0], None, None, "server", "server", row[1]) for row in servers}
    as_it_was = meaning(folded(rows, own))
    order = shuffled(rows, own.keys(), head[0], dice)
    otherwise = meaning(folded([rows[place] for place in order], own))
    return [key for key in sorted(as_it_was.keys() | otherwise.keys()) if as_it_was.get(key) != otherwise.get(key)]


def shuffled(rows: Sequence[Any], own: Collection[str], log: str, dice: Random) -> list[int]:
    """Places of the journal in an order that could have been."""
    needs = list(_needs(rows, own, log))
    order: list[int] = []
    done: set[int] = set()
    waiting = list(range(len(rows)))
    while waiting:
        first = waiting[0]
        ready = [place for place in waiting[:WINDOW] if needs[place][0] <= first and needs[place][1] <= done]
        chosen = dice.choice(ready)
        order.append(chosen)
        done.add(chosen)
        waiting.remove(chosen)
    return order


def _needs(rows: Sequence[Any], own: Collection[str], log: str) -> Iterable[tuple[int, set[int]]]:
    """For each place: all places before this number come first, and these."""
    headers = [read_header(bytes(row[4])) for row in rows]
    named = [{found.decode() for found in _ID.findall(bytes(row[4]) + bytes(row[6] or b""))} for row in rows]
    barrier = 0
    last: dict[str, int] = {}
    by_id: dict[str, list[int]] = {}
    namers: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        if header.device in own:
            barrier = place + 1
            yield place, set()
        else:
            # What an earlier log had shown them can no longer be told.
            seen = header.seen.size if header.seen.log == log else 0 if header.seen.log == "" else place
            behind = {earlier for id_ in named[place] for earlier in by_id.get(id_, ())}
            behind |= set(namers.get(header.id, ()))
            if header.device in last:
                behind.add(last[header.device])
            yield max(barrier, min(seen, place)), behind
        last[header.device] = place
        by_id.setdefault(header.id, []).append(place)
        for id_ in named[place]:
            namers.setdefault(id_, []).append(place)


def folded(rows: Iterable[Any], own: Mapping[str, Device]) -> State:
    """The world after these arrivals; each edit keeps its times."""
    state = State(_nothing, UTC_OFFSET_MIN)
    for position, received_ms, outcome, reason, raw, salt, body, effective_ms in rows:
        read = read_entry(bytes(raw), salt, body)
        header = read.edit.header
        times = Times(claimed_ms(header), effective_ms, received_ms)
        author = state.get("person", None, header.author)
        if reason == "fork":
            set_aside(header, times, state)
        else:
            device = own.get(header.device) or state.get("device", None, header.device)
            outcome = fold(read, state, device, author, times, position).outcome
        if outcome == "quarantined":
            aside = as_aside(read, times, position, author.name if author else "", state)
            state.remember("aside", str(position), aside)
    return state


def _nothing(kind: str, grid: str | None, ids: Iterable[str]) -> list[tuple[str, Any]]:
    return []


def meaning(state: State) -> dict[str, Any]:
    """What must not depend on the order of arrival: everything but positions and the numbering of tellings."""
    told: dict[str, Any] = {}
    for key, value in state.changed.items():
        if isinstance(value, Gone):
            continue
        if isinstance(value, Visit):
            value = msgspec.structs.replace(value, position=0, rev=0)
        elif isinstance(value, Household | Door | Resident):
            value = msgspec.structs.replace(value, rev=0)
        elif key.kind == "revisions":
            value = sorted((each.edit, sorted(each.covers), each.body, each.shown, each.undone) for each in value)
        elif key.kind != "past":
            continue
        told[" ".join(map(str, key))] = value
    return told
