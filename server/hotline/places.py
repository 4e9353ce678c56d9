"""Where a ticket or a message may be placed, as a form offers it, and what was picked there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from server.imports.registry import Registry
from server.imports.routing import Routed
from server.problem import not_found

Choice = dict[str, Any]


def choices(places: Registry, grids: Collection[str]) -> list[Choice]:
    """These grids, each with its buildings."""
    return [
        {
            "id": grid.id,
            "name": grid.name,
            "buildings": [
                {"id": f"{grid.id}.{each.id}", "name": f"{each.quarters} {each.name}".strip()}
                for each in places.buildings
                if each.grid == grid.id
            ],
        }
        for grid in places.grids
        if grid.id in grids
    ]


def picked(places: Registry, grids: Collection[str], said: str, guessed: Routed) -> Routed:
    """The grid, or the building in it, that was picked; with the door where the words led to one there. Raises
    Problem: absent and forbidden alike."""
    grid, _, building = said.partition(".")
    known = {each.id for each in places.buildings if each.grid == grid}
    if grid not in grids or (building and building not in known):
        raise not_found()
    if building and building == guessed.building:
        return guessed
    return Routed(grid, building or None)


def value_of(routed: Routed) -> str:
    """How a form names a place that was found; empty where none was."""
    return ".".join(each for each in (routed.grid, routed.building) if each)
