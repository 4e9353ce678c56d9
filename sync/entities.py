"""What edits fold to: one plain value for each thing in the neighbourhood. `rev` is the position of its last change."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from sync.edit import Header
from sync.times import Times

BLOB_NAME = r"^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]\Z"
"""A SHA-256 in base64url, in its one spelling."""
BLOB_BYTES_MAX = 2 * 1024 * 1024
VOICE_MS_MAX = 65_000
"""A minute, and what a recorder takes to stop."""


class Head(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A value of a fact that nobody has seen and replaced: which edit stated it, who, and when (effective).
    `proposed`: it waits for a person to confirm it. `saw`: the heads its author had in view, without theirs."""

    edit: str
    value: Any
    by: str
    at_ms: int
    proposed: bool = False
    saw: list[Head] = []


class Past(msgspec.Struct, frozen=True):
    """A statement that others covered (`covered_by`, edits), or that was undone. What only undone ones cover stands."""

    head: Head
    covered_by: list[str] = []
    undone: bool = False


Facts = dict[str, list[Head]]
"""Each fact's heads, the shown one first. Several that differ: contested."""


class Community(msgspec.Struct, frozen=True):
    """`restricted`: whether restricted tags are kept here, since its station master said so, for which reason and by
    which law."""

    id: str
    name: str
    street: str | None
    code: str | None
    rev: int
    restricted: bool = False
    reason: str | None = None
    law: str | None = None


class Grid(msgspec.Struct, frozen=True):
    id: str
    community: str
    name: str
    quarters: str | None
    code: str | None
    sort: int
    rev: int


AT_A_DESK = ("dispatcher", "committee_member", "dept_handler", "supervisor", "admin")
"""Roles that walk no grid: whatever grids they are named for, nothing of a home is sent to a phone of theirs."""


class Person(msgspec.Struct, frozen=True):
    """`before`: for each change of the grids they walk its position, and those grids until then; oldest first.
    `lent`: for each stand-in that lasts the grids of whom they stand in for; `covered`: for each that lasts who stands
    in for them. `ended_ms`: since when they are out of use."""

    id: str
    name: str
    role: str
    community: str | None
    grids: list[str]
    rev: int
    before: list[tuple[int, list[str]]] = []
    buildings: list[str] = []
    department: str | None = None
    ended_ms: int | None = None
    lent: dict[str, list[str]] = {}
    covered: dict[str, str] = {}

    @property
    def walked(self) -> list[str]:
        """The grids that are theirs to walk today: their own, and those of whom they stand in for."""
        if self.role in AT_A_DESK:
            return []
        lent = (grid for each in sorted(self.lent) for grid in self.lent[each])
        return list(dict.fromkeys((*self.grids, *lent)))

    def grids_seen(self, size: int) -> list[str]:
        """The grids they knew to be theirs when they had seen the journal's first `size` edits."""
        return next((grids for position, grids in self.before if size <= position), self.walked)


class Department(msgspec.Struct, frozen=True):
    """An office that takes matters on: of one community, or (None) of the whole district."""

    id: str
    name: str
    community: str | None
    rev: int


class Handed(msgspec.Struct, frozen=True):
    """One handing-over: who wrote it down (their name), when, in which words, and what was open then: how much the
    phones of whoever is away had not sent yet, and when they last sent anything."""

    by: str
    at_ms: int
    note: str
    unsent: int
    last_ms: int | None = None


class StandIn(msgspec.Struct, frozen=True):
    """Post B for post A: `by` looks after the grids of `person` from one day to another, both included. `began_ms` and
    `ended_ms`: when that came true and was over."""

    id: str
    person: str
    by: str
    from_on: str
    until_on: str
    said_by: str
    said_ms: int
    began_ms: int | None
    ended_ms: int | None
    rev: int
    handed: list[Handed] = []


class Recovery(msgspec.Struct, frozen=True):
    """Somebody lost every passkey: who asked for them and why, who confirmed it, and when it was over (used, or
    dropped). `ended_as` says which."""

    id: str
    person: str
    reason: str
    asked_by: str
    asked_ms: int
    confirmed_by: str | None
    confirmed_ms: int | None
    ended_as: str | None
    ended_ms: int | None
    rev: int


