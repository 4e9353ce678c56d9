"""The ten whistles that were told before anything was built: where each goes, in which time, and that it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from server.localtime import local_iso
from server.text import moment
from tests.desk.conftest import DAY_MS, sign_in, visit, words
from tests.desk.test_whistles import at, press
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

TOLD = json.loads((Path(__file__).parent / "ten.json").read_text(encoding="utf-8"))
DONE = ("accepted", "in_progress", "resolved")
TEN: list[dict[str, Any]] = TOLD["whistles"]


async def people(station: Station) -> None:
    """A dispatcher, and somebody at each of their departments."""
    known = {"community": station["community"], "grids": []}
    await station.add("小梅", "person.added", {"name": "小梅", "role": "dispatcher", **known})
    for name in sorted({each for one in TEN for each in (one["department"], *one["with"])}):
        await station.add(name, "department.added", {"name": name, "community": station["community"]})
        body = {"name": f"{name}的人", "role": "dept_handler", "department": station[name], **known}
        await station.add(f"{name}的人", "person.added", body)


async def raised(station: Station, zhao: Phone, told: dict[str, Any]) -> str:
    """From a stairwell; the one that came from a visit says so."""
    body = {"title": told["title"], "kind": told["kind"], "urgency": told["urgency"], "occurred_at_ms": station.now_ms}
    if "from_visit" in told:
        body |= {"source_of": "visit", "source": await visit(zhao, station, "陈奶奶", asks={"difficulty": "顶楼漏雨"})}
    made = zhao.make("whistle.raised", body).header.id
    await zhao.exchange()
    return made


async def handled(station: Station, zhao: Phone, told: dict[str, Any]) -> str:
    """It is sent where they say, is due when they say, and is resolved."""
    whistle = await raised(station, zhao, told)
    page, mei = at(station, whistle), await sign_in(station, "小梅")
    sent = {"department": station[told["department"]], "level": str(told["level"]), "category": told["category"]}
    sent |= {"urgency": told["urgency"], "supporting": [station[each] for each in told["with"]]}
    await press(mei, page, "dispatched", **sent)
    theirs = await sign_in(station, f"{told['department']}的人")
    assert f"期限 {moment('zh', told['due'])}前" in words(await theirs.get(page)), told["title"]
    for name in told["with"]:
        assert told["title"] in words(await (await sign_in(station, f"{name}的人")).get(page)), "who helps reads it"
    (row,) = await station.rows(f"SELECT step FROM whistle WHERE id = '{whistle}'")
    over, drafts = row[0], list[Draft]()
    for to, who in (*((each, f"{told['department']}的人") for each in DONE), ("verifying", "小梅")):
        body = {"to": to, **({"note": "办好了"} if to == "resolved" else {})}
        draft = Draft(
            "whistle.moved", whistle, station["第三网格"], station[who], body, {"step": [over]}, id=str(uuid7())
        )
        drafts, over = [*drafts, draft], draft.id
    await station.journal.commit(drafts)
    return whistle


async def test_each_goes_where_they_say_in_the_time_they_say_to_its_end(station: Station, zhao: Phone) -> None:
    await people(station)
    assert local_iso(station.now_ms, 480).startswith(TOLD["dispatched"])
    zhao.clock_ms = station.now_ms
    whistles = [await handled(station, zhao, told) for told in TEN]
    for to, more in (("revisit", {}), ("closed", {"rating": "satisfied"})):
        await zhao.exchange()
        for whistle in whistles:
            step = zhao.row("whistle", whistle)["step"]
            zhao.make("whistle.moved", {"to": to, **more}, entity=whistle, over={"step": [step]})
    await zhao.exchange()
    station.now_ms += 40 * DAY_MS
    mei = await sign_in(station, "小梅")
    for whistle, told in zip(whistles, TEN, strict=True):
        row = zhao.row("whistle", whistle)
        assert (row["state"], row["level"], row["rating"]) == ("closed", told["level"], "satisfied")
        assert (row["department_name"], row["first_owner"]) == (told["department"], station["赵敏"])
        assert "按时办了" in words(await mei.get(at(station, whistle)))
    assert await station.refolds()
