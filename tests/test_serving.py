"""The server on sockets: nothing in the clear beyond this machine, no old TLS, one idea of where a request ends."""

from __future__ import annotations

import json
import os
import socket
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from server import certificates
from server.__main__ import main
from server.certificates import make_certificate
from server.settings import ROOT
from server.transport import Unsafe, check_address, checked_database, file_alarms, is_here, lasting_password, tls_alarms
from tests.journal.servers import _await, _end, _free_port, environment


@contextmanager
def serving(data: Path, *options: str, address: str | None = None) -> Iterator[Path]:
    """A real process with these options; yields its log once it answers."""
    log = data / "serve.log"
    url = f"sqlite+aiosqlite:///{data}/sifang.db"
    command = [sys.executable, "-m", "server", "serve", *options]
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(data, url), stdout=file, stderr=file)
        try:
            if address:
                _await(address, process, log)
            yield log
        finally:
            _end(process)


def listening(port: int) -> socket.socket:
    """A connection, once somebody listens."""
    end = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 20)
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.05)


def client(certificate: Path, version: ssl.TLSVersion) -> ssl.SSLContext:
    """A client that trusts this certificate and speaks this TLS alone."""
    context = ssl.create_default_context(cafile=str(certificate))
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    return context


@pytest.mark.filterwarnings("ignore:.*TLSv1.*:DeprecationWarning")
def test_tls_is_new_and_keeps_its_secrets_forward(tmp_path: Path) -> None:
    port = _free_port()
    public = f"https://localhost:{port}"
    with serving(tmp_path, "--port", str(port), "--tls"):
        listening(port).close()
        certificate = tmp_path / "localhost.crt.pem"
        for version, agreed in (
            (ssl.TLSVersion.TLSv1, False),
            (ssl.TLSVersion.TLSv1_1, False),
            (ssl.TLSVersion.TLSv1_2, True),
            (ssl.TLSVersion.TLSv1_3, True),
        ):
            try:
                with client(certificate, version).wrap_socket(listening(port), server_hostname="localhost") as line:
                    spoken = line.version()
            except (ssl.SSLError, ConnectionResetError):
                spoken = None
            assert (spoken is not None) == agreed, version
        old = client(certificate, ssl.TLSVersion.TLSv1_2)
        old.set_ciphers("AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA:@SECLEVEL=0")
        with pytest.raises(ssl.SSLError), old.wrap_socket(listening(port), server_hostname="localhost"):
            pass
        answer = httpx.get(f"{public}/health", verify=ssl.create_default_context(cafile=str(certificate)))
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        assert tls_alarms(public, str(certificate)) == []
        (alarm,) = tls_alarms(public)
        assert alarm[0] == "tls", "nobody vouches for a certificate of our own"
    (gone,) = tls_alarms(public)
    assert gone == ("tls", {"url": public, "detail": "ConnectionRefusedError"})


@pytest.mark.filterwarnings("ignore:.*TLSv1.*:DeprecationWarning")
def test_an_address_with_old_tls_or_a_certificate_that_ends_is_an_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificates, "DAYS", 5)
    certificate, key = make_certificate(tmp_path, "https://localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    with socket.create_server(("127.0.0.1", 0)) as server:
        child = os.fork()
        if child == 0:
            for _ in range(2):
                try:
                    context.wrap_socket(server.accept()[0], server_side=True)
                except OSError:
                    continue
            os._exit(0)
        public = f"https://localhost:{server.getsockname()[1]}"
        alarms = tls_alarms(public, str(certificate))
        os.waitpid(child, 0)
    assert [name for name, _ in alarms] == ["certificate", "old_tls"]
    assert alarms[0][1]["n"] in (4, 5)


def raw(port: int, said: bytes) -> bytes:
    """What the server answers to these bytes, until it hangs up or falls silent."""
    with listening(port) as line:
        line.settimeout(3)
        line.sendall(said)
        answer = b""
        try:
            while piece := line.recv(65536):
                answer += piece
        except TimeoutError:
            pass
    return answer


def test_one_idea_of_where_a_request_ends(tmp_path: Path) -> None:
    port = _free_port()
    post = "POST /language HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
    hidden = "0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with serving(tmp_path, "--port", str(port), address=f"http://127.0.0.1:{port}") as log:
        for head in (
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Content-Length: 5\r\nContent-Length: 60\r\n",
            "Content-Length: 5, 60\r\n",
            "Content-Length: +5\r\n",
            "Transfer-Encoding: xchunked\r\n",
        ):
            answer = raw(port, f"{post}{head}\r\n{hidden}".encode())
            assert answer.startswith(b"HTTP/1.1 400 "), (head, answer)
            assert b"ok\n" not in answer, "nothing hides behind it"
    assert "Traceback" not in log.read_text()


def test_a_proxy_comes_by_a_socket_of_its_own_and_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "sifang.sock"
    forged = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}
    for _ in range(2):  # the second finds the socket of the first
        with serving(tmp_path, "--uds", str(path)) as log, reached(path, log) as http:
            assert stat.S_IMODE(path.stat().st_mode) & 0o007 == 0, "no other user of this machine"
            http.get("/desk/visits", headers=forged)
        line = next(json.loads(each) for each in log.read_text().splitlines() if "request.refused" in each)
        assert line["from"] == "198.51.100.7"


