"""Odd and very long text, made fit for spaCy: its tokenizer takes quadratic time on long unbroken runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Longest stretch that is parsed at once, in characters. spaCy refuses 1,000,000, and its
#: memory follows the length; no paragraph is so long.
LONGEST = 10_000

_GIANT = re.compile(r"\S{151,}")
_ADDRESS = re.compile(r"\W{0,3}(?:[a-z]+://|www\.)", re.IGNORECASE)
_LONGEST_ADDRESS = 2_000
_CHUNK = 75
_SENTENCE_END = re.compile(r"[.!?]['\")\]\u2019\u201d]*\s+(?=\S)")


def stretches(text: str, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """(start, end) of the stretches of a text to be parsed by themselves: all of it unless it is too long.

    A long text is cut behind a sentence, else behind a blank, else anywhere.
    """
    start = 0
    while len(text) - start > longest:
        end = _cut(text, start, start + longest)
        yield start, end
        start = end
    yield start, len(text)


def _cut(text: str, start: int, end: int) -> int:
    half = (start + end) // 2
    last = max((match.end() for match in _SENTENCE_END.finditer(text, half, end)), default=0)
    return last or text.rfind(" ", half, end) + 1 or end


def prepared(nlp: Language, text: str) -> str | Doc:
    """What is to be given to `nlp.pipe`: the text, or where a giant unbroken run is in it, its tokens.

    The ends of such a run are tokenised as ever, as words may stand there; what lies between (it is no
    language) becomes tokens of equal length. Addresses stay whole.
    """
    runs = [match.span() for match in _GIANT.finditer(text) if not _is_address(match[0])]
    if not runs:
        return text
    from spacy.tokens import Doc

    words, spaces = list[str](), list[bool]()
    for piece, whole in _pieces(text, runs):
        tokens = [(piece, False)] if whole else [(t.text, bool(t.whitespace_)) for t in nlp.tokenizer(piece)]
        if tokens and tokens[0] == (" ", False) and spaces and not spaces[-1]:
            spaces[-1] = True  # a blank belongs to the token before it
            del tokens[0]
        words += [word for word, _ in tokens]
        spaces += [space for _, space in tokens]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _is_address(run: str) -> bool:
    return len(run) <= _LONGEST_ADDRESS and _ADDRESS.match(run) is not None


def _pieces(text: str, runs: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Pieces of the text in order, and whether each is to be one token."""
    position = 0
    for start, end in runs:
        first, last = start + _CHUNK, end - _CHUNK
        yield text[position:first], False
        for at in range(first, last, _CHUNK):
            yield text[at : min(at + _CHUNK, last)], True
        position = last
    yield text[position:], False
