"""Ledgers come in alike on every database we keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from server import clock
from tests.imports.community import NOW_MS, csv
from tests.imports.community import station as open_station
from tests.imports.ledgers import CHEN, HEAD, MA, VACANT
from tests.imports.test_visits import HEAD as VISITS
from tests.imports.test_visits import LAMP
from tests.journal.conftest import DATABASES, new_database

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("database", DATABASES)
async def test_a_year_at_the_station(
    database: str,
    tmp_path: Path,
    empty_sqlite: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now_ms", lambda: NOW_MS)
    url = await new_database(database, tmp_path, empty_sqlite, request)
    async with open_station(tmp_path, url) as station:
        homes, visits = csv(HEAD, CHEN, MA, VACANT), csv(VISITS, LAMP)
        await station.bring_in(homes)
        await station.bring_in(visits)
        newer = csv(HEAD, CHEN.replace("0001", "0009").replace("独居老人", "残疾人"), MA, VACANT)
        assert (await station.bring_in(newer)).report.changed == 2
        corrected = await station.bring_in(csv(VISITS, LAMP.replace("不敢自己换", "已请电工")))
        assert corrected.report.created == {"correction": 1}
        size = await station.journal.size()
        for ledger in (homes, visits, newer):
            assert (await station.bring_in(ledger)).drafts == []
        assert await station.journal.size() == size
        assert (await station.home())["phone"] == "000-0000-0009"
