"""A file set against the registry: the edits that would bring it in, and their account. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.imports.calls import Call, CallReader
from server.imports.cells import Line, lines
from server.imports.choice import Choice
from server.imports.homes import Home, HomeReader, gathered, one_person_a_row
from server.imports.layout import Layout, find_layout
from server.imports.plan_homes import HomePlanner
from server.imports.plan_tickets import TicketPlanner
from server.imports.plan_visits import VisitPlanner
from server.imports.reading import Sheet, Workbook
from server.imports.registry import Registry
from server.imports.remarks import Remark
from server.imports.report import Report, SheetReport
from server.imports.ticket_headings import find_tickets, ticket_lines
from server.imports.tickets import Ticket, TicketReader
from server.imports.words import key, text
from server.journal import Draft

Progress = Callable[[int, int], None]
_EVERY = 200


@dataclass(frozen=True)
class Plan:
    """Edits in the order they must be journaled, and their account. No drafts: there is nothing to do."""

    drafts: list[Draft]
    report: Report


def make_plan(
    book: Workbook, registry: Registry, choice: Choice, progress: Progress = lambda done, total: None
) -> Plan:
    """Compare every sheet of a file with the registry; homes first, so that a visits sheet beside them finds its doors.

    `progress` hears of rows done and rows in all.
    """
    report = Report(book.name, book.source, registry.community_name, known_source=book.source in registry.sources)
    for name in book.hidden:
        report.remark(Remark("note", "hidden_sheet", 0, name))
    laid_out = []
    for sheet in book.sheets:
        layout = find_tickets(sheet) or find_layout(sheet, book.name)
        if layout:
            laid_out.append((sheet, layout))
            report.sheets.append(_sheet_report(sheet, layout))
            _check_community(registry, layout, sheet, report)
        elif any(text(cell) for row in sheet.rows for cell in row):
            report.remark(Remark("problem", "no_headings", 0, sheet.name))
    total = sum(len(sheet.rows) for sheet, _ in laid_out)
    step = _Steps(progress, total)
    homes, calls, tickets = _read(laid_out, choice, report, step, restricted=registry.restricted)
    home_planner = HomePlanner(registry, choice, book.source, report)
    for home in homes:
        home_planner.add(home)
        step.one()
    visit_planner = VisitPlanner(registry, choice, book.source, report)
    visit_planner.add_all(calls, step.one)
    ticket_planner = TicketPlanner(registry, choice, book.source, report)
    ticket_planner.add_all(tickets, step.one)
    home_planner.count_unnamed()
    report.in_order([sheet.name for sheet in book.sheets])
    progress(total, total)
    return Plan([*home_planner.drafts, *visit_planner.drafts, *ticket_planner.drafts], report)


class _Steps:
    """Tells how far a plan has come, not at every row."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def one(self) -> None:
        self.done += 1
        if self.done % _EVERY == 0:
            # Each row is read once and set against the registry once; people count rows.
            self.progress(min(self.done // 2, self.total), self.total)


def _read(
    laid_out: list[tuple[Sheet, Layout]], choice: Choice, report: Report, step: _Steps, *, restricted: bool
) -> tuple[list[Home], list[Call], list[Ticket]]:
    homes: list[Home] = []
    calls: list[Call] = []
    tickets: list[Ticket] = []
    for (sheet, layout), account in zip(laid_out, report.sheets, strict=True):
        found: list[Line] = []
        rows = ticket_lines if layout.kind == "tickets" else lines
        for line in rows(sheet, layout, account.passed):
            found.append(line)
            step.one()
        account.rows = len(found)
        if layout.kind == "households":
            reader = HomeReader(layout, sheet.name, choice.now.year, one_person_a_row(found), restricted=restricted)
            read = [home for line in found if (home := reader.read(line))]
            report.remark(*reader.remarks)
            contradictions: list[Remark] = []
            homes += gathered(read, contradictions)
            report.remark(*contradictions)
        elif layout.kind == "tickets":
            clerk = TicketReader(sheet.name, choice, layout.near)
            tickets += [ticket for line in found if (ticket := clerk.read(line))]
            report.remark(*clerk.remarks)
        else:
            caller = CallReader(layout, sheet.name, choice.now)
            calls += [call for line in found if (call := caller.read(line))]
            report.remark(*caller.remarks)
    return homes, calls, tickets


def _sheet_report(sheet: Sheet, layout: Layout) -> SheetReport:
    columns = [(name, heading) for name, heading in layout.headings if name]
    return SheetReport(sheet.name, layout.kind, 0, columns, layout.dropped, layout.ignored)


def _check_community(registry: Registry, layout: Layout, sheet: Sheet, report: Report) -> None:
    """A title that names another community and not this one is worth a look before anything comes in."""
    title = key(layout.title)
    others = [name for name in registry.other_communities if key(name) in title]
    if others and key(registry.community_name) not in title:
        args: dict[str, str | int] = {"value": others[0], "here": registry.community_name}
        report.remark(Remark("note", "other_community", 0, sheet.name, args))
