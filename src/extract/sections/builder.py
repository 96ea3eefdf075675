"""Builds a Document: normalised text, sections, day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from extract.model import Document, Section
from extract.rules import RuleSet
from extract.sections.classify import Classified, Classifier
from extract.sections.days import DateOrder, DayReader
from extract.sections.headers import HeaderReader
from extract.sections.language import LanguageCheck
from extract.sections.normalise import normalise_text
from extract.sections.rules import Compiled
from extract.sections.spans import Piece

Source = Literal["metadata", "header", "dateline"]
_WORDS = {"header-published": 0, "header-plain": 1, "header-among-names": 1, "header-updated": 2}


class DocumentBuilder:
    """Makes Documents of texts. Built once; has no state of its own between texts."""

    def __init__(self, rules: Compiled, language: LanguageCheck) -> None:
        self.language = language
        self._days = DayReader(rules.dates)
        self._headers = HeaderReader(rules.words, self._days)
        self._classifier = Classifier(rules, self._days, self._headers)

    @classmethod
    def from_rules(cls, rules: RuleSet) -> DocumentBuilder:
        """Read rules/sections. Raises RulesError where they are malformed."""
        return cls(Compiled.from_rules(rules), LanguageCheck.from_rules(rules))

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
    ) -> Document:
        """The document of a text. `published` given here (metadata) wins over what the text states.

        `preamble` is the length of front matter at the start; `date_order` settles 03/04/2024.
        """
        text = normalise_text(text)
        found = self._classifier.classify(text, title=title, preamble=preamble)
        day, source = self._published(text, found, published, date_order)
        return Document(
            id=id,
            text=text,
            title=title or _title(text, found.pieces),
            published=day,
            published_source=source,
            url=url,
            path=path,
            warnings=tuple(warnings),
            sections=tuple(Section(p.kind, p.start, p.end, p.paragraph) for p in found.pieces),
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
        if given is not None:
            return given, "metadata"
        header = self._header_day(text, found.pieces, order)
        if header is not None:
            return header, "header"
        return (found.dateline_day, "dateline") if found.dateline_day else (None, None)

    def _header_day(self, text: str, pieces: Sequence[Piece], order: DateOrder) -> dt.date | None:
        """The day of the best header line: above the article before below it, published before updated."""
        first_body = next((p.start for p in pieces if p.kind == "body"), len(text))
        dated = [
            (p.start > first_body, _WORDS[p.rule], p.start, day)
            for p in pieces
            if p.rule in _WORDS and (day := self._day_of(text, p, order)) is not None
        ]
        return min(dated)[-1] if dated else None

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
    return next((text[p.start : p.end] for p in pieces if p.kind == "title"), None)
