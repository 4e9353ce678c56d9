"""What a station master erases is nowhere any more: not in the tables, not in a byte of the file, and it does not come
back; that it existed stays, and everything still verifies."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from server import schema
from server.blobs import Blobs
from server.journal import Draft, journal, log_id, rebuild
from server.journal.audit import audit_report
from server.journal.erased_list import read_list
from sync.edit import b64u
from tests.blobs.pictures import jpeg
from tests.blobs.test_sending import bring, named
from tests.desk.conftest import Desk, sign_in, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

SECRET = "隐语"
"""Stands in every word that is to go."""


def address(station: Station, what: str, id_: str) -> str:
    return f"/desk/erasures/{what}/{station['第三网格']}/{id_}"


async def erase(desk: Desk, station: Station, what: str, id_: str, **said: str) -> None:
    answer = await desk.post(address(station, what, id_), {"why": "asked", "sure": "清除", **said})
    assert answer.status_code == 303, words(answer)


async def everywhere(station: Station) -> str:
    """Every byte of SQLite's file and its log; on PostgreSQL every row of every table."""
    if station.db.sqlite:
        file = make_url(station.db.url).database or ""
        found = [await asyncio.to_thread(Path(f"{file}{end}").read_bytes) for end in ("", "-wal")]
        return b"\n".join(found).decode(errors="replace")
    rows: list[str] = []
    for table in schema.metadata.tables:
        for row in await station.rows(f'SELECT * FROM "{table}"'):
            rows += [bytes(each).decode(errors="replace") if isinstance(each, bytes) else str(each) for each in row]
    return "\n".join(rows)


async def sound(station: Station) -> None:
    """The audit finds nothing wrong, tables included."""
    report = await audit_report(station.journal, [])
    assert report.found == []
    assert await station.refolds()


async def lived_in(station: Station, zhao: Phone, qian: Phone) -> dict[str, str]:
    """Much is written of Auntie Chen's home, by several, in every way there is; ids by name."""
    chen, third, fourth, master = (station[name] for name in ("陈奶奶", "第三网格", "第四网格", "master"))
    on = {"on": True, "reason": "帮扶", "law": "某法"}
    await station.journal.commit([Draft("community.restricted", station["community"], None, master, on)])
    ids = {
        "resident": zhao.make("resident.added", {"household": chen, "facts": {"name": SECRET}, "tags": []}).header.id
    }
    person = ids["resident"]
    zhao.make("resident.stated", {"facts": {"note": f"{SECRET}一"}}, entity=person)
    zhao.make("resident.tagged", {"add": ["elder_alone"]}, entity=person)
    zhao.make("household.stated", {"facts": {"note": f"{SECRET}二", "phone": SECRET}}, entity=chen)
    zhao.make(
        "household.stated", {"facts": {"note": f"{SECRET}三"}}, entity=chen, over={"note": [zhao.made[-1].header.id]}
    )
    picture = jpeg()
    first = zhao.visit(chen, text=f"{SECRET}四" * 2000, blobs=[named(picture)])
    ids["visit"] = first.header.id
    again = {"household": chen, "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    zhao.make(
        "visit.corrected", {**again, "text": f"{SECRET}五"}, entity=first.header.id, over={"revision": [ids["visit"]]}
    )
    await zhao.exchange()
    await bring(zhao, first, picture)
    ids["photo"] = named(picture)["sha256"]
    ids["beside"] = qian.visit(station["马师傅"], text="隔壁的话").header.id
    ids["moved"] = qian.visit(chen, text="原来以为是这家").header.id
    ids["two"] = qian.visit(chen, text=f"{SECRET}六").header.id
    qian.make("visit.corrected", {**again, "household": station["马师傅"], "text": "其实是隔壁"}, entity=ids["moved"],
              over={"revision": [ids["moved"]]})  # fmt: skip
    await qian.exchange()
    stranger = await station.phone("孙立", "第四网格")
    lost = stranger.visit(chen, text=f"{SECRET}七")
    kept = stranger.make("visit.recorded", {**again, "text": f"{SECRET}八"}, grid=third)
    await stranger.exchange()
    places = {row.id: row.position for row in await station.rows("SELECT id, position FROM journal")}
    view = "019a0b1c-0000-7000-8000-00000000aa01"
    told = "019a0b1c-0000-7000-8000-00000000aa02"
    a, b = sorted((ids["visit"], ids["two"]))
    for draft in (
        Draft(
            "edit.declined",
            lost.header.id,
            fourth,
            master,
            {"position": places[lost.header.id], "reason": f"{SECRET}九"},
        ),
        Draft(
            "edit.released",
            kept.header.id,
            third,
            master,
            {"position": places[kept.header.id], "reason": f"{SECRET}十"},
        ),
        Draft("pair.judged", a, third, master, {"of": "visit", "a": a, "b": b, "verdict": "same"}),
        Draft(
            "restricted.viewed",
            view,
            third,
            master,
            {"household": chen, "why": "other", "words": f"{SECRET}甲"},
            id=view,
        ),
        Draft("resident.restricted", told, third, master, {"resident": person, "tags": ["released"]}, id=told),
    ):
        (receipt,) = await station.journal.commit([draft])
        assert receipt.outcome in ("accepted", "contested"), (draft.kind, receipt)
    return ids


