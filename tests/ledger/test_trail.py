"""The trail of one thing: every edit of it on a page, and a file of it that an auditor checks alone."""

from __future__ import annotations

import asyncio
import json
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from uuid_utils import uuid7

from server.__main__ import main
from server.i18n import catalogue
from server.journal import Draft, check_trail, erasing, trail_check
from server.journal.checkpoints import signed_note, verifier_keys
from server.journal.trail_check import Checked
from server.journal.trail_file import read_file, write_file
from server.signing import public_of
from sync.edit import b64u, edit_hash
from sync.ledger.checkpoint import Checkpoint
from tests.desk.conftest import DAY_MS, HOUR_MS, MINUTE_MS, Desk, sign_in, words
from tests.desk.conftest import desk as desk
from tests.desk.conftest import leader as leader
from tests.desk.conftest import station as station
from tests.desk.conftest import sun as sun
from tests.desk.conftest import zhao as zhao
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.journal.test_capsule import carry
from tests.thorough import THOROUGH

pytestmark = pytest.mark.anyio
MUTATIONS = 20_000 if THOROUGH else 1_000


def keys(station: Station) -> list[bytes]:
    return [public_of(seed) for seed in station.settings.log_seeds]


async def taken(desk: Desk, thing: str, why: str = "resident") -> bytes:
    answer = await desk.post(f"/desk/trail/{thing}/file", {"why": why})
    assert answer.status_code == 200, words(answer)
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


def codes(checked: Checked) -> list[str]:
    return [found.code for found in checked.found]


async def corrected(station: Station, zhao: Phone) -> str:
    """A visit written without a signal, corrected twice, sent some minutes later with others between;
    then somebody else tries to correct it too. Returns the visit."""
    zhao.clock_ms = station.now_ms
    await zhao.exchange()
    first = zhao.visit(station["陈奶奶"], text="灯坏了")
    body = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    zhao.visit(station["马师傅"], text="别家的话")
    last = first.header.id
    for said in ("灯是走廊的", "灯是走廊的，三楼"):
        over = {"revision": [last]}
        last = zhao.make("visit.corrected", {**body, "text": said}, entity=first.header.id, over=over).header.id
    zhao.visit(station["马师傅"], text="又是别家的话")
    station.now_ms += 3 * MINUTE_MS
    await zhao.exchange()
    other = await station.phone("钱进")
    other.clock_ms = station.now_ms
    await other.exchange()
    over = {"revision": [last]}
    other.make("visit.corrected", {**body, "text": "我说是二楼"}, entity=first.header.id, over=over)
    await other.exchange()
    return first.header.id


# ---------------------------------------------------------------- the page


async def test_every_edit_of_a_visit_stands_in_order(desk: Desk, station: Station, zhao: Phone) -> None:
    visit = await corrected(station, zhao)
    page = words(await desk.get(f"/desk/trail/{visit}"))
    assert "这次走访前后写过 4 笔" in page
    assert "全都在签过名的日志里" in page
    one, two, three, four = page.split("第 1 笔 记了")[1].split("笔 更正了这次走访")
    for said in ("赵敏，在手机上写的（赵敏的手机）", "灯坏了", "手机报的 2026年11月20日 10:44:00"):
        assert said in one, said
    assert "收到 2026年11月20日 10:47:00 写完过了一阵才到" in one
    assert "前面没有别的" in one
    assert "接着改的是第 1 笔" in two
    assert "接着改的是第 2 笔" in three
    assert all(each in four for each in ("钱进", "我说是二楼", "没有生效：这次走访是别人写的", "前面的都在眼前"))
    assert "前 " in four
    assert "签了名" in four
    assert "别家的话" not in page
    await station.app.state.looked.write()
    (look,) = await station.rows("SELECT what, household, by_name FROM access_record")
    assert tuple(look) == ("trail", station["陈奶奶"], "王站长")
    for path in (f"visits/{station['第三网格']}/{visit}", f"visits?open={station['第三网格']}.{visit}"):
        assert f'href="/desk/trail/{visit}"' in (await desk.get(f"/desk/{path}")).text


