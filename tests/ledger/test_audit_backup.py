"""A backup is audited as it lies there: what it holds, how far it reaches, and what it cannot say."""

from __future__ import annotations

import io
import sys
from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path

import pytest

from server.backup.back import parts
from server.journal import Brought, audit_parts, copying, verifier_keys
from server.journal.audit import Report
from server.journal.copying import Part
from server.settings import from_environment
from server.signing import public_of
from tests.backup.test_command import Run, away, run, sql  # noqa: F401
from tests.backup.world import World, a_world
from tests.journal.conftest import DATABASES

NEWEST = "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1"


def printed(folder: Path, name: str = "printed.txt") -> Path:
    """The newest checkpoint, as somebody took it away."""
    path = folder / name
    path.write_text(str(sql(folder, NEWEST)[0][0]), "utf-8")
    return path


def test_a_backup_is_audited_where_no_installation_is(
    run: Run,  # noqa: F811
    tmp_path: Path,
    away: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    kept = printed(tmp_path)
    run("backup", str(away))
    held = {path: path.read_bytes() for path in away.rglob("*") if path.is_file()}
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path / "another machine"))
    code, said = run("audit", "--backup", str(away), str(kept), "--lang", "en")
    assert (code, f"This is the backup {away}, log " in said, ": 5 edits, until " in said) == (0, True, True), said
    assert "Nothing is wrong: 5 edits" in said
    assert "1 handed in" in said
    assert not (tmp_path / "another machine").exists(), "nothing is made there"
    assert {path: path.read_bytes() for path in away.rglob("*") if path.is_file()} == held, "and nothing written here"
    code, said = run("audit", "--backup", str(tmp_path / "nowhere"))
    assert code == 1


def test_a_backup_that_ends_before_a_checkpoint_says_so(run: Run, tmp_path: Path, away: Path) -> None:  # noqa: F811
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    early = printed(tmp_path, "early.txt")
    run("backup", str(away))
    run("person", "小赵", "--grids", "1")
    late = printed(tmp_path, "late.txt")
    assert late.read_text("utf-8").split("\n")[1] == "6"
    code, said = run("audit", "--backup", str(away), str(early), str(late), "--lang", "en")
    assert code == 3
    assert "says 6 edits: this backup ends before it, with 5" in said
    assert "changed" not in said
    assert "one thing could not be compared" in said
    code, said = run("audit", "--backup", str(away), str(late))
    assert (code, "这份备份到第 5 条就完了" in said, "过去变过" in said) == (3, True, False)
    # The database in use reaches further, and there a missing edit is missing.
    assert run("audit", str(late))[0] == 0
    run("backup", str(away))
    assert run("audit", "--backup", str(away), str(late))[0] == 0


def test_a_changed_past_is_found_in_its_backup(run: Run, tmp_path: Path, away: Path) -> None:  # noqa: F811
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    kept = printed(tmp_path)
    # Somebody gives everything another time and makes the backup anew: it agrees with itself in everything.
    sql(tmp_path, "UPDATE journal SET received_ms = received_ms - 86400000, effective_ms = effective_ms - 86400000")
    run("backup", str(away))
    code, said = run("audit", "--backup", str(away), str(kept), "--lang", "en")
    assert (code, "(the first 5 edits) does not fit what is here: the past was changed" in said) == (1, True), said


def test_a_damaged_backup_is_told(run: Run, tmp_path: Path, away: Path) -> None:  # noqa: F811
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    run("backup", str(away))
    (segment,) = away.glob("*/*.segment")
    raw = bytearray(segment.read_bytes())
    raw[-1] ^= 1
    segment.write_bytes(raw)
    code, said = run("audit", "--backup", str(away), "--lang", "en")
    assert (code, "Nothing was audited" in said) == (1, True), said
    code, said = run("audit", "--backup", str(away), "--log", segment.parent.name, "--lang", "en")
    assert (code, "is damaged" in said, "The audit ends here" in said) == (1, True, True), said


