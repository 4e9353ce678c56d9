"""What phones fetch: rows since their cursor, whole positions, whole scopes when what they may see has changed."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from typing import Any

import pytest
from httpx import Response

from server.journal import pull
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def asked(station: Station, told: dict[str, Any]) -> Response:
    """A part of a first download, asked for by its key."""
    return await station.http.get(told["at"], headers={"Authorization": f"Sifang-Part {told['key']}"})


async def test_a_new_phone_is_offered_a_snapshot_by_building(station: Station, zhao: Phone) -> None:
    zhao.visit(station["马师傅"], text="旧事", occurred_at_ms=station.now_ms - 400 * 24 * 3600 * 1000)
    zhao.visit(station["陈奶奶"], text="很久以前", occurred_at_ms=station.now_ms - 400 * 24 * 3600 * 1000)
    zhao.visit(station["陈奶奶"], text="今天")
    reply = (await zhao.send(zhao.request())).json()
    assert reply["rows"] == []
    (scope,) = reply["scopes"]
    assert scope["scope"] == f"grid:{station['第三网格']}"
    assert scope["name"] == "第三网格"
    snapshot = scope["snapshot"]
    assert scope["cursor"] == snapshot["cursor"] == reply["size"] - 1
    parts = []
    for told in snapshot["parts"]:
        own = {"Authorization": f"Sifang-Part {told['key']}"}
        async with station.http.stream("GET", told["at"], headers=own) as response:
            raw = b"".join([chunk async for chunk in response.aiter_raw()])
        text = gzip.decompress(raw)
        assert response.headers["content-encoding"] == "gzip"
        assert (len(raw), hashlib.sha256(text).hexdigest()) == (told["bytes"], told["sha256"])
        part = json.loads(text)
        assert (part["scope"], part["cursor"], len(part["rows"])) == (scope["scope"], scope["cursor"], told["rows"])
        parts.append(part["rows"])
    assert [row["k"] for row in parts[0]] == ["grid", "building"]
    assert parts[0][0]["row"] == {
        "id": station["第三网格"],
        "name": "第三网格",
        "community": station["community"],
        "community_name": "榆桥社区",
        "utc_offset_min": 480,
    }
    assert sorted({row["k"] for row in parts[1]}) == ["door", "household", "visit"]
    # Ninety days, and the newest of each door however old.
    assert {row["row"]["text"] for row in parts[1] if row["k"] == "visit"} == {"今天", "旧事"}
    assert sum(len(rows) for rows in parts) == snapshot["rows"]


async def test_no_browser_keeps_a_part_beside_the_vault(station: Station, zhao: Phone) -> None:
    (scope,) = (await zhao.send(zhao.request())).json()["scopes"]
    for told in scope["snapshot"]["parts"]:
        assert (await asked(station, told)).headers["cache-control"] == "no-store"


async def test_the_newest_visit_of_a_door_comes_when_a_newer_one_was_another_doors(
    station: Station, zhao: Phone, qian: Phone
) -> None:
    long_ago = station.now_ms - 400 * 24 * 3600 * 1000
    old = zhao.visit(station["陈奶奶"], text="旧事", occurred_at_ms=long_ago).header.id
    mistaken = zhao.visit(station["陈奶奶"], text="记错门了").header.id
    await zhao.exchange()
    await qian.exchange()
    assert ("visit", mistaken) in qian.rows
    assert ("visit", old) not in qian.rows
    told = {"household": station["马师傅"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    zhao.make("visit.corrected", told, entity=mistaken, over={"revision": [mistaken]})
    await zhao.exchange()
    await qian.exchange()
    assert qian.rows["visit", old]["row"]["text"] == "旧事"
    assert await station.refolds()


async def test_a_download_cut_off_goes_on_with_the_missing_parts(station: Station, zhao: Phone) -> None:
    first = (await zhao.send(zhao.request())).json()["scopes"][0]["snapshot"]
    station.now_ms += 60_000
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    zhao.scopes.clear()
    again = (await zhao.send(zhao.request())).json()["scopes"][0]["snapshot"]
    assert again == first
    for part in again["parts"]:
        await zhao.fetch(part)
    # What changed since the snapshot comes by rows after it.
    scope = {"scope": f"grid:{station['第三网格']}", "generation": 1, "cursor": again["cursor"]}
    reply = (await zhao.send(zhao.request(scopes=[scope]))).json()
    assert {row["k"] for row in reply["rows"]} == {"visit", "door"}


async def test_a_snapshot_that_is_gone_says_so(station: Station, zhao: Phone) -> None:
    (scope,) = (await zhao.send(zhao.request())).json()["scopes"]
    told = scope["snapshot"]["parts"][0]
    tampered = await asked(station, {**told, "key": told["key"][:-3] + "abc"})
    assert (tampered.status_code, tampered.json()["problem"]["code"]) == (410, "snapshot_gone")
    for wrong in ({}, {"Authorization": told["key"]}):
        assert (await station.http.get(told["at"], headers=wrong)).status_code == 410
    assert (await asked(station, told)).status_code == 200
    station.now_ms += 3 * 24 * 3600 * 1000
    assert (await asked(station, told)).status_code == 410


async def test_the_key_of_a_part_stands_in_no_address(station: Station, zhao: Phone) -> None:
    (scope,) = (await zhao.send(zhao.request())).json()["scopes"]
    told = scope["snapshot"]["parts"][0]
    assert set(told) == {"at", "key", "bytes", "rows", "sha256"}
    assert told["key"] not in told["at"]
    for address in (f"/sync/snapshots/{told['key']}", f"{told['at']}?key={told['key']}"):
        assert (await station.http.get(address)).status_code in (404, 410)


async def test_a_snapshot_left_far_behind_is_made_anew(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.journal.snapshots.STALE_ROWS", 3)
    first = (await zhao.send(zhao.request())).json()["scopes"][0]["snapshot"]
    for _ in range(6):
        zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    zhao.scopes.clear()
    second = (await zhao.send(zhao.request())).json()["scopes"][0]["snapshot"]
    assert second["cursor"] > first["cursor"]
    # Whoever began with the old one can finish it, for two days.
    assert (await asked(station, first["parts"][0])).status_code == 200


async def test_another_generation_sends_the_scope_whole(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    assert "snapshot" not in (await zhao.exchange())["scopes"][0]
    await station.journal.bump_generation(f"grid:{station['第三网格']}")
    (scope,) = (await zhao.exchange())["scopes"]
    assert scope["generation"] == 2
    assert scope["snapshot"]["rows"] > 3
    assert "snapshot" not in (await zhao.exchange())["scopes"][0]


@pytest.mark.parametrize("cursor", [10_000_000, -2])
async def test_a_cursor_the_server_never_gave_sends_the_scope_whole(station: Station, zhao: Phone, cursor: int) -> None:
    await zhao.exchange()
    scope = {**next(iter(zhao.scopes.values())), "cursor": cursor}
    reply = (await zhao.send(zhao.request(scopes=[scope]))).json()
    assert "snapshot" in reply["scopes"][0]


async def test_a_grid_that_is_not_ones_own_is_gone(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    mine = next(iter(zhao.scopes.values()))
    theirs = {**mine, "scope": f"grid:{station['第四网格']}", "cursor": -1}
    reply = (await zhao.send(zhao.request(scopes=[mine, theirs]))).json()
    assert reply["gone"] == [theirs["scope"]]
    assert reply["rows"] == []
    assert [scope["scope"] for scope in reply["scopes"]] == [mine["scope"]]


async def _all_pages(station: Station, zhao: Phone, cursor: int) -> list[dict[str, Any]]:
    scope = {"scope": f"grid:{station['第三网格']}", "generation": 1, "cursor": cursor}
    pages = []
    while True:
        reply = (await zhao.send(zhao.request(edits=[], scopes=[scope]))).json()
        pages.append(reply)
        assert len(pages) < 100
        scope["cursor"] = reply["scopes"][0]["cursor"]
        if not reply["more"]:
            return pages


@pytest.mark.parametrize("rows_a_page", [1, 2, 3, 7])
async def test_a_position_is_never_split(
    station: Station, zhao: Phone, monkeypatch: pytest.MonkeyPatch, rows_a_page: int
) -> None:
    monkeypatch.setattr(pull, "PAGE_ROWS", rows_a_page)
    doors = [station[name] for name in ("陈奶奶", "马师傅", "空房")]
    for n in range(9):
        zhao.visit(doors[n % 3])
    for n in range(3):
        zhao.visit(doors[n])
    await zhao.exchange()
    pages = await _all_pages(station, zhao, -1)
    seen: set[int] = set()
    for page in pages:
        revs = {row["rev"] for row in page["rows"]}
        assert not revs & seen
        assert revs or page is pages[-1]
        seen |= revs
        assert max(revs, default=0) <= page["scopes"][0]["cursor"]
    assert pages[-1]["scopes"][0]["cursor"] == pages[-1]["size"] - 1
    rows = [row for page in pages for row in page["rows"]]
    assert [row["rev"] for row in rows] == sorted(row["rev"] for row in rows)
    assert len(rows) == await station.value(f"SELECT count(*) FROM feed WHERE scope = 'grid:{station['第三网格']}'")
    assert len({(row["k"], row["id"]) for row in rows}) == len(rows)


async def test_the_cursor_moves_past_edits_that_made_no_rows(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    zhao.make("visit.danced", {"with": "everybody"})
    reply = await zhao.exchange()
    assert reply["rows"] == []
    # So that the phone can drop what it laid over its rows.
    assert reply["scopes"][0]["cursor"] >= reply["outcomes"][0]["position"]


async def test_two_phones_of_one_grid_end_up_alike(station: Station, zhao: Phone, qian: Phone) -> None:
    await zhao.exchange()
    await qian.exchange()
    zhao.visit(station["陈奶奶"], text="赵: 在家")
    qian.visit(station["陈奶奶"], "no_answer", text="钱: 没人")
    qian.visit(station["马师傅"], text="钱: 修车")
    for phone in (zhao, qian, zhao, qian):
        await phone.exchange()
    assert zhao.rows == qian.rows
    assert await station.value("SELECT count(*) FROM visit") == 3


async def test_nothing_new_is_said_briefly(station: Station, zhao: Phone) -> None:
    # What is said of the log is said: a checkpoint would be news.
    await station.journal.checkpoints.covering(await station.journal.size())
    await zhao.exchange()
    async with station.http.stream("POST", "/sync/exchange", content=json.dumps(zhao.request()).encode()) as response:
        raw = b"".join([chunk async for chunk in response.aiter_raw()])
    assert len(raw) <= 350


async def test_a_days_work_goes_up_in_one_small_request(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    for n in range(50):
        zhao.visit(station["陈奶奶"], text=f"第{n}户,老人身体都好,楼道灯已报修,周五再来看。")
    compact = json.dumps(zhao.request(), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(gzip.compress(compact)) <= 15_000


async def test_a_push_is_answered_with_the_rows_a_pull_would_bring(station: Station, zhao: Phone, qian: Phone) -> None:
    for phone in (zhao, qian):
        await phone.exchange()
    before = list(zhao.scopes.values())
    for phone in (zhao, qian):
        for name in ("陈奶奶", "马师傅", "陈奶奶"):
            phone.visit(station[name], text=f"{phone.grid} {name}")
    # Together they may share a transaction; one after the other, the second lacks what the first brought.
    answers = await asyncio.gather(zhao.send(zhao.request()), qian.send(qian.request()))
    first, last = sorted((answer.json() for answer in answers), key=lambda reply: int(reply["size"]))
    pulled = (await zhao.send(zhao.request([], scopes=before))).json()
    assert (last["rows"], last["scopes"]) == (pulled["rows"], pulled["scopes"])
    assert [row["k"] for row in last["rows"]].count("visit") == 6
    assert {row["id"] for row in last["rows"] if row["k"] == "door"} == {station["陈奶奶"], station["马师傅"]}
    (scope,) = first["scopes"]
    visits = [row for row in pulled["rows"] if row["k"] == "visit" and row["rev"] <= scope["cursor"]]
    assert [row for row in first["rows"] if row["k"] == "visit"] == visits
