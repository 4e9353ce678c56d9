"""What the desk suggests for a whistle: who takes it, what it is about, how high and urgent, and from which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server import schema
from server.routing import Rule, Suggestion, rules_in_force, suggest
from server.whistles import store

Shown = dict[str, Any]
WORDS_MAX = 4
"""So many of the words that led there are named, the weightiest first."""


class Routing:
    """The rules and departments of one community, read once a request."""

    def __init__(self, rules: Sequence[Rule], departments: Mapping[str, str]) -> None:
        self.departments = departments
        self._rules = rules

    def of(self, row: RowMapping) -> Shown | None:
        """What is suggested for it; None where its words say nothing that the rules know. A department that has just
        given it back is not suggested again."""
        gave_back = row["department"] if row["state"] == "returned" else None
        departments = {id_: name for id_, name in self.departments.items() if id_ != gave_back}
        said = {"category": row["category"], "urgency": row["urgency"], "courtyard": row["management"]}
        text = "\n".join(row[part] for part in ("title", "text", "place") if row[part])
        return self._told(suggest(text, self._rules, departments, **said))

    def of_words(self, text: str) -> Shown | None:
        """The same of words alone."""
        return self._told(suggest(text, self._rules, self.departments))

    def _told(self, found: Suggestion | None) -> Shown | None:
        if found is None:
            return None
        return {
            "department": found.department,
            "department_name": self.departments.get(found.department or "", ""),
            "category": (found.category or "none").lower(),
            "level": str(found.level),
            "urgency": found.urgency,
            "words": [word.replace("+", "…") for word in found.words[:WORDS_MAX]],
            "said": found.category_said,
            "courtyard": found.courtyard or "",
        }


async def load_rows(db: AsyncConnection, community: str | None) -> list[Shown]:
    """What is said instead of the first rules, in the installation and in this community."""
    column = schema.routing_rule.c
    query = select(schema.routing_rule).where(or_(column.community.is_(None), column.community == community))
    return [dict(row) for row in (await db.execute(query.order_by(column.rev))).mappings()]


async def load_routing(db: AsyncConnection, community: str | None) -> Routing:
    """Read both."""
    departments = {row["id"]: row["name"] for row in await store.departments(db, community)}
    return Routing(rules_in_force(await load_rows(db, community)), departments)
