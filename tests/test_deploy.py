"""The files that docs/deploy.md has people put on their servers do what it says, run for real where possible."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.certificates import make_certificate
from tests import deployed
from tests.journal.servers import _end, _free_port
from tests.test_serving import reached, serving

UNITS = "/etc/systemd/system/"
SERVED = f"{UNITS}sifang.service"
BESIDE = f"{UNITS}sifang-.service.d/limits.conf"
HOST = "sifang.example.org"
EXPOSED_MOST = 15
"""Of 100, as systemd counts what a service could still do."""
LIMITS = {
    "UMask": ["0077"],
    "ProtectSystem": ["strict"],
    "ReadWritePaths": ["/srv/sifang/data"],
    "ProtectHome": ["true"],
    "PrivateTmp": ["true"],
    "PrivateDevices": ["true"],
    "RestrictAddressFamilies": ["AF_UNIX"],
    "IPAddressDeny": ["any"],
    "NoNewPrivileges": ["true"],
    "CapabilityBoundingSet": [""],
    "SystemCallArchitectures": ["native"],
    "SystemCallFilter": ["@system-service", "~@privileged @resources"],
}
SENT = (
    ("POST", "/sync/exchange"),
    ("GET", "/sync/snapshots/a"),
    ("GET", "/join/a"),
    ("POST", "/join"),
    ("POST", "/x"),
    ("GET", "/elder/join/a"),
)
"""What has said its words in the clear by the time it is answered."""


def test_the_caddyfile_leads_people_and_tells_programs() -> None:
    said = [line for line in deployed.lines("/etc/caddy/Caddyfile") if line not in {"{", "}"}]
    assert said == [
        "auto_https disable_redirects",
        f"http://{HOST} {{",
        "@sent expression path('/sync/*', '/join', '/join/*', '/elder/join*') || !method('GET', 'HEAD')",
        "handle @sent {",
        'respond "HTTPS only" 403',
        "handle {",
        f"redir https://{HOST}{{uri}} permanent",
        f"{HOST} {{",
        "reverse_proxy unix//run/sifang/sifang.sock {",
        "flush_interval -1",
    ]


@contextmanager
def leading(folder: Path, plain: int, encrypted: int, behind: Path) -> Iterator[None]:
    """The documented Caddyfile on other ports, with a certificate of Caddy's own and another socket behind it."""
    said = deployed.files()["/etc/caddy/Caddyfile"]
    changes = {
        "\tauto_https disable_redirects\n": "\tauto_https disable_redirects\n\tadmin off\n\tskip_install_trust\n"
        f"\thttp_port {plain}\n\thttps_port {encrypted}\n",
        f"\n{HOST} {{\n": f"\n{HOST} {{\n\ttls internal\n",
        "/run/sifang/sifang.sock": str(behind),
    }
    with caddy(folder, _changed(said, changes), plain, encrypted):
        yield


def _changed(said: str, changes: dict[str, str]) -> str:
    for before, after in changes.items():
        assert said.count(before) == 1, before
        said = said.replace(before, after)
    return said


@contextmanager
def caddy(folder: Path, said: str, *ports: int) -> Iterator[None]:
    """A real Caddy with this file, once it listens on its ports."""
    (folder / "Caddyfile").write_text(said)
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    log = folder / "caddy.log"
    with log.open("w") as file:
        process = subprocess.Popen(command, env={**os.environ, **homes}, stdout=file, stderr=file)
        try:
            _until(lambda: all(_listens(port) for port in ports), process, log)
            yield
        finally:
            _end(process)


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while not ready():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.05)


without_caddy = pytest.mark.skipif(
    shutil.which("caddy") is None, reason="no Caddy; what its files say is tested anyway"
)


