"""The tables: what the journal keeps as made, and what its edits fold to.

Portable between SQLite and PostgreSQL. Times are integer milliseconds UTC, ids are UUIDv7 text, hashes of the
journal are 32 raw bytes. Columns named in `JSON_COLUMNS` hold JSON text (objects and lists), never null.
Where rows belong to a grid their primary key leads with it, so that a distributed engine can place them. On SQLite they
keep their rowid all the same: without it a tree holds whole rows at every level, and rows of a kilobyte make it deep.

Only `server/journal` writes the domain tables; `session`, `join_link`, `join_code`, `join_meeting`, `passkey_use`,
`used_challenge`, `access_record` and `hook_message` belong to `sessions`, `join`, `passkeys`, `looked` and `hooks`.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _ms(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


def _said_by() -> tuple[Column[Any], ...]:
    """Why, by whom (a name), when: of what the last word says."""
    said = (Column("reason", Text, nullable=False), Column("by_name", Text, nullable=False), _ms("said_ms"))
    return (*said, Column("rev", BigInteger, nullable=False))


# ---------------------------------------------------------------- the journal

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1: the row every writer locks
    Column("log", Text, nullable=False),
    Column("size", BigInteger, nullable=False),  # number of edits; the next one gets this position
    _ms("received_ms"),  # receipt of the last edit; the next one is never earlier
    Column("rules", Integer, nullable=False),  # the version of the rules that the tables are folded by
    Column("backed_up_through", BigInteger, nullable=False),  # verified off the server's own disk; −1: nothing
    Column("moved_to", Text),  # where this installation lives now: nothing is written here any more
)

journal = Table(
    "journal",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    _id("id"),
    _id("device"),
    Column("n", BigInteger, nullable=False),
    _id("author"),
    _id("on_behalf_of", nullable=True),
    _id("grid", nullable=True),
    Column("kind", Text, nullable=False),
    _id("entity"),
    _ms("claimed_ms"),
    _ms("effective_ms"),
    _ms("received_ms"),
    Column("outcome", Text, nullable=False),  # accepted | contested | duplicate | quarantined
    Column("reason", Text),
    Column("hash", LargeBinary, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("salt", LargeBinary),  # null, like body, once erased
    Column("body", LargeBinary),
)
Index("ix_journal_id", journal.c.id)
Index(
    "ix_journal_entity",  # what was said of a thing later: the edit that made it bears its id
    journal.c.entity,
    sqlite_where=text("entity <> id"),
    postgresql_where=text("entity <> id"),
)
Index(
    "ix_journal_aside",  # what came and did not take effect: little, and the desk shows all of it
    journal.c.kind,
    sqlite_where=text("outcome = 'quarantined'"),
    postgresql_where=text("outcome = 'quarantined'"),
)
Index(
    "uq_journal_device_n",
    journal.c.device,
    journal.c.n,
    unique=True,
    sqlite_where=text("reason IS NULL OR reason <> 'fork'"),
    postgresql_where=text("reason IS NULL OR reason <> 'fork'"),
)

device = Table(
    "device",
    metadata,
    Column("id", Text, primary_key=True),
    _id("person", nullable=True),  # null for the server's own device
    Column("public_key", LargeBinary),  # raw P-256 point, 65 bytes; null for the server's own device
    Column("label", Text, nullable=False),
    Column("kind", Text, nullable=False),  # phone | server
    Column("n", BigInteger, nullable=False),  # the last edit of its chain that the journal holds
    Column("hash", LargeBinary),
    _ms("nonce_floor_ms"),
    _ms("enrolled_ms"),
    _ms("last_seen_ms"),  # its last exchange that carried edits
    Column("unsent", Integer, nullable=False),  # what it said was still on it, then
    Column("forked_from", Text),
    _ms("revoked_ms", nullable=True),  # since when nothing of it takes effect and it is sent nothing
    _ms("wiped_ms", nullable=True),  # when it said, out of use, that it had emptied itself
    Column("wiped_left", Integer),  # how many things went that were never sent, as it said then
    Column("held_origin", Text),  # the last checkpoint that it found true, as it said when it pushed last
    Column("held_size", BigInteger),
    Column("held_root", Text),
    Column("opener", Text),  # SHA-256 of what lies in its vault: without that it is sent no rows; null: not told yet
)
Index("ix_device_person", device.c.person)

passkey = Table(
    "passkey",
    metadata,
    Column("id", Text, primary_key=True),
    _id("person"),
    Column("credential", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),  # COSE
    Column("label", Text, nullable=False),
    _ms("added_ms"),
    _ms("removed_ms", nullable=True),
    Column("rev", BigInteger, nullable=False),
)
Index("ix_passkey_person", passkey.c.person)
Index("ix_passkey_credential", passkey.c.credential)

# How a phone fares, as it said last; kept by no edit, and begun anew where this database is.
phone_health = Table(
    "phone_health",
    metadata,
    Column("device", Text, primary_key=True),
    _ms("heard_ms"),
    Column("app", Text, nullable=False),  # the version of the app it runs
    Column("unsent", Integer, nullable=False),  # what was still on it after that exchange
    _ms("oldest_ms", nullable=True),  # by its clock: since when the oldest of these waits
    Column("used_bytes", BigInteger),
    Column("quota_bytes", BigInteger),
)

fork = Table(
    "fork",
    metadata,
    _id("device"),
    Column("hash", LargeBinary, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False),
    _id("successor"),
    PrimaryKeyConstraint("device", "hash"),
)

head_statement = Table(
    "head_statement",
    metadata,
    _id("device"),
    Column("n", BigInteger, nullable=False),
    Column("statement", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    _ms("received_ms"),
    PrimaryKeyConstraint("device", "n", "statement"),
)

# The journal as a Merkle log (docs/ledger.md): 256 hashes each, the last of a level as far as there are any.
ledger_tile = Table(
    "ledger_tile",
    metadata,
    Column("level", Integer, nullable=False),  # 0: of leaves; l: each over 256**l leaves
    Column("place", BigInteger, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    PrimaryKeyConstraint("level", "place"),
)

# What was said of the log, as signed: never less than before, and never taken back.
checkpoint = Table(
    "checkpoint",
    metadata,
    Column("log", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("log", "size"),
)

# A phone's word that the log as it is told now does not go on from what it held: both checkpoints, as it sent them.
ledger_doubt = Table(
    "ledger_doubt",
    metadata,
    _id("device"),
    _ms("at_ms"),  # by the phone's clock
    Column("code", Text, nullable=False),
    Column("held", Text, nullable=False),
    Column("told", Text, nullable=False),
    _ms("heard_ms"),
    _ms("settled_ms", nullable=True),  # when a station master had looked
    PrimaryKeyConstraint("device", "at_ms"),
)

# Where the journal was copied to, and how far that copy was read back.
backup = Table(
    "backup",
    metadata,
    Column("target", Text, primary_key=True),  # the folder
    Column("log", Text, nullable=False),
    Column("through", BigInteger, nullable=False),  # the last position read back with matching hashes; −1: none
    Column("off_server", Boolean, nullable=False),  # whether the folder is known not to be on the server's own disk
    _ms("verified_ms"),
)

# What a restored server had forgotten: what its phones say of it, and what they have sent again.
healing = Table(
    "healing",
    metadata,
    _id("log"),  # the log of the restored server
    _id("device"),
    Column("known_n", BigInteger, nullable=False),  # the last edit of its chain that the backup held
    Column("told_n", BigInteger, nullable=False),  # the last one the old server had acknowledged, as the phone says
    Column("came", BigInteger, nullable=False),  # edits made under the old log that have come since
    Column("old_size", BigInteger, nullable=False),  # the old log's size as the phone had seen it
    _ms("first_ms"),
    _ms("last_ms"),
    PrimaryKeyConstraint("log", "device"),
)

# ---------------------------------------------------------------- what edits fold to

community = Table(
    "community",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("street", Text),
    Column("code", Text),
    Column("rev", BigInteger, nullable=False),
    Column("restricted", Boolean, nullable=False),  # whether restricted tags are kept here
    Column("reason", Text),  # why, and by which law
    Column("law", Text),
)

grid = Table(
    "grid",
    metadata,
    Column("id", Text, primary_key=True),
    _id("community"),
    Column("name", Text, nullable=False),
    Column("quarters", Text),
    Column("code", Text),
    Column("sort", Integer, nullable=False),
    Column("rev", BigInteger, nullable=False),
)
Index("ix_grid_community", grid.c.community)

person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    _id("community", nullable=True),
    Column("grids", Text, nullable=False),  # JSON list of grid ids
    Column("rev", BigInteger, nullable=False),
    Column("before", Text, nullable=False),  # JSON [[position, grids until then], …]
    Column("buildings", Text, nullable=False),  # JSON list of building ids
    _id("department", nullable=True),
    _ms("ended_ms", nullable=True),  # since when they are out of use
    Column("lent", Text, nullable=False),  # JSON {stand-in: grids of whom they stand in for}
    Column("covered", Text, nullable=False),  # JSON {stand-in: who stands in for them}
)

department = Table(
    "department",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    _id("community", nullable=True),  # null: the district's
    Column("rev", BigInteger, nullable=False),
)

# Post B for post A, from day to day.
stand_in = Table(
    "stand_in",
    metadata,
    Column("id", Text, primary_key=True),
    _id("person"),  # who is away
    _id("by"),
    Column("from_on", Text, nullable=False),
    Column("until_on", Text, nullable=False),
    Column("said_by", Text, nullable=False),
    _ms("said_ms"),
    _ms("began_ms", nullable=True),
    _ms("ended_ms", nullable=True),
    Column("rev", BigInteger, nullable=False),
    Column("handed", Text, nullable=False),  # JSON [{by, at_ms, note, unsent, last_ms}, …]
)
Index("ix_stand_in_until_on", stand_in.c.until_on)

# Somebody lost every passkey: who asked, who confirmed.
recovery = Table(
    "recovery",
    metadata,
    Column("id", Text, primary_key=True),
    _id("person"),
    Column("reason", Text, nullable=False),
    _id("asked_by"),
    _ms("asked_ms"),
    _id("confirmed_by", nullable=True),
    _ms("confirmed_ms", nullable=True),
    Column("ended_as", Text),  # used | dropped
    _ms("ended_ms", nullable=True),
    Column("rev", BigInteger, nullable=False),
)
Index("ix_recovery_person", recovery.c.person)

# Records that somebody who sees counts alone had shown to them.
opening = Table(
    "opening",
    metadata,
    Column("id", Text, primary_key=True),
    _id("grid"),
    _id("household"),
    _id("person"),
    Column("by_name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    _ms("opened_ms"),
    Column("rev", BigInteger, nullable=False),
)
Index("ix_opening_person", opening.c.person)

building = Table(
    "building",
    metadata,
    _id("grid"),
    _id("id"),
    Column("quarters", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sort", Integer, nullable=False),
    Column("management", Text),  # managed | self | none
    Column("kind", Text, nullable=False),  # block | bungalows | shops
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("grid", "id"),
)

household = Table(
    "household",
    metadata,
    _id("grid"),
    _id("id"),
    _id("building"),
    Column("entrance", Text),
    Column("floor", Integer),  # −1 = basement
    Column("room", Text, nullable=False),
    Column("kind", Text, nullable=False),  # home | shop | basement | bungalow | other
    Column("facts", Text, nullable=False),  # JSON {field: [head, …]}, the shown head first
    Column("contact", Text),  # the shown heads, for queries
    Column("phone", Text),
    Column("occupancy", Text),
    Column("headcount", Integer),
    Column("note", Text),
    Column("contested", Boolean, nullable=False),
    Column("source", Text),  # sha256 of the file it was first imported from
    Column("source_row", Integer),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_household_building", household.c.grid, household.c.building)
Index(
    "ix_household_contested",  # what waits for a decision: little, and every desk page counts it
    household.c.grid,
    sqlite_where=text("contested"),
    postgresql_where=text("contested"),
)

resident = Table(
    "resident",
    metadata,
    _id("grid"),
    _id("id"),
    _id("household"),
    Column("facts", Text, nullable=False),  # JSON {field: [head, …]}, the shown head first
    Column("tags", Text, nullable=False),  # JSON {tag: [edit ids that added it]}
    Column("name", Text),  # the shown heads, for queries
    Column("relation", Text),
    Column("birth_year", Integer),
    Column("phone", Text),
    Column("lives_here", Boolean),
    Column("note", Text),
    Column("contested", Boolean, nullable=False),
    Column("source", Text),
    Column("source_row", Integer),
    Column("rev", BigInteger, nullable=False),
    Column("leaving", Text, nullable=False),  # JSON {tag: [head, …]}: removals that wait for a decision
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_resident_household", resident.c.grid, resident.c.household)
Index(
    "ix_resident_contested",
    resident.c.grid,
    sqlite_where=text("contested"),
    postgresql_where=text("contested"),
)

# What is said at the desk alone and sent to no phone: in a table of its own, so that no reading of residents finds it.
restricted_tag = Table(
    "restricted_tag",
    metadata,
    _id("grid"),
    _id("id"),  # the resident's
    Column("tags", Text, nullable=False),  # JSON list
    Column("by_name", Text, nullable=False),
    _ms("said_ms"),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("grid", "id"),
)

visit = Table(
    "visit",
    metadata,
    _id("grid"),
    _id("id"),
    _id("household"),
    Column("position", BigInteger, nullable=False),  # of the edit that recorded it: order of arrival
    Column("rev", BigInteger, nullable=False),  # of the edit that last changed it
    Column("revision", Integer, nullable=False),  # 1 until corrected
    _id("edit"),  # the revision shown
    _id("author"),
    Column("by_name", Text, nullable=False),  # the name, as it was then, of whoever went
    _id("on_behalf_of", nullable=True),
    _id("device"),
    Column("mode", Text, nullable=False),  # door | weekend | reception | night
    Column("result", Text, nullable=False),  # met | no_answer | refused | inconvenient | vacant | moved
    _ms("occurred_at_ms"),
    _ms("claimed_ms"),  # these three are of the edit that recorded it
    _ms("effective_ms"),
    _ms("received_ms"),
    Column("text", Text),
    Column("who_met", Text),
    Column("companions", Text, nullable=False),  # JSON list of names
    Column("asks", Text, nullable=False),  # JSON {difficulty, need, idea, effect}
    Column("care", Text),  # ok | watch | urgent
    Column("follow_up_on", Text),
    Column("words", Text, nullable=False),  # text, who_met, companions and asks, for LIKE
    Column("source", Text),  # sha256 of the file, when imported
    Column("source_row", Integer),
    _id("grid_then", nullable=True),  # the grid it was recorded in, where the place belongs to another by now
    Column("blobs", Text, nullable=False),  # JSON [{sha256, type, bytes, ms}]: its photos and voice notes
    Column("private", Boolean, nullable=False),  # its words are for the station alone
    Column("entered_by", Text),  # who wrote it down, where it was for somebody else
    Column("kept", Text),  # JSON: its promise was said to be done
    Column("review", Text),  # JSON: who read which telling of it, and what they ask
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_visit_household", visit.c.grid, visit.c.household, visit.c.occurred_at_ms)
Index("ix_visit_occurred", visit.c.grid, visit.c.occurred_at_ms)

# Empty for a visit never corrected; once corrected, every revision of it, the first and the shown one too.
visit_revision = Table(
    "visit_revision",
    metadata,
    _id("grid"),
    _id("visit"),
    Column("revision", Integer, nullable=False),
    _id("edit"),
    _id("author"),
    _id("device"),
    _ms("claimed_ms"),
    _ms("effective_ms"),
    _ms("received_ms"),
    Column("covers", Text, nullable=False),  # JSON list: the revisions (edit ids) it replaces
    Column("body", Text, nullable=False),  # JSON
    Column("shown", Boolean, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("undone", Boolean, nullable=False),
    PrimaryKeyConstraint("grid", "visit", "revision"),
)

# What a worker sent of one day in one grid. Its figures are counted from the day's visits, wherever it is read.
daily_log = Table(
    "daily_log",
    metadata,
    _id("grid"),
    _id("id"),
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    Column("day", Text, nullable=False),  # ISO, local
    Column("state", Text, nullable=False),  # submitted | reviewed | returned | amended
    _id("step"),  # the edit that brought it there
    Column("text", Text),
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    _ms("sent_ms"),
    Column("tellings", Text, nullable=False),  # JSON
    Column("note", Text),  # what is asked of its author
    Column("reviewed_by", Text),
    _ms("reviewed_ms", nullable=True),
    Column("comments", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_daily_log_state", daily_log.c.grid, daily_log.c.state, daily_log.c.day)

# What the station asks to be looked at, at some doors of a grid. That its day has passed is stored nowhere.
verification_order = Table(
    "verification_order",
    metadata,
    _id("grid"),
    _id("id"),
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    Column("title", Text, nullable=False),
    Column("points", Text, nullable=False),  # JSON
    Column("households", Text, nullable=False),  # JSON
    Column("due", Text, nullable=False),  # ISO, local
    Column("state", Text, nullable=False),  # issued | in_progress | reported | redo | confirmed | withdrawn
    _id("step"),  # the edit that brought it there; answers are none
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    _ms("issued_ms"),
    Column("answered", Text, nullable=False),  # JSON: doors of the list that have an answer
    Column("note", Text),  # what is asked again
    Column("stepped_by", Text),
    _ms("stepped_ms", nullable=True),
    Column("comments", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_verification_order_state", verification_order.c.grid, verification_order.c.state, verification_order.c.due)

# What was found at one door of an order. One that names others in `covers` has taken their place; all are kept.
order_answer = Table(
    "order_answer",
    metadata,
    _id("grid"),
    _id("id"),
    _id("verification_order"),
    _id("household"),
    _id("author"),
    Column("by_name", Text, nullable=False),
    Column("points", Text, nullable=False),  # JSON
    Column("covers", Text, nullable=False),  # JSON
    _ms("occurred_at_ms"),
    _ms("received_ms"),
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("blobs", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_order_answer_order", order_answer.c.grid, order_answer.c.verification_order)
Index("ix_order_answer_household", order_answer.c.grid, order_answer.c.household)

# A walk through a grid, between two taps. Where somebody walked is kept nowhere.
patrol = Table(
    "patrol",
    metadata,
    _id("grid"),
    _id("id"),
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    Column("state", Text, nullable=False),  # running | ended
    _id("step"),  # the edit that brought it there
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    _ms("started_ms", nullable=True),
    _ms("ended_ms", nullable=True),
    _ms("start_claimed_ms", nullable=True),  # the phone's own clock, for how long it took
    _ms("end_claimed_ms", nullable=True),
    Column("comments", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_patrol_started", patrol.c.grid, patrol.c.started_ms)

# What was noted on a patrol, or without one.
patrol_note = Table(
    "patrol_note",
    metadata,
    _id("grid"),
    _id("id"),
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    _ms("noted_ms"),
    _ms("received_ms"),
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("what", Text, nullable=False),  # change | problem | demand | dispute | withdrawn
    Column("text", Text),
    _id("building", nullable=True),
    _id("patrol", nullable=True),
    Column("tellings", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_patrol_note_noted", patrol_note.c.grid, patrol_note.c.noted_ms)

# Who looks in on whom, and how often.
care_pair = Table(
    "care_pair",
    metadata,
    _id("grid"),
    _id("id"),
    _id("household"),
    _id("resident", nullable=True),  # null: whoever lives there
    _id("carer"),
    Column("by_name", Text, nullable=False),  # the carer's, as it was then
    Column("cadence", Text, nullable=False),  # weekly | monthly | quarterly
    _ms("formed_ms"),
    Column("formed_by", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),
    _ms("major_ms", nullable=True),  # since when something has changed for them
    _ms("ended_ms", nullable=True),
    Column("ended_by", Text),
    _id("check", nullable=True),  # the newest that stands, what it found, and when
    Column("state", Text),
    _ms("checked_ms", nullable=True),
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_care_pair_household", care_pair.c.grid, care_pair.c.household)

# Why: in a table of its own, so that nothing that is sent to a phone is made of it.
care_reason = Table(
    "care_reason",
    metadata,
    _id("grid"),
    _id("id"),  # the pair's
    Column("reason", Text),  # alone_80 | dementia | illness | alone | disabled | hardship | child | other
    Column("note", Text),  # why it was ended
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("grid", "id"),
)

care_check = Table(
    "care_check",
    metadata,
    _id("grid"),
    _id("id"),
    _id("household"),
    _id("pair"),
    _id("carer"),  # the pair's
    _id("author"),
    Column("by_name", Text, nullable=False),
    Column("state", Text, nullable=False),  # ok | watch | urgent
    Column("way", Text),  # door | phone | met
    Column("text", Text),
    _ms("occurred_at_ms"),
    _ms("effective_ms"),
    _ms("received_ms"),
    Column("rev", BigInteger, nullable=False),
    Column("after_end", Boolean, nullable=False),  # it came when the pair was over
    _ms("undone_ms", nullable=True),
    Column("undone_by", Text),
    Column("blobs", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_care_check_household", care_check.c.grid, care_check.c.household)
Index("ix_care_check_pair", care_check.c.grid, care_check.c.pair, care_check.c.occurred_at_ms)

# What an ask of a visit became, or a mediation begun by itself, and all that was said of it since.
item = Table(
    "item",
    metadata,
    _id("grid"),
    _id("id"),
    Column("kind", Text, nullable=False),  # problem | need | proposal | effect | mediation
    _id("household", nullable=True),
    _id("source_visit", nullable=True),
    _id("about", nullable=True),  # the earlier visit whose promise an effect speaks of
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    Column("text", Text, nullable=False),
    _ms("occurred_at_ms"),
    Column("state", Text, nullable=False),
    _id("step"),  # the edit that brought it there
    Column("rating", Text),  # satisfied | basic | not
    Column("record", Text),  # JSON: a mediation's
    Column("story", Text, nullable=False),  # JSON
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("blobs", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_item_household", item.c.grid, item.c.household)
Index("ix_item_state", item.c.grid, item.c.kind, item.c.state)
Index("ix_item_source_visit", item.c.source_visit)

# A call for help upward: what is wrong, where, who has it, and all that was said of it since.
whistle = Table(
    "whistle",
    metadata,
    _id("grid"),
    _id("id"),
    Column("kind", Text, nullable=False),  # problem | enforcement | emergency
    Column("category", Text),  # W01 … W12; NULL: nobody has said yet
    Column("title", Text, nullable=False),
    Column("text", Text),
    Column("blobs", Text, nullable=False),  # JSON
    _ms("occurred_at_ms"),
    Column("urgency", Text, nullable=False),  # danger | urgent | normal | complex
    Column("level", Integer, nullable=False),  # 1 grid, 2 committee, 3 department, 4 street
    Column("channel", Text, nullable=False),
    _id("household", nullable=True),
    _id("building", nullable=True),
    Column("place", Text),
    Column("source_of", Text),  # visit | item | patrol_note | report | ticket
    _id("source", nullable=True),
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    _id("first_owner"),
    Column("first_owner_name", Text, nullable=False),
    Column("consent", Boolean, nullable=False),  # whether a department may phone the resident
    Column("state", Text, nullable=False),
    _id("step"),  # the edit that brought it there
    Column("stepped_by", Text, nullable=False),
    _ms("stepped_ms"),
    _id("department", nullable=True),
    Column("department_name", Text),
    Column("supporting", Text, nullable=False),  # JSON: departments that help
    Column("returns", Integer, nullable=False),
    Column("result", Text),
    _id("dup_of", nullable=True),
    Column("rating", Text),  # satisfied | basic | not
    _ms("received_ms"),
    _ms("responded_ms", nullable=True),
    _ms("dispatched_ms", nullable=True),
    _ms("accepted_ms", nullable=True),
    _ms("resolved_ms", nullable=True),
    _ms("closed_ms", nullable=True),
    Column("story", Text, nullable=False),  # JSON
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("grid", "id"),
)
Index("ix_whistle_building", whistle.c.grid, whistle.c.building)
Index("ix_whistle_household", whistle.c.household)
Index("ix_whistle_source", whistle.c.source)
Index("ix_whistle_state", whistle.c.grid, whistle.c.state, whistle.c.stepped_ms)
Index("ix_whistle_department", whistle.c.department, whistle.c.state)
Index("ix_whistle_rev", whistle.c.rev)
_OVER = text("state IN ('self_resolved', 'closed', 'merged', 'invalid', 'withdrawn')")
Index("ix_whistle_first_owner", whistle.c.first_owner, whistle.c.id)
_UNHAPPY = text("rating = 'not'")
Index("ix_whistle_unhappy", whistle.c.stepped_ms, whistle.c.id, sqlite_where=_UNHAPPY, postgresql_where=_UNHAPPY)
Index("ix_whistle_over", whistle.c.stepped_ms, whistle.c.id, sqlite_where=_OVER, postgresql_where=_OVER)
_HELPED = text("supporting <> '[]'")
Index("ix_whistle_helped", whistle.c.supporting, sqlite_where=_HELPED, postgresql_where=_HELPED)
_MERGED = text("dup_of IS NOT NULL")
Index("ix_whistle_merged", whistle.c.dup_of, sqlite_where=_MERGED, postgresql_where=_MERGED)

# When each open whistle is due, so that a queue of a hundred thousand is read in its order. The server works it out
# from the trail and the calendar (server/whistles/keeping.py); no edit folds to it, and it is made anew where missing.
whistle_due = Table(
    "whistle_due",
    metadata,
    Column("id", Text, primary_key=True),  # the whistle's
    _id("grid"),
    _id("community"),
    _id("building", nullable=True),
    Column("category", Text),
    Column("state", Text, nullable=False),
    Column("waits", Text, nullable=False),  # committee | department | grid
    _id("department", nullable=True),
    Column("supporting", Text, nullable=False),
    _ms("due_ms"),  # server/whistles/keeping.py::NEVER: nobody's time runs
    Column("rev", BigInteger, nullable=False),  # of the whistle that it was read from
    Column("clocks", Text, nullable=False),  # by which calendar and limits
)
for _name, _leads in {
    "community": ("community",),
    "waits": ("community", "waits"),
    "state": ("community", "state"),
    "category": ("community", "category"),
    "grid": ("grid",),
    "department": ("department",),
}.items():
    Index(f"ix_whistle_due_{_name}", *(whistle_due.c[each] for each in (*_leads, "due_ms", "id")))
Index("ix_whistle_due_helped", whistle_due.c.supporting, sqlite_where=_HELPED, postgresql_where=_HELPED)

# How far that has come: up to which position, by which clocks.
whistle_due_head = Table(
    "whistle_due_head",
    metadata,
    Column("id", Integer, primary_key=True),  # 1
    Column("rev", BigInteger, nullable=False),
    Column("clocks", Text, nullable=False),
)

# What stands in the address on a building's notice board.
building_code = Table(
    "building_code",
    metadata,
    Column("id", Text, primary_key=True),  # the building's
    Column("code", Text, nullable=False),
    Column("by_name", Text, nullable=False),
    _ms("said_ms"),
    Column("rev", BigInteger, nullable=False),
)
Index("ix_building_code_code", building_code.c.code)

# What a resident was given for a whistle of theirs.
resident_receipt = Table(
    "resident_receipt",
    metadata,
    Column("id", Text, primary_key=True),  # the whistle's
    Column("hash", Text, nullable=False),  # SHA-256 of the code, hex
    Column("rev", BigInteger, nullable=False),
)
Index("ix_resident_receipt_hash", resident_receipt.c.hash)

# How to reach them about it, until it is over.
resident_contact = Table(
    "resident_contact",
    metadata,
    Column("id", Text, primary_key=True),  # the whistle's
    Column("contact", Text, nullable=False),
    _id("edit"),
    Column("rev", BigInteger, nullable=False),
)

# Every statement of a fact or a tag that others took the place of, or that was undone. What only undone ones cover
# stands again; it is among the heads then, and here.
fact_past = Table(
    "fact_past",
    metadata,
    _id("grid"),
    _id("entity"),
    Column("field", Text, nullable=False),  # tag:… for a tag
    _id("edit"),
    Column("head", Text, nullable=False),  # JSON
    Column("covered_by", Text, nullable=False),  # JSON list of edit ids
    Column("undone", Boolean, nullable=False),
    PrimaryKeyConstraint("grid", "entity", "field", "edit"),
)

# Where things stand now that were made in another grid: edits that name them by the old one still find them.
moved = Table("moved", metadata, Column("id", Text, primary_key=True), _id("grid"))

# What people decided about edits that had been set aside, and what they proposed that was not taken.
aside_decision = Table(
    "aside_decision",
    metadata,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    _id("edit"),
    _id("author"),
    Column("decision", Text),  # the last step: released | declined | reopened
    Column("reason", Text),
    Column("decided_by", Text),
    Column("decided_ms", BigInteger),
    Column("rev", BigInteger, nullable=False),
    Column("step", Text),  # the edit that was the last step
    Column("comments", Text, nullable=False),  # JSON
)
Index("ix_aside_decision_edit", aside_decision.c.edit)

# Edits and things whose words went for good: they existed, and come back by no way.
erased = Table(
    "erased",
    metadata,
    Column("id", Text, primary_key=True),
    _id("erasure"),  # the edit that says so
    Column("rev", BigInteger, nullable=False),
)

# What could be easier, as people say on the page where they notice it.
suggestion = Table(
    "suggestion",
    metadata,
    Column("id", Text, primary_key=True),
    _id("grid", nullable=True),  # null: said at a desk
    _id("community", nullable=True),
    _id("author"),
    Column("by_name", Text, nullable=False),
    Column("page", Text, nullable=False),  # its name, never an address
    Column("text", Text, nullable=False),
    _ms("said_ms"),
    _ms("received_ms"),
    Column("rev", BigInteger, nullable=False),
)
Index("ix_suggestion_community", suggestion.c.community, suggestion.c.said_ms)

# What an administrator says of a day, beside the holidays that are published.
workday = Table(
    "workday",
    metadata,
    Column("id", Text, primary_key=True),  # the day, ISO, local
    Column("works", Boolean),  # null: as published again
    *_said_by(),
)

# When people work, from a day on.
work_hours = Table(
    "work_hours",
    metadata,
    Column("id", Text, primary_key=True),  # the first day, ISO, local
    Column("spans", Text, nullable=False),  # 08:30-12:00 14:30-18:00
    *_said_by(),
)

# How long a kind of matter may take, where it is not as at first.
time_limit = Table(
    "time_limit",
    metadata,
    Column("id", Text, primary_key=True),  # category and urgency
    Column("category", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("amount", Integer),  # null: as at first again
    Column("unit", Text, nullable=False),  # minute | hour | day | working_hour | working_day
    *_said_by(),
)

# Which words say what a whistle is about, and who takes it, where it is not as at first.
routing_rule = Table(
    "routing_rule",
    metadata,
    Column("id", Text, primary_key=True),  # its code, with the community where it is that one's alone
    Column("code", Text, nullable=False),
    _id("community", nullable=True),  # null: the whole installation's
    Column("words", Text),  # apart by spaces; null: as at first, empty: it says nothing
    Column("category", Text),
    Column("offices", Text, nullable=False),  # pieces of departments' names
    Column("level", Integer),
    Column("urgency", Text),
    Column("courtyard", Text),  # managed | self | none
    *_said_by(),
)

# Minutes: what was decided at a meeting.
meeting = Table(
    "meeting",
    metadata,
    Column("id", Text, primary_key=True),
    _id("grid", nullable=True),  # null: of the community
    _id("community"),
    _id("author"),
    Column("by_name", Text, nullable=False),
    Column("type", Text, nullable=False),  # monday | monthly | council | coordination
    Column("held_on", Text, nullable=False),  # ISO, local
    Column("decisions", Text, nullable=False),  # JSON list
    _id("edit"),  # the telling shown
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    _ms("received_ms"),
    Column("tellings", Text, nullable=False),  # JSON
    _id("whistle", nullable=True),  # what those concerned sat down about
)
Index("ix_meeting_community", meeting.c.community, meeting.c.held_on)
Index("ix_meeting_whistle", meeting.c.whistle)

# What somebody is to do by a day.
action = Table(
    "action",
    metadata,
    Column("id", Text, primary_key=True),
    _id("grid", nullable=True),
    _id("community"),
    _id("meeting", nullable=True),
    _id("owner"),
    Column("owner_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("due", Text, nullable=False),  # ISO, local
    Column("state", Text, nullable=False),  # open | done
    _id("step"),  # the edit that brought it there
    Column("set_by", Text, nullable=False),
    _ms("set_ms"),
    Column("rev", BigInteger, nullable=False),
    Column("note", Text),
    Column("done_by", Text),
    _ms("done_ms", nullable=True),
    Column("were", Text, nullable=False),  # JSON {id: name}: owners before
    Column("comments", Text, nullable=False),  # JSON
)
Index("ix_action_community", action.c.community, action.c.state, action.c.due)

# What people told the 12345 hotline, as it came.
hotline_ticket = Table(
    "hotline_ticket",
    metadata,
    Column("id", Text, primary_key=True),  # made of the number
    _id("community"),
    _id("grid", nullable=True),  # null: its address led nowhere by itself
    Column("ticket", Text, nullable=False),  # the hotline's number
    Column("title", Text, nullable=False),
    Column("text", Text),
    Column("topic", Text),
    Column("category", Text),
    Column("urgency", Text, nullable=False),
    Column("address", Text),
    Column("caller", Text),
    Column("phone", Text),
    Column("consent", Boolean, nullable=False),  # whether a department may phone them
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    _ms("occurred_at_ms"),
    _ms("received_ms"),
    Column("rev", BigInteger, nullable=False),
)
Index("ix_hotline_ticket_community", hotline_ticket.c.community, hotline_ticket.c.received_ms)
Index("ix_hotline_ticket_ticket", hotline_ticket.c.ticket)

report = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    _id("grid", nullable=True),  # null: no building was known
    _id("community", nullable=True),
    _id("building", nullable=True),
    _id("author"),
    Column("by_name", Text, nullable=False),  # the author's, as it was then
    Column("state", Text, nullable=False),  # open | answered | withdrawn
    Column("text", Text),
    Column("blobs", Text, nullable=False),  # JSON
    _ms("occurred_at_ms"),
    _ms("received_ms"),
    Column("position", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("note", Text),  # the word back
    Column("answered_by", Text),
    _ms("answered_ms", nullable=True),
)
Index("ix_report_community", report.c.community, report.c.received_ms)

# Photos and voice notes that an erasure named, until the list outside the database holds them.
erased_blob = Table(
    "erased_blob",
    metadata,
    _id("erasure"),
    Column("sha256", Text, nullable=False),
    PrimaryKeyConstraint("erasure", "sha256"),
)

# What people said of two visits or two households that look alike.
pair_verdict = Table(
    "pair_verdict",
    metadata,
    _id("grid"),
    _id("a"),
    _id("b"),
    Column("of", Text, nullable=False),  # visit | household
    Column("verdict", Text, nullable=False),  # same | different | open
    Column("by_name", Text, nullable=False),
    _ms("decided_ms"),
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("grid", "a", "b"),
)

# One row a household, made with it; the newest of its visits in summary.
door = Table(
    "door",
    metadata,
    _id("grid"),
    _id("id"),  # the household's
    _ms("contact_ms", nullable=True),
    _ms("knock_ms", nullable=True),
    Column("knock_result", Text),
    Column("knock_visit", Text),  # tie-breaker: the visit behind knock_ms
    Column("care", Text),
    _ms("care_ms", nullable=True),
    Column("care_visit", Text),
    Column("promise_on", Text),
    _ms("promise_ms", nullable=True),
    Column("promise_visit", Text),
    _ms("met_ms", nullable=True),  # newest visit that met someone: keeps the promises of days until then
    Column("rev", BigInteger, nullable=False),
    PrimaryKeyConstraint("grid", "id"),
)

# ---------------------------------------------------------------- what phones pull

scope = Table(
    "scope",
    metadata,
    Column("scope", Text, primary_key=True),  # "grid:<uuid>"
    Column("generation", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("rev", BigInteger, nullable=False),  # the newest in its feed
)

feed = Table(
    "feed",
    metadata,
    _id("scope"),
    Column("kind", Text, nullable=False),
    _id("id"),
    Column("rev", BigInteger, nullable=False),
    Column("data", LargeBinary),  # JSON as sent; null = tombstone
    PrimaryKeyConstraint("scope", "kind", "id"),
)
Index("ix_feed_rev", feed.c.scope, feed.c.rev)

snapshot = Table(
    "snapshot",
    metadata,
    Column("id", Text, primary_key=True),
    _id("scope"),
    Column("generation", Integer, nullable=False),
    Column("cursor", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    _ms("made_ms"),
)
Index("ix_snapshot_scope", snapshot.c.scope)

snapshot_part = Table(
    "snapshot_part",
    metadata,
    _id("snapshot"),
    Column("part", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),  # gzip
    PrimaryKeyConstraint("snapshot", "part"),
)

# ---------------------------------------------------------------- who may enter

session = Table(
    "session",
    metadata,
    Column("id_hash", Text, primary_key=True),
    _id("person"),
    _ms("created_ms"),
    _ms("last_ms"),
    _ms("expires_ms"),
    Column("user_agent", Text),
    _id("device", nullable=True),  # the phone whose enrolment began it: out of use, it opens nothing
    Column("use", Text, nullable=False),  # desk | field
    _id("passkey", nullable=True),  # what it was opened with
    _ms("verified_ms", nullable=True),  # when a passkey last said that it is this person
    Column("opener", Text),  # hash of a secret in the phone's vault: without it this session opens no page
)
Index("ix_session_person", session.c.person)

passkey_use = Table(
    "passkey_use",
    metadata,
    Column("passkey", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),  # what its authenticator counts, if it does
    _ms("last_ms"),
)

used_challenge = Table(
    "used_challenge",
    metadata,
    Column("hash", Text, primary_key=True),  # of a challenge that was answered: it opens nothing twice
    _ms("expires_ms"),
)

# Who looked at whose page, when and why: what a resident may be shown. Added to and, in time, erased; never changed.
access_record = Table(
    "access_record",
    metadata,
    Column("id", Text, primary_key=True),
    _ms("at_ms"),
    _id("person"),
    Column("by_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("what", Text, nullable=False),  # household | visit | record | restricted | export
    _id("grid", nullable=True),
    _id("household", nullable=True),  # whose page it was; null where it was many at once
    Column("why", Text),  # the reason given, where one is asked
    Column("words", Text),
    Column("searched", Boolean, nullable=False),  # whether a search had led there
)
Index("ix_access_record_household", access_record.c.household, access_record.c.at_ms)
Index("ix_access_record_at_ms", access_record.c.at_ms)

join_link = Table(
    "join_link",
    metadata,
    Column("token_hash", Text, primary_key=True),
    _id("person"),
    Column("purpose", Text, nullable=False),  # phone | desk
    _ms("created_ms"),
    _ms("expires_ms"),
    _ms("used_ms", nullable=True),
    _id("device", nullable=True),  # the phone that used it, and may finish if it was cut off
    Column("confirm", Text, nullable=False),  # desk: both screens are compared there; shell: nobody need say more
)

# The eight digits that lead to a link, for who cannot scan it. None of them is readable here.
join_code = Table(
    "join_code",
    metadata,
    Column("name", Text, primary_key=True),  # keyed hash of its first four digits
    Column("link", Text, nullable=False),  # token_hash
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),  # slow
    Column("sealed", LargeBinary, nullable=False),  # the link's token, to be opened with the code
    Column("tries", Integer, nullable=False),  # wrong ones
    _ms("expires_ms"),
)

# The one phone that a link has met, and what the station said of it.
join_meeting = Table(
    "join_meeting",
    metadata,
    Column("link", Text, primary_key=True),  # token_hash
    Column("commitment", Text, nullable=False),  # what the phone bound itself to before it knew the nonce
    Column("nonce", Text, nullable=False),
    Column("public_key", Text),  # null until the phone has shown what it bound itself to; empty for a plain browser
    Column("label", Text, nullable=False),
    Column("was", Text, nullable=False),  # the device it says it was
    Column("digits", Text),
    _ms("met_ms"),
    Column("decision", Text),  # same | different
    Column("decided_by", Text),
    _ms("decided_ms", nullable=True),
)

# What groups are told by their robots, until it is said: whose words and names are nobody's.
hook_message = Table(
    "hook_message",
    metadata,
    Column("robot", Text, nullable=False),  # Robot.id
    Column("thing", Text, nullable=False),  # what waits, as whoever says so calls it
    Column("n", Integer, nullable=False),  # 1: the first time that it is said
    Column("kind", Text, nullable=False),  # care | test
    _id("grid", nullable=True),
    Column("path", Text, nullable=False),  # of the desk's page
    Column("urgent", Boolean, nullable=False),
    Column("state", Text, nullable=False),  # waiting | sent | failed | needless
    _ms("made_ms"),
    _ms("next_ms"),  # not before; while somebody is sending it: when another may
    Column("tries", Integer, nullable=False),
    _ms("tried_ms", nullable=True),
    Column("why", Text),  # why it was not taken, last
    Column("code", Integer),  # the vendor's number for that
    PrimaryKeyConstraint("robot", "thing", "n"),
)

JSON_COLUMNS = {
    "person": ("grids", "before", "buildings", "lent", "covered"),
    "stand_in": ("handed",),
    "household": ("facts",),
    "resident": ("facts", "tags", "leaving"),
    "visit": ("companions", "asks"),
    "visit_revision": ("covers", "body"),
    "fact_past": ("head", "covered_by"),
}
