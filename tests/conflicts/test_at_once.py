"""Two leaders decide about one thing: the first counts, the second is heard, and both see how it stands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conflicts.conftest import Case, case, cases, cloned_phone, out_of_scope, undo
from tests.desk.conftest import Desk, sign_in, words
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio
FIRST = "这一件李网格长先定了：孙立写的走访不算数。您的意见没有改动它，留在旁边。"


async def outcomes(station: Station) -> list[tuple[str, str]]:
    """What became of every decision about what was set aside."""
    rows = await station.rows("SELECT kind, outcome FROM journal WHERE kind LIKE 'edit.%' ORDER BY position")
    return [(row.kind.removeprefix("edit."), row.outcome) for row in rows]


async def over(station: Station) -> list[Any]:
    """What each of these decisions had in view."""
    rows = await station.rows("SELECT header FROM journal WHERE kind LIKE 'edit.%' ORDER BY position")
    return [json.loads(bytes(row.header))["over"] for row in rows]


async def test_whoever_comes_second_is_told_and_their_view_stands_beside(
    desk: Desk, leader: Desk, station: Station
) -> None:
    visit = await out_of_scope(station)
    mine, theirs = await case(desk, "aside"), await case(leader, "aside")
    await theirs.decide("declined", words="记错门了")
    answer = await mine.decide("released", words="")
    page = words(await desk.get(answer.headers["location"]))
    assert FIRST in page
    assert "留在旁边的意见 王站长：算数 11月20日 10:44，打开那一页以后，已经有人定过" in page
    assert page.count("孙立写的走访不算数") == 3, "said, listed once, and named by its button"
    assert "孙立写的走访算数" not in page, "a comment is no decision"
    assert await outcomes(station) == [("declined", "accepted"), ("released", "accepted")]
    assert await station.value(f"SELECT count(*) FROM visit WHERE id = '{visit}'") == 0
    # Sent twice it is said once.
    size = await station.journal.size()
    again = await mine.decide("released", words="")
    assert again.headers["location"] == answer.headers["location"]
    assert await station.journal.size() == size
    english = words(await desk.get(answer.headers["location"], lang="en"))
    assert "Your view changed nothing, and stands beside it." in english
    assert "Views kept beside it" in english
    assert await station.refolds()


async def test_a_view_is_seen_where_the_thing_waits_again(desk: Desk, leader: Desk, station: Station) -> None:
    await out_of_scope(station)
    mine, theirs = await case(desk, "aside"), await case(leader, "aside")
    answer = await theirs.decide("declined", words="记错门了")
    await undo(leader, answer)
    steps = await over(station)
    assert [list(each) for each in steps] == [["step"], ["step"]]
    assert steps[1]["step"] == [await station.value("SELECT id FROM journal WHERE kind = 'edit.declined'")]
    # The master's page is still the one of before.
    late = await mine.decide("declined", words="问过了，没去")
    page = words(await desk.get(late.headers["location"]))
    assert "这一件刚才有人定过，又放回来了，现在等着重新定。您的意见没有改动它，留在旁边。" in page
    one = await case(desk, "aside")
    assert "留在旁边的意见 王站长：不算数， 问过了，没去 11月20日 10:44，打开那一页以后，已经有人定过" in one.page
    assert "王站长：不算数， 问过了" in (await case(leader, "aside")).page
    # Looked at as it is now, it is decided.
    done = await one.decide("released")
    page = words(await desk.get(done.headers["location"]))
    assert "定了：孙立写的走访算数" in page
    assert "王站长：不算数， 问过了" in page, "listed beside the decision that stands"
    assert await station.refolds()


async def test_a_branch_decided_by_two_keeps_the_second_ones_view_once(
    desk: Desk, leader: Desk, station: Station
) -> None:
    written = await cloned_phone(station)
    mine, theirs = await case(desk, "fork"), await case(leader, "fork")
    await theirs.decide("released")
    late = await mine.decide("declined", words="两部手机重了")
    page = words(await desk.get(late.headers["location"]))
    assert "这一件李网格长先定了：钱进写的走访等 2 条算数。您的意见没有改动它，留在旁边。" in page
    assert page.count("王站长：不算数， 两部手机重了") == 1
    size = await station.journal.size()
    await mine.decide("declined", words="两部手机重了")
    assert await station.journal.size() == size
    for visit in written:
        assert await station.value(f"SELECT count(*) FROM visit WHERE id = '{visit}'") == 1
    assert await station.refolds()


async def test_what_somebody_had_just_decided_asks_for_a_reason_all_the_same(
    desk: Desk, leader: Desk, station: Station
) -> None:
    await out_of_scope(station)
    mine, theirs = await case(desk, "aside"), await case(leader, "aside")
    await theirs.decide("released")
    size = await station.journal.size()
    answer = await mine.decide("declined")
    assert "要写一句为什么" in words(await desk.get(answer.headers["location"]))
    assert await station.journal.size() == size


@pytest.mark.parametrize("step", ["", "x", "99:", "1:2:3", "²", "9" * 30])
async def test_a_form_that_names_nothing_it_showed_finds_nothing_left(
    desk: Desk, leader: Desk, station: Station, step: str
) -> None:
    await out_of_scope(station)
    mine, theirs = await case(desk, "aside"), await case(leader, "aside")
    await theirs.decide("released")
    mine.form["step"] = step
    assert (await mine.decide("released")).status_code == 410
    assert await cases(desk) == []


async def test_another_grids_leader_says_nothing_about_it(desk: Desk, leader: Desk, station: Station) -> None:
    await out_of_scope(station)
    theirs = await case(desk, "aside")
    await theirs.decide("released")
    other = {
        "name": "周网格长",
        "role": "grid_leader",
        "community": station["community"],
        "grids": [station["第四网格"]],
    }
    await station.add("周网格长", "person.added", other)
    zhou = Case(theirs.key, "", await sign_in(station, "周网格长"), theirs.form)
    size = await station.journal.size()
    assert (await zhou.decide("released")).status_code == 404
    assert await station.journal.size() == size


async def test_two_who_take_the_same_decision_back_at_once_put_it_back_once(
    desk: Desk, leader: Desk, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    await out_of_scope(station)
    answer = await (await case(leader, "aside")).decide("declined", words="记错门了")
    declined = await station.value("SELECT id FROM journal WHERE kind = 'edit.declined'")
    commit = station.app.state.journal.commit

    async def after_the_leader(drafts: Any) -> Any:
        monkeypatch.setattr(station.app.state.journal, "commit", commit)
        await undo(leader, answer)
        return await commit(drafts)

    monkeypatch.setattr(station.app.state.journal, "commit", after_the_leader)
    late = await desk.post(f"/desk/conflicts/decisions/{declined}/undoing", {})
    page = words(await desk.get(late.headers["location"]))
    assert "这一件刚才有人定过，又放回来了，现在等着重新定。您的意见没有改动它，留在旁边。" in page
    assert "王站长：放回来重新定 11月20日 10:44，打开那一页以后，已经有人定过" in page
    assert len(await cases(desk)) == 1
    assert await station.refolds()
