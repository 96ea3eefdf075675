"""Joins the lines of a text to paragraphs: hard-wrapped text as well as one paragraph a line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from newsfacts.sections.rules import Limits
from newsfacts.sections.spans import Line, Paragraph

_ENDS = re.compile(r"[.!?:;…][\"'”’)\]»]*$|[\"'”’][.!?]$|[|]$")
_LONG_ENOUGH = 0.7
_TAIL = 12


class Unwrapper:
    """Decides for every line break whether it ends a paragraph."""

    def __init__(self, limits: Limits, list_marker: re.Pattern[str]) -> None:
        self._limits = limits
        self._marker = list_marker

    def paragraphs(self, text: str, lines: Sequence[Line]) -> list[Paragraph]:
        """The paragraphs of a text in order; a labelled line is one of its own."""
        width = self._wrap_width(text, lines)
        merged: list[Paragraph] = []
        previous: Line | None = None
        joined = False
        for line in lines:
            joined = previous is not None and (
                self._goes_on(text, previous, line, title=len(merged) == 1, joined=joined)
                or self._wraps(text, previous, line, width)
            )
            if joined:
                merged[-1] = Paragraph(merged[-1].start, line.end, merged[-1].gap)
            else:
                merged.append(Paragraph(line.start, line.end, line.gap, line.label))
            previous = line
        return merged

    def _goes_on(self, text: str, line: Line, following: Line, *, title: bool, joined: bool) -> bool:
        """The sentence is plainly not over, whatever the width of the text.

        `joined`: the line continues one before it, so that it is no heading and must end with a full stop.
        """
        if line.label or following.label or _is_marked(text, following, self._marker):
            return False
        if following.gap:
            # A blank line in the middle of a sentence is a slip of the wire; below a title it is not.
            return not title and _runs_on(text, line, following, self._limits.wrap_narrowest)
        if _runs_on(text, line, following, self._limits.wrap_narrowest // 2):
            return True
        return joined and not _ended(text, line)

    def _wraps(self, text: str, line: Line, following: Line, width: int | None) -> bool:
        """The line is as long as the lines of this text get."""
        if line.label or following.label or following.gap or _is_marked(text, following, self._marker):
            return False
        if width is None or line.column < self._limits.wrap_narrowest:
            return False
        if line.column + 1 + _first_word(text, following) > width:
            return True
        return not _ended(text, line) and line.column >= _LONG_ENOUGH * width

    def _wrap_width(self, text: str, lines: Sequence[Line]) -> int | None:
        """The column at which this text's lines were broken, or None where they were not."""
        breaks = [(a, b) for a, b in itertools.pairwise(lines) if not b.gap and not a.label and not b.label]
        if not breaks:
            return None
        columns = sorted(a.column for a, _ in breaks)
        if columns[int(0.9 * (len(columns) - 1))] > self._limits.wrap_widest:
            return None
        running = sum(_runs_on(text, a, b, self._limits.wrap_narrowest) for a, b in breaks)
        if running < self._limits.wrap_share * len(breaks):
            return None
        return max((c for c in columns if c <= self._limits.wrap_widest), default=None)


def _ended(text: str, line: Line) -> bool:
    return _ENDS.search(text[max(line.start, line.end - _TAIL) : line.end]) is not None


def _runs_on(text: str, line: Line, following: Line, narrowest: int) -> bool:
    """The sentence plainly goes on in the next line."""
    opening = text[following.start : following.start + 2]
    lower = opening[:1].islower() and not opening[1:].isupper()
    return lower and line.end - line.start >= narrowest and not _ended(text, line)


def _first_word(text: str, line: Line) -> int:
    blank = text.find(" ", line.start, line.end)
    return (blank if blank >= 0 else line.end) - line.start


def _is_marked(text: str, line: Line, marker: re.Pattern[str]) -> bool:
    return marker.match(text, line.start, min(line.end, line.start + 40)) is not None
