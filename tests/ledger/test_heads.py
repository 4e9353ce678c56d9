"""Two pasts for two people: found by the server, by the station, and by whoever audits with what phones hold."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import msgspec
import pytest

from server.journal import Draft
from server.journal.audit import Report, audit_report
from server.journal.brought import Brought, Head, head_line, heads_in, read_heads
from sync.edit import NOBODY
from sync.ledger.receive import Doubt
from tests.desk.conftest import sign_in, words
from tests.journal.conftest import Station, qian, station, zhao  # noqa: F401
from tests.journal.phone import Phone
from tests.ledger.test_audit import rewrite, worked

pytestmark = pytest.mark.anyio
DOUBTS = "SELECT device, code, held, settled_ms FROM ledger_doubt ORDER BY at_ms"


async def heads(station: Station) -> list[Head]:  # noqa: F811
    """As the command prints them, and as they are read again."""
    found = await station.journal.transactions.read(heads_in)
    return read_heads("\n".join(head_line(head) for head in found) + "\n")


async def audited(station: Station, brought: list[Head]) -> Report:  # noqa: F811
    return await audit_report(station.journal, [], brought=Brought(heads=brought))


async def test_an_export_of_an_honest_server_fits_later(station: Station, zhao: Phone, qian: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    before = await heads(station)
    assert [(head.device, head.size) for head in before] == [(zhao.device, await station.journal.size() - 1)]
    await worked(station, qian)
    report = await audited(station, [*before, *await heads(station)])
    assert (report.found, report.beyond, report.done["brought"]) == ([], [], 3)


async def test_an_export_from_before_exposes_a_past_written_anew(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    before = await heads(station)
    await rewrite(station)
    assert (await audit_report(station.journal, [])).found == []
    assert [found.code for found in (await audited(station, before)).found] == ["head_root"]


async def test_two_exports_expose_a_split_view_by_themselves(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    (one,) = await heads(station)
    other = msgspec.structs.replace(one, device="another", root="A" * 43 + "=")
    report = await audited(station, [one, other, other])
    assert [found.code for found in report.found] == ["head_root", "head_root", "split"]
    assert report.found[-1].about["other"] == "another"
    longer = msgspec.structs.replace(one, size=one.size + 100)
    assert [found.code for found in (await audited(station, [longer])).found] == ["head_ahead"]


@pytest.mark.parametrize("line", ["{}", "[]", "nothing", '{"device":"a","origin":"b","size":0,"root":"","when":""}'])
def test_what_is_no_export_is_told_by_its_line(line: str) -> None:
    good = head_line(Head("d", "sifang/x", 3, "A" * 43 + "=", "2026-11-20T02:44:00Z"))
    assert len(read_heads(f"{good}\n\n{good}\n")) == 2
    with pytest.raises(ValueError, match="2"):
        read_heads(f"{good}\n{line}\n")


async def test_the_server_notes_a_head_that_is_not_of_its_log(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    await worked(station, zhao)
    assert await station.rows(DOUBTS) == []
    held = zhao.held
    assert held is not None
    await rewrite(station)
    zhao.visit(station["陈奶奶"])
    for _ in range(2):
        with pytest.raises(Doubt, match="other_past"):
            await zhao.exchange()
    ((device, code, text, settled),) = await station.rows(DOUBTS)
    assert (device, code, text, settled) == (zhao.device, "head", held.text(), None)
    told = [line for line in capsys.readouterr().err.splitlines() if '"ledger.unfit"' in line]
    assert [f'"size": {held.size}' in line for line in told] == [True], "whoever runs the server is told, once"
    desk = await sign_in(station, "master")
    page = await desk.get("/desk/phones")
    assert "赵敏的手机核验没通过" in words(page)
    assert "给它看的跟给别人看的不是一份" in words(page)
    assert held.text().strip() in page.text
    # What the phone says itself, with both signed checkpoints, takes its place.
    request = zhao.request()
    request["ledger"]["doubt"] = {"code": "other_past", "at_ms": 5, "held": "the note", "told": "another"}
    assert (await zhao.send(request)).status_code == 200
    assert [row[1] for row in await station.rows(DOUBTS)] == ["other_past"]


async def test_a_doubt_of_any_length_is_taken_and_cut(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    doubt = {"code": "not_signed", "at_ms": 5, "held": "x" * 70_000, "told": "a\0" + "访" * 5000}
    request = zhao.request()
    request["ledger"]["doubt"] = doubt
    for _ in range(2):
        assert (await zhao.send(request)).status_code == 200
        request = zhao.request()
        request["ledger"]["doubt"] = doubt
    ((held, told),) = await station.rows("SELECT held, told FROM ledger_doubt")
    assert (held, told) == ("x" * 4096, "a\ufffd" + "访" * 4094)


async def test_a_phone_that_followed_a_restore_is_told_of_and_doubts_nothing(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    for _ in range(2):
        zhao.visit(station["陈奶奶"])
        request = zhao.request()
        request["ledger"]["restored"] = {"code": "restored", "at_ms": 7, "held": "the first", "told": "the other"}
        told = (await zhao.send(request)).json()["ledger"]
        assert (told["noted"], "looked" in told) == (7, False)
    assert [row[1] for row in await station.rows(DOUBTS)] == ["restored"]
    desk = await sign_in(station, "master")
    page = await desk.get("/desk/phones")
    assert "服务器用的是恢复的备份" in words(page)
    assert "赵敏的手机，" in words(page)
    assert "the first" in page.text
    assert "核验没通过" not in words(page)
    # As a doubt it is none either, and no phone fills the table with it.
    for at_ms in range(30):
        request = zhao.request()
        request["ledger"]["doubt"] = {"code": "restored", "at_ms": at_ms, "held": "", "told": ""}
        assert (await zhao.send(request)).status_code == 200
    assert len(await station.rows(DOUBTS)) == 20
    # It hides nothing that is found later.
    await rewrite(station)
    zhao.visit(station["陈奶奶"])
    with pytest.raises(Doubt, match="other_past"):
        await zhao.exchange()
    assert {row[1] for row in await station.rows(DOUBTS)} == {"restored", "head"}


async def test_a_head_that_was_looked_at_is_not_told_again(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    held = zhao.held
    assert held is not None
    zhao.held = replace(held, size=held.size + 50)
    with pytest.raises(Doubt, match="shorter"):
        await zhao.exchange()
    ((at_ms,),) = await station.rows("SELECT at_ms FROM ledger_doubt")
    desk = await sign_in(station, "master")
    answer = await desk.post(f"/desk/phones/{zhao.device}/doubts/{at_ms}", {"words": "这部手机的钟坏了"})
    assert answer.status_code == 303
    with pytest.raises(Doubt, match="shorter"):
        await zhao.exchange()
    assert len(await station.rows(DOUBTS)) == 1
    assert await station.refolds()


@pytest.mark.parametrize("now", [{"role": "station_master"}, None])
async def test_a_doubt_outlives_the_work_of_its_person(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    now: dict[str, str] | None,
) -> None:
    await worked(station, zhao)
    held = zhao.held
    assert held is not None
    zhao.held = replace(held, size=held.size + 50)
    with pytest.raises(Doubt, match="shorter"):
        await zhao.exchange()
    kind, body = ("person.changed", now) if now else ("person.ended", {})
    (receipt,) = await station.journal.commit([Draft(kind, zhao.person, None, station["master"], body)])
    assert receipt.outcome == "accepted", receipt
    ((at_ms,),) = await station.rows("SELECT at_ms FROM ledger_doubt")
    desk = await sign_in(station, "master")
    assert "赵敏的手机核验没通过" in words(await desk.get("/desk/phones"))
    answer = await desk.post(f"/desk/phones/{zhao.device}/doubts/{at_ms}", {"words": "看过了"})
    assert answer.status_code == 303
    assert "核验没通过" not in words(await desk.get("/desk/phones"))


@pytest.mark.parametrize("fits", [False, True])
async def test_a_phone_that_is_shown_another_log_by_another_name(
    station: Station,  # noqa: F811
    zhao: Phone,  # noqa: F811
    fits: bool,
) -> None:
    """A log that this installation never was: its name hides no second view, whether it begins as ours or not."""
    await worked(station, zhao)
    held = zhao.held
    assert held is not None
    zhao.held = replace(held, origin="sifang/elsewhere", root=held.root if fits else b"\x01" * 32)
    zhao.visit(station["陈奶奶"])
    await zhao.send(zhao.request())
    ((device, code, text, settled),) = await station.rows(DOUBTS)
    assert (device, code, text, settled) == (zhao.device, "head", zhao.held.text(), None)
    (head,) = await heads(station)
    assert head.origin == "sifang/elsewhere"
    assert [found.code for found in (await audit_report(station.journal, [])).found] == ["held_other"]
    report = await audited(station, [head])
    assert [found.code for found in report.found] == ["held_other", "head_stranger"]


async def test_a_phone_of_a_log_that_this_one_goes_on_after(station: Station, zhao: Phone) -> None:  # noqa: F811
    await worked(station, zhao)
    held = zhao.held
    assert held is not None
    before = str(uuid4())
    size = await station.journal.size()
    known = {"size": size, "root": (await audit_report(station.journal, [])).done["root"], "source": "backup"}
    restored = {"from_log": before, "from_size": size, "heads": [known]}
    (receipt,) = await station.journal.commit([Draft("server.restored", str(uuid4()), None, NOBODY, restored)])
    assert receipt.outcome == "accepted"
    for root in (held.root, b"\x01" * 32):
        zhao.held = replace(held, origin=f"sifang/{before}", root=root)
        zhao.visit(station["陈奶奶"])
        assert (await zhao.send(zhao.request())).status_code == 200
        assert await station.rows(DOUBTS) == []
        assert (await audit_report(station.journal, [])).found == []
    report = await audited(station, await heads(station))
    assert ([found.code for found in report.found], [found.code for found in report.beyond]) == ([], ["head_other"])
