"""A station begins on its server, and what the commands say when they cannot do what was asked."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from server import commands, migrating
from server.__main__ import main
from server.commands import upgrade
from server.settings import ROOT, from_environment

Run = Callable[..., tuple[int, str]]


def test_a_taken_port_is_told_before_any_link(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", port, "--links"]
        environment = {**os.environ, "SIFANG_DATA": str(tmp_path)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"Port {port} is taken" in done.stderr
    assert f"端口 {port} 被占着" in done.stderr
    assert not (tmp_path / "sifang.db").exists()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`python -m server …` on an empty data folder: its exit code and all it said."""
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)

    def command(*arguments: str) -> tuple[int, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_a_secret_that_could_be_guessed_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"changeme")
    code, said = run("refold")
    assert code == 1
    assert "8 bytes, 32 random ones are needed" in said
    assert "只有 8 个字节" in said


def test_what_a_release_holds_is_enough(tmp_path: Path) -> None:
    """docs/deploy.md names the parts; tests, tools, the simulator and the demo community are none of them."""
    told = (ROOT / "docs" / "deploy.md").read_text("utf-8")
    found = re.search(r"^git archive \S+ (.*?) \|", told, re.MULTILINE)
    assert found
    parts = [part.strip("'") for part in found[1].split()]
    assert [part for part in parts if part.startswith(":!")] == [":!server/demo"]
    for part in (part for part in parts if "!" not in part):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "demo"))
    environment = {**os.environ, "SIFANG_DATA": str(tmp_path / "data")}
    environment.pop("SIFANG_DATABASE_URL", None)
    for command in (("migrate",), ("begin", "榆桥社区", "王站长"), ("link", "desk", "王站长"), ("refold",)):
        run = [sys.executable, "-m", "server", *command]
        done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    for part in ("tests", "e2e", "bench", "burden", "torture", "simulator", "tools"):
        assert not (tmp_path / part).exists()


def test_migrating_tells_no_password(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "SIFANG_DATABASE_URL", "postgresql+asyncpg://sifang:open-sesame@db.example/sifang?sslmode=verify-full"
    )
    monkeypatch.setenv("SIFANG_DATABASE_PASSWORD", "1")
    monkeypatch.setattr(migrating, "upgrade", lambda url: None)
    code, said = run("migrate")
    assert code == 0
    assert "sifang:***@db.example/sifang" in said
    assert "sesame" not in said


def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{folder / 'sifang.db'}")
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return found


def test_a_station_begins_and_enrols_its_first_worker(run: Run, tmp_path: Path) -> None:
    assert run("begin", "榆桥社区", "王站长", "--grids", "4")[0] == 0
    ledger = tmp_path / "户籍台账.csv"
    ledger.write_text("网格,小区,楼栋,房号,户主\n第三网格,槐安小区,3幢,2-501,陈奶奶\n", "utf-8")
    assert run("import", str(ledger))[0] == 0
    code, said = run("link", "phone", "小赵")
    assert code == 1
    assert "登记里没有小赵。先登记：python -m server person 小赵" in said
    code, said = run("person", "小赵", "--role", "grid_worker", "--grids", "第三网格", "4网格")
    assert (code, said.splitlines()[0]) == (0, "小赵登记好了：网格员，第三网格、第四网格。")
    code, said = run("link", "phone", "小赵")
    assert code == 0
    assert "/join/" in said
    written = "select j.kind, d.kind, p.name from journal j join device d on d.id = j.device join person p"
    written += " on p.id = j.author where j.kind = 'person.added' order by j.position"
    assert rows(tmp_path, written) == [("person.added", "server", "王站长")] * 2
    assert run("refold")[0] == 0


def test_what_is_kept_is_for_its_owner_alone(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, seen = tmp_path / "sifang.db", []
    before = os.umask(0o022)
    try:
        monkeypatch.setattr(commands, "demo", lambda options: seen.append((tmp_path / "photo").write_bytes(b"")))
        run("demo")
        assert mode(tmp_path / "photo") == 0o600, "whatever a command writes"
        assert os.umask(0o022) == 0o022, "whoever called it has their own umask again"
        upgrade(from_environment())
        assert mode(file) == 0o600, "whoever makes it"
        file.chmod(0o644)  # as earlier versions made it
        run("begin", "榆桥社区", "王站长", "--grids", "2")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("SELECT * FROM journal_head").fetchall()
            run("person", "小赵", "--grids", "1")
            assert {mode(path) for path in tmp_path.glob("sifang.db*")} == {0o600}
            assert len(list(tmp_path.glob("sifang.db*"))) == 3, "the log and its index, too"
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_somebody_is_entered_once_and_every_mistake_is_told(run: Run, tmp_path: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    assert run("person", "小赵", "--grids", "1")[0] == 0
    told = {
        ("小赵", "--grids", "2"): "登记里已经有小赵了",
        (" 小　赵 ", "--grids", "2", "--lang", "en"): "is already registered",
        ("王站长", "--role", "station_master"): "登记里已经有王站长了",
        ("小孙",): "请用 --grids 写明负责哪些网格：第一网格、第二网格。",
        ("小孙", "--grids", "第九网格"): "没有叫“第九网格”的网格：第一网格、第二网格。",
        ("小孙", "--grids", "1", "--role", "volunteer", "--lang", "en"): "There is no role “volunteer”: grid_worker",
        (" ", "--grids", "1"): "还没写名字",
        ("孙" * 61, "--grids", "1"): "名字太长",
        ("小孙", "--grids", "1", "--by", "小赵"): "小赵不是这里的站长",
        ("小孙", "--grids", "1", "--community", "北渠社区"): "没有叫“北渠社区”的社区",
    }
    for arguments, said in told.items():
        code, answer = run("person", *arguments)
        assert (code, said in answer) == (1, True), (arguments, answer)
    assert rows(tmp_path, "select name from person order by rev") == [("王站长",), ("小赵",)]


def test_a_second_station_master_has_every_grid(run: Run, tmp_path: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "3")
    code, said = run("person", "刘站长", "--role", "station_master", "--lang", "en")
    assert (code, "Station master, 第一网格, 第二网格, 第三网格" in said) == (0, True)
    assert "link desk 刘站长" in said
    assert run("link", "desk", "刘站长")[0] == 0
    first, second = rows(tmp_path, "select grids from person order by id")
    assert first == second


def test_serving_without_anybody_prints_one_link_to_begin_with(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.serving.run", lambda *_, **__: None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    for _ in range(2):
        code, said = run("serve", "--port", port)
        assert (code, said.count("/join/")) == (0, 1)
        assert "还没有人，在浏览器里开始" in said
    assert rows(tmp_path, "select role, community from person") == [("admin", None)]
    assert len(rows(tmp_path, "select person from join_link")) == 1, "the newer link takes the older one's place"
    assert run("begin", "榆桥社区", "王站长")[0] == 0
    code, said = run("serve", "--port", port)
    assert (code, "/join/" in said) == (0, False)


def test_an_administrator_is_entered_by_whoever_has_the_servers_shell(run: Run, tmp_path: Path) -> None:
    run("begin", "榆桥社区", "王站长", "--grids", "2")
    code, said = run("person", "方管理员", "--role", "admin")
    assert (code, said.splitlines()[0]) == (0, "方管理员登记好了：管理员，不分网格。")
    nobody = "00000000-0000-0000-0000-000000000000"
    written = "select j.author from journal j join person p on p.id = j.entity where p.role = 'admin'"
    assert rows(tmp_path, written) == [(nobody,)]
    assert run("refold")[0] == 0
