"""What was agreed at meetings: rows of the golden contexts of Today."""

from __future__ import annotations

from typing import Any

from tests.vectors.actions import SOME
from tests.vectors.logs import ME, days

AGREED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("what was agreed, some of it overdue", "today", ME, {"rows": {**days(), "action": SOME}}),
    ("what was agreed, in English", "today", {**ME, "lang": "en"}, {"rows": {**days(), "action": SOME[:1]}}),
]
