"""The stations of tests/journal, here as well."""

from tests.journal import postgres
from tests.journal.conftest import empty_sqlite, postgres_server, qian, station, zhao

__all__ = ["empty_sqlite", "postgres_server", "qian", "station", "zhao"]

collect_ignore = [] if postgres.binaries() else ["test_move.py"]
