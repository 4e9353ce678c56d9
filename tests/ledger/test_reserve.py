"""The log's key is changed, lost or stolen: phones follow what a key that they know speaks for, and nothing else."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server import clock
from server.__main__ import main
from server.journal.audit import audit_report
from server.journal.checkpoints import signed_note
from server.keys import KeyFile, drawn
from server.log_keys import LogKeys, of_seeds, vouch
from server.settings import from_environment
from server.signing import is_signed, public_of
from server.successors import NoReserve, change, make_reserve, read_reserve, take_over
from sync.edit import b64u
from sync.ledger.receive import Doubt, believe
from sync.ledger.vouch import LOG, RESERVE, Vouch, trusted
from tests.chromium import Chromium
from tests.journal.conftest import Station, zhao  # noqa: F401
from tests.journal.conftest import station as station
from tests.journal.phone import Phone
from tests.ledger.test_receive import NODES, at, told

DAY_MS = 86_400_000
OLD, NEW, SPARE, NEXT, EVIL = (drawn() for _ in range(5))


def keys(*seeds: bytes) -> list[bytes]:
    """Public keys."""
    return [public_of(seed) for seed in seeds]


def known(now: list[bytes], spare: list[bytes], *vouched: Vouch) -> tuple[list[bytes], list[bytes]]:
    """What counts after these words."""
    return trusted(now, spare, vouched, is_signed)


def test_a_key_counts_once_one_that_is_believed_speaks_for_it() -> None:
    said = vouch(OLD, LOG, public_of(NEW))
    assert known(keys(OLD), [], said) == (keys(OLD, NEW), [])
    assert known(keys(EVIL), [], said) == (keys(EVIL), [])
    for bent in (replace(said, key=public_of(EVIL)), replace(said, use=RESERVE), replace(said, by=public_of(EVIL))):
        assert known(keys(OLD), [], bent) == (keys(OLD), []), bent
    # Away for long: several changes, told in any order.
    assert known(keys(OLD), [], vouch(NEW, LOG, public_of(NEXT)), said) == (keys(OLD, NEW, NEXT), [])


def test_the_active_key_names_the_first_reserve_and_no_other() -> None:
    first, other = vouch(OLD, RESERVE, public_of(SPARE)), vouch(OLD, RESERVE, public_of(EVIL))
    assert known(keys(OLD), [], first) == (keys(OLD), keys(SPARE))
    assert known(keys(OLD), keys(SPARE), other) == (keys(OLD), keys(SPARE)), "a stolen key puts no other in its place"
    followed = vouch(SPARE, RESERVE, public_of(NEXT))
    assert known(keys(OLD), keys(SPARE), other, followed) == (keys(OLD), keys(NEXT))
    circle = (followed, vouch(NEXT, RESERVE, public_of(SPARE)))
    assert known(keys(OLD), keys(SPARE), *circle)[1] == keys(SPARE), "and it ends"
    assert known(keys(OLD), keys(SPARE), vouch(SPARE, LOG, public_of(NEW))) == (keys(OLD, NEW), keys(SPARE))


def believes(now: list[bytes], spare: list[bytes], app: LogKeys, seeds: list[bytes]) -> bool:
    """Whether a phone believes a checkpoint that these signed, with this app."""
    now, spare = trusted(now, spare, app.for_phones, is_signed)
    try:
        return believe(
            None, replace(told(9), checkpoint=signed_note(at(9), seeds)), [], [*now, *spare], is_signed
        ) == at(9)
    except Doubt:
        return False


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeyFile:
    """The log's key of an installation."""
    monkeypatch.setattr(clock, "now_ms", lambda: 1_800_000_000_000)
    made = KeyFile(tmp_path / "log.key")
    made.good()
    return made


def app_of(file: KeyFile) -> LogKeys:
    """What the app brings now."""
    return of_seeds(file.good(), file.path)


