"""Nowhere are workers ranked: no page of the desk, no file that leaves and no answer lists them with a number each."""

from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import httpx
import pytest

from e2e.places import Places
from e2e.ranked import ranked_in_answer, ranked_in_page, ranked_in_sheet
from e2e.station import Station
from server import sessions
from server.access import TABLE
from server.clock import now_ms
from server.db import Database
from server.exports.columns import COLUMNS
from server.localtime import local_day

pytestmark = pytest.mark.browser

PEOPLE = ("小赵", "小钱")
READERS = ("station_master", "grid_leader", "admin", "supervisor", "dispatcher")
NO_RANKS = ("/desk/health", "/desk/phones")
"""A phone each, with what it has not sent."""
FEW = 3


def addresses(places: Places) -> list[str]:
    """Every page of the desk, and what is counted for it. One address never ends: it tells what is new."""
    plain = {path for verb, path in TABLE if verb == "GET" and path.startswith("/desk") and "{" not in path}
    return sorted((plain | set(places.desk().values())) - {"/desk/live"})


def test_a_planted_list_is_found() -> None:
    table = "<table><tr><td>小赵</td><td>12 户</td></tr><tr><td>小钱</td><td>9 户</td></tr></table>"
    across = "<table><tr><th>小赵</th><th>小钱</th></tr><tr><td>12</td><td>9</td></tr></table>"
    told = "<ol><li>小赵 11月20日 3-2-501</li><li>小钱 11月19日 3-2-502</li></ol>"
    listed = "<ol><li>小赵 <b>12</b></li><li>小钱 <b>9</b></li></ol>"
    said = "<p>小赵 12 户，小钱 9 户</p>"
    pairs = "<dl><dt>小赵</dt><dd>12</dd><dt>小钱</dt><dd>9</dd></dl>"
    for page in (table, across, listed, said, pairs):
        assert ranked_in_page(page, PEOPLE), page
    assert ranked_in_page(told, PEOPLE) == []
    assert ranked_in_page(table.replace("小钱", "小赵"), PEOPLE) == []
    assert ranked_in_sheet([["谁", "走访"], ["小赵", "12"], ["小钱", "9"]], PEOPLE)
    assert ranked_in_sheet([["", "小赵", "小钱"], ["走访", "12", "9"]], PEOPLE)
    assert ranked_in_answer({"of": [{"by": "小赵", "n": 12}, {"by": "小钱", "n": 9}]}, PEOPLE)
    assert ranked_in_answer({"小赵": 12, "小钱": 9}, PEOPLE)
    assert ranked_in_answer([{"by": "小赵", "at_ms": 12}, {"by": "小钱", "at_ms": 9}], PEOPLE) == []


class Reader:
    """Somebody at the desk of the demo, by their session alone."""

    def __init__(self, station: Station, name: str) -> None:
        with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
            query = "SELECT id FROM person WHERE name = ?1 OR role = ?1 LIMIT 1"
            (self.id,) = db.execute(query, [name]).fetchone()
        with ThreadPoolExecutor(1) as beside:
            token = beside.submit(asyncio.run, self._begun(station)).result()
        cookies = {"sifang": token, "lang": "zh"}
        self.client = httpx.Client(
            base_url=station.straight, cookies=cookies, headers={"sec-fetch-site": "same-origin"}, timeout=60
        )

    async def _begun(self, station: Station) -> str:
        db = Database(f"sqlite+aiosqlite:///{station.data / 'sifang.db'}")
        try:
            async with db.writing() as connection:
                return await sessions.begin(connection, self.id, now_ms(), "tests")
        finally:
            await db.close()

    def pages(self, places: Places) -> Iterator[tuple[str, str]]:
        """Every address this reader is let in at, with what stands there."""
        for path in addresses(places):
            answer = self.client.get(path, follow_redirects=True)
            if answer.status_code == 200:
                yield path, answer.text

    def files(self, places: Places, order: tuple[str, str]) -> Iterator[tuple[str, list[list[str]]]]:
        """Every file that leaves, with all columns it may have."""
        days = {"first": "2026-01-01", "last": local_day(now_ms(), 480)}
        for what, columns in COLUMNS.items():
            asked = {"what": what, "columns": [column.name for column in columns], "why": "report", **days}
            yield what, self._sheet("/desk/exports", asked)
        for kind in ("monday", "monthly"):
            yield kind, self._sheet(f"/desk/packs/{kind}/file", {"grid": ""})
        yield "order", self._sheet(f"/desk/orders/{order[0]}/{order[1]}/file", {})
        yield "trail", self._sheet(f"/desk/trail/{places.household}/file", {"why": "report"})

    def answers(self) -> list[list[str]]:
        """What leaves for the 12345 hotline."""
        return self._sheet("/desk/hotline/answers", {"since": "2026-01-01"})

    def _sheet(self, path: str, asked: dict[str, Any]) -> list[list[str]]:
        answer = self.client.post(path, data={**asked, "format": "csv"})
        assert answer.status_code == 200, (path, answer.text[-2000:])
        return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))[1:]


def named(station: Station) -> tuple[list[str], tuple[str, str], dict[tuple[str, str], list[Any]]]:
    """Whoever works here by name and id, an order, and what phones are answered by scope and kind."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        people = db.execute("SELECT id, name FROM person WHERE role <> 'supervisor'").fetchall()
        order = db.execute("SELECT grid, id FROM verification_order LIMIT 1").fetchone()
        told: dict[tuple[str, str], list[Any]] = {}
        for scope, kind, data in db.execute("SELECT scope, kind, data FROM feed WHERE data IS NOT NULL"):
            told.setdefault((scope, kind), []).append(json.loads(data))
    return [name for person in people for name in person], order, told


def test_no_page_no_file_and_no_answer_ranks_workers(demo: Station) -> None:
    workers, order, told = named(demo)
    places, found = Places(demo.data / "sifang.db"), []
    seen = 0
    for role in READERS:
        reader = Reader(demo, role)
        with reader.client:
            for path, page in reader.pages(places):
                seen += 1
                plain = page[:1] in "[{"
                ranks = ranked_in_answer(json.loads(page), workers) if plain else ranked_in_page(page, workers)
                found += [(role, path, each[:300]) for each in ranks if path not in NO_RANKS]
            if role in ("station_master", "grid_leader"):
                for name, sheet in reader.files(places, order):
                    found += [(role, name, each[:300]) for each in ranked_in_sheet(sheet, workers)]
            if role in ("station_master", "dispatcher"):
                found += [(role, "hotline", each[:300]) for each in ranked_in_sheet(reader.answers(), workers)]
    found += [
        ("phones", kind, each[:300]) for (_, kind), rows in told.items() for each in ranked_in_answer(rows, workers)
    ]
    assert seen > 40 * FEW
    assert found == []