@without_caddy
def test_a_real_caddy_leads_people_and_tells_programs(tmp_path: Path) -> None:
    plain, encrypted, behind = _free_port(), _free_port(), tmp_path / "sifang.sock"
    with ExitStack() as stack:
        log = stack.enter_context(serving(tmp_path, "--uds", str(behind), "--public-url", f"https://{HOST}"))
        stack.enter_context(reached(behind, log))
        stack.enter_context(leading(tmp_path, plain, encrypted, behind))
        http = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{plain}", headers={"Host": HOST}))
        for method, path in SENT:
            answer = http.request(method, path, content=b"{}" if method == "POST" else b"")
            assert (answer.status_code, answer.text) == (403, "HTTPS only"), (method, path)
            assert "location" not in answer.headers
        for path in ("/", "/desk/visits?day=a%2Fb&c=d", "/syncing", "/joined/a"):
            answer = http.get(path)
            assert (answer.status_code, answer.headers["location"]) == (301, f"https://{HOST}{path}")
        known = ssl.create_default_context(cafile=str(tmp_path / "caddy/pki/authorities/local/root.crt"))
        https = stack.enter_context(httpx.Client(base_url=f"https://127.0.0.1:{encrypted}", verify=known, timeout=60))
        asked: dict[str, Any] = {"headers": {"Host": HOST}, "extensions": {"sni_hostname": HOST}}
        assert https.get("/health", **asked).text == "ok\n"
        answer = https.post("/sync/exchange", json={}, **asked)
        assert (answer.status_code, answer.json()["problem"]["code"]) == (400, "bad_shape"), "Sifang itself"
        told = [json.loads(line) for line in log.read_text().splitlines() if ".refused" in line]
    assert [each["event"] for each in told] == ["sync.refused"], "nothing of what came over http went on"
    assert told[0]["from"] == "127.0.0.1"


