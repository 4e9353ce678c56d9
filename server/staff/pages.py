"""The desk's list of people, one of them opened, and the form that enters somebody new."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from uuid_utils import uuid7

from server import clock, sessions
from server.access import DESK, FIELD, User, arrange_grid, user_of
from server.desk import desk_page
from server.form_fields import text_of
from server.journal import WALKING, Draft
from server.localtime import local_day, local_iso
from server.passkeys.store import passkeys_of
from server.people import ROLES, Newcomer, add_person, newcomer, roles_given_by
from server.problem import not_found
from server.staff import store
from server.staff.store import Somebody

NAME_CHARS_MAX = 60
DONE = ("added", "changed", "ended", "returned", "sessions", "removed", "department", "off")


async def index(request: Request) -> Response:
    """Everybody, by what they are; searched by name and narrowed to a role or a grid."""
    if user_of(request).community is None:
        return RedirectResponse("/desk/beginning", 303)
    return await people_page(request)


async def people_page(request: Request, status: int = 200, said: dict[str, Any] | None = None) -> Response:
    """The whole list. `said`: a form that was not understood, and what is wrong with each part of it."""
    user, asked, offset = user_of(request), request.query_params, request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        everybody = await store.everybody(db, user.community)
        context = await scope_of_community(db, user)
        away = store.away(await store.stand_ins_of(db, [each.id for each in everybody]))
        names = {each.id: each.name for each in everybody}
        order = {grid: place for place, grid in enumerate(context["grids"])}
        listed = sorted(
            everybody, key=lambda each: min((order.get(grid, len(order)) for grid in each.grids), default=-1)
        )
        shown = [_line(each, context, away, names, offset) for each in listed if _fits(each, asked)]
        form = said or {
            "name": "",
            "role": "grid_worker",
            "grids": [],
            "buildings": [],
            "department": None,
            "wrong": {},
        }
        groups = [(role, [each for each in shown if each["role"] == role and not each["ended"]]) for role in ROLES]
        context |= {
            "groups": [{"role": role, "people": listed} for role, listed in groups if listed],
            "gone": [each for each in shown if each["ended"]],
            "count": sum(each.in_use for each in everybody),
            "away_count": sum(any(each["began_ms"] for each in listed) for listed in away.values()),
            "asked": {name: asked.get(name, "") for name in ("q", "role", "grid")},
            "form": form,
            "newest": next((line for line in shown if line["id"] == asked.get("added")), None),
            "done": asked.get("done") if asked.get("done") in DONE else None,
            "department_wrong": asked.get("wrong") == "department",
        }
        return await desk_page(request, db, "desk/people.html", status=status, **context)


async def scope_of_community(db: AsyncConnection, user: User) -> dict[str, Any]:
    """What somebody can be for: roles that the user may give, grids, buildings by grid, departments."""
    grids = await store.grids_of(db, user)
    buildings = await store.buildings_of(db, grids)
    return {
        "roles": roles_given_by(user.role),
        "grids": grids,
        "buildings": [{"grid": grids[grid], "named": named} for grid, named in buildings.items()],
        "departments": await store.departments_of(db, user.community),
    }


def _fits(person: Somebody, asked: Any) -> bool:
    named = asked.get("q", "").strip().casefold() in person.name.casefold()
    in_grid = not asked.get("grid") or asked["grid"] in person.grids
    return named and in_grid and asked.get("role") in (None, "", person.role)


def scope_words(person: Somebody, context: dict[str, Any]) -> list[str]:
    """What somebody is for, by name: grids, buildings, a department. A station master has every grid: none is named."""
    if person.role in ("station_master", "admin", "supervisor", "dispatcher"):
        return []
    houses = {id_: name for each in context["buildings"] for id_, name in each["named"].items()}
    named = [context["grids"][grid] for grid in context["grids"] if grid in person.grids]
    named += [name for id_, name in houses.items() if id_ in person.buildings]
    return [
        *named,
        *([context["departments"][person.department]] if person.department in context["departments"] else []),
    ]


def _line(
    person: Somebody, context: dict[str, Any], away: dict[str, list[dict[str, Any]]], names: dict[str, str], offset: int
) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "scope": scope_words(person, context),
        "phones": person.phones,
        "unsent": person.unsent,
        "last": local_iso(person.last_ms, offset) if person.last_ms else None,
        "keys": person.keys,
        "walks": person.role in FIELD,
        "desk": person.role in DESK,
        "ended": local_iso(person.ended_ms, offset) if person.ended_ms is not None else None,
        "away": [{**each, "by": names.get(each["by"], "")} for each in away.get(person.id, [])],
    }


async def show(request: Request) -> Response:
    """One person: what they are, what opens to them, who stands in for them."""
    return await person_page(request)


async def person_page(
    request: Request,
    status: int = 200,
    *,
    said: dict[str, Any] | None = None,
    link: dict[str, Any] | None = None,
    trouble: str | None = None,
    stand_in: dict[str, Any] | None = None,
) -> Response:
    """The whole page. `said` and `stand_in`: forms that were not understood; `link` was just made, and only this answer
    shows it; `trouble`: words for what could not be done."""
    user, now, offset = user_of(request), clock.now_ms(), request.app.state.settings.utc_offset_min
    async with request.app.state.db.reading() as db:
        person = await store.access_person(db, user, request.path_params["person"])
        everybody = await store.everybody(db, user.community)
        names = {each.id: each.name for each in everybody}
        context = await scope_of_community(db, user)
        stand_ins = store.away(await store.stand_ins_of(db, names))
        others = [each for each in everybody if each.role in WALKING and each.in_use and each.id != person.id]
        form = {"role": person.role, "grids": person.grids, "buildings": person.buildings, "wrong": {}}
        today = local_day(now, offset)
        context |= {
            "person": _line(person, context, stand_ins, names, offset),
            "form": said or {**form, "department": person.department},
            "may_change": may_change(user, person),
            "mine": person.id == user.id,
            "keys": [_key(row, offset) for row in await passkeys_of(db, person.id)],
            "had_keys": await store.had_passkey(db, person.id),
            "sessions": len(await sessions.of_person(db, person.id, now)),
            "others": [{"id": each.id, "name": each.name} for each in others],
            "covers": [
                {"name": names[each["person"]], **each}
                for listed in stand_ins.values()
                for each in listed
                if each["by"] == person.id
            ],
            "stand_in": stand_in or {"by": "", "from_on": today, "until_on": "", "note": "", "wrong": {}},
            "today": today,
            "link": link,
            "trouble": trouble,
            "done": request.query_params.get("done") if request.query_params.get("done") in DONE else None,
        }
        return await desk_page(request, db, "desk/person.html", status=status, **context)


def may_change(user: User, person: Somebody) -> bool:
    """Whether it is for this user to say what somebody is; the rules judge it once more."""
    return person.id != user.id and person.role in roles_given_by(user.role)


def _key(row: RowMapping, offset: int) -> dict[str, Any]:
    last = local_iso(row["last_ms"], offset) if row["last_ms"] is not None else None
    return {"id": row["id"], "label": row["label"], "added": local_iso(row["added_ms"], offset), "last": last}


async def typed(request: Request, user: User, form: FormData, name: str) -> Newcomer:
    """Somebody as the form names them, from what the user may name."""
    grids = [arrange_grid(user, str(grid)) for grid in form.getlist("grids")]
    async with request.app.state.db.reading() as db:
        everywhere = await store.grids_of(db, user)
        houses = {id_ for named in (await store.buildings_of(db, everywhere)).values() for id_ in named}
        departments = await store.departments_of(db, user.community)
    buildings = [str(each) for each in form.getlist("buildings")]
    department = text_of(form, "department") or None
    if not houses.issuperset(buildings) or department not in (None, *departments):
        raise not_found()
    role = text_of(form, "role")
    given = role if role in roles_given_by(user.role) else ""
    return newcomer(name, given, grids, list(everywhere), buildings, department)


def typed_again(form: FormData, person: Newcomer, wrong: dict[str, str]) -> dict[str, Any]:
    """What was typed, for the form to be shown with it, and what is wrong with it."""
    lists = {field: [str(each) for each in form.getlist(field)] for field in ("grids", "buildings")}
    said = {"name": person.name, "role": text_of(form, "role"), "department": form.get("department") or None}
    return {**said, **lists, "wrong": wrong}


async def create(request: Request) -> Response:
    """Somebody new. Back to the list, where they now stand."""
    user, state, form = user_of(request), request.app.state, await request.form(max_files=0)
    if user.community is None:
        raise not_found()
    person = await typed(request, user, form, text_of(form, "name"))
    id_, wrong = await add_person(state.db, state.journal, user.community, user.id, person)
    if id_ is None:
        return await people_page(request, 400, typed_again(form, person, wrong))
    return RedirectResponse(f"/desk/people?added={id_}", 303)


async def create_department(request: Request) -> Response:
    """One more department of the community."""
    user, form = user_of(request), await request.form(max_files=0)
    name = " ".join(text_of(form, "name").split())
    async with request.app.state.db.reading() as db:
        known = (await store.departments_of(db, user.community)).values()
    if user.community is None or not 0 < len(name) <= NAME_CHARS_MAX or name in known:
        return RedirectResponse("/desk/people?wrong=department#departments", 303)
    id_ = str(uuid7())
    draft = Draft("department.added", id_, None, user.id, {"name": name, "community": user.community}, id=id_)
    await request.app.state.journal.commit([draft])
    return RedirectResponse("/desk/people?done=department", 303)


routes = [
    Route("/desk/people", index, methods=["GET"]),
    Route("/desk/people", create, methods=["POST"]),
    Route("/desk/people/{person}", show, methods=["GET"]),
    Route("/desk/departments", create_department, methods=["POST"]),
]
