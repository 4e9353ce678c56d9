"""What we are made of is listed whole; an audit that could not happen is no good news."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tools import audit, sbom
from tools.locked import LOCK, ROOT, NotLocked, locked, vendored


def test_the_list_names_every_package_with_hashes_and_licence(tmp_path: Path) -> None:
    assert sbom.main([str(tmp_path / "sbom.json")]) == 0
    made = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    by_name = {each["name"]: each for each in made["components"]}
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK.read_text("utf-8"), re.MULTILINE)
    assert {(name.lower(), version) for name, version in pinned} == {
        (each["name"], each["version"]) for each in made["components"] if each["purl"].startswith("pkg:pypi/")
    }
    assert {"htmx.org", "idb"} <= set(by_name)
    hashes = sum(len(each.get("hashes", ())) for each in made["components"])
    assert hashes == LOCK.read_text("utf-8").count("--hash=sha256:")
    files = {file["name"] for file in by_name["idb"]["components"]}
    assert "web/vendor/idb/index.js" in files
    for each in made["components"]:
        (licence,) = each["licenses"]
        assert licence["expression"] != sbom.UNKNOWN or each["scope"] == "optional", each["name"]
        assert "GPL" not in licence["expression"] or "LGPL" in licence["expression"], each["name"]
    assert {each["ref"] for each in made["dependencies"]} == {made["metadata"]["component"]["bom-ref"]}
    sbom.main([str(tmp_path / "again.json")])
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "sbom.json").read_bytes()


def test_a_lock_with_an_open_version_is_refused(tmp_path: Path) -> None:
    for line in ("starlette>=1.0\n", "starlette\n", "--index-url https://elsewhere.example\n", "-r other.txt\n"):
        (tmp_path / "run.txt").write_text(line)
        with pytest.raises(NotLocked):
            locked(tmp_path / "run.txt")


def test_no_lock_or_script_names_a_registry() -> None:
    named = re.compile(r"(pypi|pythonhosted|npmjs|npmmirror|tuna\.tsinghua|aliyun)\.\w+|index-url", re.IGNORECASE)
    files = [*ROOT.glob("requirements/*"), *ROOT.glob("tools/*"), ROOT / "Makefile", ROOT / "package-lock.json"]
    assert len(files) > 8
    for file in files:
        if file.is_file():
            assert not named.search(file.read_text("utf-8")), file


def test_an_audit_without_network_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIFANG_OSV", "http://127.0.0.1:9")
    command = [sys.executable, "-m", "tools.audit"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Nothing was audited: http://127.0.0.1:9/querybatch could not be asked" in done.stderr
    assert "Traceback" not in done.stderr


@contextmanager
def database(vulnerable: dict[str, Any], *, short: bool = False) -> Iterator[str]:
    """A database that speaks as OSV does, and knows of these packages."""

    class Answer(BaseHTTPRequestHandler):
        def _say(self, told: Any) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            names = [each["package"]["name"] for each in asked]
            results = [{"vulns": [{"id": f"X-{name}"}]} if name in vulnerable else {} for name in names]
            self._say({"results": results[1:] if short else results})

        def do_GET(self) -> None:
            self._say(vulnerable[self.path.rpartition("X-")[2]])

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def test_what_is_known_is_told_with_its_day(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    about: dict[str, Any] = {
        "id": "X-idb",
        "published": "2026-11-01T10:00:00Z",
        "database_specific": {"severity": "HIGH"},
    }
    about["affected"] = [{"ranges": [{"events": [{"introduced": "0"}, {"fixed": "9.0.0"}]}]}]
    with database({"idb": about, "starlette": {"id": "X-starlette", "published": "2026-11-20"}}) as address:
        monkeypatch.setenv("SIFANG_OSV", address)
        assert audit.main() == 1
    said = capsys.readouterr().err
    assert "idb 8.0.4: X-idb, high, fixed in 9.0.0, must be gone by 2026-11-08" in said
    assert "X-starlette, high, not fixed yet, must be gone by 2026-11-27" in said


def test_a_clean_audit_and_one_that_answers_for_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with database({}) as address:
        monkeypatch.setenv("SIFANG_OSV", address)
        assert audit.main() == 0
    assert capsys.readouterr().out == f"{len(locked()) + len(vendored())} components, 0 known vulnerabilities\n"
    with database({}, short=True) as address:
        monkeypatch.setenv("SIFANG_OSV", address)
        assert audit.main() == 1
    assert "Nothing was audited" in capsys.readouterr().err


def test_the_days_of_the_document_are_those_of_the_audit() -> None:
    table = (ROOT / "docs" / "security" / "components.md").read_text("utf-8")
    for severity in ("CRITICAL", "HIGH", "MODERATE", "LOW"):
        assert re.search(rf"^\| {severity.lower()}[^|]* \| {audit.DAYS[severity]} days", table, re.MULTILINE), severity
