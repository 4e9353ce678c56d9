"""Words that came after what they are about was erased: set aside, and they too come to an end."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from server.journal import Draft, Journal, Thing, journal
from server.journal.erased_list import read_list
from tests.blobs.pictures import jpeg
from tests.blobs.test_sending import bring, named
from tests.desk.conftest import Desk, words
from tests.desk.test_erasures import SECRET, address, erase, everywhere, sound
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.retention.test_retain import keep, years_pass

pytestmark = pytest.mark.anyio


async def late(station: Station, zhao: Phone, of: str) -> tuple[str, str]:
    """Somebody is erased while a phone that knows of them has no signal; whoever that is, and what came late."""
    chen, qian = station["陈奶奶"], await station.phone("钱进")
    if of == "resident":
        thing = zhao.make("resident.added", {"household": chen, "facts": {"name": "旧名"}, "tags": []}).header.id
    else:
        thing = zhao.visit(chen, text="旧话").header.id
    await zhao.exchange()
    await qian.exchange()
    await qian.exchange()
    told = {"household": chen, "occurred_at_ms": qian.clock_ms, "mode": "door", "result": "met", "text": SECRET}
    edit = (
        qian.make("resident.stated", {"facts": {"note": SECRET}}, entity=thing)
        if of == "resident"
        else qian.make("visit.corrected", told, entity=thing, over={"revision": [thing]})
    )
    about = Thing(of, thing, station["第三网格"], chen)
    assert await station.journal.erase(about, station["master"], "asked") is not None
    await qian.exchange()
    assert qian.outcomes[edit.header.n]["reason"] == "erased"
    return thing, edit.header.id


@pytest.mark.parametrize("of", ["resident", "visit"])
async def test_the_home_is_erased_with_what_came_late(station: Station, desk: Desk, zhao: Phone, of: str) -> None:
    thing, _ = await late(station, zhao, of)
    if of == "resident":  # its home is erased twice: the second time by what the first erasure named
        await erase(desk, station, "households", station["陈奶奶"])
        assert SECRET not in await everywhere(station)
        zhao.make("resident.stated", {"facts": {"note": SECRET}}, entity=thing)
        await zhao.exchange()
        assert SECRET in await everywhere(station)
    await erase(desk, station, "households", station["陈奶奶"])
    assert SECRET not in await everywhere(station)
    await sound(station)


@pytest.mark.parametrize("of", ["resident", "visit"])
async def test_what_came_late_goes_when_its_time_is_over(station: Station, zhao: Phone, of: str) -> None:
    await late(station, zhao, of)
    await years_pass(station)
    await keep(station, apply=True)
    assert SECRET not in await everywhere(station)
    await sound(station)


@pytest.mark.parametrize("of", ["resident", "visit"])
async def test_what_was_erased_is_erased_again_by_its_old_address(
    station: Station, desk: Desk, zhao: Phone, of: str
) -> None:
    thing, _ = await late(station, zhao, of)
    asked = await desk.get(address(station, f"{of}s", thing))
    assert 'name="sure"' in asked.text, words(asked)
    await erase(desk, station, f"{of}s", thing)
    assert SECRET not in await everywhere(station)
    assert 'name="sure"' not in (await desk.get(address(station, f"{of}s", thing))).text
    await sound(station)


async def test_a_first_download_that_was_read_before_an_erasure_is_made_anew(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasure comes between the reading of a download and its keeping."""
    chen, third = station["陈奶奶"], station["第三网格"]
    zhao.visit(chen, text=SECRET)
    await zhao.exchange()
    writer, thing = station.journal.writer, Thing("household", chen, third, chen)
    went: list[object] = []

    class Late:
        """Whoever keeps the first one comes after the erasure."""

        async def do(self, work: Any) -> Any:
            if not went:
                went.append(await station.journal.erase(thing, station["master"], "asked"))
            return await writer.do(work)

    async with station.db.writing() as db:
        await db.exec_driver_sql("DELETE FROM snapshot")
        await db.exec_driver_sql("DELETE FROM snapshot_part")
    monkeypatch.setattr(station.journal.snapshots, "_writer", Late())
    new = await station.phone("钱进")
    await new.exchange()
    assert went[0] is not None
    parts = [gzip.decompress(bytes(row.data)).decode() for row in await station.rows("SELECT data FROM snapshot_part")]
    assert parts
    assert SECRET not in "".join(parts)
    assert SECRET not in str(new.rows)