def test_without_a_key_nothing_handed_in_is_believed(run: Run, tmp_path: Path, away: Path) -> None:  # noqa: F811
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    kept = printed(tmp_path)
    run("backup", str(away))
    log = str(sql(tmp_path, "SELECT log FROM journal_head")[0][0])
    (key,) = map(str, verifier_keys(f"sifang/{log}", from_environment().log_keys.keys))
    (away / "log.key").unlink()
    code, said = run("audit", "--backup", str(away), str(kept))
    assert (code, "没有日志的钥匙" in said) == (1, True)
    assert not (away / "log.key").exists(), "none is made"
    assert run("audit", "--backup", str(away), str(kept), "--key", key)[0] == 0
    assert run("audit", "--backup", str(away))[0] == 0


def test_a_scanned_code_comes_in_at_the_standard_input(
    run: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    note = printed(tmp_path).read_text("utf-8")

    def hand_in(text: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return run("audit", "-", "--lang", "en")

    for text in (note, note.strip(), "\ufeff" + note.replace("\n", "\r\n"), note.replace("\n", "\r")):
        code, said = hand_in(text)
        assert (code, "1 handed in" in said) == (0, True), said
    assert hand_in(note.replace("\n5\n", "\n4\n"))[0] == 1
    assert hand_in("")[0] == 1


def test_heads_are_printed_and_brought_again(run: Run, tmp_path: Path) -> None:  # noqa: F811
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    assert run("heads") == (0, "")
    (tmp_path / "heads").write_text("", "utf-8")
    assert run("audit", "--heads", str(tmp_path / "heads"))[0] == 0
    wild = '{"device":"\\u001b[31m","origin":"","size":3,"root":"","when":""}'
    (tmp_path / "heads").write_text(wild + "\n", "utf-8")
    code, said = run("audit", "--heads", str(tmp_path / "heads"), "--lang", "en")
    assert (code, "\x1b" in said, "was shown another one" in said) == (1, False, True), said
    (tmp_path / "heads").write_text("no head\n", "utf-8")
    code, said = run("audit", "--heads", str(tmp_path / "heads"), "--lang", "en")
    assert (code, "line 1: not written by the command heads" in said) == (1, True)


# ---------------------------------------------------------------- with phones


@pytest.fixture(params=DATABASES)
async def world(
    request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """The station, its phones, and a backup."""
    async with a_world(request.param, tmp_path, empty_sqlite, request, monkeypatch) as world:
        yield world


def audited(world: World, most: int | None = None) -> Report:
    """The first so many parts of its backup."""
    (folder,) = (each for each in world.target.iterdir() if list(each.glob("*.segment")))
    held: list[Part] = list(islice(parts(folder), most))
    keys = [public_of(seed) for seed in world.station.settings.log_seeds]
    offset = world.station.settings.utc_offset_min
    return audit_parts(held, keys, Brought(), offset)


@pytest.mark.anyio
async def test_what_phones_signed_is_audited_wherever_the_backup_ends(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(copying, "EDITS_A_PART", 3)
    zhao, qian, _ = world.phones
    zhao.log_keys = [public_of(seed) for seed in world.station.settings.log_seeds]
    for _ in range(7):
        zhao.visit(world.station["陈奶奶"])
        qian.visit(world.station["马师傅"])
    for phone in (zhao, qian):
        await phone.meet(world.station.http)
    for _ in range(4):
        zhao.visit(world.station["空房"])
    await zhao.meet(world.station.http)
    await world.ship()
    whole = audited(world)
    assert (whole.found, whole.beyond) == ([], [])
    assert whole.done["signed"] == 18
    assert whole.done["heads"] >= 1
    for most in range(1, whole.done["edits"] // 3):
        report = audited(world, most)
        assert report.found == [], most
        assert {found.code for found in report.beyond} <= {"unsigned_later"}


@pytest.mark.anyio
async def test_edits_that_no_phone_signed_are_found_in_a_backup(world: World) -> None:
    zhao = world.phones[0]
    zhao.visit(world.station["陈奶奶"])
    await zhao.meet(world.station.http)
    async with world.station.db.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM head_statement")
    await world.ship()
    assert {found.code for found in audited(world).found} == {"unsigned"}
