"""What can be wrong with a link, in the words of whoever holds the phone."""

from __future__ import annotations

from server.problem import Problem


def link_gone() -> Problem:
    """It opens nothing any more."""
    return Problem(
        "link_gone",
        410,
        "这个链接已经用过或者过期了。请站长再给一个。",
        "This link has been used or has expired. Ask your station for a new one.",
    )


def link_taken() -> Problem:
    """Another phone has used it, and waits for the station or was let in."""
    return Problem(
        "link_taken",
        410,
        "另一部手机先用了这个链接。请告诉站长按“不一样”，再给一个新的。",
        "Another phone has used this link first. Tell your station to press Different and to give you a new one.",
    )


def digits_differ() -> Problem:
    """The station saw other digits: nothing was enrolled."""
    return Problem(
        "digits_differ",
        410,
        "站长看到的数字不一样，这个链接作废了，什么也没登记。请站长再给一个。",
        "The station saw other digits. The link is void and nothing was registered. Ask for a new one.",
    )


def bad_key() -> Problem:
    """What a phone says of itself cannot be read."""
    return Problem("bad_shape", 400, "这部手机送来的登记看不懂。", "This registration could not be read.")
