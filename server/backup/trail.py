"""`python -m server audit --trail FILE`: a trail's file looked at by itself, on any computer, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from server import i18n
from server.backup.words import complain, printable, read_bounded, words_of
from server.journal import check_trail
from server.journal.trail_file import FILE_BYTES_MAX
from server.localtime import local_iso

WRONG_SHOWN = 50


def audit_trail(path: Path, keys: Sequence[bytes], lang: str) -> int:
    """Say what was checked, or name what is wrong, the first thing first; 1 where anything is."""
    try:
        raw = read_bounded(path, FILE_BYTES_MAX)
    except OSError:
        complain(words_of(lang)("audit.no_file", path=str(path)))
        return 1
    checked = check_trail(raw, keys)

    def say(word: str, **args: Any) -> str:
        # Names and labels are whatever the file says.
        return i18n.t(lang, f"trail.command.{word}", printable(args))

    for found in checked.found[:WRONG_SHOWN]:
        print(say(found.code, **found.about))
    if checked.found:
        print(say("wrong", n=len(checked.found)))
        return 1
    print(say("about", entity=checked.entity))
    for line in checked.lines:
        by = line.by if line.behalf is None else say("line.behalf", by=line.by, behalf=line.behalf)
        effective = say("line.unknown") if line.effective_ms is None else _utc(line.effective_ms)
        times = {"claimed": _utc(line.claimed_ms), "effective": effective, "received": _utc(line.received_ms)}
        outcome = line.outcome if line.reason is None else f"{line.outcome} ({line.reason})"
        on = say("line.desk") if line.phone is None else line.phone or say("line.phone")
        told = {"kind": line.kind, "by": by, "on": on, "outcome": outcome}
        print(say("line", position=line.position, text=say(f"line.{line.text}"), **told, **times))
    counts = {"n": len(checked.lines), "signed": checked.signed, "desk": checked.desk, "size": checked.size}
    print(say("good", origin=checked.origin, **counts))
    print(say("checked"))
    print(say("times"))
    print(say("outside") if checked.outside else say("inside", key=checked.keys[0]))
    return 0


def _utc(ms: int) -> str:
    return local_iso(ms, 0)
