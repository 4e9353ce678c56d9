"""The log's key in a process of its own: it signs what goes on from the last, and nobody waits for it."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from server.__main__ import main
from server.backup.back import log_keys, logs
from server.backup.ship import Shipping
from server.journal import apart as beside
from server.journal.checkpoints import Said
from server.journal.leaves import leaf_of
from server.log_keys import unpack
from server.settings import Settings, WrongSetting, from_environment
from server.signer import asking
from server.signer.asking import meet
from server.signer.memory import Refused
from server.signing import is_signed
from sync.edit import b64u
from sync.ledger.checkpoint import Checkpoint, open_checkpoint
from sync.ledger.note import ED25519, VerifierKey
from tests.journal.conftest import DATABASES, Station, new_database, opened
from tests.ledger.signers import LOG, Past, Signer, past, signing

OTHER_LOG = "sifang/019a0b1c-0000-7000-8000-0000000000bb"


def text_of(size: int, root: str = "root", origin: str = LOG) -> str:
    """A checkpoint's text."""
    return f"{origin}\n{size}\n{b64encode(sha256(root.encode()).digest()).decode()}\n"


@pytest.fixture
def signer() -> Iterator[Signer]:
    """A signer that runs."""
    with signing() as made:
        yield made


def is_note(answer: Any, text: str) -> bool:
    """Whether the answer signs this text with the keys that it tells."""
    note = f"{text}\n" + "".join(f"{line}\n" for line in answer["signatures"])
    keys = [VerifierKey(LOG, ED25519, key) for key in unpack(answer).keys]
    return open_checkpoint(note, keys, is_signed)[0].text() == text


def test_it_signs_a_log_that_grows_and_nothing_else(signer: Signer) -> None:
    one, other = past("one"), past("another")
    assert is_note(signer.ask(one.at(3).text()), one.at(3).text())
    for old, size in ((3, 7), (7, 7), (7, 8), (8, 1000)):
        assert is_note(signer.ask(one.grown(old, size)), one.at(size).text())
    assert is_note(signer.ask(one.at(1000).text()), one.at(1000).text()), "the last once more"
    refused = {
        "smaller": [one.grown(900, 999), one.at(999).text()],
        "other_root": [other.at(1000).text(), other.grown(1000, 1001), f"old 1000\n\n{one.at(1001).text()}"],
        "unproved": [one.at(1001).text(), other.at(1001).text(), one.grown(999, 1001)],
    }
    for code, asked in refused.items():
        for text in asked:
            answer = signer.ask(text)
            assert (answer["refused"], answer["size"]) == (code, 1000), text
    assert signer.ask(text_of(2000, origin=OTHER_LOG))["refused"] == "other_log"
    good = one.grown(1000, 1001)
    text = one.at(1001).text()
    junk = ["x", good[:-1], f"{good}more\n", text.replace("1001", "01001"), text.replace("sifang/", "other/"), "\n" * 9]
    junk += ["sifang-log-key-v1\nlog\nAAAA\n", text_of(0), text * 50, "x" * 100_000, f"old 01000\n\n{text}"]
    junk += [
        good.replace("old", "new"),
        f"old 1000\nAAAA\n\n{text}",
        f"old 1000\n{good.split()[2]}\n" * 64 + f"\n{text}",
    ]
    for text in junk:
        answer = signer.ask(text)
        assert answer["refused"] == "no_checkpoint", text
        assert "signatures" not in answer
    assert signer.ask(b"\xff\xfe")["refused"] == "no_checkpoint"
    assert is_note(signer.ask(good), one.at(1001).text())
    assert {each["event"] for each in signer.told} == {"signer.refused"}
    assert "unproved" not in {each["outcome"] for each in signer.told}, "asked for a proof is not refused"


def test_a_rewritten_past_with_one_edit_more_is_not_signed(signer: Signer) -> None:
    one = past("one")
    assert "signatures" in signer.ask(one.at(50).text())
    rewritten = Past([*past("another").leaves[:1], *one.leaves[1:]])
    assert signer.ask(rewritten.at(51).text())["refused"] == "unproved"
    assert signer.ask(rewritten.grown(50, 51))["refused"] == "other_root"
    assert "signatures" in signer.ask(one.grown(50, 51))


