"""One schedule while it is played: its clock, its phones, its servers, and who still owes whom which edit."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random
from typing import ClassVar

from server.journal import Draft
from server.journal.copying import Part, head_of, take_out
from server.journal.restoring import restore
from server.journal.sql import Store as Sql
from simulator.download import Reply
from simulator.entropy import new_id
from simulator.ground import BEGUN_MS, UTC_OFFSET_MIN, Ground, Person
from simulator.holding import Ledger
from simulator.link import Link
from simulator.making import public_key
from simulator.phone import Phone
from simulator.plan import Plan
from simulator.station import Process, Unreachable
from simulator.store import Chain, Record, Store
from simulator.street import Street
from simulator.tape import Tape
from simulator.use import Use
from simulator.witness import mistaken, turned

NO_BACKUP = {"backed_up_through": -1}
KEYLESS = 0.2
"""In so many schedules the log's key is out of reach now and then: edits are taken, and nothing is said of them."""
QUIET = ("edits", "desk", "schedules", "phones")


class Violation(AssertionError):
    """Something that must never be."""


@dataclass(eq=False)
class Backup:
    """The journal as it was shipped away, and how much of it that was."""

    parts: list[Part]
    log: str
    size: int


@dataclass
class World:
    """The state of one schedule. `saved` is every edit somebody was told is kept; `excused` those of them that no
    machine holds any more through no fault of ours; `unheld` those that no phone holds any more."""

    street: Street
    plan: Plan
    counts: Counter[str] = field(default_factory=Counter)
    now_ms: int = BEGUN_MS
    phones: list[Phone] = field(default_factory=list)
    saved: dict[str, Record | None] = field(default_factory=dict)
    receipts: dict[str, dict[str, tuple[int, str, str]]] = field(default_factory=dict)
    ever: dict[int, set[str]] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)
    unheld: set[str] = field(default_factory=set)
    backups: list[Backup] = field(default_factory=list)
    copies: dict[int, list[tuple[Store, set[str]]]] = field(default_factory=dict)
    desk: list[list[Draft]] = field(default_factory=list)
    keys: int = 0
    taped: bool = False
    tapes: list[Tape] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    newest: ClassVar[World | None] = None
    """The one that was played last."""

    def __post_init__(self) -> None:
        World.newest = self
        self.people = [replace(person) for person in self.street.ground.people]
        self.dice = Random(f"server {self.plan.seed}")
        self.processes = self.street.processes[: self.plan.processes]
        self.link = Link(self.processes, self.count)
        self._signer = Random(f"signer {self.plan.seed}")
        self.keyless = self._signer.random() < KEYLESS
        self._out = Use()
        self._safe: list[Backup] | None = None

    @property
    def ground(self) -> Ground:
        """What was there before."""
        return self.street.ground

    def count(self, what: str) -> None:
        """It happened once more."""
        self.counts[what] += 1
        if what not in QUIET:
            self.tell(what.replace("_", " "))

    def tell(self, what: str) -> None:
        """One line of the story."""
        self.story.append(what)

    # ------------------------------------------------------------ servers

    async def start(self) -> None:
        """The ground, the processes, the phones."""
        self.street.disk.replace(self.ground.file)
        self.street.disk.writer = None
        for process in self.processes:
            process.power.told, process.keyless = self.count, self._keyless
            await process.start()
        dice = Random(f"phones {self.plan.seed}")
        for number in range(self.plan.phones):
            # Whoever has few neighbours on the same doors never differs with anyone.
            person = dice.choice(self.ground.people[:5] if dice.random() < 0.7 else self.ground.people)
            self.phones.append(Phone(number, self, self.fresh(person.id), old=dice.random() < 0.2))
            self.ever[number] = set()
        await self.enrol([phone.store for phone in self.phones])
        for phone in self.phones if self.taped else ():
            phone.old, phone.tape = False, Tape(phone.store.copy(), self.street.log_keys)
            self.tapes.append(phone.tape)

    def _keyless(self) -> bool:
        """Whether the log's key is out of reach at this moment: in some schedules, every other time."""
        if not self.keyless or self._signer.random() < 0.5:
            return False
        self.count("unsigned")
        return True

    async def stop(self) -> None:
        """Every process ends."""
        for process in self.processes:
            if process.opened:
                await process.kill()

    async def revive(self) -> None:
        """Processes that died are cleared away and started again."""
        for process in self.processes:
            if not process.power.alive:
                await process.kill()
                await process.start()

    def calm(self) -> None:
        """No fault waits for any process."""
        for process in self.processes:
            process.power.fault = None

    async def surely(self) -> Process:
        """A process that answers."""
        self.calm()
        await self.revive()
        return self.processes[0]

    async def quiet(self) -> None:
        """Until no server is writing: each says by itself what the log holds."""
        while self.street.disk.writer is not None:  # noqa: ASYNC110 -- a turn here is what a thread does in production
            await asyncio.sleep(0)

    def back_up(self, off_server: bool) -> None:
        """The journal is shipped away, and phones are told how far when that is off the server's own disk."""
        with self.reading() as sql:
            log, size = head_of(sql)
            held = next((each for each in reversed(self.backups) if each.log == log), Backup([], log, 0))
            parts = list(held.parts)
            reached = held.size
            while part := take_out(sql, reached, parts[-1].received_ms if parts else 0, self.now_ms):
                parts.append(part)
                reached += part.count
            if off_server:
                sql.run("UPDATE journal_head SET backed_up_through = $1", reached - 1)
        self.backups.append(Backup(parts, log, size))

    @contextmanager
    def reading(self) -> Iterator[Sql]:
        """The database as it is committed now."""
        yield Sql(self.street.disk.looking())

    def journaled(self) -> dict[str, str]:
        """The ids of all edits with the device that made each."""
        with self.reading() as sql:
            return {row[0]: row[1] for row in sql.rows("SELECT id, device FROM journal")}

    def out_of_use(self) -> set[str]:
        """The devices that are out of use now."""
        with self.reading() as sql:
            since = "SELECT kind, entity, body, outcome FROM journal WHERE position >= $1 ORDER BY position"
            rows = sql.rows(since, self._out.size)
        for kind, entity, body, outcome in rows:
            self._out.size += 1
            if outcome == "accepted":
                self._out.hear(kind, entity, bytes(body))
        return self._out.out

    def promised(self) -> list[Backup]:
        """The backups that hold what phones were told is safe: by this server, or by the one before, from one of whose
        backups it was restored."""
        with self.reading() as sql:
            row = sql.row("SELECT backed_up_through FROM journal_head")
            log, _ = head_of(sql)
        assert row is not None
        if row[0] >= 0:
            self._safe = [each for each in self.backups if each.log == log and each.size > row[0]]
        elif self._safe is not None:
            own = [each for each in self.backups if each.log == log and each not in self._safe]
            return [*self._safe, *own]
        return self.backups if self._safe is None else self._safe

    async def restore(self, backup: Backup, *, against_advice: bool = False) -> None:
        """A server made of a backup takes the place of today's, under a new log. What no phone holds any more is
        excused; `against_advice`, also what phones let go of because a newer backup held it."""
        self.promised()
        before = self.journaled()
        with self.reading() as sql:
            own = {row[0] for row in sql.rows("SELECT id FROM device WHERE kind = 'server'")}
        await self.stop()
        self.street.disk.replace(self.ground.empty)
        self.street.disk.writer = None
        with self.reading() as sql:
            sql.run("BEGIN IMMEDIATE")
            restored = restore(sql, backup.parts, UTC_OFFSET_MIN)
            sql.run("COMMIT")
        if restored.trouble:
            raise Violation(f"the backup is no journal: {restored.trouble[:3]}")
        forgotten = before.keys() - self.journaled().keys()
        if against_advice:
            self.excused |= forgotten - {each.id for phone in self.phones for each in phone.store.edits.values()}
        at_the_desk = {id_ for id_ in forgotten if before[id_] in own}
        self.excused |= forgotten & self.unheld | at_the_desk
        self.know_people()
        self._out = Use()
        for process in self.processes:
            await process.start()

    def know_people(self) -> None:
        """Who looks after which grids now."""
        with self.reading() as sql:
            grids = {row[0]: json.loads(row[1]) for row in sql.rows("SELECT id, grids FROM person")}
        for person in self.people:
            person.grids = grids[person.id]

    # ------------------------------------------------------------ phones

    def person(self, id_: str) -> Person:
        """Who this is."""
        return next(person for person in self.people if person.id == id_)

    def fresh(self, person: str) -> Store:
        """An empty store with a key of its own."""
        self.keys += 1
        known = {"round": 0, "nonce": "", "log": "", "size": 0, "offset_ms": 0, "acked": 0, "acked_hash": None}
        known["revoked"] = False
        return Store(person, self.keys, Chain(new_id(self.now_ms, self.dice), 0, None), {**known, **NO_BACKUP})

    async def enrol(self, stores: list[Store]) -> None:
        """The server learns the keys of devices, new ones or those that it has forgotten."""
        process = await self.surely()
        drafts = []
        for store in stores:
            body = {"person": store.person, "public_key": public_key(store.key), "label": "手机"}
            id_ = new_id(self.now_ms, self.dice)
            drafts.append(Draft("device.enrolled", store.chain.device, None, store.person, body, id=id_))
        receipts = await process.do(process.journal.commit(drafts))
        if any(receipt.outcome != "accepted" for receipt in receipts):
            raise Violation(f"a phone was not enrolled: {receipts}")
        log, size = await process.do(process.journal.log_and_size())
        for store in stores:
            store.sync = {**store.sync, "nonce": process.journal.new_nonce(store.chain.device)}
            if not store.sync["log"]:
                store.sync |= {"log": log, "size": size}

    async def synchronise(
        self, phone: Phone, weather: dict[int, str], process: int, dice: Random, dies: int | None
    ) -> str:
        """One phone exchanges. One that the server has forgotten is enrolled again by its person."""
        await self.take_up(phone)
        word = await phone.synchronise(weather, process, dice, dies)
        self.tell(f"phone {phone.number} exchanged: {word}")
        if word == "unknown_device":
            self.count("enrolled_again")
            await self.enrol([phone.store])
            if phone.tape:
                phone.tape.corrected(phone.store)
        return word

    def heard(self, phone: Phone, reply: Reply, sent: list[Record]) -> None:
        """What one answer must be true to."""
        person = self.person(phone.store.person)
        out = phone.store.chain.device in self.out_of_use()
        if reply.revoked != out:
            raise Violation(f"phone {phone.number} was told {'nothing' if out else 'wrongly'} of being out of use")
        may = set() if out else {f"person:{person.id}", *(f"grid:{grid}" for grid in person.grids)}
        told = {row.scope for row in reply.rows} | {scope["scope"] for scope in reply.scopes}
        if not told <= may:
            raise Violation(f"phone {phone.number} was shown {sorted(told - may)}")
        if [each["hash"] for each in reply.outcomes] != [edit.hash for edit in sent]:
            raise Violation(f"phone {phone.number}: receipts for other edits than it sent")
        for outcome, edit in zip(reply.outcomes, sent, strict=True):
            receipt = (outcome["position"], outcome["hash"], outcome["outcome"])
            kept = self.receipts.setdefault(reply.log, {}).setdefault(f"{edit.device} {edit.n} {edit.hash}", receipt)
            if kept != receipt:
                raise Violation(f"edit {edit.id} had the receipt {kept}, then {receipt}")

    def learned(self, phone: Phone, before: Ledger | None, after: Ledger) -> None:
        """What a phone makes of the server's word on the log must be right."""
        if (turn := turned(before, after)) is None:
            return
        with self.reading() as sql:
            wrong = mistaken(sql, before, after)
        if wrong:
            raise Violation(f"phone {phone.number} {wrong}")
        self.count(turn)

    def lose(self, phone: Phone, left: set[str]) -> None:
        """A phone's store is gone, or was put back to what it held before."""
        others = set().union(*(self.ever[other.number] for other in self.phones if other is not phone))
        lost = self.ever[phone.number] - left - others
        self.ever[phone.number] = set(left)
        self.unheld |= lost
        self.excused |= lost - self.journaled().keys()

    def emptied(self, phone: Phone) -> None:
        """A phone that is out of use empties itself: the journal must have all that was ever said on it."""
        missing = self.ever[phone.number] - self.journaled().keys() - self.excused
        if missing:
            raise Violation(f"phone {phone.number} emptied itself, and the journal lacks {sorted(missing)[:3]}")
        self.lose(phone, set())
        phone.store = self.fresh(phone.store.person)
        self.count("emptied")

    async def take_up(self, phone: Phone) -> None:
        """Whoever goes on with a phone that emptied itself enrols it first: it is another device."""
        if not phone.enrolled:
            await self.enrol([phone.store])

    # ------------------------------------------------------------ the desk

    async def commit(self, drafts: list[Draft], process: Process) -> None:
        """Somebody at the desk saves; when the page breaks they save again later."""
        try:
            receipts = await process.do(process.journal.commit(drafts))
            self.tell(f"the desk wrote {', '.join(draft.kind for draft in drafts)}")
        except (Unreachable, sqlite3.OperationalError):
            self.desk.append(drafts)
            return
        for receipt in receipts:
            self.saved[receipt.id] = None