async def test_a_home_is_erased_with_its_people_visits_and_photos(
    station: Station, desk: Desk, zhao: Phone, capsys: pytest.CaptureFixture[str]
) -> None:
    qian = await station.phone("钱进")
    ids, chen, third = await lived_in(station, zhao, qian), station["陈奶奶"], station["第三网格"]
    await station.journal.commit(
        [Draft("building.moved", station["3幢"], third, station["master"], {"to": station["第四网格"]})]
    )
    await station.journal.commit(
        [Draft("building.moved", station["3幢"], station["第四网格"], station["master"], {"to": third})]
    )
    looked = {"why": "other", "words": f"{SECRET}乙", "restricted": "no"}
    await desk.post(f"/desk/households/{third}/{chen}/record", looked)
    await zhao.exchange()
    assert await everywhere(station) != ""
    assert SECRET in await everywhere(station)
    before = await station.rows("SELECT position, hash, header, outcome, reason FROM journal ORDER BY position")
    blobs = Blobs(station.settings.blobs)
    assert blobs.is_whole(ids["photo"])
    asked = words(await desk.get(address(station, "households", chen)))
    assert "家里 1 个人" in asked
    assert "这一户的 3 次走访" in asked
    assert "照片和录音 1 个" in asked
    await erase(desk, station, "households", chen)
    assert SECRET not in await everywhere(station), "not a byte of it"
    assert not blobs.is_whole(ids["photo"])
    after = await station.rows("SELECT position, hash, header, outcome, reason FROM journal ORDER BY position")
    assert after[: len(before)] == before, "headers, hashes and outcomes stay"
    left = {row.id for row in await station.rows("SELECT id FROM visit")}
    assert left == {ids["beside"], ids["moved"]}, "what was corrected to another door stays there"
    home = (await station.rows(f"SELECT room, contact, note, contested FROM household WHERE id = '{chen}'"))[0]
    assert tuple(home) == ("501", None, None, False), "the door stays"
    for table in ("resident", "restricted_tag", "pair_verdict"):
        assert await station.value(f"SELECT count(*) FROM {table}") == 0
    await sound(station)
    event = next(json.loads(line) for line in capsys.readouterr().err.splitlines() if '"words.erased"' in line)
    assert (event["outcome"], event["of"], event["entity"], event["blobs"]) == ("ok", "household", chen, 1)
    # The page says that it existed; a second time nothing is left.
    said = words(await desk.get(address(station, "households", chen)))
    assert "有过记录，已经清除" in said
    assert "王站长" in said
    assert (await desk.post(address(station, "households", chen), {"why": "asked", "sure": "清除"})).status_code == 409
    assert SECRET not in (await desk.post("/desk/visits", {"q": SECRET})).text.replace(f'value="{SECRET}"', "")
    (line,) = read_list(station.settings.erased_list)
    assert line.body["about"] == chen
    assert line.blobs == [ids["photo"]]
    assert b64u(bytes(await station.value(f"SELECT hash FROM journal WHERE id = '{ids['visit']}'"))) in line.hashes


async def test_a_person_is_erased_and_the_home_stays(station: Station, desk: Desk, zhao: Phone) -> None:
    qian = await station.phone("钱进")
    ids = await lived_in(station, zhao, qian)
    asked = words(await desk.get(address(station, "residents", ids["resident"])))
    assert f"清除{SECRET}的记录" in asked
    assert "这一户的 3 次走访里写到这个人的话" in asked
    await erase(desk, station, "residents", ids["resident"])
    assert await station.value("SELECT count(*) FROM resident") == 0
    assert await station.value("SELECT count(*) FROM restricted_tag") == 0
    assert f"{SECRET}一" not in await everywhere(station)
    assert f"{SECRET}四" in await everywhere(station)
    await sound(station)
    assert "有过记录，已经清除" in words(await desk.get(address(station, "residents", ids["resident"])))
    again = await desk.post(address(station, "residents", ids["resident"]), {"why": "asked", "sure": "清除"})
    assert again.status_code == 409


