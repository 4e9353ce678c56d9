"""Every page of the product, by name, for those tests and pictures that must miss none."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class Places:
    """Addresses in one installation, found in its database."""

    def __init__(self, database: Path, worker: str = "小赵", home: str = "陈奶奶") -> None:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
            query = "SELECT json_extract(grids, '$[0]') FROM person WHERE name = ?"
            self.grid = str(db.execute(query, [worker]).fetchone()[0])
            wanted = """
                SELECT household.id, household.building,
                  (SELECT id FROM resident WHERE resident.household = household.id ORDER BY id LIMIT 1),
                  (SELECT id FROM visit WHERE visit.household = household.id ORDER BY occurred_at_ms DESC LIMIT 1)
                FROM household WHERE grid = ? AND EXISTS (SELECT 1 FROM visit WHERE visit.household = household.id)
                  AND EXISTS (SELECT 1 FROM resident WHERE resident.household = household.id)
                ORDER BY contact = ? DESC, id LIMIT 1"""
            row = db.execute(wanted, [self.grid, home]).fetchone()
            coded = "SELECT code FROM building_code JOIN building USING (id) WHERE grid = ? ORDER BY sort LIMIT 1"
            self.code = str((db.execute(coded, [self.grid]).fetchone() or ["none"])[0])
        self.household, self.building, self.resident, self.visit = (str(value) for value in row)

    def field(self) -> dict[str, str]:
        """The phone's pages: name → path."""
        home = f"/field/households/{self.household}"
        return {
            "today": "/field/",
            "today-all": "/field/?show=next",
            "doors": f"/field/doors?building={self.building}",
            "pick": "/field/visits/new",
            "pick-found": "/field/visits/new?q=501&to=visit",
            "household": home,
            "visit-form": f"{home}/visits/new",
            "visit": f"/field/visits/{self.visit}",
            "correction": f"/field/visits/{self.visit}/corrections/new",
            "fact": f"{home}/facts?field=phone",
            "resident": f"/field/residents/{self.resident}/facts",
            "resident-tags": f"/field/residents/{self.resident}/facts?field=tags",
            "resident-new": f"{home}/residents/new",
            "household-new": f"/field/households/new?building={self.building}",
            "whistles": "/field/whistles",
            "whistle-new": f"/field/whistles/new?household={self.household}",
            "log": "/field/log",
            "patrol": "/field/patrol",
            "care": "/field/care",
            "emergency": "/field/emergency",
            "followups": "/field/followups",
            "mediation": f"/field/mediations/new?household={self.household}",
            "outbox": "/field/outbox",
            "carry": "/field/carry",
            "more": "/field/more",
            "suggestion": "/field/suggestions/new?page=more&back=/field/more",
            "missing": "/field/households/00000000-0000-7000-8000-000000000000",
        }

    def desk(self) -> dict[str, str]:
        """The desk's pages: name → path."""
        return {
            "visits": "/desk/visits",
            "visit": f"/desk/visits/{self.grid}/{self.visit}",
            "household": f"/desk/households/{self.grid}/{self.household}",
            "trail": f"/desk/trail/{self.household}",
            "erase-home": f"/desk/erasures/households/{self.grid}/{self.household}",
            "erase-person": f"/desk/erasures/residents/{self.grid}/{self.resident}",
            "erase-visit": f"/desk/erasures/visits/{self.grid}/{self.visit}",
            "behalf": f"/desk/households/{self.grid}/{self.household}/visits/new",
            "visits-unread": "/desk/visits?unread=yes",
            "logs": "/desk/logs",
            "orders": "/desk/orders",
            "orders-new": "/desk/orders/new",
            "patrols": "/desk/patrols",
            "health": "/desk/health",
            "packs": "/desk/packs",
            "pack": "/desk/packs/monday",
            "pack-monthly": "/desk/packs/monthly",
            "meeting": "/desk/meetings",
            "home": "/desk/home",
            "care": "/desk/care",
            "care-home": f"/desk/care/{self.grid}/{self.household}",
            "items": "/desk/items?state=all",
            "whistles": "/desk/whistles?show=open",
            "hotline": "/desk/hotline",
            "conflicts": "/desk/conflicts",
            "pictures": "/desk/pictures",
            "pictures-whistles": "/desk/pictures/whistles",
            "pictures-cases": "/desk/pictures/whistles/cases?of=raised",
            "visits-behind": f"/desk/visits?building={self.building}&hours=8-10&ask=need&first=2026-01-01",
            "boards": "/desk/boards",
            "board": f"/desk/boards/{self.grid}/{self.building}",
            "people": "/desk/people",
            "phones": "/desk/phones",
            "recoveries": "/desk/recoveries",
            "grids": "/desk/grids",
            "backups": "/desk/backups",
            "robots": "/desk/robots",
            "calendar": "/desk/calendar?year=2026",
            "calendar-provisional": "/desk/calendar?year=2027",
            "limits": "/desk/limits",
            "routing": "/desk/routing?rule=heat",
            "capsules": "/desk/capsules",
            "notices": "/desk/notices",
            "notice": f"/desk/notices/{self.grid}/{self.building}",
            "imports": "/desk/imports",
            "me": "/desk/me",
            "suggestions": "/desk/suggestions",
            "suggestion": "/desk/suggestions/new?page=desk_visits&back=/desk/visits",
            "missing": "/desk/visits/none/none",
        }

    def residents(self, receipt: str) -> dict[str, str]:
        """The pages for residents: name → path."""
        return {
            "ask": f"/r/{self.code}",
            "sent": f"/r/s/{receipt}",
            "find": "/r",
            "find-wrong": "/r?receipt=12345",
            "lost": "/r/none",
        }
