"""From the words of a ledger to the grid and the building they mean in this community."""

from __future__ import annotations

from server.imports.addresses import Address, building_key
from server.imports.registry import KnownBuilding, KnownGrid, KnownHome, Registry
from server.imports.words import key, number


class NotPlaced(Exception):
    """The words do not lead to one place; `code` and `args` say why, as in a remark."""

    def __init__(self, code: str, **args: str | int) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


def grid_of(registry: Registry, said: str, address: Address, default: KnownGrid | None) -> KnownGrid:
    """The grid a row belongs to: as the row says, else by its quarters, else the one chosen for the whole file.

    Raises:
        NotPlaced: `unknown_grid`, `which_grid`.
    """
    if said:
        found = registry.grid_by_key.get(said)
        if found is None:
            raise NotPlaced("unknown_grid", value=said)
        return found
    if address.quarters:
        quarters = key(address.quarters)
        fitting = {building.grid for building in registry.buildings if key(building.quarters) == quarters}
        fitting |= {grid.id for grid in registry.grids if key(grid.quarters) == quarters}
        if len(fitting) == 1:
            return registry.grid_by_id[fitting.pop()]
    if default:
        return default
    if len(registry.grids) == 1:
        return registry.grids[0]
    raise NotPlaced("which_grid")


def quarters_of(registry: Registry, grid: KnownGrid, address: Address) -> str:
    """The quarters a new building stands in: as the row says, else the grid's own."""
    return address.quarters or grid.quarters or grid.name


def find_building(registry: Registry, grid: KnownGrid, address: Address) -> KnownBuilding | None:
    """The building meant, or None when the grid has none of that name yet.

    Raises:
        NotPlaced: `no_building`, `which_quarters`, `which_building`.
    """
    name = address.building or ("商铺" if address.block == "shops" else "")
    if not name:
        raise NotPlaced("no_building", value=address.room)
    fitting = registry.buildings_by_key.get((grid.id, building_key(name)), [])
    if address.quarters:
        quarters = key(address.quarters)
        exact = [building for building in fitting if key(building.quarters) == quarters]
        if len(exact) > 1:
            raise NotPlaced("which_building", value=name)
        if exact:
            return exact[0]
        # 槐安小区 in the ledger and 槐安小区东 in the registry are one place when nothing else fits.
        near = [b for b in fitting if key(b.quarters) in quarters or quarters in key(b.quarters)]
        return near[0] if len(near) == 1 else None
    if len(fitting) > 1:
        raise NotPlaced("which_quarters", value=name)
    return fitting[0] if fitting else None


def find_home(registry: Registry, building: KnownBuilding, address: Address) -> KnownHome | None:
    """The household behind a door, or None when the building has none of that name yet.

    Raises:
        NotPlaced: `which_home`: two are called so, and a file cannot know which is meant.
    """
    fitting = registry.homes_at(building.id, address.entrance, address.room)
    if len(fitting) > 1:
        raise NotPlaced("which_home", door=address.short(), n=len(fitting))
    return fitting[0] if fitting else None


def sort_of(name: str, block: str) -> int:
    """Where a building stands among the others: by number, then bungalows, then shops."""
    if block != "block":
        return 8000 if block == "bungalows" else 9000
    value = number(building_key(name))
    return value if value is not None and value < 5000 else 5000
