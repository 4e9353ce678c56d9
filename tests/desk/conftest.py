"""榆桥社区 and who sits at its desk: the station master 王站长, the grid leader 李网格长, and a worker who may not."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response

from server import clock, sessions
from server.journal import Draft
from server.settings import Settings
from tests.journal.conftest import DATABASES, Station, new_database, opened
from tests.journal.phone import Phone

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
NOW_MS = int(datetime(2026, 11, 20, 2, 44, tzinfo=UTC).timestamp() * 1000)
"""Friday 2026-11-20, 10:44 at the station."""


class Desk:
    """Somebody's browser, signed in."""

    def __init__(self, http: AsyncClient, cookies: dict[str, str]) -> None:
        self.http = http
        self.cookies = cookies

    async def get(self, path: str, *, piece: bool = False, lang: str = "zh", accept: str = "text/html") -> Response:
        """Open an address, as htmx does when only a piece is wanted."""
        return await self.http.get(path, headers=self._headers(piece, lang, accept))

    async def post(self, path: str, data: dict[str, Any], *, piece: bool = False, lang: str = "zh") -> Response:
        """Send a form from one of our own pages."""
        headers = {**self._headers(piece, lang, "text/html"), "Sec-Fetch-Site": "same-origin"}
        return await self.http.post(path, data=data, headers=headers)

    def _headers(self, piece: bool, lang: str, accept: str) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in {**self.cookies, "lang": lang}.items())
        return {
            "Cookie": cookies,
            "Accept": accept,
            **({"HX-Request": "true", "HX-Request-Type": "partial"} if piece else {}),
        }


async def sign_in(station: Station, name: str) -> Desk:
    """A session for somebody of the station."""
    async with station.db.writing() as db:
        token = await sessions.begin(db, station[name], clock.now_ms(), "tests", verified=True)
    return Desk(station.http, {sessions.cookie_name(station.settings): token})


def words(response: Response) -> str:
    """What a page says: its text without its marks, spaces put together."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.text, flags=re.DOTALL)
    text = re.sub(r'<span class="whole">(.*?)</span>', r"\1", text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def unnumbered(text: str) -> str:
    """A page without the number that each answer has of its own."""
    return re.sub(r"(编号|number) [2-9A-Z]{8}", "", text)


def rows(response: Response) -> list[str]:
    """The lines of a list of visits, in their order."""
    lines = re.findall(r'<tr id="v-[^"]*"[^>]*>(.*?)</tr>', response.text, flags=re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", line)).split()) for line in lines]


async def visit(phone: Phone, station: Station, door: str, result: str = "met", *, ago_ms: int = 0, **said: Any) -> str:
    """Record a visit so long ago and send it now; returns its id."""
    phone.clock_ms = station.now_ms
    edit = phone.visit(station[door], result, **{"occurred_at_ms": station.now_ms - ago_ms, **said})
    await phone.exchange()
    return edit.header.id


def leader_and_fourth_grid(station: Station) -> Iterator[Draft]:
    """A leader for the third grid and a household in the fourth."""
    grids = [station["第三网格"]]
    leader = {"name": "李网格长", "role": "grid_leader", "community": station["community"], "grids": grids}
    yield station.draft("李网格长", "person.added", leader)
    block = {"quarters": "机修厂家属院", "name": "7幢", "sort": 7}
    yield station.draft("7幢", "building.added", block, station["第四网格"])
    home = {"building": station["7幢"], "room": "201", "kind": "home", "facts": {"contact": "吴大爷"}}
    yield station.draft("吴大爷", "household.added", home, station["第四网格"])


@pytest.fixture(params=DATABASES)
async def station(tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest) -> AsyncIterator[Station]:
    """The station on a Friday morning, with a leader for the third grid and a household in the fourth."""
    url = await new_database(request.param, tmp_path, empty_sqlite, request)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: NOW_MS)
        async with opened(Settings(url, tmp_path, b"a secret for tests only........."), patch) as station:
            station.now_ms = NOW_MS
            await station.begin(leader_and_fourth_grid)
            yield station


@pytest.fixture
async def desk(station: Station) -> Desk:
    """The station master's desk (王站长): every grid of the community."""
    return await sign_in(station, "master")


@pytest.fixture
async def leader(station: Station) -> Desk:
    """The desk of the leader of the third grid (李网格长)."""
    return await sign_in(station, "李网格长")


@pytest.fixture
async def zhao(station: Station) -> Phone:
    """Worker Zhao's phone (赵敏), in the third grid."""
    return await station.phone("赵敏")


@pytest.fixture
async def sun(station: Station) -> Phone:
    """Worker Sun's phone (孙立), in the fourth grid."""
    return await station.phone("孙立", "第四网格")