def test_what_it_has_signed_outlives_it(signer: Signer) -> None:
    key = signer.ask(text_of(50))["keys"]
    signer.kill()
    signer.start()
    assert signer.ask(text_of(49))["refused"] == "smaller"
    assert signer.ask(text_of(50))["keys"] == key
    assert main(["signer", "--key", str(signer.key), "--adopt", OTHER_LOG]) == 0
    assert "signatures" in signer.ask(text_of(2, origin=OTHER_LOG)), "the running one knows"
    assert signer.ask(text_of(49))["refused"] == "smaller", "and forgets nothing"
    assert main(["signer", "--key", str(signer.key), "--adopt", "anything"]) == 1


def test_nobody_else_reads_the_key_or_takes_its_place(signer: Signer, capsys: pytest.CaptureFixture[str]) -> None:
    assert stat.S_IMODE(signer.key.stat().st_mode) == 0o600
    assert stat.S_IMODE(signer.socket.stat().st_mode) == 0o660
    for path in signer.folder.glob("log.key*"):
        assert not path.stat().st_mode & 0o077, path
    command = ["signer", "--key", str(signer.key), "--socket", str(signer.socket)]
    assert main(command) == 1
    assert "a signer is there already" in capsys.readouterr().err
    signer.kill()
    signer.key.chmod(0o640)
    assert main(command) == 1
    assert "others can read the key" in capsys.readouterr().err
    signer.key.chmod(0o600)
    signer.folder.chmod(0o770)
    assert main(command) == 1
    assert "nobody but its owner can write" in capsys.readouterr().err


@pytest.fixture(params=DATABASES)
async def apart(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    empty_sqlite: Path,
    monkeypatch: pytest.MonkeyPatch,
    signer: Signer,
) -> AsyncIterator[Station]:
    """A station whose log another process signs."""
    url = await new_database(request.param, tmp_path, empty_sqlite, request)
    settings = Settings(url, tmp_path, b"a secret for tests only.........", log_signer=signer.socket)
    assert (await meet(signer.socket, settings.log_known_at)).keys
    monkeypatch.setattr(beside, "AGAIN_S", 0.2)
    async with opened(settings, monkeypatch) as station:
        await station.begin()
        yield station


