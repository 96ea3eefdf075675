"""Lines, paragraphs and the pieces that paragraphs are cut into, all as offsets of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsfacts.model import SectionKind


@dataclass(frozen=True, slots=True)
class Label:
    """What a line is by its wording alone. `extends`: short lines below belong to it."""

    kind: SectionKind
    rule: str
    where: str = "any"
    extends: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line without outer white space.

    `column` is its right edge counted from the start of the raw line (with indentation); `gap` says
    that a blank line, or the start of the text, stands before it.
    """

    start: int
    end: int
    column: int
    gap: bool
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines that form a paragraph; a labelled paragraph is a single line."""

    start: int
    end: int
    gap: bool
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A section in the making, with the rule that named its kind."""

    start: int
    end: int
    kind: SectionKind
    rule: str
    paragraph: int = 0


def split_lines(text: str) -> Iterator[Line]:
    """The non-blank lines of the text in order."""
    start, gap, size = 0, True, len(text)
    while start < size:
        stop = text.find("\n", start)
        stop = size if stop < 0 else stop
        raw = text[start:stop]
        stripped = raw.strip()
        if stripped:
            first = start + raw.index(stripped[0])
            yield Line(first, first + len(stripped), first - start + len(stripped), gap)
            gap = False
        else:
            gap = True
        start = stop + 1


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty where there is nothing else."""
    raw = text[start:end]
    left = len(raw) - len(raw.lstrip())
    return (start + left, start + len(raw.rstrip())) if raw.strip() else (start, start)
