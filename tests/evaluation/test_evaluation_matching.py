"""The matching: maximum, one to one, stable for earlier nodes, and not bound by the call stack."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from newsfacts.evaluation.matching import maximum_matching

#: A loaded machine is no failure.
unhurried = settings(deadline=None)

EDGES = st.lists(st.lists(st.integers(0, 4), unique=True, max_size=5), max_size=5)


def largest(edges: list[list[int]]) -> int:
    """The size of a maximum matching, by trying every order of the right nodes."""
    return max(
        sum(right in edges[left] for left, right in zip(range(len(edges)), order, strict=False))
        for order in permutations(range(5))
    )


@unhurried
@given(EDGES)
def test_matching_is_maximum_and_one_to_one(edges: list[list[int]]) -> None:
    pairs = maximum_matching(edges, range(len(edges)))
    assert all(right in edges[left] for left, right in pairs.items())
    assert len(set(pairs.values())) == len(pairs)
    assert len(pairs) == largest(edges)


@unhurried
@given(EDGES)
def test_earlier_nodes_keep_a_partner(edges: list[list[int]]) -> None:
    order = range(len(edges))
    for number in range(len(edges)):
        assert maximum_matching(edges, order[:number]).keys() <= maximum_matching(edges, order).keys()


def test_long_augmenting_path() -> None:
    # Node i prefers i and could take i + 1; the last one to come wants 0, so that all must move up.
    size = 5000
    edges = [[i, i + 1] for i in range(size)] + [[0]]
    pairs = maximum_matching(edges, range(size + 1))
    assert pairs[size] == 0
    assert all(pairs[i] == i + 1 for i in range(size))
