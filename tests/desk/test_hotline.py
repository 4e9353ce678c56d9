"""The 12345 hotline at the desk and by its program: tickets in, placed by hand, answered; and a group's message."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import msgspec
import pytest
from httpx import Response

from server import settings as server_settings
from server.hotline.pasted import read_message
from server.hotline.signed import SIGNATURE, TIMESTAMP, signature
from server.imports.plan_tickets import ticket_id, whistle_id
from server.keys import WeakSecret
from tests.desk.conftest import DAY_MS, HOUR_MS, NOW_MS, Desk, sign_in, visit, words
from tests.desk.test_whistles import at, people, press
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

SECRET = b"kR8vQ2mZp0XtYw7LhNc3Jd9sBf5GaE1u"
TICKETS = "/api/hotline/tickets"
LAMP = {"ticket": "HL-1", "when": "2026-11-20 08:30", "text": "楼道灯不亮", "address": "榆桥社区槐安小区3幢2单元501"}
LOST = {"ticket": "HL-2", "when": "2026-11-19", "text": "=广场上有人唱歌", "address": "河边广场", "caller": "刘女士"}


def listen(station: Station, secret: bytes | None = SECRET) -> None:
    """The installation shares a secret with the hotline."""
    station.app.state.settings = replace(station.app.state.settings, hotline_secret=secret)


async def call(station: Station, verb: str, path: str, body: bytes = b"", **other: Any) -> Response:
    """The hotline's program asks; `other`: what it says otherwise than it should."""
    moment = str(other.get("moment", station.now_ms))
    signed: str = other.get("signed") or signature(other.get("secret", SECRET), moment, verb, path, body)
    headers = {TIMESTAMP.encode(): moment.encode(), SIGNATURE.encode(): signed.encode()}
    return await station.http.request(verb, path, content=body or None, headers=headers)


async def send(station: Station, *tickets: dict[str, Any], **other: Any) -> Response:
    """Tickets as its program sends them, each request at a moment of its own."""
    station.now_ms += 1
    return await call(station, "POST", TICKETS, msgspec.json.encode({"tickets": list(tickets)}), **other)


async def test_tickets_come_by_program_once_and_each_is_told_what_became_of_it(station: Station) -> None:
    listen(station)
    broken = {"ticket": "HL-3", "when": "昨天", "text": "停水"}
    elsewhere = {"ticket": "HL-4", "when": "2026-11-19", "text": "停水", "community": "没有的社区"}
    answer = await send(station, LAMP, LOST, broken, elsewhere, LAMP)
    assert answer.status_code == 200, answer.text
    told = answer.json()["tickets"]
    assert [(each["ticket"], each["outcome"], each.get("why")) for each in told] == [
        ("HL-1", "raised", None),
        ("HL-2", "waiting", None),
        ("HL-3", "refused", "date"),
        ("HL-4", "refused", "which_community"),
        ("HL-1", "refused", "ticket_again"),
    ]
    assert "昨天" in told[2]["message_zh"]
    raised = "SELECT author, by_name, channel, building FROM whistle WHERE id = '{}'"
    (row,) = await station.rows(raised.format(whistle_id("HL-1")))
    assert tuple(row)[:3] == (station["master"], "王站长", "hotline_12345")
    size = await station.journal.size()
    again = await send(station, LAMP, LOST)
    assert [each["outcome"] for each in again.json()["tickets"]] == ["known", "known"]
    assert await station.journal.size() == size
    lamp = await call(station, "GET", f"{TICKETS}/HL-1")
    assert (lamp.json()["state"], lamp.json()["answered"]) == ("reported", False)
    lost = await call(station, "GET", f"{TICKETS}/HL-2")
    assert (lost.json()["state"], lost.json()["result"]) == ("waiting", "")
    assert "刘女士" not in lost.text
    assert (await call(station, "GET", f"{TICKETS}/HL-9")).status_code == 404
    assert await station.refolds()


async def test_whoever_has_no_secret_is_not_listened_to(station: Station) -> None:
    assert (await send(station, LAMP)).status_code == 404, "nothing is shared with a hotline"
    assert (await call(station, "GET", f"{TICKETS}/HL-1")).status_code == 404
    listen(station)
    size = await station.journal.size()
    for wrong in (
        {"secret": b"another secret that is as long.."},
        {"signed": "AAAA"},
        {"signed": "签名"},
        {"moment": station.now_ms - 6 * 60_000},
        {"moment": station.now_ms + 6 * 60_000},
        {"moment": "soon"},
    ):
        answer = await send(station, LAMP, **wrong)
        assert (answer.status_code, list(answer.json())) == (401, ["problem"]), wrong
    body = msgspec.json.encode({"tickets": [LAMP]})
    moment = str(station.now_ms)
    signed = signature(SECRET, moment, "POST", TICKETS, body)
    other = await call(station, "POST", TICKETS, body.replace(b"HL-1", b"HL-7"), moment=moment, signed=signed)
    assert other.status_code == 401, "signed for other words"
    assert await station.journal.size() == size
    assert (await call(station, "POST", TICKETS, body, moment=moment)).status_code == 200
    replayed = await call(station, "POST", TICKETS, body, moment=moment)
    assert (replayed.status_code, replayed.json()["problem"]["code"]) == (401, "replayed")
    for strange in (b"{}", b"[", b'{"tickets": []}', msgspec.json.encode({"tickets": [LAMP] * 101}), b"\xff"):
        station.now_ms += 1
        assert (await call(station, "POST", TICKETS, strange)).status_code == 400
    assert (await call(station, "POST", TICKETS, b" " * (1 << 20) + b"1")).status_code == 413


