"""The station of the exchange, and photos on their way to it."""

from __future__ import annotations

from tests.journal.conftest import empty_sqlite, postgres_server, qian, station, zhao

__all__ = ["empty_sqlite", "postgres_server", "qian", "station", "zhao"]
