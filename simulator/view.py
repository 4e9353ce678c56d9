"""What somebody sees on their phone: the rows it holds, with what they said themselves and the rows do not hold yet."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec

from simulator.store import Record, Store

read = msgspec.json.Decoder().decode
MAKES = {
    "patrol": "patrol.started",
    "patrol_note": "patrol.noted",
    "item": "item.raised",
    "care_check": "care_check.made",
}
"""What else makes a row of its kind."""


class View:
    """One phone's store as a person reads it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.open = [edit for edit in store.edits.values() if edit.open]

    def pick(self, kind: str, dice: Random) -> tuple[str, str, dict[str, Any]] | None:
        """Some row: its grid, its id, what it says. What the phone's own edits just made is there as well."""
        rows = self.store.rows[kind]
        kinds = (f"{kind}.added", f"{kind}.recorded", MAKES.get(kind))
        made = [edit for edit in self.open if edit.kind in kinds and edit.entity == edit.id]
        found = dice.randrange(len(rows) + len(made)) if rows or made else None
        if found is None:
            return None
        if found < len(rows):
            id_ = sorted(rows)[found]
            row = read(rows[id_].raw)
            # A row of one's own says itself which grid it is about.
            return row.get("grid") or rows[id_].scope.removeprefix("grid:"), id_, row
        edit = made[found - len(rows)]
        return edit.grid or "", edit.id, read(edit.b)

    def row(self, kind: str, id_: str) -> dict[str, Any]:
        """What the phone holds under that id; empty where it holds nothing."""
        kept = self.store.rows[kind].get(id_)
        return read(kept.raw) if kept else {}

    def own(self, kinds: tuple[str, ...]) -> list[Record]:
        """Edits of these kinds that this phone still keeps."""
        return [edit for edit in self.store.edits.values() if edit.kind in kinds]

    def heads(self, row: dict[str, Any], entity: str, field: str) -> list[str]:
        """What stands of a fact, as far as one can see: to be named when it is replaced."""
        stated = row.get("facts", {}).get(field, ())
        found = [head["edit"] for head in stated] if isinstance(stated, list) else [entity]
        return found + [edit.id for edit in self._about(entity) if field in read(edit.b).get("facts", {})]

    def tag(self, row: dict[str, Any], entity: str, tag: str) -> list[str]:
        """Additions of a tag and removals that wait, as far as one can see."""
        tags = row.get("tags", {})
        found = list(tags.get(tag, ())) if isinstance(tags, dict) else [entity] if tag in tags else []
        found += [head["edit"] for head in row.get("leaving", {}).get(tag, ())]
        for edit in self._about(entity):
            body = read(edit.b)
            if tag in (*body.get("add", ()), *body.get("remove", ())):
                found.append(edit.id)
        return found

    def tellings(self, row: dict[str, Any], visit: str) -> list[str]:
        """The tellings of a visit in view: all heads where there are several."""
        found = list(row.get("heads") or [row.get("edit") or visit])
        return found + [edit.id for edit in self._about(visit) if edit.kind in ("visit.corrected", "visit.settled")]

    def _about(self, entity: str) -> list[Record]:
        return [edit for edit in self.open if edit.entity == entity and edit.id != entity]
