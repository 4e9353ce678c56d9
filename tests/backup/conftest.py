"""The stations of tests/journal, here as well."""

from tests.journal import postgres
from tests.journal.conftest import qian, station, zhao

__all__ = ["qian", "station", "zhao"]

collect_ignore = [] if postgres.binaries() else ["test_move.py"]
