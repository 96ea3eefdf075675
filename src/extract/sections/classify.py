"""Gives every paragraph of a text its kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsfacts.model import SectionKind
from newsfacts.rules.loader import compile_pattern
from newsfacts.sections.bodies import BodyCutter
from newsfacts.sections.datelines import Dateline, DatelineReader
from newsfacts.sections.days import DayReader
from newsfacts.sections.headers import HeaderReader
from newsfacts.sections.labels import LineLabeller
from newsfacts.sections.paragraphs import Unwrapper
from newsfacts.sections.references import ReferenceList
from newsfacts.sections.rules import Compiled
from newsfacts.sections.shape import Shape
from newsfacts.sections.spans import Label, Line, Paragraph, Piece, split_lines, trimmed
from newsfacts.sections.tables import label_tables

_EXTENDED_WORDS = 25
_BARE_DATES = frozenset({"header-plain", "header-among-names"})
_SECTION_NAME_WORDS = 3


@dataclass(frozen=True, slots=True)
class Area:
    """Which paragraphs hold the article: from the first to the last full sentence."""

    first: int
    last: int
    near_top: int

    def allows(self, where: str, index: int) -> bool:
        """Whether a label limited to `where` holds for the paragraph of this index."""
        if where == "head":
            return index <= self.near_top or index > self.last
        top, bottom = index < self.first, index > self.last
        return where == "any" or (where != "bottom" and top) or (where != "top" and bottom)


@dataclass(frozen=True, slots=True)
class Classified:
    """The pieces of a text, the day that its dateline states, and where the head of the page ends."""

    pieces: tuple[Piece, ...]
    dateline_day: dt.date | None
    head_end: int


class Classifier:
    """Cuts a text into pieces and names the kind of each."""

    def __init__(self, rules: Compiled, days: DayReader, headers: HeaderReader) -> None:
        limits = rules.limits
        marker = compile_pattern(limits.list_marker, file="sections/limits.yaml", field="list_marker")
        self._limits = limits
        self._shape = Shape(limits, marker)
        self._unwrapper = Unwrapper(limits, marker)
        self._labeller = LineLabeller(rules, headers)
        self._datelines = DatelineReader(rules, days)
        self._references = ReferenceList(rules)
        self._bodies = BodyCutter(rules, self._labeller, self._shape)

    def classify(self, text: str, *, title: str | None = None, preamble: int = 0) -> Classified:
        """Every non-blank stretch of the text as pieces in order. `preamble`: length of front matter."""
        lines = [self._labelled(text, line, preamble) for line in self._candidates(text)]
        paragraphs = self._unwrapper.paragraphs(text, lines)
        heading = self._title_index(text, paragraphs, title)
        if heading is not None:
            paragraphs[heading] = replace(paragraphs[heading], label=Label("title", "title"))
        area = self._area(text, paragraphs)
        paragraphs = [self._kept(p, area, i) for i, p in enumerate(paragraphs)]
        if heading is None:
            paragraphs = self._with_title(text, paragraphs, area)
        paragraphs = self._extended(text, paragraphs, area)
        paragraphs = self._references.labelled(text, label_tables(text, paragraphs))
        return self._cut(text, paragraphs, area)

    def _candidates(self, text: str) -> Iterator[tuple[Line, bool]]:
        """Lines, and whether they are near enough to an end of the text to be labelled."""
        lines = list(split_lines(text))
        most = self._limits.labelled_lines
        for i, line in enumerate(lines):
            yield line, i < most or i >= len(lines) - most

    def _labelled(self, text: str, candidate: tuple[Line, bool], preamble: int) -> Line:
        line, near_end = candidate
        if line.start < preamble:
            return replace(line, label=Label("keywords", "front-matter"))
        label = self._labeller.label(text[line.start : line.end]) if near_end else None
        return replace(line, label=label) if label else line

    def _area(self, text: str, paragraphs: Sequence[Paragraph]) -> Area:
        sentences = [
            i
            for i, p in enumerate(paragraphs)
            if p.label is None and (self._shape.is_sentence(text[p.start : p.end]) or self._opens(text, p))
        ]
        if not sentences:
            return Area(len(paragraphs), -1, len(paragraphs))
        # A chronicle has many bare dates between its paragraphs; none of them is the page's own.
        bare = sum(p.label is not None and p.label.rule in _BARE_DATES for p in paragraphs)
        few = min(self._limits.header_sentences, len(sentences) - 1) if bare <= 1 else 0
        return Area(sentences[0], sentences[-1], sentences[few])

    def _opens(self, text: str, paragraph: Paragraph) -> bool:
        return self._datelines.read(text, paragraph.start, paragraph.end, first=False) is not None

    def _kept(self, paragraph: Paragraph, area: Area, index: int) -> Paragraph:
        label = paragraph.label
        keep = label is None or area.allows(label.where, index)
        return paragraph if keep else replace(paragraph, label=None)

    def _title_index(self, text: str, paragraphs: Sequence[Paragraph], title: str | None) -> int | None:
        """The paragraph among the first ones that repeats the title known from elsewhere.

        An agency's note to editors ("ATTENTION - ADDS quotes ///") stays one though it is sent as the title.
        """
        wanted = _squeezed(title or "")
        if not wanted:
            return None
        same = (i for i, p in enumerate(paragraphs[:12]) if _squeezed(text[p.start : p.end]) == wanted)
        found = next(same, None)
        label = paragraphs[found].label if found is not None else None
        return None if label is not None and label.kind == "notice" else found

    def _with_title(self, text: str, paragraphs: list[Paragraph], area: Area) -> list[Paragraph]:
        """The first line above the article that is nothing else is its title.

        A word or two before a longer line is the name of the page's section, "Business".
        """
        found = self._title_candidates(text, paragraphs, area)
        if not found:
            return paragraphs
        long = (
            i
            for i in found
            if len(text[paragraphs[i].start : paragraphs[i].end].split()) > _SECTION_NAME_WORDS
        )
        i = next(long, found[0])
        return [*paragraphs[:i], replace(paragraphs[i], label=Label("title", "title")), *paragraphs[i + 1 :]]

    def _title_candidates(self, text: str, paragraphs: list[Paragraph], area: Area) -> list[int]:
        found: list[int] = []
        for i, paragraph in enumerate(paragraphs[: area.first + 1]):
            span = text[paragraph.start : paragraph.end]
            if paragraph.label is not None or self._bodies.is_caption(span):
                continue
            below = any(p.label is None for p in paragraphs[i + 1 : i + 12])
            if not self._shape.is_title(span, below) or self._starts_article(text, paragraph):
                break
            found.append(i)
            if len(found) > _SECTION_NAME_WORDS:
                break
        return found

    def _starts_article(self, text: str, paragraph: Paragraph) -> bool:
        return self._datelines.read(text, paragraph.start, paragraph.end, first=True) is not None

    def _extended(self, text: str, paragraphs: list[Paragraph], area: Area) -> list[Paragraph]:
        """Below a heading such as "Related stories", short lines belong to it."""
        result: list[Paragraph] = []
        below: Label | None = None
        for i, p in enumerate(paragraphs):
            if p.label is not None:
                below = _below(p.label) if p.label.extends and i > area.last else None
            elif below and len(text[p.start : p.end].split(None, _EXTENDED_WORDS)) >= _EXTENDED_WORDS:
                below = None
            result.append(replace(p, label=below) if p.label is None and below else p)
        return result

    def _cut(self, text: str, paragraphs: Sequence[Paragraph], area: Area) -> Classified:
        pieces: list[Piece] = []
        dateline: Dateline | None = None
        most = self._limits.labelled_lines
        middle = range(most, len(paragraphs) - most)
        for i, paragraph in enumerate(paragraphs):
            if paragraph.label is not None:
                pieces.extend(self._labelled_pieces(text, paragraph, i))
            elif i in middle:
                pieces.append(Piece(paragraph.start, paragraph.end, "body", "body", i))
            else:
                first = i <= area.first and dateline is None
                found = self._datelines.read(text, paragraph.start, paragraph.end, first=first)
                pieces.extend(self._article_pieces(text, paragraph, i, found, alone=len(paragraphs) == 1))
                dateline = dateline or found
        head_end = paragraphs[area.near_top].start if area.near_top < len(paragraphs) else len(text)
        return Classified(tuple(pieces), dateline.day if dateline else None, head_end)

    def _article_pieces(
        self, text: str, paragraph: Paragraph, index: int, dateline: Dateline | None, *, alone: bool
    ) -> Iterator[Piece]:
        start = paragraph.start
        if dateline is not None:
            yield _piece(text, start, dateline.end, "dateline", dateline.rule, index)
            start = dateline.end
        start, end = trimmed(text, start, paragraph.end)
        if start < end:
            yield from self._bodies.cut(text, start, end, index, heading=not alone and dateline is None)

    def _labelled_pieces(self, text: str, paragraph: Paragraph, index: int) -> Iterator[Piece]:
        label = paragraph.label
        if label is None:
            return
        if label.kind != "header":
            yield _piece(text, paragraph.start, paragraph.end, label.kind, label.rule, index)
            return
        line = text[paragraph.start : paragraph.end]
        parts = (
            self._labeller.header_parts(line) if label.rule.startswith("header-") else [(0, len(line), label)]
        )
        at = paragraph.start
        # Bars between cells belong to the cell before them, so that sections tile the text.
        stops = [paragraph.start + start for start, _, _ in parts[1:]] + [paragraph.end]
        for (_, _, part), stop in zip(parts, stops, strict=True):
            yield _piece(text, at, stop, part.kind, part.rule, index)
            at = stop


def _piece(text: str, start: int, end: int, kind: SectionKind, rule: str, paragraph: int) -> Piece:
    return Piece(*trimmed(text, start, end), kind, rule, paragraph)


def _below(label: Label) -> Label:
    return replace(label, rule=f"{label.rule}-below")


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold() if len(text) < 1000 else ""
