"""Every route, for everybody, about their own rows, others' and none: nobody reads or changes what is not theirs."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from httpx import Response

from server import clock
from server.access import TABLE
from server.settings import Settings
from tests.access.cases import PAGE, WAYS, Case, cases
from tests.access.world import (
    ABSENT,
    ACTORS,
    BESIDE,
    ELSEWHERE,
    HERE,
    NAMES,
    PHONE_ROLES,
    RESIDENTS,
    STAFF,
    WHISTLES,
    Actor,
    World,
    cookie_of,
    copy_folder,
    may_know,
    plant,
)
from tests.journal.conftest import NOON_MS, Station, opened
from tests.thorough import chosen

pytestmark = pytest.mark.anyio

CASES_LEAST = 20_000


@pytest.fixture(scope="session")
async def planted(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> tuple[Path, World]:
    """The world, made once; everybody tries a copy."""
    folder = tmp_path_factory.mktemp("world")
    copy_folder(empty_sqlite.parent, folder)
    (folder / empty_sqlite.name).rename(folder / "station.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: NOON_MS)
        async with opened(_settings(folder), patch) as station:
            world = await plant(station)
    return folder, world


def _settings(folder: Path) -> Settings:
    # Each asks thousands of times in one moment of a clock that stands still.
    url = f"sqlite+aiosqlite:///{folder}/station.db"
    return Settings(url, folder, b"a secret for tests only.........", unbraked=True)


@asynccontextmanager
async def copied(planted: tuple[Path, World], folder: Path) -> AsyncIterator[World]:
    """The world served once more, from a copy of it."""
    source, world = planted
    copy_folder(source, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now_ms", lambda: NOON_MS)
        async with opened(_settings(folder), patch) as station:
            station.ids, station.now_ms = dict(world.station.ids), NOON_MS
            yield World(station, world.words, world.rows, world.people, world.phones)


async def ask(world: World, cookies: dict[str, str], case: Case) -> Response:
    """Send one request as its way has it."""
    shown = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = {**case.way.headers, "Sec-Fetch-Site": "same-origin", "Cookie": shown}
    return await world.station.http.request(case.verb, case.address, data=case.form, headers=headers)


async def written(station: Station) -> tuple[object, ...]:
    """What changes when anything is written."""
    size = "SELECT (SELECT size FROM journal_head), (SELECT COUNT(*) FROM join_link), (SELECT COUNT(*) FROM session)"
    return tuple((await station.rows(size))[0])


def lets_in(actor: Actor, case: Case) -> bool:
    """Whether this person may use this address at all."""
    roles = TABLE[case.verb, case.route].roles
    if "anyone" in roles or "device" in roles:
        return True
    if actor.is_out or actor.role not in roles:
        return False
    return actor.use == "desk" or (actor.role in PHONE_ROLES and not case.route.startswith("/desk"))


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name.replace(" ", "_"))
async def test_nobody_reads_or_changes_what_is_not_theirs(
    planted: tuple[Path, World], tmp_path: Path, actor: Actor
) -> None:
    known, wrong = may_know(actor), []
    own = ELSEWHERE if actor.elsewhere else HERE
    async with copied(planted, tmp_path) as world:
        cookies = await cookie_of(world, actor)
        before = await written(world.station)
        absent: dict[tuple[str, str, int], tuple[int, str]] = {}
        tried = sorted(
            # One in four ways of asking at a route and person; all of them by `make thorough`.
            (each for each in cases(world.rows) if chosen(f"{actor.name} {each.verb} {each.route} {each.way}", 4)),
            key=lambda each: (each.verb != "GET", each.whose == own, each.whose != "absent"),
        )
        reading = True
        for case in tried:
            if reading and case.verb != "GET":
                reading = False
                assert await written(world.station) == before, "what only reads has written"
            answer = await ask(world, cookies, case)
            if (trouble := _wrong(world, actor, case, answer, known)) is not None:
                wrong.append((trouble, case.verb, case.address, answer.status_code))
            if case.verb != "GET" and not (lets_in(actor, case) and case.whose in {own, None}):
                now = await written(world.station)
                if now != before and not _may_write(actor, case):
                    wrong.append((f"wrote {before} → {now}", case.verb, case.address, answer.status_code))
                before = now
            elif case.verb != "GET":
                before = await written(world.station)
            wrong += _unlike(case, answer, absent, actor, world)
            if case.route in ENDING:
                cookies = await cookie_of(world, actor)
                before = await written(world.station)
    assert "\n".join(map(str, wrong[:20])) == ""


def _wrong(world: World, actor: Actor, case: Case, answer: Response, known: frozenset[tuple[str, str]]) -> str | None:
    said = answer.text + json.dumps(dict(answer.headers))
    if leaked := world.leaked(said, known):
        return f"leaks {leaked}"
    if answer.status_code >= 500:
        return "fails"
    if "Traceback" in said:
        return "shows its insides"
    if lets_in(actor, case):
        return None
    if answer.status_code in {401, 404} or (case.whose == "nonsense" and answer.status_code == 405):
        return None
    if actor.shut and answer.status_code == 403:
        return None
    led_home = case.route in {"/field", "/field/"} and answer.status_code == 303
    return None if led_home and (actor.use == "desk" or actor.role == "volunteer") else "lets in"


def _may_write(actor: Actor, case: Case) -> bool:
    """Forms whose own words alone count: they name no row, or none that this person may not use."""
    if not lets_in(actor, case):
        return False
    if case.whose in {BESIDE, HERE} and _whole_community(actor, case) and not actor.elsewhere:
        return True
    return case.route in NAMELESS


def _whole_community(actor: Actor, case: Case) -> bool:
    """Whether the rows of a neighbouring grid are theirs as well: the station's, who is to be let in again, and for
    a dispatcher the whistles, the hotline's tickets and what groups say."""
    theirs = ("/desk/whistles", "/desk/hotline", "/desk/messages")
    if actor.role == "dispatcher" and case.route.startswith(theirs):
        return True
    return actor.role in {"station_master", "admin"} or case.route.startswith("/desk/recoveries/")


