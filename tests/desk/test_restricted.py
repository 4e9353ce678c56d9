"""Restricted tags: off unless the station says why, seen by few, for a while, never without a trace, on no phone."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from httpx import Response

from server.journal import Draft
from server.restricted.pages import TAGS
from tests.desk.conftest import MINUTE_MS, Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

WORDS = ("精神障碍", "社区矫正", "刑满释放", *TAGS)


async def resident(station: Station, name: str = "陈女士") -> str:
    """Somebody at 陈奶奶's."""
    who = {"household": station["陈奶奶"], "facts": {"name": name}, "tags": ["disabled"]}
    return await station.add(name, "resident.added", who, station["第三网格"])


async def switched_on(desk: Desk) -> None:
    said = {"on": "yes", "reason": "区里要求上门随访", "law": "精神卫生法第五十五条"}
    answer = await desk.post("/desk/restricted", said)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/restricted?done=on")


def at(station: Station, base: str = "/desk/restricted") -> str:
    return f"{base}/{station['第三网格']}/{station['陈奶奶']}"


async def looking(desk: Desk, station: Station, base: str = "/desk/restricted", **said: str) -> str:
    """Say why; returns the address of what is shown then."""
    answer = await desk.post(f"{at(station, base)}/looks", {"why": "visit_ahead", **said})
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"])


async def tagged(desk: Desk, station: Station, who: str, *tags: str) -> Response:
    return await desk.post(f"{await looking(desk, station)}/tags", {"resident": who, "tags": list(tags)})


async def journaled(station: Station, kind: str) -> list[dict[str, Any]]:
    rows = await station.rows(f"SELECT body FROM journal WHERE kind = '{kind}' ORDER BY position")
    return [json.loads(bytes(row.body)) for row in rows]


async def test_they_are_off_until_the_station_master_says_why_and_by_which_law(desk: Desk, station: Station) -> None:
    await resident(station)
    assert (await desk.get(at(station))).status_code == 404
    assert "本社区不记受限标签" in words(await desk.get("/desk/restricted"))
    lacking = await desk.post("/desk/restricted", {"on": "yes", "reason": "区里要求", "law": ""})
    assert lacking.status_code == 422
    assert "写上依据的法律" in words(lacking)
    assert 'value="区里要求"' in lacking.text, "what was typed is still there"
    await switched_on(desk)
    shown = words(await desk.get("/desk/restricted?done=on"))
    assert "本社区记受限标签" in shown
    assert "精神卫生法第五十五条" in shown
    assert (await desk.get(at(station))).status_code == 200
    assert await station.refolds()


async def test_a_leader_and_an_administrator_cannot_switch_them(leader: Desk, station: Station) -> None:
    said = {"on": "yes", "reason": "想看", "law": "无"}
    assert (await leader.post("/desk/restricted", said)).status_code == 404
    await station.add(
        "周管理", "person.added", {"name": "周管理", "role": "admin", "community": station["community"], "grids": []}
    )
    admin = await sign_in(station, "周管理")
    assert (await admin.get("/desk/restricted")).status_code == 404
    assert await journaled(station, "community.restricted") == []


async def test_a_look_is_journaled_before_anything_is_shown_and_ends(desk: Desk, station: Station) -> None:
    who = await resident(station)
    await switched_on(desk)
    assert (await desk.post(f"{at(station)}/looks", {"why": "curious"})).status_code == 422
    assert (await desk.post(f"{at(station)}/looks", {"why": "other"})).status_code == 422, "other needs words"
    assert await journaled(station, "restricted.viewed") == []
    assert (await tagged(desk, station, who, "mental_illness")).status_code == 303
    place = await looking(desk, station, why="other", words="陪去医院")
    seen = await desk.get(place)
    assert "精神障碍" in words(seen)
    assert seen.headers["cache-control"] == "no-store"
    assert seen.headers["refresh"] == f"300; url={at(station)}?over=1"
    assert (await journaled(station, "restricted.viewed"))[-1] == {
        "household": station["陈奶奶"],
        "why": "other",
        "words": "陪去医院",
    }
    headers = await station.rows(
        "SELECT header FROM journal WHERE kind IN ('restricted.viewed', 'resident.restricted')"
    )
    for row in headers:
        assert who not in bytes(row.header).decode(), "no header says whom it is about"
        assert station["陈奶奶"] not in bytes(row.header).decode()
    station.now_ms += 5 * MINUTE_MS
    over = await desk.get(place)
    assert (over.status_code, over.headers["location"]) == (303, f"{at(station)}?over=1")
    assert "看的时间到了" in words(await desk.get(f"{at(station)}?over=1"))
    assert await station.refolds()


async def test_nobody_looks_by_another_s_reason_or_at_another_home(desk: Desk, leader: Desk, station: Station) -> None:
    await resident(station)
    await switched_on(desk)
    place = await looking(desk, station)
    assert (await leader.get(place)).status_code == 303, "the leader says why for themselves"
    other = place.replace(station["陈奶奶"], station["马师傅"])
    assert (await desk.get(other)).status_code == 303
    fourth = f"/desk/restricted/{station['第四网格']}/{station['吴大爷']}"
    assert (await leader.get(fourth)).status_code == 404, "another grid's"
    assert (await desk.get(fourth)).status_code == 200


