"""The phone's vault: a PIN, a lock that hides everything and loses nothing, and the way back in."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from e2e.phone import Phone, until
from e2e.station import Station
from e2e.steps import (
    PIN_CODE,
    READY,
    TOLD,
    begin_visit,
    choose_pin,
    join,
    journal_size,
    lock,
    open_door,
    open_link,
    quick,
    save,
    unlock,
)

Phones = Callable[[str], Phone]

# A vault that closes a few seconds after the last use.
HASTY = """() => new Promise((done) => {
  const opening = indexedDB.open('sifang');
  opening.onsuccess = () => {
    const db = opening.result;
    const metas = db.transaction('meta', 'readwrite').objectStore('meta');
    const mend = (k, more) => {
      metas.get(k).onsuccess = ({ target }) => metas.put({ k, v: { ...target.result.v, ...more } });
    };
    mend('vault', { idle_ms: 6000 });
    mend('unlocked', { until: Date.now() + 6000 });
    metas.transaction.oncomplete = () => { db.close(); done(true); };
  };
})"""


# So many wrong PINs, and so long until the next.
TRIED = """([count, wait_ms]) => new Promise((done) => {
  const opening = indexedDB.open('sifang');
  opening.onsuccess = () => {
    const db = opening.result;
    const tx = db.transaction('meta', 'readwrite');
    tx.objectStore('meta').put({ k: 'tries', v: { count, until_ms: Date.now() + wait_ms } });
    tx.oncomplete = () => { db.close(); done(true); };
  };
})"""


def test_a_locked_phone_shows_nothing_until_its_pin_is_typed(station: Station, phone: Phones) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "1", "201")
    address, name = page.url, page.locator("h1").inner_text()
    lock(page, station)
    page.goto(address)
    expect(page.locator("[data-locked]")).to_be_visible()
    assert name not in page.content()
    field = page.locator("[name=pin]")
    hidden = field.evaluate("(field) => [getComputedStyle(field).webkitTextSecurity, field.autocomplete]")
    assert hidden == ["disc", "off"]
    unlock(page)
    assert page.url == address
    expect(page.locator("h1")).to_have_text(name)


def test_what_is_written_while_the_phone_is_locked_is_kept_and_sent(station: Station, phone: Phones) -> None:
    """A form stands open in one tab while the phone is locked in another, with the server away."""
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.locator("#visit").get_by_text("见到人", exact=True).click()
    page.fill("[name=text]", "写在锁上以前")
    expect(page.locator("[data-draft-line]")).to_contain_text("存")
    assert zhao.context
    lock(zhao.context.new_page(), station)
    station.stop()
    before = journal_size(station)
    page.fill("[name=text]", "锁着也要送到")
    page.locator(".foot button.go").click()
    expect(page.locator("[data-locked] .saved")).to_contain_text("存好了")
    expect(page.locator("[data-locked]")).to_contain_text("1 条")
    assert "锁着也要送到" not in page.content()
    station.start()
    page.reload()
    expect(page.locator("#outgoing")).to_have_class("outgoing none")
    assert journal_size(station) == before + 1
    unlock(page)
    open_door(page, station, "3", "2", "501")
    expect(page.locator(".timeline")).to_contain_text("锁着也要送到")
    # What was half-written became the visit: nothing of it is left over.
    page.goto(f"{station.url}/field/")
    expect(page.locator(".half")).to_have_count(0)


def test_a_note_dashed_off_in_a_stairwell_is_put_to_a_door_later(station: Station, phone: Phones) -> None:
    page = join(phone("小赵"), station, "小赵")
    lock(page, station)
    page.fill("form[action='/field/jotted'] [name=text]", "楼道灯又坏了，找物业")
    page.get_by_role("button", name="先存着").click()
    expect(page.locator(".saved")).to_contain_text("这一笔存好了")
    # A second one that nobody sent: the page was left.
    page.fill("form[action='/field/jotted'] [name=text]", "没按完的一笔")
    page.wait_for_timeout(600)
    page.goto(f"{station.url}/field/")
    unlock(page)
    expect(page.locator(".half a")).to_have_count(2)
    page.locator(".half a", has_text="楼道灯").click()
    expect(page.locator("main")).to_contain_text("楼道灯又坏了，找物业")
    page.locator("ol.rows a.row").first.click()
    expect(page.locator("[name=text]")).to_have_value("楼道灯又坏了，找物业")
    page.locator("#visit").get_by_text("见到人", exact=True).click()
    page.locator(".foot button.go").click()
    expect(page.locator(".timeline")).to_contain_text("楼道灯又坏了，找物业")
    page.goto(f"{station.url}/field/")
    expect(page.locator(".half a")).to_have_count(1)


@pytest.mark.thorough
def test_wrong_pins_cost_time_that_a_restart_does_not_give_back(station: Station, phone: Phones) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    lock(page, station)
    for _ in range(2):
        page.fill("[name=pin]", "111222")
        expect(page.locator("[role=alert]")).to_contain_text("不是这个密码")
    page.fill("[name=pin]", "111222")
    expect(page.locator("[role=alert]")).to_contain_text("30 秒")
    # One more would have cost a minute: time enough for a slow machine to come back.
    assert page.evaluate(TRIED, [4, 59_000])
    zhao.kill()
    zhao.open()
    page = zhao.page
    page.goto(f"{station.url}/field/doors")
    expect(page.locator("[role=alert]")).to_contain_text("秒")
    expect(page.locator("[name=pin]")).to_be_disabled()
    # Not even the right one, for a page that was made by hand.
    page.evaluate("() => document.querySelectorAll('form.pins :disabled').forEach((each) => (each.disabled = false))")
    page.fill("[name=pin]", PIN_CODE)
    expect(page.locator("[data-locked] [role=alert]")).to_contain_text("秒")
    assert page.evaluate(TRIED, [4, 0])
    page.goto(f"{station.url}/field/doors")
    unlock(page)
    assert page.url.endswith("/field/doors")


@pytest.mark.thorough
def test_past_the_worker_the_server_draws_nothing_for_a_phone_with_a_vault(station: Station, phone: Phones) -> None:
    page = join(phone("小赵"), station, "小赵")
    open_door(page, station, "3", "2", "501")
    home = page.url
    # The browser's cookie alone, as a reload past the worker sends it: from an open phone, and from a locked one.
    for locked in (False, True):
        if locked:
            lock(page, station)
        end = time.monotonic() + 20
        while (answer := page.context.request.get(home)).status == 200 and time.monotonic() < end:
            page.wait_for_timeout(200)
        assert answer.status == 403
        assert "要手机开着才能看" in answer.text()
        assert "陈奶奶" not in answer.text()
    unlock(page)
    page.goto(home)
    expect(page.locator("#visits")).to_be_visible()
    # One tap locks, from any page.
    page.locator("header .lock button").click()
    expect(page.locator("[data-locked]")).to_be_visible()
    expect(page.locator("header .lock")).to_have_count(0)


@pytest.mark.thorough
def test_a_link_that_let_the_phone_in_gives_no_other_pin(station: Station, phone: Phones) -> None:
    page = phone("小赵").page
    link = station.join_link("phone", "小赵")
    open_link(page, link)
    choose_pin(page)
    until(page, READY, 30)
    lock(page, station)
    # It lies in the browser's history, for whoever finds the phone.
    page.goto(link)
    page.wait_for_url("**/field/pin")
    expect(page.locator("[data-locked]")).to_be_visible()
    page.get_by_text("忘了密码").click()
    expect(page.get_by_role("link", name="重新定个密码")).to_have_count(0)
    unlock(page)


def test_a_forgotten_pin_loses_nothing_that_was_not_sent(station: Station, phone: Phones) -> None:
    page = join(phone("小赵"), station, "小赵")
    station.stop()
    open_door(page, station, "3", "2", "501")
    begin_visit(page)
    page.locator("#visit").get_by_text("见到人", exact=True).click()
    page.fill("[name=text]", "密码忘了，话还在")
    save(page)
    lock(page, station)
    page.get_by_text("忘了密码").click()
    expect(page.locator(".forgot")).to_contain_text("新的链接")
    # Before the server comes back: a locked phone sends at once.
    before = journal_size(station)
    station.start()
    open_link(page, station.join_link("phone", "小赵"))
    page.wait_for_url("**/field/pin")
    expect(page.locator("h1")).to_contain_text("重新")
    choose_pin(page, "739104")
    end = time.monotonic() + 20
    while journal_size(station) == before and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert journal_size(station) >= before + 1
    expect(page.locator("#outgoing")).to_have_class("outgoing none", timeout=20_000)
    open_door(page, station, "3", "2", "501")
    expect(page.locator(".timeline")).to_contain_text("密码忘了，话还在")
    lock(page, station)
    page.fill("[name=pin]", PIN_CODE)
    expect(page.locator("[role=alert]")).to_contain_text("不是这个密码")
    unlock(page, "739104")


@pytest.mark.thorough
def test_a_page_covers_itself_when_its_time_is_over(station: Station, phone: Phones) -> None:
    zhao = phone("小赵")
    page = join(zhao, station, "小赵")
    # The worker remembers until when: it is ended with the browser.
    page.evaluate(HASTY)
    zhao.close()
    zhao.open()
    page = zhao.page
    page.goto(f"{station.url}/field/more")
    expect(page.locator("[data-locked]")).to_be_visible(timeout=25_000)
    unlock(page)
    assert page.url.endswith("/field/more")
    # And again, while one looks at it.
    expect(page.locator("[data-locked]")).to_be_visible(timeout=25_000)


ASKED_WITH_THE_KEY_ALONE = """async (headers) => {
  const { meta } = await import('/static/phone/database.js');
  const { headStatement, signHead } = await import('/static/phone/edit.js');
  const [device, chain, sync] = await Promise.all(['device', 'chain', 'sync'].map(meta));
  const at_ms = Date.now();
  const said = { device: chain.device, n: sync.acked, hash: sync.acked_hash, top: chain.n, nonce: sync.nonce, at_ms };
  const statement = headStatement(said);
  const head = { statement, signature: await signHead(device.key.privateKey, statement) };
  const body = JSON.stringify({ v: 1, head, session: '0'.repeat(64) });
  const all = { 'Content-Type': 'application/json', ...headers };
  const answer = await fetch('/sync/exchange', { method: 'POST', credentials: 'omit', headers: all, body });
  const { closed, scopes, rows } = await answer.json();
  return [answer.status, closed, scopes, rows, answer.headers.get('set-cookie')];
}"""


@pytest.mark.thorough
def test_the_phones_key_alone_brings_no_row(station: Station, phone: Callable[[str], Phone]) -> None:
    """Whoever runs code of their own on a locked phone has the key it sends with, and not what lies in its vault."""
    page = join(phone("小赵"), station, "小赵")
    until(page, TOLD, 30)
    nothing = [200, True, [], [], None]
    assert page.evaluate(ASKED_WITH_THE_KEY_ALONE, {}) == nothing
    assert page.evaluate(ASKED_WITH_THE_KEY_ALONE, {"Sifang-Open": "guessed"}) == nothing
    lock(page, station)
    assert page.evaluate(ASKED_WITH_THE_KEY_ALONE, {}) == nothing
    # Its person goes on as before: once it is open, rows come, and the visit is among them.
    unlock(page)
    open_door(page, station, "3", "2", "501")
    quick(page, "all_well")
    page.goto(f"{station.url}/field/outbox")
    expect(page.locator("ol.receipts").first.locator("li.got")).to_have_count(3, timeout=30_000)
    until(page, "async () => (await (await import('/static/phone/store.js')).read({ n: { count: 'open' } })).n === 0")


TYPED_EARLY = """
  new MutationObserver(() => {
    for (const field of document.querySelectorAll('form[action="/field/pin"] [data-pin]')) field.value = 'PIN';
  }).observe(document, { childList: true, subtree: true });
"""


def test_a_pin_that_is_typed_before_the_script_has_come_counts(phone: Phones, station: Station) -> None:
    page = phone("小赵").page
    page.add_init_script(TYPED_EARLY.replace("PIN", PIN_CODE))
    open_link(page, station.join_link("phone", "小赵"))
    page.wait_for_url("**/field/")
    until(page, READY, 60)
