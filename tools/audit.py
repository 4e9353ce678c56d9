"""Asks the OSV database which of our locked versions have known vulnerabilities, vendored front-end files among them.

`python -m tools.audit`; 0 when there are none, 1 when there are or when nobody could be asked: an audit that did not
happen is no good news. How soon what is found must be gone stands in docs/security/components.md.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tools.locked import Component, locked, vendored

DATABASE = "https://api.osv.dev/v1"
WAIT_S = 20
DAYS = {"CRITICAL": 2, "HIGH": 7, "MODERATE": 30, "MEDIUM": 30, "LOW": 90}
UNRATED = "HIGH"
"""What nobody has rated yet is taken seriously."""


class NotAudited(RuntimeError):
    """The database could not be asked, or what it answered could not be read."""


@dataclass(frozen=True)
class Found:
    """One vulnerability of one component."""

    component: Component
    id: str
    severity: str
    published: date
    fixed: list[str]

    @property
    def until(self) -> date:
        """The day by which it must be gone."""
        return self.published + timedelta(days=DAYS[self.severity])


def _ask(path: str, body: Any = None) -> Any:
    address = f"{os.environ.get('SIFANG_OSV', DATABASE)}{path}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=WAIT_S) as answer:
            return json.load(answer)
    except (OSError, ValueError) as error:
        raise NotAudited(f"{address} could not be asked ({type(error).__name__})") from None


def known(components: list[Component]) -> Iterator[Found]:
    """Every known vulnerability of these. Raises NotAudited."""
    asked = [{"package": {"ecosystem": c.ecosystem, "name": c.name}, "version": c.version} for c in components]
    answer = _ask("/querybatch", {"queries": asked})
    results = answer.get("results") if isinstance(answer, dict) else None
    if not isinstance(results, list) or len(results) != len(components):
        raise NotAudited("the database answered for other packages than it was asked about")
    for component, result in zip(components, results, strict=True):
        if result.get("next_page_token"):
            raise NotAudited(f"the database has more on {component.name} than was read")
        for each in result.get("vulns", ()):
            yield _read(component, _ask(f"/vulns/{each['id']}"))


def _read(component: Component, told: Any) -> Found:
    severity = str(told.get("database_specific", {}).get("severity", UNRATED)).upper()
    ranges = [span for each in told.get("affected", ()) for span in each.get("ranges", ())]
    fixed = [event["fixed"] for span in ranges for event in span.get("events", ()) if "fixed" in event]
    published = date.fromisoformat(told["published"][:10])
    return Found(component, told["id"], severity if severity in DAYS else UNRATED, published, sorted(set(fixed)))


def main() -> int:
    """Tell what is known."""
    components = [*locked(), *vendored()]
    try:
        found = list(known(components))
    except NotAudited as error:
        print(f"Nothing was audited: {error}. Run this where the database can be reached.", file=sys.stderr)
        return 1
    for each in found:
        name = f"{each.component.name} {each.component.version}"
        mended = f"fixed in {', '.join(each.fixed)}" if each.fixed else "not fixed yet"
        print(f"{name}: {each.id}, {each.severity.lower()}, {mended}, must be gone by {each.until}", file=sys.stderr)
    print(f"{len(components)} components, {len(found)} known vulnerabilities")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
