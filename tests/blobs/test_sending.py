"""Photos on their way from a phone to the server: in pieces, cut, twice, by the wrong phone, on a full disk."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import Response

from server import sessions
from server.blobs import store
from server.blobs.pages import SEALED
from server.blobs.store import name_of
from server.sealing import seal
from sync.edit import Edit, b64u
from tests.blobs.pictures import GPS, WEBM, jpeg, jpeg_segment, png
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

PIECE = 256 * 1024
PHOTO = jpeg(scan=b"\x12\x34" * 150_000)
"""300 kB: two pieces."""


def named(data: bytes, type_: str = "image/jpeg") -> dict[str, Any]:
    """A blob as an edit names it."""
    return {"sha256": name_of(data), "type": type_, "bytes": len(data)}


def authority(phone: Phone, edit: Edit, name: str, **changes: Any) -> dict[str, str]:
    """What the phone says of itself with each request about a blob."""
    said = {"v": 1, "device": phone.device, "edit": edit.header.id, "sha256": name, **changes}
    statement = json.dumps(said).encode()
    r, s = decode_dss_signature(phone.key.sign(b"sifang-blob-v1\n" + statement, ec.ECDSA(SHA256())))
    signature = b64u(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return {"Authorization": f"Sifang-Blob {b64u(statement)}.{signature}"}


async def put_sealed(phone: Phone, edit: Edit, piece: bytes, first: int, public: bytes, **said: int) -> Response:
    """One piece on its way, as a locked phone closed it for the server."""
    last = first + said.get("said_bytes", len(piece)) - 1
    headers = {"Content-Range": f"bytes {first}-{last}/{len(PHOTO)}", "Content-Type": SEALED}
    headers |= authority(phone, edit, name_of(PHOTO))
    return await phone.http.put(f"/sync/blobs/{name_of(PHOTO)}", content=seal(piece, public), headers=headers)


async def put(phone: Phone, edit: Edit, name: str, piece: bytes, first: int, size: int) -> Response:
    """One piece on its way."""
    headers = {"Content-Range": f"bytes {first}-{first + len(piece) - 1}/{size}", **authority(phone, edit, name)}
    return await phone.http.put(f"/sync/blobs/{name}", content=piece, headers=headers)


async def ask(phone: Phone, edit: Edit, name: str) -> dict[str, Any]:
    """How far it has come."""
    response = await phone.http.get(f"/sync/blobs/{name}", headers=authority(phone, edit, name))
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


async def bring(phone: Phone, edit: Edit, data: bytes, name: str = "") -> Response:
    """All of it, piece by piece, from where the server has it."""
    name = name or name_of(data)
    first = (await ask(phone, edit, name))["have"]
    response = None
    while first < len(data):
        response = await put(phone, edit, name, data[first : first + PIECE], first, len(data))
        if response.status_code != 200:
            return response
        first = response.json()["have"]
    assert response is not None
    return response


def code(response: Response) -> tuple[int, str]:
    """Status and code of a problem, which has words in both languages."""
    problem = response.json()["problem"]
    assert problem["message_zh"]
    assert problem["message_en"]
    return response.status_code, problem["code"]


async def visit_with(station: Station, phone: Phone, *blobs: dict[str, Any]) -> Edit:
    """A visit at Auntie Chen's that names them, on the server."""
    edit = phone.visit(station["陈奶奶"], blobs=list(blobs))
    reply = await phone.exchange()
    assert reply["outcomes"][-1]["outcome"] == "accepted"
    return edit


async def sign_in(station: Station, name: str) -> None:
    """Somebody's session in the browser."""
    async with station.db.writing() as db:
        token = await sessions.begin(db, station[name], station.now_ms, "tests")
    station.http.cookies.set(sessions.cookie_name(station.settings), token)


def kept(station: Station) -> list[Path]:
    """The files of blobs that are whole."""
    folder = station.settings.blobs
    return [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "parts"]


