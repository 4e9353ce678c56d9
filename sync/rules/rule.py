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
    `by` is the author's name as shown; `decides`: whether their word settles what a rule asks. `lenient`: it took
    effect by older rules, or a person let it in: what our rules know no place for is left out of it."""

    header: Header
    body: Any
    over: dict[str, list[str]]
    times: Times
    position: int
    by: str
    decides: bool = False
    lenient: bool = False

    @property
    def word(self) -> Word:
        """Whose statement it is, for registers of facts."""
        header = self.header
        return Word(header.id, header.author, self.by, self.times.effective_ms, self.decides, self.over)


def stands_in(said: Said, grid: str) -> list[Change]:
    """Where something new stands, when that is not the grid its author knew the place by."""
    return [] if grid == said.header.grid else [Change(Key("moved", None, said.header.entity), grid)]


Place = Callable[[Header, Any, State], str | None]
"""Asked for the grid that the thing an edit speaks of stands in now, None where it is no grid's."""


def stands_at(holder: str = "") -> Place:
    """Where the edit's entity stands; of what only begins with the edit: the thing its body names as `holder`."""

    def place(header: Header, body: Any, state: State) -> str | None:
        if header.grid is None:
            return None
        return state.get("moved", None, getattr(body, holder) if holder else header.entity) or header.grid

    return place


STANDS = stands_at()


class Decision(msgspec.Struct, frozen=True):
    """What changes, and whether people must settle something. `released`: an edit set aside before that takes effect
    by this one."""

    changes: list[Change]
    contested: bool = False
    released: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of edit. `phones`: whether phones may make it; the rest is for the server's own device. `place`: where
    the thing stands that it speaks of, for whoever may decide about that. `entrusted`: the one person, if any, whose
    phone may make it though they do not walk its grid."""

    body: type[msgspec.Struct]
    fold: Callable[[Said, State], Decision]
    needs: Callable[[Header, Any], Iterable[Key]]
    place: Place
    phones: bool = False
    decode: Callable[[bytes], Any] = msgspec.json.decode
    entrusted: Place | None = None


def rule(
    body: type[msgspec.Struct],
    fold: Callable[[Said, State], Decision],
    needs: Callable[[Header, Any], Iterable[Key]],
    place: Place = STANDS,
    *,
    phones: bool = False,
    entrusted: Place | None = None,
) -> Rule:
    """A rule with the decoder of its body made once."""
    return Rule(body, fold, needs, place, phones, msgspec.json.Decoder(body).decode, entrusted)
