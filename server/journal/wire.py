"""The exchange's bytes: a request read under hard limits and strictly, a reply put together from ready pieces."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec
from starlette.requests import Request

from server.journal.problems import problem
from server.sealing import NotSealedToUs, SealKey, open_sealed
from sync import strict
from sync.edit import Edit, read_bare, read_edit, read_salt, read_sealed, sealed_body, unb64u
from sync.fold import Read, read_body
from sync.strict import INTEGER_MAX, Malformed

SENT_BYTES_MAX = 1024 * 1024
INFLATED_BYTES_MAX = 4 * 1024 * 1024
EDITS_MAX = 500
SCOPES_MAX = 200
ROWS_MAX = 1000
UNSENT_MAX = 1_000_000
GZIP_FROM_BYTES = 150
GZIP_FAST_FROM_BYTES = 8 * 1024


class HeadPart(msgspec.Struct, frozen=True, gc=False):
    statement: str
    signature: str


class EditPart(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """An edit with its salt and body, or, from a phone that cannot read them just now, with both sealed to us."""

    h: str
    s: str | msgspec.UnsetType = msgspec.UNSET
    b: str | msgspec.UnsetType = msgspec.UNSET
    sealed: str | msgspec.UnsetType = msgspec.UNSET


class SealedPart(msgspec.Struct, frozen=True):
    """What is inside: salt and body."""

    s: str
    b: str


class ScopePart(msgspec.Struct, frozen=True, gc=False):
    """A scope the phone holds, and up to which position."""

    scope: str
    generation: int
    cursor: int


class Health(msgspec.Struct, frozen=True, gc=False):
    unsent: int = 0
    oldest_ms: int | None = None
    usage: int | None = None
    quota: int | None = None
    persisted: bool | None = None
    wiped: int | None = None


class DoubtPart(msgspec.Struct, frozen=True, gc=False):
    """Two checkpoints of which the phone could not believe the second, when it heard that one, and why not. They may be
    of any length: what the phone was told stands there, and no doubt keeps it from its exchange."""

    code: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,30}$")]
    at_ms: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)]
    held: str
    told: str


class HeldPart(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The last checkpoint that the phone found true, its root as it stands there; without a size it holds none yet.
    `edits`: places in the journal of which it was told before, and wants a proof. `restored`: it followed another
    log, which is not proved to hold all that it had seen of the one before."""

    origin: Annotated[str, msgspec.Meta(max_length=200)] = ""
    size: Annotated[int, msgspec.Meta(ge=0, le=INTEGER_MAX)] = 0
    root: Annotated[str, msgspec.Meta(max_length=44)] = ""
    edits: Annotated[list[int], msgspec.Meta(max_length=EDITS_MAX)] = []
    doubt: DoubtPart | msgspec.UnsetType = msgspec.UNSET
    restored: DoubtPart | msgspec.UnsetType = msgspec.UNSET


class Envelope(msgspec.Struct, frozen=True, gc=False):
    """What is looked at before it is known who asks: everything else is passed over unread."""

    v: int
    head: HeadPart


class Asked(msgspec.Struct, frozen=True, gc=False, kw_only=True, omit_defaults=True):
    """One exchange as the phone asked for it. `rows` is the version of row it reads; `session`: the SHA-256 of
    a secret without which the browser's session is to open no page; where it shows somebody else's, who shares the
    phone, it is to be the device's own. `ledger`: what the phone holds of the log; without it no proof is sent.
    `anew`: it lacks edits of its chain that the server lacks, too."""

    v: int
    app: str = ""
    rows: int | msgspec.UnsetType = msgspec.UNSET
    head: HeadPart
    edits: list[EditPart] = []
    scopes: list[ScopePart] = []
    health: Health = Health()
    session: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$", max_length=64)] = ""
    ledger: HeldPart | msgspec.UnsetType = msgspec.UNSET
    anew: bool = False


_decode = msgspec.json.Decoder(Asked).decode
_decode_sealed = msgspec.json.Decoder(SealedPart).decode
_decode_envelope = msgspec.json.Decoder(Envelope).decode
_encode = msgspec.json.Encoder().encode


async def read_request(request: Request) -> bytes:
    """The request's JSON text. Never holds more than the limits, whatever is sent. Raises Problem."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    media = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if encoding not in ("identity", "gzip") or media != "application/json":
        raise problem("unsupported")
    sent = await read_limited(request, SENT_BYTES_MAX if encoding == "gzip" else INFLATED_BYTES_MAX)
    return inflate(sent) if encoding == "gzip" else sent


async def read_limited(request: Request, limit: int) -> bytes:
    """The request's body, never more than `limit` bytes of it. Raises Problem."""
    pieces, held = [], 0
    async for piece in request.stream():
        held += len(piece)
        if held > limit:
            raise problem("too_large", limit_bytes=limit)
        pieces.append(piece)
    return b"".join(pieces)


