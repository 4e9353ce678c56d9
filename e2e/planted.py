"""Words of which each stands once in a grid, so that one can look for them elsewhere: `python -m e2e.planted`.

Twelve at each door of 第三网格: names, numbers and notes of homes, of residents, of visits, of what an ask became, of a
check on somebody, of a patrol and of a whistle.
"""

from __future__ import annotations

import asyncio
import json
import re

from sqlalchemy import select

from e2e.prepare import DAY_MS, Community
from server import schema
from server.clock import now_ms
from server.commands import opened
from server.settings import from_environment

WORD = "植入{:04d}"
NUMBER = "000-777-{:04d}"
ASKED = 500
FOUND = [
    re.compile(pattern.encode(code).replace(b"#", digits))
    for pattern in ("植入#", "000-777-#")
    for code, digits in (("utf-8", b"([0-9]{4})"), ("utf-16-le", b"((?:[0-9]\x00){4})"))
]


def planted_in(raw: bytes) -> set[int]:
    """Which of them stand in these bytes, as UTF-8 or as UTF-16LE."""
    return {int(each.replace(b"\x00", b"")) for pattern in FOUND for each in pattern.findall(raw)}


async def _plant() -> None:
    async with opened(from_environment()) as here:
        homes = select(schema.household.c.id, schema.household.c.grid)
        homes = homes.join(schema.grid, schema.grid.c.id == schema.household.c.grid)
        homes = homes.where(schema.grid.c.name == "第三网格")
        async with here.db.reading() as db:
            found = (await db.execute(homes.order_by(schema.household.c.id))).all()
            named = select(schema.person.c.name, schema.person.c.id)
            people = dict((await db.execute(named)).all())
        made, n = Community(), iter(range(10_000))
        made.author, worker = people["王站长"], people["小赵"]
        for household, grid in found:
            words = [WORD.format(next(n)), NUMBER.format(next(n)), WORD.format(next(n)), WORD.format(next(n))]
            words += [NUMBER.format(next(n)), WORD.format(next(n)), WORD.format(next(n))]
            facts = {"name": words[0], "phone": words[1], "note": words[2]}
            made.add("resident.added", grid, {"household": household, "facts": facts, "tags": []})
            facts = {"name": words[3], "phone": words[4], "note": words[5]}
            made.add("resident.added", grid, {"household": household, "facts": facts, "tags": []})
            when = {"occurred_at_ms": now_ms() - 95 * DAY_MS, "mode": "door", "result": "met"}
            made.add("visit.recorded", grid, {"household": household, **when, "text": words[6]})
            at = {"occurred_at_ms": now_ms() - DAY_MS, "text": WORD.format(next(n))}
            made.add("item.raised", grid, {"household": household, "kind": "need", **at})
            pair = made.add("care_pair.formed", grid, {"household": household, "carer": worker, "cadence": "weekly"})
            at = {"occurred_at_ms": now_ms() - DAY_MS, "text": WORD.format(next(n))}
            made.add("care_check.made", grid, {"pair": pair, "state": "ok", **at})
            made.add("patrol.noted", grid, {"what": "problem", "text": WORD.format(next(n))})
            said = {"title": WORD.format(next(n)), "text": WORD.format(next(n)), "occurred_at_ms": now_ms() - DAY_MS}
            made.add("whistle.raised", grid, {"household": household, **said}, worker)
        receipts = await here.journal.commit(made.drafts)
        wrong = [receipt for receipt in receipts if receipt.outcome != "accepted"]
        if wrong:
            raise SystemExit(f"not planted: {wrong[:3]}")
        print(json.dumps(next(n)))


if __name__ == "__main__":
    asyncio.run(_plant())
