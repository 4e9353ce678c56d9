"""What the station master sees of visits, and how they ask for some of them."""

from __future__ import annotations

import re

import pytest

from server.localtime import DAY_MS
from server.visits import store
from tests.desk.conftest import HOUR_MS, MINUTE_MS, Desk, rows, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio
# Borrowed from the sprite, or drawn where it stands.
HEARTS = ('<use href="#m-care"/>', '<path d="M6 10.5C')


async def test_station_master_reads_todays_visits_the_latest_first(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "马师傅", "no_answer", ago_ms=HOUR_MS)
    await visit(zhao, station, "陈奶奶", text="厕所灯坏三天。", asks={"difficulty": "换灯"}, care="watch")
    await visit(zhao, station, "空房", "vacant", ago_ms=DAY_MS)
    page = await desk.get("/desk/visits")
    assert page.status_code == 200
    assert "今天敲了 2 户，有人应 1 户。" in words(page)
    assert [line.split()[2] for line in rows(page)] == ["3-2-501", "3-2-502", "3-2-503"]
    assert "今天，11月20日 周五" in words(page)
    assert "昨天，11月19日 周四" in words(page)
    # The latest is open beside the list.
    assert "3幢2单元501，陈奶奶" in words(page).replace(" ，", "，").replace("， ", "，")
    assert "问难 换灯" in words(page)
    assert "留意" in words(page)


async def test_a_door_that_answered_counts_although_it_was_inconvenient(
    desk: Desk, station: Station, zhao: Phone
) -> None:
    await visit(zhao, station, "陈奶奶")
    await visit(zhao, station, "马师傅", "inconvenient")
    await visit(zhao, station, "空房", "refused")
    page = words(await desk.get("/desk/visits"))
    assert "今天敲了 3 户，有人应 2 户。" in page
    assert "见到人、人在但不方便，都算有人应。" in page
    english = words(await desk.get("/desk/visits", lang="en"))
    assert "3 doors knocked at today, 2 answered." in english
    boards = words(await desk.get("/desk/boards"))
    assert "2 户一个月内有人应过" in boards
    home = await desk.get(f"/desk/households/{station['第三网格']}/{station['马师傅']}")
    assert "今天有人应过。" in words(home)


async def test_a_quiet_morning_says_so(desk: Desk) -> None:
    assert "今天还没有走访送到。" in words(await desk.get("/desk/visits"))


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_visit_shows_its_three_times(desk: Desk, station: Station, zhao: Phone, lang: str) -> None:
    zhao.offset_ms = 2_000
    edit = zhao.visit(station["陈奶奶"], text="精神还好。")
    zhao.clock_ms = edit.header.at_ms
    station.now_ms = edit.header.at_ms + 4 * MINUTE_MS
    await zhao.exchange()
    page = await desk.get(f"/desk/visits/{station['第三网格']}/{edit.header.id}", lang=lang)
    told = ["钟准，差 2 秒", "当时没信号，晚 4 分钟"] if lang == "zh" else ["2 seconds off", "4 minutes later"]
    assert all(each in words(page) for each in told), words(page)


async def test_a_weekday_stands_where_each_language_puts_it(desk: Desk, station: Station, zhao: Phone) -> None:
    id_ = await visit(zhao, station, "陈奶奶", follow_up_on="2026-11-27")
    path = f"/desk/visits/{station['第三网格']}/{id_}"
    chinese, english = words(await desk.get(path)), words(await desk.get(path, lang="en"))
    assert "下次 11月27日 周五" in chinese
    assert "2026年11月20日 周五 10:44" in chinese
    assert "Fri 27 Nov" in english
    assert "Fri 20 Nov 2026 10:44" in english
    assert "27 Nov Fri" not in english


async def test_care_has_one_mark_on_every_page(desk: Desk, station: Station, zhao: Phone) -> None:
    id_ = await visit(zhao, station, "陈奶奶", care="watch")
    grid = station["第三网格"]
    home = f"/desk/households/{grid}/{station['陈奶奶']}"
    for path in ("/desk/visits", f"/desk/visits/{grid}/{id_}", home, f"/desk/boards/{grid}/{station['3幢']}"):
        page = (await desk.get(path)).text.partition("<main")[2]
        assert any(heart in page for heart in HEARTS), path
        assert "m-watch" not in page, path
    said = (await desk.get(home)).text
    assert said.count("留意") == said.count('#m-care"/></svg>留意') == 2


