"""What the report says of one row or one file, kept as a code and its words until somebody reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

Args = dict[str, str | int]


@dataclass(frozen=True)
class Remark:
    """`code` is a catalogue key below `import.why.`; `row` is the number Excel shows, 0 for the sheet as a whole.

    Levels: `problem` (the row was not understood and nothing of it comes in), `note` (it comes in, but look),
    `privacy` (something was left out on purpose).
    """

    level: str
    code: str
    row: int = 0
    sheet: str = ""
    args: Args = field(default_factory=dict)
