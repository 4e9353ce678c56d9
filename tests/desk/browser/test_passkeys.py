"""The desk's doors in real Chromium, with an authenticator that Chromium makes up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, Page, Request, expect
from sqlalchemy import text

from server.clock import now_ms
from server.join.store import create_link
from tests.desk.browser.conftest import serving
from tests.journal.conftest import Station

pytestmark = [pytest.mark.anyio, pytest.mark.browser]

KIND = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
UNVERIFIED = """async () => {
  const { post } = await import('/static/page/passkey.js');
  const bytes = (told) => Uint8Array.from(atob(told.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const options = await post('/sign-in/options');
  const asked = { ...options, challenge: bytes(options.challenge), allowCredentials: [] };
  const shown = await navigator.credentials.get({ publicKey: { ...asked, userVerification: 'discouraged' } });
  return shown.toJSON();
}"""
SEND = """async (said) => (await fetch('/sign-in', { method: 'POST', headers: { Accept: 'application/json' },
  body: said })).status"""


class Computer:
    """Somebody's computer: a window, and the authenticator in it."""

    def __init__(self, page: Page, cdp: CDPSession, key: str, address: str) -> None:
        self.page = page
        self.cdp = cdp
        self.key = key
        self.address = address
        self.sent: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._sent)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @classmethod
    async def open(cls, browser: Browser, address: str) -> Computer:
        """With nothing on it."""
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page = await context.new_page()
        cdp = await context.new_cdp_session(page)
        await cdp.send("WebAuthn.enable")
        made = await cdp.send("WebAuthn.addVirtualAuthenticator", {"options": KIND})
        return cls(page, cdp, made["authenticatorId"], address)

    def _sent(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/sign-in"):
            self.sent.append(request.post_data or "")

    async def go(self, path: str) -> None:
        """Open an address."""
        await self.page.goto(self.address + path)

    async def verifies(self, does: bool) -> None:
        """Whether the authenticator finds that it is its owner."""
        told = {"authenticatorId": self.key, "isUserVerified": does}
        await self.cdp.send("WebAuthn.setUserVerified", told)

    async def keys(self) -> list[Any]:
        """What lies in the authenticator."""
        found = await self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.key})
        return list(found["credentials"])

    async def sends(self, said: str) -> int:
        """The status that an answer to the door gets, sent by a page of ours."""
        found: int = await self.page.evaluate(SEND, said)
        return found


async def begun(browser: Browser, station: Station) -> Computer:
    """王站长's computer, on which a link has made a passkey."""
    computer = await Computer.open(browser, station.settings.public_url)
    async with station.db.writing() as db:
        token = await create_link(db, station["master"], "desk", now_ms())
    await computer.go(f"/join/{token}")
    await computer.page.get_by_role("button", name="存好通行密钥，打开").click()
    await computer.page.wait_for_url("**/desk/visits")
    return computer


async def test_a_passkey_is_made_shown_confirmed_and_taken_away(browser: Browser, station: Station) -> None:
    computer = await begun(browser, station)
    page = computer.page
    assert len(await computer.keys()) == 1
    await computer.go("/desk/me")
    await expect(page.locator("h1")).to_have_text("王站长，您有 1 把通行密钥。")
    await page.locator("td").get_by_role("button", name="退出", exact=True).click()
    await page.wait_for_url("**/sign-in")
    await computer.go("/desk/boards")
    await page.get_by_role("link", name="用通行密钥进来").click()
    await page.get_by_role("button", name="用通行密钥进来").click()
    await page.wait_for_url(computer.address + "/desk/boards")

    # A while later, entering somebody asks for the key once more, by itself; what was typed goes along.
    async with station.db.writing() as db:
        await db.execute(text("UPDATE session SET verified_ms = verified_ms - 3600000"))
    await computer.go("/desk/people")
    await page.fill("#name", "周敏")
    await page.get_by_label("第三网格").check()
    await computer.verifies(False)
    await page.get_by_role("button", name="登记", exact=True).click()
    await expect(page.locator("[data-trouble]")).to_have_text("没有做完，再按一次就行。")
    await expect(page.locator("#name")).to_have_value("周敏")
    await computer.verifies(True)
    await page.get_by_role("button", name="登记", exact=True).click()
    await expect(page.locator("body")).to_contain_text("周敏登记好了")

    # So does a link for a phone, which comes as a piece of the page.
    async with station.db.writing() as db:
        await db.execute(text("UPDATE session SET verified_ms = verified_ms - 3600000"))
    await computer.go("/desk/phones")
    await page.locator("tr", has_text="周敏").get_by_role("button").last.click()
    await expect(page.locator("#link")).to_contain_text("/join/")

    # What the station took away opens nothing.
    async with station.db.writing() as db:
        await db.execute(text("UPDATE passkey SET removed_ms = 1"))
    await computer.go("/sign-in")
    await page.context.clear_cookies()
    await computer.go("/sign-in")
    await page.get_by_role("button", name="用通行密钥进来").click()
    await expect(page.locator("[data-trouble]")).to_have_text("这把通行密钥没有通过，请再试一次。")
    assert computer.complaints == []


async def test_what_proves_nothing_is_turned_away(browser: Browser, station: Station) -> None:
    computer = await begun(browser, station)
    page = computer.page
    await page.context.clear_cookies()
    await computer.go("/sign-in")
    await page.get_by_role("button", name="用通行密钥进来").click()
    await page.wait_for_url("**/desk/visits")
    await page.context.clear_cookies()
    await computer.go("/sign-in")
    assert await computer.sends(computer.sent[-1]) == 403, "an answer opens the desk once"
    await computer.verifies(False)
    unverified = await page.evaluate(UNVERIFIED)
    assert await computer.sends(json.dumps({"credential": unverified})) == 403, "nobody made sure of the person"
    await computer.verifies(True)
    # The same program at another address is another place: a key shown there proves nothing here.
    port = int(station.settings.public_url.rpartition(":")[2]) + 1
    async with serving(station.settings, port):
        await page.goto(f"http://localhost:{port}/sign-in")
        await page.get_by_role("button", name="用通行密钥进来").click()
        await expect(page.locator("[data-trouble]")).to_have_text("这把通行密钥没有通过，请再试一次。")
        await page.goto("about:blank")
    assert computer.complaints == []