@contextmanager
def reached(path: Path, log: Path) -> Iterator[httpx.Client]:
    """A client of a Unix socket, once it answers."""
    end = time.monotonic() + 60
    while True:
        with socket.socket(socket.AF_UNIX) as line:
            if line.connect_ex(str(path)) == 0:
                break
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(path)), base_url="http://station") as http:
        yield http


@pytest.mark.parametrize(("options", "told"), [((), "127.0.0.1"), (("--behind-proxy",), "198.51.100.7")])
def test_nobody_else_says_where_a_request_came_from(tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    port = _free_port()
    with serving(tmp_path, "--port", str(port), *options, address=f"http://127.0.0.1:{port}") as log:
        httpx.get(f"http://127.0.0.1:{port}/desk/visits", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})
    line = next(json.loads(each) for each in log.read_text().splitlines() if "request.refused" in each)
    assert line["from"] == told, "of what a caller adds in front of it nothing is believed"


PUBLIC = "https://sifang.example.org"
CLEAR = {"X-Forwarded-Proto": "http"}


def test_what_a_proxy_lets_through_unencrypted_is_refused_and_pages_are_led_on(tmp_path: Path) -> None:
    path = tmp_path / "sifang.sock"
    with serving(tmp_path, "--uds", str(path), "--public-url", PUBLIC) as log, reached(path, log) as http:
        for method, asked in (
            ("POST", "/sync/exchange"),
            ("GET", "/sync/snapshots/a"),
            ("GET", "/join/a"),
            ("GET", "/join"),
            ("GET", "/elder/join/a"),
            ("POST", "/language"),
        ):
            answer = http.request(method, asked, headers={**CLEAR, "Accept": "application/json"})
            assert (answer.status_code, answer.json()["problem"]["code"]) == (403, "https_only"), asked
            assert "location" not in answer.headers
        for said in ("https, http", "HTTP"):
            answer = http.post("/sync/exchange", headers={"X-Forwarded-Proto": said}, json={})
            assert answer.json()["problem"]["code"] == "https_only", "the nearest proxy's word"
        for said in ("https", "http, https", ""):
            answer = http.post("/sync/exchange", headers={"X-Forwarded-Proto": said}, json={})
            assert answer.json()["problem"]["code"] == "bad_shape"
        for asked in ("/", "/desk/visits?day=a%2Fb&c=d", "/joined"):
            answer = http.get(asked, headers=CLEAR)
            assert (answer.status_code, answer.headers["location"]) == (301, f"{PUBLIC}{asked}")
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(path))
            line.sendall(b"GET @evil.example/ HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: http\r\n\r\n")
            assert b"//sifang.example.org@" not in line.recv(65536), "nobody is led elsewhere"
    told = [json.loads(line)["event"] for line in log.read_text().splitlines() if "https_only" in line]
    assert told == ["sync.refused"] * 2 + ["join.refused"] * 3 + ["request.refused"] + ["sync.refused"] * 2


@pytest.mark.parametrize("options", [("--public-url", PUBLIC), ("--behind-proxy",)])
def test_nobody_else_says_that_a_request_was_unencrypted(tmp_path: Path, options: tuple[str, ...]) -> None:
    port = _free_port()
    with serving(tmp_path, "--port", str(port), *options, address=f"http://127.0.0.1:{port}"):
        answer = httpx.post(f"http://127.0.0.1:{port}/sync/exchange", headers=CLEAR, json={})
    assert answer.json()["problem"]["code"] == "bad_shape", "a stranger, or an installation without https"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "station.example"])
