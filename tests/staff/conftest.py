"""The station of the desk's tests, with one person of every other role."""

from __future__ import annotations

import pytest

from tests.desk.conftest import Desk, leader, sign_in, station, sun, zhao
from tests.journal.conftest import Station

__all__ = ["leader", "station", "sun", "zhao"]


@pytest.fixture
async def desk(station: Station) -> Desk:
    """The station master's desk (王站长)."""
    return await sign_in(station, "master")


async def somebody(station: Station, name: str, role: str, **scope: object) -> str:
    """Enter one more person of the community; returns their id."""
    body = {"name": name, "role": role, "community": station["community"], "grids": [], **scope}
    return await station.add(name, "person.added", body)


@pytest.fixture
async def admin(station: Station) -> Desk:
    """The administrator's desk (方管理员)."""
    await somebody(station, "方管理员", "admin")
    return await sign_in(station, "方管理员")


@pytest.fixture
async def supervisor(station: Station) -> Desk:
    """The district's desk (贺督导)."""
    await somebody(station, "贺督导", "supervisor")
    return await sign_in(station, "贺督导")
