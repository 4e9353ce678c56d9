"""Two communities full of planted words, and one person of every kind who tries to read them.

Every text that could leak is a word of its own (`zz` and what it belongs to): whatever an answer holds can be held
against what its reader may know.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from uuid_utils import uuid7

from server import clock, schema, sessions
from server.blobs import Blobs
from server.imports.uploads import Upload, Uploads
from server.journal import Draft, log_id
from server.localtime import local_day
from tests.journal.conftest import Station
from tests.journal.phone import Phone

HERE, BESIDE, ELSEWHERE = "here", "beside", "elsewhere"
"""The grid of whoever tries; another of the same community; one of another community."""
ABSENT = "019a0b1c-0000-7000-8000-00000000ffff"
ROLES = (
    "volunteer",
    "building_leader",
    "grid_worker",
    "grid_leader",
    "station_master",
    "dispatcher",
    "committee_member",
    "dept_handler",
    "supervisor",
    "admin",
)
RESIDENTS, STAFF, WHISTLES, NAMES, TICKETS = "residents", "staff", "whistles", "names", "tickets"


@dataclass(frozen=True)
class Actor:
    """Somebody who tries: a person of the first community in a session for the desk or the field; `role` None is a
    stranger. `gone`: their session has ended; `shut`: it is of a phone that is locked."""

    name: str
    role: str | None
    use: str = "desk"
    gone: bool = False
    elsewhere: bool = False
    shut: bool = False

    @property
    def is_out(self) -> bool:
        """Whether they are to see no more than a stranger."""
        return self.role is None or self.gone or self.shut


ACTORS = (
    Actor("a stranger", None),
    *(Actor(f"{role} at a desk", role) for role in ROLES),
    *(Actor(f"{role} in the field", role, "field") for role in ROLES),
    Actor("a station master signed out", "station_master", gone=True),
    Actor("a worker signed out", "grid_worker", "field", gone=True),
    Actor("a worker whose phone is locked", "grid_worker", "field", shut=True),
    Actor("another community's station master", "station_master", elsewhere=True),
    Actor("another community's worker", "grid_worker", "field", elsewhere=True),
)

FIELD_ROLES = frozenset({"grid_worker", "grid_leader"})
PHONE_ROLES = FIELD_ROLES | {"volunteer"}


def may_know(actor: Actor) -> frozenset[tuple[str, str]]:
    """What somebody may read at all: (where, of whom). Said here once more, apart from the code that is tried."""
    if actor.is_out:
        return frozenset()
    own, sibling = (ELSEWHERE, ELSEWHERE) if actor.elsewhere else (HERE, BESIDE)
    known = set()
    if actor.role in FIELD_ROLES or (actor.role == "station_master" and actor.use == "desk"):
        known |= {(own, RESIDENTS), (own, STAFF)}
    if actor.role == "station_master" and actor.use == "desk":
        known |= {(sibling, RESIDENTS), (sibling, STAFF)}
    if actor.role in {"station_master", "dispatcher"} and actor.use == "desk":
        known |= {(own, TICKETS), (sibling, TICKETS)}
    if actor.role == "admin" and actor.use == "desk":
        known |= {(own, STAFF), (sibling, STAFF)}
    if actor.role == "dispatcher" and actor.use == "desk":
        known |= {(where, whose) for where in (own, sibling) for whose in (WHISTLES, NAMES)}
    # Whoever reads of residents reads what is whistled for them, and of those who work there their names.
    wider = {RESIDENTS: WHISTLES, STAFF: NAMES}
    return frozenset(known | {(where, wider[whose]) for where, whose in known if whose in wider})


@dataclass
class World:
    """What was planted: each word's place and kind, the rows of each grid by the names that addresses give them."""

    station: Station
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[tuple[str, bool], str] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)

    def word(self, where: str, whose: str, what: str) -> str:
        """A new planted word."""
        word = f"zz{where}{what}{len(self.words):03d}zz"
        self.words[word] = (where, whose)
        return word

    def leaked(self, text: str, known: frozenset[tuple[str, str]]) -> list[str]:
        """Planted words in a text that its reader may not know."""
        return [word for word, kind in self.words.items() if kind not in known and word in text]


