"""Numbers about a number: tolerances and intervals give its bounds, other statistics are no quantities."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.phrases import Phrases

#: Most tokens between a value and its interval, an interval's name and its bounds, a name and its number.
_APART, _BOUNDS, _REACH = 8, 6, 3
#: Levels that intervals have.
_LEVELS = range(50, 100)


class StatisticFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/statistics.yaml."""

    tolerances: tuple[str, ...]
    intervals: tuple[str, ...]
    links: frozenset[str]
    names: tuple[str, ...]
    equated: frozenset[str]
    marks: frozenset[str]
    samples: frozenset[str]


class Statistics:
    """Knows which numbers say how sure another one is."""

    def __init__(self, words: StatisticFile) -> None:
        self._words = words
        self._tolerances = frozenset(tuple(t.split()) for t in words.tolerances)
        self._intervals = Phrases([(name, True) for name in words.intervals], exact=True)
        self._names = Phrases([(name, name in words.equated) for name in words.names], exact=True)

    def tolerance(self, tokens: Tokens, left: Amount, right: Amount) -> Amount | None:
        """ "12.3 ± 0.4 kg": one amount with its bounds."""
        link = tuple(tokens.words_between(left.last, right.first))
        if link not in self._tolerances or left.value is None or right.value is None or right.value < 0:
            return None
        if not (left.bare or left.unit == right.unit):
            return None
        value = left.value * right.factor if left.bare else left.value
        if left.number.scale == 1:
            value *= right.number.scale
        number = replace(left.number, last=right.number.last)
        return replace(
            right, first=left.first, number=number, value=value, low=value - right.value,
            high=value + right.value, sign_before=left.sign_before,
        )  # fmt: skip

    def spread(self, tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
        """The amounts without levels and bounds of intervals, which the values before them take over."""
        out: list[Amount] = []
        skip = 0
        for i, amount in enumerate(amounts):
            if skip:
                skip -= 1
                continue
            k = self._interval(tokens, amount)
            if k is None:
                out.append(amount)
                continue
            bounds, skip = _bounds(tokens, amounts[i + 1 : i + 3], k)
            if bounds is not None and out and amount.first - out[-1].last <= _APART:
                out[-1] = _bounded(out[-1], *bounds)
        return out

    def _interval(self, tokens: Tokens, amount: Amount) -> int | None:
        """The token behind the name of an interval whose level the amount is."""
        if amount.type != "percent" or amount.value is None or int(amount.value) not in _LEVELS:
            return None
        found = self._intervals.at(tokens, amount.last)
        if found is None:
            return None
        k = found[1]
        again = self._intervals.at(tokens, k + 1) if tokens.word(k) in ("(", "[") else None
        return again[1] if again is not None else k  # "confidence interval [CI]"

    def is_statistic(self, tokens: Tokens, amount: Amount) -> bool:
        """ "p < 0.05", "SD 3.2", "an odds ratio of 2.3"."""
        i = amount.span_first if amount.span_first >= 0 else amount.first
        marked = i < amount.first and tokens.low[i] in self._words.marks
        for k in range(i, max(0, i - _REACH), -1):
            found = self._names.before(tokens, k)
            if found is not None and (not found[0] or (marked and amount.unit is None)):
                return True  # "p = 0.03", but a pressure "p = 0.3 nbar"
            if k < 1 or tokens.low[k - 1] not in self._words.links:
                return False
            marked = marked or tokens.low[k - 1] in self._words.marks
        return False

    def is_sample(self, tokens: Tokens, amount: Amount) -> bool:
        """ "(n = 412)"."""
        i = amount.first
        return tokens.word(i - 1) == "=" and i > 1 and tokens.raw[i - 2] in self._words.samples


def _bounds(tokens: Tokens, following: list[Amount], k: int) -> tuple[tuple[Decimal, Decimal] | None, int]:
    """The two bounds of an interval whose name ends before token k, and how many amounts state them."""
    if (
        not following
        or following[0].first - k > _BOUNDS
        or "." in tokens.words_between(k, following[0].first)
    ):
        return None, 0
    first = following[0]
    if first.low is not None and first.high is not None and first.value is None:
        return (first.low, first.high), 1
    if len(following) < 2 or first.value is None or following[1].value is None:
        return None, 0
    link = tokens.words_between(first.last, following[1].first)
    if link not in ([","], ["to"], ["-"], ["–"], ["and"], [";"]) or first.value >= following[1].value:
        return None, 0
    return (first.value, following[1].value), 2


def _bounded(amount: Amount, low: Decimal, high: Decimal) -> Amount:
    if amount.value is None or not low <= amount.value <= high:
        return amount
    return replace(amount, low=low, high=high)
