"""Words that people look for, with every sign that means something in an address, come back as the same words."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from httpx import Response

from server.access import TABLE
from server.visits.store import PAGE
from tests.desk.conftest import Desk, rows, sign_in, unnumbered, visit
from tests.journal.conftest import Station
from tests.journal.phone import Phone
from tools.openapi import QUERIES

pytestmark = pytest.mark.anyio

FIRST, LAST = "帕", "尾"
"""Every word begins and ends with a sign that no page has, so that a part of one is known for what it is."""
WORDS = [
    f"{FIRST}{each}{LAST}"
    for each in (
        "a&b=c#d%00",
        "javascript:alert(1)",
        "&q=x&grid=y#z?w=1",
        "\"><img src=x onerror=alert(1)>'",
        '陈奶奶\'s "楼道"',
        "\r\nSet-Cookie: own=1\r\n\r\n<b>",
        "%0d%0aSet-Cookie:%20own=1",
        "+%2B%20 %26amp;&amp;&#39;",
        "//evil.example/..\\{{7*7}}",
    )
]
ADDRESSES = re.compile(r"(href|src|action|formaction|poster|data-(household|to)|hx-(get|post|replace-url|push-url))")
QUESTIONS = sorted(
    {name for names in QUERIES.values() for name in names}
    | {"role", "person", "what", "known", "look", "wrong", "over", "note", "show", "saved", "undo", "came", "met"}
)
UNTRIED = {"/desk/live", "/static/{path:path}"}


class Page(HTMLParser):
    """Every attribute of a page, as a browser reads it."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def value(self, name: str) -> str:
        """What stands in the field of this name."""
        return next(own["value"] for tag, own in self.found if tag == "input" and own.get("name") == name)

    def form(self, address: str) -> dict[str, str]:
        """The hidden fields of the form that htmx sends there."""
        start = next(i for i, (tag, own) in enumerate(self.found) if tag == "form" and own.get("hx-post") == address)
        fields = {}
        for tag, own in self.found[start + 1 :]:
            if tag != "input":
                break
            fields[own["name"]] = own["value"]
        return fields

    def asked(self) -> str:
        """What an open list asks again by itself."""
        return next(own["data-asked"] for _, own in self.found if "data-asked" in own)


def read(word: str) -> str:
    """The word as a search reads it: its blanks put together."""
    return " ".join(word.split())


async def again(desk: Desk, answer: Response) -> Response:
    """The same page once more, by the way that the button for the other language goes."""
    sent = await desk.post("/language", {"back": Page(answer).value("back"), "lang": "zh"})
    assert sent.status_code == 303
    return await desk.get(sent.headers["location"])


async def said_often(station: Station, phone: Phone) -> None:
    """One visit more than a page holds, each with all of the words in it."""
    for n in range(PAGE + 1):
        text = "\n".join(map(read, WORDS))
        phone.visit(station["陈奶奶"], text=text, occurred_at_ms=station.now_ms - n * 1000)
    await phone.exchange()


@pytest.fixture
async def often(station: Station, zhao: Phone) -> None:
    """See `said_often`."""
    await said_often(station, zhao)


@pytest.mark.usefixtures("often")
async def test_a_word_goes_through_the_list_of_visits_and_back(desk: Desk) -> None:
    for word in WORDS:
        whole = await desk.post("/desk/visits", {"q": word})
        assert Page(whole).value("q") == read(word)
        for answer in (whole, await desk.post("/desk/visits", {"q": word}, piece=True)):
            assert len(rows(answer)) == PAGE, word
            page = Page(answer)
            fields = page.form("/desk/visits/earlier")
            assert fields["q"] == read(word)
            for path in ("/desk/visits/earlier", "/desk/visits"):
                assert len(rows(await desk.post(path, fields, piece=True))) == 1, word
            assert dict(parse_qsl(page.asked())) == {"q": read(word)}
            came = await desk.post("/desk/visits/arrivals", {**dict(parse_qsl(page.asked())), "since": "0"}, piece=True)
            assert len(rows(came)) == PAGE + 1
            assert (FIRST in answer.headers.get("HX-Push-Url", ""), answer.headers.get("set-cookie")) == (False, None)
        # An address that somebody typed or kept.
        kept = await desk.get(f"/desk/visits?{urlencode({'q': word})}")
        assert Page(await again(desk, kept)).value("q") == read(word)


async def test_a_word_in_another_question_comes_back_from_the_address_it_is_pushed_to(desk: Desk) -> None:
    for word in WORDS:
        assert len(word) <= 36, "what is longer is no id, and cut"
        answer = await desk.post("/desk/visits", {"worker": word, "q": word, "mode": "door"}, piece=True)
        pushed = answer.headers["HX-Push-Url"]
        assert re.fullmatch(r"/desk/visits\?[\w.%+=&-]+", pushed, re.ASCII), pushed
        assert parse_qsl(urlsplit(pushed).query, strict_parsing=True) == [("worker", word), ("mode", "door")]
        assert dict(parse_qsl(Page(await desk.get(pushed)).asked())) == {"worker": word, "mode": "door"}


