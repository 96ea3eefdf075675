"""The whole path for one process: documents in, facts out."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from newsfacts.analysis import Analysis
from newsfacts.dates import DateFinder, impossible_days
from newsfacts.explain import Explanation, explain
from newsfacts.fingerprint import fingerprint
from newsfacts.guard import Failure, Guard, warn_of
from newsfacts.language import Annotator, Parsed, load_model, parse_batch
from newsfacts.linking import Linker
from newsfacts.model import Aside, DateMention, Document, Fact, PlaceMention
from newsfacts.model.mention import Span
from newsfacts.places import PlaceFinder
from newsfacts.quantities import QuantityFinder
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder
from newsfacts.tabular import TableReader

if TYPE_CHECKING:
    from spacy.language import Language

#: Documents whose sections share spaCy's batches. Larger costs memory, smaller costs speed.
BATCH = 64
#: spaCy's names of what it takes for times, where our own dates are missing.
_TIMES = frozenset({"DATE", "TIME"})


M = TypeVar("M", DateMention, PlaceMention)


class _Stretch(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Result:
    """A document's facts, in text order; or the error that a defect of ours raised on it.

    `failures` are the families that the facts lack.
    """

    document: Document
    facts: tuple[Fact, ...] = ()
    error: Exception | None = None
    failures: tuple[Failure, ...] = ()


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
        self._tables = TableReader.from_rules(rules, self._quantities.read)

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
        """The facts of one text, in text order.

        Warns with IncompleteWarning where a defect of ours cost a family of them.
        """
        document = self.document(text, doc_id=doc_id, title=title, published=published)
        found = self.analyse_document(document)
        warn_of(found.failures, doc_id)
        return list(found.facts)

    def analyse_document(self, document: Document) -> Analysis:
        """Parse one document and keep everything that was found on the way."""
        return self.analyse(next(parse_batch(self._annotator, [document])))

    def analyse(self, parsed: Parsed) -> Analysis:
        """Find and link in a parsed document. Dates and places go first: no quantity starts inside one.

        A family that fails is one of `failures`; the others stay. Where linking fails, so do only the links.
        """
        guard = Guard()
        dates = _outside(guard.all_of("dates", lambda: self._dates.find(parsed)), parsed.document)
        years = guard.all_of("dates", lambda: self._tables.dates(parsed.document, dates))
        dates = tuple(sorted((*dates, *years), key=lambda d: d.start)) if years else dates
        places = _outside(guard.all_of("places", lambda: self._places.find(parsed)), parsed.document)
        silent: list[Span] = [*parsed.document.asides, *parsed.document.tables]
        taken = silent + _taken(dates, places) + (_times(parsed) if guard.failed("dates") else [])
        quantities = guard.all_of("quantities", lambda: self._quantities.find(parsed, taken))
        facts = guard.all_of("linking", lambda: self._linker.link(parsed, quantities, dates, places))
        if guard.failed("linking"):
            facts = tuple(self._linker.unlinked(parsed, quantities, dates, places))
        cells = guard.all_of("quantities", lambda: self._tables.facts(parsed.document, dates, places))
        if cells:
            facts = tuple(sorted((*facts, *cells), key=lambda f: (f.start, f.end, f.type)))
        return Analysis(parsed, quantities, dates, places, facts, failures=tuple(guard.failures))

    def explain(self, text: str, *, published: dt.date | None = None) -> Explanation:
        """Which rule found each fact of a text, and which of its numbers gave none."""
        found = self.analyse_document(self.document(text, published=published))
        warn_of(found.failures, found.parsed.document.id)
        taken = _taken(found.dates, found.places)
        refused = Guard().all_of("quantities", lambda: self._quantities.refused(found.parsed, taken))
        return explain(replace(found, refused=refused), self.rules)

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        """Facts of a stream of documents, in order, in constant memory.

        A document that makes the code fail yields a Result with `error`, or with `failures` where that cost
        it one family of facts only, and does not stop the stream.
        """
        stream = iter(documents)
        while batch := list(islice(stream, BATCH)):
            yield from self._process_batch(batch)

    def _process_batch(self, batch: list[Document]) -> list[Result]:
        # Inside the zone spaCy's string and lexeme caches are freed at its end; facts hold plain values.
        with self.nlp.memory_zone():
            return self._results(batch)

    def _results(self, batch: Sequence[Document]) -> list[Result]:
        try:
            documents = list(parse_batch(self._annotator, batch))
        except Exception as error:
            if len(batch) == 1:
                return [Result(batch[0], error=error)]
            # The parser takes them together: alone, only the one to blame fails.
            return [result for document in batch for result in self._results([document])]
        return [self._result(parsed) for parsed in documents]

    def _result(self, parsed: Parsed) -> Result:
        try:
            found = self.analyse(parsed)
        except Exception as error:  # the boundary that keeps one document from stopping a run
            return Result(parsed.document, error=error)
        return Result(_noted(parsed.document, found.dates), found.facts, failures=found.failures)


def _noted(document: Document, dates: Sequence[DateMention]) -> Document:
    """The document with a warning for each day in it that does not exist."""
    impossible = impossible_days(document.text, dates)
    return replace(document, warnings=(*document.warnings, *impossible)) if impossible else document


def _taken(dates: Iterable[DateMention], places: Iterable[PlaceMention]) -> list[Span]:
    # A length of time ("three years") is a quantity, so it takes no span from them.
    return [*(d for d in dates if d.timex_type in ("DATE", "TIME")), *places]


def _outside(mentions: Sequence[M], document: Document) -> tuple[M, ...]:
    """The mentions that touch no aside: the year of a citation is no date, a cited author no place."""
    asides = document.asides
    starts = [aside.start for aside in asides]
    return tuple(m for m in mentions if not _touches(m, asides, starts))


def _touches(mention: Span, asides: Sequence[Aside], starts: Sequence[int]) -> bool:
    i = bisect_right(starts, mention.end - 1) - 1
    return i >= 0 and asides[i].end > mention.start


def _times(parsed: Parsed) -> list[Span]:
    """What the parser takes for times: without our dates, their numbers must not become quantities."""
    return [
        _Stretch(block.offset + entity.start_char, block.offset + entity.end_char)
        for block in parsed.blocks
        for entity in block.doc.ents
        if entity.label_ in _TIMES
    ]
