"""Before anything is written: the journal is begun if it is new, and the tables are those that our rules fold to."""

from __future__ import annotations

from dataclasses import dataclass

from uuid_utils import uuid7

from server import clock
from server.journal.batch import Batch
from server.journal.drafts import Draft
from server.journal.refold import Rebuilt, rebuild
from server.journal.replay import Progress, silent
from server.journal.sql import Store
from sync.edit import NOBODY
from sync.rules import RULES_VERSION

NO_RULES = 0
NOT_BACKED_UP = -1


class NewerRules(Exception):
    """The tables were folded by a newer Sifang; this one would fold them wrongly."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"This database was written by a newer Sifang (rules {version}, here {RULES_VERSION}): start that one. "
            f"这个数据库是新版四访写的（规则 {version}，这里是 {RULES_VERSION}），请用新版启动。"
        )


class Moved(Exception):
    """The installation lives in another database now."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"This installation was moved to {place}: set SIFANG_DATABASE_URL. "
            f"数据已经搬到 {place}，请设置 SIFANG_DATABASE_URL。"
        )


@dataclass(frozen=True)
class Begun:
    """What beginning did. `rebuilt`: tables that older rules had folded were folded anew."""

    rebuilt: Rebuilt | None = None


def begin(store: Store, utc_offset_min: int, progress: Progress = silent) -> Begun:
    """Inside a writing transaction. Raises NewerRules, Moved."""
    add_head(store, str(uuid7()), 0, clock.now_ms())
    row = store.row(f"SELECT size, rules, moved_to FROM journal_head WHERE id = 1{lock_of(store)}")
    assert row is not None
    size, rules, moved_to = row
    if moved_to is not None:
        raise Moved(moved_to)
    if rules > RULES_VERSION:
        raise NewerRules(rules)
    if store.row("SELECT id FROM device WHERE kind = 'server'") is None:
        add_server(store, clock.now_ms())
    if rules == RULES_VERSION:
        return Begun()
    rebuilt = rebuild(store, utc_offset_min, progress=progress) if size else None
    mark_rules(store, utc_offset_min)
    return Begun(rebuilt)


def lock_of(store: Store) -> str:
    """What makes a SELECT of the head wait for whoever writes. SQLite's writing transactions wait as they begin."""
    return "" if store.sqlite else " FOR UPDATE"


def add_head(store: Store, log: str, size: int, received_ms: int) -> None:
    """The head of a journal, unless it has one."""
    columns = "id, log, size, received_ms, rules, backed_up_through"
    head = f"INSERT INTO journal_head ({columns}) VALUES (1, $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
    store.run(head, log, size, received_ms, NO_RULES, NOT_BACKED_UP)


def add_server(store: Store, enrolled_ms: int) -> None:
    """A device of the server's own: the newest of them makes its edits."""
    columns = "id, label, kind, n, nonce_floor_ms, enrolled_ms, last_seen_ms, unsent"
    insert = f"INSERT INTO device ({columns}) VALUES ($1, 'server', 'server', 0, 0, $2, 0, 0)"
    store.run(insert, str(uuid7()), enrolled_ms)


def mark_rules(store: Store, utc_offset_min: int) -> None:
    """Journal that our rules decide from here on; the tables are theirs already."""
    say(store, utc_offset_min, "rules.version", {"version": RULES_VERSION})
    store.run("UPDATE journal_head SET rules = $1 WHERE id = 1", RULES_VERSION)


def say(store: Store, utc_offset_min: int, kind: str, body: dict[str, object]) -> None:
    """Journal an edit that nobody made but the server itself."""
    batch = Batch(store, clock.now_ms(), utc_offset_min)
    (receipt,) = batch.commit([Draft(kind, str(uuid7()), None, NOBODY, body)])
    assert receipt.outcome == "accepted", receipt
    batch.write()
