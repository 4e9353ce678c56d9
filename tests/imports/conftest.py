"""A station of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.imports.community import Station
from tests.imports.community import station as open_station


@pytest.fixture
async def station(tmp_path: Path) -> AsyncIterator[Station]:
    """Elm Bridge with an empty registry."""
    async with open_station(tmp_path) as opened:
        yield opened
