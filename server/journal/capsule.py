"""A capsule carried in: unsent edits of one phone, brought by another phone or by a desk."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server import brakes, events
from server.journal.chains import ChainGap, Push, UnknownDevice
from server.journal.devices import find_caller, is_signed_by
from server.journal.journal import Journal
from server.journal.problems import problem
from server.journal.wire import EditPart, read_edits, read_limited
from server.sealing import NotSealedToUs, open_sealed
from sync import strict
from sync.capsule import EDITS_MAX, FILE_BYTES_MAX, INFLATED_BYTES_MAX, read_capsule, signed_capsule
from sync.chain import check_run
from sync.edit import b64u, unb64u
from sync.fold import Read
from sync.statement import SIGNATURE_BYTES, Statement, read_statement
from sync.strict import Malformed


class _Edits(msgspec.Struct, frozen=True):
    edits: list[EditPart]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a capsule brought: whose device, and how many of its edits were new, set aside, or known already; `fork`
    when they belong to a history that another phone claims as well."""

    device: str
    fresh: int
    aside: int
    known: int
    n: int
    hash: str | None
    fork: bool


async def carry_in(journal: Journal, raw: bytes, may: Callable[[str], None] = lambda device: None) -> Carried:
    """Take a capsule's edits in, as if their phone had sent them. Twice is once. `may` is asked about the device that
    signed it, and raises where that must wait.

    Raises Problem: `not_capsule`, `not_sealed_to_us`, `unknown_device`, `bad_signature`, `chain_gap`, and what can be
    wrong with a run of edits.
    """
    try:
        capsule = read_capsule(raw)
        statement_bytes = capsule.head.statement.encode()
        statement = read_statement(statement_bytes)
        signature = unb64u(capsule.head.signature, SIGNATURE_BYTES)
        caller = await journal.transactions.glance(lambda store: find_caller(store, statement.device))
        if caller is None:
            raise problem("unknown_device")
        if not is_signed_by(caller.public_key, signed_capsule(statement_bytes), signature):
            raise problem("bad_signature")
        may(statement.device)
        reads = await asyncio.to_thread(_opened, journal, capsule.sealed, statement)
    except Malformed as error:
        about = {} if error.n is None else {"n": error.n}
        raise problem(error.code, detail=error.detail, **about) from None
    push = Push(statement.device, reads, capsule.head.statement, signature, 0, None)
    began = (await journal.log_and_size())[1]
    try:
        pushed = await journal.push(push)
    except ChainGap as gap:
        raise problem("chain_gap", expected=gap.expected) from None
    except UnknownDevice:
        raise problem("unknown_device") from None
    new = [entry for entry in pushed.entries if entry.position >= began]
    aside = sum(entry.outcome == "quarantined" for entry in new)
    head = pushed.head
    counts = (len(new) - aside, aside, len(pushed.entries) - len(new))
    events.happened("capsule.carried", device=statement.device, fresh=counts[0], aside=counts[1], known=counts[2])
    return Carried(statement.device, *counts, head.n, b64u(head.hash) if head.hash else None, bool(pushed.successor))


def _opened(journal: Journal, sealed: str, statement: Statement) -> list[Read]:
    """The edits inside. Raises Malformed, Problem."""
    try:
        text = open_sealed(journal.settings.seals, unb64u(sealed, len(sealed) * 3 // 4))
    except NotSealedToUs:
        raise problem("not_sealed_to_us") from None
    inflater = zlib.decompressobj(wbits=31)
    try:
        raw = inflater.decompress(text, INFLATED_BYTES_MAX)
        if inflater.unconsumed_tail or not inflater.eof or inflater.unused_data:
            raise Malformed("not_capsule", "cut short, or too large inside")
        parts = msgspec.json.decode(raw, type=_Edits).edits
    except (zlib.error, msgspec.MsgspecError, RecursionError):
        raise Malformed("not_capsule", "not edits inside") from None
    if not 0 < len(parts) <= EDITS_MAX:
        raise Malformed("too_large", f"a capsule holds 1 to {EDITS_MAX} edits")
    if msgspec.json.encode(_Edits(parts)) != raw:
        strict.read(raw)
    reads = read_edits(parts, statement.n, journal.settings.seals)
    check_run([read.edit for read in reads], statement)
    return reads


async def capsules(request: Request) -> Response:
    """`POST /sync/capsules`: a phone brings another one's capsule; its signature is its permission."""

    def may(device: str) -> None:
        brakes.take(request, brakes.CAPSULES, device)

    with brakes.proving(request):
        carried = await carry_in(request.app.state.journal, await read_limited(request, FILE_BYTES_MAX), may)
    told = {"device": carried.device, "chain": {"n": carried.n, "hash": carried.hash}, "fork": carried.fork}
    return JSONResponse({**told, "fresh": carried.fresh, "aside": carried.aside, "known": carried.known})


routes = [Route("/sync/capsules", capsules, methods=["POST"])]
