"""`python -m server import FILE` at a station's own machine."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from server import schema
from server.__main__ import main
from server.db import Database
from server.foundation import begin_community
from server.journal import Journal
from server.settings import from_environment
from tests.imports.community import csv
from tests.imports.ledgers import CHEN, HEAD, MA


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger beside an installation with one community."""
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)
    asyncio.run(_begin())
    path = tmp_path / "第三网格台账.csv"
    path.write_bytes(csv(HEAD, CHEN, MA, "楼上,,张家,,,,,,,"))
    return path


async def _begin() -> None:
    settings = from_environment()
    db = Database(settings.database_url)
    async with db.writing() as connection:
        await connection.run_sync(schema.metadata.create_all)
    journal = Journal(db, settings)
    await journal.start()
    await begin_community(db, journal, "榆桥社区", "王站长", 8)
    await journal.stop()
    await db.close()


def homes(ledger: Path) -> int:
    engine = create_engine(f"sqlite:///{ledger.parent / 'data' / 'sifang.db'}")
    with engine.connect() as connection:
        count: int = connection.execute(text("SELECT count(*) FROM household")).scalar_one()
    engine.dispose()
    return count


def test_a_dry_run_touches_nothing_and_the_import_then_does_what_it_said(
    ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(ledger), "--dry-run"]) == 2
    dry = capsys.readouterr().out
    assert "会新增 2 栋楼、2 户、1 人。1 行没看懂，没放进来。" in dry
    assert "第4行：地址“楼上 张家”看不出是哪个门" in dry
    assert "试读" in dry
    assert homes(ledger) == 0
    assert main(["import", str(ledger)]) == 2
    real = capsys.readouterr().out
    assert "新增了 2 栋楼、2 户、1 人。" in real
    assert dry.splitlines()[1:-2] == real.splitlines()[1:]
    assert homes(ledger) == 2
    assert main(["import", str(ledger), "--lang", "en"]) == 2
    again = capsys.readouterr().out
    assert "nothing was changed" in again
    assert "Left as they are: 2 households, 1 resident." in again
    assert not re.search(r"\bimport\.[a-z]", dry + real + again)


def test_columns_not_used_are_named_above_the_rows_they_cost(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = ledger.with_name("第三网格.csv")
    odd.write_bytes(csv("楼栋,单元,第几户,户主", "20号楼,1,501,张家"))
    assert main(["import", str(odd), "--dry-run"]) == 2
    _, section = capsys.readouterr().out.split("没看懂的行\n")
    assert section.startswith("  有 1 列没用上：第几户。")


def test_what_cannot_be_done_is_said_in_one_sentence(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = ledger.with_name("台账.csv")
    plain.write_bytes(ledger.read_bytes())
    assert main(["import", str(plain), "--grid", "第三网格"]) == 2
    for arguments, words in (
        ([str(ledger.with_name("没有.csv"))], "打不开文件"),
        ([str(plain), "--community", "北渠社区"], "没有叫“北渠社区”的社区"),
        ([str(plain), "--grid", "第九网格"], "没有叫“第九网格”的网格"),
        ([str(plain), "--by", "无名氏"], "请用 --by"),
    ):
        assert main(["import", *arguments]) == 1
        assert words in capsys.readouterr().err
