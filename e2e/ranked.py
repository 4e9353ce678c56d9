"""What sets workers beside each other with a number each: in a page, in a sheet, in an answer of an address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr", "use", "path")
)
UNSEEN = frozenset(("script", "style", "option", "title"))
NO_FIGURE = re.compile(
    r"\d+年|\d+月(\d+日)?|\d+日|\d+:\d+|\d+(-\d+)+|[A-Z]\d+|\d+(幢|单元|号|楼|层|室)[\d-]*|第\d+|\d{11,}|\d{4}-\d{2}"
)
"""Days, hours, doors, names of buildings and of numbers to call: none of them counts anything."""
FIGURE = re.compile(r"\d+(\.\d+)?")
BEFORE = re.compile(r"^([\W\d]|第.{1,2}网格)*")

Sheet = Sequence[Sequence[str]]


class Node:
    """An element: what stands in it, in its order."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.parts: list[Node | str] = []

    @property
    def children(self) -> list[Node]:
        """The elements in it."""
        return [part for part in self.parts if isinstance(part, Node)]

    @property
    def text(self) -> str:
        """All words in it."""
        return " ".join(part if isinstance(part, str) else part.text for part in self.parts)

    def all(self) -> Iterator[Node]:
        """It, and every element under it."""
        yield self
        for child in self.children:
            yield from child.all()


class Tree(HTMLParser):
    """A page as its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Node("page")
        self.open = [self.root]
        self.feed(page)

    def handle_starttag(self, tag: str, _: Any) -> None:
        """An element begins."""
        node = Node(tag)
        self.open[-1].parts.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        """An element is over, and whatever in it was left open."""
        for n in range(len(self.open) - 1, 0, -1):
            if self.open[n].tag == tag:
                del self.open[n:]
                return

    def handle_data(self, data: str) -> None:
        """Words."""
        if self.open[-1].tag not in UNSEEN:
            self.open[-1].parts.append(data)


def ranked_in_page(page: str, workers: Collection[str]) -> list[str]:
    """Elements whose parts are a worker each with a figure, tables whose columns are, and sentences that say so."""
    found = []
    for node in Tree(page).root.all():
        lines = [child.text for child in node.children]
        if _each_with_a_figure(lines, workers) or in_one_sentence(_own(node), workers):
            found.append(" ".join(node.text.split()))
        if node.tag == "table":
            rows = [[cell.text for cell in row.children] for row in node.all() if row.tag == "tr"]
            found += ranked_in_columns(rows, workers)
        if node.tag == "dl":
            pairs = [child.text for child in node.children if child.tag in ("dt", "dd")]
            halves = [f"{a} {b}" for a, b in zip(pairs[::2], pairs[1::2], strict=False)]
            found += [" ".join(halves)] if _each_with_a_figure(halves, workers) else []
    return found


def ranked_in_sheet(rows: Sheet, workers: Collection[str]) -> list[str]:
    """Rows that are a worker each with a figure, or columns."""
    lines = [" ".join(row) for row in rows]
    found = ["; ".join(lines)] if _each_with_a_figure(lines, workers) else []
    return found + ranked_in_columns(rows, workers)


def ranked_in_columns(rows: Sheet, workers: Collection[str]) -> list[str]:
    """Columns that are a worker each with a figure under the name."""
    width = max(map(len, rows), default=0)
    columns = [" ".join(row[n] for row in rows if n < len(row)) for n in range(width)]
    return ["; ".join(columns)] if _each_with_a_figure(columns, workers) else []


def ranked_in_answer(answer: Any, workers: Collection[str]) -> list[str]:
    """A list of what is a worker each with a figure, or a worker's name or id with one."""
    parts = list(answer.values()) if isinstance(answer, dict) else answer if isinstance(answer, list) else []
    lines = [_flat(part) for part in parts]
    named = [f"{name} {_flat(part)}" for name, part in answer.items()] if isinstance(answer, dict) else lines
    found = [" ".join(named)] if _each_with_a_figure(named, workers, leads=False) else []
    return found + [each for part in parts for each in ranked_in_answer(part, workers)]


def in_one_sentence(text: str, workers: Collection[str]) -> bool:
    """Whether a sentence names two workers with a figure behind each."""
    names = "|".join(map(re.escape, workers))
    said = re.findall(rf"({names})\s*[^\d\s]{{0,4}}\s*\d", NO_FIGURE.sub("", text))
    return len(set(said)) > 1


def _own(node: Node) -> str:
    return "".join(part for part in node.parts if isinstance(part, str))


def _flat(part: Any) -> str:
    if isinstance(part, dict):
        # A moment, a place in the order and how many times a row was told are no figures.
        kept = {name: each for name, each in part.items() if not re.search(r"ms$|rev|sort|floor|_on$|^id$", str(name))}
        return " ".join(_flat(each) for each in kept.values() if isinstance(each, str | int | float))
    return "" if isinstance(part, bool | None | list) else str(part)


def _each_with_a_figure(lines: Sequence[str], workers: Collection[str], leads: bool = True) -> bool:
    """Whether two or more of the lines are of one worker each, nobody twice, and each says a number. What happened one
    after another names people again and again; a list that compares them names each once, and where somebody reads it
    before all else (`leads`): behind a place, a mark or a grid at most."""
    named = [({name for name in workers if name in line}, line) for line in lines]
    of = [(next(iter(names)), line) for names, line in named if len(names) == 1]
    of = [(name, line) for name, line in of if not leads or BEFORE.sub("", line).startswith(name)]
    if len(of) < 2 or len({name for name, _ in of}) < len(of):
        return False
    return all(FIGURE.search(NO_FIGURE.sub("", line)) for _, line in of)
