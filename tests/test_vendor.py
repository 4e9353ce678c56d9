"""Vendored files are what was published, and every one of them is accounted for."""

from __future__ import annotations

import hashlib
import json

from server.settings import WEB

VENDOR = WEB / "vendor"
OURS = {"README.md", "VENDORED.json"}


def test_vendored_files_are_as_published() -> None:
    listed = [library["files"] for library in json.loads((VENDOR / "VENDORED.json").read_text("utf-8"))]
    expected = {name: digest for files in listed for name, digest in files.items()}
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and str(path.relative_to(VENDOR)) not in OURS
    }
    assert found == expected
