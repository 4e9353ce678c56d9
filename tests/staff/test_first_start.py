"""An installation without anybody: one link, and the rest in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.foundation import first_administrator
from server.join.store import desk_link
from server.settings import Settings
from tests.desk.conftest import Desk, words
from tests.journal.conftest import DATABASES, Station, new_database, opened
from tests.passkeys.somebody import Somebody

pytestmark = pytest.mark.anyio


@pytest.fixture(params=DATABASES)
async def url(tmp_path: Path, empty_sqlite: Path, request: pytest.FixtureRequest) -> str:
    """A database with tables and nothing in them."""
    return await new_database(request.param, tmp_path, empty_sqlite, request)


async def let_in(station: Station, who: Somebody, token: str) -> None:
    """Somebody opens a link and makes a passkey behind it."""
    options = (await who.post(f"/join/{token}/passkey/options")).json()
    made = {"credential": who.authenticator.make(options), "label": "站里的电脑"}
    assert (await who.post(f"/join/{token}/passkey", made)).status_code == 200


async def test_the_first_administrator_begins_a_community_and_lets_its_station_master_in(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(url, tmp_path, b"a secret for tests only.........")
    async with opened(settings, monkeypatch) as station:
        first = await first_administrator(station.db, station.journal)
        assert first is not None
        assert await first_administrator(station.db, station.journal) == first, "started again before anybody came"
        async with station.db.writing() as db:
            token = await desk_link(db, first, station.now_ms, 3_600_000)
        admin = Somebody(station, "管理员")
        await let_in(station, admin, token)
        assert await first_administrator(station.db, station.journal) is None
        assert (await admin.page("/desk/people")).headers["location"] == "/desk/beginning"
        whole = {"community": "北渠社区", "street": "", "grids": "东网格\n西网格", "master": "张站长"}
        answer = await admin.post("/desk/beginning", **whole)
        page = await admin.page(answer.headers["location"])
        assert "张站长登记好了。" in words(page)
        station.ids["张站长"] = answer.headers["location"].split("added=")[1]
        shown = await admin.post(f"/desk/people/{station['张站长']}/link", x="1")
        master = Somebody(station, "张站长")
        await let_in(station, master, shown.text.split("/join/")[1].split('"')[0])
        assert (await master.page("/desk")).headers["location"] == "/desk/visits"
        assert "北渠社区" in words(await master.page("/desk/people"))
        assert (await Desk(station.http, {}).get("/desk/beginning")).status_code == 401
        assert await station.refolds()
