"""Our own API as an OpenAPI 3.1 document, made of the address table and the shapes that are read.

`python -m tools.openapi [FILE]`; build/openapi.json unless named. For the fuzzer, and whoever writes a second client.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
from starlette.routing import BaseRoute, Route

from server.access import entry_for
from server.app import all_routes
from server.hotline.api import Sent
from server.join.enrolling import Registration
from server.journal.wire import Asked
from server.passkeys.pages import Said
from sync.capsule import Capsule
from sync.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
BODIES: dict[str, type[msgspec.Struct]] = {
    "/sync/exchange": Asked,
    "/sync/capsules": Capsule,
    "/join/{token}/device": Registration,
    "/join/{token}/passkey": Said,
    "/sign-in": Said,
    "/api/hotline/tickets": Sent,
    "/desk/me/confirmation": Said,
    "/desk/me/passkeys": Said,
}
"""What is sent as JSON, by address."""
VISIT: tuple[str, ...] = (
    "quick",
    "result",
    "mode",
    "text",
    "who_met",
    "companions",
    "care",
    "follow_up_on",
    "difficulty",
    "need",
    "idea",
)
VISIT += ("effect", "blobs", "over", "id", "household", "ok", "day", "time", "photos", "voices")
HOUSEHOLD = ("building", "entrance", "floor", "room", "kind", "contact", "occupancy", "new_building", "placed", "id")
RESIDENT = ("name", "relation", "birth_year", "phone", "lives_here", "deceased", "note", "tags", "id")
FACT = ("field", "value", "over", "heads", "had", "undo", "edit", "add", "remove", "id", "grid")
FORMS: dict[str, tuple[str, ...]] = {
    "/language": ("lang", "back"),
    "/field/settings": ("lang",),
    "/field/households": HOUSEHOLD,
    "/field/households/{household}/visits": VISIT,
    "/field/visits/{visit}/corrections": VISIT,
    "/field/households/{household}/residents": RESIDENT,
    "/field/households/{household}/facts": FACT,
    "/field/residents/{resident}/facts": FACT,
    "/field/carry": ("capsule",),
    "/desk/phones/links": ("person",),
    "/desk/people": ("name", "role", "grids", "buildings", "department"),
    "/desk/departments": ("name",),
    "/desk/people/{person}/role": ("role", "grids", "buildings", "department"),
    "/desk/people/{person}/stand-in": ("person", "from", "until", "grids"),
    "/desk/recoveries": ("person", "reason"),
    "/desk/beginning": ("community", "name", "grids"),
    "/desk/me/sessions": ("session",),
    "/desk/capsules": ("capsule",),
    "/desk/grids": ("name",),
    "/desk/grids/{grid}/people": ("person", "people", "name", "role"),
    "/desk/grids/{grid}/buildings/moves": ("to", "buildings"),
    "/desk/grids/{grid}/buildings/{building}/moves": ("to",),
    "/desk/imports": ("file", "grid"),
    "/desk/hotline/answers": ("since",),
    "/desk/hotline/{ticket}/whistle": ("place",),
    "/desk/messages": ("message", "names"),
    "/desk/messages/whistle": ("edit", "at", "title", "text", "place", "category", "urgency"),
    "/desk/imports/{id}/grid": ("grid",),
    "/desk/conflicts/{key}/decision": ("choice", "words", "shown", "b", "seen", "reason"),
    "/desk/conflicts/decisions/{edit}/undoing": ("open",),
}
"""What is sent as a form; every form may be sent without what it asks for."""
_ASKED = ("q", "grid", "worker", "span", "on", "mode", "result", "building", "ask", "hours", "first", "last")
QUERIES: dict[str, tuple[str, ...]] = {
    "/desk/visits": (*_ASKED, "care", "before"),
    "/desk/visits/earlier": (*_ASKED, "before"),
    "/desk/visits/arrivals": ("q", "grid", "since", "span"),
    "/desk/pictures": ("grid", "back"),
    "/desk/boards": ("grid", "q"),
    "/desk/conflicts": ("open", "told", "decided", "beside", "why"),
    "/desk/conflicts/{key}": ("open",),
    "/desk/phones": ("added", "changed"),
    "/desk/grids": ("grid", "done"),
    "/desk/me": ("done",),
    "/sign-in": ("to",),
    "/blobs/{sha256}": ("visit", "aside"),
    "/field/doors": ("q", "building", "to"),
    "/field/doors/found": ("q",),
    "/field/visits/new": ("q", "to"),
    "/field/households/new": ("building", "q"),
}
_PARAMETER = re.compile(r"\{(\w+)(:path)?\}")


def document(routes: Iterable[BaseRoute] = ()) -> dict[str, Any]:
    """The document."""
    shapes = [*BODIES.values(), *(rule.body for rule in RULES.values())]
    found, components = msgspec.json.schema_components(shapes, ref_template="#/components/schemas/{name}")
    shape_of = dict(zip(shapes, found, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes or all_routes():
        assert isinstance(route, Route)
        path = _PARAMETER.sub(r"{\1}", route.path)
        for verb in sorted((route.methods or set()) - {"HEAD"}):
            paths.setdefault(path, {})[verb.lower()] = _operation(route, path, verb, shape_of)
    kinds = {kind: {"body": shape_of[rule.body], "phones": rule.phones} for kind, rule in sorted(RULES.items())}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sifang 四访", "version": "1"},
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": components},
        "x-edits": kinds,
    }


def _operation(route: Route, path: str, verb: str, shape_of: dict[Any, Any]) -> dict[str, Any]:
    text, entry = {"type": "string"}, entry_for(verb, route.path)
    named = [{"name": name, "in": "path", "required": True, "schema": text} for name, _ in _PARAMETER.findall(path)]
    if verb == "GET":
        named += [{"name": name, "in": "query", "schema": text} for name in QUERIES.get(path, ())]
    said: dict[str, Any] = {
        "x-roles": sorted(entry.roles if entry else ()),
        "parameters": named,
        "responses": {"default": {}},
    }
    if verb == "POST" and path in BODIES:
        said["requestBody"] = {"content": {"application/json": {"schema": shape_of[BODIES[path]]}}}
    elif verb == "POST" and path in FORMS:
        form = {"type": "object", "properties": dict.fromkeys(FORMS[path], text)}
        said["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    elif verb == "PUT":
        said["requestBody"] = {"content": {"application/octet-stream": {}}}
    return said


def main(arguments: list[str]) -> int:
    """Write it."""
    target = Path(arguments[0]) if arguments else ROOT / "build" / "openapi.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(document(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
