"""The rows of a hotline's file, or of its program: what each ticket says, in our terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from server.imports import values
from server.imports.cells import Line
from server.imports.choice import Choice
from server.imports.dates import Around, clock_of, day_of
from server.imports.remarks import Remark
from server.imports.words import key, line

NUMBER = re.compile(r"[0-9A-Za-z._-]{4,40}")
TITLE_MAX, LINE_MAX, ADDRESS_MAX, TEXT_MAX = 30, 60, 200, 10_000
NOON = time(12)
URGENCIES = (
    ("danger", "危及|危险|DANGER"),
    ("normal", "一般|普通|常规|平件|不急|非紧急|^否$|低|中|NORMAL|LOW|MEDIUM|^NO$"),
    ("complex", "疑难|复杂|COMPLEX"),
    ("urgent", "急|^是$|高|URGENT|HIGH|^YES$"),
)
CATEGORIES = (
    ("W08", "消防|飞线|充电|安全出口"),
    ("W09", "治安|盗窃|赌博"),
    ("W10", "纠纷|邻里|矛盾"),
    ("W01", "供水|停水|供暖|供热|暖气|自来水|水压|供电|停电|燃气"),
    ("W11", "噪声|噪音|施工|扰民"),
    ("W06", "市容|环卫|垃圾|保洁|占道|小广告"),
    ("W07", "路灯|井盖|市政|道路|路面|排水|下水"),
    ("W03", "公共卫生|疫情|防疫|病媒"),
    ("W04", "低保|救助|残疾|困难群"),
    ("W05", "产权|登记难|历史遗留|不动产|房产证"),
    ("W02", "物业"),
    ("W12", "政策|咨询"),
)
"""Words of a hotline's own categories, the particular first; what fits none is left to whoever responds."""


def category_of(words: str) -> str | None:
    """The category that these words speak of, if any."""
    plain = key(words)
    return next((code for code, pattern in CATEGORIES if re.search(pattern, plain)), None)


@dataclass
class Ticket:
    """One ticket as it came. `row` counts as Excel does, or through what a program sent."""

    row: int
    sheet: str
    number: str
    title: str
    occurred_at_ms: int
    text: str = ""
    topic: str = ""
    address: str = ""
    in_community: str = ""
    in_grid: str = ""
    caller: str = ""
    phone: str = ""
    consent: bool = False
    urgency: str = "normal"

    @property
    def category(self) -> str | None:
        """What it is about, as far as the hotline's words say."""
        return category_of(f"{self.topic} {self.title}")


class TicketReader:
    """Turns lines into tickets; `remarks` say what was not understood and what was left out."""

    def __init__(self, sheet: str, choice: Choice, near: Around | None = None) -> None:
        self.sheet, self.choice, self.near = sheet, choice, near or Around()
        self.remarks: list[Remark] = []
        self.seen: dict[str, Ticket] = {}

    def remark(self, level: str, code: str, row: int, **args: str | int) -> None:
        """Keep a remark about a row of this sheet."""
        self.remarks.append(Remark(level, code, row, self.sheet, args))

    def read(self, found: Line) -> Ticket | None:
        """The ticket of one row; None, with the reason, where its number, its words or its day were not understood."""
        number = line(found.cell("ticket"))
        if found.has("beyond"):
            self.remark("problem", "shifted", found.row, value=found.line("beyond")[:30])
            return None
        if not NUMBER.fullmatch(number):
            self.remark("problem", "ticket" if number else "no_ticket", found.row, value=number[:40])
            return None
        title, words = self._free(found, "title"), self._free(found, "text")[:TEXT_MAX]
        if not title and not words:
            self.remark("problem", "no_words", found.row)
            return None
        at_ms = self._when(found)
        if at_ms is None:
            return None
        title = (title or words).split("\n")[0][:TITLE_MAX].strip()
        ticket = Ticket(found.row, self.sheet, number, title, at_ms, words or self._free(found, "title")[:TEXT_MAX])
        ticket.topic = found.words("topic")[:LINE_MAX]
        parts = (self._free(found, "area"), self._free(found, "address"))
        ticket.address = " ".join(dict.fromkeys(each for each in parts if each))[:ADDRESS_MAX].strip()
        ticket.in_community, ticket.in_grid = found.line("in_community"), found.line("in_grid")
        ticket.urgency = self._urgency(found)
        self._whom(found, ticket)
        return ticket if self._first(ticket) else None

    def _first(self, ticket: Ticket) -> bool:
        """Whether no row above bears the same number."""
        first = self.seen.setdefault(ticket.number, ticket)
        if first is ticket:
            return True
        same = (first.title, first.text, first.address) == (ticket.title, ticket.text, ticket.address)
        args: dict[str, str | int] = {"value": ticket.number, "first": first.row}
        self.remark("note" if same else "problem", "ticket_again" if same else "ticket_twice", ticket.row, **args)
        return False

    def _when(self, found: Line) -> int | None:
        if not found.has("when"):
            self.remark("problem", "no_date", found.row)
            return None
        cell, said = found.cell("when"), found.line("when")[:30]
        day = day_of(cell, self.near)
        if day is None or day.year < 2000:
            self.remark("problem", "date", found.row, value=said)
            return None
        clock = clock_of(cell)
        moment = datetime.combine(day, clock or NOON, UTC) - timedelta(minutes=self.choice.utc_offset_min)
        at_ms = int(moment.timestamp() * 1000)
        if clock is None and day == self.choice.now.date():
            # A day without an hour is told as noon, but never as a time still to come.
            return min(at_ms, self.choice.now_ms)
        if at_ms > self.choice.now_ms:
            self.remark("problem", "date_in_future", found.row, value=said)
            return None
        return at_ms

    def _urgency(self, found: Line) -> str:
        said = key(found.cell("urgency"))
        known = next((urgency for urgency, pattern in URGENCIES if re.search(pattern, said)), None)
        if said and known is None:
            self.remark("note", "urgency", found.row, value=found.line("urgency")[:30])
        return known or "normal"

    def _whom(self, found: Line, ticket: Ticket) -> None:
        """Whom to call back, unless the hotline was asked to keep that to itself. A department may only where it says
        that nobody did."""
        secret = values.yes(found.cell("secret"))
        if secret or re.search("保密|匿名|CONFIDENTIAL", key(found.cell("secret"))):
            return
        ticket.caller = found.line("caller")[:LINE_MAX]
        said = found.line("phone")
        if values.telephone(said):
            ticket.phone, ticket.consent = said[:LINE_MAX], secret is False
        elif said and values.yes(said) is not False:
            self.remark("note", "phone", found.row, value=said[:30])

    def _free(self, found: Line, name: str) -> str:
        words, taken = values.masked(found.words(name))
        for kind in taken:
            self.remark("privacy", f"masked_{kind}", found.row)
        return words.strip()
