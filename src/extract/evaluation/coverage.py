"""Precision against coverage: how right the most confident facts are, the fewer of them are kept."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from newsfacts.errors import ConfigurationError
from newsfacts.evaluation.bootstrap import Interval
from newsfacts.evaluation.records import FactType
from newsfacts.evaluation.scoring import Told

#: Shares of the facts, most confident first, that the curve has points for.
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
#: Groups that the curve is drawn for; single types have too few facts.
CURVES = ("all", "quantities", "dates", "places")
#: The normal deviate of a two-sided 95 % interval.
_Z = 1.959964
#: precision_at_90, coverage_at_90.money: at the cut that --min-precision 90 makes.
_AT = re.compile(r"(?P<what>precision|coverage)_at_(?P<cut>\d+(?:\.\d+)?)(?:\.(?P<group>\w+))?")

#: (type, confidence) -> calibrated precision of a fact, 0 to 1.
Calibrated = Callable[[str, float], float]


class Point(NamedTuple):
    """The facts of at least some `confidence`: their `share` of all, number, strict precision, interval."""

    confidence: float
    share: float
    facts: int
    right: int
    interval: Interval

    @property
    def precision(self) -> float:
        """0 to 1."""
        return self.right / self.facts


def curve(told: Sequence[Told]) -> tuple[Point, ...]:
    """A point for each of SHARES: the fewest facts that are so many, none parted from its equals."""
    ordered = sorted((fact.confidence for fact in told), reverse=True)
    cuts = [ordered[math.ceil(share * len(ordered)) - 1] for share in SHARES if ordered]
    return tuple(_point(told, cut) for cut in dict.fromkeys(cuts))


def _point(told: Sequence[Told], confidence: float) -> Point:
    kept = [fact.right for fact in told if fact.confidence >= confidence]
    right = sum(kept)
    return Point(confidence, len(kept) / len(told), len(kept), right, wilson(right, len(kept)))


def auc(told: Sequence[Told]) -> float | None:
    """How often a right fact has more confidence than a wrong one (ties half): the area under the ROC curve.

    None where all facts are right or all are wrong.
    """
    right = [fact.confidence for fact in told if fact.right]
    wrong = sorted(fact.confidence for fact in told if not fact.right)
    if not right or not wrong:
        return None
    won = sum(bisect_left(wrong, r) + bisect_right(wrong, r) for r in right) / 2
    return won / (len(right) * len(wrong))


def wilson(right: int, total: int) -> Interval:
    """The 95 % interval of a share (Wilson 1927)."""
    share = right / total
    middle = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    half = _Z * math.sqrt(share * (1 - share) / total + (_Z / (2 * total)) ** 2) / (1 + _Z**2 / total)
    # The share itself lies within, whatever is lost in rounding.
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def figures_at(
    told: Sequence[Told],
    groups: Mapping[str, tuple[FactType, ...]],
    names: Iterable[str],
    calibrated: Calibrated,
) -> dict[str, float]:
    """Those of the named figures that hold at a cut: `precision_at_90`, `coverage_at_90.money`.

    `precision_at_90` is the strict precision of the facts whose calibrated precision is at least 90 %,
    `coverage_at_90` their share of all. Raises ConfigurationError where no fact reaches a cut whose precision
    is asked for.
    """
    matches = [match for name in names if (match := _AT.fullmatch(name))]
    return {
        match.group(): _figure_at(match, [fact for fact in told if fact.type in groups[group]], calibrated)
        for match in matches
        if (group := match["group"] or "all") in groups
    }


def _figure_at(match: re.Match[str], told: Sequence[Told], calibrated: Calibrated) -> float:
    reached = [calibrated(fact.type, fact.confidence) for fact in told]
    least = float(match["cut"]) / 100
    kept = [fact.right for fact, precision in zip(told, reached, strict=True) if precision >= least]
    if match["what"] == "coverage":
        return len(kept) / len(told) if told else 0.0
    if not kept:
        best = f"the best has {100 * max(reached):.1f}" if reached else "there is none"
        raise ConfigurationError(
            f"{match.group()}: no fact here reaches a calibrated precision of {match['cut']}; {best}",
            remedy="Ask for a lower cut.",
        )
    return sum(kept) / len(kept)