async def plant(station: Station) -> World:
    """Everything that addresses can name, once in each of three grids."""
    world = World(station)
    first = await station.add("community", "community.added", {"name": "榆桥社区"})
    other = await station.add("other", "community.added", {"name": "晨光里社区"})
    for where, community, sort in ((HERE, first, 3), (BESIDE, first, 4), (ELSEWHERE, other, 1)):
        grid = await station.add(where, "grid.added", {"community": community, "name": f"{where}网格", "sort": sort})
        world.rows[where] = {"grid": grid, "community": community}
    for role in ROLES:
        grids = [world.rows[HERE]["grid"]] if role not in {"admin", "supervisor"} else []
        if role == "station_master":
            grids.append(world.rows[BESIDE]["grid"])
        body = {"name": f"{role}甲", "role": role, "community": first, "grids": grids}
        world.people[role, False] = await station.add(role, "person.added", body)
        if role == "station_master":
            station.ids["master"] = station.ids[role]
    for role in ("station_master", "grid_worker", "grid_leader"):
        name = world.word(ELSEWHERE, STAFF, role[:4])
        body = {"name": name, "role": role, "community": other, "grids": [world.rows[ELSEWHERE]["grid"]]}
        world.people[role, True] = await station.add(name, "person.added", body)
    also = {"name": "另一位督导", "role": "supervisor", "community": first, "grids": []}
    await station.add("another supervisor", "person.added", also)
    for where, community in ((HERE, first), (ELSEWHERE, other)):
        told = {"on": True, "reason": world.word(where, STAFF, "reason"), "law": world.word(where, STAFF, "law")}
        master = world.people["station_master", where == ELSEWHERE]
        await station.journal.commit([Draft("community.restricted", community, None, master, told)])
    for where in (HERE, BESIDE, ELSEWHERE):
        await _fill(world, where)
        await _staff(world, where)
        await _keep_apart(world, where)
    return world


async def _staff(world: World, where: str) -> None:
    """What is said of people: who stands in, who is to be let in again, and a record that the district opened."""
    station, rows, far = world.station, world.rows[where], where == ELSEWHERE
    master, leader, worker = (world.people[f"{role}", far] for role in ("station_master", "grid_leader", "grid_worker"))
    rows["meeting"], rows["action"] = str(uuid7()), str(uuid7())
    agreed = world.word(where, STAFF, "agreed")
    held = {"type": "monday", "held_on": "2026-11-16", "decisions": [agreed]}
    given = {"owner": rows["person"], "due": "2026-11-20", "text": agreed, "meeting": rows["meeting"]}
    await station.journal.commit(
        [
            Draft("meeting.held", rows["meeting"], rows["grid"], master, held, id=rows["meeting"]),
            Draft("action.set", rows["action"], rows["grid"], master, given, {"step": []}, id=rows["action"]),
        ]
    )
    rows["stand_in"], rows["recovery"], rows["opening"] = (str(uuid7()) for _ in range(3))
    days = {"from_on": "2027-01-20", "until_on": "2027-01-21"}
    stand_in = {"person": rows["person"], "by": worker, **days}
    note = {"note": world.word(where, STAFF, "handed"), "unsent": 0}
    asked = {"person": master, "reason": "通行密钥丢了"}
    why = {"reason": world.word(where, "nobody", "why")}
    supervisor = station.ids["another supervisor"]
    receipts = await station.journal.commit(
        [
            Draft("person.stood_in", rows["stand_in"], None, master, stand_in, id=rows["stand_in"]),
            Draft("person.handed_over", rows["stand_in"], None, master, note),
            Draft("recovery.asked", rows["recovery"], None, leader, asked, id=rows["recovery"]),
            Draft("record.opened", rows["household"], rows["grid"], supervisor, why, id=rows["opening"]),
        ]
    )
    assert {receipt.outcome for receipt in receipts} == {"accepted"}, receipts


