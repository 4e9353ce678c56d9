"""`python -m server signer --socket PATH`: a process that holds the log's key alone."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from typing import Any

from server.backup.words import words_of
from server.settings import log_key_path
from server.signer.serving import ORIGIN, Exposed, Signer, check_place, serve
from sync.strict import is_uuid


def add_command(sub: Any) -> None:
    """Add the command to the parser's."""
    parser = sub.add_parser("signer", help="hold the log's key in a process of its own and sign checkpoints with it")
    parser.add_argument("--socket", type=Path, help="where it listens, in a folder that only its user can write to")
    parser.add_argument("--key", type=Path, help="the key's file; SIFANG_LOG_KEY_FILE, or log.key in SIFANG_DATA")
    parser.add_argument(
        "--adopt", metavar="LOG", help="sign this log from now on as well: the id of one after a restore"
    )
    parser.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of what is said")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Adopt a log, or serve until stopped."""
    words, key = words_of(options.lang), (options.key or log_key_path()).resolve()
    try:
        check_place(key, options.socket.resolve() if options.socket else key)
        signer = Signer(key)
        if options.adopt is not None:
            log = options.adopt.removeprefix(ORIGIN)
            if not is_uuid(log):
                print(words("signer.no_log", log=options.adopt), file=sys.stderr)
                return 1
            signer.memory.adopt(f"{ORIGIN}{log}")
            print(words("signer.adopted", log=log))
        if options.socket is not None:
            signer.answer(b"")  # makes the key when there is none, and finds out that it can be read
            asyncio.run(serve(signer, options.socket.resolve()))
            options.socket.unlink(missing_ok=True)
        elif options.adopt is None:
            print(words("signer.where"), file=sys.stderr)
            return 1
    except Exposed as error:
        print(error, file=sys.stderr)
        return 1
    return 0
