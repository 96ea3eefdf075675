"""Words of a document and the capitalised stretches in which names are looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.places.names import fold

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?![^\W\d_])|(?:[^\W\d_]\.)+[^\W\d_](?![^\W\d_])|[^\W\d_]+(?:['’ʻ`´][^\W\d_]+)*|\d[\d.,:]*"
)
_POSSESSIVE = ("'s", "’s", "'S", "’S", "`s")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with offsets in the document, without a possessive ending.

    `gap` is what stands between the word before and this one; `possessive` says that 's followed.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    possessive: bool
    capital: bool

    @property
    def upper(self) -> bool:
        """Whether all letters are capitals."""
        return self.text.isupper()


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of text[start:end], with document offsets."""
    found: list[Word] = []
    last = start
    for match in _WORD.finditer(text, start, end):
        word, stop = match[0], match.end()
        possessive = word.endswith(_POSSESSIVE) and len(word) > 2
        if possessive:
            word, stop = word[:-2], stop - 2
        found.append(
            Word(match.start(), stop, word, fold(word), text[last : match.start()], possessive, word[:1].isupper())
        )
        last = match.end()
    return found


def joins(gap: str, before: Word) -> bool:
    """Whether two words around this gap may belong to one name."""
    if before.possessive:
        return False
    if gap in (" ", "-", "\u00a0", "–", "\n"):
        return True
    return gap in (". ", ".") and len(before.text) <= 3
