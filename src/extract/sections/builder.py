"""Builds a Document: normalised text, sections, day of publication."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from newsfacts.model import Document, Section
from newsfacts.model.document import SILENT_SECTIONS
from newsfacts.model.table import Table
from newsfacts.rules import RuleSet
from newsfacts.sections.asides import AsideFinder
from newsfacts.sections.classify import Classified, Classifier
from newsfacts.sections.days import DateOrder, DayReader
from newsfacts.sections.grids import find_tables
from newsfacts.sections.headers import HeaderReader
from newsfacts.sections.language import LanguageCheck
from newsfacts.sections.normalise import normalise_text, repaired, whole_characters
from newsfacts.sections.rules import Compiled
from newsfacts.sections.spans import Piece, trimmed

Source = Literal["metadata", "header", "dateline"]
_DATELINE = 1
#: How much a header line of this rule says about publication, in the head of the page (True) or below.
_RANKS = {
    ("header-published", True): 0,
    ("header-plain", True): 0,
    ("header-among-names", True): 0,
    ("header-updated", True): 2,
    ("header-published", False): 3,
    ("header-updated", False): 4,
}
_OTHER_STORIES = frozenset({"related-heading", "related-heading-at-edge"})


class DocumentBuilder:
    """Makes Documents of texts. Built once; has no state of its own between texts."""

    def __init__(self, rules: Compiled, language: LanguageCheck, asides: AsideFinder) -> None:
        self.language = language
        self._asides = asides
        self._days = DayReader(rules.dates)
        self._headers = HeaderReader(rules.words, self._days)
        self._classifier = Classifier(rules, self._days, self._headers)

    @classmethod
    def from_rules(cls, rules: RuleSet) -> DocumentBuilder:
        """Read rules/sections and rules/asides. Raises RulesError where they are malformed."""
        return cls(Compiled.from_rules(rules), LanguageCheck.from_rules(rules), AsideFinder.from_rules(rules))

    def build(
        self,
        text: str,
        *,
        id: str,  # noqa: A002 - the field's name in Document
        title: str | None = None,
        published: dt.date | None = None,
        url: str | None = None,
        path: str | None = None,
        warnings: Sequence[str] = (),
        preamble: int = 0,
        date_order: DateOrder = None,
        converted: bool = False,
    ) -> Document:
        """The document of a text. `published` given here (metadata) wins over what the text states.

        `preamble` is the length of front matter at the start; `date_order` settles 03/04/2024;
        `converted`: the text is an input's field without its markup. Every lone surrogate
        becomes U+FFFD, with a warning.
        """
        text, halves = whole_characters(normalise_text(text))
        title, url = title and whole_characters(title)[0], url and whole_characters(url)[0]
        found = self._classifier.classify(text, title=title, preamble=preamble)
        day, source = self._published(text, found, published, date_order)
        tables = _shown(find_tables(text), found.pieces)
        sections = tuple(
            Section(p.kind, p.start, p.end, p.paragraph) for p in _with_rows(text, found.pieces, tables)
        )
        return Document(
            id=id,
            text=text,
            title=title or _title(text, found.pieces),
            published=day,
            published_source=source,
            url=url,
            path=path,
            converted=converted,
            warnings=(*warnings, *repaired(halves)),
            sections=sections,
            asides=self._asides.find(text, sections),
            tables=tables,
        )

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The sections of a normalised text with the rule that named each."""
        return self._classifier.classify(text).pieces

    def metadata_day(self, value: object, order: DateOrder = None) -> dt.date | None:
        """The day that a metadata field states, or None where it is not clear."""
        return self._days.metadata(value, order)

    def _published(
        self, text: str, found: Classified, given: dt.date | None, order: DateOrder
    ) -> tuple[dt.date | None, Source | None]:
        """What the page calls its publication wins over the dateline, that over an update or a line below."""
        if given is not None:
            return given, "metadata"
        headers = self._header_days(text, found, order)
        stated = [(_DATELINE, 0, found.dateline_day)] if found.dateline_day else []
        if not headers and not stated:
            return None, None
        rank, _, day = min(headers + stated)
        return day, "dateline" if rank == _DATELINE else "header"

    def _header_days(self, text: str, found: Classified, order: DateOrder) -> list[tuple[int, int, dt.date]]:
        """(rank, offset, day) of every header line that counts; what stands below other stories does not."""
        others = next((p.start for p in found.pieces if p.rule in _OTHER_STORIES), len(text))
        ranked = (
            (_RANKS.get((p.rule, p.start <= found.head_end)), p) for p in found.pieces if p.start < others
        )
        return [
            (rank, p.start, day)
            for rank, p in ranked
            if rank is not None and (day := self._day_of(text, p, order)) is not None
        ]

    def _day_of(self, text: str, piece: Piece, order: DateOrder) -> dt.date | None:
        header = self._headers.read(text[piece.start : piece.end], order)
        return header.day if header else None


def build_document(
    text: str,
    *,
    id: str,  # noqa: A002 - the field's name in Document
    rules: RuleSet,
    title: str | None = None,
    published: dt.date | None = None,
    url: str | None = None,
    path: str | None = None,
) -> Document:
    """Build one document. To build many, keep a DocumentBuilder."""
    builder = DocumentBuilder.from_rules(rules)
    return builder.build(text, id=id, title=title, published=published, url=url, path=path)


def _title(text: str, pieces: Sequence[Piece]) -> str | None:
    found = next((text[p.start : p.end] for p in pieces if p.kind == "title"), None)
    return found.lstrip("# ") if found else None


def _shown(tables: Sequence[Table], pieces: Sequence[Piece]) -> tuple[Table, ...]:
    """The tables of the article: no row of theirs is a page's form or menu."""
    silent = sorted((p.start, p.end) for p in pieces if p.kind in SILENT_SECTIONS)
    starts = [start for start, _ in silent]

    def speaks(table: Table) -> bool:
        for row in (*table.head, *table.body):
            i = bisect_right(starts, row.start) - 1
            if i >= 0 and silent[i][1] > row.start:
                return False
        return True

    return tuple(filter(speaks, tables))


def _with_rows(text: str, pieces: Sequence[Piece], tables: Sequence[Table]) -> list[Piece]:
    """The pieces, with every row of a table as a piece of the body."""
    if not tables:
        return list(pieces)
    found: list[Piece] = []
    ends = [t.end for t in tables]
    for piece in pieces:
        at = piece.start
        first = bisect_right(ends, piece.start)
        for table in itertools.takewhile(lambda t: t.start < piece.end, tables[first:]):  # noqa: B023
            found += _rest(text, piece, at, table.start)
            at = max(at, table.end)
        found += _rest(text, piece, at, piece.end)
    stops = [p.end for p in pieces]
    paragraph = {
        t.start: pieces[min(bisect_right(stops, t.start), len(pieces) - 1)].paragraph for t in tables
    }
    found += [
        Piece(row.start, row.end, "body", "table-row", paragraph[t.start])
        for t in tables
        for row in (*t.head, *t.body)
    ]
    return sorted(found, key=lambda p: p.start)


def _rest(text: str, piece: Piece, start: int, end: int) -> list[Piece]:
    start, end = trimmed(text, start, end) if start < end else (start, start)
    return [replace(piece, start=start, end=end)] if start < end else []
