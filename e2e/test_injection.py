"""Hundreds of attacks in every text field: nothing runs, nothing is asked for, nothing of what was typed is lost."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import ConsoleMessage, Dialog, Page, Playwright, Request, expect

from e2e.forked import Forker
from e2e.payloads import PAYLOADS
from e2e.phone import Phone, until
from e2e.prepare_hostile import NAME, SHORT
from e2e.station import Station
from e2e.steps import join, open_desk
from sync.edit import clean_text
from tests.chromium import executable
from tests.thorough import some

pytestmark = pytest.mark.browser

LOOK = (Path(__file__).parent / "look.js").read_text()

DRAWN = "async (path) => (await fetch(path)).text()"


def squeezed(text: str) -> str:
    """Text with its spaces put together, as pages show it."""
    return re.sub(r"\s+", " ", text).strip()


def typed() -> list[str]:
    """The payloads as they are kept."""
    return [clean_text(payload) for payload in PAYLOADS]


@contextmanager
def watched(page: Page, own: str) -> Iterator[list[str]]:
    """What must not happen while these pages are open: dialogs, requests to others, blocked attempts, calls of ours."""
    seen: list[str] = []
    mine, blocked = (own, "data:", "blob:"), re.compile("Security Policy|TrustedHTML")

    def asked_us(dialog: Dialog) -> None:
        seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def asked_for(request: Request) -> None:
        if not request.url.startswith(mine):
            seen.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if blocked.search(message.text):
            seen.append(message.text)

    page.on("dialog", asked_us)
    page.context.on("request", asked_for)
    page.on("console", said)
    page.add_init_script("window.zzhit = () => document.title = 'zzhit';")
    yield seen


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, forker: Forker) -> Iterator[Station]:
    """The hostile community, served."""
    opened = Station(tmp_path_factory.mktemp("hostile") / "station", forker)
    try:
        opened.command("e2e.prepare_hostile")
        opened.start()
        yield opened
    finally:
        opened.close()


@pytest.fixture(autouse=True)
def reachable(hostile: Station) -> Iterator[None]:
    """The server can be reached again, whatever a story did."""
    yield
    hostile.link.set("up")


@pytest.fixture
def reader(playwright: Playwright) -> Iterator[Callable[[str], dict[str, Any]]]:
    """Looks at a page's HTML in a browser's own parser."""
    browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
    page = browser.new_page()
    yield lambda html: dict(page.evaluate(LOOK, html))
    browser.close()


def homes(station: Station) -> list[tuple[str, str, str, str, str]]:
    """Grid, building, household, resident and first visit of each payload, in their order."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        return db.execute(
            """SELECT h.grid, h.building, h.id, r.id, MIN(v.id) FROM household h
            JOIN resident r ON r.household = h.id JOIN visit v ON v.household = h.id GROUP BY h.id ORDER BY h.room"""
        ).fetchall()


WORK = (
    *("/desk/logs", "/desk/orders", "/desk/patrols", "/desk/care", "/desk/items?state=all", "/desk/reports"),
    *(
        "/desk/whistles?show=open",
        "/desk/whistles?show=over",
        "/desk/hotline",
        "/desk/routing",
        "/desk/routing?rule=c1",
    ),
    *("/desk/packs", "/desk/packs/monday", "/desk/packs/monthly", "/desk/home", "/desk/health"),
)


def written(station: Station) -> list[tuple[str, list[str]]]:
    """Pages of what was written at work, each with what it holds: some of every kind."""
    said = typed()
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        asked = {
            "items": "SELECT '/desk/items/' || grid || '/' || id, text FROM item ORDER BY id",
            "whistles": "SELECT '/desk/whistles/' || grid || '/' || id, text FROM whistle ORDER BY id",
            "logs": "SELECT '/desk/logs/' || grid || '/' || id, text FROM daily_log WHERE text IS NOT NULL ORDER BY id",
            "checks": "SELECT '/desk/care/' || grid || '/' || household, text FROM care_check ORDER BY id",
            "orders": "SELECT '/desk/orders/' || grid || '/' || id, title FROM verification_order ORDER BY id",
        }
        found = {kind: db.execute(query).fetchall() for kind, query in asked.items()}
    for kind, rows in found.items():
        assert len({text for _, text in rows} & set(said)) > 5, kind
    return [(path, [text]) for rows in found.values() for path, text in some(rows, 25)]


