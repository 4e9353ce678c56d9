"""The file of a trail is checked by itself: whatever is changed in it is found, and named."""

from __future__ import annotations

import asyncio
import json
import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from server.__main__ import main
from server.backup.handed import read_handed
from server.backup.words import words_of
from server.i18n import catalogue
from server.journal import Draft, check_trail, erasing, trail_check
from server.journal.checkpoints import signed_note, verifier_keys
from server.journal.trail_file import read_file, write_file
from server.signing import public_of
from sync.edit import b64u, edit_hash
from sync.ledger.checkpoint import Checkpoint
from tests.desk.conftest import DAY_MS, MINUTE_MS, Desk, sign_in, words
from tests.desk.conftest import desk as desk
from tests.desk.conftest import station as station
from tests.desk.conftest import zhao as zhao
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tests.journal.test_capsule import carry
from tests.ledger.test_trail import codes, corrected, keys, taken
from tests.thorough import THOROUGH

pytestmark = pytest.mark.anyio
MUTATIONS = 20_000 if THOROUGH else 1_000


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
    told = {"keys": [str(key) for key in verifier_keys(note[0], [public_of(seed)])], "checkpoint": forged}
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


async def test_what_stays_sealed_is_told_to_be(desk: Desk, station: Station, zhao: Phone) -> None:
    visit = zhao.visit(station["陈奶奶"], text="打不开")
    part = {"h": visit.header_bytes.decode(), "sealed": b64u(b"sealed to another server" * 8)}
    answer = await zhao.send(zhao.request() | {"edits": [part]})
    assert answer.json()["outcomes"][0]["reason"] == "sealed"
    assert "内容锁着" in words(await desk.get(f"/desk/trail/{visit.header.id}"))
    checked = check_trail(await taken(desk, visit.header.id), keys(station))
    assert (codes(checked), [line.text for line in checked.lines]) == ([], ["sealed"])


async def test_the_command_needs_no_database(
    desk: Desk, station: Station, zhao: Phone, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    raw = await taken(desk, await corrected(station, zhao))
    path, key = tmp_path / "trail.json", str(verifier_keys(f"sifang/{zhao.log}", station.settings.log_keys.keys)[0])
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


@pytest.mark.parametrize("name", ["\x1b]0;ok\x07赵敏", "\u202e敏赵", "赵敏\n查过了"])
async def test_names_in_a_file_command_no_terminal(
    desk: Desk, station: Station, zhao: Phone, tmp_path: Path, name: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    raw = await taken(desk, await corrected(station, zhao))
    (path := tmp_path / "trail.json").write_bytes(raw)
    checked = check_trail(raw)
    checked.lines = [replace(line, by=name, phone=name) for line in checked.lines]
    monkeypatch.setattr("server.backup.trail.check_trail", lambda raw, keys: checked)
    assert await asyncio.to_thread(main, ["audit", "--trail", str(path)]) == 0
    out = capsys.readouterr().out
    assert all(line.replace("\u3000", " ").isprintable() for line in out.split("\n"))
    assert name not in out


@pytest.mark.parametrize(("phone", "on"), [("", "手机"), (None, "网页"), ("小赵的手机", "小赵的手机")])
async def test_an_edit_says_where_it_was_made(
    desk: Desk, station: Station, zhao: Phone, tmp_path: Path, phone: str | None, on: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    raw = await taken(desk, await corrected(station, zhao))
    (path := tmp_path / "trail.json").write_bytes(raw)
    checked = check_trail(raw)
    checked.lines = [replace(line, phone=phone) for line in checked.lines]
    monkeypatch.setattr("server.backup.trail.check_trail", lambda raw, keys: checked)
    assert await asyncio.to_thread(main, ["audit", "--trail", str(path)]) == 0
    assert capsys.readouterr().out.count(f"\u3000{on}\u3000") == len(checked.lines)


def test_no_more_is_read_than_a_file_may_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("server.backup.trail.FILE_BYTES_MAX", 1000)
    monkeypatch.setattr("server.backup.handed.CHECKPOINT_BYTES_MAX", 1000)
    endless = Path("/dev/zero")
    assert main(["audit", "--trail", str(endless)]) == 1
    assert read_handed([endless], words_of("zh")) is None


def test_every_word_that_can_be_wrong_is_in_the_catalogues() -> None:
    text = Path(trail_check.__file__).read_text("utf-8")
    named = set(re.findall(r'Found\(\s*"(\w+)"', text))
    assert named > {code for _, code in CHANGES.values() if code} - {"shape"}
    assert {f"trail.command.{code}" for code in named} <= set(catalogue("zh"))
