"""What whoever looks after the server can find out afterwards: one JSON line on stderr for each thing that happened.

A line says when (UTC), what, who (a person's id), on which phone, from where, in which request, and how it ended. It
holds ids, numbers and our own codes, never words: what has another shape is left out, whoever hands it in. The list of
events stands in docs/security/log.md.
"""

from __future__ import annotations

import ipaddress
import json
import logging
import re
import secrets
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from server import clock

NAMES = frozenset(
    {
        "server.started",
        "server.stopped",
        "request.refused",
        "request.crashed",
        "sync.refused",
        "sync.set_aside",
        "sync.forked",
        "capsule.carried",
        "join.refused",
        "link.made",
        "device.enrolled",
        "device.revoked",
        "device.reinstated",
        "device.wiped",
        "device.doubt_settled",
        "person.added",
        "person.changed",
        "session.began",
        "session.confirmed",
        "session.ended",
        "passkey.added",
        "passkey.removed",
        "passkey.refused",
        "import.planned",
        "import.done",
        "import.failed",
        "export.made",
        "hook.sent",
        "hotline.received",
        "hook.refused",
        "words.erased",
        "backup.shipped",
        "backup.failed",
        "restore.done",
        "restore.failed",
        "move.done",
        "ledger.unsaid",
        "ledger.regrown",
        "ledger.unproved",
        "ledger.unfit",
        "ledger.signer_away",
        "ledger.signer_back",
        "ledger.refused",
        "signer.refused",
        "key.rotated",
        "key.retired",
        "key.reserved",
        "process.crashed",
        "log",
    }
)
ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = "left_out"
NUMBER_CHARS = 8
PLACES_MAX, INNERMOST = 12, 3
OWN = ("server/", "sync/")
"""Whose places in the code are told; of a library's only the innermost."""
_NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is read for another
_ID_OR_CODE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][a-z0-9_.]{0,40}")
_SHAPES = {
    "request": re.compile(rf"[{_NUMBER_ALPHABET}]{{{NUMBER_CHARS}}}"),
    "process": re.compile(r"[\w-]{1,20}"),
    "method": re.compile(r"[A-Z]{1,16}"),
    # Our own route's pattern, /join/{token}: never what stood in its place.
    "route": re.compile(r"/[\w./{}:-]{0,120}"),
    "kind": re.compile(r"[A-Za-z_][\w.]{0,80}"),
    "places": re.compile(r"[\w./<>-]{1,120}:\d+"),
    "said": re.compile(r"[ -~]{1,120}"),
}
_request: ContextVar[dict[str, Any] | None] = ContextVar("request", default=None)


def begin(address: str | None) -> str:
    """A request has come from `address`; returns its number, which its error page tells and its lines bear."""
    number = "".join(secrets.choice(_NUMBER_ALPHABET) for _ in range(NUMBER_CHARS))
    _request.set({"request": number, "from": address})
    return number


def command(name: str) -> None:
    """Somebody at the server's shell has given this command: what it does is theirs."""
    _request.set({"command": name})


def by(**who: str | None) -> None:
    """Who speaks in this request, as far as is known: `person`, `device`."""
    about = _request.get()
    if about is not None:
        about.update(who)


def happened(event: str, outcome: str = "ok", **about: Any) -> None:
    """Write one line. `about`: ids, numbers, codes, and lists or counts of these."""
    if event not in NAMES:
        raise ValueError(event)
    told: dict[str, Any] = {"at": _moment(clock.now_ms()), "event": event, "outcome": _plain("outcome", outcome)}
    for name, value in {**(_request.get() or {}), **about}.items():
        if value is not None:
            told[name] = _plain(name, value)
    # ASCII alone: nothing that a terminal would obey, and no line can be made to look like two.
    # Where a full disk holds the log too, a line is lost, and nobody's work with it.
    with suppress(OSError):
        sys.stderr.write(json.dumps(told, ensure_ascii=True) + "\n")
        sys.stderr.flush()


def exported(what: str, **about: Any) -> None:
    """Somebody took personal data out: `what` is the kind of file, `about` ids and how many of what it holds."""
    happened("export.made", what=what, **about)


def refused(code: str, status: int, method: str, path: str, route: str | None) -> None:
    """A request was answered by a problem; of a crash its kind and place are told instead."""
    if code == "crash":
        return
    # A volunteer joins on pages of their own.
    _, first, *_ = (*path.removeprefix("/elder").split("/"), "")
    event = f"{first}.refused" if first in ("sync", "join") else "request.refused"
    happened(event, code, status=status, method=method, route=route)


def crashed(event: str, error: BaseException) -> None:
    """Our own mistake: its kind and where it was made, without the values that it speaks of."""
    if not getattr(error, "_sifang_told", False):
        happened(event, "crash", **_kind_and_places(error))
        error._sifang_told = True  # type: ignore[attr-defined]


def take_over() -> None:
    """From now on whatever this process would print of errors and warnings goes the same way, without values."""
    logging.root.handlers = [_Lines()]
    logging.root.setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _on_exception
    sys.unraisablehook = lambda told: _on_exception(told.exc_type, told.exc_value, told.exc_traceback)
    threading.excepthook = lambda told: _on_exception(told.exc_type, told.exc_value, told.exc_traceback)


class _Lines(logging.Handler):
    """Other libraries' messages: who speaks and where in its code. Their words may repeat anything, so only
    uvicorn's own constant sentences are kept."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and getattr(error, "_sifang_told", False):
            return
        said = record.msg if record.name == "uvicorn.error" and not record.args else None
        about = _kind_and_places(error) if error is not None else {"places": [_place(record.pathname, record.lineno)]}
        happened("log", record.levelname.lower(), logger=record.name, said=_first_line(said), **about)


def _first_line(said: Any) -> str | None:
    return said.strip().partition("\n")[0] if isinstance(said, str) else None


def _on_exception(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    if error is not None:
        crashed("process.crashed", error)


def _kind_and_places(error: BaseException) -> dict[str, Any]:
    frames = [_place(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    own = [place for place in frames[:-INNERMOST] if place.startswith(OWN)]
    cause = error.__cause__ or error.__context__
    return {
        "kind": _named(error),
        "because": _named(cause) if cause is not None else None,
        "places": own[-PLACES_MAX:] + frames[-INNERMOST:],
    }


def _named(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _place(file: str, line: int) -> str:
    path, (_, installed, inside) = Path(file), file.rpartition("site-packages/")
    if installed:
        return f"{inside}:{line}"
    return f"{path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name}:{line}"


def _moment(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(name: str, value: Any) -> Any:
    """The value, if it has the shape of what may be told."""
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {_plain("", key): _plain("", each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(name, each) for each in value]
    if not isinstance(value, str):
        return LEFT_OUT
    if name == "from":
        return _address(value)
    shape = _SHAPES["kind"] if name == "because" else _SHAPES.get(name, _ID_OR_CODE)
    return value if shape.fullmatch(value) else LEFT_OUT


def _address(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        return LEFT_OUT
