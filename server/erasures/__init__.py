"""Erasing for good: a station master takes away all that was written of one person, one home or one visit."""

from server.erasures.pages import routes

__all__ = ["routes"]