async def test_a_fact_leads_to_who_wrote_it_and_a_decision_to_its_edit(
    desk: Desk,
    leader: Desk,
    station: Station,
    zhao: Phone,
) -> None:
    home = station["陈奶奶"]
    zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home)
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=home)
    await zhao.exchange()
    page = await desk.get(f"/desk/households/{station['第三网格']}/{home}")
    assert f'href="/desk/trail/{home}"' in page.text
    assert f'href="/desk/trail/{home}?fact=phone"' in page.text
    told = words(await desk.get(f"/desk/trail/{home}?fact=phone"))
    assert "只看说到“电话”的 1 笔" in told
    assert "000-0000-0001" in told
    assert "第 3 笔 改了这一户的资料" in told
    case = await leader.get("/desk/conflicts")
    assert f'href="/desk/trail/{home}?fact=occupancy"' in case.text
    assert "空房" in words(await leader.get(f"/desk/trail/{home}?fact=occupancy"))


async def test_a_trail_says_what_its_author_could_not_have_seen(desk: Desk, station: Station, zhao: Phone) -> None:
    home, qian, new = station["陈奶奶"], await station.phone("钱进"), await station.phone("钱进")
    await qian.exchange()
    for phone, value in ((zhao, "1"), (qian, "2"), (new, "3")):
        phone.make("household.stated", {"facts": {"phone": value}}, entity=home)
        phone.make("household.stated", {"facts": {"note": value}}, entity=home)
        await phone.exchange()
    told = [each.split("证明")[0] for each in words(await desk.get(f"/desk/trail/{home}")).split("写时看到 ")[1:]]
    assert told == [
        "前面没有别的 ",
        "前面的都还没到这部手机上 ", "前面的都看得到，只缺第 1 笔 ",
        "前面的都看得到，只缺第 2 笔、第 3 笔 ", "前面的都看得到，只缺第 2 笔、第 3 笔 ",
        "前面的都还没到这部手机上 ", "前面的都看得到，只缺第 1 笔、第 2 笔、第 3 笔、第 4 笔、第 5 笔 ",
    ]  # fmt: skip


async def test_what_was_written_down_for_somebody_says_for_whom(leader: Desk, station: Station) -> None:
    body = {"name": "老李", "role": "volunteer", "community": station["community"], "grids": [station["第三网格"]]}
    went = await station.add("老李", "person.added", body)
    visit = str(uuid7())
    said = {"id": visit, "person": went, "result": "met", "text": "都好", "occurred_at": "2026-11-20T09:30"}
    await leader.post(f"/desk/households/{station['第三网格']}/{station['陈奶奶']}/visits", said)
    page = words(await leader.get(f"/desk/trail/{visit}"))
    assert "李网格长（替老李代录）， 在站里的网页上写的".replace("， ", "，") in page
    checked = check_trail(await taken(leader, visit), keys(station))
    assert codes(checked) == []
    assert (checked.signed, checked.desk) == (0, 1)
    assert (checked.lines[0].by, checked.lines[0].behalf, checked.lines[0].phone) == ("李网格长", "老李", None)


async def test_what_was_set_aside_has_a_trail_too(
    desk: Desk,
    leader: Desk,
    station: Station,
    zhao: Phone,
) -> None:
    zhao.make("visit.recorded", {"household": station["陈奶奶"], "mode": "by air", "text": "写坏了"})
    await zhao.exchange()
    thing = zhao.made[-1].header.id
    assert f'href="/desk/trail/{thing}"' in (await leader.get("/desk/conflicts")).text
    position = zhao.outcomes[1]["position"]
    over: dict[str, list[str]] = {"step": []}
    body = {"position": position, "reason": "记错了"}
    await station.journal.commit(
        [Draft("edit.declined", thing, station["第三网格"], station["李网格长"], body, over=over)]
    )
    page = words(await leader.get(f"/desk/trail/{thing}"))
    assert "内容有一处不合规矩" in page
    assert "没有放行" in page
    assert "记错了" in page
    assert (await leader.get("/desk/conflicts")).text.count(f"/desk/trail/{thing}#e-") == 1
    checked = check_trail(await taken(leader, thing), keys(station))
    assert codes(checked) == []
    assert [line.kind for line in checked.lines] == ["visit.recorded", "edit.declined"]


