"""Folding of place names to look-up keys."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: How a name relates to its place, strongest first. A `stem` counts only beside its generic noun
#: ("Qi" in "Qi County"), an `abbreviation` only in capitals.
NAME_KINDS = ("primary", "romanisation", "alternate", "abbreviation", "historic", "stem")

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
)
_DROP = re.compile(r"['’‘ʻ`´.]")
_GAP = re.compile(r"[\s\-–_,]+")
_SHORT = {"mt": "mount", "ft": "fort"}


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Key of a name: lower case, no accents, apostrophes or stops; hyphens as blanks; Saint in full."""
    text = name.lower() if name.isascii() else _ascii(name)
    words = _GAP.sub(" ", _DROP.sub("", text)).split()
    if not words:
        return ""
    words[0] = _SHORT.get(words[0], words[0])
    return " ".join("saint" if word == "st" else "sainte" if word == "ste" else word for word in words)


def _ascii(name: str) -> str:
    # Decomposed first: letters of mathematics have no small ones of their own.
    small = unicodedata.normalize("NFKD", name).lower().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", small)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
