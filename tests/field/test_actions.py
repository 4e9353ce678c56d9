"""What was agreed, from the server's pages: on Today until its owner says that it is done."""

from __future__ import annotations

import re

import pytest
from uuid_utils import uuid7

from server.journal import Draft
from tests.desk.conftest import words
from tests.field.conftest import Station

pytestmark = pytest.mark.anyio


async def test_one_tap_says_that_it_is_done(station: Station) -> None:
    leader = {"name": "李网格长", "role": "grid_leader", "community": station.id["榆桥社区"],
              "grids": [station.id["第三网格"]]}  # fmt: skip
    commit, grid = station.app.state.journal.commit, station.id["第三网格"]
    await commit([station.add("李网格长", "person.added", leader)])
    ids = [str(uuid7()), str(uuid7())]
    for id_, owner in zip(ids, (station.id["赵敏"], station.id["李网格长"]), strict=True):
        body = {"owner": owner, "due": "2026-11-19", "text": f"清楼道 {owner[-4:]}"}
        await commit([Draft("action.set", id_, grid, station.id["李网格长"], body, {"step": []}, id=id_)])
    page = await station.get("/field/")
    assert "会上说好的 清楼道" in words(page)
    assert "11月19日该办完，李网格长给的" in words(page)
    forms = re.findall(r'action="(/field/actions/[^"]+)"><input type="hidden" name="step" value="([^"]+)">', page.text)
    assert [address for address, _ in forms] == [f"/field/actions/{ids[0]}/completion"], "their own alone"
    answer = await station.post(forms[0][0], {"step": forms[0][1]})
    assert answer.headers["location"] == "/field/"
    assert "会上说好的" not in words(await station.get("/field/"))
    assert "办完了一件" in words(await station.get("/field/outbox"))
    assert (await station.post(f"/field/actions/{ids[1]}/completion", {"step": ids[1]})).status_code == 404