async def until_said(station: Station) -> None:
    """Wait until everything there is was signed."""
    async with asyncio.timeout(20):
        while True:
            said = await station.journal.said()
            if said is not None and said.size == await station.journal.size():
                return
            await asyncio.sleep(0.02)


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What was said for whoever runs the server, of the log and its signer."""
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    return [f"{each['event']} {each['outcome']}" for each in lines if each["event"].startswith("ledger.")]


@pytest.mark.anyio
async def test_phones_are_proved_what_another_process_signed(apart: Station) -> None:
    zhao = await apart.phone("赵敏")
    for _ in range(3):
        zhao.visit(apart["陈奶奶"])
        await zhao.exchange()
    await until_said(apart)
    await zhao.exchange()
    assert zhao.verified == {1, 2, 3}
    assert not list(apart.settings.data.glob("log.key*"))
    assert (await apart.http.get("/sw.js")).text.count(b64u(apart.settings.log_keys.keys[0])) == 1


@pytest.mark.anyio
async def test_nothing_waits_for_a_signer_that_is_away(
    apart: Station, signer: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    zhao = await apart.phone("赵敏")
    zhao.visit(apart["陈奶奶"])
    await zhao.exchange()
    await until_said(apart)
    before = await apart.journal.said()
    assert told(capsys) == []
    signer.kill()
    for _ in range(4):
        zhao.visit(apart["陈奶奶"])
        reply = await zhao.exchange()
        assert reply["outcomes"][0]["outcome"] == "accepted"
    assert before is not None
    assert reply["ledger"]["checkpoint"] == before.note if "ledger" in reply else True
    assert await apart.journal.said() == before
    assert (await apart.http.get("/ledger")).status_code == 200
    assert told(capsys) == ["ledger.signer_away away"], "once"
    signer.start()
    # Without another edit: what was not signed is signed when it is back.
    await until_said(apart)
    assert told(capsys) == ["ledger.signer_back ok"]
    await zhao.exchange()
    assert zhao.verified == {1, 2, 3, 4, 5}
    assert await apart.refolds()


@pytest.mark.anyio
async def test_a_signer_that_hangs_holds_up_one_answer_at_most(
    apart: Station, signer: Signer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    zhao = await apart.phone("赵敏")
    await until_said(apart)
    monkeypatch.setattr(asking, "ASK_S", 0.3)
    monkeypatch.setattr(beside, "AGAIN_S", 600.0)
    assert signer.process is not None
    os.kill(signer.process.pid, 19)
    asked = 0
    ask = asking.ask

    async def counted(at: Path, text: str) -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return await ask(at, text)

    monkeypatch.setattr(asking, "ask", counted)
    for _ in range(5):
        zhao.visit(apart["陈奶奶"])
        assert (await zhao.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert asked == 1
    assert told(capsys) == ["ledger.signer_away away"]


@pytest.mark.anyio
async def test_a_database_that_was_put_back_is_not_signed(
    apart: Station, signer: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    zhao = await apart.phone("赵敏")
    await until_said(apart)
    log, size = await apart.journal.log_and_size()
    # Somebody in the socket's group goes on with made-up edits: the signer sees that the log goes on, no more.
    kept = "SELECT hash, received_ms, outcome, reason FROM journal ORDER BY position"
    leaves = [leaf_of((bytes(row[0]), *row[1:])) for row in await apart.rows(kept)]
    forged = Past([*leaves, *past("made up", 100).leaves], f"sifang/{log}")
    assert "signatures" in signer.ask(forged.grown(size, size + 100))
    for _ in range(3):
        zhao.visit(apart["陈奶奶"])
        assert (await zhao.exchange())["outcomes"][0]["outcome"] == "accepted"
    assert told(capsys) == ["ledger.refused smaller"], "whoever runs the server is told, once"
    # The way back that docs/deploy.md tells.
    said = await apart.journal.said()
    assert said is not None
    origin, honest, root = said.note.split("\n")[:3]
    signer.kill()
    (signer.folder / "log.key.signed").write_text(f'{{"{origin}": [{honest}, "{root}"]}}')
    signer.start()
    zhao.visit(apart["陈奶奶"])
    await zhao.exchange()
    await until_said(apart)


@pytest.mark.anyio
async def test_a_past_rewritten_on_the_server_is_not_signed(
    apart: Station, signer: Signer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason for a signer: a whole past is written anew, with its tiles, and its checkpoints are taken away."""
    zhao = await apart.phone("赵敏")
    zhao.visit(apart["陈奶奶"])
    await zhao.exchange()
    await until_said(apart)
    before = await apart.value("SELECT max(size) FROM checkpoint")
    async with apart.db.writing() as db:
        await db.execute(sql("UPDATE journal SET received_ms = received_ms - 1"))
        await db.execute(sql("DELETE FROM ledger_tile"))
        await db.execute(sql("DELETE FROM checkpoint"))
    zhao.visit(apart["陈奶奶"])
    reply = await zhao.send(zhao.request())
    assert reply.status_code == 200
    async with asyncio.timeout(20):
        found: list[str] = []
        while True:
            found += told(capsys)
            if found:
                break
            await asyncio.sleep(0.02)
    assert found == ["ledger.refused other_root"]
    assert await apart.journal.size() > before
    assert await apart.rows("SELECT size FROM checkpoint") == []


@pytest.mark.anyio
async def test_the_last_word_is_signed_before_the_server_ends(
    tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch, signer: Signer, request: pytest.FixtureRequest
) -> None:
    url = await new_database("sqlite", tmp_path, empty_sqlite, request)
    settings = Settings(url, tmp_path, b"a secret for tests only.........", log_signer=signer.socket)
    async with opened(settings, monkeypatch) as station:
        await station.begin()
        log, size = await station.journal.log_and_size()
    assert signer.ask(text_of(size - 1, origin=f"sifang/{log}"))["refused"] == "smaller"
    async with opened(settings, monkeypatch) as station:
        said = await station.journal.said()
        assert said is not None
        assert said.size == size


