"""Near-duplicate articles: syndicated copies, found by MinHash and confirmed by exact Jaccard similarity."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsfacts.consolidate.minhash import BandIndex, signature

_WORD = re.compile(r"\w+")
_SHINGLE = 5


def shingles(text: str) -> frozenset[str]:
    """The sequences of five words of a text, lower-case; the whole text where it is shorter."""
    words = _WORD.findall(text.casefold())
    last = max(1, len(words) - _SHINGLE + 1)
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(last)) if words else frozenset()


def find_copies(texts: Iterable[tuple[str, str]], threshold: float) -> dict[str, str]:
    """Of (document id, text) in a fixed order: each copy's id with the id of the first document it copies.

    A copy shares at least `threshold` (Jaccard) of its five-word sequences with that document. Originals are
    not in the result. Memory grows with the number of documents, not with their pairs.
    """
    index = BandIndex(threshold)
    originals: dict[str, frozenset[str]] = {}
    copies: dict[str, str] = {}
    for doc_id, text in texts:
        parts = shingles(text)
        places = signature(parts)
        original = _original(parts, index.candidates(places), originals, threshold)
        if original is not None:
            copies[doc_id] = original
        elif parts:
            originals[doc_id] = parts
            index.add(doc_id, places)
    return copies


def _original(
    parts: frozenset[str], candidates: list[str], originals: dict[str, frozenset[str]], threshold: float
) -> str | None:
    scored = [(jaccard(parts, originals[c]), c) for c in candidates]
    best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= threshold else None


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared part of two sets; 0 where both are empty."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0
