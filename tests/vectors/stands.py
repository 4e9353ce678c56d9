"""Whom somebody stands in for: rows of the golden contexts."""

from __future__ import annotations

from typing import Any

from tests.neighbourhood import GRID, NEW_ID, ZHAO, ago
from tests.vectors.cares import ALL as CARED
from tests.vectors.cares import OTHER
from tests.vectors.items import NEED, doors, item
from tests.vectors.orders import OPEN
from tests.vectors.orders import doors as ordered

AWAY: dict[str, Any] = {"person": OTHER, "away": "老高<b>", "grids": [GRID], "until_on": "2026-11-25"}
HEARD = {**AWAY, "phones": 1, "unsent": 3, "last_ms": ago(1)}
ME = {"person": ZHAO, "new_id": NEW_ID}
STANDS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("standing in, with what waits there", "today", {**ME, "stands": [HEARD]},
     {"rows": doors(item(NEED, "need", "new", 1))}),
    ("standing in, with an order", "today", {**ME, "stands": [{**HEARD, "unsent": 0}]}, {"rows": ordered(OPEN)}),
    ("standing in for two", "today",
     {**ME, "stands": [{**AWAY, "phones": 0, "unsent": 0, "last_ms": None},
                       {**AWAY, "grids": [NEW_ID], "phones": 1, "unsent": 0, "last_ms": None}]}, {"rows": CARED}),
    ("whose turn it is for whoever stands in", "care", {**ME, "stands": [HEARD]}, {"rows": CARED}),
]  # fmt: skip
