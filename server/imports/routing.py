"""From words in which somebody says where it is, to the grid, the building and the door: only where they fit one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from server.imports.addresses import building_key, grid_key
from server.imports.registry import KnownBuilding, Registry
from server.imports.words import NUMERAL, key

_NAME = rf"(?:[A-Z]?\d{{1,3}}[A-Z]?|[{NUMERAL}]{{1,3}}|[A-Z])"
# 3楼 may be a floor: only 3号楼 is a building.
_HOUSE = r"(?:号楼|#楼|号幢|号栋|幢|栋|座|#)"
_DOOR = re.compile(
    rf"(?P<building>{_NAME}){_HOUSE}"
    rf"(?:[-,，]?(?P<entrance>\d{{1,2}}|[{NUMERAL}]{{1,2}}|[A-Z东中西])(?:单元|门洞|梯))?"
    r"(?:[-,，]?(?:\d{1,2}[层楼])?[-,，]?(?P<room>[A-Z]?\d{3,4}[A-Z]?)(?!\d))?"
)
_DASHED = re.compile(
    r"(?<![\d-])(?P<building>[A-Z]?\d{1,3})-(?:(?P<entrance>\d{1,2})-)?(?P<room>[1-9]\d{2,3}[A-Z]?)(?![\d-])"
)
_GRID = re.compile(rf"第?(?:\d{{1,3}}|[{NUMERAL}]{{1,3}})网格")
_SHORTEST = 2
"""A name of one sign stands in too many words to say anything."""


@dataclass(frozen=True)
class Routed:
    """Where it is, as far as the words say it. `grid` is None where they lead to none, or to more than one."""

    grid: str | None = None
    building: str | None = None
    household: str | None = None

    def about(self) -> dict[str, str]:
        """What a whistle's body says of the place."""
        if self.household:
            return {"household": self.household}
        return {"building": self.building} if self.building else {}


def route(places: Registry, words: str, grid_said: str = "") -> Routed:
    """The place that words name in a community; `grid_said`: the grid, where a column of its own names it."""
    plain = key(words)
    named = _grid(places, grid_said) or _grid(places, _found(_GRID, plain))
    near = [each for each in places.buildings if named in (None, each.grid)]
    quarters = _longest({key(each.quarters) for each in near}, plain)
    if quarters:
        near = [each for each in near if key(each.quarters) == quarters]
    for said in (*_DOOR.finditer(plain), *_DASHED.finditer(plain)):
        fitting = [each for each in near if building_key(each.name) == building_key(said["building"])]
        if len(fitting) == 1:
            return _at(places, fitting[0], said["entrance"] or "", said["room"] or "")
    called = _longest({key(each.name) for each in near if not re.search(r"\d", each.name)}, plain)
    fitting = [each for each in near if called and key(each.name) == called]
    if len(fitting) == 1:
        return _at(places, fitting[0], "", "")
    return Routed(named or (_only(near) if quarters else None) or _by_quarters(places, plain))


def _at(places: Registry, building: KnownBuilding, entrance: str, room: str) -> Routed:
    homes = places.homes_at(building.id, entrance, room) if room else []
    return Routed(building.grid, building.id, homes[0].id if len(homes) == 1 else None)


def _grid(places: Registry, said: str) -> str | None:
    found = places.grid_by_key.get(grid_key(said)) if said else None
    return found.id if found else None


def _by_quarters(places: Registry, plain: str) -> str | None:
    """The grid that is called by quarters in which no building stands yet."""
    found = {grid.id for grid in places.grids if len(key(grid.quarters)) >= _SHORTEST and key(grid.quarters) in plain}
    return found.pop() if len(found) == 1 else None


def _only(buildings: Iterable[KnownBuilding]) -> str | None:
    grids = {each.grid for each in buildings}
    return grids.pop() if len(grids) == 1 else None


def _longest(names: Iterable[str], plain: str) -> str:
    """The longest of these names that stands in the words."""
    found = [name for name in names if len(name) >= _SHORTEST and name in plain]
    return max(found, key=len, default="")


def _found(pattern: re.Pattern[str], plain: str) -> str:
    match = pattern.search(plain)
    return match[0] if match else ""
