"""Near-duplicate articles: syndicated copies, found by MinHash and confirmed by exact Jaccard similarity.

Broder, A. (1997): On the resemblance and containment of documents. The library is datasketch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from datasketch import MinHash, MinHashLSH

_WORD = re.compile(r"\w+")
_SHINGLE = 5
_PERMUTATIONS = 128


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
    index = MinHashLSH(threshold=threshold, num_perm=_PERMUTATIONS)
    originals: dict[str, frozenset[str]] = {}
    copies: dict[str, str] = {}
    for doc_id, text in texts:
        parts = shingles(text)
        signature = _signature(parts)
        original = _original(parts, sorted(index.query(signature)), originals, threshold)
        if original is not None:
            copies[doc_id] = original
        elif parts:
            originals[doc_id] = parts
            index.insert(doc_id, signature)
    return copies


def _signature(parts: frozenset[str]) -> MinHash:
    signature = MinHash(num_perm=_PERMUTATIONS, seed=1)
    signature.update_batch([part.encode() for part in sorted(parts)])
    return signature


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