def kept_on_phones(station: Station) -> list[tuple[str, str]]:
    """Pages of a worker's phone with what was written at work: some of every kind."""
    with sqlite3.connect(f"file:{station.data / 'sifang.db'}?mode=ro", uri=True) as db:
        asked = (
            "SELECT '/field/items/' || id, text FROM item ORDER BY id",
            "SELECT '/field/whistles/' || id, text FROM whistle ORDER BY id",
            "SELECT '/field/care?pair=' || pair, text FROM care_check ORDER BY id",
            "SELECT '/field/orders/' || id, title FROM verification_order ORDER BY id",
            "SELECT '/field/log?grid=' || grid || '&day=' || day, text FROM daily_log ORDER BY id",
            "SELECT '/field/patrol?show=' || id, text FROM patrol_note ORDER BY id",
        )
        said = [[row for row in db.execute(query) if row[1]] for query in asked]
    return [row for rows in said for row in some(rows, 25)]


def cookie(page: Page) -> str:
    """What the page's browser shows the server."""
    return "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 200


def test_the_look_finds_what_would_run(reader: Callable[[str], dict[str, Any]]) -> None:
    # Else the tests below would hold whatever a page did with them. Some are nothing where a page's body stands.
    found = [payload for payload in PAYLOADS if reader(f"<!doctype html><body>{payload}</body>")["strange"]]
    quoted = [payload for payload in PAYLOADS if reader(f'<!doctype html><body><input value="{payload}">')["strange"]]
    assert len(found) >= 80
    assert len(quoted) >= 10


def test_the_desk_shows_them_all_and_runs_none(
    hostile: Station, desk: Phone, reader: Callable[[str], dict[str, Any]]
) -> None:
    page = desk.page
    with watched(page, hostile.url) as seen:
        open_desk(desk, hostile)
        rows = homes(hostile)
        assert len(rows) == len(PAYLOADS)
        grid = rows[0][0]
        listed = [
            "/desk/visits",
            "/desk/boards",
            "/desk/people",
            "/desk/phones",
            "/desk/grids",
            "/desk/conflicts",
            "/desk/me",
            "/desk/suggestions",
            *WORK,
        ]
        listed += [f"/desk/boards/{grid}/{building}" for building in sorted({row[1] for row in rows})[:4]]
        for path in listed:
            page.goto(hostile.url + path)
            assert page.evaluate(LOOK, None)["strange"] == [], path
        page.goto(f"{hostile.url}/desk/visits")
        page.locator("input[name=q]").first.fill('"><img src=x onerror=zzhit(1)>')
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        assert page.evaluate(LOOK, None)["strange"] == []
        assert page.title() != "zzhit"
        shown = cookie(page)
    assert seen == []
    suggested = squeezed(reader(fetched(hostile, "/desk/suggestions", shown))["text"])
    assert [each for each in typed() if squeezed(each) not in suggested] == []
    for path, held in written(hostile):
        found = reader(fetched(hostile, path, shown))
        assert found["strange"] == [], path
        text = squeezed(found["text"])
        assert [each for each in held if squeezed(each) not in text] == [], path
    for payload, (grid, _, household, _, visit) in some(list(zip(typed(), rows, strict=True)), 5):
        for path in (f"/desk/households/{grid}/{household}", f"/desk/visits/{grid}/{visit}"):
            found = reader(fetched(hostile, path, shown))
            assert found["strange"] == [], (path, payload)
            assert squeezed(payload) in squeezed(found["text"]), (path, payload)


def fetched(station: Station, path: str, shown: str) -> str:
    """A page as the server sends it."""
    asked = urllib.request.Request(station.url + path, headers={"Cookie": shown, "Accept": "text/html"})
    return patiently(asked)[1].decode()


def patiently(asked: urllib.request.Request) -> tuple[str, bytes]:
    """Where a request led, and what came; whoever asks as fast as this is told to wait, and does."""
    while True:
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.url, answer.read()
        except urllib.error.HTTPError as error:
            error.close()
            if error.code != 429:
                raise
            if error.url != asked.full_url:
                # What was posted was taken; only the page that it led to has to wait.
                asked = urllib.request.Request(error.url, headers=dict(asked.header_items()))
            time.sleep(int(error.headers["Retry-After"]))