def test_changed_with_an_overlap(file: KeyFile, monkeypatch: pytest.MonkeyPatch) -> None:
    old = app_of(file)
    change(file, 180 * DAY_MS)
    both = app_of(file)
    assert both.keys[1:] == old.keys
    assert believes([*old.keys], [], old, [*file.good()]), "an old app knows one of the two"
    monkeypatch.setattr(clock, "now_ms", lambda: 1_800_000_000_000 + 181 * DAY_MS)
    file.retire()
    alone = app_of(file)
    assert len(alone.keys) == 1
    assert not believes([*old.keys], [], old, [*file.good()]), "an old app that never heard of it doubts"
    assert believes([*old.keys], [], alone, [*file.good()]), "with the new app it follows, however long it was away"
    assert set(old.keys) <= set(alone.ever), "an audit knows what signed before"


def test_out_at_once_without_an_overlap(file: KeyFile) -> None:
    old = app_of(file)
    change(file, 0)
    now = app_of(file)
    assert not believes([*old.keys], [], now, [*file.good()])
    assert now.for_phones == ()
    assert set(old.keys) <= set(now.ever)


def test_the_active_key_is_stolen(file: KeyFile, tmp_path: Path) -> None:
    (stolen,), aside = file.good(), tmp_path / "aside"
    public = make_reserve(file, aside, None, lost=False)
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    reserve = read_reserve(aside)
    assert b64u(public_of(reserve)) == public
    for path in tmp_path.glob("log.key*"):
        assert reserve not in path.read_bytes()
        assert b64u(reserve) not in path.read_text("latin-1")
    now, spare = known(keys(stolen), [], *app_of(file).for_phones)
    assert (now, spare) == (keys(stolen), keys(reserve))
    take_over(file, reserve, 180 * DAY_MS)
    fresh, beside = file.good()
    assert beside == reserve
    assert {path.name.split(".")[-1] for path in tmp_path.glob("log.key*")} == {"key", "old", "vouched"}
    moved = app_of(file)
    assert believes(now, spare, app_of(file), [fresh, beside])
    assert believes(now, spare, LogKeys(), [fresh, beside]), "an old app knows the reserve"
    assert believes(now, [], moved, [fresh, beside]), "a phone that was away since before hears it from the old key"
    assert not believes(now, [], LogKeys(), [fresh, beside])
    # Whoever has the stolen key cannot follow.
    after, _ = known(now, spare, *moved.for_phones)
    assert [key for key in moved.keys if key in after] == keys(fresh)
    assert not believes(keys(fresh), spare, moved, [stolen])
    assert public_of(stolen) in moved.ever
    # And the next reserve is named by the one before, which signs for a while.
    make_reserve(file, tmp_path / "again", None, lost=False)
    assert known(now, spare, *app_of(file).for_phones)[1] == keys(read_reserve(tmp_path / "again"))


def test_the_active_key_is_lost_with_its_folder(file: KeyFile, tmp_path: Path) -> None:
    (lost,), aside = file.good(), tmp_path / "aside"
    make_reserve(file, aside, None, lost=False)
    now, spare = known(keys(lost), [], *app_of(file).for_phones)
    for path in tmp_path.glob("log.key*"):
        path.unlink()
    take_over(file, read_reserve(aside), DAY_MS)
    assert believes(now, spare, app_of(file), [*file.good()])


def test_a_reserve_outlives_a_change_of_the_active_key(file: KeyFile, tmp_path: Path) -> None:
    make_reserve(file, tmp_path / "aside", None, lost=False)
    change(file, 0)
    assert app_of(file).reserve == public_of(read_reserve(tmp_path / "aside"))
    now, spare = known([*app_of(file).keys], [], *app_of(file).for_phones)
    assert spare == keys(read_reserve(tmp_path / "aside")), "a phone that comes now knows it as well"
    assert len(now) == 1


