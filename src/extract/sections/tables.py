"""Rows of a page's form ("Best Paper Award | Yes |") as against tables of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsfacts.sections.spans import Label, Paragraph

_FORM = Label("keywords", "form-row")
_LONGEST_ROW = 400


def label_tables(text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Label rows of form tables as keywords; tables with figures stay part of the article."""
    rows = [_is_row(text, p) for p in paragraphs]
    result = list(paragraphs)
    for start, end in _runs(rows):
        group = paragraphs[start:end]
        form = any(p.label is not None and p.label.kind == "keywords" for p in group)
        if form or not any(c.isdigit() for p in group for c in text[p.start : p.end]):
            result[start:end] = [p if p.label is not None else replace(p, label=_FORM) for p in group]
    return result


def _is_row(text: str, p: Paragraph) -> bool:
    span = text[p.start : p.end] if p.end - p.start <= _LONGEST_ROW else ""
    return "|" in span and (span.endswith("|") or span.startswith("|") or not span.strip("|-: "))


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for i, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            yield start, i
            start = None
