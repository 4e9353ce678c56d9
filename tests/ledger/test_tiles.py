"""Tiles: where they lie, what is in them, and that a tree grown leaf by leaf is the tree grown at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.ledger import tiles
from sync.ledger.tree import leaf_hash, root_of
from tests.ledger import oracle


def test_addresses_of_the_specification() -> None:
    assert tiles.tile_path(0, 1234067) == "0/x001/x234/067"
    assert tiles.tile_path(1, 0, 17) == "1/000.p/17"
    assert tiles.tile_path(None, 273, 112) == "entries/273.p/112"


def test_a_tree_of_70_000_leaves_as_the_specification_counts_it() -> None:
    assert list(tiles.widths(70_000)) == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert list(tiles.widths(256)) == [(0, 1, 0), (1, 0, 1)]
    assert list(tiles.widths(0)) == []


@given(st.none() | st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_every_tile_has_one_address(level: int | None, index: int, width: int) -> None:
    assert tiles.read_tile_path(tiles.tile_path(level, index, width)) == (level, index, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0",
        "0/",
        "0/1",
        "00/001",
        "64/001",
        "0/0001",
        "0/x000/001",
        "0/001.p/0",
        "0/001.p/256",
        "0/001.p/08",
        "0/001.p/",
        "0/x01/001",
        "0/001/002",
        "data/001",
        "0/-01",
        "0/001/",
        "/0/001",
        "0/x001/x234/067.p/256",
        "0/٠٠١",
    ],
)
def test_what_is_no_address_is_none(path: str) -> None:
    assert tiles.read_tile_path(path) is None


@given(st.lists(st.integers(0, 700), max_size=4))
def test_growing_bit_by_bit_makes_the_same_tiles(steps: list[int]) -> None:
    kept: dict[tuple[int, int], bytes] = {}
    hashes = [leaf_hash(str(n).encode()) for n in range(sum(steps))]
    size = 0
    for step in steps:
        size, wider = tiles.grow(kept, size, hashes[size : size + step])
        kept.update(wider)
    once = tiles.grow({}, 0, hashes)
    assert (size, kept) == once
    for level, full, partial in tiles.widths(size):
        assert all(len(kept[level, index]) == 8192 for index in range(full))
        assert len(kept.get((level, full), b"")) == 32 * partial
    if size:
        nodes = tiles.nodes_of(lambda level, index: kept[level, index])
        assert root_of(nodes, size) == oracle.mth(tuple(str(n).encode() for n in range(size)))