async def test_the_hotline_waits_when_it_asks_too_often(station: Station) -> None:
    listen(station)
    codes = []
    for n in range(70):
        codes.append((await call(station, "GET", f"{TICKETS}/HL-{n}")).status_code)
    assert (codes[0], codes[-1]) == (404, 429)


def test_a_secret_that_could_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIFANG_HOTLINE_SECRET", "12345123451234512345123451234512345")
    with pytest.raises(WeakSecret, match="SIFANG_HOTLINE_SECRET"):
        server_settings.from_environment()
    assert "hotline_secret" not in repr(server_settings.Settings("", server_settings.ROOT, b"", hotline_secret=SECRET))


async def test_a_ticket_that_led_nowhere_is_placed_by_one_press(station: Station, desk: Desk, leader: Desk) -> None:
    mei, wei, _ = await people(station)
    listen(station)
    await send(station, LOST, LAMP)
    page = await mei.get("/desk/hotline")
    assert "1 件工单等您放到网格" in words(page)
    assert "HL-2" in page.text
    assert "HL-1" not in page.text
    assert "刘女士" not in page.text
    place = f"/desk/hotline/{ticket_id('HL-2')}/whistle"
    for nobody in (leader, wei):
        assert (await nobody.get("/desk/hotline")).status_code == 404
        assert (await nobody.post(place, {"place": station["第三网格"]})).status_code == 404
    assert (await mei.post(place, {"place": "nowhere"})).status_code == 404
    assert (await mei.post(place, {"place": f"{station['第四网格']}.{station['3幢']}"})).status_code == 404
    put = await mei.post(place, {"place": station["第四网格"]})
    assert put.headers["location"] == "/desk/hotline?told=placed"
    again = await desk.post(place, {"place": station["第三网格"]})
    assert again.headers["location"] == "/desk/hotline?told=known"
    assert "没有等着放的工单" in words(await desk.get("/desk/hotline"))
    one = words(await desk.get(f"/desk/whistles/{station['第四网格']}/{whistle_id('HL-2')}"))
    assert "12345 工单 HL-2" in one
    assert "来电人 刘女士" in one
    assert "刘女士" not in words(await mei.get(f"/desk/whistles/{station['第四网格']}/{whistle_id('HL-2')}"))
    assert await station.refolds()


async def test_answers_leave_as_a_file_that_says_who_took_them_and_nothing_of_who_called(
    station: Station, desk: Desk, leader: Desk
) -> None:
    mei, wei, _ = await people(station)
    listen(station)
    await send(station, {**LAMP, "caller": "周女士", "phone": "000-0000-0007", "confidential": False}, LOST)
    lamp = at(station, whistle_id("HL-1"))
    sent = {"department": station["消防"], "level": "3", "urgency": "normal", "category": "W07"}
    await press(mei, lamp, "dispatched", **sent)
    page = words(await wei.get(lamp))
    assert "周女士 000-0000-0007" in page, "the hotline said that a department may"
    for step, note in (("accepted", ""), ("in_progress", ""), ("resolved", "=换了灯")):
        await press(wei, lamp, step, note)
    await mei.post(f"/desk/hotline/{ticket_id('HL-2')}/whistle", {"place": station["第四网格"]})
    await press(mei, f"/desk/whistles/{station['第四网格']}/{whistle_id('HL-2')}", "invalid", "广场归公园管")
    answer = await mei.post("/desk/hotline/answers", {"since": "2026-11-13"})
    assert answer.status_code == 200, words(answer)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert "小梅" in found[0][0]
    lines = {line[0]: line for line in found[2:]}
    assert lines["HL-1"][1:4] == ["部门说办好了", "'=换了灯", "消防"]
    assert lines["HL-2"][1:4] == ["没算", "广场归公园管", ""]
    assert lines["HL-1"][5] == "2026-11-20 08:30"
    assert "周女士" not in answer.text
    assert "000-0000-0007" not in answer.text
    made = "SELECT body FROM journal WHERE kind = 'export.made'"
    said = msgspec.json.decode(bytes(await station.value(made)))
    assert (said["what"], said["count"], said["asked"]) == ("hotline", 2, {"from": "2026-11-13"})
    told = (await call(station, "GET", f"{TICKETS}/HL-1")).json()
    assert (told["state"], told["answered"], told["department"], told["result"]) == (
        "resolved",
        True,
        "消防",
        "=换了灯",
    )
    assert (await mei.post("/desk/hotline/answers", {"since": "soon"})).status_code == 422
    later = list(csv.reader(StringIO((await mei.post("/desk/hotline/answers", {"since": "2026-11-21"})).text)))
    assert len(later) == 2, "nothing since then: the mark and the headings"
    assert (await leader.post("/desk/hotline/answers", {"since": "2026-11-13"})).status_code == 404
    station.now_ms += 2 * HOUR_MS
    assert (await mei.post("/desk/hotline/answers", {"since": "2026-11-13"})).status_code == 403, (
        "the passkey once more"
    )


