"""Headers that depend on how phones come, and addresses that nobody else can make."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from itsdangerous import URLSafeSerializer

from server.app import create_app
from server.settings import Settings

SECRET = b"a secret for tests only........."
DAY_MS = 86_400_000
pytestmark = pytest.mark.anyio


@pytest.fixture
def database(tmp_path: Path, empty_sqlite: Path) -> None:
    """Tables with nothing in them."""
    shutil.copy(empty_sqlite, tmp_path / "station.db")


def settings(tmp_path: Path, public_url: str = "http://localhost:8000") -> Settings:
    return Settings(f"sqlite+aiosqlite:///{tmp_path}/station.db", tmp_path, SECRET, public_url=public_url)


@pytest.mark.parametrize(
    ("public_url", "said"),
    [("https://sifang.example.org", "max-age=31536000; includeSubDomains"), ("http://localhost:8000", None)],
)
@pytest.mark.usefixtures("database")
async def test_who_came_over_https_never_comes_without_it(tmp_path: Path, public_url: str, said: str | None) -> None:
    app = create_app(settings(tmp_path, public_url))
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url=public_url) as http,
    ):
        for path in ("/sw.js", "/nowhere", "/static/css/base.css"):
            assert (await http.get(path)).headers.get("strict-transport-security") == said


@pytest.mark.usefixtures("database")
async def test_addresses_of_downloads_are_signed_by_sha_256_alone(tmp_path: Path) -> None:
    app = create_app(settings(tmp_path))
    told = ["019a0b1c-0000-7000-8000-00000000ffff", 0, "019a0b1c-0000-7000-8000-00000000fffe", 2**52]
    async with app.router.lifespan_context(app):
        for digest, known in ((hashlib.sha256, True), (hashlib.sha1, False)):
            signer = URLSafeSerializer(SECRET, salt="snapshot", signer_kwargs={"digest_method": digest})
            asked: list[str] = []
            read = app.state.journal.snapshots._transactions.read

            async def noted(ask: object, read: object = read, asked: list[str] = asked) -> object:
                asked.append("looked")
                return await read(ask)  # type: ignore[operator]

            app.state.journal.snapshots._transactions.read = noted
            assert await app.state.journal.snapshots.part(str(signer.dumps(told))) is None
            app.state.journal.snapshots._transactions.read = read
            assert bool(asked) == known
