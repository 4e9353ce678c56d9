"""The public halves of the log's keys, as the app, the page and the audit know them, and what one key says of another.

What was said lies beside the key (`log.key.vouched`). Where a signer keeps the key, the server has all of this from it
and keeps it in `log.public`, so that phones can be told while the signer is away.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.forced import force
from server.signing import public_of, sign
from sync.edit import b64u, unb64u
from sync.ledger.note import KEY_BYTES, SIGNATURE_BYTES
from sync.ledger.vouch import BEFORE, LOG, RESERVE, Vouch, vouched_text
from sync.strict import Malformed

VOUCHED_MAX = 64


@dataclass(frozen=True)
class LogKeys:
    """Public keys of 32 bytes, the newest first; `vouched`: what keys said of those that follow them."""

    keys: tuple[bytes, ...] = ()
    vouched: tuple[Vouch, ...] = ()

    @property
    def reserve(self) -> bytes | None:
        """The key that lies off this machine, for the day when the active one is lost."""
        return next((each.key for each in reversed(self.vouched) if each.use == RESERVE), None)

    @property
    def spelled(self) -> list[str]:
        """The keys as phones and addresses spell them."""
        return [b64u(key) for key in self.keys]

    @property
    def fragment(self) -> str:
        """What a phone's link carries behind its address, and no browser sends: the key that the station shows."""
        return f"#k={self.spelled[0]}" if self.keys else ""

    @property
    def ever(self) -> tuple[bytes, ...]:
        """All that may stand below an old checkpoint."""
        named = (key for each in self.vouched for key in (each.key, each.by))
        return tuple(dict.fromkeys((*self.keys, *named)))

    @property
    def for_phones(self) -> tuple[Vouch, ...]:
        """What a phone is told: of reserves the last."""
        uses = {LOG: None, RESERVE: self.reserve}
        return tuple(each for each in self.vouched if each.use in uses and uses[each.use] in (None, each.key))


def vouch(seed: bytes, use: str, key: bytes) -> Vouch:
    """The key behind a private one speaks for another."""
    return Vouch(key, use, public_of(seed), sign(seed, vouched_text(key, use)))


def told(said: Vouch) -> dict[str, str]:
    """As phones read it."""
    return {"key": b64u(said.key), "use": said.use, "by": b64u(said.by), "signature": b64u(said.signature)}


def read_told(said: Any) -> Vouch:
    """Read back. Raises Malformed, KeyError, TypeError."""
    if said["use"] not in (LOG, RESERVE, BEFORE):
        raise Malformed("bad_shape", "a key of the log is for the log or its reserve, or was")
    key, by = (unb64u(said[name], KEY_BYTES) for name in ("key", "by"))
    return Vouch(key, said["use"], by, unb64u(said["signature"], SIGNATURE_BYTES))


def beside(key_file: Path) -> Path:
    """Where what was said of keys lies."""
    return key_file.with_name(f"{key_file.name}.vouched")


def read_vouched(key_file: Path) -> tuple[Vouch, ...]:
    """What the keys of this file have said."""
    try:
        return tuple(read_told(each) for each in json.loads(beside(key_file).read_bytes()))
    except FileNotFoundError:
        return ()


def keep_vouched(key_file: Path, said: Iterable[Vouch]) -> None:
    """Keep what was said, the newest last."""
    write_safely(beside(key_file), json.dumps([told(each) for each in [*said][-VOUCHED_MAX:]]).encode())


def of_seeds(seeds: Sequence[bytes], key_file: Path) -> LogKeys:
    """Of private keys that lie here."""
    return LogKeys(tuple(public_of(seed) for seed in seeds), read_vouched(key_file))


def pack(known: LogKeys) -> dict[str, Any]:
    """As a signer tells it and a server keeps it."""
    return {"keys": [b64u(key) for key in known.keys], "vouched": [told(each) for each in known.vouched]}


def unpack(said: Any) -> LogKeys:
    """Read back. Raises Malformed, KeyError, TypeError."""
    keys = tuple(unb64u(key, KEY_BYTES) for key in said["keys"])
    return LogKeys(keys, tuple(read_told(each) for each in said["vouched"]))


def read_known(path: Path) -> LogKeys:
    """What a signer told last; nothing before it has told anything."""
    try:
        return unpack(json.loads(path.read_bytes()))
    except FileNotFoundError:
        return LogKeys()


def keep_known(path: Path, known: LogKeys) -> bool:
    """Keep what a signer told; whether it is new."""
    if read_known(path) == known:
        return False
    write_safely(path, json.dumps(pack(known)).encode())
    return True


def write_safely(path: Path, data: bytes) -> None:
    """The whole file or the one before it, on the disk before this returns; for its owner alone."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    force(path.parent)
