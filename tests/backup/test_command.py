"""Whoever runs the server: ships, restores, rebuilds and is warned, by command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command as alembic_command
from alembic.config import Config
from sqlalchemy import create_engine, text

from server.__main__ import main
from server.backup import ship
from server.backup.place import MARKER, Place
from server.backup.segments import HEAD_BYTES
from server.settings import ROOT, from_environment

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`python -m server …` in the data folder `here`: its exit code and all it said."""
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path / "here"))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)

    def command(*arguments: str) -> tuple[int, str]:
        code = main([arguments[0], *arguments[1:]])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """Where backups go."""
    (tmp_path / "away").mkdir()
    return tmp_path / "away"


def sql(folder: Path, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{folder / 'here' / 'sifang.db'}")
    with engine.begin() as connection:
        done = connection.execute(text(statement))
        found = [tuple(row) for row in done] if done.returns_rows else []
    engine.dispose()
    return found


def test_a_station_is_backed_up_and_restored(run: Run, tmp_path: Path, away: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    seal = from_environment().seal
    people = sql(tmp_path, "SELECT * FROM person ORDER BY id")
    code, said = run("backup", str(away), "--lang", "en")
    assert code == 0
    assert "5 edits shipped; the backup reaches position 4." in said
    assert f"{away} is on the server's own disk" in said
    assert "送出 0 条，备份已到第 4 条。" in run("backup", str(away))[1]
    assert "这里已经有数据了" in run("restore", str(away))[1]
    shutil.rmtree(tmp_path / "here")
    code, said = run("restore", str(away))
    assert (code, "恢复了 5 条" in said, "一字不差" in said) == (0, True, True)
    assert sql(tmp_path, "SELECT * FROM person ORDER BY id") == people
    assert from_environment().seal.id == seal.id, "capsules made for the old server can be opened"
    assert run("person", "小赵", "--grids", "1")[0] == 0
    assert run("refold")[0] == 0
    code, said = run("audit", "--lang", "en")
    assert (code, "Edit 5: here this log goes on after" in said) == (0, True), said
    assert "Best known head of that log: 5 edits" in said
    assert len([each for each in away.iterdir() if each.is_dir()]) == 1
    assert run("backup", str(away), "--verify")[0] == 0
    assert len([each for each in away.iterdir() if each.is_dir()]) == 2, "another log, another folder"


def test_the_log_is_audited_against_what_was_kept_elsewhere(run: Run, tmp_path: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    kept = tmp_path / "printed.txt"
    kept.write_text(str(sql(tmp_path, "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")[0][0]), "utf-8")
    code, said = run("audit", str(kept), "--lang", "en")
    assert (code, "Nothing is wrong: 5 edits" in said, "1 handed in" in said) == (0, True, True), said
    sql(tmp_path, "UPDATE journal SET received_ms = received_ms - 1 WHERE position = 2")
    code, said = run("audit", str(kept))
    assert code == 1
    assert "第 2 条：收到的时间比前一条还早" in said or "第 0 条起的一段" in said
    assert "带来的凭据（前 5 条）：跟这里的记录对不上，过去变过" in said
    assert run("audit", str(tmp_path / "nothing"))[0] == 1
    code, said = run("audit", "--key", "nobody")
    assert (code, "这不是日志的公钥：nobody" in said) == (1, True)


def test_a_damaged_backup_restores_nothing(run: Run, tmp_path: Path, away: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    run("backup", str(away))
    (segment,) = away.glob("*/*.segment")
    raw = bytearray(segment.read_bytes())
    raw[-1] ^= 1
    segment.write_bytes(raw)
    shutil.rmtree(tmp_path / "here")
    code, said = run("restore", str(away))
    assert (code, "坏了" in said, "什么也没有恢复" in said) == (1, True, True), said
    assert not (tmp_path / "here" / "sifang.db").exists()
    code, said = run("restore", str(away), "--log", segment.parent.name, "--lang", "en")
    assert (code, "Nothing was restored" in said) == (1, True), said
    assert run("restore", str(tmp_path / "nowhere"))[0] == 1
    assert run("backup", str(tmp_path / "nowhere"))[0] == 1


@pytest.mark.parametrize("harm", ["first byte", "length", "gone"])
def test_a_damaged_newer_log_is_never_passed_over(run: Run, tmp_path: Path, away: Path, harm: str) -> None:
    """Nobody would look for what an older log lacks, once it stood in the newer one's place."""
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    run("backup", str(away))
    (older,) = (each.name for each in away.iterdir() if each.is_dir())
    shutil.rmtree(tmp_path / "here")
    code, said = run("restore", str(away))
    assert (code, f"日志 {older}：5 条" in said) == (0, True), said
    run("person", "小赵", "--grids", "1")
    run("backup", str(away))
    (segment,) = (each for each in away.glob("*/*.segment") if each.parent.name != older)
    raw = bytearray(segment.read_bytes())
    if harm == "gone":
        segment.rename(segment.with_suffix(".segment.damaged"))
    else:
        raw[HEAD_BYTES + {"first byte": 60, "length": 12}[harm]] ^= 64
        segment.write_bytes(raw)
    shutil.rmtree(tmp_path / "here")
    code, said = run("restore", str(away))
    assert code == 1, said
    assert f"日志 {older}：5 条" in said
    assert f"日志 {segment.parent.name}：坏了" in said
    assert "--log" in said
    assert not (tmp_path / "here" / "sifang.db").exists(), "nothing was restored"
    code, said = run("restore", str(away), "--log", "somebody's")
    assert (code, "没有叫 somebody's 的日志" in said) == (1, True), said
    code, said = run("restore", str(away), "--log", older)
    assert (code, f"恢复了 5 条（日志 {older}）" in said) == (0, True), said


def test_alarms_tell_what_is_wrong(run: Run, tmp_path: Path, away: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    assert run("check", "--free-mb", "1", "--backup-hours", "0")[0] == 0
    code, said = run("check", "--free-mb", "1000000000")
    assert (code, "硬盘只剩" in said, "还没有备份" in said) == (1, True, True)
    run("backup", str(away))
    code, said = run("check", "--free-mb", "1")
    assert (code, "没有离开服务器" in said) == (1, True)
    monkeypatch.setattr(ship, "place_of", lambda target, data: Place(False, "not_marked"))
    assert MARKER in run("backup", str(away))[1]
    monkeypatch.setattr(ship, "place_of", lambda target, data: Place(True, "marked"))
    assert run("backup", str(away))[0] == 0
    assert run("check", "--free-mb", "1")[0] == 0
    run("person", "小赵", "--grids", "1")
    assert run("check", "--free-mb", "1")[0] == 0
    sql(tmp_path, "UPDATE backup SET verified_ms = verified_ms - 1000 * 3600 * 30")
    code, said = run("check", "--free-mb", "1", "--lang", "en")
    assert (code, "30 hours old and lacks 1 edit." in said) == (1, True)


def test_whoever_asks_the_old_database_is_told_where_it_went(run: Run, tmp_path: Path, away: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    sql(tmp_path, "UPDATE journal_head SET moved_to = 'postgresql+asyncpg://sifang:***@db/sifang'")
    ledger = tmp_path / "户籍台账.csv"
    ledger.write_text("网格,小区,楼栋,房号,户主\n第一网格,槐安小区,3幢,2-501,陈奶奶\n", "utf-8")
    asked = [
        ("check", "--free-mb", "1", "--backup-hours", "0"),
        ("link", "desk", "王站长"),
        ("person", "小赵", "--grids", "1"),
        ("begin", "榆桥社区", "王站长"),
        ("demo",),
        ("import", str(ledger)),
        ("refold",),
        ("rebuild",),
        ("backup", str(away)),
        ("serve", "--port", "0"),
    ]
    for command in asked:
        code, said = run(*command)
        assert (code, "@db/sifang" in said, "SIFANG_DATABASE_URL" in said) == (1, True, True), (command, said)
    assert "moved to postgresql" in run("check", "--lang", "en")[1]


def test_tables_are_rebuilt_by_name(run: Run, tmp_path: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    sql(tmp_path, "UPDATE person SET name = '别人'")
    sql(tmp_path, "DELETE FROM grid")
    code, said = run("refold")
    assert (code, "有 3 处不一致" in said) == (1, True)
    assert "grid：2 行不对，已重建。" in run("rebuild", "grid")[1]
    assert "没有叫 session 的表" in run("rebuild", "session")[1]
    assert "person: 1 row was wrong and is rebuilt." in run("rebuild", "--lang", "en")[1]
    assert run("refold")[0] == 0


def test_an_upgrade_folds_everything_anew_and_says_so_in_the_journal(run: Run, tmp_path: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite+aiosqlite:///{tmp_path / 'here' / 'sifang.db'}")
    alembic_command.downgrade(config, "0004")
    sql(tmp_path, "UPDATE person SET grids = '[]'")
    run("migrate")
    assert run("person", "小赵", "--grids", "1")[0] == 0
    kinds = [row[0] for row in sql(tmp_path, "SELECT kind FROM journal ORDER BY position")]
    assert kinds[-2:] == ["rules.version", "person.added"]
    assert len(str(sql(tmp_path, "SELECT grids FROM person WHERE name = '王站长'")[0][0])) > 70
    assert run("refold")[0] == 0


def test_the_journal_is_followed_until_the_command_is_stopped(run: Run, tmp_path: Path, away: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    environment = {**os.environ, "SIFANG_DATA": str(tmp_path / "here")}
    command = [sys.executable, "-m", "server", "backup", str(away), "--follow"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as following:
        assert following.stdout is not None
        assert "第 4 条" in following.stdout.readline()
        assert "另一个备份" in run("backup", str(away))[1]
        run("person", "小赵", "--grids", "1")
        assert following.stdout.readline() == "送出 1 条，备份已到第 5 条。\n"
        following.send_signal(signal.SIGTERM)
        assert following.wait(20) == 0