def test_another_reserve_is_made_of_the_one_before(file: KeyFile, tmp_path: Path) -> None:
    first = make_reserve(file, tmp_path / "first", None, lost=False)
    for code, to, before, lost in (
        ("known", "second", None, False),
        ("other", "second", EVIL, False),
        ("there", "first", read_reserve(tmp_path / "first"), False),
    ):
        with pytest.raises(NoReserve) as refused:
            make_reserve(file, tmp_path / to, before, lost=lost)
        assert refused.value.code == code
    make_reserve(file, tmp_path / "second", read_reserve(tmp_path / "first"), lost=False)
    second = keys(read_reserve(tmp_path / "second"))
    assert known([*app_of(file).keys], keys(read_reserve(tmp_path / "first")), *app_of(file).for_phones)[1] == second
    assert known([*app_of(file).keys], [], *app_of(file).for_phones)[1] == second
    with pytest.raises(NoReserve) as refused:
        take_over(file, read_reserve(tmp_path / "first"), DAY_MS)
    assert refused.value.code == "other"
    make_reserve(file, tmp_path / "third", None, lost=True)
    third = keys(read_reserve(tmp_path / "third"))
    assert known([*app_of(file).keys], [], *app_of(file).for_phones)[1] == third
    assert known([*app_of(file).keys], second, *app_of(file).for_phones)[1] == second
    (tmp_path / "typed").write_text(f"  {(tmp_path / 'first').read_text().split()[-1]}  \n")
    assert b64u(public_of(read_reserve(tmp_path / "typed"))) == first
    for words in ("", "nothing", "A" * 43):
        (tmp_path / "typed").write_text(words)
        with pytest.raises(NoReserve):
            read_reserve(tmp_path / "typed")


def test_by_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)
    before, aside = from_environment().log_keys, tmp_path / "aside"
    assert main(["reserve", "log", "--to", str(aside)]) == 0
    said = capsys.readouterr()
    assert "备用钥匙写在" in said.out
    assert '"event": "key.reserved"' in said.err
    assert aside.read_text().split()[-1] not in said.out + said.err
    assert main(["reserve", "log", "--to", str(tmp_path / "more"), "--lang", "en"]) == 1
    assert "--replaces" in capsys.readouterr().err
    assert main(["rotate", "log", "--from-reserve", str(tmp_path / "nothing"), "--lang", "en"]) == 1
    assert "holds no reserve key" in capsys.readouterr().err
    assert from_environment().log_keys.keys == before.keys
    assert main(["rotate", "log", "--from-reserve", str(aside), "--lang", "en"]) == 0
    assert "Make another reserve now" in capsys.readouterr().out
    after = from_environment().log_keys
    assert after.keys[1] == public_of(read_reserve(aside))
    assert before.keys[0] not in after.keys


@pytest.mark.anyio
async def test_phones_of_a_station_move_over(station: Station, zhao: Phone, tmp_path: Path) -> None:  # noqa: F811
    file = station.settings.log_file
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    make_reserve(file, tmp_path / "aside", None, lost=False)
    now, spare = trusted(zhao.log_keys, [], station.settings.log_keys.for_phones, is_signed)
    zhao.log_keys = [*now, *spare]
    take_over(file, read_reserve(tmp_path / "aside"), 180 * DAY_MS)
    zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    assert zhao.verified == {1, 2}
    shell = json.loads((await station.http.get("/sw.js")).text.split("self.SHELL = ")[1].split(";\n")[0])
    assert shell["log"] == station.settings.log_keys.spelled
    assert [each["use"] for each in shell["vouched"]] == ["reserve", "log"]
    report = await audit_report(station.journal, [])
    assert report.found == [], "what the stolen key signed before is known to the audit"


# ---------------------------------------------------------------- the phone itself

TRUSTED = """async (cases) => {
  const { trusted } = await import('/static/phone/ledger/vouch.js');
  const { check } = await import('/static/phone/ledger/ed25519.js');
  return Promise.all(cases.map(async ([keys, reserve, vouched]) => {
    const after = await trusted(keys, reserve, vouched, check);
    return [after.keys, after.reserve];
  }));
}"""

