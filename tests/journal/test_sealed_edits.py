"""A locked phone sends what it cannot read: each edit as it was closed for the server when it was made."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from server.sealing import SealKey, seal
from server.settings import ROOT
from sync.edit import Edit, b64u, unb64u
from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio

VECTORS: dict[str, Any] = json.loads((ROOT / "tests/vectors/sealed_edit.json").read_text("utf-8"))


def closed(edit: Edit, public: bytes, body: bytes | None = None) -> dict[str, str]:
    """An edit as a locked phone sends it."""
    inside = {"s": b64u(edit.salt), "b": (edit.body if body is None else body).decode()}
    text = json.dumps(inside, ensure_ascii=False, separators=(",", ":")).encode()
    return {"h": edit.header_bytes.decode(), "sealed": b64u(seal(text, public))}


def asking(phone: Phone, *parts: dict[str, str]) -> dict[str, Any]:
    """The request for all that is unsent, with these in the place of its edits."""
    return {**phone.request(), "edits": list(parts)}


async def test_what_a_locked_phone_sends_takes_effect_as_if_it_were_open(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    edit = zhao.visit(station["陈奶奶"], text="灯修好了")
    asked = asking(zhao, closed(edit, station.settings.seal.public))
    assert "灯修好了" not in json.dumps(asked, ensure_ascii=False)
    reply = (await zhao.send(asked)).json()
    assert [each["outcome"] for each in reply["outcomes"]] == ["accepted"]
    assert await station.rows("SELECT text FROM visit") == [("灯修好了",)]
    # Its answer was lost; meanwhile somebody has opened the phone.
    again = await zhao.exchange()
    assert again["outcomes"] == reply["outcomes"]
    assert await station.refolds()


async def test_what_cannot_be_opened_is_kept_aside_and_nothing_after_it_waits(station: Station, zhao: Phone) -> None:
    await zhao.exchange()
    other = SealKey(derive_private_key(7, SECP256R1())).public
    ours = station.settings.seal.public
    first, second, third = (zhao.visit(station["陈奶奶"], text=text) for text in ("一", "二", "三"))
    parts = (closed(first, other), closed(second, ours, b'{"another":"body"}'), closed(third, ours))
    reply = (await zhao.send(asking(zhao, *parts))).json()
    assert [(each["outcome"], each.get("reason")) for each in reply["outcomes"]] == [
        ("quarantined", "sealed"),
        ("quarantined", "sealed"),
        ("accepted", None),
    ]
    assert await station.rows("SELECT text FROM visit") == [("三",)]
    # What came is kept as it came: whoever finds the key can open it.
    kept = await station.rows("SELECT body FROM journal WHERE reason = 'sealed' ORDER BY position")
    assert [json.loads(bytes(body))["sealed"] for (body,) in kept] == [part["sealed"] for part in parts[:2]]
    assert await station.refolds()


@pytest.mark.parametrize("more", [{"s": "MmG0qPvlS0fAEJscxxqctQ"}, {"b": "{}"}, {"sealed": "not base64url!"}])
async def test_an_edit_is_open_or_sealed_and_nothing_between(
    station: Station, zhao: Phone, more: dict[str, str]
) -> None:
    edit = zhao.visit(station["陈奶奶"])
    answer = await zhao.send(asking(zhao, {**closed(edit, station.settings.seal.public), **more}))
    assert (answer.status_code, answer.json()["problem"]["code"]) == (400, "bad_shape")


def test_the_server_opens_the_edit_of_the_vectors() -> None:
    server = SealKey(derive_private_key(int(VECTORS["server"]["scalar"], 16), SECP256R1()))

    assert json.loads(server.open(unb64u(VECTORS["wire"]["sealed"]))) == {
        "s": VECTORS["edit"]["s"],
        "b": VECTORS["edit"]["b"],
    }
