"""One-to-one matching of gold and predicted facts of one type, as many pairs as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsfacts.evaluation.equality import same_quantity
from newsfacts.evaluation.records import GoldRecord, Record
from newsfacts.model import QUANTITY_TYPES, overlaps


def match(golds: Sequence[GoldRecord], predicted: Sequence[Record]) -> dict[int, int]:
    """Pair gold and predicted facts of one type: index of the gold fact -> index of the predicted one.

    No pairing has more pairs. Facts that must be found go before optional ones, and of several candidates
    the one with the closest span is tried first.
    """
    edges = [_candidates(gold, predicted) for gold in golds]
    order = sorted(range(len(golds)), key=lambda i: (golds[i].optional, len(edges[i])))
    return maximum_matching(edges, order)


def may_match(gold: GoldRecord, predicted: Record) -> bool:
    """Whether two facts of one type can be one: spans overlap and, for quantities, values agree."""
    if not overlaps(gold, predicted):
        return False
    return gold.type not in QUANTITY_TYPES or same_quantity(gold, predicted)


def maximum_matching(edges: Sequence[Sequence[int]], order: Sequence[int]) -> dict[int, int]:
    """Maximum bipartite matching by augmenting paths (Kuhn 1955), left nodes in the given order.

    `edges[i]` lists the right nodes that left node i may take, preferred ones first. A left node that got
    a partner keeps one, so earlier nodes of `order` are never given up for later ones.
    """
    owner: dict[int, int] = {}
    for node in order:
        owner |= _augmenting_path(node, edges, owner)
    return {left: right for right, left in owner.items()}


def _candidates(gold: GoldRecord, predicted: Sequence[Record]) -> list[int]:
    def span_distance(j: int) -> int:
        return abs(predicted[j].start - gold.start) + abs(predicted[j].end - gold.end)

    return sorted((j for j, p in enumerate(predicted) if may_match(gold, p)), key=span_distance)


def _augmenting_path(start: int, edges: Sequence[Sequence[int]], owner: dict[int, int]) -> dict[int, int]:
    """New owners (right -> left) along a path from `start` to a free right node; empty where there is none.

    Depth first, with the path kept in lists rather than on the call stack, so that it may be long.
    """
    seen: set[int] = set()
    nodes, choices = [start], [iter(edges[start])]
    taken: list[int] = []
    while nodes:
        right = _unseen(choices[-1], seen)
        if right is None:
            nodes.pop()
            choices.pop()
            del taken[-1:]
            continue
        taken.append(right)
        if right not in owner:
            return dict(zip(taken, nodes, strict=True))
        nodes.append(owner[right])
        choices.append(iter(edges[owner[right]]))
    return {}


def _unseen(choices: Iterator[int], seen: set[int]) -> int | None:
    for right in choices:
        if right not in seen:
            seen.add(right)
            return right
    return None
