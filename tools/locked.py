"""What Sifang is made of besides its own code: the packages of the lock file, and the files in web/vendor."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
VENDORED = ROOT / "web" / "vendor" / "VENDORED.json"
_PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(\[[\w,-]+\])?==(?P<version>[^\s;\\]+)(\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$"
)
_HASH = re.compile(r"^\s+--hash=sha256:(?P<hash>[0-9a-f]{64})\s*\\?$")


class NotLocked(ValueError):
    """A line of the lock file that says neither a version nor a hash."""


@dataclass(frozen=True)
class Component:
    """One package or library. `hashes` are SHA-256 by file, or of whichever of its files is installed (name empty)."""

    ecosystem: str
    name: str
    version: str
    hashes: list[tuple[str, str]] = field(default_factory=list)
    marker: str | None = None
    licence: str | None = None

    @property
    def purl(self) -> str:
        """Its package URL."""
        kind = {"PyPI": "pypi", "npm": "npm"}[self.ecosystem]
        return f"pkg:{kind}/{self.name}@{self.version}"

    @property
    def is_here(self) -> bool:
        """Whether this machine's kind needs it."""
        return self.marker is None or Marker(self.marker).evaluate()


def locked(lock: Path = LOCK) -> list[Component]:
    """The packages of a lock file. Raises NotLocked."""
    found: list[Component] = []
    for line in lock.read_text("utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if pinned := _PINNED.fullmatch(line):
            found.append(Component("PyPI", pinned["name"].lower(), pinned["version"], marker=pinned["marker"]))
        elif (hashed := _HASH.fullmatch(line)) and found:
            found[-1].hashes.append(("", hashed["hash"]))
        else:
            raise NotLocked(f"{lock.name}: {line.strip()}")
    return found


def vendored(listed: Path = VENDORED) -> list[Component]:
    """The libraries that lie in web/vendor as they were published."""
    return [
        Component("npm", each["name"], each["version"], sorted(each["files"].items()), licence=each["licence"])
        for each in json.loads(listed.read_text("utf-8"))
    ]