def inflate(sent: bytes) -> bytes:
    """gunzip, never past the limit. Raises Problem."""
    inflater = zlib.decompressobj(wbits=31)
    try:
        text = inflater.decompress(sent, INFLATED_BYTES_MAX)
        if inflater.unconsumed_tail or (not inflater.eof and len(text) == INFLATED_BYTES_MAX):
            raise problem("too_large", limit_bytes=INFLATED_BYTES_MAX)
    except zlib.error as error:
        raise problem("bad_json", detail=f"gzip: {error}") from None
    if not inflater.eof or inflater.unused_data:
        raise problem("bad_json", detail="gzip: cut short, or more than one member")
    return text


def read_head(raw: bytes) -> HeadPart:
    """The signed head of a request, of which nothing is believed yet. Raises Malformed."""
    envelope: Envelope = _typed(_decode_envelope, raw)
    if envelope.v != 1:
        raise Malformed("bad_shape", "this server speaks v 1")
    return envelope.head


def _typed(decode: Callable[[bytes], Any], raw: bytes) -> Any:
    try:
        return decode(raw)
    except RecursionError:
        raise Malformed("too_deep", "more than 16 levels") from None
    except msgspec.ValidationError as error:
        raise Malformed("bad_shape", str(error)) from None
    except ValueError as error:
        raise Malformed("bad_json", str(error)) from None


def read_asked(raw: bytes) -> Asked:
    """The request, every part of its type. Raises Malformed."""
    asked: Asked = _typed(_decode, raw)
    # A request as we would write it has no repeated key and no hidden depth; others are looked at again.
    if _encode(asked) != raw:
        strict.read(raw)
    if asked.rows is not msgspec.UNSET and not 1 <= asked.rows <= ROWS_MAX:
        raise Malformed("bad_shape", "rows: the version of row you read, from 1")
    if len(asked.edits) > EDITS_MAX or len(asked.scopes) > SCOPES_MAX:
        raise Malformed("too_large", f"at most {EDITS_MAX} edits and {SCOPES_MAX} scopes an exchange")
    if any(abs(each.cursor) > INTEGER_MAX or abs(each.generation) > INTEGER_MAX for each in asked.scopes):
        raise Malformed("bad_shape", "scopes: a number out of range")
    return asked


def read_edits(parts: Sequence[EditPart], last: int, seals: Sequence[SealKey]) -> list[Read]:
    """The edits of a request, bytes as they were made, hashes checked; `last` is the number the statement gives the
    last of them. Raises Malformed."""
    reads: list[Read] = []
    try:
        for part in parts:
            reads.append(read_body(_edit(part, seals)))
    except Malformed as error:
        raise Malformed(error.code, error.detail, last - len(parts) + len(reads) + 1) from None
    return reads


def _edit(part: EditPart, seals: Sequence[SealKey]) -> Edit:
    """One edit; with what was sealed as it came, where it cannot be opened: the phone that sent it cannot either."""
    if part.s is not msgspec.UNSET and part.b is not msgspec.UNSET and part.sealed is msgspec.UNSET:
        return read_edit(part.h.encode(), read_salt(part.s), part.b.encode())
    if part.s is msgspec.UNSET and part.b is msgspec.UNSET and part.sealed is msgspec.UNSET:
        return read_bare(part.h.encode())
    if part.sealed is msgspec.UNSET or part.s is not msgspec.UNSET or part.b is not msgspec.UNSET:
        raise Malformed("bad_shape", "an edit has h, s and b, or h and sealed, or h alone")
    header, sealed = part.h.encode(), unb64u(part.sealed)
    try:
        inside = _decode_sealed(open_sealed(seals, sealed))
        return read_edit(header, read_salt(inside.s), inside.b.encode())
    except (NotSealedToUs, Malformed, msgspec.MsgspecError, UnicodeError, RecursionError):
        # A header that is wrong is told here; what was sealed and is not its body is kept with it.
        return read_sealed(header, sealed_body(part.sealed))


def reply_bytes(parts: dict[str, Any], rows: Sequence[bytes]) -> bytes:
    """The reply's JSON: `parts`, then the rows, which are JSON already."""
    return msgspec.json.encode(parts)[:-1] + b',"rows":[' + b",".join(rows) + b"]}"


def row_bytes(scope: str, kind: str, id_: str, rev: int, data: bytes | None) -> bytes:
    """One row of the feed as phones read it."""
    row = data if data is not None else b"null"
    return f'{{"scope":"{scope}","k":"{kind}","id":"{id_}","rev":{rev},"row":'.encode() + row + b"}"


def accepts_gzip(request: Request) -> bool:
    """Whether the caller reads gzip."""
    return "gzip" in request.headers.get("accept-encoding", "")


def deflate(raw: bytes) -> bytes:
    """gzip, the same bytes for the same content. Long replies are compressed fast: at the best level that would cost
    more than reading their rows."""
    return gzip.compress(raw, 1 if len(raw) >= GZIP_FAST_FROM_BYTES else 9, mtime=0)
