"""Which old fact is which new one: by id first, then by type and overlapping span."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsfacts.evaluation import document_key
from newsfacts.evaluation.matching import maximum_matching
from newsfacts.model import Fact, QuantityFact

Facts = Sequence[Fact]


def by_document(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The facts of each document, by its id."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.doc_id].append(fact)
    return dict(found)


def paired_documents(
    old: Mapping[str, Facts], new: Mapping[str, Facts]
) -> Iterator[tuple[str, Facts, Facts]]:
    """Documents of both sides with their facts, in the order of their ids.

    The same id is the same document; of the others, those whose last part is the same and unique.
    """
    by_key = _unique_keys(new.keys() - old.keys())
    partners = {doc_id: by_key.get(key) for key, doc_id in _unique_keys(old.keys() - new.keys()).items()}
    taken = set(partners.values())
    for doc_id in sorted(old.keys() | (new.keys() - taken)):
        yield doc_id, old.get(doc_id, ()), new.get(partners.get(doc_id) or doc_id, ())


def _unique_keys(doc_ids: Iterable[str]) -> dict[str, str]:
    ids = list(doc_ids)
    number = Counter(map(document_key, ids))
    return {document_key(doc_id): doc_id for doc_id in ids if number[document_key(doc_id)] == 1}


def pair(old: Facts, new: Facts) -> list[tuple[Fact, Fact]]:
    """Pairs of old and new facts of one document: those of one id, then as many others as can be."""
    known = {fact.id: fact for fact in new}
    same = [(fact, known[fact.id]) for fact in old if fact.id in known]
    used = {fact.id for fact, _ in same}
    return [*same, *_overlapping([f for f in old if f.id not in used], [f for f in new if f.id not in used])]


def _overlapping(old: Facts, new: Facts) -> Iterator[tuple[Fact, Fact]]:
    edges = _candidates(old, new)
    order = sorted(range(len(old)), key=lambda i: len(edges[i]))
    matched = maximum_matching(edges, order)
    return ((old[i], new[j]) for i, j in sorted(matched.items()))


def _candidates(old: Facts, new: Facts) -> list[list[int]]:
    """Of each old fact the new ones that it may have become, the likeliest first.

    One sweep over both sides in text order, so that a long document costs no more than its overlaps.
    """
    edges: list[list[int]] = [[] for _ in old]
    upcoming = sorted(range(len(new)), key=lambda j: new[j].start, reverse=True)
    open_: list[int] = []
    for i in sorted(range(len(old)), key=lambda i: old[i].start):
        fact = old[i]
        while upcoming and new[upcoming[-1]].start < fact.end:
            open_.append(upcoming.pop())
        # Old facts come by their starts: what ends before this one overlaps none that follow.
        open_ = [j for j in open_ if new[j].end > fact.start]
        found = (j for j in open_ if new[j].type == fact.type and new[j].start < fact.end)
        edges[i] = sorted(found, key=lambda j: _distance(fact, new[j]))
    return edges


def _distance(old: Fact, new: Fact) -> tuple[bool, int]:
    span = abs(old.start - new.start) + abs(old.end - new.end)
    return not _same_value(old, new), span


def _same_value(old: Fact, new: Fact) -> bool:
    if isinstance(old, QuantityFact) and isinstance(new, QuantityFact):
        return (old.value, old.low, old.high) == (new.value, new.low, new.high)
    return old.text == new.text
