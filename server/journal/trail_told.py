"""What a trail's file tells once it is found right: who wrote each edit, where, and its three times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from server.journal.checkpoints import ORIGIN
from server.journal.trail_file import Entry, TrailFile
from sync.edit import Header, unb64u
from sync.rules import RULES
from sync.statement import PUBLIC_KEY_BYTES
from sync.strict import Malformed
from sync.times import times_of


@dataclass(frozen=True)
class Line:
    """One edit of a trail, for whoever reads it. `by`, `behalf` are names where the file proves them, else ids;
    `effective_ms` None where the file does not hold what it follows from; `text`: here, or why not."""

    position: int
    kind: str
    by: str
    behalf: str | None
    phone: str | None
    claimed_ms: int
    effective_ms: int | None
    received_ms: int
    outcome: str
    reason: str | None
    text: str


@dataclass
class Known:
    """Whose phones these are, what people are called, and which devices are the server's: all by the log's own word."""

    phones: dict[str, list[bytes]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    servers: set[str] = field(default_factory=set)

    def learn(self, entry: Entry, header: Header | None) -> None:
        """Take in an edit that stands in the log."""
        if header is None or entry.outcome != "accepted":
            return
        rule, said = RULES.get(header.kind), body_of(entry)
        if rule is not None and not rule.phones:
            # No phone can make such an edit.
            self.servers.add(header.device)
        if header.kind == "person.added" and isinstance(said.get("name"), str):
            self.names[header.entity] = said["name"]
        if header.kind == "device.enrolled" and isinstance(said.get("public_key"), str):
            try:
                key = unb64u(said["public_key"], PUBLIC_KEY_BYTES)
            except Malformed:
                return
            self.phones.setdefault(header.entity, []).append(key)
            self.labels[header.entity] = str(said.get("label", ""))


def floor_of(header: Header, position: int, log: str) -> int | None:
    """Where the last edit stands that the author had seen of this log; None where they had seen none of it."""
    seen = min(header.seen.size, position)
    return seen - 1 if header.seen.log == log and seen else None


def lines_of(trail: TrailFile, headers: Mapping[int, Header], known: Known, origin: str) -> Iterator[Line]:
    """The edits, each as a line."""
    entries = (*trail.edits, *trail.beside)
    came = {each.position: each.received_ms for each in entries}
    log = origin.removeprefix(ORIGIN)
    enrolled = {
        header.entity: came[position]
        for position, header in headers.items()
        if header.kind == "device.enrolled" and header.entity in known.phones
    }
    for entry in trail.edits:
        header = headers[entry.position]
        floor, since = floor_of(header, entry.position, log), enrolled.get(header.device)
        # Of a log before this one nobody knows here what its author had seen.
        seen_ms = since if not header.seen.log else came.get(floor) if floor is not None else None
        times = times_of(header, max(seen_ms or 0, since or 0), entry.received_ms)
        behalf = header.on_behalf_of if isinstance(header.on_behalf_of, str) else None
        yield Line(
            entry.position,
            header.kind,
            known.names.get(header.author, header.author),
            None if behalf is None else known.names.get(behalf, behalf),
            known.labels.get(header.device) if header.device in known.phones else None,
            times.claimed_ms,
            times.effective_ms if seen_ms is not None else None,
            entry.received_ms,
            entry.outcome,
            entry.reason,
            entry.without or "here",
        )


def body_of(entry: Entry) -> dict[str, Any]:
    """What an edit says, where its words are here and are an object."""
    try:
        said = msgspec.json.decode(entry.body or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
