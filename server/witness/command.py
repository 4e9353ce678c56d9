"""`python -m server witness URL --key-file FILE`: look once at a station's log, and cosign what goes on from before."""

from __future__ import annotations

import argparse
import socket
import sys
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from server import clock, i18n, signing
from server.keys import KeyFile
from server.witness.kept import Broken, Folder, Kept, write
from server.witness.site import NotThere, Site, Unreachable
from server.witness.watch import Refused, Seen, log_of, look, with_cosignature
from sync.ledger.note import COSIGNED, ED25519, NOTE_BYTES_MAX, VerifierKey, is_key_name, read_note, read_verifier_key
from sync.strict import Malformed

KEYS_BYTES_MAX = 4096
KEYS_MAX = 8


class Words(Protocol):
    """`words("pinned", key=…)`."""

    def __call__(self, key: str, /, **args: Any) -> str: ...


class Told(Exception):
    """Nothing can be cosigned; the words for whoever looks after the witness."""


def add_command(sub: Any) -> None:
    """Add the command to the parser's."""
    about = "cosign a station's checkpoint, on another machine, once it is proved to go on from the last"
    parser = sub.add_parser("witness", help=about)
    parser.add_argument("url", help="the station's address, for instance https://station.example")
    parser.add_argument("--key-file", type=Path, required=True, help="this witness's own key; made when there is none")
    parser.add_argument("--state", type=Path, help="a folder for what it saw; beside the key unless given")
    parser.add_argument(
        "--name", help="what this witness is called in its signatures; this machine's name unless given"
    )
    parser.add_argument("--log-key", action="append", default=[], help="a public key of the log to believe from now on")
    parser.add_argument("--out", type=Path, help="where the newest cosigned checkpoint is put, as well")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of what is said")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Look once; 0 when a checkpoint was cosigned."""

    def words(key: str, /, **args: Any) -> str:
        return i18n.t(options.lang, f"witness.{key}", args)

    folder = Folder(options.state or options.key_file.with_name(f"{options.key_file.name}.witness"))
    try:
        site = Site(options.url)
        with folder.locked():
            if site.is_here():
                print(words("same_machine", url=site.url), file=sys.stderr)
            return _witness(site, folder, options, words)
    except BlockingIOError:
        complaint = words("busy", path=str(folder.path))
    except Broken as error:
        complaint = words("broken", path=str(folder.path), detail=str(error))
    except Unreachable as error:
        complaint = words("unreachable", url=options.url, detail=str(error))
    except ValueError:
        complaint = words("no_url", url=options.url)
    except OSError as error:
        complaint = words("disk", path=str(folder.path), detail=str(error))
    except Told as error:
        complaint = str(error)
    print(complaint, file=sys.stderr)
    return 1


def _witness(site: Site, folder: Folder, options: argparse.Namespace, words: Words) -> int:
    kept = folder.read()
    seed, own = _own_key(kept, options, words)
    before, kept = kept, _believed(site, kept, str(own), options, words)
    if kept != before:
        folder.keep(kept)
    origin, told = _keys_of(site, words)
    log = log_of(origin)
    assert log is not None
    for key in told:
        if key.public not in _publics(kept):
            print(words("strange_key", key=str(key)), file=sys.stderr)
    try:
        text = site.get(f"/ledger/{log}/checkpoint", NOTE_BYTES_MAX).decode("utf-8", "replace")
    except NotThere:
        raise Told(words("nothing_signed", url=site.url)) from None

    def below(path: str, most: int) -> bytes:
        try:
            return site.get(f"/ledger/{log}{path}", most)
        except NotThere:
            return b""  # no proof

    try:
        seen = look(below, text, origin, _publics(kept), kept.note)
    except Refused as refused:
        path = folder.keep_evidence(refused.code, kept.note, refused.told)
        raise Told(words(f"refused.{refused.code}", path=str(path))) from None
    if kept.note is not None and read_note(kept.note).text.partition("\n")[0] != origin:
        print(words("went_on", log=log), file=sys.stderr)
    return _cosign(seen, log, folder, kept, (seed, own), options, words)


def _cosign(
    seen: Seen,
    log: str,
    folder: Folder,
    kept: Kept,
    own: tuple[bytes, VerifierKey],
    options: argparse.Namespace,
    words: Words,
) -> int:
    seed, key = own
    time_s = clock.now_ms() // 1000
    note = str(with_cosignature(seen, key.name, key.public, time_s, lambda said: signing.sign(seed, said)))
    # Kept before it is shown: what this witness has signed it must never forget.
    folder.keep(Kept(kept.key, kept.keys, note))
    path = folder.keep_cosigned(log, seen.checkpoint.size, note)
    if options.out is not None:
        write(options.out, note.encode())
        path = options.out
    at = datetime.fromtimestamp(time_s, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    root = b64encode(seen.checkpoint.root).decode()
    print(words("cosigned", n=seen.checkpoint.size, root=root, at=at, path=str(path)))
    print(words("own_key", key=str(key)))
    return 0


# ---------------------------------------------------------------- keys


def _own_key(kept: Kept | None, options: argparse.Namespace, words: Words) -> tuple[bytes, VerifierKey]:
    """This witness's key, the same as ever. Raises Told."""
    if kept is not None and not options.key_file.exists():
        raise Told(words("key_gone", path=str(options.key_file)))
    if kept is None and options.key_file.exists():
        print(words("forgotten"), file=sys.stderr)
    seed = KeyFile(options.key_file).good()[0]
    before = read_verifier_key(kept.key) if kept is not None else None
    name = options.name or (before.name if before is not None else socket.gethostname())
    if not is_key_name(name):
        raise Told(words("no_name", name=name))
    own = VerifierKey(name, COSIGNED, signing.public_of(seed))
    if before is not None and before != own:
        raise Told(words("key_changed", before=str(before), now=str(own)))
    return seed, own


def _believed(site: Site, kept: Kept | None, own: str, options: argparse.Namespace, words: Words) -> Kept:
    """The log's keys: those of the first time, and those that somebody names. Raises Told."""
    named = [_log_key(text, words) for text in options.log_key]
    if kept is None:
        keys = named or _keys_of(site, words)[1]
        for key in keys:
            print(words("pinned_named" if named else "pinned", key=str(key)))
        return Kept(own, [str(key) for key in keys])
    fresh = [key for key in named if key.public not in _publics(kept)]
    for key in fresh:
        print(words("pinned_named", key=str(key)))
    return Kept(kept.key, [*kept.keys, *(str(key) for key in fresh)], kept.note)


def _publics(kept: Kept) -> list[bytes]:
    return [read_verifier_key(text).public for text in kept.keys]


def _keys_of(site: Site, words: Words) -> tuple[str, list[VerifierKey]]:
    """Which log the station keeps, and the keys that it says are that log's. Raises Told, Unreachable."""
    try:
        lines = site.get("/ledger/keys", KEYS_BYTES_MAX).decode("utf-8", "replace").split("\n")
        keys = [_log_key(line, words) for line in lines if line]
    except NotThere:
        raise Told(words("no_station", url=site.url)) from None
    names = {key.name for key in keys}
    if len(names) != 1 or len(keys) > KEYS_MAX or log_of(keys[0].name) is None:
        raise Told(words("no_station", url=site.url))
    return keys[0].name, keys


def _log_key(text: str, words: Words) -> VerifierKey:
    try:
        key = read_verifier_key(text)
    except Malformed:
        raise Told(words("no_key", said=ascii(text[:200]))) from None
    if key.type != ED25519:
        raise Told(words("no_key", said=ascii(text[:200])))
    return key
