"""Joins neighbouring amounts: ranges, lists that share a unit, from-to changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec

from extract.quantities.amounts import Amount
from extract.quantities.lexer import Tokens
from extract.quantities.numbers import digits_value


class RangeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/ranges.yaml."""

    change_words: frozenset[str]
    down_words: frozenset[str]
    range_words: frozenset[str]
    closers: frozenset[str]
    spanning: frozenset[str]


class Ranges:
    """Decides what two neighbouring amounts are to each other."""

    def __init__(self, words: RangeFile) -> None:
        self._words = words

    def join(self, tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
        """Merge ranges and share units in lists; left to right, then units from right to left."""
        amounts = self._shared_units(tokens, amounts)
        out: list[Amount] = []
        for amount in amounts:
            merged = self._range(tokens, out[-1], amount) if out else None
            if merged is not None:
                out[-1] = merged
            else:
                out.append(amount)
        return out

    def _shared_units(self, tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
        """ "5, 10 and 20 percent": the unit of the last holds for those before it."""
        out = list(amounts)
        for i in range(1, len(out)):
            left, right = out[i - 1], out[i]
            if right.bare and not left.bare and self._continues(tokens, left, right):
                out[i] = replace(
                    right, type=left.type, unit=left.unit, rule=left.rule, factor=left.factor, bare=False,
                    value=right.value * left.factor if right.value is not None else None,
                )  # fmt: skip
        for i in range(len(out) - 2, -1, -1):
            left, right = out[i], out[i + 1]
            if (
                left.bare
                and not right.bare
                and not right.sign_before
                and right.type != "rank"
                and right.rule != "ratio-fraction"
            ):
                link = tokens.words_between(left.last, right.first)
                if (
                    _links(link)
                    and not _apart(left, right)
                    and (right.type != "ratio" or link in (["to"], ["or"]))
                ):
                    out[i] = _with_unit(left, right, link)
        return out

    def _continues(self, tokens: Tokens, left: Amount, right: Amount) -> bool:
        """ "from 21 mpg combined to 23": the unit of the first holds for the second."""
        link = tokens.words_between(left.last, right.first)
        after = tokens.word(right.last)
        if (
            not link
            or link[-1] != "to"
            or len(link) > 3
            or "," in link
            or left.type in ("rank", "ratio", "count")
        ):
            return False
        opened = "from" in tokens.words_between(left.first - 3, left.first)
        return opened and not (tokens.is_word(right.last) and after not in self._words.closers)

    def _range(self, tokens: Tokens, left: Amount, right: Amount) -> Amount | None:
        if left.value is None or right.value is None or "rank" in (left.type, right.type):
            return None
        link = tokens.words_between(left.last, right.first)
        if len(link) > 3 or _apart(left, right) or not self._is_range(tokens, left, right, link):
            return None
        low, high = _aligned(left, _expanded(tokens, left, right))
        if low.value is None or high.value is None or low.value == high.value:
            return None
        falling = low.value > high.value
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
        if link in (["-"], ["–"], ["--"], ["-", "to", "-"], ["—"], ["to", "-"], ["-", "to"]):
            return not _own_unit(left) or left.unit == right.unit or (left.sign_before and right.bare)
        if link == ["and"]:
            return opener == "between"
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
        return not _own_unit(left) or not change or _shares_scale(left, right)

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


def _apart(left: Amount, right: Amount) -> bool:
    """ "in 2010 to 5.6 billion yuan": a year shares neither scale nor unit with an amount; nor does zero."""
    year = left.number.digits and not left.number.grouped and 1900 <= left.number.value <= 2049
    return (left.value == 0 and not left.number.digits) or (year and right.number.scale > 1)


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
    low, high = _aligned(left, right)
    return low.value is not None and high.value is not None and high.value <= 10 * max(low.value, Decimal(1))


def _links(link: list[str]) -> bool:
    return tuple(link) in _LINKS


_LINKS = frozenset(
    tuple(link.split())
    for link in (
        "and", "or", ",", ", and", ", or", "to", "-", "–", "- to -", "up to", "- and", "- or", "- ,", "to -",
        "- to",
    )
)  # fmt: skip


def _with_unit(left: Amount, right: Amount, link: list[str]) -> Amount:
    value = left.value * right.factor if left.value is not None else None
    shared = replace(
        left, type=right.type, unit=right.unit, rule=right.rule, value=value, factor=right.factor, bare=False
    )
    if link in (["to"], ["-"], ["–"], ["or"], ["-", "to", "-"], ["to", "-"]) and _shares_scale(left, right):
        shared = shared.scaled(right.number.scale)
    return shared


def _shares_scale(left: Amount, right: Amount) -> bool:
    """ "2 to 3 million", but not "200 to 4 million"."""
    if right.number.scale == 1 or left.number.scale > 1 or left.number.grouped:
        return False
    return left.number.value < right.number.value / right.number.scale


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
    if left.type == right.type and _shares_scale(left, right):
        left = left.scaled(right.number.scale)
    return left, right
