"""Photos and voice notes of what was set aside: seen where one decides, by whoever decides, while it waits."""

from __future__ import annotations

from typing import Any

import pytest

from server.blobs import Blobs
from server.blobs.store import name_of
from tests.blobs.pictures import WEBM, jpeg
from tests.conflicts.conftest import case, cases, undo
from tests.desk.conftest import Desk, sign_in, visit
from tests.desk.conftest import sun as sun
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

PHOTO, LATE, OTHER = jpeg(scan=b"\x11" * 90), jpeg(scan=b"\x22" * 90), jpeg(scan=b"\x33" * 90)
MISSING = b"it never came"


def named(data: bytes, type_: str = "image/jpeg") -> dict[str, Any]:
    """A blob as an edit names it."""
    return {"sha256": name_of(data), "type": type_, "bytes": len(data)}


def keep(station: Station, *all_: bytes) -> None:
    """Their bytes have come."""
    for data in all_:
        Blobs(station.settings.blobs).put(data)


async def set_aside(station: Station, sun: Phone) -> int:
    """Sun of the fourth grid writes of a home in the third, with photos and a voice note; where it was journaled."""
    keep(station, PHOTO, WEBM)
    sun.grid = station["第三网格"]
    blobs = [named(PHOTO), named(MISSING), {**named(WEBM, "audio/webm"), "ms": 4000}]
    await visit(sun, station, "马师傅", text="隔壁的灯", blobs=blobs)
    (position,) = [each["position"] for each in sun.outcomes.values()]
    assert sun.outcomes[1]["outcome"] == "quarantined"
    return int(position)


async def seen(desk: Desk, data: bytes, position: object) -> int:
    """What becomes of asking for it."""
    return (await desk.get(f"/blobs/{name_of(data)}?aside={position}")).status_code


async def test_whoever_decides_looks_at_the_photos_first(
    desk: Desk, leader: Desk, station: Station, sun: Phone
) -> None:
    position = await set_aside(station, sun)
    one = await case(desk, "aside")
    for part in (
        f'<a href="/blobs/{name_of(PHOTO)}?aside={position}"',
        f'<img src="/blobs/{name_of(PHOTO)}?aside={position}" alt="第 1 张照片" loading="lazy">',
        f'<audio controls preload="none" src="/blobs/{name_of(WEBM)}?aside={position}" aria-label="第 1 段录音">',
    ):
        assert part in one.html, part
    assert "2 张照片" in one.page
    assert "第 2 张照片，还在路上" in one.page
    english = await desk.get(f"/desk/conflicts/{one.key}", piece=True, lang="en")
    assert 'alt="Photo 1"' in english.text
    for who in (desk, leader):
        shown = await who.get(f"/blobs/{name_of(PHOTO)}?aside={position}")
        assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, PHOTO, "image/jpeg")
        assert "sandbox" in shown.headers["content-security-policy"]
        assert "immutable" not in shown.headers["cache-control"]


async def test_nobody_else_sees_them_and_whoever_decides_nothing_else(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    keep(station, OTHER)
    counted = await visit(zhao, station, "陈奶奶", blobs=[named(OTHER)])
    position = await set_aside(station, sun)
    other = {"name": "周网格长", "role": "grid_leader", "community": station["community"]}
    await station.add("周网格长", "person.added", {**other, "grids": [station["第四网格"]]})
    admin = {"name": "管理员", "role": "admin", "community": station["community"], "grids": []}
    await station.add("管理员", "person.added", admin)
    for name in ("周网格长", "赵敏", "孙立", "管理员"):
        assert await seen(await sign_in(station, name), PHOTO, position) == 404, name
    assert (await station.http.get(f"/blobs/{name_of(PHOTO)}?aside={position}")).status_code == 401
    assert await seen(desk, OTHER, position) == 404, "it names no such photo"
    assert await seen(desk, MISSING, position) == 404
    ordinary = (await station.rows(f"SELECT position FROM journal WHERE id = '{counted}'"))[0][0]
    for wrong in (ordinary, position + 1, "", "x", "-1", "1e3", "٣", "9" * 40, f"{position} OR 1=1"):
        assert await seen(desk, OTHER, wrong) == 404, wrong
        assert await seen(desk, PHOTO, wrong) == 404, wrong


async def test_they_are_seen_while_it_waits(desk: Desk, station: Station, sun: Phone) -> None:
    position = await set_aside(station, sun)
    answer = await (await case(desk, "aside")).decide("declined", words="不是这一户")
    assert await seen(desk, PHOTO, position) == 404
    await undo(desk, answer)
    assert await seen(desk, PHOTO, position) == 200
    await (await case(desk, "aside")).decide("released")
    assert await seen(desk, PHOTO, position) == 404
    visit = sun.made[0].header.id
    assert (await desk.get(f"/blobs/{name_of(PHOTO)}?visit={visit}")).status_code == 200


async def test_a_body_that_names_them_as_nothing_we_know_breaks_no_page(
    desk: Desk, station: Station, sun: Phone
) -> None:
    await set_aside(station, sun)
    sun.visit(station["马师傅"], text="坏的", blobs=[{**named(LATE), "type": "text/html"}, 7])
    await sun.exchange()
    waiting = [await each.open() for each in await cases(desk)]
    assert ["坏的" in each.page for each in waiting] == [False, True]
    assert "?aside=" not in waiting[1].html
    keep(station, LATE)
    assert await seen(desk, LATE, sun.outcomes[2]["position"]) == 404
