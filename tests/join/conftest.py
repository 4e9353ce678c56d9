"""The station of the journal's tests."""

from tests.journal.conftest import station as station