HEARD = """async (steps) => {
  const { heard } = await import('/static/phone/ledger/holding.js');
  const seen = [];
  let ledger;
  for (const [checkpoint, consistency, brought, looked] of steps) {
    const told = { checkpoint, consistency, looked: looked ? ledger.doubt.at_ms : undefined };
    ledger = (await heard(ledger, told, [], brought, 1000 + seen.length)).ledger;
    seen.push([ledger.held?.size ?? null, ledger.doubt?.code ?? null, ledger.keys, ledger.reserve]);
  }
  return seen;
}"""


def spelled(raw: list[bytes]) -> list[str]:
    """Keys as phones hold them."""
    return [b64u(each) for each in raw]


def as_told(vouched: tuple[Vouch, ...]) -> list[dict[str, str]]:
    """Words of keys as the app brings them."""
    return [
        {"key": b64u(each.key), "use": each.use, "by": b64u(each.by), "signature": b64u(each.signature)}
        for each in vouched
    ]


def step(size: int, held: int, seeds: list[bytes], app: LogKeys, shown: str = "", *, looked: bool = False) -> list[Any]:
    """What one reply brings to a phone with this app."""
    word = told(size, held)
    brought = {"log": app.spelled, "vouched": as_told(app.for_phones), **({"shown": shown} if shown else {})}
    return [signed_note(at(size, nodes=NODES), seeds), [b64u(each) for each in word.consistency], brought, looked]


@pytest.mark.browser
def test_the_phone_finds_the_same_keys(chromium: Chromium) -> None:
    first, next_ = vouch(OLD, LOG, public_of(NEW)), vouch(NEW, LOG, public_of(NEXT))
    spare, other = vouch(OLD, RESERVE, public_of(SPARE)), vouch(OLD, RESERVE, public_of(EVIL))
    follows, circle = vouch(SPARE, RESERVE, public_of(NEXT)), vouch(NEXT, RESERVE, public_of(SPARE))
    by_spare, before = vouch(SPARE, LOG, public_of(NEW)), vouch(OLD, "before", public_of(EVIL))
    cases: list[tuple[list[bytes], list[bytes], tuple[Vouch, ...]]] = [
        (keys(OLD), [], (next_, first)),
        (keys(EVIL), [], (next_, first)),
        (keys(OLD), [], (replace(first, use=RESERVE), replace(first, key=public_of(EVIL)))),
        (keys(OLD), [], (spare, other)),
        (keys(OLD), keys(SPARE), (other, follows)),
        (keys(OLD), keys(SPARE), (follows, circle)),
        (keys(OLD), keys(SPARE), (by_spare, next_)),
        (keys(OLD), [], (before, replace(first, signature=b"\0" * 64))),
    ]
    asked = [[spelled(now), spelled(held), as_told(vouched)] for now, held, vouched in cases]
    expected = [[spelled(each) for each in known(now, held, *vouched)] for now, held, vouched in cases]
    assert chromium.evaluate(TRUSTED, asked) == expected
    bad = {"key": "A", "use": "log", "by": b64u(public_of(OLD)), "signature": "!"}
    assert chromium.evaluate(TRUSTED, [[spelled(keys(OLD)), [], [bad]]]) == [[spelled(keys(OLD)), []]]


@pytest.mark.browser
def test_a_phone_follows_a_change_with_overlap(chromium: Chromium) -> None:
    old, both = LogKeys(tuple(keys(OLD))), LogKeys(tuple(keys(NEW, OLD)), (vouch(OLD, LOG, public_of(NEW)),))
    alone = replace(both, keys=tuple(keys(NEW)))
    steps = [
        step(3, 0, [OLD], old),
        step(5, 3, [NEW, OLD], old),  # the app is still the old one
        step(7, 5, [NEW, OLD], both),
        step(9, 7, [NEW], alone),
        step(11, 9, [OLD], alone),
    ]
    seen = chromium.evaluate(HEARD, steps)
    assert [each[:2] for each in seen] == [[3, None], [5, None], [7, None], [9, None], [9, "not_signed"]]
    assert [each[2] for each in seen[:4]] == [spelled(keys(*own)) for own in ((OLD,), (OLD,), (NEW, OLD), (NEW,))]


