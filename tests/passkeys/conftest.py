"""The station of the desk's tests, at 10:44 on a Friday."""

from tests.desk.conftest import station as station
