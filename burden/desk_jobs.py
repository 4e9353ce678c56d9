"""A station master's jobs, from the desk's first page."""

from __future__ import annotations

from burden.hand import Hand
from burden.prepare import LOGS
from burden.prepare import TODAY as VISITS

FIRST = "/desk/"


def settle(hand: Hand) -> None:
    """Two people told two numbers; by keyboard alone."""
    hand.tab_to("/desk/conflicts")
    hand.press("Enter", sees="#pane .sides")
    hand.press("1", sees=".told:has-text('定了')")


def read_visits(hand: Hand) -> None:
    """What came in today, one after the other, and once back."""
    # The newest stands open.
    for n in range(2, VISITS + 1):
        hand.press("j", sees=f"#pane .said:has-text('第{n}户')")
    hand.press("k", sees=f"#pane .said:has-text('第{VISITS - 1}户')")


def read_logs(hand: Hand) -> None:
    """The morning's logs, each opened, read and off the list."""
    hand.tap("nav a[href='/desk/logs']", sees=f"#pane .said:has-text('第{LOGS}天')")
    for n in range(LOGS - 1, 0, -1):
        hand.press("e", sees=f"#pane .said:has-text('第{n}天的话')")
    hand.press("e", sees="h1:has-text('都看过了')")


def print_record(hand: Hand) -> None:
    """Everything about one home, for the people who live there."""
    hand.press("j", sees="#pane .said")
    hand.press("Enter", sees="a[href$='/record']")
    hand.tap("a[href$='/record']", sees="form.why")
    hand.tap("form.why label")
    hand.tap("form.why button.go", sees="table.lines")


def link_phone(hand: Hand) -> None:
    """A worker has a new phone."""
    hand.tap("nav summary", text="站里", sees="nav a[href='/desk/phones']")
    hand.tap("nav a[href='/desk/phones']", sees="form[action='/desk/phones/links']")
    hand.tap("form[action='/desk/phones/links'] button", text="小赵", sees="#link .picture")
