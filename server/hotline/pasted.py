"""What was copied out of a group chat: the words, without who said them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

CHARS_MAX = 2000
_DAY = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?|今天|昨天|前天|(?:星期|周)[一二三四五六日天]"
_CLOCK = r"(?:凌晨|早上|上午|中午|下午|晚上)?\s*\d{1,2}:\d{2}(?::\d{2})?"
_HEAD = re.compile(rf"^(?P<name>\S.{{0,39}}?)[\s:：]+(?:(?P<day>{_DAY})\s*)?(?P<clock>{_CLOCK})\s*[:：]?$")
_SPOKEN = re.compile(r"^(?P<name>[^\s\d:：，。,.]{1,16})[:：]\s*(?P<words>\S.*)$")
_LABELS = re.compile(r"地址|地点|位置|问题|时间|日期|电话|内容|情况|诉求|要求|原因|通知|提醒|紧急|急")
_CALLED = re.compile(r"@[^\s@,，:：]{1,24}[\s\u2005]?")
_MEDIA = re.compile(r"^\[(?:图片|视频|语音|表情|动画表情|文件|链接)\].*$")


class Message(NamedTuple):
    """The words, and when the first of them was said, where that stands there."""

    text: str
    at_ms: int | None


def read_message(pasted: str, now_ms: int, utc_offset_min: int, *, names: bool = False) -> Message:
    """Read lines as WeChat copies them, `name time` above the words or `name: words`. `names`: whether who said it
    stays, as somebody asked."""
    lines, at_ms, headed = [], None, False
    for line in (each.strip() for each in pasted[:CHARS_MAX].replace("\r", "").split("\n")):
        said = None
        if head := _HEAD.match(line):
            headed = True
            said = head["name"].rstrip(":：")
            if at_ms is None:
                at_ms = _moment(head["day"] or "", head["clock"], now_ms, utc_offset_min)
            line = ""
        elif not headed and (spoken := _SPOKEN.match(line)) and not _LABELS.search(spoken["name"]):
            said, line = spoken["name"], spoken["words"]
        if not names:
            line = _CALLED.sub("", line).strip()
        if said and names:
            lines.append(f"{said}：{line}".rstrip())
        elif line and not _MEDIA.match(line):
            lines.append(line)
    return Message("\n".join(_joined(lines)).strip(), at_ms)


def _joined(lines: list[str]) -> list[str]:
    """A name that stood in a line of its own goes before the words below it."""
    found: list[str] = []
    for line in lines:
        if found and found[-1].endswith("："):
            found[-1] += line
        else:
            found.append(line)
    return found


def _moment(day: str, clock: str, now_ms: int, utc_offset_min: int) -> int | None:
    """When it was said; None where that is still to come, or a month ago."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC) + timedelta(minutes=utc_offset_min)
    hour, minute = (int(each) for each in re.findall(r"\d+", clock)[:2])
    hour += 12 if re.search("下午|晚上", clock) and hour < 12 else 0
    try:
        moment = datetime.combine(_day(day, now.date()), time(hour, minute), UTC)
    except ValueError:
        return None
    if not day and moment > now.replace(tzinfo=UTC):
        moment -= timedelta(days=1)
    at_ms = int((moment - timedelta(minutes=utc_offset_min)).timestamp() * 1000)
    return at_ms if 0 <= now_ms - at_ms <= 31 * 24 * 3_600_000 else None


def _day(said: str, today: date) -> date:
    back = {"昨天": 1, "前天": 2}.get(said, 0)
    if said[:1] in ("星", "周"):
        back = (today.weekday() - "一二三四五六日".index(said[-1].replace("天", "日"))) % 7
    parts = [int(each) for each in re.findall(r"\d+", said)]
    if len(parts) == 2:
        found = date(today.year, *parts)
        return found if found <= today else date(today.year - 1, *parts)
    return date(*parts) if len(parts) == 3 else today - timedelta(days=back)
