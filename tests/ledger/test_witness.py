"""A witness on another machine, over HTTP from a real server: what it cosigns, what it refuses, and what it keeps."""

from __future__ import annotations

import asyncio
import os
import socket
import stat
import threading
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from server.__main__ import main
from server.journal.audit import audit_report
from server.journal.brought import Brought, read_witness_key
from server.journal.checkpoints import signed_note
from server.signing import public_of
from server.witness import site as site_module
from server.witness.kept import Folder
from server.witness.site import NotThere, Site, Unreachable
from server.witness.watch import Refused, look
from sync.ledger.checkpoint import Checkpoint
from sync.ledger.note import NOTE_BYTES_MAX
from sync.ledger.tiles import grow, nodes_of, read_tile_path
from sync.ledger.tree import HASH_BYTES, leaf_hash, root_of
from tests.desk.browser.conftest import station  # noqa: F401
from tests.journal.conftest import Station
from tests.ledger.test_audit import rewrite, worked

pytestmark = pytest.mark.anyio


@dataclass
class Witness:
    """Somebody's machine with a witness on it."""

    folder: Path
    url: str
    capsys: pytest.CaptureFixture[str]

    async def look(self, *more: str, key: str = "witness.key") -> tuple[int, str]:
        """One run of the command: its exit code and all it said."""
        told = ["--key-file", str(self.folder / key), "--name", "witness.example/w1", "--out", str(self.out)]
        code = await asyncio.to_thread(main, ["witness", self.url, *told, "--lang", "en", *more])
        said = self.capsys.readouterr()
        return code, said.out + said.err

    @property
    def out(self) -> Path:
        """Where the newest cosigned checkpoint is put."""
        return self.folder / "cosigned.txt"

    @property
    def state(self) -> Path:
        """What it keeps."""
        return self.folder / "witness.key.witness"


