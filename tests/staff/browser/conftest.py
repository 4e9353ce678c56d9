"""The desk's server on a real port, and a real Chromium."""

from tests.desk.browser.conftest import browser, started, station

__all__ = ["browser", "started", "station"]
