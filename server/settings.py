"""What an installation may set, read once from the environment at start."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from server.sealing import SealKey, seal_key

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
SECRET_BYTES = 32


class WeakSecret(ValueError):
    """The installation's secret could be guessed; the words are for whoever runs the server."""


@dataclass(frozen=True)
class Settings:
    """One installation's settings.

    `database_url` is a SQLAlchemy async URL. `data` is the folder for the SQLite file, the secret and
    uploads that wait for a decision. `public_url` is the address phones use, without a trailing slash.
    `utc_offset_min` fixes local days (480 = China). `secret` signs nonces, links and snapshot addresses. In a `demo`
    the desk may be looked at without a passkey.
    """

    database_url: str
    data: Path
    secret: bytes
    public_url: str = "http://localhost:8000"
    utc_offset_min: int = 480
    process: str = "1"
    blobs_at: Path | None = None
    demo: bool = False

    @property
    def blobs(self) -> Path:
        """The folder of photos and voice notes; several processes share it."""
        return self.blobs_at or self.data / "blobs"

    @cached_property
    def seal(self) -> SealKey:
        """The key that phones seal to; it lies beside the secret."""
        return seal_key(self.data / "seal.key")

    @property
    def secure(self) -> bool:
        """Whether phones reach this installation over HTTPS."""
        return self.public_url.startswith("https://")

    def at(self, public_url: str) -> Settings:
        """The same installation under another public address."""
        return replace(self, public_url=public_url.rstrip("/"))


def _secret(path: Path) -> bytes:
    """The installation's secret, made on first use: random bytes in a file only its owner may read.

    Raises:
        WeakSecret: the file is there and too short.
    """
    try:
        secret = path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        secret = secrets.token_bytes(SECRET_BYTES)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secret)
    if len(secret) < SECRET_BYTES:
        raise WeakSecret(
            f"{path} holds {len(secret)} bytes, {SECRET_BYTES} random ones are needed: remove it, and one is made.\n"
            f"{path} 只有 {len(secret)} 个字节，要 {SECRET_BYTES} 个随机的：删掉它，会重新生成。"
        )
    return secret


def from_environment() -> Settings:
    """Settings from the variables `SIFANG_…`; docs/deploy.md lists them."""
    data = Path(os.environ.get("SIFANG_DATA", ROOT / "data")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    return Settings(
        database_url=os.environ.get("SIFANG_DATABASE_URL", f"sqlite+aiosqlite:///{data / 'sifang.db'}"),
        data=data,
        secret=_secret(data / "secret.key"),
        public_url=os.environ.get("SIFANG_PUBLIC_URL", "http://localhost:8000").rstrip("/"),
        utc_offset_min=int(os.environ.get("SIFANG_UTC_OFFSET_MIN", "480")),
        process=os.environ.get("SIFANG_PROCESS", "1"),
        blobs_at=Path(os.environ["SIFANG_BLOBS"]).resolve() if os.environ.get("SIFANG_BLOBS") else None,
        demo=os.environ.get("SIFANG_DEMO") == "1",
    )
