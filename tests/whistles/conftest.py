"""The station of the desk's tests."""

from __future__ import annotations

from tests.desk.conftest import desk, leader, station, zhao

__all__ = ["desk", "leader", "station", "zhao"]
