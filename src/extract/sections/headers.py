"""Header lines: the lines in which a page states when it was published."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from newsfacts.sections.days import DateOrder, DayReader, FoundDay
from newsfacts.sections.rules import Vocabulary

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[.'’](?=\w))*")
_CELL = re.compile(r"\s*[|•·¦丨]\s*")
_SENTENCE_END = (".", "!", "?", "”", '"')
_MOST_FOREIGN_WORDS = 8

HeaderWord = Literal["published", "plain", "updated"]


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """A line (or part of one) with the page's date.

    `word` is what the line calls the date. `certain` is False where words stand beside the date that a
    header line need not have: such a line counts only near the top.
    """

    start: int
    day: dt.date | None
    word: HeaderWord
    certain: bool


class HeaderReader:
    """Recognises header lines by their date and by what else stands in the line."""

    def __init__(self, words: Vocabulary, days: DayReader) -> None:
        self._words = words
        self._days = days

    def read(self, line: str, order: DateOrder = None) -> HeaderLine | None:
        """The header in a stripped line of at most a few hundred characters, or None.

        `start` is where the header begins in the line: a byline may stand before its label.
        """
        if not any(c.isdigit() for c in line):
            return None
        found = self._days.find(line, order)
        if not found:
            return None
        best = self._best(line, found)
        start = self._label_start(line, best)
        foreign = self._foreign(line, found)
        labelled = self._word_at(line, best) != "plain"
        if foreign and (len(foreign) > _MOST_FOREIGN_WORDS or line.endswith(_SENTENCE_END)):
            return None
        if foreign and not labelled and not _CELL.search(line) and not _names_only(foreign):
            return None
        return HeaderLine(start, best.day, self._word_at(line, best), certain=not foreign or labelled)

    def is_time(self, cell: str) -> bool:
        """Whether a cell holds nothing but a time of day, a weekday or the like."""
        return not self._foreign(cell, [])

    def _best(self, line: str, found: list[FoundDay]) -> FoundDay:
        rank = {"published": 0, "plain": 1, "updated": 2}
        return min(found, key=lambda f: (rank[self._word_at(line, f)], f.start))

    def _word_at(self, line: str, day: FoundDay) -> HeaderWord:
        """What the words before a date call it; the nearest label wins."""
        for match in reversed(list(_WORD.finditer(line, 0, day.start))):
            word = match.group().lower()
            if word in self._words.updated_labels:
                return "updated"
            if word in self._words.published_labels:
                return "published"
        return "plain"

    def _label_start(self, line: str, day: FoundDay) -> int:
        """Where the run of header words that leads to the date begins."""
        start = day.start
        for match in reversed(list(_WORD.finditer(line, 0, day.start))):
            if match.group().lower() not in self._words.header_words:
                return start
            start = match.start()
        return 0

    def _foreign(self, line: str, found: list[FoundDay]) -> list[str]:
        """The words that neither belong to a date nor to a header line's vocabulary."""
        outside = [
            m.group() for m in _WORD.finditer(line) if not any(f.start <= m.start() < f.end for f in found)
        ]
        return [w for w in outside if w.lower().rstrip(".") not in self._words.header_words]


def cells(line: str) -> list[tuple[int, int]]:
    """The spans of a line's cells ("Source: Xinhua | 2019-03-14 | Editor: Li"), bars left out."""
    spans, start = [], 0
    for bar in _CELL.finditer(line):
        spans.append((start, bar.start()))
        start = bar.end()
    spans.append((start, len(line)))
    return [(a, b) for a, b in spans if line[a:b].strip()]


def _names_only(foreign: list[str]) -> bool:
    return len(foreign) <= 5 and all(
        w[:1].isupper() or w in {"and", "by", "in", "of", "for"} for w in foreign
    )
