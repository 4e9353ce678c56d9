"""From what somebody pressed on the page of grids to edits over what stands by then, whoever pressed meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.journal import Draft, Standing


@dataclass(frozen=True)
class Ticked:
    """Who looks after a grid, as one page was shown it and as its reader ticked it: ids of people."""

    grid: str
    shown: frozenset[str]
    chosen: frozenset[str]

    def drafts(self, carers: Iterable[str], standing: Standing, author: str) -> list[Draft]:
        """Only what the reader changed is changed: people whom somebody else ticked meanwhile stay, and so does every
        other grid of theirs."""
        made = []
        for carer in carers:
            wanted = carer in self.chosen
            person = standing("person", None, carer)
            if person is None or wanted == (carer in self.shown) or wanted == (self.grid in person.grids):
                continue
            kept = [each for each in person.grids if each != self.grid]
            body = {"grids": [*kept, self.grid] if wanted else kept}
            made.append(Draft("person.assigned", carer, None, author, body))
        return made

    def meanwhile(self, carers: Iterable[str], standing: Standing) -> tuple[list[str], list[str]]:
        """Who came and who left since the page was shown, as far as its reader did not say the same."""
        people = {carer: standing("person", None, carer) for carer in carers}
        now = {carer for carer, person in people.items() if person is not None and self.grid in person.grids}
        came = now - self.shown - self.chosen
        left = (self.shown & self.chosen) - now
        return sorted(came), sorted(left)


def moved(buildings: Iterable[str], grid: str, to: str, standing: Standing, author: str) -> list[Draft]:
    """Buildings go over to another grid; one that has left meanwhile stays where somebody put it."""
    here = [each for each in buildings if standing("building", grid, each) is not None]
    return [Draft("building.moved", each, grid, author, {"to": to}) for each in here]
