"""The side of every desk page: where one can go, in named groups, no page further than two presses."""

from __future__ import annotations

import re

import pytest

from server.desk import NAMED
from tests.desk.conftest import Desk, sign_in
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio

GROUP = re.compile(r'<(div|details) class="pages"(.*?)>(.*?)</\1>', re.DOTALL)


def groups(page: str) -> dict[str, tuple[bool, list[str]]]:
    """Each group by its name: whether it stands open, and where it leads."""
    nav = re.findall(r"<nav\b.*?</nav>", page, flags=re.DOTALL)[0]
    found = {}
    for tag, says, inside in GROUP.findall(nav):
        name = re.findall(r'aria-label="(.*?)"', says) or re.findall(r"<summary>(.*?)</summary>", inside)
        found[name[0]] = (tag == "div" or "open" in says, re.findall(r'<a href="(.*?)"', inside))
    return found


async def test_what_is_used_every_day_stands_open_and_the_rest_opens_by_a_press(desk: Desk) -> None:
    told = groups((await desk.get("/desk/visits")).text)
    assert {name: shown for name, (shown, _) in told.items()} == {
        "每天": True,
        "在办的": True,
        "看全局": False,
        "站里": False,
    }
    assert told["站里"][1] == [f"/desk/{name}" for name in NAMED["station"]]
    assert groups((await desk.get("/desk/phones")).text)["站里"][0], "where the reader is, it stands open"
    assert not groups((await desk.get("/desk/phones")).text)["看全局"][0]


async def test_every_page_at_the_side_opens_for_whom_it_stands_there(desk: Desk) -> None:
    told = groups((await desk.get("/desk/home")).text)
    paths = [path for _, pages in told.values() for path in pages]
    assert len(paths) == len(set(paths)) > 15
    for path in paths:
        assert (await desk.get(path)).status_code == 200, path


async def test_who_has_few_pages_sees_all_of_them(station: Station) -> None:
    keeper = {"name": "管理员", "role": "admin", "community": station["community"], "grids": []}
    await station.add("管理员", "person.added", keeper)
    here = await sign_in(station, "管理员")
    assert groups((await here.get("/desk/people")).text)["站里"][0]
