"""The whole path for one process: documents in, facts out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from extract.analysis import Analysis
from extract.dates import DateFinder
from extract.explain import Explanation, explain
from extract.fingerprint import fingerprint
from extract.language import Annotator, Parsed, load_model, parse_batch
from extract.linking import Linker
from extract.model import DateMention, Document, Fact, PlaceMention
from extract.places import PlaceFinder
from extract.quantities import QuantityFinder
from extract.rules import RuleSet
from extract.sections import DocumentBuilder

if TYPE_CHECKING:
    from spacy.language import Language

#: Documents whose sections share spaCy's batches. Larger costs memory, smaller costs speed.
BATCH = 64


@dataclass(frozen=True, slots=True)
class Result:
    """A document's facts, in text order; or the error that a defect of ours raised on it."""

    document: Document
    facts: tuple[Fact, ...] = ()
    error: Exception | None = None


class Pipeline:
    """Finders and linker, built once from a spaCy pipeline and a set of rules.

    Use `Pipeline.load()`; the object is immutable and may be used for any number of documents. `plain`
    annotates by spaCy's own components instead of their faster equals: same facts, to compare with.
    """

    def __init__(self, nlp: Language, rules: RuleSet, *, plain: bool = False) -> None:
        self.nlp = nlp
        self._annotator = Annotator.plain(nlp) if plain else Annotator.of(nlp)
        self.rules = rules
        self.documents = DocumentBuilder.from_rules(rules)
        self._dates = DateFinder.from_rules(rules)
        self._places = PlaceFinder.from_rules(rules)
        self._quantities = QuantityFinder.from_rules(rules)
        self._linker = Linker.from_rules(rules)

    @classmethod
    def load(cls, model: str | None = None, rules: Path | None = None) -> Pipeline:
        """Load a spaCy pipeline (name or folder; None: the default) and rules (None: the shipped ones).

        Raises ModelError where no pipeline is found, RulesError where a rules file is malformed.
        """
        return cls(load_model(model), RuleSet(rules))

    @property
    def fingerprint(self) -> dict[str, str]:
        """What the facts depend on besides the text: versions, and digests of code, model and rules."""
        return fingerprint(self.nlp, self.rules)

    def document(
        self, text: str, *, doc_id: str = "text", title: str | None = None, published: dt.date | None = None
    ) -> Document:
        """Wrap a text, find its sections and, unless given, its day of publication."""
        return self.documents.build(text, id=doc_id, title=title, published=published)

    def facts(
        self, text: str, *, doc_id: str = "text", title: str | None = None, published: dt.date | None = None
    ) -> list[Fact]:
        """The facts of one text, in text order."""
        document = self.document(text, doc_id=doc_id, title=title, published=published)
        return list(self.analyse_document(document).facts)

    def analyse_document(self, document: Document) -> Analysis:
        """Parse one document and keep everything that was found on the way."""
        return self.analyse(next(parse_batch(self._annotator, [document])))

    def analyse(self, parsed: Parsed) -> Analysis:
        """Find and link in a parsed document. Dates and places go first: no quantity starts inside one."""
        dates = tuple(self._dates.find(parsed))
        places = tuple(self._places.find(parsed))
        quantities = tuple(self._quantities.find(parsed, _taken(dates, places)))
        facts = tuple(self._linker.link(parsed, quantities, dates, places))
        return Analysis(parsed, quantities, dates, places, facts)

    def explain(self, text: str, *, published: dt.date | None = None) -> Explanation:
        """Which rule found each fact of a text, and which of its numbers gave none."""
        found = self.analyse_document(self.document(text, published=published))
        refused = self._quantities.refused(found.parsed, _taken(found.dates, found.places))
        return explain(replace(found, refused=tuple(refused)), self.rules)

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Facts of a stream of documents, in order, in constant memory.

        A document that makes the code fail yields a Result with `error` and does not stop the stream.
        """
        stream = iter(documents)
        while batch := list(islice(stream, BATCH)):
            yield from self._process_batch(batch)

    def _process_batch(self, batch: list[Document]) -> list[Result]:
        # Inside the zone spaCy's string and lexeme caches are freed at its end; facts hold plain values.
        with self.nlp.memory_zone():
            return [self._result(parsed) for parsed in parse_batch(self._annotator, batch)]

    def _result(self, parsed: Parsed) -> Result:
        try:
            return Result(parsed.document, self.analyse(parsed).facts)
        except Exception as error:  # the boundary that keeps one document from stopping a run
            return Result(parsed.document, error=error)


def _taken(dates: Iterable[DateMention], places: Iterable[PlaceMention]) -> list[DateMention | PlaceMention]:
    # A length of time ("three years") is a quantity, so it takes no span from them.
    points: list[DateMention | PlaceMention] = [d for d in dates if d.timex_type in ("DATE", "TIME")]
    return [*points, *places]