class Opening(msgspec.Struct, frozen=True):
    """A record that somebody who sees counts alone had shown to them: which household, who, why and when."""

    id: str
    grid: str
    household: str
    person: str
    by: str
    reason: str
    at_ms: int
    rev: int


class Erased(msgspec.Struct, frozen=True):
    """An edit, or a thing, whose words went for good: it existed, and comes back by no way. `erasure`: the edit that
    says so, at position `rev`."""

    id: str
    erasure: str
    rev: int


class Erasure(msgspec.Struct, frozen=True):
    """What phones are told of an erasure: of which edits they forget the words. `whose`: the name of the person whose
    phones are told, where it is not a grid's."""

    id: str
    edits: list[str]
    rev: int
    whose: str = ""


class Suggestion(msgspec.Struct, frozen=True):
    """What could be easier, as somebody said it of a page. `grid` is None where it was said at a desk; `community`:
    whose station reads it. `said_ms` is effective."""

    id: str
    grid: str | None
    community: str | None
    author: str
    by: str
    page: str
    text: str
    said_ms: int
    received_ms: int
    rev: int


class Workday(msgspec.Struct, frozen=True):
    """What the desk says of a day (`id`): worked, off, or (None) as it is published. `by`: the author's name."""

    id: str
    works: bool | None
    reason: str
    by: str
    said_ms: int
    rev: int


class WorkHours(msgspec.Struct, frozen=True):
    """When people work from a day (`id`) on: `08:30-12:00 14:30-18:00`."""

    id: str
    spans: str
    reason: str
    by: str
    said_ms: int
    rev: int


class TimeLimit(msgspec.Struct, frozen=True):
    """How long a matter may take; `amount` is None where it is as at first. `id`: category and urgency."""

    id: str
    category: str
    urgency: str
    amount: int | None
    unit: str
    reason: str
    by: str
    said_ms: int
    rev: int


class RoutingRule(msgspec.Struct, frozen=True):
    """Which words say what a whistle is about and who takes it; `id`: its code, with the community where it is that
    one's alone. `words` is None where it is as at first again, empty where it says nothing any more."""

    id: str
    code: str
    community: str | None
    words: str | None
    category: str | None
    offices: str
    level: int | None
    urgency: str | None
    courtyard: str | None
    reason: str
    by: str
    said_ms: int
    rev: int


class Device(msgspec.Struct, frozen=True):
    """What is enrolled; how far its chain has come is the journal's to know. A server's own has no person and key.
    `revoked_ms`: since when nothing of it takes effect."""

    id: str
    person: str | None
    public_key: bytes | None
    label: str
    kind: str
    enrolled_ms: int
    revoked_ms: int | None = None

    @property
    def revoked(self) -> bool:
        """Whether a station master put it out of use."""
        return self.revoked_ms is not None


class Passkey(msgspec.Struct, frozen=True):
    """What somebody opens the desk with. `credential`: its id, base64url; `public_key`: COSE, as its authenticator made
    it; `removed_ms`: since when it opens nothing."""

    id: str
    person: str
    credential: str
    public_key: bytes
    label: str
    added_ms: int
    removed_ms: int | None
    rev: int


class Building(msgspec.Struct, frozen=True):
    grid: str
    id: str
    quarters: str
    name: str
    sort: int
    management: str | None
    kind: str
    rev: int


class Household(msgspec.Struct, frozen=True):
    grid: str
    id: str
    building: str
    entrance: str | None
    floor: int | None
    room: str
    kind: str
    facts: Facts
    source: str | None
    source_row: int | None
    rev: int


class Resident(msgspec.Struct, frozen=True):
    """`tags`: for each tag the edits that added it and were not seen by a removal. `leaving`: for each tag the removals
    that wait for a person to confirm them."""

    grid: str
    id: str
    household: str
    facts: Facts
    tags: dict[str, list[str]]
    source: str | None
    source_row: int | None
    rev: int
    leaving: Facts = {}


