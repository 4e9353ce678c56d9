"""What the registry holds now, as far as an import needs to compare with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.imports.addresses import building_key, entrance_of, grid_key, room_of
from server.imports.words import key

Value = str | int | bool | None


@dataclass(frozen=True)
class Head:
    """One standing value of a fact: the edit that said it, and who and when."""

    edit: str
    value: Value
    by: str = ""
    at_ms: int = 0
    proposed: bool = False


@dataclass(frozen=True)
class KnownGrid:
    """A grid of the community."""

    id: str
    name: str
    quarters: str = ""


@dataclass(frozen=True)
class KnownBuilding:
    """A building; `planned` ones come in with this import."""

    id: str
    grid: str
    quarters: str
    name: str
    management: str | None = None
    planned: bool = False


@dataclass
class KnownResident:
    """A resident. `said` is what ledgers last said of each fact, whoever has changed it since."""

    id: str
    facts: dict[str, list[Head]]
    tags: set[str]
    said: dict[str, Value] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name shown."""
        heads = self.facts.get("name")
        return str(heads[0].value) if heads else ""

    @property
    def deceased(self) -> bool:
        """Whether they are known to have died."""
        heads = self.facts.get("deceased")
        return bool(heads and heads[0].value)


@dataclass
class KnownHome:
    """A household. `said` as in `KnownResident`; `planned` ones come in with this import."""

    id: str
    grid: str
    building: str
    entrance: str
    room: str
    facts: dict[str, list[Head]] = field(default_factory=dict)
    residents: list[KnownResident] = field(default_factory=list)
    said: dict[str, Value] = field(default_factory=dict)
    planned: bool = False


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who works here."""

    id: str
    name: str
    role: str
    grids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KnownVisit:
    """A visit with the tellings (edit ids) that nobody has replaced; `imported` when all of these came from ledgers."""

    id: str
    household: str
    author: str
    occurred_at_ms: int
    heads: tuple[str, ...]
    imported: bool
    mode: str
    result: str
    text: str = ""
    who_met: str = ""
    companions: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()
    care: str | None = None
    follow_up_on: str | None = None


@dataclass
class Registry:
    """A community as it stands. `sources` are the files (SHA-256) that have come in before. `restricted`: whether
    restricted tags are kept; `apart` are those that are, by resident. `elsewhere`: other communities by name;
    `tickets`: numbers of the hotline that are here, whosever they are."""

    community: str
    community_name: str
    other_communities: list[str]
    grids: list[KnownGrid]
    buildings: list[KnownBuilding]
    homes: list[KnownHome]
    people: list[KnownPerson]
    visits: dict[str, list[KnownVisit]]
    sources: set[str]
    restricted: bool = False
    apart: dict[str, set[str]] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    tickets: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.grid_by_key = {grid_key(grid.name): grid for grid in self.grids}
        self.grid_by_id = {grid.id: grid for grid in self.grids}
        self.buildings_by_key: dict[tuple[str, str], list[KnownBuilding]] = {}
        self.homes_by_door: dict[tuple[str, str, str], list[KnownHome]] = {}
        for building in self.buildings:
            self.buildings_by_key.setdefault((building.grid, building_key(building.name)), []).append(building)
        for home in self.homes:
            self.homes_by_door.setdefault(_door(home.building, home.entrance, home.room), []).append(home)

    def add_building(self, building: KnownBuilding) -> None:
        """Remember a building that this import will make."""
        self.buildings.append(building)
        self.buildings_by_key.setdefault((building.grid, building_key(building.name)), []).append(building)

    def add_home(self, home: KnownHome) -> None:
        """Remember a household that this import will make."""
        self.homes.append(home)
        self.homes_by_door.setdefault(_door(home.building, home.entrance, home.room), []).append(home)

    def homes_at(self, building: str, entrance: str, room: str) -> list[KnownHome]:
        """The households that are called so: one behind a door, unless somebody added it twice. A phone may hold the
        door as it was typed, 一单元 and 7号; one that is spelled as here goes before."""
        called = self.homes_by_door.get(_door(building, entrance, room), [])
        return [home for home in called if (home.entrance, key(home.room)) == (entrance, key(room))] or called


def _door(building: str, entrance: str, room: str) -> tuple[str, str, str]:
    return (building, entrance_of(entrance) or key(entrance), room_of(room)[0])