def test_services_may_do_no_more_than_they_need() -> None:
    served, beside = deployed.under(SERVED, "Service"), deployed.under(BESIDE, "Service")
    assert {name: beside.get(name) for name in LIMITS} == LIMITS
    own = {"User", "Group", "WorkingDirectory", "Environment", "ExecStart", "Restart", "RestartSec"}
    own |= {"RuntimeDirectory", "RuntimeDirectoryMode"}
    assert {name: values for name, values in served.items() if name not in own} == beside
    assert (served["User"], served["RuntimeDirectoryMode"]) == (["sifang"], ["0750"])
    wider = {
        "sifang-backup": {"ReadWritePaths": ["/mnt/away"]},
        "sifang-verify": {"ReadWritePaths": ["/mnt/away"]},
        "sifang-signer": {"ReadWritePaths": ["/srv/sifang-signer"]},
        "sifang-check": {"RestrictAddressFamilies": ["AF_INET AF_INET6"], "IPAddressAllow": ["any"]},
    }
    told = deployed.under(f"{UNITS}sifang.service.d/robots.conf", "Service")
    assert told == {"Environment": ["SIFANG_ROBOTS_FILE=/srv/sifang/robots"], **wider["sifang-check"]}
    named = {Path(name).stem for name in deployed.files() if name.startswith(f"{UNITS}sifang-") and name != BESIDE}
    assert named == set(wider), "a new service stands here too"
    for name, more in wider.items():
        said = deployed.under(f"{UNITS}{name}.service", "Service")
        # The log's key is read by nobody else: its socket alone is the group's.
        assert said["User"] == (["sifang-signer"] if name == "sifang-signer" else ["sifang"])
        assert {key: values for key, values in said.items() if key not in own | {"Type", "ExecStopPost"}} == more


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd here; what the units say is tested above"
)
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for name, said in deployed.files().items():
        if name.startswith(UNITS):
            path = tmp_path / name.removeprefix(UNITS)
            path.parent.mkdir(exist_ok=True)
            path.write_text(said.replace("/srv/sifang/app/.venv/bin/python", sys.executable))
    (tmp_path / "alarm@.service").write_text("[Service]\nExecStart=/bin/true\n")  # which is everybody's own
    environment = {**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}
    units = sorted(path for path in tmp_path.iterdir() if path.suffix in {".service", ".timer"})
    assert len(units) == 8
    verify = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
    done = subprocess.run(verify, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for unit in (path for path in units if path.name.startswith("sifang") and path.suffix == ".service"):
        judge = [
            "systemd-analyze",
            "security",
            "--offline=true",
            f"--threshold={EXPOSED_MOST}",
            "--no-pager",
            str(unit),
        ]
        done = subprocess.run(judge, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_the_log_is_kept_where_few_may_read_it_and_goes_to_another_machine() -> None:
    kept = deployed.under("/etc/systemd/journald.conf.d/sifang.conf", "Journal")
    assert kept == {
        "Storage": ["persistent"],
        "ForwardToSyslog": ["no"],
        "MaxRetentionSec": ["6month"],
        "MaxFileSec": ["1week"],
        "SystemMaxUse": ["2G"],
        "SystemKeepFree": ["1G"],
    }
    assert "getent group systemd-journal adm" in deployed.GUIDE
    assert deployed.under("/etc/systemd/journal-upload.conf", "Upload") == {
        "URL": ["https://log.example.org:19532"],
        "ServerKeyFile": ["/run/credentials/systemd-journal-upload.service/journal-upload.key"],
        "ServerCertificateFile": ["/etc/ssl/certs/journal-upload.pem"],
        "TrustedCertificateFile": ["/etc/ssl/certs/journal-authority.pem"],
    }
    given = deployed.under(f"{UNITS}systemd-journal-upload.service.d/sifang.conf", "Service")
    assert given["LoadCredential"] == ["journal-upload.key:/etc/ssl/private/journal-upload.key"]
    there = deployed.lines("/etc/caddy/log.caddy")
    assert there[0] == "https://log.example.org:19532 {"
    assert {"mode require_and_verify", "trusted_ca_cert_file /etc/ssl/certs/journal-authority.pem"} <= set(there)
    # Nobody reaches the journal there but through Caddy.
    assert "reverse_proxy 127.0.0.1:19531" in there
    listening = deployed.under(f"{UNITS}systemd-journal-remote.socket.d/sifang.conf", "Socket")
    assert listening["ListenStream"] == ["", "127.0.0.1:19531"]
    taking = deployed.under(f"{UNITS}systemd-journal-remote.service.d/sifang.conf", "Service")
    assert taking["ExecStart"][0] == ""
    assert "--listen-http=-3" in taking["ExecStart"][1]
    for enabled in ("systemd-journal-upload ", "systemd-journal-remote.socket "):
        assert f"systemctl enable --now {enabled}" in deployed.GUIDE
    # What goes there is what the unit's standard error says: nothing sends it elsewhere.
    for name in deployed.files():
        if name.startswith(f"{UNITS}sifang"):
            assert not {"StandardError", "StandardOutput", "LogNamespace"} & deployed.under(name, "Service").keys()


@without_caddy
def test_a_real_caddy_takes_lines_from_a_certificate_alone(tmp_path: Path) -> None:
    port, behind = _free_port(), _free_port()
    for name in ("there", "here", "stranger"):
        (tmp_path / name).mkdir()
    certificate, key = make_certificate(tmp_path / "there", "https://localhost")
    own, stranger = (make_certificate(tmp_path / name, "https://localhost") for name in ("here", "stranger"))
    changes = {
        "https://log.example.org:19532 {": "{\n\tadmin off\n\tauto_https off\n\tskip_install_trust\n}\n"
        f"https://localhost:{port} {{",
        "/etc/caddy/journal-remote.pem": str(certificate),
        "/etc/caddy/journal-remote.key": str(key),
        "/etc/ssl/certs/journal-authority.pem": str(own[0]),
        "127.0.0.1:19531": f"127.0.0.1:{behind}",
    }
    said = _changed(deployed.files()["/etc/caddy/log.caddy"], changes)
    with caddy(tmp_path, said, port):
        for shown, taken in ((None, False), (stranger, False), (own, True)):
            known = ssl.create_default_context(cafile=str(certificate))
            if shown:
                known.load_cert_chain(*shown)
            try:
                with httpx.Client(verify=known) as sender:
                    status = sender.post(f"https://localhost:{port}/upload", content=b"MESSAGE=a\n\n").status_code
            except httpx.TransportError:
                status = None
            assert status == (502 if taken else None), (
                "nothing listens behind it here: it is passed on, or not even heard"
            )