@pytest.mark.parametrize("of", ["households", "residents"])
async def test_who_was_looked_in_on_and_why_goes_with_the_home_or_the_person(
    station: Station, desk: Desk, zhao: Phone, of: str
) -> None:
    chen, third, fourth = (station[name] for name in ("陈奶奶", "第三网格", "第四网格"))
    gao = {"name": "老高", "role": "volunteer", "community": station["community"], "grids": []}
    await station.add("老高", "person.added", {**gao, "buildings": [station["3幢"]]})
    who = zhao.make("resident.added", {"household": chen, "facts": {"name": SECRET}, "tags": []}).header.id
    await zhao.exchange()
    body = {"household": chen, "resident": who, "carer": station["老高"], "cadence": "weekly", "reason": "dementia"}
    pair = await station.add("pair", "care_pair.formed", body, third)
    helper = await station.phone("老高")
    found = {"pair": pair, "state": "watch", "occurred_at_ms": helper.clock_ms, "text": f"{SECRET}一"}
    helper.make("care_check.made", found)
    await helper.exchange()
    master = station["master"]
    for to, at in ((fourth, third), (third, fourth)):
        (receipt,) = await station.journal.commit([Draft("building.moved", station["3幢"], at, master, {"to": to})])
        assert receipt.outcome == "accepted"
    ended = Draft("care_pair.ended", pair, third, master, {"note": f"{SECRET}二"})
    await station.journal.commit([ended])
    await erase(desk, station, of, chen if of == "households" else who)
    assert SECRET not in await everywhere(station)
    for table in ("care_pair", "care_reason", "care_check"):
        assert await station.value(f"SELECT count(*) FROM {table}") == 0
    await helper.exchange()
    assert [kind for kind, _ in helper.rows if kind.startswith("paired")] == []
    # What still comes of it is put aside, for a person to say whether it is kept.
    helper.make("care_check.made", {**found, "text": "又去了一次"}, seen=helper.made[-1].header.seen)
    await helper.exchange()
    assert helper.outcomes[2]["reason"] == "erased"
    await sound(station)


async def test_one_visit_is_erased_with_every_telling(station: Station, desk: Desk, zhao: Phone) -> None:
    qian = await station.phone("钱进")
    ids = await lived_in(station, zhao, qian)
    await erase(desk, station, "visits", ids["visit"])
    found = await everywhere(station)
    assert f"{SECRET}四" not in found
    assert f"{SECRET}五" not in found
    assert f"{SECRET}六" in found
    await sound(station)


@pytest.mark.parametrize("sure", ["", "清", "yes"])
async def test_nothing_goes_without_the_word_or_a_reason(station: Station, desk: Desk, sure: str) -> None:
    size = await station.journal.size()
    at = address(station, "households", station["陈奶奶"])
    assert (await desk.post(at, {"why": "asked", "sure": sure})).status_code == 422
    assert (await desk.post(at, {"why": "because", "sure": "清除"})).status_code == 422
    assert await station.journal.size() == size


