"""The station of the exchange, and photos on their way to it."""

from __future__ import annotations

from tests.journal.conftest import qian, station, zhao

__all__ = ["qian", "station", "zhao"]
