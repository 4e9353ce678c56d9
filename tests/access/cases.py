"""Every way into the server as requests: each line of the access table, spelled out with rows that are the reader's
own, those of others, and none at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from server.access import TABLE
from tests.access.world import ABSENT, BESIDE, ELSEWHERE, HERE

WHOSE = (HERE, BESIDE, ELSEWHERE, "absent", "nonsense")
NONSENSE = "%2e%2e%2f'\"<zz>"

NAMES: dict[str, Mapping[str, str]] = {
    "/desk/imports/": {"id": "upload"},
    "/desk/me/passkeys/": {"id": "passkey"},
    "/desk/conflicts/decisions/": {"edit": "edit"},
    "/desk/people/": {"key": "passkey"},
    "/desk/stand-ins/": {"id": "stand_in"},
    "/desk/recoveries/": {"id": "recovery"},
    "/desk/records/": {"id": "opening"},
    "/desk/trail/": {"entity": "visit"},
    "/desk/logs/": {"log": "log"},
    "/desk/orders/": {"order": "order"},
    "/field/orders/": {"order": "order"},
    "/desk/meetings/": {"id": "meeting"},
    "/desk/actions/": {"action": "action"},
    "/field/actions/": {"action": "action"},
    "/desk/care/": {"pair": "pair"},
    "/desk/items/": {"item": "item"},
    "/field/items/": {"item": "item"},
    "/desk/reports/": {"report": "report"},
    "/desk/whistles/": {"whistle": "whistle"},
    "/desk/hotline/": {"ticket": "ticket"},
    "/field/whistles/": {"whistle": "whistle"},
    "/elder/": {"report": "report", "check": "report", "pair": "report", "task": "report"},
}
"""What a placeholder stands for where its own name does not say it, by the beginning of the address."""
ROWS = frozenset(
    {
        "grid",
        "visit",
        "household",
        "building",
        "resident",
        "device",
        "edit",
        "key",
        "sha256",
        "person",
        "look",
        "record",
    }
)
FREE = {
    "token": "notatokenofours",
    "path:path": "css/base.css",
    "rest:path": "nowhere",
    "snapshot": ABSENT,
    "part:int": "0",
    "link": "0" * 64,
    "session": "0" * 64,
    "at_ms": "1",
    "kind": "monday",
    "log": ABSENT,
    "robot": "r000000000000000",
    "code": "23456789abcd",
    "receipt": "123451234512345",
    "number": "HL-0",
}
"""Placeholders that name no row of this world: whose links, sessions and downloads open for whom is held by
tests/join/test_four_digits.py and tests/journal/test_pull.py."""

MORE: dict[str, tuple[str, ...]] = {
    "/desk/visits": (
        "open={grid}.{visit}",
        "grid={grid}",
        "worker={person}",
        "q=zz",
        "open={visit}&span=month",
        "building={building}",
        "unread=yes&open={grid}.{visit}",
    ),
    "/desk/visits/earlier": ("before=9999999999999.{visit}", "grid={grid}&before=9999999999999.{visit}"),
    "/desk/visits/arrivals": ("since=0", "since=0&grid={grid}"),
    "/desk/pictures": ("grid={grid}", "grid={grid}&back=1"),
    "/desk/pictures/whistles": ("grid={grid}&category=W01", "community={community}&from=2026-01"),
    "/desk/pictures/whistles/cases": (
        "of=raised&grid={grid}",
        "of=raised&building={building}&community={community}",
        "of=given&department={person}",
        "of=state&state=reported&page=2",
    ),
    "/desk/packs/{kind}": ("grid={grid}", "grid={grid}&on=2026-11-16"),
    "/desk/meetings": ("grid={grid}",),
    "/desk/logs": ("open={grid}.{log}",),
    "/desk/orders": ("open={grid}.{order}",),
    "/field/orders/{order}": ("door={household}",),
    "/desk/items": ("building={building}", "kind=need&state=all&building={building}"),
    "/field/whistles/new": ("household={household}", "visit={visit}&item={item}"),
    "/field/mediations/new": ("household={household}",),
    "/desk/boards": ("grid={grid}",),
    "/desk/conflicts": ("open={key}", "open={aside}", "told=changed&decided={edit}", "beside={edit}"),
    "/desk/phones": ("changed={device}", "met={device}"),
    "/desk/people": ("added={person}", "grid={grid}", "q=zz"),
    "/desk/recoveries": ("person={person}",),
    "/desk/records": ("grid={grid}",),
    "/desk/grids": ("done=assigned&grid={grid}&came={person}",),
    "/desk/exports": ("what=registry",),
    "/desk/trail/{entity}": ("fact=phone",),
    "/desk/restricted/{grid}/{household}": ("over=1",),
    "/desk/households/{grid}/{household}/record/{record}": ("look={look}",),
    "/blobs/{sha256}": (
        *("visit={visit}", "aside={position}", "report={report}", "whistle={whistle}"),
        *("check={check}", "answer={answer}", "item={item}", "log={log}"),
    ),
    "/elder/sent": ("of={report}", "of={visit}"),
    "/field/": ("saved={visit}",),
    "/field/doors": ("q=zz", "building={building}", "show=all&q=501"),
    "/field/doors/found": ("q=zz", "q=501&to=visit"),
    "/field/visits/new": ("q=zz", "building={building}"),
    "/field/households/new": ("building={building}",),
    "/field/households/{household}": ("saved={visit}", "undo={edit}"),
    "/field/households/{household}/facts": ("field=phone", "undo={edit}&field=phone"),
    "/field/residents/{resident}/facts": ("field=phone", "tag=elder_alone"),
}
"""Questions in the address that name rows too."""

FORM = {
    "id": ABSENT,
    "person": "{person}",
    "grid": "{grid}",
    "grids": "{grid}",
    "to": "{grid}",
    "people": "{person}",
    "shown": "{person}",
    "building": "{building}",
    "household": "{household}",
    "name": "新来的",
    "role": "grid_worker",
    "mode": "door",
    "result": "met",
    "text": "门口说了几句",
    "choice": "0",
    "seen": "0",
    "over": "{edit}",
    "field": "phone",
    "phone": "000-0000-0009",
    "label": "钥匙",
    "session": "{device}",
    "by": "{person}",
    "buildings": "{building}",
    "from_on": "2027-01-15",
    "until_on": "2027-01-16",
    "note": "钥匙在门卫",
    "door": "501",
    "reason": "信访",
    "community": "新社区",
    "master": "新站长",
    "on": "yes",
    "law": "一部法律",
    "why": "other",
    "words": "看一眼",
    "what": "visits",
    "format": "csv",
    "columns": "day",
    "first": "2026-01-01",
    "last": "2027-12-31",
    "tags": "released",
    "ask": "need",
    "hours": "8-10",
    "drop": "building",
    "home": "{household}",
    "title": "看灭火器",
    "points": "在不在",
    "due": "2027-12-31",
    "quick": "well",
    "type": "monday",
    "held_on": "2026-11-16",
    "text_0": "东门路灯",
    "owner_0": "{person}",
    "due_0": "2026-11-20",
    "owner": "{person}",
    "carer": "{person}",
    "resident": "{resident}",
    "cadence": "weekly",
    "major": "yes",
    "state": "ok",
    "size": "2",
    "day": "2026-12-30",
    "works": "no",
    "from_1": "08:30",
    "until_1": "12:00",
    "category": "W01",
    "urgency": "normal",
    "amount": "3",
    "unit": "day",
    "rating": "not",
    "place": "{grid}",
    "message": "王阿姨 09:12\n楼道灯不亮",
    "since": "2026-01-01",
}
"""A form with something for every question that any page asks."""


class Way(NamedTuple):
    """How the answer is asked for."""

    headers: Mapping[str, str]


PAGE = Way({"Accept": "text/html"})
PIECE = Way({"Accept": "text/html", "HX-Request": "true", "HX-Request-Type": "partial"})
PROGRAM = Way({"Accept": "application/json"})
WAYS = (PAGE, PIECE, PROGRAM)


@dataclass(frozen=True)
class Case:
    """One request; `whose` rows it names, None when it names none."""

    verb: str
    route: str
    address: str
    whose: str | None
    form: Mapping[str, str] | None
    way: Way


def cases(rows: Mapping[str, Mapping[str, str]]) -> Iterator[Case]:
    """All of them, what changes something last."""
    table = sorted(TABLE, key=lambda line: (line[0] != "GET", line))
    for verb, route in table:
        if route == "/desk/live" or verb == "PUT":
            continue  # a line that stays open and a device's own bytes: tried apart
        for whose in WHOSE:
            named = _named(rows, whose)
            for address in _addresses(route, verb, named):
                form = None if verb == "GET" else {name: _filled(value, named) for name, value in FORM.items()}
                told = whose if "{" in route or "?" in address or verb != "GET" else None
                if told is None and whose != HERE:
                    continue
                for way in WAYS if verb == "GET" else WAYS[:1]:
                    yield Case(verb, route, address, told, form, way)


def _named(rows: Mapping[str, Mapping[str, str]], whose: str) -> dict[str, str]:
    if whose in rows:
        return dict(rows[whose])
    known = rows[HERE]
    nothing = ABSENT if whose == "absent" else NONSENSE
    return {**dict.fromkeys(known, nothing), "sha256": "A" * 43, "key": f"fact.{nothing}.{nothing}.phone"}


def _addresses(route: str, verb: str, named: Mapping[str, str]) -> Iterator[str]:
    address = re.sub(r"\{([^}]+)\}", lambda found: _value(route, found.group(1), named), route)
    yield address
    if verb == "GET":
        yield from (f"{address}?{_filled(more, named)}" for more in MORE.get(route, ()))


def _filled(text: str, named: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: named[found.group(1)], text)


def _value(route: str, name: str, named: Mapping[str, str]) -> str:
    """What stands for a placeholder. A new one must say here which row it names."""
    for beginning, own in NAMES.items():
        if route.startswith(beginning) and name in own:
            return named[own[name]]
    if name in FREE:
        return FREE[name]
    assert name in ROWS, f"{route}: which row does {{{name}}} name? tests/access/cases.py must know"
    return named[name]
