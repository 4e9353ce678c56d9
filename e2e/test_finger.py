"""A phone that opens by its fingerprint as well as by its PIN, with an authenticator that Chromium makes up."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Request, expect

from e2e.phone import Phone
from e2e.station import Station
from e2e.steps import PIN_CODE, join, lock, open_door, unlock
from e2e.test_accessible import violations

pytestmark = pytest.mark.browser

Phones = Callable[[str], Phone]

KIND = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
OPEN = "用指纹或面容打开"


META = """(name) => new Promise((done) => {
  const opening = indexedDB.open('sifang');
  opening.onsuccess = () => {
    const db = opening.result;
    db.transaction('meta').objectStore('meta').get(name).onsuccess = ({ target }) => {
      db.close();
      const { count = null, passkey = null } = target.result?.v ?? {};
      done({ count, passkey: !!passkey });
    };
  };
})"""


class Finger:
    """The fingerprint sensor of a phone; `prf` is whether its keys make bytes."""

    def __init__(self, page: Page, prf: bool = True) -> None:
        assert page.context
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("WebAuthn.enable")
        made = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**KIND, "hasPrf": prf}})
        self.key = made["authenticatorId"]

    def known(self, is_known: bool) -> None:
        """Whether the finger that touches it is its owner's."""
        self.cdp.send("WebAuthn.setUserVerified", {"authenticatorId": self.key, "isUserVerified": is_known})

    def keys(self) -> list[Any]:
        """What lies in it."""
        return list(self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.key})["credentials"])


def set_up(page: Page, station: Station) -> None:
    """From the page about this phone: the PIN once more, then the finger."""
    page.goto(f"{station.url}/field/more")
    page.get_by_role("link", name=OPEN).click()
    expect(page.locator("[data-keypad]")).to_be_visible()
    assert violations(page) == []
    page.fill("form.pins [name=pin]", PIN_CODE)
    page.wait_for_url("**/field/more")
    expect(page.locator("section[aria-labelledby=lock]")).to_contain_text("指纹或面容也能打开")
    assert page.evaluate(META, "vault")["passkey"]


def test_a_finger_opens_the_phone_without_signal_and_never_in_place_of_the_pin(station: Station, phone: Phones) -> None:
    page = join(phone("小赵"), station, "小赵")
    finger = Finger(page)
    sent: list[Request] = []
    assert page.context
    page.context.on("request", lambda request: sent.append(request))
    open_door(page, station, "3", "1", "201")
    address, name = page.url, page.locator("h1").inner_text()
    station.stop()
    set_up(page, station)
    [key] = finger.keys()
    lock(page, station)
    page.goto(address)
    expect(page.get_by_role("button", name=OPEN)).to_be_visible()
    expect(page.locator("header")).to_contain_text("小赵的手机")
    assert name not in page.content()
    assert violations(page) == []
    page.get_by_role("button", name=OPEN).click()
    expect(page.locator("h1")).to_have_text(name)
    assert page.url == address
    # A stranger's finger opens nothing, and uses up none of the PIN's tries; the PIN opens it as ever.
    lock(page, station)
    finger.known(False)
    page.get_by_role("button", name=OPEN).click()
    expect(page.locator("[data-finger] [role=alert]")).to_have_text("没认出来。再试一次，或者输密码。")
    assert page.evaluate(META, "tries")["count"] == 0
    expect(page.locator("[data-locked]")).to_be_visible()
    unlock(page)
    # Given up, the passkey opens nothing: nothing asks for it, and nothing is left that it would open.
    page.goto(f"{station.url}/field/more")
    page.get_by_role("button", name="只用密码，不用指纹、面容").click()
    expect(page.get_by_role("link", name=OPEN)).to_be_visible()
    lock(page, station)
    expect(page.get_by_role("button", name=OPEN)).to_have_count(0)
    assert not page.evaluate(META, "vault")["passkey"]
    # No server heard of any of it.
    told = urllib.parse.unquote("\n".join(f"{each.url} {each.post_data}" for each in sent))
    assert "/field/passkey" in told
    assert key["credentialId"].rstrip("=") not in told.replace("-", "+").replace("_", "/")


@pytest.mark.thorough
def test_a_note_from_the_stairwell_is_there_when_a_finger_opens(station: Station, phone: Phones) -> None:
    page = join(phone("小赵"), station, "小赵")
    Finger(page)
    set_up(page, station)
    lock(page, station)
    page.fill("form[action='/field/jotted'] [name=text]", "楼道灯又坏了")
    page.get_by_role("button", name="先存着").click()
    expect(page.locator(".saved")).to_contain_text("这一笔存好了")
    page.get_by_role("button", name=OPEN).click()
    expect(page.locator(".half a", has_text="楼道灯又坏了")).to_be_visible()


@pytest.mark.thorough
def test_a_wrong_pin_sets_nothing_up_and_a_sensor_that_makes_no_bytes_is_no_key(
    station: Station, phone: Phones
) -> None:
    page = join(phone("小赵"), station, "小赵")
    finger = Finger(page, prf=False)
    page.goto(f"{station.url}/field/passkey")
    page.fill("form.pins [name=pin]", "111222")
    expect(page.locator("[data-trouble]")).to_have_text("不是这个密码，再看看。")
    assert finger.keys() == []
    page.fill("form.pins [name=pin]", PIN_CODE)
    expect(page.locator("[data-trouble]")).to_contain_text("还当不了钥匙")
    page.goto(f"{station.url}/field/more")
    assert not page.evaluate(META, "vault")["passkey"]
    lock(page, station)
    unlock(page)