async def test_the_grid_s_worker_sees_them_online_alone_and_cannot_change_them(desk: Desk, station: Station) -> None:
    who = await resident(station)
    await switched_on(desk)
    await tagged(desk, station, who, "released")
    zhao, sun = await sign_in(station, "赵敏"), await sign_in(station, "孙立")
    assert (await sun.get(at(station, "/restricted"))).status_code == 404, "not of this grid"
    assert (await zhao.get(at(station))).status_code in (401, 404), "the desk is not theirs"
    place = await looking(zhao, station, "/restricted")
    seen = await zhao.get(place)
    assert "刑满释放" in words(seen)
    assert "/tags" not in seen.text
    assert seen.headers["cache-control"] == "no-store"
    assert (await zhao.post(f"{place}/tags", {"resident": who})).status_code == 404
    looks = await station.rows("SELECT by_name, role, what, why FROM access_record ORDER BY at_ms, id")
    assert [tuple(row) for row in looks] == [
        ("王站长", "station_master", "restricted", "visit_ahead"),
        ("赵敏", "grid_worker", "restricted", "visit_ahead"),
    ]


async def everything_sent(phone: Phone, station: Station) -> str:
    """All that a phone is sent: replies, first downloads, its own chain left aside."""
    reply = await phone.exchange()
    parts = [json.dumps(reply, ensure_ascii=False)]
    for scope in reply["scopes"]:
        for part in scope.get("snapshot", {}).get("parts", ()):
            answer = await station.http.get(part["at"], headers={"Authorization": f"Sifang-Part {part['key']}"})
            parts.append(answer.text)
    return "\n".join(parts)


async def test_no_phone_no_feed_no_download_no_search_no_list_holds_them(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    who = await resident(station)
    await switched_on(desk)
    await tagged(desk, station, who, *TAGS)
    sent = await everything_sent(zhao, station)
    assert "disabled" in sent
    for word in WORDS:
        assert word not in sent
    assert '"restricted":true' in sent.replace(": ", ":"), "that they are kept here is told, not what they say"
    raw = b"".join(bytes(row.data or b"") for row in await station.rows("SELECT data FROM feed")).decode()
    parts = await station.rows("SELECT data FROM snapshot_part")
    raw += "".join(gzip.decompress(bytes(row.data)).decode() for row in parts)
    assert parts
    pages = [f"/desk/households/{station['第三网格']}/{station['陈奶奶']}", "/desk/boards", "/desk/conflicts"]
    pages += ["/desk/visits?q=精神障碍", "/desk/visits?q=mental_illness"]
    for word in WORDS:
        assert word not in raw
        for page in pages:
            shown = (await desk.get(page)).text
            for echoed in (f'value="{word}"', f"q={word}", f"q%3D{word}"):
                shown = shown.replace(echoed, "")
            assert word not in shown, (page, word)


async def test_a_word_from_an_older_phone_waits_for_a_person_and_is_shown_to_nobody(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    who = await resident(station)
    edit = zhao.make("resident.tagged", {"add": ["veteran", "mental_illness"]}, entity=who)
    await zhao.exchange()
    assert zhao.outcomes[edit.header.n]["reason"] == "unknown_tag"
    page = words(await desk.get("/desk/conflicts"))
    assert "mental_illness" not in page
    assert "精神障碍" not in page
    place = (await station.rows(f"SELECT position FROM journal WHERE id = '{edit.header.id}'"))[0].position
    draft = Draft("edit.released", edit.header.id, station["第三网格"], station["master"], {"position": place})
    (receipt,) = await station.journal.commit([draft])
    assert receipt.outcome == "accepted"
    assert json.loads(await station.value(f"SELECT tags FROM resident WHERE id = '{who}'")).keys() == {
        "disabled",
        "veteran",
    }
    assert await station.refolds()


async def test_what_older_rules_took_is_kept_in_the_journal_and_sent_to_nobody(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    """An installation of rules 3 took any word for a tag and sent it to every phone of the grid."""
    who = await resident(station)
    await zhao.exchange()
    before = zhao.scopes[f"grid:{station['第三网格']}"]["generation"]
    edit = zhao.make("resident.tagged", {"add": ["mental_illness", "veteran"]}, entity=who)
    await zhao.exchange()
    old = json.dumps({"id": who, "household": station["陈奶奶"], "tags": {"mental_illness": [edit.header.id]}})
    async with station.db.writing() as db:
        from sqlalchemy import text

        await db.execute(text(f"UPDATE journal SET outcome = 'accepted', reason = NULL WHERE id = '{edit.header.id}'"))
        told = {"data": old.encode(), "id": who}
        await db.execute(text("UPDATE feed SET data = :data WHERE id = :id AND kind = 'resident'"), told)
        await db.execute(text("UPDATE journal_head SET rules = 3"))
    from server.journal import Journal

    journal = Journal(station.db, station.settings)
    begun = await journal.start()
    await journal.stop()
    assert begun.rebuilt is not None
    assert begun.rebuilt.trouble == []
    sent = await everything_sent(zhao, station)
    assert "mental_illness" not in sent
    assert "veteran" in sent
    after = next(each for each in (await zhao.exchange())["scopes"] if each["scope"].startswith("grid:"))
    assert after["generation"] == before + 1, "the grid is sent again, whole"
    assert await station.refolds()


async def test_they_move_with_their_building_and_are_gone_from_view_when_switched_off(
    desk: Desk, station: Station
) -> None:
    who = await resident(station)
    await switched_on(desk)
    await tagged(desk, station, who, "released")
    moved = Draft("building.moved", station["3幢"], station["第三网格"], station["master"], {"to": station["第四网格"]})
    await station.journal.commit([moved])
    assert await station.value("SELECT grid FROM restricted_tag") == station["第四网格"]
    place = f"/desk/restricted/{station['第四网格']}/{station['陈奶奶']}"
    answer = await desk.post(f"{place}/looks", {"why": "entry_checked"})
    assert "刑满释放" in words(await desk.get(answer.headers["location"]))
    off = await desk.post("/desk/restricted", {"on": "no", "reason": "不再需要"})
    assert off.headers["location"] == "/desk/restricted?done=off"
    assert (await desk.get(answer.headers["location"])).status_code == 404
    assert await station.refolds()