async def test_a_photo_goes_up_in_pieces_and_the_desk_sees_it(station: Station, zhao: Phone) -> None:
    edit = await visit_with(station, zhao, named(PHOTO))
    assert zhao.row("visit", edit.header.id)["blobs"] == [named(PHOTO)]
    assert await ask(zhao, edit, name_of(PHOTO)) == {**nothing(PHOTO), "have": 0, "whole": False}
    response = await bring(zhao, edit, PHOTO)
    log, size = await station.journal.log_and_size()
    whole = {**nothing(PHOTO), "have": len(PHOTO), "whole": True}
    assert response.json() == {**whole, "log": log, "size": size}
    await visit_with(station, zhao)
    assert await ask(zhao, edit, name_of(PHOTO)) == {**whole, "log": log, "size": size + 1}

    await sign_in(station, "master")
    shown = await station.http.get(f"/blobs/{name_of(PHOTO)}?visit={edit.header.id}")
    assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, PHOTO, "image/jpeg")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["cache-control"] == "no-store"
    part = await station.http.get(f"/blobs/{name_of(PHOTO)}?visit={edit.header.id}", headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.content) == (206, PHOTO[:3])
    assert await station.refolds()


def nothing(data: bytes) -> dict[str, Any]:
    """What every answer about a blob says."""
    return {"sha256": name_of(data), "bytes": len(data)}


async def test_a_locked_phone_sends_pieces_that_it_cannot_read(station: Station, zhao: Phone) -> None:
    edit, public = await visit_with(station, zhao, named(PHOTO)), station.settings.seals[0].public
    assert (await put_sealed(zhao, edit, PHOTO[:PIECE], 0, public)).json()["have"] == PIECE
    assert (await put_sealed(zhao, edit, PHOTO[PIECE:], PIECE, public)).json()["whole"]
    assert [path.read_bytes() for path in kept(station)] == [PHOTO]


async def test_a_phone_that_is_opened_meanwhile_goes_on_with_what_it_reads(station: Station, zhao: Phone) -> None:
    edit, public = await visit_with(station, zhao, named(PHOTO)), station.settings.seals[0].public
    assert (await put_sealed(zhao, edit, PHOTO[:PIECE], 0, public)).json()["have"] == PIECE
    assert (await bring(zhao, edit, PHOTO)).json()["whole"]


async def test_a_sealed_piece_for_another_server_or_of_another_length_is_not_kept(
    station: Station, zhao: Phone
) -> None:
    edit, public = await visit_with(station, zhao, named(PHOTO)), station.settings.seals[0].public
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    strange = other.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert code(await put_sealed(zhao, edit, PHOTO[:PIECE], 0, strange)) == (422, "blob_sealed")
    assert code(await put_sealed(zhao, edit, PHOTO[:99], 0, public, said_bytes=100)) == (400, "blob_range")
    assert code(await put_sealed(zhao, edit, PHOTO[: PIECE + 1], 0, public)) == (413, "too_large")
    assert (await ask(zhao, edit, name_of(PHOTO)))["have"] == 0


async def test_a_photo_cut_on_its_way_goes_on_where_it_stopped(station: Station, zhao: Phone) -> None:
    edit, name, size = await visit_with(station, zhao, named(PHOTO)), name_of(PHOTO), len(PHOTO)
    assert (await put(zhao, edit, name, PHOTO[:PIECE], 0, size)).json()["have"] == PIECE
    # The answer was lost: the same piece again is told where it stands.
    again = await put(zhao, edit, name, PHOTO[:PIECE], 0, size)
    assert (code(again), again.json()["problem"]["have"]) == ((409, "blob_offset"), PIECE)
    assert (await put(zhao, edit, name, b"gap", PIECE + 9, size)).json()["problem"]["have"] == PIECE
    assert (await ask(zhao, edit, name))["have"] == PIECE
    assert (await bring(zhao, edit, PHOTO)).json()["whole"]


async def test_all_came_and_the_server_ended_before_it_looked(station: Station, zhao: Phone) -> None:
    data = jpeg()
    edit, name = await visit_with(station, zhao, named(data)), name_of(data)
    blobs = store.Blobs(station.settings.blobs)
    assert blobs.append(zhao.device, name, 0, data) == len(data)
    assert (await ask(zhao, edit, name))["whole"]
    assert [path.read_bytes() for path in kept(station)] == [data]


async def test_bytes_with_another_hash_are_dropped(station: Station, zhao: Phone) -> None:
    edit, name = await visit_with(station, zhao, named(PHOTO)), name_of(PHOTO)
    wrong = PHOTO[:-3] + b"\x01\xff\xd9"
    assert code(await bring(zhao, edit, wrong, name)) == (422, "blob_mismatch")
    assert kept(station) == []
    assert (await ask(zhao, edit, name))["have"] == 0
    assert (await bring(zhao, edit, PHOTO)).json()["whole"]