def test_the_key_is_not_in_both_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)
    assert from_environment().log_keys.keys
    monkeypatch.setenv("SIFANG_LOG_SIGNER", str(tmp_path / "socket"))
    with pytest.raises(WrongSetting, match="the log's key lies here too"):
        from_environment()
    assert main(["refold"]) == 1
    (tmp_path / "log.key").unlink()
    assert from_environment().log_signer == tmp_path / "socket"
    assert from_environment().log_seeds == ()
    assert not (tmp_path / "log.key").exists(), "whoever looks for a key makes none"
    monkeypatch.setenv("SIFANG_LOG_KEY_FILE", str(tmp_path / "elsewhere"))
    with pytest.raises(WrongSetting):
        from_environment()


def test_no_server_begins_without_a_key_to_tell_phones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.setenv("SIFANG_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/sifang.db")
    monkeypatch.setenv("SIFANG_LOG_SIGNER", str(tmp_path / "nobody"))
    assert main(["serve", "--port", "0"]) == 1
    assert "No signer answers" in capsys.readouterr().err
    assert main(["rotate", "log", "--lang", "en"]) == 1
    assert "rotate log --file" in capsys.readouterr().err


@pytest.mark.anyio
async def test_a_key_changed_at_the_signer_reaches_the_app(apart: Station, signer: Signer) -> None:
    (before,) = apart.settings.log_keys.keys
    assert main(["rotate", "log", "--file", str(signer.key), "--lang", "en"]) == 0
    await apart.add("5幢", "building.added", {"quarters": "槐安小区", "name": "5幢", "sort": 5}, apart["第三网格"])
    await until_said(apart)
    known = apart.settings.log_keys
    assert known.keys[1:] == (before,)
    assert [(each.key, each.by) for each in known.for_phones] == [(known.keys[0], before)]
    assert b64u(known.keys[0]) in (await apart.http.get("/sw.js")).text


@pytest.mark.anyio
async def test_what_is_signed_while_another_is_stored_is_not_forgotten() -> None:
    """A transaction stores one checkpoint; the next is signed before it has committed."""

    async def size() -> int:
        return 0

    async def sign(checkpoint: Checkpoint) -> str:
        return f"note {checkpoint.size}"

    said = beside.Apart(sign, lambda: None, size)

    async def signed(size: int) -> None:
        said.committed("log", size, bytes(32))
        await said.sign()
        assert await said.finish()

    await signed(3)
    await signed(5)
    said.kept(Said(3, "note 3"))
    assert said.is_due, "the second is stored with the next transaction"
    said.kept(Said(5, "note 5"))
    assert not said.is_due
    assert await said.covering(5) == Said(5, "note 5")


@pytest.mark.anyio
@pytest.mark.parametrize(("here", "events"), [(10, []), (9, ["ledger.refused smaller"])])
async def test_another_process_that_was_faster_is_no_trouble(
    here: int, events: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two processes write: the one that asks last has the shorter log. Less here than was signed is another matter."""

    async def size() -> int:
        return here

    async def sign(checkpoint: Checkpoint) -> str:
        raise Refused("smaller", 10)

    said = beside.Apart(sign, lambda: None, size)
    said.committed("log", 8, bytes(32))
    waiting = asyncio.create_task(said.covering(8))
    await asyncio.sleep(0)
    assert not await said.finish()
    assert await waiting is None
    assert not said.is_due
    assert told(capsys) == events


@pytest.mark.anyio
async def test_a_backup_holds_public_keys_alone(apart: Station, tmp_path: Path) -> None:
    target = tmp_path / "away"
    target.mkdir()
    shipping = Shipping(apart.db, apart.settings, target)
    try:
        await shipping.once()
    finally:
        await shipping.close()
    assert {path.name for path in target.iterdir() if path.is_file()} == {"log.public"}
    assert not list(target.glob("log.key*"))
    elsewhere = Settings("", tmp_path / "elsewhere", b"", log_signer=tmp_path / "nobody")
    assert set(log_keys(logs(target)[0].folder, elsewhere)) == set(apart.settings.log_keys.keys)
