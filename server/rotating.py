"""`python -m server rotate secret|seal|log`: a new key; the one before it is believed for a while, then destroyed.
`python -m server reserve log`: a key that lies elsewhere, for the day when the log's is lost or stolen."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from server import events, successors
from server.backup.words import Words, complain, moment, words_of
from server.keys import KeyFile
from server.log_keys import read_vouched
from server.settings import from_environment

DAY_MS = 24 * 3600 * 1000
OVERLAP_DAYS = {"secret": 3, "seal": 180, "log": 180}
"""Secret: addresses of first downloads are good for two days, links for one, challenges for minutes. Seal and log: a
phone may have been without signal for months."""


def add_commands(sub: Any) -> None:
    """Add the commands to the parser's."""
    parser = sub.add_parser("rotate", help="make a new secret, seal or log key; the old one stays good for a while")
    parser.add_argument("key", choices=sorted(OVERLAP_DAYS))
    parser.add_argument(
        "--overlap-days", type=float, help="how long the old one is good: 3 (secret), 180 (seal, log); 0: no more"
    )
    parser.add_argument("--only-retire", action="store_true", help="make none, only destroy those whose time is over")
    _of_log(parser)
    parser.add_argument(
        "--from-reserve",
        type=Path,
        metavar="FILE",
        help="log: the active key is lost or stolen, the reserve takes over",
    )
    parser.set_defaults(run=rotate)
    parser = sub.add_parser(
        "reserve", help="make a key that takes over when the log's is lost; it lies off this machine"
    )
    parser.add_argument("key", choices=["log"])
    parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="where it is written, once")
    _of_log(parser)
    parser.add_argument(
        "--replaces", type=Path, metavar="FILE", help="the reserve until now, so that phones take the new"
    )
    parser.add_argument(
        "--lost", action="store_true", help="the reserve until now is lost: only new phones know this one"
    )
    parser.set_defaults(run=reserve)


def _of_log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, help="log: the key's file, where a signer keeps it")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of what is said")


def rotate(options: argparse.Namespace) -> int:
    """Every process of the installation takes the new key at its next use: none need be restarted."""
    words = words_of(options.lang)
    file = _file(options, words)
    if file is None:
        return 1
    if not options.only_retire:
        days = OVERLAP_DAYS[options.key] if options.overlap_days is None else max(options.overlap_days, 0)
        try:
            until_ms = _changed(file, options, int(days * DAY_MS))
        except successors.NoReserve as error:
            complain(words(f"reserve.{error.code}", path=str(options.from_reserve)))
            return 1
        events.happened("key.rotated", key=options.key, until_ms=until_ms, reserve=options.from_reserve is not None)
        key = "reserve.took_over" if options.from_reserve else "rotated"
        print(words(key, path=str(file.path), until=moment(until_ms, _offset())))
    if gone := file.retire():
        events.happened("key.retired", key=options.key, keys=gone)
        print(words("retired", n=gone))
    return 0


def _changed(file: KeyFile, options: argparse.Namespace, overlap_ms: int) -> int:
    if options.key != "log":
        return file.rotate(overlap_ms)
    if options.from_reserve is None:
        return successors.change(file, overlap_ms)
    return successors.take_over(file, successors.read_reserve(options.from_reserve), overlap_ms)


def reserve(options: argparse.Namespace) -> int:
    """The private key goes into a file, to be carried away; what is said of it stays beside the active key."""
    words = words_of(options.lang)
    file = _file(options, words)
    if file is None:
        return 1
    try:
        before = successors.read_reserve(options.replaces) if options.replaces else None
        public = successors.make_reserve(file, options.to, before, lost=options.lost)
    except successors.NoReserve as error:
        complain(words(f"reserve.{error.code}", path=str(options.replaces or options.to)))
        return 1
    events.happened("key.reserved", key=options.key, said=len(read_vouched(file.path)))
    print(words("reserve.made", path=str(options.to), public=public))
    return 0


def _file(options: argparse.Namespace, words: Words) -> KeyFile | None:
    """The key's file; None, and why, when it is not for us to change."""
    if options.key == "log" and options.file is not None:
        return KeyFile(options.file.resolve())
    settings = from_environment()
    if options.key == "log" and settings.log_signer is not None:
        complain(words("rotate_signer"))
        return None
    file = {"secret": settings.secret_file, "seal": settings.seal_file, "log": settings.log_file}[options.key]
    if file is None:
        complain(words("rotate_variable"))
    return file


def _offset() -> int:
    return int(os.environ.get("SIFANG_UTC_OFFSET_MIN", "480"))
