"""A station where everything has gone as it goes: two numbers, a move, a tag, two tellings, a clone, a doubled home."""

from __future__ import annotations

import copy
import html
import re
from dataclasses import dataclass, field

import pytest
from httpx import Response

from tests.desk.conftest import Desk, words
from tests.desk.conftest import desk as desk
from tests.desk.conftest import leader as leader
from tests.desk.conftest import station as station
from tests.desk.conftest import zhao as zhao
from tests.journal.conftest import Station
from tests.journal.phone import Phone

MINUTE_MS = 60_000
KINDS = ("fact", "tag", "telling", "fork", "aside", "visits", "homes")


@dataclass
class Case:
    """One question as a browser holds it: its address, its form, its words."""

    key: str
    says: str
    desk: Desk
    form: dict[str, str] = field(default_factory=dict)
    page: str = ""
    html: str = ""
    choices: list[str] = field(default_factory=list)

    async def open(self) -> Case:
        """Read its page."""
        answer = await self.desk.get(f"/desk/conflicts/{self.key}", piece=True)
        assert answer.status_code == 200, answer.text
        self.page, self.html = words(answer), answer.text
        self.form = {name: html.unescape(value) for name, value in
                     re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text)}  # fmt: skip
        self.choices = re.findall(r'name="choice" value="([^"]*)"', answer.text)
        return self

    async def decide(self, choice: str, **more: str) -> Response:
        """Press one of its buttons."""
        return await self.desk.post(f"/desk/conflicts/{self.key}/decision", {**self.form, "choice": choice, **more})


async def cases(desk: Desk) -> list[Case]:
    """The list, in its order."""
    answer = await desk.get("/desk/conflicts")
    assert answer.status_code == 200, answer.text
    found = re.findall(r'data-key="([^"]+)".*?<span class="says">(.*?)</span>', answer.text, flags=re.DOTALL)
    return [Case(key, html.unescape(says), desk) for key, says in found]


async def case(desk: Desk, kind: str) -> Case:
    """The first question of a kind, opened."""
    return await next(each for each in await cases(desk) if each.key.startswith(f"{kind}.")).open()


async def undo(desk: Desk, answer: Response) -> Response:
    """One tap right after a decision."""
    page = (await desk.get(answer.headers["location"])).text
    found = re.search(r'action="(/desk/conflicts/decisions/[^"]+/undoing)"', page)
    assert found, page
    return await desk.post(found[1], {})


async def two_numbers(station: Station, zhao: Phone, qian: Phone) -> None:
    """Zhao and Qian write another number each, and neither sees the other's."""
    home = station["陈奶奶"]
    zhao.clock_ms = qian.clock_ms = station.now_ms
    for phone in (zhao, qian):
        await phone.exchange()
    zhao.make("household.stated", {"facts": {"phone": "000-0000-0001"}}, entity=home)
    qian.make("household.stated", {"facts": {"phone": "000-0000-0007"}}, entity=home)
    for phone in (zhao, qian):
        station.now_ms += 90 * MINUTE_MS
        await phone.exchange()


async def move_out(station: Station, zhao: Phone) -> None:
    """Zhao writes that a home stands empty, over that its owner lives there."""
    home = station["马师傅"]
    lived = zhao.make("household.stated", {"facts": {"occupancy": "owner"}}, entity=home)
    over = {"occupancy": [lived.header.id]}
    zhao.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=home, over=over)
    await zhao.exchange()


async def tag_removed(station: Station, zhao: Phone, qian: Phone) -> str:
    """Qian would take away the tag that Zhao gave."""
    auntie = zhao.make("resident.added", {"household": station["陈奶奶"], "facts": {"name": "陈奶奶"}, "tags": []})
    person = auntie.header.id
    alone = zhao.make("resident.tagged", {"add": ["elder_alone"]}, entity=person)
    await zhao.exchange()
    await qian.exchange()
    over = {"tag:elder_alone": [alone.header.id]}
    qian.make("resident.tagged", {"remove": ["elder_alone"]}, entity=person, over=over)
    await qian.exchange()
    return person


async def two_tellings(station: Station, zhao: Phone) -> str:
    """Zhao corrects one visit on two phones."""
    at_ms = station.now_ms - 3 * 86_400_000
    visit = zhao.visit(station["空房"], text="血压高", occurred_at_ms=at_ms).header.id
    body = {"household": station["空房"], "occurred_at_ms": at_ms, "mode": "door", "result": "met"}
    other = await station.phone("赵敏")
    for phone, said in ((zhao, "血压 150"), (other, "血压 160")):
        phone.make("visit.corrected", {**body, "text": said}, entity=visit, over={"revision": [visit]})
        await phone.exchange()
    return visit


async def out_of_scope(station: Station) -> str:
    """Sun of the fourth grid records a visit in the third."""
    sun = await station.phone("孙立", "第三网格")
    visit = sun.visit(station["马师傅"], text="帮隔壁网格看了一眼", occurred_at_ms=station.now_ms - 9 * 86_400_000)
    await sun.exchange()
    return visit.header.id


async def cloned_phone(station: Station) -> list[str]:
    """Qian's phone was copied; what the copy writes lies aside."""
    phone = await station.phone("钱进")
    days = 86_400_000
    phone.visit(station["马师傅"], "no_answer", occurred_at_ms=station.now_ms - 20 * days)
    copied = copy.deepcopy(phone.made)
    phone.visit(station["马师傅"], "no_answer", occurred_at_ms=station.now_ms - 19 * days)
    await phone.exchange()
    clone = Phone(phone.person, phone.grid, phone.http, phone.key, phone.device, phone.nonce,
                  clock_ms=station.now_ms, made=copied, acknowledged=1)  # fmt: skip
    written = [clone.visit(station["马师傅"], text=words, occurred_at_ms=station.now_ms - at * days).header.id
               for words, at in (("换机前写的", 18), ("又写了一条", 17))]  # fmt: skip
    await clone.exchange()
    return written


async def doubled_home(station: Station) -> None:
    """Somebody entered 501 a second time, from a ledger that writes it in full."""
    home = {"building": station["3幢"], "room": "3-2-0501室", "kind": "home", "facts": {"contact": "陈奶奶"}}
    await station.add("陈奶奶又一户", "household.added", home, station["第三网格"])


async def doubled_visit(station: Station, zhao: Phone, other: Phone) -> None:
    """Two workers knocked together, and both wrote it down."""
    at_ms = station.now_ms - 5 * 86_400_000
    for minutes, phone in ((0, zhao), (2, other)):
        phone.visit(station["空房"], "no_answer", occurred_at_ms=at_ms + minutes * MINUTE_MS)
        await phone.exchange()


@pytest.fixture
async def qian(station: Station) -> Phone:
    """Worker Qian's phone (钱进), in the third grid."""
    return await station.phone("钱进")


@pytest.fixture
async def everything(station: Station, zhao: Phone, qian: Phone) -> Station:
    """The station with one question of each kind, two of facts."""
    await two_numbers(station, zhao, qian)
    await move_out(station, zhao)
    await tag_removed(station, zhao, qian)
    await two_tellings(station, zhao)
    await out_of_scope(station)
    await cloned_phone(station)
    await doubled_home(station)
    await doubled_visit(station, zhao, qian)
    return station
