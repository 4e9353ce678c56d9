"""At the foot of a page the way to say what could be easier. Twin of `easier` in web/phone/routes.js."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from server.access import user_of
from server.field import store
from server.field.sheet import is_id
from server.views.suggestion_form import WITHOUT

Params = dict[str, Any]


async def easier_of(request: Request, db: AsyncConnection, view: str) -> Params:
    """At the foot of a page the way to say that it could be easier, and from there back; above it, that this was
    kept."""
    edit = request.query_params.get("suggested", "")
    made = await store.read_edit(db, edit) if is_id(edit) else None
    kept = made is not None and made["author"] == user_of(request).id
    asked = urlencode([each for each in request.query_params.multi_items() if each[0] != "suggested"])
    back = f"{request.url.path}?{asked}" if asked else request.url.path
    root = "/elder" if view.startswith("elder_") else "/field"
    link = f"{root}/suggestions/new?{urlencode({'page': view, 'back': back})}" if view not in WITHOUT else ""
    return {"easier": link, "suggested": {"unsent": False} if kept else None}
