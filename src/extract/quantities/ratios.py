"""Multiples and shares: "five times", "tenfold", "doubled", "twice the", "three in five"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.numbers import Number


class RatioFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/ratios.yaml."""

    verbs: dict[str, float]
    multiples: dict[str, float]
    folds: dict[str, int]
    compared: frozenset[str]
    half_after: frozenset[str]
    multiple_after: frozenset[str]
    doubling_before: frozenset[str]
    doubling_after: frozenset[str]
    quarters_after: frozenset[str]


class Ratios:
    """Reads multiples and shares."""

    def __init__(self, words: RatioFile) -> None:
        self._words = words
        self.starters = frozenset(words.verbs) | frozenset(words.multiples) | frozenset(words.folds)

    def word(self, tokens: Tokens, i: int) -> Amount | None:
        """A ratio that is one word: "doubled", "twice", "tenfold"."""
        low, after, before = tokens.low[i], tokens.word(i + 1), tokens.word(i - 1)
        words = self._words
        if low in words.folds:
            return _ratio(i, i + 1, words.folds[low], "ratio-fold")
        if low in words.multiples:
            if after not in words.multiple_after:
                return None
            if after == "as" and i + 2 < len(tokens) and not tokens.raw[i + 2].islower():
                return None  # "scored twice as Malmo won"
            return _ratio(i, i + 1, words.multiples[low], "ratio-multiple")
        if low.endswith(("ed", "ing")):
            noun = before in ("the", "a", "an") and after not in ("of", "in")
            if noun or before == "-" or after == "-":
                return None
            return _ratio(i, i + 1, words.verbs[low], "ratio-verb")
        if before in ("a", "an", "the", "this", "his", "her"):
            return None
        if before in words.doubling_before or after in words.doubling_after:
            return _ratio(i, i + 1, words.verbs[low], "ratio-verb")
        return None

    def around(self, tokens: Tokens, amount: Amount) -> Amount:
        """A number that "times" or "-fold" makes a multiple."""
        j = amount.last
        if not amount.bare or j >= len(tokens):
            return amount
        k = j + 1 if tokens.low[j] == "-" and tokens.glued(j) else j
        word = tokens.word(k)
        if word == "fold" and tokens.near(k):
            return replace(amount, last=k + 1, type="ratio", rule="ratio-fold", bare=False)
        if (
            word == "times"
            and not _rated(tokens, k + 1)
            and tokens.near(k)
            and self._compares(tokens, amount, k + 1)
        ):
            return replace(amount, last=k + 1, type="ratio", rule="ratio-times", bare=False)
        if word == "x" and tokens.glued(k) and not tokens.is_number(k + 1):
            return replace(amount, last=k + 1, type="ratio", rule="ratio-times", bare=False)
        return amount

    def _compares(self, tokens: Tokens, amount: Amount, j: int) -> bool:
        if tokens.word(j) in self._words.compared or amount.number.decimal:
            return True
        if "'" in tokens.words_between(j + 1, j + 3):
            return True  # "three times last year's 20 million"
        if tokens.word(j).endswith("er") and tokens.word(j + 1) == "than":
            return True
        return any(
            w in self._words.doubling_before for w in tokens.words_between(amount.first - 4, amount.first)
        )

    def fraction_is_meant(self, tokens: Tokens, amount: Amount) -> bool:
        """Whether "half" or "1/2" is a ratio: "half of", "half the", "by half", "1/4 of"."""
        j = amount.last
        after, before = tokens.word(j), tokens.word(amount.first - 1)
        if amount.number.digits:
            return after == "of" or amount.modified
        if tokens.low[amount.first] == "half":
            if before in (
                "first",
                "second",
                "latter",
                "the",
                "that",
                "other",
                "-",
                "this",
                "last",
                "each",
                "better",
            ):
                return False
            return after in self._words.half_after or before == "by" or amount.modified
        if after == "-" or before in ("the", "first"):
            return after == "of"
        whole = tokens.word(j - 1) == "quarters" and before in self._words.quarters_after
        return after == "of" or not whole

    def share(self, tokens: Tokens, left: Amount, right: Amount) -> Amount | None:
        """ "three in five", "nine out of 10": one ratio from two numbers."""
        link = tokens.words_between(left.last, right.first)
        if link not in (["in"], ["out", "of"], ["out", "of", "every"], ["in", "every"], ["of", "every"]):
            return None
        if (
            not left.bare
            or left.value is None
            or right.value is None
            or right.value <= left.value
            or left.value <= 0
        ):
            return None
        if not right.bare or right.number.decimal or left.number.decimal or left.number.scale > 1:
            return None
        if link == ["in"] and not _plausible_share(left.value, right.value):
            return None
        number = Number(left.first, right.last, left.value / right.value, digits=False, fraction=True)
        return _fresh(number, "ratio-share")


def _rated(tokens: Tokens, j: int) -> bool:
    """ "42,000 times a minute": how often, no multiple."""
    return tokens.word(j) in ("a", "an", "per", "each", "every", "daily", "weekly", "monthly") or (
        tokens.word(j) in ("annually", "yearly", "hourly")
    )


def _plausible_share(left: Decimal, right: Decimal) -> bool:
    if 1900 <= right <= 2100 or left > 20:
        return False
    return right <= 12 or (right < 10**9 and right % 10 == 0)


def _fresh(number: Number, rule: str) -> Amount:
    return Amount(number.first, number.last, number, "ratio", rule, number.value)


def _ratio(first: int, last: int, value: float, rule: str) -> Amount:
    return _fresh(Number(first, last, Decimal(str(value)), digits=False, fraction=True), rule)
