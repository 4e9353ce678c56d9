"""A schedule as plain data: made from one number, played again from a file, made smaller step by step."""

from __future__ import annotations

from random import Random

import msgspec

STEPS = {
    "say": 25,
    "walk": 10,
    "sync": 34,
    "together": 6,
    "desk": 5,
    "task": 8,
    "server_fault": 6,
    "phone_dies": 4,
    "two_tabs": 2,
    "clock": 3,
    "offline": 1,
    "partition": 2,
    "heal": 3,
    "back_up_phone": 3,
    "restore_phone": 3,
    "clone": 2,
    "evict": 1,
    "back_up_server": 4,
    "restore_server": 2,
    "redistrict": 3,
    "revoke": 2,
}
"""What can happen next, and how often it does."""
PHONES = (2, 8)
PHONES_MAX = 10
"""Clones included."""
LENGTH = (31, 50)


class Step(msgspec.Struct, frozen=True):
    """One thing that happens to one phone. Everything about it that chance decides follows from `dice`, so that
    taking other steps away leaves it as it was."""

    do: str
    phone: int
    dice: int


class Plan(msgspec.Struct, frozen=True):
    """A whole schedule."""

    seed: int
    phones: int
    processes: int
    steps: list[Step]


def plan_of(seed: int) -> Plan:
    """The schedule of this number."""
    dice = Random(f"sifang {seed}")
    phones = dice.randint(*PHONES)
    processes = dice.choice((1, 1, 2, 3))
    kinds, weights = tuple(STEPS), tuple(STEPS.values())
    count = dice.randint(*LENGTH)
    # Few phones say no less than many: it is the meeting of edits that is of interest.
    steps = [Step("sync", number, dice.getrandbits(32)) for number in range(phones) if dice.random() < 0.8]
    for kind in dice.choices(kinds, weights, k=count):
        steps.append(Step(kind, dice.randrange(phones), dice.getrandbits(32)))
    return Plan(seed, phones, processes, steps)
