"""How often something may be asked: a bucket for each asker and each thing, held in this process and never too many.

Every limit stands here with its reason. Phones are counted by their device once their signature was verified, so that a
city that goes home through one address is nobody's flood; addresses are counted for what proves nothing. Whatever must
hold across processes and restarts (the tries of a code) is counted in the database instead.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.requests import Request

from server import clock
from server.problem import Problem
from server.proxies import address_of

HELD_MAX = 10_000
"""Askers remembered for each limit. When more come, those go first who have been quiet longest."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once (`burst`), then one more every `every_ms`."""

    name: str
    burst: int
    every_ms: int


LINKS = Limit("links", 60, 1000)  # by address: links that open nothing
ENROLLING = Limit("enrolling", 60, 1000)  # by link: a phone that waits asks every two seconds
WRONG_CODES = Limit("wrong codes", 20, 15_000)  # by address; the tries of each code are counted with the code
CODES_MADE = Limit("codes made", 30, 10_000)  # by person at the desk
CHALLENGES = Limit("challenges", 600, 50)  # by address: a challenge costs nothing and is kept nowhere
WRONG_PASSKEYS = Limit("wrong passkeys", 30, 10_000)  # by address: answers that prove nothing
CONFIRMING = Limit("confirming", 30, 10_000)  # by person
EXCHANGES = Limit("exchanges", 1200, 250)  # by device, its signature verified: weeks without signal come in many runs
PARTS = Limit("parts", 2000, 100)  # by device: a first download has a part for each building
PIECES = Limit("pieces", 2000, 50)  # by device: photos in pieces of 256 KiB
CAPSULES = Limit("capsules", 120, 1000)  # by the device that made it
GARBAGE = Limit("garbage", 600, 100)  # by address: what no device has signed
UPLOADS = Limit("uploads", 20, 15_000)  # by person: ledgers
PAGES = Limit("pages", 300, 200)  # by person: whatever they ask for themselves; nobody reads five pages a second
UNASKED = Limit("unasked", 600, 100)  # by person: what open pages fetch, so that none of it keeps a click waiting
PICTURES = Limit("pictures", 600, 100)  # by person: a visit shows several, and browsers keep them
SEARCHES = Limit("searches", 120, 500)  # by person: searching as they type asks four times a second
HOTLINE = Limit("hotline", 60, 1000)  # by installation: what the hotline has signed, a hundred tickets each
REPLAYS = Limit("replays", 1, 600_000)  # by signature: each is good once, for longer than its moment is believed
LIKENESS = Limit("likeness", 120, 500)  # by person: one key goes on to the next case
EXPORTS = Limit("exports", 20, 15_000)  # by person: up to 50,000 lines each
PRINTS = Limit("prints", 60, 2000)  # by person: everything about one home
PUBLIC = Limit("public", 600, 50)  # by address: an auditor fetches all tiles of a year in some minutes
ROBOT_TESTS = Limit("robot tests", 5, 15_000)  # by person: each is read by a whole group
RESIDENTS = Limit(
    "residents", 20, 30_000
)  # by address: many telephones share one; a building's hour is counted as well
FIGURES = Limit("figures", 60, 1000)  # by person: half a year of visits is counted anew each time

COSTLY: dict[tuple[str, str], Limit] = {
    ("GET", "/blobs/{sha256}"): PICTURES,
    ("GET", "/desk/conflicts"): LIKENESS,
    ("GET", "/desk/conflicts/{key}"): LIKENESS,
    ("POST", "/desk/conflicts/{key}/decision"): LIKENESS,
    ("POST", "/desk/conflicts/decisions/{edit}/undoing"): LIKENESS,
    ("POST", "/desk/exports"): EXPORTS,
    ("POST", "/desk/hotline/answers"): EXPORTS,
    ("POST", "/desk/packs/{kind}/file"): EXPORTS,
    ("POST", "/desk/orders/{grid}/{order}/file"): EXPORTS,
    ("GET", "/desk/trail/{entity}"): PRINTS,
    ("POST", "/desk/trail/{entity}/file"): EXPORTS,
    ("POST", "/desk/households/{grid}/{household}/record"): PRINTS,
    ("GET", "/desk/households/{grid}/{household}/record/{record}"): PRINTS,
    **{
        (verb, f"/desk/erasures/{thing}"): PRINTS
        for verb in ("GET", "POST")
        for thing in ("residents/{grid}/{resident}", "households/{grid}/{household}", "visits/{grid}/{visit}")
    },
    ("POST", "/desk/records"): PRINTS,
    ("GET", "/desk/records/{id}"): PRINTS,
    ("POST", "/desk/robots/{robot}/tests"): ROBOT_TESTS,
    ("GET", "/desk/figures"): FIGURES,
    ("GET", "/desk/pictures"): FIGURES,
    ("GET", "/desk/pictures/whistles"): FIGURES,
    ("GET", "/desk/pictures/whistles/cases"): FIGURES,
    ("GET", "/desk/packs/{kind}"): FIGURES,
}
"""What costs more than a page, as the routes spell it. A search is known by its words alone: see `searching`."""