async def test_a_visit_sent_on_another_day_is_marked_late(desk: Desk, station: Station, zhao: Phone) -> None:
    id_ = await visit(zhao, station, "陈奶奶", "moved", ago_ms=DAY_MS)
    (line,) = rows(await desk.get("/desk/visits"))
    assert "补录 11月20日" in line
    piece = await desk.get(f"/desk/visits/{station['第三网格']}/{id_}", piece=True)
    assert "补录，11月20日 10:44 送到" in words(piece)
    assert "<html" not in piece.text


async def test_a_corrected_visit_keeps_what_was_written_before(desk: Desk, station: Station, zhao: Phone) -> None:
    first = zhao.visit(station["陈奶奶"], "no_answer", text="没人")
    body = {"household": station["陈奶奶"], "occurred_at_ms": zhao.clock_ms, "mode": "door", "result": "met"}
    again = {**body, "text": "后来开门了"}
    zhao.make("visit.corrected", again, entity=first.header.id, over={"revision": [first.header.id]})
    await zhao.exchange()
    page = words(await desk.get(f"/desk/visits/{station['第三网格']}/{first.header.id}"))
    assert "后来开门了" in page
    assert "改过 1 次，旧的都留着" in page
    assert page.index("后来开门了") < page.index("改之前写的") < page.rindex("没人")


async def test_text_is_shown_as_typed(desk: Desk, station: Station, zhao: Phone) -> None:
    typed = "<script>alert(1)</script> \"引号\" & 'x' 𠮷 🚪 \u202eabc\u202c " + "长" * 10_000
    id_ = await visit(zhao, station, "陈奶奶", text=typed[:9_990], who_met="<b>女儿</b>", companions=["<i>小何</i>"])
    for path in ("/desk/visits", f"/desk/visits/{station['第三网格']}/{id_}"):
        page = await desk.get(path)
        assert "<script>alert" not in page.text
        assert "<b>女儿" not in page.text
        assert "<script>alert(1)</script> \"引号\" & 'x' 𠮷 🚪 \u202eabc\u202c" in words_kept(page.text)
    assert "长" * 9_000 in page.text


def words_kept(text: str) -> str:
    """The page's source with its escapes undone and nothing else."""
    return (
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
    )


async def many(station: Station, zhao: Phone, sun: Phone) -> None:
    """A week of different visits by two workers in two grids."""
    await visit(zhao, station, "陈奶奶", text="想有人陪去量血压", mode="weekend")
    await visit(zhao, station, "马师傅", "no_answer", ago_ms=DAY_MS)
    await visit(zhao, station, "空房", "vacant", ago_ms=5 * DAY_MS, mode="night")
    await visit(sun, station, "吴大爷", "refused", ago_ms=40 * DAY_MS, asks={"need": "100% 安静_点"})


