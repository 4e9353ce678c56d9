"""Rows are for an open vault: what a locked phone signs with sends, and brings nothing."""

from __future__ import annotations

import pytest

from tests.journal.conftest import Station
from tests.journal.phone import Phone

pytestmark = pytest.mark.anyio


async def closed(phone: Phone) -> bool:
    """Whether it is sent nothing, though it asks for everything."""
    reply = (await phone.send(phone.request([], scopes=[]))).json()
    phone.nonce = reply["nonce"]
    if not reply.get("closed"):
        return False
    assert (reply["scopes"], reply["rows"], reply["gone"]) == ([], [], [])
    return True


async def test_the_first_secret_a_phone_shows_opens_its_rows_and_no_other(station: Station, zhao: Phone) -> None:
    assert not await closed(zhao), "it has no vault yet"
    zhao.opener = "what lies in the vault"
    assert not await closed(zhao)
    for other in ("", "guessed", "what lies in the vault "):
        zhao.opener = other
        assert await closed(zhao)
    zhao.opener = "what lies in the vault"
    assert not await closed(zhao)


async def test_a_locked_phone_sends_and_is_answered(station: Station, zhao: Phone) -> None:
    zhao.opener = "what lies in the vault"
    await zhao.exchange()
    zhao.opener = ""
    zhao.visit(station["陈奶奶"])
    reply = await zhao.exchange()
    assert reply["closed"]
    assert reply["outcomes"][0]["outcome"] == "accepted"
    assert reply["rows"] == []
    assert zhao.verified == {1}


async def test_no_session_is_given_to_whoever_has_the_key_alone(station: Station, zhao: Phone) -> None:
    zhao.opener = "what lies in the vault"
    await zhao.exchange()
    zhao.opener = ""
    answer = await zhao.send(zhao.request([], session="0" * 64))
    assert "set-cookie" not in answer.headers


async def test_whoever_goes_on_for_a_phone_is_held_to_the_same(station: Station, zhao: Phone) -> None:
    zhao.opener = "what lies in the vault"
    await zhao.exchange()
    for _ in range(2):
        zhao.visit(station["陈奶奶"])
    zhao.acknowledged = 1
    fork = (await zhao.send(zhao.request([], anew=True))).json()["fork"]
    thief = Phone(zhao.person, zhao.grid, station.http, key=zhao.key, device=fork["device"], opener="another")
    thief.nonce = fork["nonce"]
    assert await closed(thief)
    thief.opener = "what lies in the vault"
    assert not await closed(thief)


async def test_a_new_link_lets_a_new_vault_open_them(station: Station, zhao: Phone) -> None:
    zhao.opener = "a forgotten PIN's"
    await zhao.exchange()
    zhao.opener = "the new PIN's"
    assert await closed(zhao)
    await station.journal.open_by(zhao.device, None)
    assert not await closed(zhao)
    zhao.opener = "a forgotten PIN's"
    assert await closed(zhao)


async def test_what_a_locked_phone_holds_stands(station: Station, zhao: Phone) -> None:
    """An older app, which knows nothing of this, must not take the reply for the loss of its grid."""
    zhao.opener = "what lies in the vault"
    await zhao.exchange()
    held = dict(zhao.scopes)
    assert held
    zhao.opener = ""
    reply = await zhao.exchange()
    assert reply["closed"]
    assert zhao.scopes == held
