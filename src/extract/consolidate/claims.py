"""Statements into claims."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence

from newsfacts.consolidate.compare import details_differ, rivals, same_claim
from newsfacts.consolidate.settings import Settings
from newsfacts.consolidate.statement import Singular, Statement, statements
from newsfacts.model import Fact
from newsfacts.model.claim import Claim, ClaimSource, Standing, Verdict

Cluster = list[Statement]


class Consolidator:
    """Groups facts into claims. Deterministic: the order of claims is that of their first facts."""

    def __init__(self, settings: Settings, singular: Singular) -> None:
        self._settings = settings
        self._singular = singular

    def claims(self, facts: Sequence[Fact], copies: dict[str, str] | None = None) -> list[Claim]:
        """Claims of the facts of whole documents; `copies` names near-duplicates (see find_copies)."""
        told = list(statements(facts, copies or {}, self._settings, self._singular))
        clusters = [cluster for block in _blocks(told) for cluster in self._cluster(block)]
        order = {statement.fact.id: n for n, statement in enumerate(told)}
        joined = self._join_rivals(sorted(clusters, key=lambda c: order[c[0].fact.id]))
        return [_claim(cluster) for cluster in joined]

    def _cluster(self, block: Cluster) -> list[Cluster]:
        found: list[Cluster] = []
        for statement in block:
            home = next((c for c in found if same_claim(c[0], statement, self._settings)), None)
            if home is None:
                found.append([statement])
            else:
                home.append(statement)
        return found

    def _join_rivals(self, clusters: list[Cluster]) -> list[Cluster]:
        found: list[Cluster] = []
        open_questions: dict[Hashable, list[Cluster]] = defaultdict(list)
        for cluster in clusters:
            asked = open_questions[_question_key(cluster[0])]
            home = next((c for c in asked if rivals(c[0], cluster[0], self._settings)), None)
            if home is not None:
                home.extend(cluster)
            else:
                asked.append(cluster)
                found.append(cluster)
        return found


def _blocks(told: Iterable[Statement]) -> list[Cluster]:
    blocks: dict[Hashable, Cluster] = defaultdict(list)
    for statement in told:
        blocks[_value_key(statement)].append(statement)
    return list(blocks.values())


def _value_key(one: Statement) -> Hashable:
    # Statements without a place are compared by subject, so they share blocks of their own.
    return one.fact.type, one.fact.unit, one.number, one.place


def _question_key(one: Statement) -> Hashable:
    return one.fact.type, one.fact.unit, one.item, one.place, one.edtf


def _claim(cluster: Cluster) -> Claim:
    main = _main(cluster)
    fact, time = main.fact, main.time
    sources = tuple(_source(statement, main) for statement in cluster)
    return Claim(
        id=hashlib.sha256("\0".join(sorted(s.fact.id for s in cluster)).encode()).hexdigest()[:16],
        verdict=_verdict(cluster, sources),
        type=fact.type, value=fact.value, low=fact.low, high=fact.high, modifier=fact.modifier,
        unit=fact.unit, per=fact.per, item=fact.item, subject=fact.subject, predicate=fact.predicate,
        change=fact.change, status=fact.status, time=main.edtf,
        date_start=time.date_start if time else None, date_end=time.date_end if time else None,
        place=main.place_name, documents=len({s.group for s in cluster}), sources=sources,
    )  # fmt: skip


def _main(cluster: Cluster) -> Statement:
    """The statement of the value that most independent documents give, and of those the fullest."""
    support = Counter(number for number, _ in {(s.number, s.group) for s in cluster})
    return max(cluster, key=lambda s: (support[s.number], _fullness(s)))  # the first of equals


def _fullness(one: Statement) -> int:
    known = (one.fact.per, one.edtf, one.place, one.head, one.fact.subject, one.fact.predicate)
    return sum(field is not None for field in known)


def _source(one: Statement, main: Statement) -> ClaimSource:
    fact = one.fact
    return ClaimSource(
        doc_id=fact.doc_id, fact_id=fact.id, published=fact.published, copy_of=one.copy_of,
        standing=_standing(one, main), text=fact.text, item=fact.item, value=fact.value, low=fact.low,
        high=fact.high, modifier=fact.modifier, per=fact.per, status=fact.status,
    )  # fmt: skip


def _standing(one: Statement, main: Statement) -> Standing:
    if one.number != main.number:
        return "conflicts"
    return "refines" if details_differ(one, main) else "agrees"


def _verdict(cluster: Cluster, sources: Sequence[ClaimSource]) -> Verdict:
    standings = {source.standing for source in sources}
    if "conflicts" in standings:
        return "conflicting"
    if len({statement.group for statement in cluster}) == 1:
        return "single"
    return "refining" if "refines" in standings else "agreeing"
