"""The working calendar at the desk: everybody sees it, an administrator changes it, and what is due moves at once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest

from server.clocks import Clock, Limit, due_ms, limit_for
from server.working_time import load_calendar, load_limits
from tests.desk.conftest import Desk, words
from tests.journal.conftest import Station
from tests.staff.conftest import admin, somebody, supervisor

__all__ = ["admin", "supervisor"]

pytestmark = pytest.mark.anyio

CHINA = timezone(timedelta(hours=8))


async def due(station: Station, dispatched: str, limit: Limit) -> str:
    """When something is due, by the calendar as it stands."""
    at_ms = int(datetime.fromisoformat(dispatched).replace(tzinfo=CHINA).timestamp() * 1000)
    async with station.db.reading() as db:
        calendar = await load_calendar(db, 480)
    found = due_ms(calendar, Clock(at_ms, limit), at_ms)
    return datetime.fromtimestamp(found / 1000, CHINA).strftime("%Y-%m-%dT%H:%M")


async def test_year_tells_its_holidays_and_the_weekends_worked_for_them(desk: Desk) -> None:
    page = await desk.get("/desk/calendar?year=2026")
    told = words(page)
    assert "2026年哪天上班、哪天休" in told
    assert "春节 2月15日到2月23日，9天 2月14日（周六）上班 2月28日（周六）上班" in told
    assert "元旦 1月1日到1月3日，3天 1月4日（周日）上班" in told
    assert "2月 上班16天" in told
    assert "改这一天" not in told
    # Two months have a weekend day framed, seven holidays stand in months of their own.
    assert len(re.findall(r'<path class="off" d="M\d', page.text)) == 8
    assert "Spring Festival 15 Feb to 23 Feb, 9 days" in words(await desk.get("/desk/calendar?year=2026", lang="en"))


async def test_year_without_a_notice_says_so_and_one_without_anything_too(desk: Desk) -> None:
    told = words(await desk.get("/desk/calendar?year=2027"))
    assert "2027年的放假通知还没有，先按法定假日算。" in told
    assert "春节 2月5日到2月10日，6天" in told
    assert "2028年的假日还不知道，现在只有周末休。" in words(await desk.get("/desk/calendar?year=2028"))
    for strange in ("1999", "abcd", "20260"):
        assert "2026年哪天上班" in words(await desk.get(f"/desk/calendar?year={strange}"))


async def test_administrator_enters_the_notice_and_what_is_open_is_due_another_day(
    admin: Desk, desk: Desk, station: Station
) -> None:
    limit = Limit(1, "working_day")
    assert await due(station, "2027-02-19T10:00", limit) == "2027-02-22T18:00"
    form = {"day": "2027-02-20", "works": "yes", "reason": "国务院通知：春节调休"}
    answer = await admin.post("/desk/calendar/days", form)
    assert answer.headers["location"] == "/desk/calendar?year=2027&done=day"
    told = words(await admin.get(answer.headers["location"]))
    assert "改好了，到期的日子都照新的算。" in told
    assert "2月20日 上班 国务院通知：春节调休 方管理员，2026年11月20日" in told
    assert await due(station, "2027-02-19T10:00", limit) == "2027-02-20T18:00"
    assert "2月20日 上班" in words(await desk.get("/desk/calendar?year=2027"))
    # Taken back it is as published, and that it was said stays.
    await admin.post("/desk/calendar/days", {**form, "works": "published", "reason": "写错了"})
    assert await due(station, "2027-02-19T10:00", limit) == "2027-02-22T18:00"
    assert "2月20日 照通知 写错了" in words(await admin.get("/desk/calendar?year=2027"))
    assert await station.refolds()


async def test_summer_hours_begin_with_their_day(admin: Desk, station: Station) -> None:
    hours = {"from_1": "08:30", "until_1": "12:00", "from_2": "15:00", "until_2": "18:30"}
    answer = await admin.post("/desk/calendar/hours", {"first": "2027-06-01", "why": "夏季作息", **hours})
    told = words(await admin.get(answer.headers["location"]))
    assert "2027年6月1日起：8:30–12:00，15:00–18:30" in told
    assert "8:30–12:00，14:30–18:00 今天" in told
    assert await due(station, "2027-05-31T10:00", Limit(1, "working_day")) == "2027-06-01T18:30"
    straight = {"first": "2027-09-01", "why": "一段连着上", "from_1": "09:00", "until_1": "17:00"}
    await admin.post("/desk/calendar/hours", {**straight, "from_2": "", "until_2": ""})
    assert await due(station, "2027-09-06T10:00", Limit(1, "working_day")) == "2027-09-07T17:00"
    assert await station.refolds()


async def test_limit_is_another_from_now_on_and_as_at_first_again(admin: Desk, station: Station) -> None:
    form = {"category": "W06", "urgency": "normal", "amount": "2", "unit": "working_day", "reason": "人手少"}
    answer = await admin.post("/desk/limits", form)
    told = words(await admin.get(answer.headers["location"]))
    assert "市容环境 2小时 24小时 2个工作日 改过 15天" in told
    assert "市容环境，一般 2个工作日 人手少 方管理员，2026年11月20日" in told
    async with station.db.reading() as db:
        assert limit_for("W06", "normal", await load_limits(db)) == Limit(2, "working_day")
    await admin.post("/desk/limits", {**form, "amount": "", "reason": "人齐了"})
    assert "市容环境，一般 照原来的 人齐了" in words(await admin.get("/desk/limits"))
    async with station.db.reading() as db:
        assert await load_limits(db) == {}
    assert await station.refolds()


WRONG = [
    ("days", {"day": "2027-02-30"}, "写一个日期"),
    ("days", {"day": "20270220"}, "写一个日期"),
    ("days", {"day": "2019-12-31"}, "写一个日期"),
    ("days", {"works": "maybe"}, "选一样"),
    ("days", {"reason": "  "}, "写一句为什么"),
    ("days", {"reason": "长" * 201}, "写一句为什么"),
    ("hours", {"first": ""}, "写一个日期"),
    ("hours", {"until_1": "08:00"}, "时间对不上"),
    ("hours", {"from_2": "11:00"}, "时间对不上"),
    ("hours", {"from_2": ""}, "时间对不上"),
    ("hours", {"from_1": "8点半"}, "时间对不上"),
    ("hours", {"from_1": "", "until_1": "", "from_2": "", "until_2": ""}, "时间对不上"),
    ("hours", {"why": ""}, "写一句为什么"),
    ("limits", {"category": "W13"}, "选哪一类"),
    ("limits", {"urgency": "soon"}, "选哪一类"),
    ("limits", {"unit": "week"}, "选哪一类"),
    ("limits", {"amount": "0"}, "写一个数"),
    ("limits", {"amount": "367"}, "写一个数"),
    ("limits", {"amount": "两"}, "写一个数"),
    ("limits", {"reason": ""}, "写一句为什么"),
]
FORMS = {
    "days": {"day": "2027-02-20", "works": "yes", "reason": "通知"},
    "hours": {
        "first": "2027-06-01",
        "why": "夏季",
        "from_1": "08:30",
        "until_1": "12:00",
        "from_2": "15:00",
        "until_2": "18:30",
    },
    "limits": {"category": "W06", "urgency": "normal", "amount": "2", "unit": "day", "reason": "人手少"},
}


async def test_what_does_not_fit_is_told_and_what_was_typed_stays(admin: Desk, station: Station) -> None:
    for form, typed, said in WRONG:
        sent = {**FORMS[form], **typed}
        answer = await admin.post("/desk/limits" if form == "limits" else f"/desk/calendar/{form}", sent)
        assert answer.status_code == 422, (form, typed)
        assert said in words(answer), (form, typed)
        kept = "why" if form == "hours" else "reason"
        assert sent[kept].strip() in answer.text
    for table in ("workday", "work_hours", "time_limit"):
        assert await station.value(f"SELECT count(*) FROM {table}") == 0


async def test_nobody_else_changes_anything(desk: Desk, supervisor: Desk, station: Station) -> None:
    await somebody(station, "高委员", "committee_member")
    for reader in (desk, supervisor):
        assert "管理员可以改。" in words(await reader.get("/desk/calendar"))
        assert "管理员可以改。" in words(await reader.get("/desk/limits"))
        for form, sent in FORMS.items():
            path = "/desk/limits" if form == "limits" else f"/desk/calendar/{form}"
            assert (await reader.post(path, sent)).status_code in (403, 404)
    assert await station.value("SELECT count(*) FROM workday") == 0
