"""What a phone's database holds, read by the page itself; nothing in it may be half."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from e2e.opening import OPENED
from sync.edit import b64u, body_hash, read_salt
from torture.worker import Lost


@dataclass(frozen=True)
class Kept:
    """The phone's edits by id in the order of their numbers, its half-written forms, the head of its chain."""

    edits: dict[str, dict[str, Any]]
    drafts: list[Any]
    chain: dict[str, Any]


def read_kept(page: Page) -> Kept:
    """Everything it holds of what people wrote."""
    found = page.evaluate(OPENED)
    return Kept({edit["id"]: edit for edit in found["edits"]}, found["drafts"], found["chain"])


def check_kept(before: Kept, now: Kept) -> None:
    """What lay there lies there still, and what came is whole: bytes, hashes, chain. At most one thing came."""
    for id_, edit in before.edits.items():
        if now.edits.get(id_) != edit:
            raise Lost(f"edit {id_} was kept before the kill and is not the same now")
    if len(now.edits) - len(before.edits) > 1:
        raise Lost("one tap was kept twice")
    prev = None
    for n, edit in enumerate(now.edits.values(), 1):
        header = json.loads(edit["h"])
        digest = b64u(hashlib.sha256(edit["h"].encode()).digest())
        body = b64u(body_hash(read_salt(edit["s"]), edit["b"].encode()))
        if (edit["n"], header["n"], header["prev"], edit["hash"], header["body_hash"]) != (n, n, prev, digest, body):
            raise Lost(f"edit {n} of the phone is not whole")
        prev = digest
    if (now.chain["n"], now.chain["hash"]) != (len(now.edits), prev):
        raise Lost(f"the chain's head is {now.chain['n']}, there are {len(now.edits)} edits")
