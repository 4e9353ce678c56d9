"""Who may open the desk, and that what is not theirs looks like what is not there."""

from __future__ import annotations

import pytest

from tests.desk.conftest import Desk, rows, sign_in, unnumbered, visit, words
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

NOWHERE = "019a0b1c-0000-7000-8000-00000000ffff"
PAGES = ("/desk/visits", "/desk/visits/arrivals?since=0", "/desk/pictures", "/desk/boards", "/desk/phones")


@pytest.mark.parametrize("path", PAGES)
async def test_a_worker_finds_no_desk(station: Station, path: str) -> None:
    worker = await sign_in(station, "赵敏")
    assert (await worker.get(path)).status_code == 404


@pytest.mark.parametrize("path", PAGES)
async def test_a_stranger_is_asked_to_come_in(station: Station, path: str) -> None:
    page = await Desk(station.http, {}).get(path)
    assert page.status_code == 401
    assert "请用通行密钥进来" in words(page)
    assert "/sign-in?to=/desk" in page.text


async def test_a_leader_sees_their_own_grid_alone(leader: Desk, station: Station, zhao: Phone, sun: Phone) -> None:
    own = await visit(zhao, station, "陈奶奶")
    other = await visit(sun, station, "吴大爷", text="别的网格的话")
    page = await leader.get(f"/desk/visits?open={station['第四网格']}.{other}&grid={station['第四网格']}&q=")
    assert [line.split()[2] for line in rows(page)] == ["3-2-501"]
    assert "别的网格的话" not in page.text
    assert "孙立" not in page.text, "nor is another grid's worker offered as a choice"
    boards = await leader.get("/desk/boards")
    assert "第三网格" in boards.text
    assert "第四网格" not in boards.text
    assert (await leader.get(f"/desk/visits/{station['第三网格']}/{own}")).status_code == 200
    assert (await leader.get("/desk/phones")).status_code == 404


async def test_foreign_and_absent_are_answered_alike(leader: Desk, station: Station, sun: Phone) -> None:
    other = await visit(sun, station, "吴大爷")
    third, fourth = station["第三网格"], station["第四网格"]
    foreign = (
        f"/desk/visits/{fourth}/{other}",
        f"/desk/visits/{third}/{other}",
        f"/desk/households/{fourth}/{station['吴大爷']}",
        f"/desk/households/{third}/{station['吴大爷']}",
        f"/desk/boards/{fourth}/{station['7幢']}",
        f"/desk/boards/{third}/{station['7幢']}",
    )
    absent = [f"/desk/{kind}/{third}/{NOWHERE}" for kind in ("visits", "households", "boards")]
    answers = [await leader.get(path) for path in (*foreign, *absent)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({unnumbered(answer.text) for answer in answers}) == 1


async def test_a_problem_is_a_page_a_piece_or_json(desk: Desk, station: Station) -> None:
    path = f"/desk/visits/{station['第三网格']}/{NOWHERE}"
    page, piece = await desk.get(path), await desk.get(path, piece=True)
    program = await desk.get(path, accept="application/json")
    assert "没找到这一页" in words(page)
    assert "<h1" in page.text
    assert "没找到这一页" in words(piece)
    assert "<html" not in piece.text
    assert program.json()["problem"]["code"] == "not_found"
    assert {answer.status_code for answer in (page, piece, program)} == {404}
    assert "This page is not here" in words(await desk.get(path, lang="en"))


async def test_whoever_has_a_desk_is_led_to_it(desk: Desk, leader: Desk, station: Station) -> None:
    for path in ("/desk", "/desk/", "/field", "/field/", "/"):
        answer = await desk.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/visits"), path
    assert (await leader.get("/field/")).status_code == 200, "a leader goes out too, with a phone of their own"
    assert (await desk.get(f"/field/households/{station['陈奶奶']}")).status_code == 404
    worker = await sign_in(station, "赵敏")
    assert (await worker.get("/desk/")).status_code == 404
