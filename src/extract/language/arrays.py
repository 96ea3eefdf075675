"""Two questions to arrays of tokens that numpy has no name for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: The most columns that `distinct` takes.
WIDEST = 16
#: Powers of an odd 64-bit number: they spread a row over one number (Knuth, vol. 3, 6.4).
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, i, 2**64) for i in range(1, WIDEST + 1)], dtype=np.uint64)


def distinct(rows: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows that hold each distinct row once, and for every row the position of its equal among them."""
    codes = rows @ _FACTORS[: rows.shape[1]]
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    if np.array_equal(rows[first][which], rows):
        return first, which
    everything = np.arange(len(rows))  # two rows share a code: never seen, but possible
    return everything, everything


def next_true(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each position and the one behind the last: the first True at or after it, else the length."""
    places = np.where(flags, np.arange(len(flags)), len(flags))
    return np.append(np.minimum.accumulate(places[::-1])[::-1], len(flags))
