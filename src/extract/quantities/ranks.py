"""Positions: "top three", "No. 3", "ranked 10th", "third-largest"."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.numbers import Number, NumberReader


class RankFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/ranks.yaml."""

    top: frozenset[str]
    verbs: frozenset[str]
    numbers: frozenset[str]
    number_stops_before: frozenset[str]
    number_stops_after: frozenset[str]
    superlatives: frozenset[str]
    places: frozenset[str]


class Ranks:
    """Reads positions."""

    def __init__(self, words: RankFile, ordinals: dict[str, int], numbers: NumberReader) -> None:
        self._words = words
        self._ordinals = ordinals
        self._numbers = numbers
        self.starters = words.top | words.verbs | words.numbers | frozenset(ordinals)

    def read(self, tokens: Tokens, i: int) -> Amount | None:
        """The rank that starts at token i, which is a starter or a number."""
        low = tokens.low[i]
        if low in self._words.top:
            return self._top(tokens, i)
        if low in self._words.numbers:
            return self._number(tokens, i)
        if low in self._words.verbs:
            return self._verb(tokens, i)
        return self._superlative(tokens, i)

    def _top(self, tokens: Tokens, i: int) -> Amount | None:
        j = i + 2 if tokens.word(i + 1) == "-" else i + 1
        if j >= len(tokens) or not tokens.near(j) or tokens.low[j] in ("a", "an", "half"):
            return None
        number = self._numbers.read(tokens, j)
        if number is None or number.fraction or number.decimal or number.value > 5000 or number.value < 1:
            return None
        if tokens.word(number.last) in ("%", "percent", "per") or tokens.word(j - 1) == "$":
            return None
        return _rank(i, number.last, number.value, "rank-top")

    def _number(self, tokens: Tokens, i: int) -> Amount | None:
        words = self._words
        spelled = tokens.low[i] != "no"
        j = i + 1 if spelled or tokens.word(i + 1) != "." else i + 2
        if j >= len(tokens) or not tokens.near(j) or (not spelled and j == i + 1 and not tokens.is_number(j)):
            return None
        number = self._numbers.read(tokens, j)
        if number is None or number.fraction or number.decimal or number.value > 200 or number.scale > 1:
            return None
        if tokens.word(i - 1) in words.number_stops_before or (spelled and tokens.is_number(j)):
            return None
        follows = tokens.raw[number.last] if number.last < len(tokens) else ""
        if (follows in ("/", "-") and tokens.glued(number.last)) or tokens.word(
            number.last
        ) in words.number_stops_after:
            return None
        titled = tokens.word(i - 1) in ("world", "seeded", "seed", "ranked", "nation's", "currently")
        if follows[:1].isupper() and number.last + 1 < len(tokens) and not titled:
            return None
        return _rank(i, number.last, number.value, "rank-number")

    def _verb(self, tokens: Tokens, i: int) -> Amount | None:
        j = i + 1
        while j < i + 4 and tokens.word(j) in (
            "the",
            "as",
            "in",
            "at",
            "number",
            "no",
            ".",
            "a",
            "world",
            "joint",
        ):
            j += 1
        found = self._ordinal(tokens, j)
        if found is None:
            return self._plain_rank(tokens, i, j)
        value, last = found
        if (
            tokens.low[i] not in ("ranked", "ranks", "rank", "ranking")
            and tokens.word(last) not in self._words.places
        ):
            return None
        return _rank(i, last, Decimal(value), "rank-ordinal")

    def _plain_rank(self, tokens: Tokens, i: int, j: int) -> Amount | None:
        if not tokens.low[i].startswith("rank") or tokens.word(j - 1) in ("in", "as", "a", "at"):
            return None
        number = self._numbers.read(tokens, j) if j < len(tokens) else None
        if number is None or number.fraction or number.value > 5000 or number.scale > 1 or number.decimal:
            return None
        return _rank(i, number.last, number.value, "rank-ordinal")

    def _ordinal(self, tokens: Tokens, j: int) -> tuple[int, int] | None:
        """An ordinal at token j: its value and the token after it."""
        word = tokens.word(j)
        if word in self._ordinals:
            return self._ordinals[word], j + 1
        if tokens.is_number(j) and tokens.word(j + 1) in ("st", "nd", "rd", "th") and tokens.glued(j + 1):
            return (int(tokens.raw[j]), j + 2) if tokens.raw[j].isdigit() and len(tokens.raw[j]) < 6 else None
        tens = (
            self._numbers.read(tokens, j) if word in ("twenty", "thirty", "forty", "fifty", "sixty") else None
        )
        if tens is None and tokens.word(j + 1) == "-" and self._ordinals.get(tokens.word(j + 2), 10) < 10:
            base = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}.get(word)
            return (base + self._ordinals[tokens.word(j + 2)], j + 3) if base else None
        return None

    def _superlative(self, tokens: Tokens, i: int) -> Amount | None:
        found = self._ordinal(tokens, i)
        if found is None:
            return None
        value, j = found
        j = j + 1 if tokens.word(j) == "-" else j
        if tokens.word(j) in self._words.superlatives:
            return _rank(i, j + 1, Decimal(value), "rank-superlative")
        if tokens.word(j) in ("most", "least") and tokens.is_word(j + 1):
            return _rank(i, j + 1, Decimal(value), "rank-superlative")
        if (
            tokens.word(j - 1) != "-"
            and tokens.word(j) == "place"
            and tokens.word(i - 1) in ("in", "finished", "took", "take")
        ):
            return _rank(i, j + 1, Decimal(value), "rank-ordinal")
        return None


def _rank(first: int, last: int, value: Decimal, rule: str) -> Amount:
    return Amount(first, last, Number(first, last, value), "rank", rule, value)