async def test_it_waits_for_a_passkey_and_a_station_master(station: Station, desk: Desk, leader: Desk) -> None:
    at = address(station, "households", station["陈奶奶"])
    assert (await leader.get(at)).status_code in (403, 404)
    assert (await leader.post(at, {"why": "asked", "sure": "清除"})).status_code in (403, 404)
    async with station.db.writing() as db:
        await db.execute(text("UPDATE session SET verified_ms = 0"))
    answer = await desk.post(at, {"why": "asked", "sure": "清除"})
    assert answer.status_code == 403
    assert "通行密钥" in words(answer)
    assert "清除这一户" not in words(await leader.get(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}"))


async def test_what_is_sent_again_stays_gone(station: Station, desk: Desk, zhao: Phone) -> None:
    """By the same phone, by one that was copied, and in a capsule."""
    first = zhao.visit(station["陈奶奶"], text=f"{SECRET}一")
    await zhao.exchange()
    await erase(desk, station, "visits", first.header.id)
    await zhao.exchange([first])
    assert zhao.outcomes[1]["outcome"] == "accepted", "the stored outcome is answered again"
    copy = await station.phone("赵敏")
    copy.make("visit.recorded", json.loads(first.body), id=first.header.id)
    await copy.exchange()
    assert copy.outcomes[1]["outcome"] == "duplicate"
    other = await station.phone("赵敏")
    other.make("visit.recorded", json.loads(first.body), id=first.header.id)
    capsule = other.capsule(station.settings.seal.public)
    assert (await station.http.post("/sync/capsules", content=json.dumps(capsule))).status_code == 200
    assert SECRET not in await everywhere(station)
    await sound(station)


async def test_a_phone_says_a_header_alone_where_it_has_forgotten_the_words(station: Station, zhao: Phone) -> None:
    edit = zhao.visit(station["陈奶奶"], text=SECRET)
    asked = zhao.request()
    asked["edits"] = [{"h": edit.header_bytes.decode()}]
    reply = (await zhao.send(asked)).json()
    assert reply["outcomes"][0]["reason"] == "erased"
    assert await station.value("SELECT count(*) FROM visit") == 0
    await zhao.take(reply)
    zhao.visit(station["陈奶奶"], text="接着写")
    await zhao.exchange()
    assert zhao.outcomes[2]["outcome"] == "accepted", "the chain goes on"
    await sound(station)


async def test_phones_are_told_which_of_their_edits_to_forget(station: Station, desk: Desk, zhao: Phone) -> None:
    first = zhao.visit(station["陈奶奶"], text=SECRET)
    await zhao.exchange()
    await erase(desk, station, "visits", first.header.id)
    await zhao.exchange()
    ((_, row),) = [each for each in zhao.rows.items() if each[0][0] == "erasure"]
    assert first.header.id in row["row"]["edits"]
    assert ("visit", first.header.id) not in zhao.rows
    # A first download tells it as well: whoever fetches the grid anew may hold edits of before.
    await station.journal.bump_generation(f"grid:{station['第三网格']}")
    zhao.rows.clear()
    await zhao.exchange()
    assert [key for key in zhao.rows if key[0] == "erasure"] != []


async def test_whoever_walks_elsewhere_by_now_is_told_as_well(station: Station, desk: Desk, zhao: Phone) -> None:
    first = zhao.visit(station["陈奶奶"], text=SECRET)
    await zhao.exchange()
    moved = Draft("person.changed", station["赵敏"], None, station["master"], {"grids": [station["第四网格"]]})
    await station.journal.commit([moved])
    await zhao.exchange()
    assert f"grid:{station['第三网格']}" not in zhao.scopes
    await erase(desk, station, "visits", first.header.id)
    await zhao.exchange()
    ((_, row),) = [each for each in zhao.rows.items() if each[0][0] == "erasure"]
    assert (row["scope"], row["row"]["edits"]) == (f"person:{station['赵敏']}", [first.header.id])
    assert await station.refolds()


async def test_what_was_written_without_knowing_waits_for_a_person(station: Station, desk: Desk, zhao: Phone) -> None:
    """A phone without signal while a home is erased: nothing is lost, and nothing comes in by itself."""
    chen = station["陈奶奶"]
    zhao.visit(chen, text="以前的话")
    await zhao.exchange()
    late = zhao.visit(chen, text="没信号时写的")
    stated = zhao.make("household.stated", {"facts": {"note": "也是那时写的"}}, entity=chen)
    await erase(desk, station, "households", chen)
    await zhao.exchange()
    for edit in (late, stated):
        assert zhao.outcomes[edit.header.n]["reason"] == "erased"
    assert await station.value("SELECT count(*) FROM visit") == 0
    asked = words(await desk.get("/desk/conflicts"))
    assert "没信号时写的" in asked or "501" in asked
    # Whoever has heard of it writes anew, and it takes effect.
    new = zhao.visit(chen, text="知道以后写的")
    await zhao.exchange()
    assert zhao.outcomes[new.header.n]["outcome"] == "accepted"
    place = await station.value(f"SELECT position FROM journal WHERE id = '{late.header.id}'")
    release = Draft("edit.released", late.header.id, station["第三网格"], station["master"], {"position": place})
    (receipt,) = await station.journal.commit([release])
    assert receipt.outcome == "accepted", "a leader may let it in"
    assert await station.value("SELECT count(*) FROM visit") == 2
    await sound(station)
    # And it can be erased again, with all that came since.
    await erase(desk, station, "households", chen)
    found = await everywhere(station)
    assert "没信号时写的" not in found
    assert "知道以后写的" not in found
    await sound(station)


async def test_phones_that_send_in_the_same_moment_leave_no_word_in_effect(
    station: Station, desk: Desk, zhao: Phone
) -> None:
    """Edits that share a transaction with the erasure are found by it, or set aside after it."""
    zhao.visit(station["陈奶奶"], text=f"{SECRET}先")
    await zhao.exchange()
    phones = [await station.phone("赵敏") for _ in range(6)]
    for n, phone in enumerate(phones):
        await phone.exchange()
        phone.visit(station["陈奶奶"], text=f"{SECRET}{n}")
    done = erase(desk, station, "households", station["陈奶奶"])
    await asyncio.gather(*(phone.exchange() for phone in phones[:3]), done, *(phone.exchange() for phone in phones[3:]))
    assert await station.value("SELECT count(*) FROM visit") == 0
    worded = await station.rows(
        "SELECT outcome, reason FROM journal WHERE kind = 'visit.recorded' AND body IS NOT NULL"
    )
    assert {tuple(row) for row in worded} <= {("quarantined", "erased")}
    await sound(station)


async def test_the_erasure_itself_names_nobody(station: Station, desk: Desk, zhao: Phone) -> None:
    qian = await station.phone("钱进")
    ids = await lived_in(station, zhao, qian)
    await erase(desk, station, "residents", ids["resident"])
    (row,) = await station.rows("SELECT author, grid, body FROM journal WHERE kind = 'words.erased'")
    assert row.author == station["master"]
    body = json.loads(bytes(row.body))
    assert (body["of"], body["why"], body["about"]) == ("resident", "asked", ids["resident"])
    assert SECRET not in json.dumps(body, ensure_ascii=False)


async def test_a_leaders_home_page_links_nowhere_and_the_masters_does(station: Station, desk: Desk) -> None:
    page = await desk.get(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}")
    assert address(station, "households", station["陈奶奶"]) in page.text
    other = await sign_in(station, "李网格长")
    page = await other.get(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}")
    assert "/desk/erasures/" not in page.text


async def test_the_audit_tells_erased_words_from_words_that_somebody_took(
    station: Station, desk: Desk, zhao: Phone
) -> None:
    first, second = (zhao.visit(station["陈奶奶"], text=f"{SECRET}{n}").header.id for n in range(2))
    await zhao.exchange()
    await erase(desk, station, "visits", first)
    report = await audit_report(station.journal, [])
    assert (report.found, report.done["erased"]) == ([], 1)
    async with station.db.writing() as db:
        await db.execute(text(f"UPDATE journal SET body = NULL, salt = NULL WHERE id = '{second}'"))
    await station.journal.transactions.write(lambda store: rebuild(store, 480))
    report = await audit_report(station.journal, [])
    assert [found.code for found in report.found] == ["vanished"], (
        "tables and journal agree, and it is found all the same"
    )


async def test_somebody_who_reads_holds_nobody_up_and_the_log_is_emptied_after_them(
    station: Station, desk: Desk, zhao: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not station.db.sqlite:
        return
    monkeypatch.setattr(journal, "EMPTY_S", 0.05)
    first = zhao.visit(station["陈奶奶"], text=SECRET).header.id
    await zhao.exchange()
    async with station.db.reading() as reader:
        await reader.execute(text("SELECT count(*) FROM journal"))
        await erase(desk, station, "visits", first)
        zhao.visit(station["陈奶奶"], text="接着写")
        await zhao.exchange()
    for _ in range(100):
        if SECRET not in await everywhere(station):
            break
        await asyncio.sleep(0.05)
    assert SECRET not in await everywhere(station)


async def test_free_words_that_may_name_somebody_are_listed_where_a_home_is_erased(
    station: Station, desk: Desk, zhao: Phone
) -> None:
    chen, third = station["陈奶奶"], station["第三网格"]
    zhao.make("patrol.noted", {"what": "problem", "text": "陈奶奶家门口堆物", "building": station["3幢"]})
    zhao.make("patrol.noted", {"what": "problem", "text": "别处的事"})
    log = log_id(zhao.person, third, "2026-11-20")
    zhao.make("daily_log.sent", {"day": "2026-11-20", "text": "501 又去了一次"}, entity=log)
    asked = {"title": "查", "points": ["门锁"], "due": "2026-11-30", "households": [chen]}
    order = await station.add("order", "order.issued", asked, third)
    answered = {"household": chen, "points": [{"note": "锁坏了"}], "occurred_at_ms": zhao.clock_ms}
    zhao.make("order.answered", answered, entity=order)
    await zhao.exchange()
    page = words(await desk.get(f"/desk/erasures/households/{third}/{chen}"))
    for told in ("可能写到这里的 3 条", "陈奶奶家门口堆物", "501 又去了一次", "锁坏了", "认不出说的是谁"):
        assert told in page, told
    assert "别处的事" not in page
