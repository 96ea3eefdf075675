"""Bootstrap intervals over documents (Efron 1979, percentile method), seeded and so reproducible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newsfacts.evaluation.scoring import Counts

#: A figure computed from a group's counts, e.g. the F1.
Figure = Callable[[Counts], float]


class Interval(NamedTuple):
    """The middle 95 % of a figure over resampled documents."""

    low: float
    high: float


def resampled_counts(documents: Sequence[Counts], *, resamples: int, seed: int) -> list[Counts]:
    """Sums of counts over `resamples` draws of as many documents as there are, with replacement.

    The draws depend on the seed and the number of documents only, so that all groups see the same ones.
    Draws without any fact are left out: with few documents, those of a rare type.
    """
    number = len(documents)
    draws = np.random.default_rng(seed).integers(number, size=(resamples, number))
    table: npt.NDArray[np.int64] = np.array(documents, dtype=np.int64)
    sums = (Counts(*map(int, table[draw].sum(axis=0))) for draw in draws)
    return [counts for counts in sums if counts.facts]


def interval(samples: Sequence[Counts], figure: Figure) -> Interval | None:
    """The 2.5th and 97.5th percentile of a figure over resampled counts; None where there are none."""
    if not samples:
        return None
    low, high = np.percentile([figure(counts) for counts in samples], (2.5, 97.5))
    return Interval(float(low), float(high))
