"""How a door is called: short in a list (3-2-501), in full in a heading (3幢2单元501)."""

from __future__ import annotations

from typing import Any

from server.i18n import t

BUILDING_WORDS = ("号楼", "幢", "栋", "楼")


def door_number(building: str, entrance: str | None, room: str) -> str:
    """3-2-501: what a list has room for; a building without a number keeps its name."""
    for word in BUILDING_WORDS:
        building = building.replace(word, "")
    return "-".join(part for part in (building, entrance, room) if part)


def door_name(lang: str, building: str, entrance: str | None, room: str) -> str:
    """3幢2单元501; in English 3幢, entrance 2, 501: names stay as people write them."""
    args: dict[str, Any] = {"building": building, "room": room}
    if entrance:
        return t(lang, "word.address", {**args, "entrance": entrance})
    return t(lang, "word.address_plain", args)


def short_grid(name: str) -> str:
    """第三网格 → 三网格: the list has a narrow column for it."""
    return name[1:] if name.startswith("第") and name.endswith("网格") else name