async def test_a_ticket_goes_with_the_home_that_is_erased(station: Station, desk: Desk, zhao: Phone) -> None:
    listen(station)
    await visit(zhao, station, "陈奶奶")
    await send(station, {**LAMP, "caller": "陈奶奶", "phone": "000-0000-0001"})
    assert await station.value("SELECT household FROM whistle") == station["陈奶奶"]
    home = f"/desk/erasures/households/{station['第三网格']}/{station['陈奶奶']}"
    await desk.get(home)
    gone = await desk.post(home, {"why": "asked", "sure": "清除"})
    assert gone.status_code == 303, words(gone)
    assert await station.value("SELECT COUNT(*) FROM hotline_ticket") == 0
    assert await station.value("SELECT body FROM journal WHERE kind = 'hotline_ticket.received'") is None
    assert await station.refolds()


PASTED = """王阿姨 2026/11/19 21:05
@李网格长 槐安小区3幢2单元的楼道灯不亮了
[图片]

老马 2026/11/19 21:07
充电线也拉到外面来了，看着怕"""


async def test_a_groups_message_becomes_a_form_and_one_more_press_a_whistle(station: Station, leader: Desk) -> None:
    assert "从群消息粘贴" in words(await leader.get("/desk/whistles"))
    size = await station.journal.size()
    form = await leader.post("/desk/messages", {"message": PASTED})
    assert form.status_code == 200
    for name in ("王阿姨", "老马", "李网格长 槐安"):
        assert name not in form.text, "who said it is not kept"
    assert await station.journal.size() == size, "nothing is kept before the press"
    shown = dict(re.findall(r'name="(edit|at|title)"[^>]*? value="([^"]*)"', form.text))
    assert shown["title"] == "槐安小区3幢2单元的楼道灯不亮了"
    here = f"{station['第三网格']}.{station['3幢']}"
    assert f'<option value="{here}" selected' in form.text
    assert '<option value="W08" selected' in form.text, "a charging cable"
    said = {**shown, "text": "灯不亮\n充电线", "place": here, "category": "W08", "urgency": "urgent"}
    raised = await leader.post("/desk/messages/whistle", said)
    assert raised.headers["location"] == f"{at(station, shown['edit'])}?told=raised"
    found = "SELECT channel, building, category, urgency, occurred_at_ms FROM whistle"
    (row,) = await station.rows(found)
    moment = int(datetime(2026, 11, 19, 13, 5, tzinfo=UTC).timestamp() * 1000)
    assert tuple(row) == ("wechat", station["3幢"], "W08", "urgent", moment)
    await leader.post("/desk/messages/whistle", said)
    assert await station.value("SELECT COUNT(*) FROM whistle") == 1, "pressed twice"
    beside = await leader.post("/desk/messages/whistle", {**said, "place": station["第四网格"]})
    assert beside.status_code == 404, "a grid that is not theirs"
    assert (await leader.post("/desk/messages/whistle", {**said, "title": " "})).status_code == 422
    assert (await leader.post("/desk/messages", {"message": "[图片]"})).headers["location"].endswith("told=words")
    assert "王阿姨：" in (await leader.post("/desk/messages", {"message": PASTED, "names": "yes"})).text


@pytest.mark.parametrize(
    ("pasted", "text", "ago_ms"),
    [
        ("张三 09:12\n灯坏了", "灯坏了", (10 * 60 + 44 - 9 * 60 - 12) * 60_000),
        ("张三 昨天 10:44\n灯坏了", "灯坏了", DAY_MS),
        ("张三 11月18日 10:44\n灯坏了", "灯坏了", 2 * DAY_MS),
        ("张三: 灯坏了\n李四：我家也是", "灯坏了\n我家也是", None),
        ("问题：灯坏了\n地址：3幢", "问题：灯坏了\n地址：3幢", None),
        ("3幢：灯坏了", "3幢：灯坏了", None),
        ("灯坏了，18:30来电话的", "灯坏了，18:30来电话的", None),
        ("张三 23:50\n灯坏了", "灯坏了", (10 * 60 + 44 + 10) * 60_000),
        ("", "", None),
        ("张三 2020/1/1 09:00\n灯坏了", "灯坏了", None),
    ],
)
def test_who_said_it_stays_out_and_when_is_read(pasted: str, text: str, ago_ms: int | None) -> None:
    said = read_message(pasted, NOW_MS, 480)
    assert said.text == text
    assert said.at_ms == (None if ago_ms is None else NOW_MS - ago_ms)


async def test_the_language_of_the_page_is_the_readers(station: Station, desk: Desk) -> None:
    mei = await sign_in(station, "master")
    assert "Answers for the hotline" in words(await mei.get("/desk/hotline", lang="en"))
