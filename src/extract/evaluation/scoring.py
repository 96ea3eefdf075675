"""Scores one document's predictions: counts per type, attribute verdicts, mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from newsfacts.evaluation.attributes import Context, Verdicts, judge, strictly_right
from newsfacts.evaluation.matching import match
from newsfacts.evaluation.mistakes import Mistake, extra, miss, wrong
from newsfacts.evaluation.records import FACT_TYPES, FactType, GoldRecord, Record
from newsfacts.model import overlaps

Verdict = Literal["right", "wrong", "borderline"]


class Counts(NamedTuple):
    """What precision, recall and their relatives are computed from."""

    matched: int = 0
    extra: int = 0
    missed: int = 0
    strict: int = 0
    exact_span: int = 0

    @property
    def facts(self) -> int:
        """Number of distinct facts, gold and predicted."""
        return self.matched + self.extra + self.missed


class Accuracy(NamedTuple):
    """How often an attribute was right, of the matched facts to which it applies."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.right / self.total


class Told(NamedTuple):
    """A predicted fact that the gold decides on: its confidence, and whether it is right in the strict sense.

    Facts without a confidence (of another tool) count as 0.
    """

    type: FactType
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's counts by type, attribute accuracies, mistakes in text order, and facts as told."""

    doc_id: str
    counts: Mapping[FactType, Counts]
    right: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    mistakes: tuple[Mistake, ...] = ()
    told: tuple[Told, ...] = ()


class Judgement(NamedTuple):
    """Whether one predicted fact is right in the strict sense, and attribute by attribute.

    `borderline`: the gold leaves it open, so that the fact neither gains nor costs. A fact that the gold
    does not hold is wrong, without attributes.
    """

    verdict: Verdict
    attributes: Verdicts


class _Pair(NamedTuple):
    gold: GoldRecord
    predicted: Record
    verdicts: Verdicts


class _Matching(NamedTuple):
    """Gold facts by id -> the predicted fact that each was matched with; and the facts left over."""

    links: dict[str, Record]
    missed: list[GoldRecord]
    extra: list[Record]


def score_document(doc_id: str, golds: Sequence[GoldRecord], predicted: Sequence[Record]) -> DocumentScore:
    """Match and judge one document's facts."""
    matching = _match_all(golds, predicted)
    context = Context({g.id: g for g in golds}, {p.id: p for p in predicted}, matching.links)
    pairs = [
        _Pair(gold, found, judge(gold, found, context))
        for gold in golds
        if not gold.optional and (found := matching.links.get(gold.id)) is not None
    ]
    mistakes = [
        *(miss(doc_id, fact) for fact in matching.missed),
        *(extra(doc_id, fact) for fact in matching.extra),
        *(wrong(doc_id, *pair, context) for pair in pairs if not all(pair.verdicts.values())),
    ]
    return DocumentScore(
        doc_id,
        _count(pairs, matching),
        right=Counter(name for pair in pairs for name, right in pair.verdicts.items() if right),
        judged=Counter(name for pair in pairs for name in pair.verdicts),
        mistakes=tuple(sorted(mistakes, key=lambda m: (m.start, m.end, m.kind))),
        told=(
            *(_told(pair.predicted, right=strictly_right(pair.verdicts)) for pair in pairs),
            *(_told(fact, right=False) for fact in matching.extra),
        ),
    )


def _told(fact: Record, *, right: bool) -> Told:
    return Told(fact.type, fact.confidence or 0.0, right)


def judge_facts(golds: Sequence[GoldRecord], predicted: Sequence[Record]) -> dict[str, Judgement]:
    """Judge each of one document's predicted facts, by its id."""
    matching = _match_all(golds, predicted)
    context = Context({g.id: g for g in golds}, {p.id: p for p in predicted}, matching.links)
    # What is neither matched nor extra lies on a borderline fact.
    judged = {fact.id: Judgement("borderline", {}) for fact in predicted}
    judged |= {fact.id: Judgement("wrong", {}) for fact in matching.extra}
    for gold in golds:
        found = matching.links.get(gold.id)
        if found is not None:
            judged[found.id] = _judgement(gold, judge(gold, found, context))
    return judged


def _judgement(gold: GoldRecord, verdicts: Verdicts) -> Judgement:
    if gold.optional:
        return Judgement("borderline", verdicts)
    return Judgement("right" if strictly_right(verdicts) else "wrong", verdicts)


def _match_all(golds: Sequence[GoldRecord], predicted: Sequence[Record]) -> _Matching:
    optional = [gold for gold in golds if gold.optional]
    result = _Matching({}, [], [])
    for fact_type in FACT_TYPES:
        wanted = [gold for gold in golds if gold.type == fact_type]
        found = [fact for fact in predicted if fact.type == fact_type]
        pairs = match(wanted, found)
        used = set(pairs.values())
        result.links.update((wanted[i].id, found[j]) for i, j in pairs.items())
        result.missed.extend(g for i, g in enumerate(wanted) if i not in pairs and not g.optional)
        result.extra.extend(p for j, p in enumerate(found) if j not in used and not _excused(p, optional))
    return result


def _excused(fact: Record, optional: Iterable[GoldRecord]) -> bool:
    """A prediction on a borderline fact costs nothing, whatever its type and value."""
    return any(overlaps(gold, fact) for gold in optional)


def _count(pairs: Sequence[_Pair], matching: _Matching) -> dict[FactType, Counts]:
    made_up = Counter(fact.type for fact in matching.extra)
    missed = Counter(fact.type for fact in matching.missed)
    matched = Counter(pair.gold.type for pair in pairs)
    strict = Counter(pair.gold.type for pair in pairs if strictly_right(pair.verdicts))
    exact = Counter(pair.gold.type for pair in pairs if _span(pair.gold) == _span(pair.predicted))
    return {t: Counts(matched[t], made_up[t], missed[t], strict[t], exact[t]) for t in FACT_TYPES}


def _span(fact: Record) -> tuple[int, int]:
    return fact.start, fact.end
