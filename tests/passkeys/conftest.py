"""The station of the desk's tests, at 10:44 on a Friday, and its master at the door."""

from __future__ import annotations

import pytest

from tests.desk.conftest import station as station
from tests.journal.conftest import Station
from tests.passkeys.somebody import Somebody


@pytest.fixture
async def master(station: Station) -> Somebody:
    """王站长, who has just come in by a link."""
    wang = Somebody(station, "master")
    answer = await wang.begin()
    assert (answer.status_code, answer.json()) == (200, {"to": "/desk/visits"})
    return wang
