"""Keys are random or refused, and changed while everybody works: both are good for a while, then the old one is out."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server import clock, forced
from server.__main__ import main
from server.join.store import create_link
from server.keys import KeyFile, WeakSecret, checked, is_guessable
from server.passkeys.ceremony import Ceremony, Refused
from server.sealing import new_scalar
from server.settings import Settings, from_environment
from tests.join.test_join import enrol, new_key
from tests.journal.conftest import Station
from tests.journal.conftest import station as station
from tests.journal.phone import Phone
from tests.journal.test_capsule import carry

DAY_MS = 86_400_000


@pytest.mark.parametrize(
    "weak",
    [
        b"\0" * 32,
        b"a" * 64,
        bytes(range(32)),
        bytes(range(0, 256, 2)),
        b"changeme" * 8,
        b"0123456789abcdef" * 4,
        b"correct horse battery staple and some more words",
        b"passwordpasswordpasswordpassword1",
        b"sifang-sifang-sifang-sifang-sifang",
        hashlib.sha256(b"drawn once").digest()[:16] * 2,
    ],
)
def test_what_was_typed_counted_or_repeated_is_refused(weak: bytes) -> None:
    with pytest.raises(WeakSecret, match="could be guessed"):
        checked(weak, "SIFANG_SECRET")


def test_what_is_too_short_is_refused() -> None:
    with pytest.raises(WeakSecret, match="31 bytes, 32 random ones"):
        checked(secrets.token_bytes(31), "SIFANG_SECRET")


def test_what_was_drawn_is_taken_in_every_spelling() -> None:
    for _ in range(2000):
        raw = secrets.token_bytes(32)
        for spelled in (raw, raw.hex().encode(), base64.b64encode(raw), base64.urlsafe_b64encode(raw), new_scalar()):
            assert not is_guessable(spelled), spelled


def test_a_key_lies_in_a_file_for_its_owner_alone(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "secret.key")
    (first,) = file.good()
    assert len(first) == 32
    file.rotate(DAY_MS)
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 2


def test_two_good_then_the_old_is_out_in_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now_ms = 1_800_000_000_000
    monkeypatch.setattr(clock, "now_ms", lambda: now_ms)
    one, other = KeyFile(tmp_path / "secret.key"), KeyFile(tmp_path / "secret.key")
    (first,) = other.good()
    assert one.rotate(3 * DAY_MS) == now_ms + 3 * DAY_MS
    second, still = other.good()
    assert (still, second != first) == (first, True)
    assert one.retire() == 0
    one.rotate(DAY_MS)
    assert len(other.good()) == 3
    now_ms += DAY_MS
    assert list(other.good()) == [one.good()[0], first], "each until its own time"
    now_ms += 2 * DAY_MS
    assert list(other.good()) == [one.good()[0]]
    assert one.retire() == 2
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_whoever_looks_as_a_reserve_takes_over_holds_no_key_that_is_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.key"
    ours, theirs = KeyFile(path), KeyFile(path)
    ours.rotate(DAY_MS)
    assert len(theirs.good()) == 2
    fresh, beside = secrets.token_bytes(32), secrets.token_bytes(32)
    force = forced.force
    looked = []

    def in_between(folder: Path) -> None:
        looked.append(theirs.good())
        force(folder)

    monkeypatch.setattr("server.keys.force", in_between)
    ours.succeed(fresh, beside, 2 * DAY_MS)
    assert looked == [[fresh, beside]], "as soon as the new one is in place"
    assert theirs.good() == [fresh, beside]


def test_rotating_by_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)
    before = from_environment()
    secret, seal = before.secrets[0], before.seal.id
    assert main(["rotate", "secret"]) == 0
    said = capsys.readouterr()
    assert "旧钥匙签过、封过的" in said.out
    assert '"event": "key.rotated"' in said.err
    assert '"key": "secret"' in said.err
    assert list(before.secrets) == [from_environment().secret, secret], "a process that was started before sees it"
    assert main(["rotate", "seal", "--lang", "en"]) == 0
    assert [key.id for key in before.seals][1:] == [seal]
    assert main(["rotate", "secret", "--overlap-days", "0"]) == 0
    said = capsys.readouterr()
    assert '"event": "key.retired"' in said.err
    assert secret in before.secrets, "the one before is out at once, not those that were given their time"
    assert len(before.secrets) == 2
    monkeypatch.setattr(clock, "now_ms", lambda: 10**13)
    assert main(["rotate", "secret", "--only-retire", "--lang", "en"]) == 0
    assert "1 old key was destroyed." in capsys.readouterr().out
    assert len(before.secrets) == 1


def test_a_secret_of_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = secrets.token_urlsafe(48), secrets.token_hex(32)
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.setenv("SIFANG_SECRET", new)
    monkeypatch.setenv("SIFANG_SECRET_OLD", old)
    assert list(from_environment().secrets) == [new.encode(), old.encode()]
    assert not (tmp_path / "secret.key").exists()
    assert main(["rotate", "secret", "--lang", "en"]) == 1
    assert "SIFANG_SECRET_OLD" in capsys.readouterr().err
    monkeypatch.setenv("SIFANG_SECRET", "changeme" * 10)
    assert main(["refold"]) == 1
    assert "could be guessed" in capsys.readouterr().err


def test_files_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET", "SEAL"):
        (tmp_path / name).write_bytes(os.urandom(32))
        monkeypatch.setenv(f"SIFANG_{name}_FILE", str(tmp_path / name))
    (tmp_path / "url").write_text("sqlite+aiosqlite:///somewhere.db\n")
    monkeypatch.setenv("SIFANG_DATABASE_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path / "data"))
    settings = from_environment()
    assert settings.secret == (tmp_path / "SECRET").read_bytes()
    assert settings.seal_file.path == tmp_path / "SEAL"
    assert settings.database_url == "sqlite+aiosqlite:///somewhere.db"
    assert settings.seal.public
    assert not list((tmp_path / "data").iterdir())


@pytest.fixture
def own(station: Station) -> Settings:
    """The station with a secret in a file of its own."""
    settings = replace(station.settings, secret_at=station.settings.data / "secret.key")
    station.app.state.settings = station.journal.settings = settings
    station.journal.snapshots._secrets = lambda: settings.secrets
    return settings


@pytest.mark.anyio
async def test_everything_signed_before_is_good_until_its_time_is_over(station: Station, own: Settings) -> None:
    assert own.secret_file is not None
    zhao = await station.phone("赵敏")
    nonce = zhao.nonce
    reply = (await zhao.send(zhao.request([]))).json()
    part = next(scope["snapshot"]["parts"][0] for scope in reply["scopes"] if "snapshot" in scope)
    ceremony = Ceremony(own, "enter")
    challenge = ceremony.challenge(station.now_ms)
    point = own.seal.public
    capsule = _sealed(zhao, station, point)
    async with station.db.writing() as db:
        path = f"/join/{await create_link(db, station['钱进'], 'phone', station.now_ms, lasting_ms=240 * 3_600_000)}"
    key = new_key()
    device = (await enrol(station, path, key)).json()["device"]

    own.secret_file.rotate(3 * DAY_MS)
    own.seal_file.rotate(180 * DAY_MS)
    zhao.nonce = nonce
    assert (await zhao.send(zhao.request([]))).status_code == 200, "a nonce of before"
    known = {"Authorization": f"Sifang-Part {part['key']}"}
    assert (await station.http.get(part["at"], headers=known)).status_code == 200, "a key of before"
    assert ceremony._expected(_shown(challenge), station.now_ms)[0] == challenge
    assert (await enrol(station, path, key)).json()["device"] == device, "the phone whose answer was lost"
    assert (await carry(station, capsule)).status_code == 200, "a capsule of before"

    station.now_ms += 3 * DAY_MS
    zhao.clock_ms = station.now_ms
    answer = await zhao.send(zhao.request([]))
    assert answer.json()["problem"]["code"] == "nonce"
    zhao.nonce = answer.json()["problem"]["nonce"]
    assert (await zhao.send(zhao.request([]))).status_code == 200, "the new one signs"
    with pytest.raises(Refused, match="challenge"):
        ceremony._expected(_shown(challenge), station.now_ms - 3 * DAY_MS)
    assert (await station.http.get(part["at"], headers=known)).status_code == 410
    assert (await carry(station, _sealed(zhao, station, point))).status_code == 200
    station.now_ms += 177 * DAY_MS
    again = await carry(station, _sealed(zhao, station, point))
    assert again.json()["problem"]["code"] == "not_sealed_to_us"
    assert await station.refolds()


def _shown(challenge: bytes) -> dict[str, dict[str, str]]:
    said = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
    client = json.dumps({"challenge": said}).encode()
    return {"response": {"clientDataJSON": base64.urlsafe_b64encode(client).rstrip(b"=").decode()}}


def _sealed(phone: Phone, station: Station, point: bytes) -> dict[str, Any]:
    """A capsule with one more visit, sealed to this key."""
    phone.visit(station["陈奶奶"])
    return phone.capsule(point)
