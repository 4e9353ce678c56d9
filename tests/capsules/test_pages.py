"""A station master carries a colleague's capsule in at the desk."""

from __future__ import annotations

import json
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import text

from server.i18n import t
from tests.desk.conftest import Desk, desk, station, zhao
from tests.journal.conftest import Station
from tests.journal.phone import Phone

__all__ = ["desk", "station", "zhao"]
pytestmark = pytest.mark.anyio


async def carry(at: Desk, content: bytes | None) -> Response:
    """Send the form with this file."""
    files: Any = {"capsule": ("小赵.sifang", content)} if content is not None else {"other": ("x", b"")}
    cookies = "; ".join(f"{name}={value}" for name, value in at.cookies.items())
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": cookies, "Accept": "text/html"}
    return await at.http.post("/desk/capsules", files=files, headers=headers)


async def test_a_capsule_is_carried_in_and_twice_is_once(station: Station, desk: Desk, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    zhao.visit(station["马师傅"])
    raw = json.dumps(zhao.capsule(station.settings.seal.public)).encode()
    first = await carry(desk, raw)
    assert first.status_code == 200
    assert "收进来 2 条" in first.text
    assert "赵敏的手机（赵敏的手机）" in first.text
    again = await carry(desk, raw)
    assert "里面的都已经有了" in again.text
    assert await station.value("SELECT count(*) FROM visit") == 2


async def test_a_phone_without_a_label_is_named_by_its_person_alone(station: Station, desk: Desk, zhao: Phone) -> None:
    zhao.visit(station["陈奶奶"])
    async with station.db.writing() as db:
        await db.execute(text("UPDATE device SET label = ''"))
    carried = await carry(desk, json.dumps(zhao.capsule(station.settings.seal.public)).encode())
    assert "赵敏的手机</p>" in carried.text
    assert "（）" not in carried.text


async def test_the_way_to_a_capsule_is_told_in_the_phones_own_words(station: Station, desk: Desk) -> None:
    for lang, tab, button in (("zh", "待上传", "带走一份"), ("en", "To send", "Take a copy along")):
        told = (await desk.get("/desk/capsules", lang=lang)).text
        assert (t(lang, "field.tab.outbox"), t(lang, "carry.take_one")) == (tab, button)
        assert tab in told
        assert button in told


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [(None, 422, "还没选文件"), (b"", 422, "还没选文件"), (b"\xff\xd8 a photo", 400, "不是随身包")],
)
async def test_what_is_no_capsule_says_so(
    station: Station, desk: Desk, content: bytes | None, status: int, words: str
) -> None:
    answer = await carry(desk, content)
    assert (answer.status_code, words in answer.text) == (status, True)
