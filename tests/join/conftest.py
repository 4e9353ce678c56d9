"""The station of the journal's tests."""

from tests.journal.conftest import empty_sqlite as empty_sqlite
from tests.journal.conftest import postgres_server as postgres_server
from tests.journal.conftest import station as station
