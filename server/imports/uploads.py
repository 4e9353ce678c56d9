"""Files that wait for a decision: kept in the installation's data folder until imported, cancelled or an hour old.

One folder an upload: `file` (the ledger as it came) and `upload.json` (what is known of it, and its report).
Of an import that was made only the totals stay; its details name residents and go after the hour as well.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

KEPT_MS = 60 * 60 * 1000
TOTALS_KEPT_MS = 365 * 24 * KEPT_MS
STALE_MS = 15 * 1000
"""A job that has not been heard of for so long has lost its process."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Upload:
    """One file on its way in. `state` is reading, ready, failed, importing or done; `grid` is an id or blank."""

    id: str
    community: str
    person: str
    by: str
    file: str
    grid: str
    created_ms: int
    touched_ms: int
    state: str = "reading"
    done: int = 0
    total: int = 0
    problem_zh: str = ""
    problem_en: str = ""
    finished_ms: int = 0
    forgotten: bool = False
    report: dict[str, Any] | None = None

    def stale(self, now_ms: int) -> bool:
        """Whether its work was cut off, by a restart for instance."""
        return self.state in {"reading", "importing"} and now_ms - self.touched_ms > STALE_MS


class Uploads:
    """The folder of uploads of one installation."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "imports"

    def _path(self, id_: str) -> Path:
        if not _ID.fullmatch(id_):
            raise FileNotFoundError(id_)
        return self.folder / id_

    def create(self, upload: Upload, data: bytes) -> None:
        """Keep a file that has just come."""
        path = self._path(upload.id)
        path.mkdir(parents=True, mode=0o700)
        (path / "file").write_bytes(data)
        self.save(upload)

    def save(self, upload: Upload) -> None:
        """Remember how far an upload is. One that was deleted meanwhile stays deleted."""
        path = self._path(upload.id)
        # A reader never sees half a file.
        part = path / f"upload.{os.getpid()}.part"
        try:
            part.write_text(json.dumps(asdict(upload), ensure_ascii=False), "utf-8")
            part.replace(path / "upload.json")
        except FileNotFoundError:
            return

    def load(self, id_: str) -> Upload | None:
        """An upload by its id; None when there is none, or no longer."""
        try:
            return Upload(**json.loads((self._path(id_) / "upload.json").read_text("utf-8")))
        except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
            return None

    def data(self, id_: str) -> bytes:
        """The file itself. Raises FileNotFoundError once it is gone."""
        return (self._path(id_) / "file").read_bytes()

    def claim(self, id_: str) -> bool:
        """Whether this is the first to confirm; of two people who press at once only one imports."""
        try:
            (self._path(id_) / "confirmed").touch(exist_ok=False)
        except (FileExistsError, FileNotFoundError):
            return False
        return True

    def forget_file(self, id_: str) -> None:
        """Delete the ledger and keep what came of it."""
        (self._path(id_) / "file").unlink(missing_ok=True)

    def delete(self, id_: str) -> None:
        """Delete an upload and all that is known of it."""
        shutil.rmtree(self._path(id_), ignore_errors=True)

    def listed(self, community: str) -> list[Upload]:
        """The uploads of one community, newest first."""
        found = [self.load(path.name) for path in self.folder.iterdir()] if self.folder.is_dir() else []
        mine = [upload for upload in found if upload and upload.community == community]
        return sorted(mine, key=lambda upload: upload.created_ms, reverse=True)

    def at_work(self, person: str, now_ms: int) -> Sequence[Upload]:
        """What is being read or brought in for somebody now, whichever process does it; the first to come first."""
        found = [self.load(path.name) for path in self.folder.iterdir()] if self.folder.is_dir() else []
        working = [each for each in found if each and each.state in {"reading", "importing"} and not each.stale(now_ms)]
        return sorted((each for each in working if each.person == person), key=lambda each: (each.created_ms, each.id))

    def sweep(self, now_ms: int) -> None:
        """Delete what has waited for an hour, and the details of what came in an hour ago."""
        for path in list(self.folder.iterdir()) if self.folder.is_dir() else []:
            upload = self.load(path.name)
            if upload is None:
                # Broken off while it came; nobody can find it any more.
                if _ID.fullmatch(path.name) and now_ms - path.stat().st_mtime * 1000 > KEPT_MS:
                    shutil.rmtree(path, ignore_errors=True)
            elif upload.state != "done":
                if now_ms - upload.created_ms > KEPT_MS and not (
                    upload.state == "importing" and not upload.stale(now_ms)
                ):
                    self.delete(upload.id)
            elif now_ms - upload.finished_ms > TOTALS_KEPT_MS:
                self.delete(upload.id)
            elif now_ms - upload.finished_ms > KEPT_MS and not upload.forgotten:
                self.save(replace(upload, forgotten=True, report=totals(upload.report)))


def totals(report: dict[str, Any] | None) -> dict[str, Any] | None:
    """A report without anything that names a door or a person."""
    if report is None:
        return None
    named: dict[str, Any] = {"changes": [], "remarks": [], "new_people": [], "new_buildings": []}
    return {**report, **named}
