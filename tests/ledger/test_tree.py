"""The tree against the published constants of RFC 6962 and against its own words, for every size up to 300."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.ledger import tiles
from sync.ledger.tree import (
    EMPTY,
    Edge,
    Nodes,
    consistency,
    cover,
    inclusion,
    is_consistent,
    leaf_hash,
    root_of,
    root_of_cover,
    root_of_path,
)
from tests.ledger import oracle

SIZES = range(301)
LEAVES = tuple(f"leaf {n}".encode() for n in SIZES)
HASHES = [leaf_hash(each) for each in LEAVES]

# The test leaves and roots of the reference implementation of RFC 6962 (Certificate Transparency, merkle_tree_test).
PUBLISHED_LEAVES = [
    bytes.fromhex(each)
    for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
PUBLISHED_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(hashes: list[bytes]) -> Nodes:
    """A tree of these leaves, in tiles."""
    kept: dict[tuple[int, int], bytes] = {}
    size, wider = tiles.grow({}, 0, hashes)
    kept.update(wider)
    assert size == len(hashes)
    return lru_cache(100_000)(tiles.nodes_of(lambda level, index: kept[level, index]))


NODES = grown(HASHES)


def test_the_published_roots() -> None:
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for size, root in enumerate(PUBLISHED_ROOTS, 1):
        assert root_of(grown([leaf_hash(each) for each in PUBLISHED_LEAVES[:size]]), size).hex() == root


def test_the_published_proofs() -> None:
    nodes = grown([leaf_hash(each) for each in PUBLISHED_LEAVES])
    assert [each.hex() for each in inclusion(nodes, 5, 8)] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [each.hex() for each in consistency(nodes, 6, 8)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert [each.hex() for each in consistency(nodes, 2, 5)] == [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]


def test_roots_of_every_size_however_they_are_made() -> None:
    edge = Edge()
    for size in SIZES:
        expected = oracle.mth(LEAVES[:size])
        assert root_of(NODES, size) == expected == edge.root()
        if size < len(LEAVES):
            edge.append(HASHES[size])


def test_inclusion_of_every_leaf_in_every_size() -> None:
    for size in SIZES:
        root = root_of(NODES, size)
        for index in range(size):
            path = inclusion(NODES, index, size)
            assert path == oracle.path(index, LEAVES[:size])
            assert root_of_path(HASHES[index], index, size, path) == root


def test_consistency_of_every_two_sizes() -> None:
    roots = [root_of(NODES, size) for size in SIZES]
    for new in SIZES:
        assert is_consistent(0, EMPTY, new, roots[new], [])
        for old in range(1, new + 1):
            proof = consistency(NODES, old, new)
            assert proof == oracle.proof(old, LEAVES[:new])
            assert is_consistent(old, roots[old], new, roots[new], proof)


@given(st.data(), st.integers(1, 300))
def test_a_cover_proves_many_at_once_and_nothing_else(data: st.DataObject, size: int) -> None:
    indices = data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=30))
    root = root_of(NODES, size)
    proof = cover(NODES, indices, size)
    leaves = {index: HASHES[index] for index in indices}
    assert root_of_cover(leaves, size, proof) == root
    # A path for each would never be shorter.
    assert len(proof) <= sum(len(inclusion(NODES, index, size)) for index in indices)
    changed = data.draw(st.sampled_from(sorted(indices)))
    assert root_of_cover({**leaves, changed: HASHES[300]}, size, proof) != root
    assert root_of_cover(leaves, size, [*proof, proof[0] if proof else root]) is None
    if proof:
        assert root_of_cover(leaves, size, proof[:-1]) is None
        at = data.draw(st.integers(0, len(proof) - 1))
        bent = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        assert root_of_cover(leaves, size, [*proof[:at], bent, *proof[at + 1 :]]) != root


@given(st.integers(0, 300), st.integers(0, 300), st.data())
def test_a_wrong_proof_proves_nothing(old: int, new: int, data: st.DataObject) -> None:
    old, new = sorted((old, new))
    roots = root_of(NODES, old), root_of(NODES, new)
    proof = consistency(NODES, old, new) if old else []
    assert is_consistent(old, roots[0], new, roots[1], proof)
    assert not is_consistent(old, HASHES[0], new, roots[1], proof) or roots[0] == HASHES[0]
    assert not is_consistent(old, roots[0], new, HASHES[300], proof) or old == 0
    assert not is_consistent(old, roots[0], new, roots[1], [*proof, HASHES[0]])
    assert not is_consistent(new + 1, roots[0], new, roots[1], proof)
    if proof:
        assert not is_consistent(old, roots[0], new, roots[1], proof[:-1])
        at = data.draw(st.integers(0, len(proof) - 1))
        bent = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        assert not is_consistent(old, roots[0], new, roots[1], [*proof[:at], bent, *proof[at + 1 :]])


@pytest.mark.parametrize("index", [-1, 3, 4])
def test_no_path_leads_from_outside_the_tree(index: int) -> None:
    assert root_of_path(HASHES[0], index, 3, inclusion(NODES, 0, 3)) is None
    assert root_of_cover({index: HASHES[0]}, 3, []) is None
    assert root_of_cover({}, 3, [root_of(NODES, 3)]) is None
