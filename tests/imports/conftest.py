"""A station of its own for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server import clock
from tests.imports.community import NOW_MS, Station
from tests.imports.community import station as open_station


@pytest.fixture
async def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Station]:
    """Elm Bridge with an empty registry, on a Friday morning."""
    monkeypatch.setattr(clock, "now_ms", lambda: NOW_MS)
    async with open_station(tmp_path) as opened:
        yield opened