@pytest.mark.parametrize(
    ("asked", "doors"),
    [
        ("", ["3-2-501", "3-2-502", "3-2-503", "7-201"]),
        ("q=血压", ["3-2-501"]),
        ("q=陈奶奶", ["3-2-501"]),
        ("q=3-2-502", ["3-2-502"]),
        ("q=3幢2单元503", ["3-2-503"]),
        ("q=3-2", ["3-2-501", "3-2-502", "3-2-503"]),
        ("q=201", ["7-201"]),
        ("q=3-2+血压", ["3-2-501"]),
        ("q=量血压+有人陪", ["3-2-501"]),
        ("q=血压%E3%80%80陈奶奶", ["3-2-501"]),
        ("q=血压、有人", ["3-2-501"]),
        ("q=陈奶奶，血压", ["3-2-501"]),
        ("q=，", ["3-2-501", "3-2-502", "3-2-503", "7-201"]),
        ("q=血压+安静", []),
        ("q=３－２－５０２", ["3-2-502"]),
        ("q=3–2–502", ["3-2-502"]),
        ("q=１００％", ["7-201"]),
        ("q=100%25", ["7-201"]),
        ("q=安静_", ["7-201"]),
        ("q=5_1", []),
        ("q=没有这句话", []),
        ("span=today", ["3-2-501"]),
        ("span=two", ["3-2-501", "3-2-502"]),
        ("span=week", ["3-2-501", "3-2-502", "3-2-503"]),
        ("on=2026-11-19", ["3-2-502"]),
        ("on=2026-11-19&span=today", ["3-2-502"]),
        ("mode=night", ["3-2-503"]),
        ("result=refused", ["7-201"]),
        ("mode=night&result=met", []),
        ("mode=teleport&result=%01&span=ever&on=yesterday", ["3-2-501", "3-2-502", "3-2-503", "7-201"]),
        ("grid=nowhere", ["3-2-501", "3-2-502", "3-2-503", "7-201"]),
    ],
)
async def test_filters_answer_what_was_asked(
    desk: Desk, station: Station, zhao: Phone, sun: Phone, asked: str, doors: list[str]
) -> None:
    await many(station, zhao, sun)
    page = await desk.get(f"/desk/visits?{asked}")
    assert [line.split()[2] if ":" in line[:6] else line for line in rows(page)] == doors
    assert f"{len(doors)} 次" in words(page)