def plain_session(station: Station, name: str) -> str:
    """The cookie of a browser without scripts that a one-time link has let in."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    way_in = station.join_link("phone", name) + "/session"
    asked = urllib.request.Request(way_in, b"", {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"})
    with pytest.raises(urllib.error.HTTPError) as led:
        urllib.request.build_opener(Stay).open(asked, timeout=30)
    answer = led.value
    answer.close()
    assert answer.code == 303
    return str(answer.headers["set-cookie"]).partition(";")[0]


def test_the_phone_shows_them_all_and_runs_none(
    hostile: Station, phone: Callable[[str], Phone], reader: Callable[[str], dict[str, Any]]
) -> None:
    zhao = phone("小赵")
    rows = homes(hostile)
    # As the server draws them, where a browser keeps nothing.
    shown = plain_session(hostile, "小赵")
    with watched(zhao.page, hostile.url) as seen:
        page = join(zhao, hostile, "小赵")
        every = some(list(zip(typed(), rows, strict=True)), 5)
        for payload, (_, _, household, resident, visit) in every[::8]:
            for path in _addresses(household, resident, visit):
                found = reader(fetched(hostile, path, shown))
                assert found["strange"] == [], (path, payload)
                assert squeezed(payload) in squeezed(found["text"]), (path, payload)
        hostile.link.set("down")
        for path in (
            "/field/",
            "/field/doors",
            "/field/visits/new",
            "/field/visits/new?q=%3Cscript%3E",
            "/field/outbox",
            "/field/more",
        ):
            page.goto(hostile.url + path)
            assert page.evaluate(LOOK, None)["strange"] == [], path
        for path, payload in kept_on_phones(hostile):
            found = reader(page.evaluate(DRAWN, path))
            assert found["strange"] == [], (path, payload)
            assert squeezed(payload) in squeezed(found["text"]), (path, payload)
        for n, (payload, (_, _, household, resident, visit)) in enumerate(every):
            for path in _addresses(household, resident, visit):
                # The worker draws every page; every eighth is opened for real.
                if opened := n % 8 == 0:
                    page.goto(hostile.url + path)
                found = page.evaluate(LOOK, None) if opened else reader(page.evaluate(DRAWN, path))
                assert found["strange"] == [], (path, payload)
                assert page.title() != "zzhit", (path, payload)
                assert squeezed(payload) in squeezed(found["text"]), (path, payload)
    assert seen == []


def _addresses(household: str, resident: str, visit: str) -> list[str]:
    home = f"/field/households/{household}"
    return [home, f"/field/visits/{visit}", f"/field/residents/{resident}/facts"]


@pytest.mark.thorough
def test_what_is_typed_on_the_phone_arrives_as_it_was_typed(
    hostile: Station, phone: Callable[[str], Phone], tmp_path: Path
) -> None:
    zhao = phone("小赵")
    page = join(zhao, hostile, "小赵")
    _, _, household, _, _ = homes(hostile)[0]
    hostile.link.set("down")
    said = [
        "<script>zzhit(1)</script>",
        '" onfocus=zzhit(1) autofocus x="',
        "{{ 7*7 }}",
        "=cmd|' /C calc'!A0",
        "\u202e👩‍👩‍👧‍👦 &amp; %s",
    ]
    for payload in said:
        page.goto(f"{hostile.url}/field/households/{household}/visits/new")
        page.locator("input[name=result][value=met]").check(force=True)
        page.locator("textarea[name=text]").fill(payload)
        page.locator("[name=who_met]").fill(payload)
        page.locator(".foot button.go").click()
        expect(page.locator(".saved")).to_be_visible()
        assert page.evaluate(LOOK, None)["strange"] == []
    hostile.link.set("up")
    page.goto(f"{hostile.url}/field/outbox")
    until(page, "() => !document.querySelector('#outgoing')?.textContent.match(/[1-9]/)", 30)
    with sqlite3.connect(f"file:{hostile.data / 'sifang.db'}?mode=ro", uri=True) as db:
        kept = db.execute(
            "SELECT body FROM journal WHERE kind = 'visit.recorded' ORDER BY position DESC LIMIT 5"
        ).fetchall()
    bodies = [json.loads(body) for (body,) in kept]
    assert {body["text"] for body in bodies} == set(said)
    assert {body["who_met"] for body in bodies} == set(said)


EXPORTED = {
    "visits": ["day", "door", "result", "by", "said", "who_met"],
    "registry": ["grid", "quarters", "door", "contact", "phone", "people", "note"],
}


def posted(station: Station, path: str, form: dict[str, Any], shown: str) -> tuple[str, bytes]:
    """A form sent as from our own page, redirects followed: where it led, and what came."""
    headers = {"Cookie": shown, "Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
    data = urllib.parse.urlencode(form, doseq=True).encode()
    return patiently(urllib.request.Request(station.url + path, data, headers))


@pytest.mark.parametrize("what", list(EXPORTED))
@pytest.mark.thorough
def test_files_that_are_taken_out_hold_them_all_and_no_formula(
    hostile: Station, desk: Phone, reader: Callable[[str], dict[str, Any]], what: str
) -> None:
    shown = cookie(open_desk(desk, hostile))
    asked = {"what": what, "columns": EXPORTED[what], "why": "report"}
    asked |= {"first": "2020-01-01", "last": "2099-12-31"} if what == "visits" else {}
    wanted = {squeezed(payload) for payload in typed() if payload.strip()}
    for format_ in ("csv", "xlsx"):
        _, raw = posted(hostile, "/desk/exports", {**asked, "format": format_}, shown)
        cells = cells_of(raw, format_)
        if format_ == "csv":  # a workbook says of each cell that it is text
            assert [cell for cell in cells if cell[:1] in FORMULA] == []
        text = squeezed("\n".join(cells))
        assert [payload for payload in wanted if payload not in text] == []
    _, raw = posted(hostile, "/desk/exports", {**asked, "format": "print"}, shown)
    found = reader(raw.decode())
    assert found["strange"] == []
    text = squeezed(found["text"])
    assert [payload for payload in wanted if payload not in text] == []


FORMULA = tuple("=+-@＝＋－＠\t\r")


@pytest.mark.thorough
def test_packs_that_are_taken_out_hold_no_formula(hostile: Station, desk: Phone) -> None:
    shown = cookie(open_desk(desk, hostile))
    held = 0
    for kind in ("monday", "monthly"):
        _, raw = posted(hostile, f"/desk/packs/{kind}/file", {"grid": "", "on": "", "format": "csv"}, shown)
        cells = cells_of(raw, "csv")
        assert [cell for cell in cells if cell[:1] in FORMULA] == []
        held += len([cell for cell in cells if squeezed(cell.lstrip("'")) in set(map(squeezed, typed()))])
    assert held > 5


def cells_of(raw: bytes, format_: str) -> list[str]:
    """Every text of a table, as a program of tables reads it."""
    if format_ == "csv":
        return [cell for row in csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")) for cell in row]
    sheet = load_workbook(BytesIO(raw)).active
    kept = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in kept} <= {"s", "n"}
    return [str(cell.value) for cell in kept if cell.data_type == "s"]


@pytest.mark.thorough
def test_the_printed_record_shows_them_and_runs_none(
    hostile: Station, desk: Phone, reader: Callable[[str], dict[str, Any]]
) -> None:
    shown = cookie(open_desk(desk, hostile))
    for payload, (grid, _, household, _, _) in some(list(zip(typed(), homes(hostile), strict=True)), 5)[::6]:
        path = f"/desk/households/{grid}/{household}/record"
        to, raw = posted(hostile, path, {"why": "other", "words": payload.strip() or "x"}, shown)
        assert to != hostile.url + path
        found = reader(raw.decode())
        assert found["strange"] == [], payload
        assert squeezed(payload) in squeezed(found["text"]), payload


def test_the_policy_lets_no_text_become_a_script(hostile: Station, desk: Phone) -> None:
    page = open_desk(desk, hostile)
    title = page.title()
    # Whoever tests asks past the policy; what a timer, an attribute or an address runs asks the page.
    page.evaluate(
        """() => {
          const refused = [];
          const tried = (what) => { try { what(); } catch { refused.push(true); } };
          tried(() => setTimeout("document.title = 'zzhit'", 0));
          for (const name of ['onclick', 'hx-on:click', 'hx-on::load', 'data-hx-on:click']) {
            const button = document.createElement('button');
            tried(() => button.setAttribute(name, "document.title = 'zzhit'"));
            document.body.append(button);
            window.htmx?.process(button);
            button.click();
          }
          const link = document.createElement('a');
          link.setAttribute('href', "javascript:document.title = 'zzhit'");
          document.body.append(link);
          link.click();
          const asked = document.createElement('button');
          asked.setAttribute('hx-vals', "js:{a: document.title = 'zzhit'}");
          asked.setAttribute('hx-get', '/desk/conflicts/count');
          document.body.append(asked);
          window.htmx?.process(asked);
          asked.click();
        }"""
    )
    page.wait_for_timeout(1000)
    assert page.title() == title
    refused = """() => { try { document.body.innerHTML = '<b>x</b>'; return false; } catch { return true; } }"""
    assert page.evaluate(refused), "Trusted Types"


@pytest.mark.thorough
def test_names_in_headers_stay_in_their_header(hostile: Station, phone: Callable[[str], Phone]) -> None:
    names = [payload for payload in typed() if payload.strip() and len(payload) <= SHORT < NAME]
    told = next(name for name in names if "Set-Cookie" in name)
    worker = phone("header")
    page = join(worker, hostile, told)
    _, _, household, _, _ = homes(hostile)[0]
    hostile.link.set("down")
    page.goto(f"{hostile.url}/field/households/{household}")
    page.locator("button[name=quick][value=no_answer]").click()
    expect(page.locator(".saved")).to_be_visible()
    answer = page.evaluate(
        """async () => { const r = await fetch('/field/outbox/capsule');
          return { status: r.status, headers: [...r.headers].map(([k, v]) => k + ': ' + v).join('\\n') } }"""
    )
    hostile.link.set("up")
    assert answer["status"] == 200
    assert "set-cookie" not in re.sub(r"content-disposition: .*", "", answer["headers"].lower())