class Brakes:
    """The buckets of one process: for each asker the moment when theirs is full again."""

    def __init__(self, held_max: int = HELD_MAX) -> None:
        self._held_max = held_max
        self._full_ms: dict[str, OrderedDict[str, int]] = {}

    def wait_ms(self, limit: Limit, who: str, now_ms: int) -> int:
        """How long until this asker may; 0 when they may now."""
        return max(0, self._owed_ms(limit, who, now_ms) - (limit.burst - 1) * limit.every_ms)

    def count(self, limit: Limit, who: str, now_ms: int) -> None:
        """One more, whether they may or not: an empty bucket stays empty, it owes nothing."""
        held = self._of(limit)
        owed_ms = self._owed_ms(limit, who, now_ms) + limit.every_ms
        held[who] = now_ms + min(owed_ms, limit.burst * limit.every_ms)
        held.move_to_end(who)
        if len(held) > self._held_max:
            held.popitem(last=False)

    def _owed_ms(self, limit: Limit, who: str, now_ms: int) -> int:
        """How long until their bucket is full. A clock that was set back locks nobody out: more than a whole bucket
        cannot be owed, and it begins anew."""
        owed_ms = self._of(limit).get(who, now_ms) - now_ms
        return owed_ms if 0 < owed_ms <= limit.burst * limit.every_ms else 0

    def give_back(self, limit: Limit, who: str) -> None:
        """One less: it turned out to be none of what is counted."""
        held = self._of(limit)
        if who in held:
            held[who] -= limit.every_ms

    def _of(self, limit: Limit) -> OrderedDict[str, int]:
        return self._full_ms.setdefault(limit.name, OrderedDict())

    def held(self) -> int:
        """How many askers are remembered."""
        return sum(len(each) for each in self._full_ms.values())


def may(request: Request, limit: Limit, who: str) -> None:
    """Go on, unless this asker must wait; nothing is counted.

    Raises:
        Problem: `busy` (429) with Retry-After.
    """
    brakes: Brakes = request.app.state.brakes
    wait_ms = brakes.wait_ms(limit, who, clock.now_ms())
    if wait_ms:
        raise too_many(wait_ms)


def count(request: Request, limit: Limit, who: str) -> None:
    """Remember one more of this."""
    brakes: Brakes = request.app.state.brakes
    brakes.count(limit, who, clock.now_ms())


def give_back(request: Request, limit: Limit, who: str) -> None:
    """Forget one again."""
    brakes: Brakes = request.app.state.brakes
    brakes.give_back(limit, who)


def take(request: Request, limit: Limit, who: str) -> None:
    """One of what this asker may; counted. Raises Problem (`busy`, 429)."""
    may(request, limit, who)
    count(request, limit, who)


def pass_person(request: Request, verb: str, path: str, person: str, *, unasked: bool) -> None:
    """One more request of somebody signed in, to the route that spells its address `path`. Raises Problem (`busy`,
    429)."""
    costly = COSTLY.get((verb, path))
    if costly is not PICTURES:
        take_of(request, UNASKED if unasked else PAGES, person)
    if costly is not None:
        take_of(request, costly, person)


def searching(request: Request, words: str) -> None:
    """They look for words, where any are asked for. Raises Problem (`busy`, 429)."""
    if words.strip():
        take_of(request, SEARCHES, request.state.user.id)


def take_of(request: Request, limit: Limit, person: str) -> None:
    """As `take`, for somebody signed in; an installation of tests may have lifted it."""
    if not request.app.state.settings.unbraked:
        take(request, limit, person)


def caller(request: Request) -> str:
    """The address a request counts for."""
    return address_of(request, request.app.state.settings.proxies)


@contextmanager
def proving(request: Request, limit: Limit | None = None) -> Iterator[None]:
    """Around what proves who is asking: what fails to is counted for its address, and told to wait once that is full.
    What proves itself passes however full it is, so that nobody is kept out by who shares their address."""
    try:
        yield
    except Problem as problem:
        if problem.status != 429:
            take(request, limit or GARBAGE, caller(request))
        raise


def too_many(wait_ms: int) -> Problem:
    """Not now; nothing was lost and nothing changed."""
    return Problem(
        "busy",
        429,
        "来得太密了，歇一会儿再试。什么也没丢，什么也没改动。",
        "Too many in a short time: wait a little and try again. Nothing was lost, nothing was changed.",
        retry_s=-(-wait_ms // 1000),
    )
