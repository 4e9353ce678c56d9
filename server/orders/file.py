"""An order as a file: a line a door, a column a point, what stands there and no more. Who found it stays inside."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from server.exports.leaving import MEDIA, as_file, journaled, marked
from server.i18n import locale_of, t

COLUMNS = ("door", "state")

Shown = dict[str, Any]


async def leaves(request: Request, order: Shown, format_: str) -> Response:
    """The order as the desk shows it, marked and journaled like every export."""
    lang, format_ = locale_of(request), format_ if format_ in MEDIA else "xlsx"
    lines = lines_of(order, lang)
    asked = {"grid": order["grid_name"], "order": order["title"]}
    mark = marked(request, "order", t(lang, "exports.why.report"), len(lines))
    body = {"what": "order", "format": format_, "count": len(lines), "columns": [*COLUMNS, *order["points"]]}
    await journaled(request, order["grid"], {**body, "asked": asked, "why": "report"})
    heading = [*(t(lang, f"orders.column.{name}") for name in COLUMNS), *order["points"]]
    return await as_file(f"{t(lang, 'order.title')}-{order['title']}", format_, mark, heading, lines)


def lines_of(order: Shown, lang: str) -> list[list[str]]:
    """Door by door as somebody walks by them; where two said different things, both stand in one cell."""
    return [
        [
            door["number"] or t(lang, "order.away"),
            t(lang, f"order.door.{door['state']}"),
            *(_found(door, number, lang) for number in range(len(order["points"]))),
        ]
        for door in order["doors"]
    ]


def _found(door: Shown, number: int, lang: str) -> str:
    told = [head["points"][number] for head in door["heads"] if number < len(head["points"])]
    each = (
        t(lang, "word.comma").join(filter(None, [t(lang, f"order.ok.{one['ok'] or 'none'}"), one["note"]]))
        for one in told
    )
    return "\n".join(dict.fromkeys(each))
