"""Lists of references at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsfacts.rules.loader import compile_pattern
from newsfacts.sections.rules import Compiled
from newsfacts.sections.spans import Label, Paragraph

_FILE = "sections/limits.yaml"
_HEAD = Label("references", "reference-heading")
_ENTRY = Label("references", "reference-entry")
_NUMBERED = Label("references", "reference-numbered")
_SHORT = 6
#: Characters of the longest entry.
_LONGEST = 600


class ReferenceList:
    """Finds "References" with its entries, and numbered entries without such a heading."""

    def __init__(self, rules: Compiled) -> None:
        self._headings = rules.words.reference_headings
        self._entry = compile_pattern(rules.limits.reference_entry, file=_FILE, field="reference_entry")
        self._numbered = compile_pattern(
            rules.limits.numbered_reference, file=_FILE, field="numbered_reference"
        )

        self._unnumbered = compile_pattern(
            rules.limits.loose_reference, file=_FILE, field="loose_reference", flags=re.DOTALL
        )

    def labelled(self, text: str, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        """The paragraphs, with references labelled. Labels that other rules gave stay."""
        result: list[Paragraph] = []
        inside = False
        for i, p in enumerate(paragraphs):
            if p.label is not None:
                inside = inside and p.label.kind == "notice"
                result.append(p)
                continue
            opens = self._opens(text, paragraphs, i)
            inside = opens or (inside and not self._closes(text, p))
            label = _HEAD if opens else _ENTRY if inside else self._loose(text, p)
            result.append(replace(p, label=label) if label else p)
        return result

    def _opens(self, text: str, paragraphs: Sequence[Paragraph], index: int) -> bool:
        p = paragraphs[index]
        if p.end - p.start > 40 or text[p.start : p.end].strip(" :#*").lower() not in self._headings:
            return False
        below = paragraphs[index + 1 : index + 2]
        return (
            bool(below)
            and self._entry.match(text, below[0].start, min(below[0].end, below[0].start + 400)) is not None
        )

    def _closes(self, text: str, p: Paragraph) -> bool:
        """A heading ends the list: a few words without a number."""
        span = text[p.start : min(p.end, p.start + 200)]
        return len(span.split()) <= _SHORT and not any(c.isdigit() for c in span) and not span.endswith(".")

    def _loose(self, text: str, p: Paragraph) -> Label | None:
        end = min(p.end, p.start + _LONGEST)
        if self._numbered.match(text, p.start, end):
            return _NUMBERED
        # A paragraph of an article may open like a source; it is longer than one.
        short = p.end - p.start <= _LONGEST
        return _ENTRY if short and self._unnumbered.fullmatch(text, p.start, end) else None