async def test_whoever_was_cut_off_before_the_list_lists_the_photos_too(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk was full, or the server died, between the erasure and its line: the next start makes up for it."""
    chen, picture = station["陈奶奶"], jpeg()
    first = zhao.visit(chen, text=SECRET, blobs=[named(picture)])
    await zhao.exchange()
    await bring(zhao, first, picture)

    def full(*_: object) -> int:
        raise OSError(28, "no space left")

    thing = Thing("household", chen, station["第三网格"], chen)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "add_to_list", full)
        with pytest.raises(OSError, match="no space"):
            await station.journal.erase(thing, station["master"], "asked")
    assert read_list(station.settings.erased_list) == []
    await station.journal.stop()
    station.app.state.journal = Journal(station.db, station.settings)
    await station.journal.start()
    (line,) = read_list(station.settings.erased_list)
    assert line.blobs == [named(picture)["sha256"]]
    assert station.journal.erased_again == line.blobs, "and this server's own are removed as it starts"
    assert await station.value("SELECT count(*) FROM erased_blob") == 0
    assert SECRET not in await everywhere(station), "nor does SQLite's log hold a word"
    await sound(station)


@pytest.mark.parametrize("of", ["household", "resident", "visit"])
async def test_why_a_trail_was_taken_out_goes_with_what_it_was_of(
    station: Station, desk: Desk, zhao: Phone, of: str
) -> None:
    chen = station["陈奶奶"]
    ids = {"household": chen, "visit": zhao.visit(chen, text="旧话").header.id}
    ids["resident"] = zhao.make("resident.added", {"household": chen, "facts": {"name": "旧名"}, "tags": []}).header.id
    await zhao.exchange()
    for entity, why in ((ids[of], f"{SECRET}的女儿来要"), (station["马师傅"], "隔壁来要")):
        answer = await desk.post(f"/desk/trail/{entity}/file", {"why": "other", "words": why})
        assert answer.status_code == 200, words(answer)
    assert SECRET in await everywhere(station)
    await erase(desk, station, f"{of}s", ids[of])
    found = await everywhere(station)
    assert SECRET not in found
    assert "隔壁来要" in found
    await sound(station)


@pytest.mark.parametrize("of", ["resident", "visit"])
async def test_what_came_late_goes_once_a_leader_lets_it_lie(
    station: Station, desk: Desk, zhao: Phone, of: str
) -> None:
    """On the phone that wrote it as well; and nobody is told that it could be taken back."""
    _, edit = await late(station, zhao, of)
    place = await station.value(f"SELECT position FROM journal WHERE id = '{edit}'")
    body = {"position": place, "reason": "人都不在了"}
    (receipt,) = await station.journal.commit(
        [Draft("edit.declined", edit, station["第三网格"], station["李网格长"], body)]
    )
    assert receipt.outcome == "accepted"
    assert SECRET not in await everywhere(station)
    assert read_list(station.settings.erased_list)[-1].body["edits"] == [edit]
    again = await station.phone("钱进")
    await again.exchange()
    told = [row["row"]["edits"] for (kind, _), row in again.rows.items() if kind == "erasure" and row["row"]]
    assert [edit] in told
    assert (await desk.get("/desk/conflicts")).status_code == 200
    back = await desk.post(f"/desk/conflicts/decisions/{receipt.id}/undoing", {})
    assert back.status_code in (303, 409)
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'edit.reopened'") == 0
    await sound(station)


async def test_what_was_declined_for_another_reason_keeps_its_words(station: Station) -> None:
    stranger = await station.phone("孙立", "第四网格")
    lost = stranger.visit(station["陈奶奶"], text="走错了格").header.id
    await stranger.exchange()
    place = await station.value(f"SELECT position FROM journal WHERE id = '{lost}'")
    body = {"position": place, "reason": "记错门了"}
    await station.journal.commit([Draft("edit.declined", lost, station["第四网格"], station["master"], body)])
    assert await station.value(f"SELECT count(*) FROM journal WHERE id = '{lost}' AND body IS NOT NULL") == 1
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'words.erased'") == 0
