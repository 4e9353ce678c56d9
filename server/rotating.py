"""`python -m server rotate secret|seal|log`: a new key; the one before it is believed for a while, then destroyed."""

from __future__ import annotations

import argparse
from typing import Any

from server import events
from server.backup.words import complain, moment, words_of
from server.settings import from_environment

DAY_MS = 24 * 3600 * 1000
OVERLAP_DAYS = {"secret": 3, "seal": 180, "log": 180}
"""Secret: addresses of first downloads are good for two days, links for one, challenges for minutes. Seal and log: a
phone may have been without signal for months."""


def add_command(sub: Any) -> None:
    """Add the command to the parser's."""
    parser = sub.add_parser("rotate", help="make a new secret, seal or log key; the old one stays good for a while")
    parser.add_argument("key", choices=sorted(OVERLAP_DAYS))
    parser.add_argument(
        "--overlap-days", type=float, help="how long the old one is good: 3 (secret), 180 (seal, log); 0: no more"
    )
    parser.add_argument("--only-retire", action="store_true", help="make none, only destroy those whose time is over")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of what is said")
    parser.set_defaults(run=rotate)


def rotate(options: argparse.Namespace) -> int:
    """Every process of the installation takes the new key at its next use: none need be restarted."""
    words, settings = words_of(options.lang), from_environment()
    file = {"secret": settings.secret_file, "seal": settings.seal_file, "log": settings.log_file}[options.key]
    if file is None:
        complain(words("rotate_variable"))
        return 1
    if not options.only_retire:
        days = OVERLAP_DAYS[options.key] if options.overlap_days is None else max(options.overlap_days, 0)
        until_ms = file.rotate(int(days * DAY_MS))
        events.happened("key.rotated", key=options.key, until_ms=until_ms)
        print(words("rotated", path=str(file.path), until=moment(until_ms, settings.utc_offset_min)))
    if gone := file.retire():
        events.happened("key.retired", key=options.key, keys=gone)
        print(words("retired", n=gone))
    return 0
