"""How well likely duplicate households are found: recall and false alarms on labelled pairs.

Those of pairs.txt were labelled before the rule was tried, and it was mended once after that; those of
pairs_held_out.txt were written afterwards, and nothing was changed for them.

`python -m tests.conflicts.measure` prints the figures and every pair judged otherwise than a person judged it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from server.conflicts.homes import Home, alike

HERE = Path(__file__).parent
PAIRS, HELD_OUT = HERE / "pairs.txt", HERE / "pairs_held_out.txt"
BLOCKS, ENTRANCES, FLOORS, ROOMS = range(1, 7), "123", range(1, 7), ("01", "02", "03")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
CALLED = ("奶奶", "大爷", "阿姨", "师傅", "", "叔")


@dataclass(frozen=True)
class Labelled:
    """A pair and what a person said of it."""

    same: bool
    what: str
    a: Home
    b: Home


def labelled(file: Path = PAIRS) -> list[Labelled]:
    """Every pair of a file."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [_pair(line) for line in lines]


def _pair(line: str) -> Labelled:
    verdict, what, a, b = (part.strip() for part in line.split("|"))
    return Labelled(verdict == "=", what, _home("a", a), _home("b", b))


def _home(id_: str, text: str) -> Home:
    building, entrance, room, contact, phone = (part.strip() for part in text.split("/"))
    return Home(id_, "槐安小区", building, entrance, room, contact, phone)


def surroundings() -> list[Home]:
    """Six blocks of doors; three in four have a name, half of these a number."""
    return [home for block in BLOCKS for home in _block(block)]


def _block(block: int) -> Iterator[Home]:
    for entrance in ENTRANCES:
        for floor in FLOORS:
            for along, end in enumerate(ROOMS):
                # Neither even nor periodic, and the same in every run.
                mixed = (block * 7919 + int(entrance) * 104_729 + floor * 1_299_709 + along * 15_485_863) >> 3
                called = CALLED[mixed // 7 % len(CALLED)]
                contact = SURNAMES[mixed % len(SURNAMES)] + called if called and mixed % 4 else ""
                phone = f"000-{block}{entrance}{floor}{along}-9{mixed % 1000:03d}" if contact and mixed % 2 else ""
                yield Home(f"{block}-{entrance}-{floor}{end}", "槐安小区", f"{block}幢", entrance, f"{floor}{end}",
                           contact, phone)  # fmt: skip


def found(pair: Labelled, around: list[Home]) -> bool:
    """Whether the rule would show this pair, with a grid around it."""
    doors = {pair.a.door, pair.b.door}
    grid = [home for home in around if home.door not in doors]
    return any((each.a, each.b) == ("a", "b") for each in alike([*grid, pair.a, pair.b]))


@dataclass(frozen=True)
class Figures:
    """What came of it: pairs judged as by the person, and those not."""

    same: int
    different: int
    missed: list[str]
    alarms: list[str]
    strays: int
    homes: int

    @property
    def recall(self) -> float:
        """Of pairs that are one home, the share shown."""
        return 1 - len(self.missed) / self.same

    @property
    def alarm_rate(self) -> float:
        """Of pairs that are two homes, the share shown all the same."""
        return len(self.alarms) / self.different

    def __str__(self) -> str:
        return (
            f"{self.same + self.different} labelled pairs: of {self.same} that are one home {self.recall:.1%} are "
            f"found, of {self.different} that are two {self.alarm_rate:.1%} are shown all the same; among the "
            f"{self.homes} homes around them {self.strays} pairs."
        )


def measure(file: Path = PAIRS) -> Figures:
    """Try the rule on every pair of a file."""
    around, pairs = surroundings(), labelled(file)
    shown = {pair: found(pair, around) for pair in pairs}
    return Figures(
        sum(pair.same for pair in pairs),
        sum(not pair.same for pair in pairs),
        [pair.what for pair in pairs if pair.same and not shown[pair]],
        [pair.what for pair in pairs if not pair.same and shown[pair]],
        len(alike(around)),
        len(around),
    )


def main() -> None:
    """Print the figures of both files, and what was judged otherwise than by a person."""
    for file in (PAIRS, HELD_OUT):
        figures = measure(file)
        sys.stdout.write(f"{file.name}: {figures}\n")
        for told, names in (("missed", figures.missed), ("false alarm", figures.alarms)):
            for name in names:
                sys.stdout.write(f"  {told}: {name}\n")


if __name__ == "__main__":
    main()
