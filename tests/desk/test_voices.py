"""Voice notes of look-ins, answers to orders, items and logs: heard at the desk, and by nobody outside."""

from __future__ import annotations

from typing import Any

import pytest
from uuid_utils import uuid7

from server.blobs import Blobs
from server.journal import Draft, log_id
from server.journal.erasing import blobs_named
from tests.blobs.pictures import WEBM
from tests.desk.conftest import Desk, sign_in, visit, words
from tests.desk.test_logs import TODAY
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


def voice(station: Station, n: int, here: bool = True) -> dict[str, Any]:
    """A voice note that has come, or is on its way."""
    data = WEBM + bytes([n])
    blobs = Blobs(station.settings.blobs, spare_bytes=0)
    name = blobs.put(data)
    if not here:
        blobs.path(name).unlink()
    return {"sha256": name, "type": "audio/webm", "bytes": len(data), "ms": 4000}


async def test_voice_notes_are_heard_where_their_words_would_stand(
    desk: Desk, station: Station, zhao: Phone, sun: Phone
) -> None:
    third, home = station["第三网格"], station["陈奶奶"]
    zhao.clock_ms = station.now_ms
    pair, order = str(uuid7()), str(uuid7())
    looks = {"household": home, "carer": station["赵敏"], "cadence": "weekly"}
    asked = {"title": "查楼道", "points": ["门锁"], "due": "2026-11-25", "households": [home]}
    drafts: list[tuple[str, str, dict[str, Any]]] = [("care_pair.formed", pair, looks), ("order.issued", order, asked)]
    await station.commit([Draft(kind, id_, third, station["master"], body, id=id_) for kind, id_, body in drafts])
    notes = [voice(station, n) for n in range(6)]
    now = {"occurred_at_ms": station.now_ms}
    check = zhao.make("care_check.made", {"pair": pair, "state": "watch", "blobs": notes[:1], **now}).header.id
    answered = {"household": home, "points": [{}], "blobs": notes[1:2], **now}
    answer = zhao.make("order.answered", answered, entity=order).header.id
    item = zhao.make("item.raised", {"kind": "mediation", "household": home, "blobs": notes[2:3], **now}).header.id
    zhao.make("item.told", {"blobs": notes[3:4]}, entity=item)
    await zhao.exchange()
    log = log_id(zhao.person, third, TODAY)
    zhao.make("daily_log.sent", {"day": TODAY, "blobs": notes[4:5]}, entity=log)
    await zhao.exchange()
    await visit(zhao, station, "陈奶奶", blobs=notes[5:])
    pages = {
        f"check={check}": f"/desk/care/{third}/{home}",
        f"answer={answer}": f"/desk/orders?open={third}.{order}",
        f"item={item}": f"/desk/items/{third}/{item}",
        f"log={log}": f"/desk/logs?open={third}.{log}",
    }
    heard = {f"check={check}": 0, f"answer={answer}": 1, f"item={item}": 2, f"log={log}": 4}
    stranger, author = await sign_in(station, "孙立"), await sign_in(station, "赵敏")
    for of, page in pages.items():
        src = f"/blobs/{notes[heard[of]]['sha256']}?{of}"
        assert f'src="{src}"' in (await desk.get(page)).text, page
        assert (await desk.get(src)).status_code == (await author.get(src)).status_code == 200
        assert (await stranger.get(src)).status_code == 404
        assert (await desk.get(f"/blobs/{notes[5]['sha256']}?{of}")).status_code == 404, "what it does not name"
    assert f"/blobs/{notes[3]['sha256']}?item={item}" in (await desk.get(pages[f"item={item}"])).text, "its story"
    assert "录音里说的" in words(await desk.get("/desk/items"))
    assert await station.journal.transactions.read(blobs_named) == {note["sha256"] for note in notes}
    held = {kind: row["row"] for (kind, _), row in zhao.rows.items()}
    assert (held["care_check"]["blobs"], held["daily_log"]["blobs"]) == (notes[:1], notes[4:5])
    assert (held["order_answer"]["blobs"], held["item"]["blobs"]) == (notes[1:2], notes[2:3])
    assert await station.refolds()


async def test_nothing_said_in_no_way_is_no_answer_and_no_item(station: Station, zhao: Phone) -> None:
    zhao.clock_ms = station.now_ms
    now = {"occurred_at_ms": station.now_ms}
    order = str(uuid7())
    asked = {"title": "查楼道", "points": ["门锁"], "due": "2026-11-25", "households": [station["陈奶奶"]]}
    await station.commit([Draft("order.issued", order, station["第三网格"], station["master"], asked, id=order)])
    zhao.make("order.answered", {"household": station["陈奶奶"], "points": [{}], **now}, entity=order)
    zhao.make("item.raised", {"kind": "mediation", "household": station["陈奶奶"], **now})
    reply = await zhao.exchange()
    assert [each["reason"] for each in reply["outcomes"]] == ["bad_body", "bad_body"]


async def test_a_voice_note_on_its_way_is_said_to_be(desk: Desk, station: Station, zhao: Phone) -> None:
    zhao.clock_ms = station.now_ms
    late = {"kind": "mediation", "blobs": [voice(station, 1, here=False)], "occurred_at_ms": station.now_ms}
    item = zhao.make("item.raised", late).header.id
    await zhao.exchange()
    page = await desk.get(f"/desk/items/{station['第三网格']}/{item}")
    assert "1 段录音，还没送到" in words(page)
    assert "<audio" not in page.text