class Restricted(msgspec.Struct, frozen=True):
    """The restricted tags of a resident (`id`), who said so (their name) and when. No phone ever holds them."""

    grid: str
    id: str
    tags: list[str]
    by: str
    at_ms: int
    rev: int


class Blob(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A photo or voice note: SHA-256 of its bytes, what they are, how many, and how long it speaks. The bytes travel
    apart."""

    sha256: Annotated[str, msgspec.Meta(pattern=BLOB_NAME)]
    type: Literal["image/jpeg", "image/webp", "image/png", "audio/webm", "audio/mp4", "audio/ogg"]
    bytes: Annotated[int, msgspec.Meta(ge=1, le=BLOB_BYTES_MAX)]
    ms: Annotated[int, msgspec.Meta(ge=1, le=VOICE_MS_MAX)] | None = None

    @property
    def spoken(self) -> bool:
        """Whether it is a voice note, not a photo."""
        return self.type.startswith("audio/")


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody says that what a visit promised for a day (`on`) is done: who (their name), when, and in which words."""

    on: str
    by: str
    at_ms: int
    note: str | None = None


class Review(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody who decides read a visit as one telling (`of`, an edit) tells it: by which edit, who (their name), when;
    with a `note` they ask something of its author. Of any other telling it says nothing."""

    edit: str
    of: str
    by: str
    at_ms: int
    note: str | None = None


class Visit(msgspec.Struct, frozen=True, gc=False):
    """A visit as its shown revision tells it. The three times are those of the edit that recorded it. `heads` are the
    edits of all tellings that stand, the shown one first, where there are several: known when one of them is judged,
    and told to phones; the table leaves it to the revisions. `grid_then`: the grid it was recorded in, where the place
    belongs to another by now. `private`: its words are for the station alone, and no phone is sent them.
    `by`: the name of whoever went; where somebody wrote it down for them, `on_behalf_of` is their id and `entered_by`
    the name of who wrote it, the author. `kept`: its promise was said to be done, without another visit.
    `review`: the last word of who read it."""

    grid: str
    id: str
    household: str
    position: int
    rev: int
    revision: int
    edit: str
    author: str
    by: str
    on_behalf_of: str | None
    device: str
    mode: str
    result: str
    occurred_at_ms: int
    claimed_ms: int
    effective_ms: int
    received_ms: int
    text: str | None
    who_met: str | None
    companions: list[str]
    asks: dict[str, str]
    care: str | None
    follow_up_on: str | None
    source: str | None
    source_row: int | None
    grid_then: str | None = None
    blobs: list[Blob] = []
    private: bool = False
    entered_by: str | None = None
    kept: Kept | None = None
    review: Review | None = None
    heads: list[str] = []


class Revision(msgspec.Struct, frozen=True):
    """One telling of a visit or a log, and the tellings (edits) it replaces, unless it was undone. `body` is JSON."""

    revision: int
    edit: str
    author: str
    device: str
    claimed_ms: int
    effective_ms: int
    received_ms: int
    covers: list[str]
    body: str
    shown: bool
    position: int
    undone: bool = False


Why = Literal["stale", "impossible"]
"""Why a step that was proposed is only a comment: its case had gone on since its author saw it, or no way leads on like
that from where it stands."""


class Comment(msgspec.Struct, frozen=True):
    """A step that somebody proposed and that was not taken, kept beside its case: which edit proposed which step, who
    (their name), when it came (receipt), and why it changed nothing. `reason` is what they said themselves."""

    edit: str
    step: str
    by: str
    at_ms: int
    why: Why
    reason: str | None = None


class DailyLog(msgspec.Struct, frozen=True):
    """What a worker sent of one day (`day`, ISO) in one grid. `tellings`: all they ever sent of it; `text`: the words
    of the shown one. `state`: submitted, reviewed, returned or amended, since the edit `step`; `note`: what is asked of
    its author where it was returned; `reviewed_by` is a name. `sent_ms`: receipt of the newest telling."""

    grid: str
    id: str
    author: str
    by: str
    day: str
    state: str
    step: str
    text: str | None
    position: int
    rev: int
    sent_ms: int
    tellings: list[Revision]
    note: str | None = None
    reviewed_by: str | None = None
    reviewed_ms: int | None = None
    comments: list[Comment] = []


class Checked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was found of one point at one door: as it should be, or not, or nothing said; and words."""

    ok: bool | None = None
    note: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None


class VerificationOrder(msgspec.Struct, frozen=True):
    """What the station asks to be looked at: `points`, at each of `households`, by the local day `due`. `author` issued
    it, `by` is their name. `state`: issued, in_progress, reported, redo, confirmed or withdrawn, since the edit `step`
    that was `stepped_by` (a name) at `stepped_ms`; answers alone make it in_progress and are no step. `answered`: doors
    of the list with an answer; `note`: what is asked again."""

    grid: str
    id: str
    author: str
    by: str
    title: str
    points: list[str]
    households: list[str]
    due: str
    state: str
    step: str
    position: int
    rev: int
    issued_ms: int
    answered: list[str] = []
    note: str | None = None
    stepped_by: str | None = None
    stepped_ms: int | None = None
    comments: list[Comment] = []


class OrderAnswer(msgspec.Struct, frozen=True):
    """What somebody (`by`) found at one door, for each point of the order. `covers`: the answers at that door that they
    had seen and that this one replaces; any other stands beside it."""

    grid: str
    id: str
    verification_order: str
    household: str
    author: str
    by: str
    points: list[Checked]
    covers: list[str]
    occurred_at_ms: int
    received_ms: int
    position: int
    rev: int
    blobs: list[Blob] = []


class Patrol(msgspec.Struct, frozen=True):
    """A walk through one grid, between two taps. `state`: running or ended, since the edit `step`. `started_ms` and
    `ended_ms` are times as we go by them, the claimed ones the phone's own; what was never tapped nobody knows."""

    grid: str
    id: str
    author: str
    by: str
    state: str
    step: str
    position: int
    rev: int
    started_ms: int | None = None
    ended_ms: int | None = None
    start_claimed_ms: int | None = None
    end_claimed_ms: int | None = None
    comments: list[Comment] = []


class PatrolNote(msgspec.Struct, frozen=True):
    """What somebody noted in one grid. `what`: change, problem, demand, dispute, or withdrawn; `patrol`: the walk it
    belongs to; `tellings`: all that was ever said under it, the shown one told in the fields."""

    grid: str
    id: str
    author: str
    by: str
    noted_ms: int
    received_ms: int
    position: int
    rev: int
    what: str
    text: str | None
    building: str | None
    patrol: str | None
    tellings: list[Revision]


class Meeting(msgspec.Struct, frozen=True):
    """What was decided at a meeting of a grid, or of the community (`grid` None), on a day (`held_on`, ISO). `type`:
    monday, monthly, council or coordination. `tellings`: the minutes as their author ever told them; `edit`: the shown
    one. `whistle`: what those concerned sat down about."""

    id: str
    grid: str | None
    community: str
    author: str
    by: str
    type: str
    held_on: str
    decisions: list[str]
    edit: str
    position: int
    rev: int
    received_ms: int
    tellings: list[Revision]
    whistle: str | None = None


class Action(msgspec.Struct, frozen=True):
    """What somebody is to do by a day (`due`, ISO), as agreed in a `meeting` or without one. `state`: open or done,
    since the edit `step`; `set_by` and `done_by` are names. `were`: its owners before, whose phones had it,
    with their names."""

    id: str
    grid: str | None
    community: str
    meeting: str | None
    owner: str
    owner_name: str
    text: str
    due: str
    state: str
    step: str
    set_by: str
    set_ms: int
    rev: int
    note: str | None = None
    done_by: str | None = None
    done_ms: int | None = None
    were: dict[str, str] = {}
    comments: list[Comment] = []


class CarePair(msgspec.Struct, frozen=True):
    """Somebody at a home (`resident`, or whoever lives there) whom `carer` looks in on. `formed_by` and `ended_by` are
    names. `major_ms`: since when something has changed for them that asks for a look within a day. `check`: the newest
    check that stands, what it found and when that was."""

    grid: str
    id: str
    household: str
    resident: str | None
    carer: str
    by: str
    cadence: str
    formed_ms: int
    formed_by: str
    rev: int
    major_ms: int | None = None
    ended_ms: int | None = None
    ended_by: str | None = None
    check: str | None = None
    state: str | None = None
    checked_ms: int | None = None


class CareReason(msgspec.Struct, frozen=True):
    """Why a pair (`id`) was formed, and in which words it was ended: for the desk. No phone ever holds it."""

    grid: str
    id: str
    reason: str | None
    note: str | None
    rev: int


class CareCheck(msgspec.Struct, frozen=True):
    """How somebody was found. `carer` is the pair's, `by` the author's name; `after_end`: the pair was over when it
    came. Taken back it stays, with who did that (their name)."""

    grid: str
    id: str
    household: str
    pair: str
    carer: str
    author: str
    by: str
    state: str
    way: str | None
    text: str | None
    occurred_at_ms: int
    effective_ms: int
    received_ms: int
    rev: int
    after_end: bool = False
    undone_ms: int | None = None
    undone_by: str | None = None
    blobs: list[Blob] = []


class Paired(msgspec.Struct, frozen=True):
    """What the carer of a pair may know of it, wherever they walk: a name, a door, how often. Never why."""

    pair: CarePair
    name: str | None
    place: tuple[str, str, str | None, int | None, str]
    rev: int


ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]


class Mediation(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a quarrel that is being settled, beside its summary. Parties and mediators are named as people
    name them; `revisit_on` is a day (ISO)."""

    parties: ShortText | None = None
    type: ShortText | None = None
    source: Literal["applied", "proactive"] | None = None
    requests: ShortText | None = None
    facts: ShortText | None = None
    agreement: ShortText | None = None
    performance: ShortText | None = None
    mediators: ShortText | None = None
    revisit_on: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")] | None = None


class ItemTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing said of an item, by which edit, who (their name) and when (effective): it was `moved` `to` a state,
    `rated` (`to`: satisfied, basic, not), `told` on, or `withdrawn`. `why`: it was proposed and changed nothing."""

    edit: str
    what: Literal["moved", "rated", "told", "withdrawn"]
    by: str
    at_ms: int
    to: str | None = None
    note: str | None = None
    visit: str | None = None
    why: Why | None = None
    record: Mediation | None = None
    blobs: list[Blob] = []


class Item(msgspec.Struct, frozen=True):
    """What an ask became, or a mediation begun by itself: `kind` problem, need, proposal, effect or mediation, in the
    words it was told with, none where it was only spoken. `household` and `source_visit`: where it came from, where it
    came from a door; `about`: the earlier visit whose promise an effect speaks of. `state` since the edit `step`;
    `story`: all that was said since."""

    grid: str
    id: str
    kind: str
    household: str | None
    source_visit: str | None
    about: str | None
    author: str
    by: str
    text: str
    occurred_at_ms: int
    state: str
    step: str
    rating: str | None
    record: Mediation | None
    story: list[ItemTold]
    position: int
    rev: int
    blobs: list[Blob] = []


class WhistleTold(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing said of a whistle, by which edit, who (id and name) and when (effective). `to`: the state it was moved
    to, None for a word alone; `why`: it was proposed and changed nothing. `department` and `level` of a dispatch."""

    edit: str
    author: str
    by: str
    at_ms: int
    to: str | None = None
    note: str | None = None
    department: str | None = None
    level: int | None = None
    rating: str | None = None
    blobs: list[Blob] = []
    why: Literal["stale", "impossible", "not_theirs", "twice"] | None = None


class Whistle(msgspec.Struct, frozen=True):
    """A call for help upward: what is wrong, where, and how it went from the grid to a department and back.

    `source`: the visit, item, patrol note, report or hotline ticket it came from (`source_of`). `first_owner` was asked
    first and stays so. `level`: 1 the grid itself, 2 the committee, 3 a department, 4 the street. `state` since the
    edit `step`, by `stepped_by` (a name) at `stepped_ms` (received); `department` has it, `supporting` ones help;
    `returns`: how often one gave it back. `consent`: the resident lets a department phone. `story`: all that was said
    since."""

    grid: str
    id: str
    kind: str
    category: str | None
    title: str
    text: str | None
    blobs: list[Blob]
    occurred_at_ms: int
    urgency: str
    level: int
    channel: str
    household: str | None
    building: str | None
    place: str | None
    source_of: str | None
    source: str | None
    author: str
    by: str
    first_owner: str
    first_owner_name: str
    consent: bool
    state: str
    step: str
    stepped_by: str
    stepped_ms: int
    department: str | None
    department_name: str | None
    supporting: list[str]
    returns: int
    result: str | None
    dup_of: str | None
    rating: str | None
    received_ms: int
    responded_ms: int | None
    dispatched_ms: int | None
    accepted_ms: int | None
    resolved_ms: int | None
    closed_ms: int | None
    story: list[WhistleTold]
    position: int
    rev: int


class BuildingCode(msgspec.Struct, frozen=True):
    """What stands in the address on a building's notice board (`id`: the building). `by`: who had it made, a name."""

    id: str
    code: str
    by: str
    said_ms: int
    rev: int


class ResidentReceipt(msgspec.Struct, frozen=True):
    """For whoever sent a whistle (`id`) without being known here: the SHA-256 of the code they were given, hex."""

    id: str
    hash: str
    rev: int


class ResidentContact(msgspec.Struct, frozen=True):
    """How to reach whoever sent a whistle (`id`), as they typed it, by which edit."""

    id: str
    contact: str
    edit: str
    rev: int


class HotlineTicket(msgspec.Struct, frozen=True):
    """What somebody told the hotline, as it came. `grid`: where its address led to by itself; `by` is the author's
    name, `topic` and `address` are the hotline's words; `caller` and `phone`: whom to call back."""

    id: str
    community: str
    grid: str | None
    ticket: str
    title: str
    text: str | None
    topic: str | None
    category: str | None
    urgency: str
    address: str | None
    caller: str | None
    phone: str | None
    consent: bool
    author: str
    by: str
    occurred_at_ms: int
    received_ms: int
    rev: int


class Report(msgspec.Struct, frozen=True):
    """What a neighbour noticed: open, answered by a leader (`answered_by` is a name), or withdrawn by whoever made it.
    `by` is the author's name. Without a building it belongs to the community alone."""

    id: str
    grid: str | None
    community: str | None
    building: str | None
    author: str
    by: str
    state: str
    text: str | None
    blobs: list[Blob]
    occurred_at_ms: int
    received_ms: int
    position: int
    rev: int
    note: str | None = None
    answered_by: str | None = None
    answered_ms: int | None = None


class Aside(msgspec.Struct, frozen=True):
    """An edit that took no effect: what it said (`body`, None with `trouble` when that cannot be read), over what, and
    what was decided about it. `by` is its author's name. `decision` is the last step and `step` the edit that was it,
    with whoever decided, when and why; `comments` are the steps that were not taken, in the order they came."""

    position: int
    header: Header
    body: Any
    trouble: str | None
    over: dict[str, list[str]]
    times: Times
    by: str
    decision: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_ms: int | None = None
    rev: int | None = None
    step: str | None = None
    comments: list[Comment] = []


class Pair(msgspec.Struct, frozen=True):
    """What a person said of two visits or two households (`of`) that look alike: `same`, `different`, or `open` again.
    `by` is their name."""

    grid: str
    a: str
    b: str
    of: str
    verdict: str
    by: str
    at_ms: int
    rev: int


class Door(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """All visits of one household in summary: each field is the newest of its sort, whatever the order of arrival.
    A promise stands until somebody is met on its day or later; `promise_ms` and `promise_visit` stay known then."""

    grid: str
    id: str
    contact_ms: int | None
    knock_ms: int | None
    knock_result: str | None
    knock_visit: str | None
    care: str | None
    care_ms: int | None
    care_visit: str | None
    promise_on: str | None
    promise_ms: int | None
    promise_visit: str | None
    met_ms: int | None
    rev: int
