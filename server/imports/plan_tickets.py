"""Tickets of a file against those that are here: each comes in once, and what its address leads to a grid becomes a
whistle there. What leads nowhere waits at the desk of its community to be placed by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server.identity import made_from
from server.imports.choice import Choice
from server.imports.registry import Registry
from server.imports.remarks import Remark
from server.imports.report import Report
from server.imports.routing import Routed, route
from server.imports.tickets import Ticket
from server.imports.words import key
from server.journal import Draft

CHANNEL = "hotline_12345"
PLACE_MAX = 60


def ticket_id(number: str) -> str:
    """A ticket's id: its number is what it is, whoever brings it."""
    return made_from(0, "hotline_ticket", number)


def whistle_id(number: str) -> str:
    """The id of the one whistle that a ticket becomes, by itself or by hand."""
    return made_from(0, "whistle", "hotline_ticket", number)


def received(ticket: Ticket, community: str, grid: str | None, author: str, more: dict[str, Any]) -> Draft:
    """The edit that keeps a ticket as it came."""
    id_ = ticket_id(ticket.number)
    body: dict[str, Any] = {"ticket": ticket.number, "community": community, "title": ticket.title}
    body |= {"occurred_at_ms": ticket.occurred_at_ms, "urgency": ticket.urgency, "consent": ticket.consent}
    told = {"text": ticket.text, "topic": ticket.topic, "category": ticket.category, "address": ticket.address}
    told |= {"caller": ticket.caller, "phone": ticket.phone}
    body |= {name: value for name, value in told.items() if value}
    return Draft("hotline_ticket.received", id_, grid, author, body | more, id=id_)


def raised(ticket: Ticket, routed: Routed, author: str) -> Draft:
    """The whistle in the grid that it leads to."""
    id_ = whistle_id(ticket.number)
    body: dict[str, Any] = {"title": ticket.title, "occurred_at_ms": ticket.occurred_at_ms, "channel": CHANNEL}
    body |= {"urgency": ticket.urgency, "source_of": "ticket", "source": ticket_id(ticket.number)}
    told = {"text": ticket.text, "category": ticket.category, "place": ticket.address[:PLACE_MAX].strip()}
    body |= {name: value for name, value in told.items() if value}
    return Draft("whistle.raised", id_, routed.grid, author, body | routed.about(), id=id_)


class TicketPlanner:
    """Adds tickets to `drafts` and to the report."""

    def __init__(self, registry: Registry, choice: Choice, source: str, report: Report) -> None:
        self.registry, self.choice, self.source, self.report = registry, choice, source, report
        self.drafts: list[Draft] = []
        self.elsewhere = {key(name): id_ for name, id_ in registry.elsewhere.items()}

    def add_all(self, tickets: list[Ticket], step: Callable[[], None]) -> None:
        """Every ticket of the file, in its order."""
        for ticket in tickets:
            self._add(ticket)
            step()

    def _add(self, ticket: Ticket) -> None:
        if ticket.number in self.registry.tickets:
            self.report.leave("ticket")
            return
        author, imported = self.choice.author, {"imported": {"source": self.source, "row": ticket.row}}
        if other := self._of_another(ticket):
            name, community = other
            self._note(ticket, "ticket_elsewhere", value=name)
            self.drafts.append(received(ticket, community, None, author, imported))
            self.report.create("ticket_waiting")
            return
        routed = route(self.registry, ticket.address or f"{ticket.title} {ticket.text}", ticket.in_grid)
        if routed.grid is None and self.choice.grid is not None:
            routed = Routed(self.choice.grid.id)
        self.drafts.append(received(ticket, self.registry.community, routed.grid, author, imported))
        if routed.grid is None:
            self._note(ticket, "ticket_nowhere", value=ticket.address[:60])
            self.report.create("ticket_waiting")
            return
        self.drafts.append(raised(ticket, routed, author))
        self.report.create("ticket")

    def _of_another(self, ticket: Ticket) -> tuple[str, str] | None:
        """Another community that the row names, and not this one: its name and id."""
        said = key(f"{ticket.in_community} {ticket.address}")
        if key(self.registry.community_name) in said:
            return None
        for name, id_ in self.elsewhere.items():
            if name in said:
                return name, id_
        return None

    def _note(self, ticket: Ticket, code: str, **args: str | int) -> None:
        self.report.remark(Remark("note", code, ticket.row, ticket.sheet, args))
