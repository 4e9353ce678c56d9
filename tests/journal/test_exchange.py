"""What a phone and the server say to each other on good and on bad days."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from uuid_utils import uuid7

from server.journal import Draft, snapshots
from server.journal.batch import Batch
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def test_a_visit_reaches_the_desk_and_comes_back_as_a_row(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    visit = zhao.visit(station["陈奶奶"], text="厕所灯坏三天，不敢换。𠮷", care="watch", follow_up_on="2027-01-20")
    reply = await zhao.exchange()
    assert [outcome["outcome"] for outcome in reply["outcomes"]] == ["accepted"]
    assert reply["outcomes"][0]["position"] == reply["size"] - 1
    row = zhao.row("visit", visit.header.id)
    assert row["text"] == "厕所灯坏三天，不敢换。𠮷"
    assert row["by"] == "赵敏"
    assert "revision" not in row
    door = zhao.row("door", station["陈奶奶"])
    assert door == {
        "id": station["陈奶奶"],
        "contact_ms": zhao.clock_ms,
        "knock_ms": zhao.clock_ms,
        "knock_result": "met",
        "care": "watch",
        "care_ms": zhao.clock_ms,
        "promise_on": "2027-01-20",
        "promise_ms": zhao.clock_ms,
    }
    assert await station.value("SELECT words FROM visit") == "厕所灯坏三天，不敢换。𠮷"
    assert await station.refolds()


async def test_syncing_again_changes_nothing(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    await zhao.exchange()
    size = await station.journal.size()
    rows = dict(zhao.rows)
    reply = await zhao.exchange()
    assert reply["rows"] == []
    assert reply["outcomes"] == []
    assert not reply["more"]
    assert await station.journal.size() == size
    assert zhao.rows == rows


async def test_a_lost_reply_costs_nothing(station: Station, zhao: Phone) -> None:
    edits = [zhao.visit(station["陈奶奶"]), zhao.visit(station["马师傅"], "no_answer")]
    request = zhao.request()
    first = (await zhao.send(request)).json()
    again = (await zhao.send(request)).json()
    assert again["outcomes"] == first["outcomes"]
    assert again["chain"] == first["chain"]
    assert len(first["outcomes"]) == len(edits)
    assert await station.value("SELECT count(*) FROM visit") == 2
    assert await station.refolds()


async def test_a_batch_cut_short_goes_on_where_it_stopped(station: Station, zhao: Phone) -> None:
    for _ in range(5):
        zhao.visit(station["陈奶奶"])
    await zhao.exchange(zhao.made[:2])
    assert zhao.acknowledged == 2
    reply = await zhao.exchange()
    assert [outcome["n"] for outcome in reply["outcomes"]] == [3, 4, 5]
    # A retry that overlaps what is known brings the stored outcomes and the new ones.
    zhao.visit(station["马师傅"])
    reply = await zhao.exchange(zhao.made[3:])
    assert [outcome["n"] for outcome in reply["outcomes"]] == [4, 5, 6]
    assert {outcome["outcome"] for outcome in reply["outcomes"]} == {"accepted"}
    assert await station.value("SELECT count(*) FROM visit") == 6


async def test_requests_that_overtake_each_other_are_told_what_is_missing(station: Station, zhao: Phone) -> None:
    first, second = zhao.visit(station["陈奶奶"]), zhao.visit(station["马师傅"])
    late, early = zhao.request([second]), zhao.request([first])
    response = await zhao.send(late)
    assert response.status_code == 409
    assert response.json()["problem"]["code"] == "chain_gap"
    assert response.json()["problem"]["expected"] == 1
    assert (await zhao.send(early)).json()["chain"]["n"] == 1
    assert (await zhao.send(late)).json()["chain"]["n"] == 2
    assert (await zhao.send(early)).json()["outcomes"][0]["outcome"] == "accepted"
    assert await station.refolds()


async def test_two_tabs_push_the_same_edits_at_once(station: Station, zhao: Phone) -> None:
    for _ in range(20):
        zhao.visit(station["陈奶奶"])
    replies = await asyncio.gather(*(zhao.send(zhao.request()) for _ in range(6)))
    told = [response.json()["outcomes"] for response in replies]
    assert all(each == told[0] for each in told)
    assert len({outcome["position"] for outcome in told[0]}) == 20
    assert await station.value("SELECT count(*) FROM visit") == 20
    assert await station.refolds()


async def test_positions_have_no_gaps_however_many_push_at_once(station: Station) -> None:
    phones = [await station.phone("赵敏") for _ in range(6)]
    before = await station.journal.size()
    for phone in phones:
        for _ in range(7):
            phone.visit(station["陈奶奶"])

    async def send(phone: Phone) -> None:
        for start in (0, 3, 5):
            end = {0: 3, 3: 5, 5: 7}[start]
            station.now_ms -= 1000  # a clock set back does not take receipts back
            response = await phone.send(phone.request(phone.made[start:end]))
            assert response.status_code == 200, response.text

    await asyncio.gather(*(send(phone) for phone in phones))
    rows = await station.rows("SELECT position, received_ms FROM journal ORDER BY position")
    assert [row[0] for row in rows] == list(range(before + 42))
    received = [row[1] for row in rows]
    assert received == sorted(received)
    assert await station.refolds()


async def test_a_failing_push_does_not_fail_its_neighbours(station: Station, zhao: Phone, qian: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    qian.visit(station["马师傅"])
    gap = qian.visit(station["马师傅"])
    good, bad = await asyncio.gather(zhao.send(zhao.request()), qian.send(qian.request([gap])))
    assert (good.status_code, bad.status_code) == (200, 409)


async def test_one_that_breaks_the_transaction_fails_alone(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])

    def broken(_batch: Any) -> None:
        raise RuntimeError("a disk that sulks")

    breaking = asyncio.ensure_future(station.journal.writer.do(broken))
    good = await zhao.send(zhao.request())
    with pytest.raises(RuntimeError, match="sulks"):
        await breaking
    assert good.status_code == 200
    assert await station.value("SELECT count(*) FROM visit") == 1


async def test_nobody_is_answered_before_the_commit(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhao.visit(station["陈奶奶"])
    request = zhao.request()

    def sulk(_batch: Batch) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as full:
        full.setattr(Batch, "write", sulk)
        with pytest.raises(OSError, match="no space"):
            await zhao.send(request)
    assert await station.value("SELECT count(*) FROM visit") == 0
    reply = (await zhao.send(request)).json()
    assert reply["outcomes"][0]["outcome"] == "accepted"
    assert await station.refolds()


async def test_a_phone_waits_while_a_page_writes_and_the_loop_goes_on(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    async with station.db.writing() as page:
        await page.execute(text("UPDATE session SET last_ms = last_ms"))
        sending = asyncio.ensure_future(zhao.send(zhao.request()))
        # The page's own answers come through the loop: were the phone waited for in it, neither would ever end.
        for _ in range(20):
            await page.execute(text("UPDATE session SET last_ms = last_ms"))
    assert (await sending).status_code == 200
    assert await station.refolds()


async def test_headers_of_a_reply_are_strict_and_short(station: Station, zhao: Phone) -> None:
    answer = await zhao.send(zhao.request())
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers.raw) < 450


async def test_whoever_watches_a_server_that_was_moved_away_from_is_told(station: Station, zhao: Phone) -> None:
    assert (await station.http.get("/health")).text == "ok\n"
    move = "UPDATE journal_head SET moved_to = 'postgresql+asyncpg://db/sifang'"
    await station.journal.transactions.write(lambda store: store.run(move))
    answer = await station.http.get("/health")
    assert answer.status_code == 503
    assert answer.text.startswith("moved: set SIFANG_DATABASE_URL")
    assert "db/sifang" not in answer.text, "anybody may ask"
    zhao.visit(station["陈奶奶"])
    assert (await zhao.send(zhao.request())).json()["problem"]["code"] == "moved"


async def test_a_desk_and_a_phone_share_one_order(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    stated = {"facts": {"note": "站长记: 有狗"}}
    draft = Draft("household.stated", station["陈奶奶"], station["第三网格"], station["master"], stated)
    reply, receipts = await asyncio.gather(zhao.send(zhao.request()), station.journal.commit([draft]))
    positions = {reply.json()["outcomes"][0]["position"], receipts[0].position}
    assert positions == {await station.journal.size() - 2, await station.journal.size() - 1}


async def test_a_draft_with_an_id_is_committed_once(station: Station) -> None:
    home = {"building": station["3幢"], "room": "504", "kind": "home", "facts": {}}
    id_ = str(uuid7())
    draft = Draft("household.added", id_, station["第三网格"], station["master"], home, id=id_)
    first, again = await station.journal.commit([draft, draft])
    both = await asyncio.gather(station.journal.commit([draft]), station.journal.commit([draft]))
    assert first == again == both[0][0] == both[1][0]
    assert await station.value("SELECT count(*) FROM household") == 4


async def test_drafts_of_one_call_build_on_each_other(station: Station) -> None:
    grid, master, building, home = station["第三网格"], station["master"], str(uuid7()), str(uuid7())
    bungalow = {"building": building, "room": "7号", "kind": "bungalow", "facts": {}}
    receipts = await station.journal.commit(
        [
            Draft("building.added", building, grid, master, {"quarters": "槐安小区", "name": "平房", "sort": 9}),
            Draft("household.added", home, grid, master, bungalow),
            Draft("household.stated", home, grid, master, {"facts": {"contact": "李\u0000姐\ud800\u202e"}}),
        ]
    )
    assert [receipt.outcome for receipt in receipts] == ["accepted"] * 3
    assert await station.value(f"SELECT contact FROM household WHERE id = '{home}'") == "李姐\u202e"
    assert await station.refolds()


async def test_listeners_hear_of_each_commit(station: Station, zhao: Phone) -> None:
    sizes = aiter(station.journal.subscribe())
    first = asyncio.ensure_future(anext(sizes))
    await asyncio.sleep(0)
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    assert await asyncio.wait_for(first, 5) == await station.journal.size()


async def test_a_server_clock_set_back_locks_nobody_out(station: Station, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    station.now_ms -= 3 * 24 * 3600 * 1000
    for door in ("陈奶奶", "马师傅"):
        zhao.visit(station[door])
        response = await zhao.send(zhao.request())
        assert response.status_code == 200, response.text
        await zhao.take(response.json())
    # A process that begins now knows the floor from the database alone.
    station.journal.nonce_floors_ms.clear()
    zhao.nonce = ""
    zhao.visit(station["陈奶奶"])
    assert len((await zhao.exchange())["outcomes"]) == 1
    assert await station.refolds()


async def test_a_first_download_goes_out_while_many_write(
    station: Station, zhao: Phone, qian: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The snapshot is outdated the moment it is made: it is offered all the same."""
    monkeypatch.setattr(snapshots, "STALE_ROWS", -1)
    zhao.visit(station["陈奶奶"], text="灯坏了")
    await zhao.exchange()
    await qian.exchange()
    assert ("visit", zhao.made[0].header.id) in qian.rows


async def test_how_phones_fare_waits_no_longer_when_the_journal_is_closed(station: Station, zhao: Phone) -> None:
    def waiting() -> bool:
        return any("Healths._later" in repr(task.get_coro()) for task in asyncio.all_tasks())

    await zhao.exchange()
    assert waiting()
    await station.journal.healths.stop()
    assert not waiting()