@pytest.fixture
def witness(station: Station, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Witness:  # noqa: F811
    """The witness, not yet begun."""
    (tmp_path / "elsewhere").mkdir()
    return Witness(tmp_path / "elsewhere", station.settings.public_url, capsys)


async def newest(station: Station) -> str:  # noqa: F811
    """The newest checkpoint as the server tells it."""
    said = await station.journal.said()
    assert said is not None
    return said.note


async def test_it_pins_the_key_and_cosigns_as_the_specification_says(station: Station, witness: Witness) -> None:  # noqa: F811
    zhao = await station.phone("赵敏")
    await worked(station, zhao)
    code, said = await witness.look()
    assert code == 0, said
    assert "is this very machine" in said
    assert "this key of its log is believed: sifang/" in said
    own = said.split("--witness-key of whoever audits: ")[1].split()[0]
    note = witness.out.read_text("utf-8")
    now = await newest(station)
    assert note.startswith(now)
    # By hand, as C2SP tlog-cosignature has it, with none of our own reading.
    text, _, below = note.rpartition("\n\n")
    dash, name, coded = below.split("\n")[-2].split(" ")
    raw, (_, told_id, told_key) = b64decode(coded), own.split("+", 2)
    public = b64decode(told_key)[1:]
    assert (dash, name, b64decode(told_key)[0], len(raw)) == ("—", "witness.example/w1", 4, 4 + 8 + 64)
    assert raw[:4].hex() == told_id == sha256(b"witness.example/w1\n\x04" + public).digest()[:4].hex()
    message = f"cosignature/v1\ntime {int.from_bytes(raw[4:12], 'big')}\n{text}\n".encode()
    Ed25519PublicKey.from_public_bytes(public).verify(raw[12:], message)
    for path in (witness.folder / "witness.key", witness.state / "witness.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    # Whoever audits takes it as a checkpoint that was kept elsewhere, and reads who saw it.
    report = await audit_report(station.journal, [note], brought=Brought(witnesses=[read_witness_key(own)]))
    assert report.found == []
    assert [(each["name"], each["size"]) for each in report.done["witnessed"]] == [(name, int(now.split("\n")[1]))]
    lied = note.replace(coded, coded[:-6] + ("AAAA==" if not coded.endswith("AAAA==") else "BBBA=="))
    report = await audit_report(station.journal, [lied], brought=Brought(witnesses=[read_witness_key(own)]))
    assert [found.code for found in report.found] == ["handed_cosignature"]


async def test_it_follows_a_log_that_grows(station: Station, witness: Witness) -> None:  # noqa: F811
    zhao = await station.phone("赵敏")
    await worked(station, zhao)
    assert (await witness.look())[0] == 0
    for _ in range(300):
        zhao.visit(station["陈奶奶"])
    await zhao.exchange()
    code, said = await witness.look()
    assert (code, "believed" in said) == (0, False), said
    assert (await witness.look())[0] == 0, "and says again that nothing has changed"
    size = int((await newest(station)).split("\n")[1])
    assert len(list((witness.state / "cosigned").iterdir())) == 2
    assert witness.out.read_text("utf-8").split("\n")[1] == str(size)


async def test_it_refuses_a_past_written_anew_and_keeps_the_evidence(station: Station, witness: Witness) -> None:  # noqa: F811
    zhao = await station.phone("赵敏")
    await worked(station, zhao)
    assert (await witness.look())[0] == 0
    before = witness.out.read_text("utf-8")
    await rewrite(station)
    assert (await audit_report(station.journal, [])).found == []
    for _ in range(2):
        code, said = await witness.look()
        assert (code, "does not go on from what was cosigned here before" in said) == (1, True), said
    (evidence,) = (witness.state / "refused").iterdir()
    assert (evidence / "held.txt").read_text("utf-8") == before
    told = (evidence / "told.txt").read_text("utf-8")
    assert told == await newest(station)
    assert witness.out.read_text("utf-8") == before
    # Either of the two exposes it to whoever audits.
    assert [found.code for found in (await audit_report(station.journal, [before])).found] == ["handed_root"]


async def test_a_key_is_changed_by_hand_alone(station: Station, witness: Witness) -> None:  # noqa: F811
    assert (await witness.look())[0] == 0
    file = station.settings.log_file
    file.rotate(60_000)
    zhao = await station.phone("赵敏")
    await worked(station, zhao, 1)
    code, said = await witness.look()
    assert (code, "also signs with a key that is not known here" in said) == (0, True), said
    fresh = said.split("not known here: ")[1].split()[0]
    for path in file.replaced():
        path.unlink()
    os.utime(file.path)
    await worked(station, zhao, 1)
    code, said = await witness.look()
    assert (code, "not signed by a key that is known here" in said) == (1, True), said
    code, said = await witness.look("--log-key", fresh)
    assert (code, f"is believed: {fresh}" in said) == (0, True), said
    assert (await witness.look())[0] == 0, "for good"
    assert (await witness.look("--log-key", "nobody"))[0] == 1


async def test_what_it_kept_is_never_taken_for_a_beginning(station: Station, witness: Witness) -> None:  # noqa: F811
    assert (await witness.look())[0] == 0
    (witness.folder / "witness.key").rename(witness.folder / "moved.key")
    code, said = await witness.look()
    assert (code, "no other key was made" in said) == (1, True), said
    (witness.folder / "moved.key").rename(witness.folder / "witness.key")
    with Folder(witness.state).locked():
        code, said = await witness.look()
        assert (code, "at work" in said) == (1, True), said
    (witness.state / "witness.json").write_text("{")
    code, said = await witness.look()
    assert (code, "cannot be read" in said) == (1, True), said
    (witness.state / "witness.json").unlink()
    code, said = await witness.look()
    assert (code, "It begins anew" in said) == (0, True), said


async def test_another_key_or_name_is_not_this_witness(station: Station, witness: Witness) -> None:  # noqa: F811
    assert (await witness.look())[0] == 0
    (witness.folder / "other.key").write_bytes(os.urandom(32))
    for more, key in (((), "other.key"), (("--name", "another"), "witness.key")):
        code, said = await witness.look("--state", str(witness.state), *more, key=key)
        assert (code, "has changed: it was witness.example/w1+" in said) == (1, True), said
    assert (await witness.look("--name", "two words", "--state", str(witness.folder / "new")))[0] == 1


async def test_where_no_station_answers_nothing_is_signed(
    station: Station,  # noqa: F811
    witness: Witness,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = witness.url
    for url, said in (
        ("http://localhost:1", "was not reached"),
        ("ftp://localhost", "no address"),
        (f"{here}/nowhere", "seems to be no station"),
    ):
        witness.url = url
        code, answer = await witness.look()
        assert (code, said in answer) == (1, True), answer
    assert not witness.out.exists()
    place = Site(here)
    with pytest.raises(Unreachable, match="longer than 10 bytes"):
        await asyncio.to_thread(place.get, "/ledger/keys", 10)
    with pytest.raises(NotThere):
        await asyncio.to_thread(place.get, "/ledger/nowhere/checkpoint", NOTE_BYTES_MAX)
    with pytest.raises(Unreachable, match=r"30\d"):
        await asyncio.to_thread(place.get, "/", 10_000)
    monkeypatch.setattr(site_module, "WHOLE_S", -1)
    with pytest.raises(Unreachable, match="slower"):
        await asyncio.to_thread(place.get, "/ledger/keys", 4096)


def test_headers_that_drip_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_module, "WHOLE_S", 0.3)
    done = threading.Event()

    def drip(listening: socket.socket) -> None:
        line, _ = listening.accept()
        with line, suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\n")
            while not done.wait(0.02):
                line.sendall(b"X")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        dripping = threading.Thread(target=drip, args=(listening,))
        dripping.start()
        try:
            with pytest.raises(Unreachable, match="slower"):
                Site(f"http://127.0.0.1:{listening.getsockname()[1]}").get("/ledger/keys", 4096)
        finally:
            done.set()
            dripping.join()


@pytest.mark.parametrize(
    ("url", "here"), [("http://127.0.0.1:8000", True), ("https://[::1]/", True), ("https://192.0.2.7", False)]
)
def test_its_own_machine_is_known_by_its_addresses(url: str, here: bool) -> None:
    assert Site(url).is_here() is here


# ---------------------------------------------------------------- what it makes of what it is shown

SEED = b"\x07" * 32
ORIGIN, OTHER = "sifang/one", "sifang/other"


class Log:
    """A log as it is told to a witness, honestly or not."""

    def __init__(self, size: int, changed: int | None = None, origin: str = ORIGIN) -> None:
        leaves = [leaf_hash(f"{at}{'!' if at == changed else ''}".encode()) for at in range(size)]
        self.tiles = grow({}, 0, leaves)[1]
        self.checkpoint = Checkpoint(origin, size, root_of(nodes_of(lambda level, at: self.tiles[level, at]), size))
        self.note = signed_note(self.checkpoint, [SEED])

    def get(self, path: str, most: int) -> bytes:
        """A tile as far as it was asked for."""
        level, index, width = read_tile_path(path.removeprefix("/tile/")) or pytest.fail(path)
        assert level is not None
        assert most == width * HASH_BYTES
        return self.tiles[level, index][:most]


def looked(now: Log, before: Log | None, *, seed: bytes = SEED, get: Callable[[str, int], bytes] | None = None) -> str:
    """What a witness says of it: the code of its refusal, nothing when it goes on."""
    origin = now.checkpoint.origin
    try:
        look(get or now.get, now.note, origin, [public_of(seed)], before.note if before is not None else None)
    except Refused as refused:
        return refused.code if refused.told == now.note else "untold"
    return ""


@pytest.mark.parametrize("new", [1000, 1024, 70_000])
def test_what_goes_on_is_seen_to_go_on(new: int) -> None:
    now = Log(new)
    for old in (1, 7, 255, 256, 257, 1000):
        assert looked(now, Log(old)) == "", old
        assert looked(now, Log(old, changed=old // 2)) == "other_past", old


def test_everything_else_is_refused() -> None:
    log = Log(300)
    assert looked(log, None) == ""
    assert looked(log, log) == ""
    assert looked(log, Log(301)) == "shorter"
    assert looked(log, Log(300, changed=3)) == "other_past"
    assert looked(log, None, seed=b"\x08" * 32) == "not_signed"
    # Another log, from a backup, that begins with what was seen; and one that does not.
    assert looked(Log(300, origin=OTHER), Log(200)) == ""
    assert looked(Log(300, origin=OTHER), Log(200, changed=3)) == "other_log"
    assert looked(Log(300, origin=OTHER), Log(301)) == "other_log"
    # No tiles, short ones, those of another past.
    assert looked(log, None, get=lambda path, most: b"") == "no_proof"
    assert looked(log, Log(200), get=lambda path, most: log.get(path, most)[:-1]) == "no_proof"
    assert looked(log, None, get=Log(300, changed=3).get) == "no_proof"
    assert looked(log, Log(200, changed=3), get=Log(300, changed=3).get) == "no_proof"
