"""What a paragraph looks like: a sentence, a title, a heading."""

from __future__ import annotations

import re

from newsfacts.sections.rules import Limits

_FULL_STOP = re.compile(r"[.!?…][\"'”’)\]»]*\s*$|[\"”’]\s*$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|St)\.$")
_COLUMNS = re.compile(r"\S(?:\t|\s{3,})\S")
_SENTENCE_BREAK = re.compile(r"[a-z\d]{3}[.!?][\"”’]? +[\"“]?[A-Z]")
_NUMBER = re.compile(r"\d[\d,.]*")


class Shape:
    """Judges paragraphs by length and punctuation."""

    def __init__(self, limits: Limits, list_marker: re.Pattern[str]) -> None:
        self._limits = limits
        self._marker = list_marker

    def is_sentence(self, text: str) -> bool:
        """Running text of the article: a full stop after several words, or simply long."""
        words = text.split(None, self._limits.long_words)
        if len(words) >= self._limits.long_words:
            return True
        return len(words) >= self._limits.sentence_words and _FULL_STOP.search(text[-6:]) is not None

    def is_title(self, text: str, has_more: bool) -> bool:
        """A line that can head an article."""
        if not has_more or len(text) > self._limits.title_longest or text.endswith((":", ";", ",")):
            return False
        if _SENTENCE_BREAK.search(text):
            return False
        tail = text[-12:]
        stopped = tail.endswith((".", "…")) and not _ABBREVIATION.search(tail)
        return not (stopped and len(text.split()) >= self._limits.sentence_words)

    def is_heading(self, text: str) -> bool:
        """A short line without end punctuation that is not a row of figures."""
        if len(text) > self._limits.heading_longest or _COLUMNS.search(text):
            return False
        if self._marker.match(text):
            return False
        if text.endswith((".", ";", ",", ":", "!", "…", '"', "”", "''", "|")) or not any(
            c.isalpha() for c in text
        ):
            return False
        words = text.split()
        figures = len(_NUMBER.findall(text))
        return len(words) <= self._limits.heading_words and figures * 3 <= len(words)
