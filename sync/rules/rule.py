"""What a rule is: the shape of a body, what it needs to know, and what it decides. Rules decide, they never write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec

from sync.edit import Header
from sync.rules.facts import Word
from sync.state import Change, Key, State
from sync.times import Times

Order = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
"""Where something stands among its like."""


class Imported(msgspec.Struct, frozen=True):
    """Which file (SHA-256, hex) and which row of it an import read this from."""

    source: str
    row: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class Undone(msgspec.Struct, frozen=True):
    """A statement of one field (`tag:…` for a tag) that somebody takes back."""

    field: str
    edit: str


class Said(msgspec.Struct, frozen=True, gc=False):
    """One edit, ready to be judged. `over` names heads with the author's own quarantined edits looked through;
    `by` is the author's name as shown; `decides`: whether their word settles what a rule asks."""

    header: Header
    body: Any
    over: dict[str, list[str]]
    times: Times
    position: int
    by: str
    decides: bool = False

    @property
    def word(self) -> Word:
        """Whose statement it is, for registers of facts."""
        header = self.header
        return Word(header.id, header.author, self.by, self.times.effective_ms, self.decides, self.over)


def stands_in(said: Said, grid: str) -> list[Change]:
    """Where something new stands, when that is not the grid its author knew the place by."""
    return [] if grid == said.header.grid else [Change(Key("moved", None, said.header.entity), grid)]


class Decision(msgspec.Struct, frozen=True):
    """What changes, and whether people must settle something. `released`: an edit set aside before that takes effect
    by this one."""

    changes: list[Change]
    contested: bool = False
    released: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of edit. `phones`: whether phones may make it; the rest is for the server's own device."""

    body: type[msgspec.Struct]
    fold: Callable[[Said, State], Decision]
    needs: Callable[[Header, Any], Iterable[Key]]
    phones: bool = False
    decode: Callable[[bytes], Any] = msgspec.json.decode


def rule(
    body: type[msgspec.Struct],
    fold: Callable[[Said, State], Decision],
    needs: Callable[[Header, Any], Iterable[Key]],
    *,
    phones: bool = False,
) -> Rule:
    """A rule with the decoder of its body made once."""
    return Rule(body, fold, needs, phones, msgspec.json.Decoder(body).decode)
