"""The number that residents may call: the station's own, else the first that its volunteers may call."""

from __future__ import annotations

from server.settings import Settings


def phone_of(settings: Settings, community: str) -> str:
    """Of this community; empty where the installation names none."""
    theirs = (number for where, _, number in settings.calls if where in ("", community))
    return settings.duty_phone or next(theirs, "")
