"""Every job once, on a station made new: the desk's with a server, the phone's without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright

from burden import desk_jobs, elder_jobs, field_jobs
from burden.count import Count
from burden.hand import Hand
from burden.prepare import VOLUNTEER
from e2e.forked import Forker
from e2e.phone import DESK, Phone
from e2e.station import Station
from e2e.steps import join, join_volunteer, open_desk

Say = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """`name` is what the kept figures know it by. `elder`: a volunteer's, `desk`: a station master's."""

    name: str
    do: Callable[[Hand], None]
    desk: bool = False
    elder: bool = False


JOBS = (
    Job("Nobody home", field_jobs.nobody_home),
    Job("All well", field_jobs.all_well),
    Job("A visit in words, with an ask", field_jobs.visit_with_words),
    Job("A visit that promises a day", field_jobs.promise),
    Job("Look in on somebody", field_jobs.care_check),
    Job("A patrol's note", field_jobs.patrol_note),
    Job("A door of an order", field_jobs.order_door),
    Job("An ask that is followed up", field_jobs.ask_to_item),
    Job("A volunteer's report", elder_jobs.report, elder=True),
    Job("Find a door by its number", field_jobs.find_door),
    Job("Correct a visit", field_jobs.correct),
    Job("Change a telephone number", field_jobs.change_number),
    Job("Add a resident", field_jobs.add_resident),
    Job("Settle two telephone numbers, by keyboard", desk_jobs.settle, desk=True),
    Job("Read today's nine visits, by keyboard", desk_jobs.read_visits, desk=True),
    Job("Read the morning's twenty logs, by keyboard", desk_jobs.read_logs, desk=True),
    Job("Confirm a telephone number", field_jobs.confirm_number),
    Job("Print what is kept of a home", desk_jobs.print_record, desk=True),
    Job("Make a link for a phone", desk_jobs.link_phone, desk=True),
)
COMMONEST = 16


def prepare(data: Path) -> None:
    """The community in which the jobs are done, as it lies on the disk."""
    made = Station(data)
    try:
        made.command("e2e.prepare")
        made.command("burden.prepare")
    finally:
        made.close()


def do_round(
    playwright: Playwright, prepared: Path, folder: Path, jobs: Iterable[Job], say: Say, forker: Forker | None = None
) -> dict[str, Count]:
    """Each of these jobs once; `folder` is new, and `prepared` stays as it is."""
    shutil.copytree(prepared, folder / "station")
    station = Station(folder / "station", forker)
    opened: list[Phone] = []
    told: dict[str, Count] = {}

    def work(hand: Hand, first: str, these: list[Job]) -> None:
        # Backwards: each knock pushes another off Today, and the commonest jobs are knocks.
        for job in reversed(these):
            hand.start(station.url + first)
            job.do(hand)
            told[job.name] = hand.counted()
            say(job.name)

    try:
        station.start()
        desk, elder = [job for job in jobs if job.desk], [job for job in jobs if job.elder]
        field = [job for job in jobs if not job.desk and not job.elder]
        # The desk first: what the phones send would arrive among the visits that are read.
        if desk:
            opened.append(Phone(playwright, folder / "desk", viewport=DESK, has_touch=False))
            work(Hand(open_desk(opened[-1], station), touch=False), desk_jobs.FIRST, desk)
        hands: list[tuple[Hand, str, list[Job]]] = []
        if elder:
            opened.append(Phone(playwright, folder / "elder"))
            hands.append((Hand(join_volunteer(opened[-1], station, VOLUNTEER), touch=True), elder_jobs.HOME, elder))
        if field:
            opened.append(Phone(playwright, folder / "phone"))
            hands.append((Hand(join(opened[-1], station, "小赵"), touch=True), field_jobs.TODAY, field))
        station.stop()
        for hand, first, these in hands:
            work(hand, first, these)
    finally:
        for browser in opened:
            browser.close()
        station.close()
    return told
