"""A QR code read back from its modules, for tests alone: what a phone would make of a printed page.

Only what our pages print: byte mode, no damage. Of the library that drew it nothing is used but the standard's tables:
how many blocks a version has, and where its alignment patterns stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from segno import consts

Matrix = list[list[int]]
FORMAT_MASK = 0b101010000010010
BYTES, END = 4, 0
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: (y * x) % 2 + (y * x) % 3 == 0,
    lambda y, x: ((y * x) % 2 + (y * x) % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + (y * x) % 3) % 2 == 0,
)


def modules_of(path: str, width: int, border: int) -> Matrix:
    """The dark and light modules that a path of horizontal strokes draws, without the quiet zone around them."""
    drawn = [[0] * width for _ in range(width)]
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])\s*(-?[\d.]+(?:[\s,]*-?[\d.]+)?)", path):
        values = [float(each) for each in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for at in range(int(values[0])):
                drawn[int(y)][int(x) + at] = 1
            x += values[0]
    return [row[border : width - border] for row in drawn[border : width - border]]


def read(code: Matrix) -> str:
    """The text of a code. Raises AssertionError where it is none."""
    size = len(code)
    version = (size - 17) // 4
    assert size == 17 + 4 * version
    level, mask = _format(code)
    words = _codewords(code, _function(version, size), MASKS[mask])
    return _text(_data(words, version, level), version)


def _format(code: Matrix) -> tuple[int, int]:
    around = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    bits = 0
    for y, x in around:
        bits = bits << 1 | code[y][x]
    bits ^= FORMAT_MASK
    return bits >> 13, bits >> 10 & 7


def _function(version: int, size: int) -> list[list[bool]]:
    """Where no data stands."""
    taken = [[False] * size for _ in range(size)]

    def take(top: int, left: int, height: int, width: int) -> None:
        for y in range(top, top + height):
            for x in range(left, left + width):
                taken[y][x] = True

    take(0, 0, 9, 9)
    take(0, size - 8, 9, 8)
    take(size - 8, 0, 8, 9)
    take(6, 0, 1, size)
    take(0, 6, size, 1)
    if version >= 7:
        take(0, size - 11, 6, 3)
        take(size - 11, 0, 3, 6)
    if version > 1:
        places: tuple[int, ...] = consts.ALIGNMENT_POS[version - 2]
        first, last = places[0], places[-1]
        for y in places:
            for x in places:
                if (y, x) not in {(first, first), (first, last), (last, first)}:
                    take(y - 2, x - 2, 5, 5)
    return taken


def _codewords(code: Matrix, taken: list[list[bool]], masked: Callable[[int, int], bool]) -> list[int]:
    size, bits, up = len(code), [], True
    for right in (x for x in range(size - 1, 0, -2)):
        column = right if right > 6 else right - 1
        for y in range(size - 1, -1, -1) if up else range(size):
            for x in (column, column - 1):
                if not taken[y][x]:
                    bits.append(code[y][x] ^ masked(y, x))
        up = not up
    return [int("".join(map(str, map(int, bits[at : at + 8]))), 2) for at in range(0, len(bits) - 7, 8)]


def _data(words: list[int], version: int, level: int) -> bytes:
    """The blocks' data, taken apart again; what corrects mistakes is dropped."""
    table: Any = consts.ECC  # by the two bits that stand in the code itself
    widths = [each.num_data for each in table[version][level] for _ in range(each.num_blocks)]
    blocks: list[list[int]] = [[] for _ in widths]
    rest = iter(words)
    for at in range(max(widths)):
        for block, width in zip(blocks, widths, strict=True):
            if at < width:
                block.append(next(rest))
    return bytes(word for block in blocks for word in block)


def _text(data: bytes, version: int) -> str:
    bits, at = "".join(f"{byte:08b}" for byte in data), 0
    told = b""
    while len(bits) - at >= 4 and (mode := int(bits[at : at + 4], 2)) != END:
        assert mode == BYTES, mode
        length_bits = 8 if version < 10 else 16
        length = int(bits[at + 4 : at + 4 + length_bits], 2)
        start = at + 4 + length_bits
        told += bytes(int(bits[start + 8 * n : start + 8 * n + 8], 2) for n in range(length))
        at = start + 8 * length
    return told.decode("utf-8")
