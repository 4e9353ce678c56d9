"""How one key of the log follows another: changed with an overlap, or, when the active one is lost or stolen, by the
reserve. Each time the one that phones know says so of the one that follows, in `log.key.vouched`."""

from __future__ import annotations

import os
from pathlib import Path

from server.forced import force
from server.keys import KEY_BYTES, KeyFile, WeakSecret, checked, drawn
from server.log_keys import LogKeys, keep_vouched, read_vouched, vouch
from server.signing import public_of
from sync.edit import b64u, unb64u
from sync.ledger.vouch import BEFORE, LOG, RESERVE, Vouch
from sync.strict import Malformed

HEAD = (
    "Sifang: the reserve key of the log. PRIVATE. Keep it off the server. 四访日志的备用钥匙，保密，不要放在服务器上。"
)


class NoReserve(Exception):
    """A file with a reserve key cannot be read (`unreadable`) or written (`there`), is not this log's (`other`), or one
    that phones know is neither handed in nor lost (`known`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def change(file: KeyFile, overlap_ms: int) -> int:
    """A new key; the one until now signs beside it for so long and says that it follows. Without an overlap nothing is
    said: it is believed no more, and phones doubt until somebody has looked. Returns until when."""
    before, fresh = file.good(), drawn()
    public, reserve = public_of(fresh), _known(file).reserve
    said = [vouch(seed, LOG, public) for seed in before] if overlap_ms else [_before(fresh, before[0])]
    if reserve is not None:
        said.append(vouch(fresh, RESERVE, reserve))
    # First: a key that nobody speaks for would be believed by no phone.
    _say(file, said)
    return KeyFile(file.path, lambda: fresh).rotate(overlap_ms)


def take_over(file: KeyFile, reserve: bytes, overlap_ms: int) -> int:
    """The active key is lost or stolen: it and those before it are out at once. The reserve says which follows, and
    signs beside that for so long. Returns until when. Raises NoReserve."""
    known = _known(file)
    if known.reserve not in (None, public_of(reserve)):
        raise NoReserve("other")
    fresh, over = drawn(), file.good() if file.path.exists() else ()
    _say(file, [*(_before(fresh, seed) for seed in over), vouch(reserve, LOG, public_of(fresh))])
    return file.succeed(fresh, reserve, overlap_ms)


def make_reserve(file: KeyFile, to: Path, before: bytes | None, *, lost: bool) -> str:
    """A reserve key, written to a file of its own; every key that signs now speaks for it, and the reserve `before` it.
    Phones that know that one believe no other. Returns the public key. Raises NoReserve."""
    seeds, seed = [*file.good(), *([before] if before else [])], drawn()
    known = _known(file).reserve
    if known is not None and not lost and known not in {public_of(each) for each in seeds}:
        raise NoReserve("other" if before else "known")
    text = f"{HEAD}\n{b64u(seed)}\n"
    try:
        with open(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())
        force(to.parent)
    except OSError:
        raise NoReserve("there") from None
    _say(file, [vouch(each, RESERVE, public_of(seed)) for each in seeds])
    return b64u(public_of(seed))


def read_reserve(path: Path) -> bytes:
    """The private key of a file that `make_reserve` wrote, or that was typed again from paper. Raises NoReserve."""
    try:
        return checked(unb64u(path.read_text("utf-8").split()[-1], KEY_BYTES), str(path))
    except (OSError, UnicodeDecodeError, IndexError, Malformed, WeakSecret):
        raise NoReserve("unreadable") from None


def _known(file: KeyFile) -> LogKeys:
    return LogKeys((), read_vouched(file.path))


def _before(fresh: bytes, seed: bytes) -> Vouch:
    return vouch(fresh, BEFORE, public_of(seed))


def _say(file: KeyFile, said: list[Vouch]) -> None:
    keep_vouched(file.path, (*read_vouched(file.path), *said))
