"""What an import will do, or has done, kept as plain data until a page or a terminal puts it into words."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from server.imports.cells import Passed
from server.imports.remarks import Remark

SHOWN_MAX = 200
"""A page lists this many changes and this many remarks of a level; the counts are always whole."""
KEPT_MAX = 5000
"""So many remarks of a level are kept for the report by row, which is a file."""


@dataclass
class Change:
    """One fact that the file states otherwise. `old` is None where nothing was known."""

    row: int
    sheet: str
    door: str
    who: str
    field: str
    old: str | int | bool | None
    new: str | int | bool | None
    by: str = ""
    at_ms: int = 0


@dataclass
class SheetReport:
    """How one sheet was read: its kind, its columns as (field, heading), what was left out of it."""

    name: str
    kind: str
    rows: int = 0
    columns: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    passed: Passed = field(default_factory=Passed)


@dataclass
class Report:
    """The whole account of one file."""

    file: str
    source: str
    community: str
    sheets: list[SheetReport] = field(default_factory=list)
    created: dict[str, int] = field(default_factory=dict)
    changed: int = 0
    left: dict[str, int] = field(default_factory=dict)
    unnamed_homes: int = 0
    unnamed_people: int = 0
    new_people: list[str] = field(default_factory=list)
    new_buildings: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    known_source: bool = False

    def create(self, what: str) -> None:
        """Count something that comes into being."""
        self.created[what] = self.created.get(what, 0) + 1

    def leave(self, what: str) -> None:
        """Count something that is already so."""
        self.left[what] = self.left.get(what, 0) + 1

    def change(self, change: Change) -> None:
        """Count a fact that is stated anew."""
        self.changed += 1
        if len(self.changes) < SHOWN_MAX:
            self.changes.append(change)

    def remark(self, *remarks: Remark) -> None:
        """Keep what is to be said of rows, the first thousands of each level."""
        for remark in remarks:
            count = self.counts[remark.level] = self.counts.get(remark.level, 0) + 1
            if count <= KEPT_MAX:
                self.remarks.append(remark)

    def in_order(self, sheets: list[str]) -> None:
        """Put remarks in the order of the file: doors, dates and contradictions are found in rounds of their own."""
        place = {name: index for index, name in enumerate(sheets)}
        self.remarks.sort(key=lambda remark: (place.get(remark.sheet, -1), remark.row))

    @property
    def anything(self) -> bool:
        """Whether importing would write anything."""
        return bool(self.created or self.changed)

    @property
    def asks(self) -> bool:
        """Whether somebody can decide anything: to import, or which grid the file is of."""
        return self.anything or any(remark.code == "which_grid" for remark in self.remarks)

    @property
    def problems(self) -> int:
        """How many rows were not understood."""
        return self.counts.get("problem", 0)

    def data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)


def from_data(data: dict[str, Any]) -> Report:
    """A report read back from `Report.data`."""
    sheets = [
        SheetReport(
            **{
                **sheet,
                "columns": [(name, heading) for name, heading in sheet["columns"]],
                "dropped": [(kind, heading) for kind, heading in sheet["dropped"]],
                "passed": Passed(**sheet["passed"]),
            }
        )
        for sheet in data["sheets"]
    ]
    changes = [Change(**change) for change in data["changes"]]
    remarks = [Remark(**remark) for remark in data["remarks"]]
    return Report(**{**data, "sheets": sheets, "changes": changes, "remarks": remarks})
