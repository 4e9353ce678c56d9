"""A new phone in somebody's hand, as its page behind a link behaves, and the desk beside it."""

from __future__ import annotations

import base64
import re
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from httpx import ASGITransport, AsyncClient, Response

from server.join.digits import commitment, digits, new_nonce
from server.join.store import LINK_MS, create_link
from tests.desk.conftest import Desk
from tests.journal.conftest import Station

OURS = {"Sec-Fetch-Site": "same-origin"}


def new_key() -> str:
    """A phone's public key as it sends it."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Handset:
    """One phone with a browser of its own, at an address of its own."""

    def __init__(self, station: Station, address: str = "127.0.0.1") -> None:
        transport = ASGITransport(station.app, client=(address, 5000))
        self.http = AsyncClient(transport=transport, base_url="http://station", headers=OURS, timeout=60)
        self.key, self.nonce = new_key(), new_nonce()
        self.digits = ""

    async def meet(self, path: str, **other: str) -> Response:
        """The first thing after the press; what it shows then."""
        said = commitment(other.get("key", self.key), other.get("nonce", self.nonce))
        answer = await self.http.post(f"{path}/meeting", json={"commitment": said})
        if answer.status_code == 200:
            self.digits = digits(path.rpartition("/")[2], self.key, self.nonce, answer.json()["nonce"])
        return answer

    async def ask(self, path: str, **said: Any) -> Response:
        """Whether it is in by now."""
        told = {"public_key": self.key, "nonce": self.nonce, "label": "红米", **said}
        return await self.http.post(f"{path}/device", json=told)

    async def press(self, path: str) -> Response:
        """All that happens by itself until the station must look."""
        met = await self.meet(path)
        return met if met.status_code != 200 else await self.ask(path)


async def desk_link(station: Station, person: str = "赵敏", lasting_ms: int = LINK_MS) -> str:
    """The path of a link as the desk makes it."""
    async with station.db.writing() as db:
        token = await create_link(db, station[person], "phone", station.now_ms, lasting_ms=lasting_ms, confirm="desk")
    return f"/join/{token}"


async def waiting(desk: Desk) -> list[tuple[str, str]]:
    """The phones the desk sees: where its answer goes to, and the four digits."""
    shown = (await desk.get("/desk/phones/meetings", piece=True)).text
    return re.findall(r'action="(/desk/phones/meetings/[^"]+)".*?<p class="digits">(\d{4})</p>', shown, re.DOTALL)


async def say(desk: Desk, decision: str, digits_: str | None = None) -> Response:
    """The station's word about the phone that waits, or the one with these digits."""
    (address,) = [where for where, shown in await waiting(desk) if digits_ in (None, shown)]
    return await desk.post(address, {"decision": decision})


async def phones(station: Station) -> int:
    """How many phones there are."""
    return int(await station.value("SELECT count(*) FROM device WHERE kind = 'phone'"))
