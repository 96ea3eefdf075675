"""Cuts a paragraph of the article: caption and credit, heading, or plain body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsfacts.model import SectionKind
from newsfacts.rules.loader import compile_pattern
from newsfacts.sections.labels import LineLabeller
from newsfacts.sections.rules import Compiled
from newsfacts.sections.shape import Shape
from newsfacts.sections.spans import Piece, trimmed

_FILE = "sections/credits.yaml"
_LONGEST_LABELLED = 160
_SENTENCE_ENDS = (".", "!", "?", '"', "”", "’")


class BodyCutter:
    """Turns an unlabelled paragraph into one or two pieces."""

    def __init__(self, rules: Compiled, labeller: LineLabeller, shape: Shape) -> None:
        ignore = re.IGNORECASE
        self._brackets = compile_pattern(rules.credits.brackets, file=_FILE, field="brackets")
        self._photo = compile_pattern(rules.credits.photo, file=_FILE, field="photo", flags=ignore)
        self._open = compile_pattern(rules.credits.open, file=_FILE, field="open", flags=ignore)
        self._capitals = compile_pattern(rules.credits.capitals, file=_FILE, field="capitals")
        self._reach = rules.credits.reach
        self._openings = rules.words.caption_openings
        self._labeller = labeller
        self._shape = shape

    def cut(self, text: str, start: int, end: int, paragraph: int, *, heading: bool) -> Iterator[Piece]:
        """The pieces of [start, end). `heading`: a short line here may be a heading."""
        span = text[start:end]
        label = self._labeller.label(span) if len(span) <= _LONGEST_LABELLED and not heading else None
        if label is not None and label.where == "any" and label.kind == "byline":
            yield Piece(start, end, label.kind, label.rule, paragraph)
            return
        tail, kind, rule, photo = self._credit(span)
        stop = trimmed(text, start, start + tail)
        if stop[0] < stop[1]:
            yield Piece(*stop, *self._kind(text[stop[0] : stop[1]], heading=heading, photo=photo), paragraph)
        if tail < len(span):
            yield Piece(*trimmed(text, start + tail, end), kind, rule, paragraph)

    def is_caption(self, span: str) -> bool:
        """Whether a paragraph describes a photo: it says so, or a photo's credit closes it."""
        return self._opening(span) or self._credit(span)[3]

    def _kind(self, span: str, *, heading: bool, photo: bool) -> tuple[SectionKind, str]:
        if photo:
            return "caption", "caption-before-credit"
        if self._opening(span):
            return "caption", "caption-opening"
        if heading and self._shape.is_heading(span):
            return "heading", "heading"
        return "body", "body"

    def _opening(self, span: str) -> bool:
        head = span[:40].lower()
        return head.startswith(self._openings) and any(
            head.startswith(o) and not head[len(o) : len(o) + 1].isalnum() for o in self._openings
        )

    def _credit(self, span: str) -> tuple[int, SectionKind, str, bool]:
        """Where a closing credit starts (or the span's length), its kind, and whether it is a photo's."""
        low = max(0, len(span) - self._reach)
        bracket = self._brackets.search(span, low)
        if bracket:
            if self._photo.search(bracket.group()[1:]):
                return bracket.start(), "credit", "credit-in-brackets", True
            # "(CCTV)" inside a sentence explains a name; only after the full stop it is a credit.
            before = span[: bracket.start()].rstrip()
            label = self._labeller.inner_label(bracket.group()) if before.endswith(_SENTENCE_ENDS) else None
            if label is not None and label.kind in ("byline", "credit"):
                return bracket.start(), label.kind, f"{label.rule}-in-brackets", label.kind == "credit"
        loose = self._open.search(span, low)
        if loose:
            return loose.start(), "credit", "credit-after-caption", True
        capitals = self._capitals.search(span, low)
        if capitals:
            return capitals.start(), "credit", "credit-capitals-after-caption", True
        return len(span), "body", "", False
