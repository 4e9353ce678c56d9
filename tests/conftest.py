"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chromium import Chromium
from tests.chromium import chromium as open_chromium


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A real Chromium with the phone's modules within reach."""
    with open_chromium() as opened:
        yield opened