ENDING = frozenset({"/sign-out", "/desk/me/sessions"})
"""After these somebody must come in again, to go on trying."""
NAMELESS = frozenset(
    {"/sign-out", "/desk/grids", "/desk/me/sessions", "/desk/departments", "/desk/restricted"}
    | {"/desk/calendar/days", "/desk/calendar/hours", "/desk/limits", "/desk/routing"}
    | {"/desk/suggestions", "/field/suggestions", "/elder/reports", "/elder/suggestions"}
)
"""Addresses whose forms name no row of others, whatever else is filled in."""


def _unlike(
    case: Case, answer: Response, absent: dict[tuple[str, str, int], tuple[int, str]], actor: Actor, world: World
) -> list[tuple[str, str, str, int]]:
    """What is another's is answered like what is not there."""
    if "{" not in case.route or "?" in case.address or case.whose is None or not lets_in(actor, case):
        return []
    key = case.verb, case.route, WAYS.index(case.way)
    told = answer.status_code, _without_names(answer.text, case, world)
    if case.whose == "absent":
        absent[key] = told
        return []
    foreign = {ELSEWHERE} if _whole_community(actor, case) else {BESIDE, ELSEWHERE}
    foreign = {HERE, BESIDE} if actor.elsewhere else foreign
    if case.whose in foreign and told != absent[key]:
        return [("is answered unlike absent", case.verb, case.address, answer.status_code)]
    return []


def _without_names(text: str, case: Case, world: World) -> str:
    # Each answer has a number of its own.
    text = re.sub(r"(编号|number) [2-9A-Z]{8}", "", text)
    names = world.rows[case.whose].values() if case.whose in world.rows else [ABSENT]
    # A small number stands in every style sheet: it is a name where the address says it.
    names = [name for name in names if not name.isdecimal() or name in case.address]
    for name in sorted(set(names), key=len, reverse=True):
        # A number of two digits stands inside many a key and hash as well.
        text = re.sub(rf"(?<![\w+/]){name}(?![\w+/])", "…", text) if name.isdecimal() else text.replace(name, "…")
    return text


async def test_there_are_enough_of_them(planted: tuple[Path, World]) -> None:
    world = planted[1]
    each = list(cases(world.rows))
    assert len(each) * len(ACTORS) >= CASES_LEAST
    assert {(case.verb, case.route) for case in each} >= {
        line for line in TABLE if line[0] != "PUT" and line[1] != "/desk/live"
    }


async def test_the_planted_words_are_found_by_whoever_may_read_them(
    planted: tuple[Path, World], tmp_path: Path
) -> None:
    # Else the matrix would hold however much leaked: every word must come out somewhere.
    master = next(actor for actor in ACTORS if actor.name == "station_master at a desk")
    seen = ""
    async with copied(planted, tmp_path) as world:
        cookies = await cookie_of(world, master)
        for case in cases(world.rows):
            if case.verb == "GET" and case.way is PAGE:
                seen += (await ask(world, cookies, case)).text
        hidden = [
            word
            for word, (where, whose) in world.words.items()
            if where != ELSEWHERE and whose in {RESIDENTS, WHISTLES}
        ]
        missing = " ".join(word for word in hidden if word not in seen)
        assert missing == ""


@pytest.mark.parametrize("where", [HERE, BESIDE, ELSEWHERE])
async def test_a_phone_pulls_its_own_grid_alone(planted: tuple[Path, World], tmp_path: Path, where: str) -> None:
    async with copied(planted, tmp_path) as world:
        phone = world.phones[where]
        phone.http, phone.scopes, phone.rows = world.station.http, {}, {}
        replies: list[str] = []
        send = world.station.http.request

        async def heard(*asked: object, **more: object) -> Response:
            answer = await send(*asked, **more)  # type: ignore[arg-type]
            replies.append(answer.text)
            return answer

        world.station.http.request = heard  # type: ignore[method-assign]
        phone.nonce = world.station.journal.new_nonce(phone.device)
        await phone.exchange(edits=[])
        text = "".join(replies)
        assert world.rows[where]["visit"] in text
        own = {(where, whose) for whose in (RESIDENTS, STAFF, WHISTLES, NAMES)}
        assert world.leaked(text, frozenset(own)) == []


async def test_a_route_that_is_not_listed_keeps_the_server_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.app import create_app

    for line in (("GET", "/desk/visits"), ("POST", "/sign-out")):
        monkeypatch.delitem(TABLE, line)
        with pytest.raises(ValueError, match=f"{line[0]} {line[1]}"):
            create_app(_settings(tmp_path))
        monkeypatch.undo()
    monkeypatch.setitem(TABLE, ("GET", "/secret"), TABLE["GET", "/desk/visits"])
    with pytest.raises(ValueError, match="GET /secret"):
        create_app(_settings(tmp_path))
