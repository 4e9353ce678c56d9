"""What waits for a person is on the list, in plain words, and nothing else is."""

from __future__ import annotations

import pytest

from tests.conflicts.conftest import KINDS, cases
from tests.desk.conftest import Desk, words
from tests.journal.conftest import Station

pytestmark = pytest.mark.anyio


async def test_one_of_each_kind_stands_on_the_list_in_one_sentence(desk: Desk, everything: Station) -> None:
    found = await cases(desk)
    assert [each.key.split(".")[0] for each in found] == ["fact", *KINDS]
    assert [each.says for each in found] == [
        "陈奶奶的电话，赵敏和钱进写得不一样",
        "马师傅的住房情况，赵敏写“空房”，等您看一眼",
        "陈奶奶，钱进提出去掉“独居老人”",
        "3-2-503 赵敏的一次走访，有 2 种说法",
        "钱进的手机送来两段经过，2 条还放着",
        "孙立写的一条走访收到了，没有生效",
        "3-2-503 同一天记了两次走访，像是同一次",
        "3-2-501 和 3-3-2-0501室 像是同一户",
    ]
    page = words(await desk.get("/desk/conflicts"))
    assert "8 件要您拿主意" in page
    assert "待定夺 8" in page
    assert await everything.refolds()