async def _keep_apart(world: World, where: str) -> None:
    """A resident with a restricted tag, and a station master's look at it, still open."""
    station, rows = world.station, world.rows[where]
    master, grid = world.people["station_master", where == ELSEWHERE], rows["grid"]
    told, rows["look"], rows["record"] = str(uuid7()), str(uuid7()), str(uuid7())
    tags = {"resident": rows["resident"], "tags": ["released"]}
    seen = {"household": rows["household"], "why": "other", "words": world.word(where, "nobody", "look")}
    drafts = [
        Draft("resident.restricted", told, grid, master, tags, id=told),
        Draft("restricted.viewed", rows["look"], grid, master, seen, id=rows["look"]),
    ]
    for receipt in await station.journal.commit(drafts):
        assert receipt.outcome == "accepted", receipt
    line = {
        "id": rows["record"],
        "at_ms": clock.now_ms(),
        "person": master,
        "by_name": "站长",
        "role": "station_master",
    }
    line |= {"what": "record", "grid": grid, "household": rows["household"], "why": "other", "searched": False}
    async with station.db.writing() as db:
        words = world.word(where, RESIDENTS, "why")
        await db.execute(insert(schema.access_record), [{**line, "words": words}])


async def _fill(world: World, where: str) -> None:
    station, rows = world.station, world.rows[where]

    def said(what: str) -> str:
        return world.word(where, RESIDENTS, what)

    grid = rows["grid"]
    block = {"quarters": "槐安小区", "name": f"{len(world.words) % 90}幢", "sort": 3}
    rows["building"] = await station.add(f"{where} block", "building.added", block, grid)
    home = {"building": rows["building"], "entrance": "2", "floor": 5, "kind": "home"}
    facts = {"contact": said("contact"), "phone": said("phone"), "note": said("note")}
    rows["household"] = await station.add(
        f"{where} home", "household.added", {**home, "room": "501", "facts": facts}, grid
    )
    person = {"household": rows["household"], "tags": ["elder_alone"]}
    known = {"name": said("name"), "relation": said("kin"), "phone": said("mobile"), "note": said("about")}
    rows["resident"] = await station.add(f"{where} person", "resident.added", {**person, "facts": known}, grid)

    name = world.word(where, NAMES, "worker") if where != HERE else "赵敏"
    worker = {"name": name, "role": "grid_worker", "community": rows["community"], "grids": [grid]}
    rows["person"] = station.ids[f"{where} worker"] = await station.add(f"{where} worker", "person.added", worker)
    phone = await _phone(world, where, rows["person"], grid)
    rows["device"] = phone.device
    looks_in = {"household": rows["household"], "resident": rows["resident"], "carer": rows["person"]}
    pair = {**looks_in, "cadence": "weekly", "reason": "dementia"}
    rows["pair"] = str(uuid7())
    master = world.people["station_master", where == ELSEWHERE]
    await station.commit([Draft("care_pair.formed", rows["pair"], grid, master, pair, id=rows["pair"])])
    photo = b"\xff\xd8" + world.word(where, WHISTLES, "photo").encode()
    rows["sha256"] = Blobs(station.settings.blobs).put(photo)
    blob = {"sha256": rows["sha256"], "type": "image/jpeg", "bytes": len(photo)}
    words: dict[str, Any] = {"text": said("text"), "who_met": said("met"), "companions": [said("with")]}
    words |= {"asks": {"difficulty": said("hard"), "need": said("need")}, "blobs": [blob]}
    visit = phone.visit(rows["household"], **words)
    rows["visit"] = rows["edit"] = visit.header.id
    phone.visit(rows["household"], text=said("again"))
    # A number that two people give differently, a move, and an edit that cannot be understood: all wait for somebody.
    phone.make("household.stated", {"facts": {"phone": said("other")}}, entity=rows["household"])
    phone.make("household.stated", {"facts": {"occupancy": "vacant"}}, entity=rows["household"])
    day = local_day(phone.clock_ms, station.settings.utc_offset_min)
    rows["log"] = log_id(rows["person"], grid, day)
    phone.make("daily_log.sent", {"day": day, "text": said("log"), "blobs": [blob]}, entity=rows["log"])
    asked = {"title": said("order"), "points": [said("point")], "due": "2027-12-31", "households": [rows["household"]]}
    rows["order"] = str(uuid7())
    issued = Draft("order.issued", rows["order"], grid, station["master"], asked, id=rows["order"])
    await station.journal.commit([issued])
    answered: dict[str, Any] = {"household": rows["household"], "points": [{"ok": False, "note": said("found")}]}
    answered |= {"blobs": [blob], "occurred_at_ms": phone.clock_ms}
    rows["answer"] = phone.make("order.answered", answered, entity=rows["order"]).header.id
    found = {"pair": rows["pair"], "state": "urgent", "occurred_at_ms": phone.clock_ms, "text": said("found")}
    rows["check"] = phone.make("care_check.made", {**found, "blobs": [blob]}).header.id
    need = {"kind": "need", "text": said("ask"), "occurred_at_ms": phone.clock_ms, "household": rows["household"]}
    rows["item"] = phone.make("item.raised", {**need, "source_visit": rows["visit"], "blobs": [blob]}).header.id
    heard = {
        "title": "飞线",
        "text": world.word(where, WHISTLES, "whistle"),
        "occurred_at_ms": phone.clock_ms,
        "blobs": [blob],
    }
    rows["whistle"] = phone.make("whistle.raised", {**heard, "household": rows["household"]}).header.id
    phone.make("note.unheard_of", {"text": said("aside"), "household": rows["household"]})
    reply = await phone.exchange()
    rows["position"] = str(reply["outcomes"][-1]["position"])
    rows["key"] = f"fact.{grid}.{rows['household']}.phone"
    rows["aside"] = f"aside.{grid}.{rows['position']}"
    shown = {"text": said("report"), "blobs": [blob], "building": rows["building"], "occurred_at_ms": station.now_ms}
    rows["report"] = str(uuid7())
    await station.commit([Draft("report.made", rows["report"], None, rows["person"], shown, id=rows["report"])])
    called: dict[str, Any] = {"ticket": f"HL-{len(world.words)}", "community": rows["community"], "title": "停水"}
    called |= {"text": world.word(where, TICKETS, "ticket"), "occurred_at_ms": station.now_ms}
    rows["ticket"] = str(uuid7())
    called |= {"caller": world.word(where, "nobody", "caller")}
    draft = Draft("hotline_ticket.received", rows["ticket"], None, rows["person"], called, id=rows["ticket"])
    await station.commit([draft])
    passkey = {
        "person": rows["person"],
        "credential": "AAAA",
        "public_key": "AAAA",
        "label": world.word(where, "nobody", "key"),
    }
    rows["passkey"] = await station.add(f"{where} passkey", "passkey.added", passkey)
    rows["upload"] = str(uuid7())
    now = clock.now_ms()
    upload = Upload(rows["upload"], rows["community"], rows["person"], "甲", f"{said('file')}.xlsx", grid, now, now)
    Uploads(station.settings.data).create(upload, b"a ledger")
    world.phones[where] = phone


async def _phone(world: World, where: str, person: str, grid: str) -> Phone:
    station = world.station
    phone = Phone(person, grid, station.http, clock_ms=station.now_ms)
    label = world.word(where, STAFF, "phone")
    body = {"person": person, "public_key": phone.public_key, "label": label}
    await station.journal.commit([Draft("device.enrolled", phone.device, None, person, body, id=phone.device)])
    phone.nonce = station.journal.new_nonce(phone.device)
    return phone


async def cookie_of(world: World, actor: Actor) -> dict[str, str]:
    """What the actor's browser shows."""
    if actor.role is None:
        return {}
    station, person = world.station, world.people[actor.role, actor.elsewhere]
    async with station.db.writing() as db:
        use: Any = actor.use
        opener = sessions.hashed("what the phone's vault holds") if actor.shut else None
        token = await sessions.begin(db, person, clock.now_ms(), "tests", use=use, verified=True, opener=opener)
        if actor.gone:
            await sessions.end(db, person, [sessions.hashed(token)])
    return {sessions.cookie_name(station.settings): token}


def copy_folder(source: Path, target: Path) -> None:
    """The world once more, to be tried by somebody else."""
    shutil.copytree(source, target, dirs_exist_ok=True)
