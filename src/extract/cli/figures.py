"""A few figures of a run as sentences: what a new user is to see first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsfacts.batch.outcomes import Extractor
    from newsfacts.model import Document, Fact, QuantityFact
    from newsfacts.pipeline import Result

#: Facts that are looked at: enough to choose from, and read at once.
LOOKED_AT = 3_000
#: What makes a figure understood without its article.
_TELLING = ("item", "subject_resolved", "time", "place", "predicate")


class Noting:
    """An extractor that keeps the first facts of another, to choose figures from."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self.facts: list[Fact] = []

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        """The results of the other."""
        for result in self._extractor.process(documents):
            if len(self.facts) < LOOKED_AT:
                self.facts += result.facts
            yield result


def figures_of(folder: Path, most: int = 5) -> list[str]:
    """Up to `most` figures of a run's folder; of different articles and types where there are some."""
    from newsfacts.sinks.current import facts_file
    from newsfacts.sinks.jsonl import read_facts

    return figures(islice(read_facts(facts_file(folder)), LOOKED_AT), most)


def figures(facts: Iterable[Fact], most: int = 5) -> list[str]:
    """Up to `most` of the facts as sentences: those that say most of themselves, in the order of the text."""
    from newsfacts.model import QuantityFact
    from newsfacts.table import quantities as rows

    told = list(facts)
    chosen = set(_chosen([f for f in told if isinstance(f, QuantityFact) and f.same_as is None], most))
    return [str(row["said"]) for row in rows(told, (), {}) if row["id"] in chosen]


def _chosen(found: Sequence[QuantityFact], most: int) -> Iterator[str]:
    waiting = sorted(found, key=lambda f: (-_tells(f), -f.confidence))
    documents: dict[str, int] = {}
    types: dict[str, int] = {}
    for _ in range(min(most, len(waiting))):
        # min takes the first of equals, which tells most.
        best = min(waiting, key=lambda f: (_tells(f) < 2, types.get(f.type, 0), documents.get(f.doc_id, 0)))
        waiting.remove(best)
        types[best.type] = types.get(best.type, 0) + 1
        documents[best.doc_id] = documents.get(best.doc_id, 0) + 1
        yield best.id


def _tells(fact: QuantityFact) -> int:
    return sum(getattr(fact, name) is not None for name in _TELLING) + (fact.status == "actual")
