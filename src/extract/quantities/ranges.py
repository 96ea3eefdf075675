"""Joins neighbouring amounts: ranges, as against from-to changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.digits import digits_value
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.sharing import Sharing, apart, shares_scale

#: What stands between the bounds of a range that is written with a hyphen.
_HYPHENS = frozenset({("-",), ("–",), ("--",), ("—",), ("-", "to", "-"), ("to", "-"), ("-", "to")})

#: How many times the lower bound the upper one of a range may be: of bare numbers, beside a word of change.
_ORDER, _MANIFOLD = 10, 2
#: Tokens behind a range among which "respectively" parts it again.
_ONWARD = 20


class RangeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/ranges.yaml."""

    change_words: frozenset[str]
    down_words: frozenset[str]
    range_words: frozenset[str]
    closers: frozenset[str]
    spanning: frozenset[str]
    softeners: frozenset[str]
    beside: frozenset[str]


class Ranges:
    """Decides what two neighbouring amounts are to each other."""

    def __init__(self, words: RangeFile) -> None:
        self._words = words
        self._sharing = Sharing(words.softeners, words.beside, words.closers)

    def join(self, tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
        """Share units between neighbours, then merge ranges: those with a hyphen bind closest."""
        amounts = self._sharing.share(tokens, amounts, self.changes)
        hyphened = self._merged(tokens, amounts, only=_HYPHENS)
        return self._merged(tokens, hyphened, only=None)

    def _merged(
        self, tokens: Tokens, amounts: list[Amount], *, only: frozenset[tuple[str, ...]] | None
    ) -> list[Amount]:
        out: list[Amount] = []
        for amount in amounts:
            linked = bool(out) and (only is None or _between(tokens, out[-1], amount) in only)
            merged = self._range(tokens, out[-1], amount) if linked else None
            if merged is not None:
                out[-1] = merged
            else:
                out.append(amount)
        return out

    def _range(self, tokens: Tokens, left: Amount, right: Amount) -> Amount | None:
        if left.value is None or right.value is None or "rank" in (left.type, right.type):
            return None
        link = tokens.words_between(left.last, right.first)
        if len(link) > 3 or apart(left, right) or not self._is_range(tokens, left, right, link):
            return None
        low, high = _aligned(left, _expanded(tokens, left, right))
        if low.value is None or high.value is None or low.value == high.value:
            return None
        falling = low.value > high.value and not high.value < low.value < 0  # "between −2 and −7"
        if falling and not self._spans(tokens, left):
            return None
        if low.unit != high.unit or low.type != high.type:
            return None
        return replace(
            high,
            first=left.first,
            value=None,
            low=min(low.value, high.value),
            high=max(low.value, high.value),
            rule=f"range-{high.type}",
            bare=left.bare and right.bare,
            number=replace(right.number, first=left.number.first),
            sign_before=left.sign_before,
        )

    def _is_range(self, tokens: Tokens, left: Amount, right: Amount, link: list[str]) -> bool:
        opener, owned = _opener(tokens, left.first)
        if tuple(link) in _HYPHENS:
            return not _own_unit(left) or left.unit == right.unit or (left.sign_before and right.bare)
        if link == ["and"]:
            return opener == "between"
        if link == ["or"] and "respectively" in _to_stop(tokens, right.last):
            return False
        if link == ["or"]:
            return not _own_unit(left) and _close(left, right)
        if link not in (["to"], ["up", "to"]):
            return False
        change = self._change(tokens, left.first)
        if opener == "from" and owned:
            return False  # "from last year's 5 million to 5.2 million"
        if opener == "from":
            return not change or change in self._words.down_words
        if left.bare and change and not _near(left, right):
            return False  # "the index lost 12 to 2,745"
        if left.factor < right.factor and not _near(left, right):
            return False  # "put on 17 cents to 32 dollars"
        if change and left.number.scale > 1 and not _within(left, right, _MANIFOLD):
            return False  # "grew by 1.4 million to 8.6 million"
        return not _own_unit(left) or not change or shares_scale(left, right)

    def _spans(self, tokens: Tokens, left: Amount) -> bool:
        """Whether a word right before says that this is a range, whatever the order of its bounds."""
        return any(w in self._words.spanning for w in tokens.words_between(left.first - 3, left.first))

    def changes(self, tokens: Tokens, amount: Amount) -> bool:
        """Whether the words before the amount tell of a rise or fall, so that what follows is no range."""
        return bool(self._change(tokens, amount.first))

    def _change(self, tokens: Tokens, i: int) -> str:
        """The word before token i that makes "from A to B" a change; "" where there is none."""
        if tokens.word(i - 1) == "(":
            return ""
        for word in reversed(tokens.words_between(max(0, i - 9), i)):
            if word in self._words.range_words or word in (".", ";", "!", "?"):
                return ""
            if word in self._words.change_words:
                return word
        return ""


def _between(tokens: Tokens, left: Amount, right: Amount) -> tuple[str, ...]:
    return tuple(tokens.words_between(left.last, right.first))


def _to_stop(tokens: Tokens, i: int) -> list[str]:
    """The words from token i to the next stop, at most so many."""
    words = tokens.words_between(i, i + _ONWARD)
    stop = next((k for k, word in enumerate(words) if word in (".", ";")), len(words))
    return words[:stop]


def _opener(tokens: Tokens, i: int) -> tuple[str, bool]:
    """The "from" or "between" shortly before token i, and whether a possessive stands between."""
    owned = False
    for k in range(i - 1, max(-1, i - 7), -1):
        word = tokens.low[k]
        if word in ("from", "between", "ranging", "anywhere"):
            return word, owned
        owned = owned or word == "'"
        if word in (",", ".", ";", ":", "(", ")") or tokens.is_number(k):
            break
    return "", owned


def _own_unit(amount: Amount) -> bool:
    """Whether the amount's currency or unit is written beside its own number."""
    return amount.sign_before or amount.last > amount.number.last


def _close(left: Amount, right: Amount) -> bool:
    """ "two or three", "10 or 12": not alternatives far apart."""
    if left.value is None or right.value is None or not left.value > 0:
        return False
    return left.value < right.value <= left.value * 2


def _near(left: Amount, right: Amount) -> bool:
    """Whether two bounds are of one order of magnitude once they share their scale."""
    return _within(left, right, _ORDER)


def _within(left: Amount, right: Amount, times: int) -> bool:
    """Whether the second bound is at most so many times the first."""
    low, high = _aligned(left, right)
    return (
        low.value is not None and high.value is not None and high.value <= times * max(low.value, Decimal(1))
    )


def _expanded(tokens: Tokens, left: Amount, right: Amount) -> Amount:
    """ "119.26-28 yen", "1.1752-1754 dollars": the upper bound gives its last digits only."""
    written, digits = tokens.raw[left.number.last - 1], tokens.raw[right.number.first]
    places = len(written) - written.find(".") - 1 if "." in written else 0
    if (
        tokens.word(right.first - 1) not in ("-", "–")
        or not digits.isdigit()
        or not 0 < len(digits) <= places
    ):
        return right
    if left.number.scale > 1 or right.number.scale > 1 or left.value is None:
        return right
    value = digits_value(written[: len(written) - len(digits)] + digits)
    return replace(right, value=value * right.factor) if value is not None and value > left.value else right


def _aligned(left: Amount, right: Amount) -> tuple[Amount, Amount]:
    """Give the bound without unit or scale those of the other."""
    if left.sign_before and right.bare:
        right = replace(right, type=left.type, unit=left.unit)
    if left.type == right.type and shares_scale(left, right):
        left = left.scaled(right.number.scale)
    return left, right