@pytest.mark.parametrize(("data", "type_", "why"), [
    (jpeg(extra=jpeg_segment(0xE1, GPS)), "image/jpeg", "metadata"),
    (jpeg(4097, 10), "image/jpeg", "pixels"),
    (png(), "image/jpeg", "kind"),
    (b"<html><script>alert(1)</script></html>", "image/png", "kind"),
    (jpeg()[:-2], "image/jpeg", "broken"),
])  # fmt: skip
async def test_what_is_no_plain_photo_is_refused(
    station: Station, zhao: Phone, data: bytes, type_: str, why: str
) -> None:
    edit = await visit_with(station, zhao, named(data, type_))
    response = await bring(zhao, edit, data)
    assert (code(response), response.json()["problem"]["why"]) == ((422, "blob_refused"), why)
    assert kept(station) == []


async def test_a_blob_that_no_edit_of_this_phone_names_is_not_taken(station: Station, zhao: Phone, qian: Phone) -> None:
    edit = await visit_with(station, zhao, named(PHOTO))
    other = await visit_with(station, qian)
    name = name_of(PHOTO)
    unnamed = (404, "blob_unnamed")
    # Qian's phone under Zhao's edit, under its own that names nothing, and Zhao's under one that is not there.
    assert code(await put(qian, edit, name, b"x", 0, len(PHOTO))) == unnamed
    assert code(await put(qian, other, name, b"x", 0, len(PHOTO))) == unnamed
    unsent = zhao.visit(station["陈奶奶"], blobs=[named(jpeg())])
    assert code(await put(zhao, unsent, name_of(jpeg()), jpeg(), 0, len(jpeg()))) == unnamed
    assert code(await zhao.http.get("/sync/blobs/..%2f..%2fsecret.key", headers=authority(zhao, edit, name)))[0] == 404
    # A statement about another blob, and one somebody else signed.
    wrong = authority(zhao, edit, name_of(jpeg()))
    assert code(await zhao.http.get(f"/sync/blobs/{name}", headers=wrong)) == unnamed
    forged = authority(qian, edit, name, device=zhao.device)
    assert code(await zhao.http.get(f"/sync/blobs/{name}", headers=forged)) == (401, "bad_signature")
    unknown = authority(qian, edit, name, device=edit.header.id)
    assert code(await zhao.http.get(f"/sync/blobs/{name}", headers=unknown)) == (401, "unknown_device")
    for nonsense in ("", "Bearer x", "Sifang-Blob x.y", "Sifang-Blob e30.e30", f"Sifang-Blob {'A' * 5000}.x"):
        response = await zhao.http.get(f"/sync/blobs/{name}", headers={"Authorization": nonsense})
        assert code(response)[0] == 400
    assert kept(station) == []


async def test_an_edit_set_aside_brings_its_photo_too(station: Station, zhao: Phone) -> None:
    edit = zhao.visit(station["陈奶奶"], blobs=[named(PHOTO)])
    aside = zhao.make("visit.recorded", {"household": zhao.device, "blobs": [named(jpeg())]})
    reply = await zhao.exchange()
    assert [each["outcome"] for each in reply["outcomes"]] == ["accepted", "quarantined"]
    assert (await bring(zhao, aside, jpeg())).json()["whole"]
    assert (await bring(zhao, edit, PHOTO)).json()["whole"]


async def test_pieces_that_do_not_fit_are_not_taken(station: Station, zhao: Phone) -> None:
    edit, name, size = await visit_with(station, zhao, named(PHOTO)), name_of(PHOTO), len(PHOTO)
    headers = authority(zhao, edit, name)

    async def sent(said: str, body: bytes) -> tuple[int, str]:
        range_ = {"Content-Range": said} if said else {}
        return code(await zhao.http.put(f"/sync/blobs/{name}", content=body, headers={**headers, **range_}))

    fits_not = (400, "blob_range")
    assert await sent("", b"abc") == fits_not
    assert await sent(f"bytes 0-1/{size}", b"abc") == fits_not
    assert await sent("bytes 0-2/3", b"abc") == fits_not
    assert await sent(f"bytes {size}-{size + 2}/{size}", b"abc") == fits_not
    assert await sent(f"bytes 2-1/{size}", b"") == fits_not
    assert await sent(f"bytes 0-{PIECE}/{size}", PHOTO[: PIECE + 1]) == (413, "too_large")
    assert (await ask(zhao, edit, name))["have"] == 0