async def test_another_grid_is_answered_like_nothing(
    leader: Desk,
    station: Station,
    zhao: Phone,
    sun: Phone,
) -> None:
    sun.clock_ms = station.now_ms
    there = sun.visit(station["吴大爷"])
    stray = sun.make("visit.recorded", {"household": station["吴大爷"], "text": "写坏了"})
    await sun.exchange()
    who = {"household": station["吴大爷"], "facts": {"name": "吴女士"}, "tags": []}
    resident = await station.add("吴女士", "resident.added", who, station["第四网格"])
    none = await leader.get(f"/desk/trail/{uuid7()}")
    assert none.status_code == 404
    things = (there.header.id, stray.header.id, station["吴大爷"], resident, station["7幢"], station["第三网格"])
    for thing in (*things, station["赵敏"], zhao.device, "none", "'"):
        assert (await leader.get(f"/desk/trail/{thing}")).status_code == 404, thing
        assert (await leader.post(f"/desk/trail/{thing}/file", {"why": "report"})).status_code == 404, thing
    worker = await sign_in(station, "赵敏")
    assert (await worker.get(f"/desk/trail/{station['陈奶奶']}")).status_code in (401, 404)
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'export.made'") == 0


async def test_the_file_is_recorded_with_a_reason(desk: Desk, station: Station) -> None:
    home = station["陈奶奶"]
    for said in ({}, {"why": "because"}, {"why": "other"}):
        answer = await desk.post(f"/desk/trail/{home}/file", said)
        assert answer.status_code == 422, said
    assert await station.value("SELECT count(*) FROM journal WHERE kind = 'export.made'") == 0
    await taken(desk, home)
    (row,) = await station.rows("SELECT body FROM journal WHERE kind = 'export.made'")
    assert json.loads(bytes(row.body)) == {
        "what": "trail", "format": "json", "count": 1, "columns": [], "asked": {"entity": home}, "why": "resident",
    }  # fmt: skip
    (look,) = await station.rows("SELECT what, household, why FROM access_record")
    assert tuple(look) == ("export", home, "resident")
    # An hour later a passkey has to be shown again.
    station.now_ms += HOUR_MS
    assert (await desk.post(f"/desk/trail/{home}/file", {"why": "resident"})).status_code == 403
    assert await station.refolds()


async def test_restricted_tags_are_in_neither(desk: Desk, station: Station, zhao: Phone) -> None:
    who = {"household": station["陈奶奶"], "facts": {"name": "陈女士"}, "tags": ["disabled"]}
    resident = await station.add("陈女士", "resident.added", who, station["第三网格"])
    told, grid, master = str(uuid7()), station["第三网格"], station["master"]
    body = {"on": True, "reason": "区里要求", "law": "第五十五条"}
    await station.journal.commit([Draft("community.restricted", station["community"], None, master, body)])
    tags = {"resident": resident, "tags": ["released"]}
    await station.journal.commit([Draft("resident.restricted", told, grid, master, tags, id=told)])
    zhao.make("resident.tagged", {"add": ["mental_illness"], "remove": []}, entity=resident)
    await zhao.exchange()
    assert zhao.outcomes[1]["outcome"] == "quarantined"
    page = await desk.get(f"/desk/trail/{resident}")
    raw = (await taken(desk, resident)).decode()
    assert "内容不在这里看" in words(page)
    for word in ("精神障碍", "刑满释放", "mental_illness", "released"):
        assert word not in page.text, word
        assert word not in raw, word
    assert codes(check_trail(raw.encode(), keys(station))) == []
    assert (await desk.get(f"/desk/trail/{told}")).status_code == 404


# ---------------------------------------------------------------- the file


async def test_a_file_is_checked_by_itself(desk: Desk, station: Station, zhao: Phone) -> None:
    visit = await corrected(station, zhao)
    checked = check_trail(await taken(desk, visit), keys(station))
    assert codes(checked) == []
    assert (checked.signed, checked.desk, checked.outside) == (4, 0, True)
    stored = await station.rows(
        "SELECT position, claimed_ms, effective_ms, received_ms, outcome, reason FROM journal"
        f" WHERE entity = '{visit}' OR id = '{visit}' ORDER BY position"
    )
    found = [(line.position, line.claimed_ms, line.effective_ms, line.received_ms) for line in checked.lines]
    assert found == [tuple(row)[:4] for row in stored]
    assert [(line.outcome, line.reason) for line in checked.lines] == [tuple(row)[4:] for row in stored]
    assert [line.by for line in checked.lines] == ["赵敏", "赵敏", "赵敏", "钱进"]
    assert {line.phone for line in checked.lines} == {"赵敏的手机", "钱进的手机"}


