"""What an audit finds, in words of the catalogue, and what it went over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Found:
    """Something that is wrong: a word of the catalogue (`backup.command.audit.…`) and what it is about. Not `wrong`: it
    is of what lies beyond this log, and could not be compared with it."""

    code: str
    about: dict[str, Any] = field(default_factory=dict)
    wrong: bool = True


@dataclass
class Audited:
    """What an audit went over, for whoever reads that nothing is wrong."""

    edits: int = 0
    signed: int = 0
    checkpoints: int = 0
    first: int = 0
    """How many edits the first checkpoint of the server's own covers; 0: there is none."""
    begins: int = 0
    """Where this log went on after another: that one's checkpoints are not stored here."""
    handed: int = 0
    heads: int = 0
    brought: int = 0
    erased: int = 0
    witnessed: list[dict[str, Any]] = field(default_factory=list)
    incidents: list[dict[str, Any]] = field(default_factory=list)
