"""Near-equal sets found without comparing all pairs: MinHash signatures, kept in bands.

Broder, A. (1997): On the resemblance and containment of documents. Two sets agree in one place of their
signatures with the probability of their Jaccard similarity; sets that agree in a whole band of places are
candidates (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, chapter 3). The same on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

#: Places of a signature. More miss fewer pairs and cost time and memory.
PLACES = 128
#: Of the pairs that are exactly as similar as the threshold at most this share may be missed.
MISSED = 0.0001

Signature = npt.NDArray[np.uint32]


def signature(parts: Iterable[str]) -> Signature:
    """The signature of a set of strings, shape (PLACES,); all equal for the empty set.

    Each place holds the least of the parts' hashes under one of PLACES hash functions.
    """
    digests = b"".join(hashlib.blake2b(part.encode(), digest_size=4).digest() for part in parts)
    least: Signature = np.full(PLACES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for hashes in _pieces(np.frombuffer(digests, dtype="<u4").astype(np.uint64)):
        # Multiply-shift (Dietzfelbinger 1996): the upper half of a product modulo 2**64.
        spread = ((_FACTORS * hashes[:, np.newaxis] + _TERMS) >> np.uint64(32)).astype(np.uint32)
        least = np.minimum(least, spread.min(axis=0))
    return least


def rows_per_band(threshold: float) -> int:
    """Places in a band: as many as miss no more than MISSED of the pairs at the threshold, at least one."""
    fitting = (rows for rows in range(PLACES, 0, -1) if (1 - threshold**rows) ** (PLACES // rows) <= MISSED)
    return next(fitting, 1)


class BandIndex:
    """Sets by the bands of their signatures.

    >>> index = BandIndex(threshold=0.6)
    >>> index.add("a", signature({"one", "two"}))
    >>> index.candidates(signature({"two", "one"}))
    ['a']
    """

    def __init__(self, threshold: float) -> None:
        self._rows = rows_per_band(threshold)
        self._bands: list[dict[bytes, list[str]]] = [{} for _ in range(PLACES // self._rows)]

    def add(self, name: str, places: Signature) -> None:
        """Keep a set under its name."""
        for band, key in zip(self._bands, self._keys(places), strict=True):
            band.setdefault(key, []).append(name)

    def candidates(self, places: Signature) -> list[str]:
        """The names, sorted, of the kept sets that agree in a band: the similar ones, and a few more."""
        keyed = zip(self._bands, self._keys(places), strict=True)
        return sorted({name for band, key in keyed for name in band.get(key, ())})

    def _keys(self, places: Signature) -> list[bytes]:
        rows = self._rows
        return [places[i * rows : (i + 1) * rows].tobytes() for i in range(len(self._bands))]


def _constants(name: str) -> npt.NDArray[np.uint64]:
    stream = hashlib.shake_128(name.encode()).digest(8 * PLACES)
    return np.frombuffer(stream, dtype="<u8").astype(np.uint64)


#: From a hash function and not from a generator of random numbers, whose stream may change between versions.
_FACTORS = _constants("factors")
_TERMS = _constants("terms")
#: Hashes at a time, so that a long text takes no more than some megabytes.
_PIECE = 4096


def _pieces(hashes: npt.NDArray[np.uint64]) -> Iterable[npt.NDArray[np.uint64]]:
    return (hashes[i : i + _PIECE] for i in range(0, len(hashes), _PIECE))
