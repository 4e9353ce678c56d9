"""The station of the journal's tests, on both databases."""

from tests.journal.conftest import station, zhao

__all__ = ["station", "zhao"]