async def test_a_word_goes_through_the_list_of_people_and_back(desk: Desk, station: Station) -> None:
    grid = station["第三网格"]
    for n, word in enumerate(WORDS):
        name = read(word)
        worker = {"name": name, "role": "grid_worker", "community": station["community"], "grids": [grid]}
        await station.add(f"named {n}", "person.added", worker)
        asked = {"q": name, "role": "grid_worker", "grid": grid}
        answer = await desk.get(f"/desk/people?{urlencode(asked)}")
        for page in (answer, await again(desk, answer)):
            assert Page(page).value("q") == name
            links = [own["href"] for tag, own in Page(page).found if tag == "a" and "/desk/people/" in own["href"]]
            assert links == [f"/desk/people/{station[f'named {n}']}"], name


WHOLE = {each.replace("\r\n", "\n") for word in WORDS for each in (word, read(word))}
IN_ADDRESS = urlencode({"": FIRST})[1:]


def same(value: str) -> bool:
    """Whether a value is a word that was looked for, or holds none of any."""
    return (FIRST not in value and LAST not in value) or value.replace("\r\n", "\n") in WHOLE


@cache
def trouble(address: str) -> str | None:
    """What is wrong with an address; None when nothing is."""
    parts = urlsplit(address)
    if parts.scheme not in ("", "tel") or parts.netloc or address.startswith(("//", "/\\")):
        return f"leads elsewhere: {address}"
    if re.search(r"[\x00-\x20<>\"]", address):
        return f"is not written as an address: {address!r}"
    if FIRST in parts.path + parts.fragment or "own=1" in parts.fragment:
        return f"a word stands outside the questions: {address}"
    broken = [value for pair in parse_qsl(parts.query, keep_blank_values=True) for value in pair if not same(value)]
    return f"a word is cut: {address}" if broken else None


async def carried(answer: Response) -> set[str]:
    """By which fields and addresses of an answer words are carried on; each is seen to be whole."""
    assert answer.status_code < 500
    found = set()
    for name in ("location", "hx-push-url", "hx-redirect", "hx-location"):
        if name in answer.headers:
            assert trouble(answer.headers[name]) is None
    assert answer.headers.get("set-cookie", "").find("own=") == -1
    html = answer.headers.get("content-type", "").startswith("text/html")
    for tag, own in Page(answer).found if html else ():
        assert not [name for name in own if name.startswith("on")], (tag, own)
        assert own.get("src") != "x"
        for name, value in own.items():
            back = tag == "input" and own.get("name") == "back" and name == "value"
            if back or ADDRESSES.fullmatch(name):
                assert trouble(value) is None, (str(answer.url), tag, name)
                found |= {name} if IN_ADDRESS in value else set()
            elif name in ("data-asked",):
                assert all(same(each) for pair in parse_qsl(value) for each in pair), value
            elif tag == "input" and name == "value":
                assert same(value), (str(answer.url), value)
                found |= {own.get("name", "")} if FIRST in value else set()
    return found


async def test_no_page_of_the_desk_or_of_the_field_breaks_a_word(desk: Desk, station: Station, zhao: Phone) -> None:
    home, grid = station["陈奶奶"], station["第三网格"]
    made = await visit(zhao, station, "陈奶奶", text="灯坏了")
    known = {"grid": grid, "household": home, "building": station["3幢"], "visit": made, "person": station["赵敏"]}
    worker, tried = await sign_in(station, "赵敏"), 0
    seen: dict[str, set[str]] = {}
    for verb, path in sorted(TABLE):
        names = set(re.findall(r"\{([^}]+)\}", path))
        if verb != "GET" or path in UNTRIED or not names <= set(known):
            continue
        whose = worker if path.startswith("/field") else desk
        has_piece = True
        for word in WORDS:
            address = f"{path.format(**known)}?{urlencode(dict.fromkeys(QUESTIONS, word))}"
            whole = await whose.get(address)
            seen[path] = seen.get(path, set()) | await carried(whole)
            tried += 1
            if has_piece:
                piece = await whose.get(address, piece=True)
                seen[path] |= await carried(piece)
                tried += 1
                # Where htmx is answered as everybody is, it is asked once.
                has_piece = unnumbered(piece.text) != unnumbered(whole.text)
            station.now_ms += 1000
    assert tried > 500
    # Where words are carried on at all: else this would hold whatever was drawn.
    assert {"q", "value"} <= seen["/desk/visits"] & seen["/desk/people"]
    assert "q" in seen["/field/doors"] & seen["/field/visits/new"]
    for path in ("/desk/boards", "/desk/exports", "/desk/conflicts", "/desk/phones", "/desk/grids", "/desk/me"):
        assert "value" in seen[path], path


async def test_a_sign_that_no_database_keeps_breaks_no_search(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶", text="楼道灯坏了")
    for path in ("/desk/visits?q=%00", "/desk/visits?worker=%00", "/desk/people/%00", "/desk/visits?open=x.%00"):
        assert (await desk.get(path)).status_code == 404, path
    for word in ("楼道\x00灯", "\x00楼道", "%00"):
        answer = await desk.post("/desk/visits", {"q": word, "worker": "\x00", "grid": "\x00", "on": "\x00"})
        assert answer.status_code == 200
        assert len(rows(answer)) == (0 if word == "%00" else 1), word
