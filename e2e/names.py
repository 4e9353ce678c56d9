"""What a screen reader says of a page, from Chromium's accessibility tree, and what of it nobody would understand."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from playwright.sync_api import Page

PRESSED = {"link", "button", "checkbox", "radio", "switch", "DisclosureTriangle", "menuitem", "tab"}
TYPED = {"textbox", "searchbox", "combobox", "spinbutton", "listbox", "slider", "Date", "InputTime"}
PLACES = {"region", "navigation", "form", "dialog", "alertdialog", "complementary", "group", "figure"}
SEEN = {"image", "img", "graphics-document"}
NAMED_ANYHOW = {"group", "form"}
"""May go without a name: a form of one button, a fieldset that its button names."""
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LATIN_ALLOWED = {
    "English",
    "PIN",
    "CSV",
    "Excel",
    "QR",
    "WPS",
    "Android",
    "iPhone",
    "Safari",
    "Chrome",
    "MB",
    "kB",
    "GB",
}
MACHINE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\b[a-z]+[._][a-z_.]+\b|[{}<>]|\bicon\b|图标|undefined|null|NaN", re.IGNORECASE
)


class Said(NamedTuple):
    """One thing as it is told: what it is, its name, what describes it, where it leads."""

    role: str
    name: str
    more: str
    where: str
    lang: str


def tree(page: Page) -> list[Said]:
    """Everything on a page that is told by its name."""
    session = page.context.new_cdp_session(page)
    try:
        session.send("DOM.enable")
        session.send("Accessibility.enable")
        nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
        told = []
        for node in nodes:
            role = _text(node, "role")
            if node.get("ignored") or role not in PRESSED | TYPED | PLACES | SEEN:
                continue
            where, lang = _of(session, node)
            told.append(Said(role, _text(node, "name").strip(), _text(node, "description").strip(), where, lang))
        return told
    finally:
        session.detach()


def _text(node: dict[str, Any], field: str) -> str:
    return str((node.get(field) or {}).get("value") or "")


def _of(session: Any, node: dict[str, Any]) -> tuple[str, str]:
    """Where a link leads, and in which language an element says it speaks."""
    if "backendDOMNodeId" not in node:
        return "", ""
    found = session.send("DOM.resolveNode", {"backendNodeId": node["backendDOMNodeId"]})["object"]
    asks = "function () { return [this.href || '', this.closest?.('[lang]')?.lang || ''].join('\\n'); }"
    called = {"objectId": found["objectId"], "functionDeclaration": asks, "returnByValue": True}
    where, _, lang = session.send("Runtime.callFunctionOn", called)["result"]["value"].partition("\n")
    return where.partition("#")[0], lang


def unclear(told: list[Said], people: frozenset[str] = frozenset()) -> list[str]:
    """What would not be understood when it is read aloud; `people`: words of the community's own (names, addresses),
    which are the same in every language."""
    found = []
    for one in told:
        who = f"{one.role} “{one.name}”{f' → {one.where}' if one.where else ''}"
        if not one.name:
            found += [] if one.role in NAMED_ANYHOW else [f"{who}: has no name"]
            continue
        if MACHINE.search(one.name):
            found.append(f"{who}: is a machine's word")
        if not HAN.search(one.name) and not re.search(r"[A-Za-z0-9]", one.name):
            found.append(f"{who}: is no word")
        found += [f"{who}: {what}" for what in _foreign(one, people)]
    return [*found, *_alike(told)]


def _foreign(one: Said, people: frozenset[str]) -> list[str]:
    """Words of another language than the one it is said in."""
    words = one.name
    for name in sorted(people, key=len, reverse=True):
        words = words.replace(name, " ")
    if one.lang.startswith("zh"):
        wrong = set(LATIN_WORD.findall(words)) - LATIN_ALLOWED
        return [f"speaks of {sorted(wrong)} in Chinese"] if wrong else []
    return ["speaks Chinese in English"] if HAN.search(words) else []


def _alike(told: list[Said]) -> list[str]:
    """Links that sound the same and lead to different places."""
    leads: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in told:
        if one.role == "link" and one.name:
            leads[one.name, one.more].add(one.where)
    return [f"link “{name}” leads to {sorted(where)}" for (name, _), where in leads.items() if len(where) > 1]