async def test_the_same_photo_from_two_phones_lies_there_once(station: Station, zhao: Phone, qian: Phone) -> None:
    mine = await visit_with(station, zhao, named(PHOTO))
    theirs = await visit_with(station, qian, named(PHOTO))
    name, size = name_of(PHOTO), len(PHOTO)
    # Qian's came halfway before Zhao's was whole: nothing of it is needed any more.
    await put(qian, theirs, name, PHOTO[:PIECE], 0, size)
    assert (await bring(zhao, mine, PHOTO)).json()["whole"]
    assert (await ask(qian, theirs, name))["whole"]
    assert (await put(qian, theirs, name, PHOTO[PIECE : 2 * PIECE], PIECE, size)).json()["whole"]
    assert [path.read_bytes() for path in kept(station)] == [PHOTO]


async def test_only_who_may_see_the_visit_sees_its_photo(station: Station, zhao: Phone) -> None:
    edit = await visit_with(station, zhao, named(PHOTO))
    other = await visit_with(station, zhao, named(WEBM, "audio/webm"))
    await bring(zhao, edit, PHOTO)
    address = f"/blobs/{name_of(PHOTO)}?visit="
    assert (await station.http.get(address + edit.header.id)).status_code == 401
    await sign_in(station, "孙立")  # of the other grid
    assert (await station.http.get(address + edit.header.id)).status_code == 404
    await sign_in(station, "钱进")
    assert (await station.http.get(address + edit.header.id)).status_code == 200
    # Not by a visit that names another, not without one, and none that has not come.
    assert (await station.http.get(address + other.header.id)).status_code == 404
    assert (await station.http.get(address)).status_code == 404
    assert (await station.http.get(f"/blobs/{name_of(WEBM)}?visit={other.header.id}")).status_code == 404
    assert (await station.http.get(f"/blobs/nonsense?visit={other.header.id}")).status_code == 404


async def test_a_correction_without_the_photo_leaves_it_to_the_earlier_telling(station: Station, zhao: Phone) -> None:
    edit = await visit_with(station, zhao, named(PHOTO))
    await bring(zhao, edit, PHOTO)
    said = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    zhao.make("visit.corrected", said, entity=edit.header.id, over={"revision": [edit.header.id]})
    await zhao.exchange()
    assert "blobs" not in zhao.row("visit", edit.header.id)
    await sign_in(station, "钱进")
    assert (await station.http.get(f"/blobs/{name_of(PHOTO)}?visit={edit.header.id}")).status_code == 200
    assert await station.refolds()


async def test_a_full_disk_says_so_and_the_phone_sends_it_later(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = await visit_with(station, zhao, named(PHOTO))

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        assert code(await bring(zhao, edit, PHOTO)) == (507, "disk_full")
    assert kept(station) == []
    with monkeypatch.context() as little:
        little.setattr(store, "SPARE_BYTES", 1 << 60)
        little.setattr(store.Blobs.__init__, "__defaults__", (1 << 60,))
        other = await visit_with(station, zhao, named(jpeg()))
        assert code(await bring(zhao, other, jpeg())) == (507, "disk_full")
    assert (await ask(zhao, edit, name_of(PHOTO)))["whole"]


async def test_pieces_nobody_went_on_with_are_cleared(tmp_path: Path) -> None:
    blobs = store.Blobs(tmp_path, 0)
    blobs.append("old", name_of(b"1"), 0, b"x")
    blobs.append("lately", name_of(b"2"), 0, b"x")
    old = tmp_path / "parts" / f"old.{store._hex(name_of(b'1'))}"
    then = old.stat().st_mtime - store.PART_S_MAX - 60
    os.utime(old, (then, then))
    blobs.append("new", name_of(b"3"), 0, b"x")
    assert [blobs.have(who, name_of(what)) for who, what in (("old", b"1"), ("lately", b"2"))] == [0, 1]
