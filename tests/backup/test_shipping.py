"""The journal is shipped while it grows, read back, and never counted as safe beside the server it came from."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from server import clock
from server.backup import place, ship, store
from server.backup.back import logs, parts
from server.backup.photos import Photos, stored
from server.backup.place import MARKER, Place, place_of
from server.backup.segments import Damaged, Shelf, read_log, segments
from server.backup.ship import Diverged, Shipped, Shipping
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The target is on another disk, as its operator has marked it."""
    monkeypatch.setattr(ship, "place_of", lambda target, data: Place(True, "marked"))


@pytest.fixture
async def shipping(station: Station, tmp_path: Path) -> AsyncIterator[Shipping]:
    """A backup of the station."""
    target = tmp_path / "usb"
    target.mkdir()
    opened = Shipping(station.db, station.settings, target)
    yield opened
    await opened.close()


def held(target: Path) -> list[str]:
    """The ids of all edits a backup holds."""
    found = []
    for part in parts(logs(target)[0].folder):
        column = part.tables["journal"].columns.index("id")
        found += [row[column] for row in part.tables["journal"].rows]
    return found


async def test_everything_is_shipped_and_phones_are_told(
    station: Station, zhao: Phone, shipping: Shipping, tmp_path: Path, away: None
) -> None:
    assert (await zhao.exchange())["backed_up_through"] == -1
    zhao.visit(station["陈奶奶"], text="腿好些了")
    await zhao.exchange()
    size = await station.journal.size()
    done = await shipping.once()
    assert (done.edits, done.through) == (size, size - 1)
    assert (await zhao.exchange())["backed_up_through"] == size - 1
    assert held(tmp_path / "usb") == [row[0] for row in await station.rows("SELECT id FROM journal ORDER BY position")]
    assert (await shipping.once()).edits == 0
    zhao.visit(station["马师傅"])
    reply = await zhao.exchange()
    assert reply["backed_up_through"] == size - 1 < reply["outcomes"][0]["position"]
    assert (await shipping.once(everything=True)).edits == 1
    assert (await zhao.exchange())["backed_up_through"] == size
    assert oct(segments(logs(tmp_path / "usb")[0].folder)[0].stat().st_mode)[-3:] == "600"


async def test_a_copy_on_the_servers_own_disk_is_made_and_does_not_count(
    station: Station, zhao: Phone, shipping: Shipping, tmp_path: Path
) -> None:
    (tmp_path / "usb" / MARKER).touch()
    done = await shipping.once()
    assert done.place == Place(False, "same_disk"), "whatever the marker says"
    assert done.through == await station.journal.size() - 1
    assert (await zhao.exchange())["backed_up_through"] == -1


def test_another_disk_needs_the_operators_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, data = tmp_path / "target", tmp_path / "data"
    target.mkdir()
    data.mkdir()
    monkeypatch.setattr(place, "device_of", lambda path: 1 if path == data else 2)
    kinds = {"nfs4": Place(True, "network"), "ext4": Place(False, "not_marked"), "tmpfs": Place(False, "memory")}
    for kind, expected in kinds.items():
        monkeypatch.setattr(place, "filesystem_of", lambda path, kind=kind: kind)
        assert place_of(target, data) == expected
    (target / MARKER).touch()
    assert place_of(target, data) == Place(False, "memory")
    monkeypatch.setattr(place, "filesystem_of", lambda path: "ext4")
    assert place_of(target, data) == Place(True, "marked")


async def test_shipping_goes_on_where_it_was_interrupted(
    station: Station, zhao: Phone, shipping: Shipping, tmp_path: Path
) -> None:
    await shipping.once()
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    await shipping.once()
    (segment,) = segments(logs(tmp_path / "usb")[0].folder)
    whole, before = segment.read_bytes(), held(tmp_path / "usb")
    for cut in (1, 40, 400):
        segment.write_bytes(whole[:-cut])
        assert held(tmp_path / "usb") == before[:-1], "what was written of the last frame is not believed"
        assert (await shipping.once()).edits == 1
        assert segment.read_bytes()[: len(whole) - 400] == whole[: len(whole) - 400]
        assert held(tmp_path / "usb") == before
        whole = segment.read_bytes()