async def test_households_residents_and_buildings_have_files(desk: Desk, station: Station, zhao: Phone) -> None:
    who = {"household": station["陈奶奶"], "facts": {"name": "陈女士"}, "tags": ["disabled"]}
    resident = await station.add("陈女士", "resident.added", who, station["第三网格"])
    zhao.make("resident.stated", {"facts": {"phone": "000-0000-0002"}}, entity=resident)
    await zhao.exchange()
    for thing, edits in ((station["陈奶奶"], 1), (resident, 2), (station["3幢"], 1)):
        assert (await desk.get(f"/desk/trail/{thing}")).status_code == 200
        checked = check_trail(await taken(desk, thing), keys(station))
        assert (codes(checked), len(checked.lines)) == ([], edits)


async def test_of_two_that_look_alike_both_tell_the_verdict(desk: Desk, station: Station, zhao: Phone) -> None:
    first, second = sorted(zhao.visit(station["陈奶奶"], text=text).header.id for text in ("一", "二"))
    await zhao.exchange()
    body = {"of": "visit", "a": first, "b": second, "verdict": "same"}
    await station.journal.commit([Draft("pair.judged", first, station["第三网格"], station["李网格长"], body)])
    for visit in (first, second):
        assert "是同一件" in words(await desk.get(f"/desk/trail/{visit}"))
        checked = check_trail(await taken(desk, visit), keys(station))
        assert [line.kind for line in checked.lines] == ["visit.recorded", "pair.judged"]


async def test_what_was_erased_existed_and_is_proved(desk: Desk, station: Station, zhao: Phone) -> None:
    visit = await corrected(station, zhao)
    before_ms = station.now_ms + DAY_MS

    def erase(batch: Any) -> None:
        due = [each for each in erasing.visits_due(batch.store, before_ms) if each.visit == visit]
        assert erasing.erase_visits(batch, due, before_ms) == 1

    await station.journal.writer.do(erase)
    page = words(await desk.get(f"/desk/trail/{visit}"))
    assert "内容删掉了，留着 4 笔记录" in page
    assert page.count("写过，内容已经删掉") == 4
    assert "赵敏的手机" in page
    raw = await taken(desk, visit)
    assert "灯".encode() not in raw
    checked = check_trail(raw, keys(station))
    assert codes(checked) == []
    assert {line.text for line in checked.lines} == {"erased"}
    assert checked.signed == 4
    stranger = await sign_in(station, "李网格长")
    assert (await stranger.get(f"/desk/trail/{visit}")).status_code == 200, "it was theirs"


Change = Callable[[dict[str, Any]], None]


def changed(raw: bytes, change: Change) -> bytes:
    told = json.loads(raw)
    change(told)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def author(told: dict[str, Any], *, hashed: bool = False) -> None:
    entry = told["edits"][1]
    header = json.loads(entry["header"])
    header["author"] = json.loads(told["edits"][3]["header"])["author"]
    entry["header"] = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    if hashed:
        entry["hash"] = b64u(edit_hash(entry["header"].encode()))


CHANGES: dict[str, tuple[Change, str]] = {
    "nothing": (lambda told: None, ""),
    "received time": (lambda told: told["edits"][0].update(received_ms=told["edits"][0]["received_ms"] - 1), "receipt"),
    "outcome": (lambda told: told["edits"][3].update(outcome="accepted", reason=None), "shape"),
    "outcome alone": (lambda told: told["edits"][0].update(outcome="contested"), "outcome"),
    "reason": (lambda told: told["edits"][3].update(reason="fork"), "outcome"),
    "author": (author, "header"),
    "author and hash": (lambda told: author(told, hashed=True), "receipt"),
    "body": (lambda told: told["edits"][0].update(body=told["edits"][0]["body"].replace("灯", "门")), "body"),
    "body away": (lambda told: told["edits"][0].pop("body"), "body"),
    "salt": (lambda told: told["edits"][0].update(salt=told["edits"][1]["salt"]), "body"),
    "an edit away": (lambda told: told["edits"].clear(), "nothing"),
    "twice": (lambda told: told["edits"].insert(0, told["edits"][0]), "order"),
    "order": (lambda told: told["edits"].reverse(), "order"),
    "another thing": (lambda told: told.update(entity=told["beside"][0]["hash"]), "other"),
    "no signature": (lambda told: told["runs"].clear(), "unsigned"),
    "a header between": (lambda told: told["runs"][0]["headers"].pop(1), "chain"),
    "the last header": (lambda told: told["runs"][0]["headers"].pop(), "chain"),
    "the signature": (lambda told: told["runs"][0].update(signature=told["runs"][1]["signature"]), "signature"),
    "no enrolment": (lambda told: told.update(beside=[]), "signature"),
    "the checkpoint": (lambda told: told.update(checkpoint=told["checkpoint"].replace("\n", "\n1", 1)), "checkpoint"),
    "its key": (lambda told: told.update(keys=[]), "checkpoint"),
    "something more": (lambda told: told.update(more=1), "shape"),
}