def test_plain_http_is_for_this_machine_alone(
    host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    assert main(["serve", "--host", host]) == 1
    said = capsys.readouterr().err
    for way in ("--tls", "--uds", "--behind-proxy"):
        assert said.count(way) == 2, "in both languages"
    assert "反向代理" in said
    assert not (tmp_path / "sifang.db").exists()
    check_address(host, tls=True, behind_proxy=False)
    check_address(host, tls=False, behind_proxy=True)


def test_what_is_here() -> None:
    for host in ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", "", None, "/var/run/postgresql"):
        assert is_here(host), host
        check_address(host or "", tls=False, behind_proxy=False)
    for host in ("0.0.0.0", "10.0.0.1", "localhost.example", "db", "127.0.0.1.example", "::"):
        assert not is_here(host), host


ASYNCPG = "postgresql+asyncpg://sifang@"


def test_a_database_elsewhere_is_encrypted_and_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("", "localhost", "127.0.0.1:5433"):
        assert checked_database(f"{ASYNCPG}{host}/sifang") == f"{ASYNCPG}{host}/sifang"
    assert checked_database(f"{ASYNCPG}/sifang?host=/run/postgresql").endswith("/sifang?host=%2Frun%2Fpostgresql")
    for address in (
        "db/sifang",
        "db/sifang?ssl=require",
        "10.0.0.2/s?sslmode=verify-ca",
        "/s?host=db",
        "/s?host=a&host=b",
    ):
        with pytest.raises(Unsafe, match="sslmode=verify-full"):
            checked_database(f"{ASYNCPG}{address}")
    verified = f"{ASYNCPG}db/sifang?ssl=verify-full"
    assert checked_database(f"{ASYNCPG}db/sifang?sslmode=verify-full") == verified
    assert checked_database(verified) == verified
    monkeypatch.setenv("SIFANG_DATABASE_PLAIN", "1")
    assert checked_database(f"{ASYNCPG}db/sifang") == f"{ASYNCPG}db/sifang"
    assert checked_database("sqlite+aiosqlite:////srv/sifang.db") == "sqlite+aiosqlite:////srv/sifang.db"


def test_a_password_that_lasts_is_refused_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("SIFANG_DATABASE_PASSWORD", "PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    plain, socket_ = f"{ASYNCPG}localhost/sifang", f"{ASYNCPG}/sifang?host=%2Frun%2Fpostgresql"
    (tmp_path / "passwords").write_text("*:*:*:*:open sesame")
    asked = [
        "postgresql+asyncpg://sifang:open%40sesame@localhost/sifang",
        "postgresql+asyncpg://sifang:open%40sesame@/sifang?host=%2Frun%2Fpostgresql",
        "postgresql+asyncpg://sifang:open%40sesame@db/sifang?ssl=verify-full",
        f"{socket_}&password=open-sesame",
        f"{plain}?passfile={tmp_path}/passwords",
    ]
    for url in asked:
        with pytest.raises(Unsafe, match="SIFANG_DATABASE_PASSWORD=1") as told:
            checked_database(url)
        assert "sesame" not in str(told.value)
        assert "客户端证书" in str(told.value)
    for name, value in (("PGPASSWORD", "open sesame"), ("PGPASSFILE", str(tmp_path / "passwords"))):
        assert checked_database(plain) == plain
        monkeypatch.setenv(name, value)
        for url in (plain, socket_):
            with pytest.raises(Unsafe, match=name):
                checked_database(url)
        assert checked_database("sqlite+aiosqlite:////srv/sifang.db") == "sqlite+aiosqlite:////srv/sifang.db"
        monkeypatch.delenv(name)
    (tmp_path / "passwords").rename(tmp_path / ".pgpass")
    with pytest.raises(Unsafe, match="pgpass"):
        checked_database(plain)
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SIFANG_DATABASE_URL", asked[0])
    assert main(["serve"]) == 1
    assert "SIFANG_DATABASE_PASSWORD=1" in capsys.readouterr().err
    monkeypatch.setenv("SIFANG_DATABASE_PASSWORD", "1")
    assert checked_database(asked[0]) == asked[0]
    assert (lasting_password(asked[0]), lasting_password("sqlite+aiosqlite:////srv/sifang.db")) == (True, False)
    with pytest.raises(Unsafe, match="sslmode=verify-full"):
        checked_database("postgresql+asyncpg://sifang:open%40sesame@db/sifang")


def test_files_that_others_can_read_are_an_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SIFANG_DATABASE_URL", raising=False)
    assert main(["begin", "榆桥社区", "王站长"]) == 0
    check = ("check", "--free-mb", "1", "--backup-hours", "0", "--lang", "en")
    assert main(check) == 0, capsys.readouterr()
    (tmp_path / "data" / "secret.key").chmod(0o640)
    (tmp_path / "data" / "sifang.db").chmod(0o604)
    assert main(check) == 1
    assert "Others on this machine can read secret.key, sifang.db." in capsys.readouterr().err
    (tmp_path / "data").chmod(0o755)
    assert file_alarms(tmp_path / "data")[0][1]["names"].startswith("data, ")
    monkeypatch.setenv("SIFANG_PUBLIC_URL", "http://sifang.example.org")
    assert main(check) == 1
    assert "http://sifang.example.org is not encrypted" in capsys.readouterr().err