async def test_a_damaged_segment_is_put_aside_and_written_anew(
    station: Station, zhao: Phone, shipping: Shipping, tmp_path: Path, away: None
) -> None:
    size = (await shipping.once()).through + 1
    (segment,) = segments(logs(tmp_path / "usb")[0].folder)
    raw = bytearray(segment.read_bytes())
    raw[200] ^= 1
    segment.write_bytes(raw)
    with pytest.raises(Damaged, match="SHA-256"):
        list(read_log(segment.parent))
    done = await shipping.once(everything=True)
    assert (done.edits, done.put_aside) == (size, [f"{segment.name}.damaged"])
    assert len(held(tmp_path / "usb")) == size
    assert (await zhao.exchange())["backed_up_through"] == size - 1


async def test_old_tables_put_back_by_hand_are_not_shipped_over_newer_ones(
    station: Station, zhao: Phone, shipping: Shipping
) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    await shipping.once()
    transactions = station.journal.transactions
    await transactions.write(lambda store: store.run("UPDATE journal SET hash = salt WHERE kind = 'visit.recorded'"))
    with pytest.raises(Diverged):
        await shipping.once()


async def test_a_full_disk_keeps_what_was_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path, "a-log")
    with shelf.locked():
        shelf.append(0, 3, b"three edits")
        write = os.write
        monkeypatch.setattr(os, "write", lambda descriptor, data: _full(write(descriptor, data[:5])))
        with pytest.raises(OSError, match="28"):
            shelf.append(3, 1, b"one more")
        monkeypatch.setattr(os, "write", write)
        shelf.append(3, 2, b"two more")
        other = Shelf(tmp_path, "a-log")
        with pytest.raises(BlockingIOError), other.locked():
            raise AssertionError("one writer at a time")
    assert [(frame.first, frame.payload) for frame in read_log(tmp_path / "a-log")] == [
        (0, b"three edits"),
        (3, b"two more"),
    ]


def _full(written: int) -> int:
    raise OSError(28, "No space left on device")


async def test_the_journal_is_followed_while_it_grows(
    station: Station, zhao: Phone, shipping: Shipping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: None
) -> None:
    monkeypatch.setattr(ship, "LOOK_S", 0.02)
    stop, heard = asyncio.Event(), asyncio.Queue[Shipped]()
    following = asyncio.create_task(shipping.follow(stop, heard.put_nowait))
    await asyncio.wait_for(heard.get(), 20)
    for _ in range(3):
        zhao.visit(station["陈奶奶"])
        position = (await zhao.exchange())["outcomes"][0]["position"]
        while (await asyncio.wait_for(heard.get(), 20)).through < position:
            continue
        assert (await zhao.exchange())["backed_up_through"] >= position
    stop.set()
    await following
    assert len(held(tmp_path / "usb")) == await station.journal.size()


