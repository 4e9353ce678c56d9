"""The station of the journal's tests, with its master at the desk."""

import pytest

from tests.desk.conftest import Desk, sign_in
from tests.journal.conftest import Station
from tests.journal.conftest import qian as qian
from tests.journal.conftest import station as station
from tests.journal.conftest import zhao as zhao


@pytest.fixture
async def desk(station: Station) -> Desk:
    """王站长, who has just shown their passkey."""
    return await sign_in(station, "master")