@pytest.mark.browser
def test_a_line_added_to_a_note_makes_no_key_believed(chromium: Chromium) -> None:
    """Whoever has the server, and not the key, can add his own line to what the signer signed, and bring an app."""
    evil = LogKeys(tuple(keys(EVIL, OLD)), (vouch(EVIL, LOG, public_of(OLD)), vouch(EVIL, LOG, public_of(EVIL))))
    steps = [
        step(3, 0, [OLD], LogKeys(tuple(keys(OLD)))),
        step(5, 3, [EVIL, OLD], evil),
        step(7, 5, [EVIL], evil),
    ]
    seen = chromium.evaluate(HEARD, steps)
    assert [each[:3] for each in seen[1:]] == [[5, None, spelled(keys(OLD))], [5, "not_signed", spelled(keys(OLD))]]


@pytest.mark.browser
def test_a_reserve_that_a_phone_knew_takes_over(chromium: Chromium) -> None:
    before = LogKeys(tuple(keys(OLD)), (vouch(OLD, RESERVE, public_of(SPARE)),))
    after = LogKeys(tuple(keys(NEW, SPARE)), (*before.vouched, vouch(SPARE, LOG, public_of(NEW))))
    alone = replace(after, keys=tuple(keys(NEW)))
    steps = [
        step(3, 0, [OLD], before),
        step(5, 3, [NEW, SPARE], before),  # never a note that old and new had signed
        step(7, 5, [NEW, SPARE], after),
        step(9, 7, [NEW], alone),
        step(11, 9, [OLD], before),
    ]
    seen = chromium.evaluate(HEARD, steps)
    assert [each[:2] for each in seen] == [[3, None], [5, None], [7, None], [9, None], [9, "not_signed"]]
    assert seen[3][2:] == [spelled(keys(NEW)), spelled(keys(SPARE))]
    # Where no reserve was made a phone doubts, and begins anew once somebody has looked.
    other = LogKeys(tuple(keys(NEW)))
    steps = [
        step(3, 0, [OLD], LogKeys(tuple(keys(OLD)))),
        step(5, 3, [NEW], other),
        step(5, 3, [NEW], other, looked=True),
        step(7, 5, [NEW], other),
    ]
    seen = chromium.evaluate(HEARD, steps)
    assert [each[:2] for each in seen] == [[3, None], [3, "not_signed"], [5, None], [7, None]]


@pytest.mark.browser
def test_the_key_that_the_station_showed_is_believed_first(chromium: Chromium) -> None:
    app = LogKeys(tuple(keys(NEW)))
    shown = b64u(public_of(NEW))
    assert chromium.evaluate(HEARD, [step(3, 0, [NEW], app, shown)])[0][:3] == [3, None, [shown]]
    # Another app than the station's: nothing of it is believed, whoever signed.
    evil = LogKeys(tuple(keys(EVIL)))
    assert chromium.evaluate(HEARD, [step(3, 0, [EVIL], evil, shown)])[0][:3] == [None, "not_signed", [shown]]
    # The picture was made before the key was changed, or after this app was built.
    both = LogKeys(tuple(keys(NEXT, NEW)), (vouch(NEW, LOG, public_of(NEXT)),))
    seen = chromium.evaluate(HEARD, [step(3, 0, [NEXT, NEW], both, shown)])
    assert seen[0][:3] == [3, None, spelled(keys(NEXT, NEW))]
    old = LogKeys(tuple(keys(OLD)))
    assert chromium.evaluate(HEARD, [step(3, 0, [NEW, OLD], old, shown)])[0][:3] == [3, None, [shown]]