async def test_grid_and_worker_are_filters_and_no_worker_is_counted(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    await many(station, zhao, sun)
    fourth = await desk.get(f"/desk/visits?grid={station['第四网格']}")
    assert [line.split()[2] for line in rows(fourth)] == ["7-201"]
    zhaos = await desk.get(f"/desk/visits?worker={station['赵敏']}")
    assert len(rows(zhaos)) == 3
    assert "3 次" not in words(zhaos)


async def test_htmx_gets_the_list_and_a_clean_address(desk: Desk, station: Station, zhao: Phone) -> None:
    await visit(zhao, station, "陈奶奶")
    piece = await desk.get("/desk/visits?q=&grid=&mode=door&on=", piece=True)
    assert piece.headers["HX-Push-Url"] == "/desk/visits?mode=door"
    assert "<html" not in piece.text
    assert len(rows(piece)) == 1


async def test_an_address_brings_the_same_visit_back_open(desk: Desk, station: Station, zhao: Phone) -> None:
    first = await visit(zhao, station, "马师傅", ago_ms=HOUR_MS, text="顶楼漏雨")
    await visit(zhao, station, "陈奶奶", text="灯坏了")
    page = await desk.get(f"/desk/visits?mode=door&open={station['第三网格']}.{first}")
    pane = page.text[page.text.index('id="pane"') :]
    assert "顶楼漏雨" in pane
    assert page.text.count('aria-current="true"') == 1


async def test_earlier_pages_hold_every_visit_once(desk: Desk, station: Station, zhao: Phone) -> None:
    for n in range(150):
        # Several at the same moment, so that the order falls back on the id.
        zhao.visit(station["陈奶奶"], occurred_at_ms=station.now_ms - n // 4 * HOUR_MS, text=f"第{n}次")
    await zhao.exchange()
    page = await desk.get("/desk/visits")
    seen = rows(page)
    pages = 1
    while 'hx-get="/desk/visits/earlier?' in page.text:
        path = page.text.split('hx-get="/desk/visits/earlier?')[1].split('"')[0].replace("&amp;", "&")
        page = await desk.get(f"/desk/visits/earlier?{path}", piece=True)
        whole = await desk.get(f"/desk/visits?{path}")
        assert rows(whole) == rows(page)
        seen += rows(page)
        pages += 1
    assert pages == 3
    said = [line.split("第")[1].split("次")[0] for line in seen]
    assert sorted(map(int, said)) == list(range(150))
    hours = [int(n) // 4 for n in said]
    assert hours == sorted(hours)


@pytest.mark.parametrize("before", ["", "x", "12", "12.", "-1.x", "9" * 40 + ".x"])
async def test_a_broken_place_is_a_clear_problem(desk: Desk, before: str) -> None:
    assert (await desk.get(f"/desk/visits/earlier?before={before}")).status_code == 400
    assert (await desk.get(f"/desk/visits?before={before}")).status_code == 200


async def test_an_imported_visit_is_marked_and_shows_its_day_alone(desk: Desk, station: Station) -> None:
    noon = station.now_ms - station.now_ms % DAY_MS + 4 * HOUR_MS - 3 * DAY_MS
    body = {"household": station["陈奶奶"], "occurred_at_ms": noon, "mode": "door", "result": "met"}
    imported = {"imported": {"source": "a" * 64, "row": 12}}
    id_ = await station.add("台账走访", "visit.recorded", {**body, **imported}, station["第三网格"])
    (line,) = rows(await desk.get("/desk/visits"))
    assert "台账导入" in line
    assert "12:00" not in line
    page = words(await desk.get(f"/desk/visits/{station['第三网格']}/{id_}"))
    assert "从台账导入，第 12 行" in page
    assert "12:00" not in page
    assert "已存手机" not in page


@pytest.mark.parametrize(
    "path", ["/desk/visits", "/desk/visits?q=x&mode=door", "/desk/pictures", "/desk/boards", "/desk/phones"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_pages_speak_both_languages(desk: Desk, station: Station, zhao: Phone, path: str, lang: str) -> None:
    await visit(zhao, station, "陈奶奶", text="x", care="urgent", follow_up_on="2026-11-27", who_met="女儿")
    page = await desk.get(path, lang=lang)
    assert page.status_code == 200
    assert f'<html lang="{"en" if lang == "en" else "zh-CN"}">' in page.text
    assert "desk." not in words(page)


async def test_a_visit_opened_alone_does_not_offer_itself(desk: Desk, station: Station, zhao: Phone) -> None:
    path = f"/desk/visits/{station['第三网格']}/{await visit(zhao, station, '陈奶奶')}"
    beside, alone = await desk.get(path, piece=True), await desk.get(path)
    assert f'href="{path}"' in beside.text
    assert f'href="{path}"' not in alone.text
    assert '<h1 class="say">3幢2单元501，陈奶奶 的一次走访</h1>' in alone.text
    assert "<h2>2026年11月20日 周五 10:44</h2>" in alone.text


@pytest.mark.parametrize("clock_ms", [0, 2**53 - 1])
async def test_a_phone_with_an_absurd_clock_breaks_no_page(
    desk: Desk, station: Station, zhao: Phone, clock_ms: int
) -> None:
    said = {"household": station["陈奶奶"], "occurred_at_ms": station.now_ms, "mode": "door", "result": "met"}
    edit = zhao.make("visit.recorded", said, at_ms=clock_ms, offset_ms=clock_ms - 1)
    await zhao.exchange()
    grid = station["第三网格"]
    pages = ("/desk/visits", f"/desk/visits/{grid}/{edit.header.id}", f"/desk/households/{grid}/{station['陈奶奶']}")
    for path in pages:
        assert (await desk.get(path)).status_code == 200, path


async def test_what_is_looked_for_stands_in_no_address(desk: Desk, station: Station, zhao: Phone) -> None:
    for n in range(store.PAGE + 1):
        zhao.visit(station["陈奶奶"], text=f"血压 {n}", occurred_at_ms=station.now_ms - n * 1000)
    await zhao.exchange()
    for piece in (False, True):
        page = await desk.post("/desk/visits", {"q": "血压", "mode": "door"}, piece=piece)
        assert len(rows(page)) == store.PAGE
        addresses = re.findall(r'(?:href|hx-get|hx-replace-url|hx-push-url|action)="([^"]*)"', page.text)
        assert addresses
        said = [*addresses, page.headers.get("HX-Push-Url", "")]
        assert [each for each in said if "%E8%A1%80" in each or "血压" in each or "q=" in each] == []
    assert page.headers["HX-Push-Url"] == "/desk/visits?mode=door"
    form = page.text.partition('hx-post="/desk/visits/earlier"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    last = await desk.post("/desk/visits/earlier", fields, piece=True)
    assert len(rows(last)) == 1
    since = await desk.post("/desk/visits/arrivals", {"q": "没有", "since": "0"}, piece=True)
    assert rows(since) == []