async def test_whatever_is_changed_is_named(desk: Desk, station: Station, zhao: Phone) -> None:
    raw = await taken(desk, await corrected(station, zhao))
    for name, (change, code) in CHANGES.items():
        found = check_trail(changed(raw, change), keys(station))
        assert (found.found[0].code if found.found else "") == code, (name, found.found)
        assert bool(found.lines) == (not code), name
    wrong = check_trail(changed(raw, CHANGES["outcome alone"][0]))
    assert wrong.found[0].about["told"] == "accepted"


async def test_one_byte_anywhere_and_it_is_no_trail(desk: Desk, station: Station, zhao: Phone) -> None:
    raw, known = await taken(desk, await corrected(station, zhao)), keys(station)
    assert codes(check_trail(raw, known)) == []
    dice, step = Random(20261120), max(1, len(raw) // MUTATIONS)
    tried = 0
    for start in range(0, len(raw) - step + 1, step):
        turned = bytearray(raw)
        at = start + dice.randrange(step)
        turned[at] ^= 1 << dice.randrange(8) if tried % 2 else dice.randrange(1, 256)
        assert check_trail(bytes(turned), known).found, at
        tried += 1
    assert tried >= 500
    for cut in dice.sample(range(len(raw)), 50):
        assert check_trail(raw[:cut], known).found, cut
        assert check_trail(raw[:cut] + b" " + raw[cut:], known).found, cut


async def test_a_past_written_anew_is_shown_by_the_key_from_elsewhere(
    desk: Desk,
    station: Station,
    zhao: Phone,
) -> None:
    trail = read_file(await taken(desk, await corrected(station, zhao)))
    seed = b"\x07" * 32
    note = trail.checkpoint.split("\n")
    forged = signed_note(Checkpoint(note[0], int(note[1]), b64decode(note[2])), [seed])
    told = {"keys": [str(key) for key in verifier_keys(note[0], [seed])], "checkpoint": forged}
    raw = write_file(msgspec.structs.replace(trail, **told))
    # By itself it agrees: that is why the key must come from elsewhere.
    assert codes(check_trail(raw)) == []
    assert not check_trail(raw).outside
    assert codes(check_trail(raw, keys(station))) == ["other_key"]


async def test_what_came_in_a_capsule_is_signed_too(desk: Desk, station: Station, zhao: Phone) -> None:
    zhao.clock_ms = station.now_ms - 5 * MINUTE_MS
    visit = zhao.visit(station["陈奶奶"], text="带来的").header.id
    assert (await carry(station, zhao.capsule(station.settings.seal.public))).status_code == 200
    checked = check_trail(await taken(desk, visit), keys(station))
    assert (codes(checked), checked.signed) == ([], 1)


async def test_the_command_needs_no_database(
    desk: Desk, station: Station, zhao: Phone, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    raw = await taken(desk, await corrected(station, zhao))
    path, key = tmp_path / "trail.json", str(verifier_keys(f"sifang/{zhao.log}", station.settings.log_seeds)[0])
    path.write_bytes(raw)
    monkeypatch.setattr("server.backup.command.from_environment", lambda: pytest.fail("it looks for a database"))

    async def said(*options: str) -> tuple[int, str]:
        code = await asyncio.to_thread(main, ["audit", "--trail", str(path), *options])
        return code, capsys.readouterr().out

    code, out = await said("--key", key)
    assert code == 0
    assert "4 笔有手机签名" in out
    assert "您给的公钥" in out
    code, out = await said("--lang", "en")
    assert code == 0
    assert "against nothing outside" in out
    path.write_bytes(changed(raw, CHANGES["received time"][0]))
    code, out = await said("--lang", "en", "--key", key)
    assert code == 1
    assert out.startswith("Edit ")
    path.unlink()
    assert (await said())[0] == 1


def test_every_word_that_can_be_wrong_is_in_the_catalogues() -> None:
    text = Path(trail_check.__file__).read_text("utf-8")
    named = set(re.findall(r'Found\(\s*"(\w+)"', text))
    assert named > {code for _, code in CHANGES.values() if code} - {"shape"}
    assert {f"trail.command.{code}" for code in named} <= set(catalogue("zh"))