async def test_many_segments_make_one_log(
    station: Station, zhao: Phone, shipping: Shipping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.backup.segments.SEGMENT_BYTES", 100)
    monkeypatch.setattr("server.journal.copying.EDITS_A_PART", 4)
    for _ in range(9):
        zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    await shipping.once()
    folder = logs(tmp_path / "usb")[0].folder
    assert len(segments(folder)) > 4
    whole = held(tmp_path / "usb")
    segments(folder)[2].unlink()
    with pytest.raises(Damaged, match="does not follow"):
        held(tmp_path / "usb")
    done = await shipping.once(everything=True)
    assert done.edits > 8
    assert held(tmp_path / "usb") == whole


def blob(folder: Path, data: bytes) -> Path:
    """A photo in a folder of blobs."""
    name = sha256(data).hexdigest()
    (folder / name[:2]).mkdir(parents=True, exist_ok=True)
    (folder / name[:2] / name).write_bytes(data)
    return folder / name[:2] / name


async def test_no_edit_is_confirmed_before_the_photos_that_were_here_with_it(
    station: Station, zhao: Phone, shipping: Shipping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: None
) -> None:
    photo = blob(station.settings.blobs, b"a photo")
    there = tmp_path / "usb" / "blobs" / photo.name[:2] / photo.name
    synced: list[str] = []
    fsync = os.fsync

    def noted(number: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{number}"))
        fsync(number)

    monkeypatch.setattr(os, "fsync", noted)

    async def confirm(*told: Any, **how: Any) -> None:
        assert there.read_bytes() == b"a photo"
        # The bytes, its name, the folder's name, and the name of the folder of all photos.
        assert [synced.count(str(path)) >= 1 for path in (there.parent, there.parents[1], there.parents[2])] == [
            True
        ] * 3
        await store.confirm(*told, **how)

    monkeypatch.setattr(ship, "confirm", confirm)
    assert (await shipping.once()).photos == 1
    # A disk that takes no photo: the edit is shipped, and nobody is told so.
    blob(station.settings.blobs, b"another")
    position = (await zhao.exchange([zhao.visit(station["陈奶奶"])]))["outcomes"][0]["position"]
    monkeypatch.setattr(Photos, "_copy", lambda self, path, to: _full(0))
    with pytest.raises(OSError, match="28"):
        await shipping.once()
    assert held(tmp_path / "usb")[-1] == zhao.made[-1].header.id
    assert (await zhao.exchange())["backed_up_through"] == position - 1


async def test_a_photo_that_comes_within_one_tick_of_the_folders_clock_is_copied(
    station: Station, shipping: Shipping
) -> None:
    folder = station.settings.blobs
    first = blob(folder, b"a photo")
    changed = clock.now_ms() * 1_000_000
    os.utime(first.parent, ns=(changed, changed))
    assert (await shipping.once()).photos == 1
    (first.parent / sha256(b"another").hexdigest()).write_bytes(b"another")
    os.utime(first.parent, ns=(changed, changed))
    assert (await shipping.once()).photos == 1


async def test_a_photo_damaged_on_the_server_is_put_aside_so_that_a_phone_sends_it_again(
    station: Station, shipping: Shipping, tmp_path: Path
) -> None:
    photo = blob(station.settings.blobs, b"a photo")
    photo.write_bytes(b"a ph0to")
    done = await shipping.once()
    assert (done.photos, done.damaged, photo.exists()) == (0, [photo.name], False)
    assert photo.with_name(f"{photo.name}.damaged").read_bytes() == b"a ph0to"
    photo.write_bytes(b"a photo")
    done = await shipping.once()
    assert (done.photos, done.damaged) == (1, [])
    # And one that the backup's disk forgot is found once a week, and copied anew.
    there = tmp_path / "usb" / "blobs" / photo.name[:2] / photo.name
    there.write_bytes(b"forgotten")
    done = await shipping.once(everything=True)
    assert (done.photos, done.put_aside) == (1, [f"blobs/{photo.name}.damaged"])
    assert there.read_bytes() == b"a photo"


async def test_photos_go_along_and_come_back(station: Station, shipping: Shipping, tmp_path: Path) -> None:
    names = [blob(station.settings.blobs, data).name for data in (b"a photo", b"a voice note")]
    (station.settings.blobs / "parts").mkdir()
    (station.settings.blobs / "parts" / "half").write_bytes(b"half a photo")
    assert (await shipping.once()).photos == 2
    assert (await shipping.once()).photos == 0
    kept = tmp_path / "usb" / "blobs"
    assert [path.name for path in stored(kept)] == sorted(names)
    # A disk that forgets: what came back wrong is told, what is right comes back.
    (kept / names[0][:2] / names[0]).write_bytes(b"another photo")
    back = Photos(kept, tmp_path / "back")
    assert back.copy() == 1
    assert back.damaged == [names[0]]
    assert [path.read_bytes() for path in stored(tmp_path / "back")] == [b"a voice note"]
