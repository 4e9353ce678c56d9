"""The databases of the samples."""

from tests.journal.conftest import postgres_server

__all__ = ["postgres_server"]
