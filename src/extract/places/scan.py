"""Words of a document, with what the search for names needs to know of each."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsfacts.places.names import fold

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?![^\W\d_])|(?:[^\W\d_]\.)+[^\W\d_](?![^\W\d_])"
    r"|[^\W\d_]+(?:['’ʻ`´][^\W\d_]+)*|\d[\d.,:]*"
)
_POSSESSIVE = ("'s", "’s", "'S", "’S", "`s", "´s")
_JOINTS = frozenset((" ", "-", "\u00a0", "–", "\n"))
_OPENING_ABBREVIATIONS = frozenset(("st", "ste", "mt", "ft", "saint", "sainte", "mount", "fort"))


class Word(NamedTuple):  # one per word of the text: a tuple is made in a third of a frozen dataclass's time
    """A word with offsets in the document, without a possessive ending.

    `gap` is what stands between the word before and this one; `possessive` says that 's followed, `dotted`
    that a full stop does.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    possessive: bool
    capital: bool
    upper: bool
    dotted: bool


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of text[start:end], with document offsets."""
    found: list[Word] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        word, at, stop = match[0], match.start(), match.end()
        possessive = word.endswith(_POSSESSIVE) and len(word) > 2
        if possessive:
            word, stop = word[:-2], stop - 2
        elif text.startswith(("'", "’"), stop) and word.endswith("s"):
            possessive = not text.startswith(("'", "’"), at - 1)
        capital = word[0].isupper()
        upper, gap = capital and word.isupper(), text[last:at]
        last = match.end()
        dotted = not possessive and text.startswith(".", last, end)
        found.append(Word(at, stop, word, fold(word), gap, possessive, capital, upper, dotted))
    return found


def joins(before: Word, word: Word) -> bool:
    """Whether two neighbouring words may belong to one name."""
    if before.possessive:
        return False
    gap = word.gap
    if gap in _JOINTS:
        return True
    if gap.isspace():
        return gap.count("\n") < 2
    return gap in (". ", ".") and before.key in _OPENING_ABBREVIATIONS
