"""What a line is by its wording alone."""

from __future__ import annotations

import re

from newsfacts.sections.headers import HeaderReader, cells
from newsfacts.sections.rules import Compiled
from newsfacts.sections.spans import Label

_TOKEN = re.compile(r"[^\s|,·•/:>]+")
_LONGEST_HEADER = 250
_LONGEST_MENU = 120
_BRACKETS = re.compile(r"[(\[【（](.*)[)\]】）]\W{0,2}")


class LineLabeller:
    """Labels single lines. Lines that read like the article stay unlabelled."""

    def __init__(self, rules: Compiled, headers: HeaderReader) -> None:
        self._words = rules.words
        self._headers = headers
        self._rules = sorted(rules.lines, key=lambda r: r.rule.longest)
        self._labels = {
            r.rule.rule: Label(r.rule.kind, r.rule.rule, r.rule.where, r.rule.extends) for r in self._rules
        }
        self._longest = max((r.rule.longest for r in self._rules), default=0)

    def label(self, line: str) -> Label | None:
        """The label of a stripped line, or None."""
        size = len(line)
        if size > self._longest:
            return None
        if self._is_menu(line):
            return Label("navigation", "navigation-words")
        if line.strip(" .()[]—-–:").lower() in self._words.agencies:
            return Label("byline", "agency-name", "edge")
        for compiled in self._rules:
            if size <= compiled.rule.longest and compiled.pattern.fullmatch(line):
                if compiled.rule.kind not in ("keywords", "navigation") and self._dated(line):
                    continue
                return self._labels[compiled.rule.rule]
        return self._header(line)

    def _dated(self, line: str) -> bool:
        """Byline and date in one line: the date must not be silenced with the byline."""
        return len(line) <= _LONGEST_HEADER and self._headers.read(line) is not None

    def _header(self, line: str) -> Label | None:
        found = self._headers.read(line) if len(line) <= _LONGEST_HEADER else None
        if found is None:
            return None
        return Label("header", f"header-{found.word}" if found.certain else "header-among-names", "head")

    def inner_label(self, bracketed: str) -> Label | None:
        """The label of what stands in brackets, "(Editor: Li Wei)"."""
        inside = _BRACKETS.fullmatch(bracketed.strip())
        return self.label(inside[1].strip()) if inside and inside[1].strip() else None

    def header_parts(self, line: str) -> list[tuple[int, int, Label]]:
        """A header line cut into its parts (byline, date, editor), each with its label."""
        parts: list[tuple[int, int, Label]] = []
        for start, end in cells(line):
            parts.extend(self._cell(line, start, end))
        return parts

    def _cell(self, line: str, start: int, end: int) -> list[tuple[int, int, Label]]:
        found = self._headers.read(line[start:end])
        if found is None:
            label = self.label(line[start:end])
            if label is None:
                time = self._headers.is_time(line[start:end])
                label = Label("header", "header-time") if time else Label("byline", "header-cell")
            return [(start, end, label)]
        header = Label("header", f"header-{found.word}")
        before = line[start : start + found.start].strip()
        # "(Example Online) 10:32, ..." may not be cut inside its brackets.
        label = self.label(before) if before.count("(") == before.count(")") else None
        if label is None:
            return [(start, end, header)]
        return [(start, start + found.start, label), (start + found.start, end, header)]

    def _is_menu(self, line: str) -> bool:
        if len(line) > _LONGEST_MENU:
            return False
        tokens = [t.lower().strip(".&()-–—") for t in _TOKEN.findall(line)]
        words = [t for t in tokens if t and not t.isdigit()]
        core = self._words.navigation_core
        return (
            bool(words)
            and all(t in self._words.navigation_words for t in words)
            and any(t in core for t in words)
        )
