"""Joins neighbouring amounts: ranges, lists that share a unit, from-to changes."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from extract.quantities.amounts import Amount
from extract.quantities.lexer import Tokens


class RangeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/ranges.yaml."""

    change_words: frozenset[str]
    range_words: frozenset[str]
    score_words: frozenset[str]


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
        for i in range(len(out) - 2, -1, -1):
            left, right = out[i], out[i + 1]
            if left.bare and not right.bare and not right.sign_before and right.type != "ratio":
                link = tokens.words_between(left.last, right.first)
                if _links(link) and len(link) <= 3:
                    out[i] = _with_unit(left, right, link)
        return out

    def _range(self, tokens: Tokens, left: Amount, right: Amount) -> Amount | None:
        if left.value is None or right.value is None:
            return None
        link = tokens.words_between(left.last, right.first)
        if len(link) > 3 or not self._is_range(tokens, left, right, link):
            return None
        low, high = _aligned(left, right)
        if low.value is None or high.value is None or not low.value < high.value:
            return None
        if low.unit != high.unit or low.type != high.type:
            return None
        return replace(
            high, first=left.first, value=None, low=low.value, high=high.value,
            rule=f"range-{high.type}", bare=left.bare and right.bare, number=replace(right.number, first=left.number.first),
            sign_before=left.sign_before,
        )  # fmt: skip

    def _is_range(self, tokens: Tokens, left: Amount, right: Amount, link: list[str]) -> bool:
        first = tokens.words_between(max(0, left.first - 3), left.first)
        opener = next((w for w in reversed(first) if w in ("from", "between", "ranging", "anywhere")), "")
        if link in (["-"], ["–"], ["--"], ["-", "to", "-"], ["—"]):
            return left.bare or left.unit == right.unit
        if link == ["and"]:
            return opener == "between"
        if link == ["or"]:
            return left.bare and right.number.scale == left.number.scale and _close(left, right)
        if link != ["to"] and link != ["up", "to"]:
            return False
        changed = self._changes(tokens, left.first)
        if opener == "from":
            return not changed
        return left.bare or not changed

    def _changes(self, tokens: Tokens, i: int) -> bool:
        before = tokens.words_between(max(0, i - 9), i)
        for word in reversed(before):
            if word in self._words.range_words:
                return False
            if word in self._words.change_words:
                return True
            if word in (".", ";", "!", "?"):
                return False
        return False


def _close(left: Amount, right: Amount) -> bool:
    """ "two or three", "10 or 12": not alternatives far apart."""
    if left.value is None or right.value is None or not left.value > 0:
        return False
    return left.value < right.value <= left.value * 2


def _links(link: list[str]) -> bool:
    return link in (["and"], ["or"], [","], [",", "and"], [",", "or"], ["to"], ["-"], ["–"], ["-", "to", "-"], ["up", "to"], ["-", "and"], ["-", "or"], ["-", ","])


def _with_unit(left: Amount, right: Amount, link: list[str]) -> Amount:
    value = left.value * right.factor if left.value is not None else None
    shared = replace(left, type=right.type, unit=right.unit, rule=right.rule, value=value, factor=right.factor, bare=False)
    if link in (["to"], ["-"], ["–"], ["or"], ["-", "to", "-"]) and _shares_scale(left, right):
        shared = shared.scaled(right.number.scale)
    return shared


def _shares_scale(left: Amount, right: Amount) -> bool:
    if right.number.scale == 1 or left.number.scale > 1 or left.number.grouped:
        return False
    return left.number.value < 1000 and left.number.value < right.number.value


def _aligned(left: Amount, right: Amount) -> tuple[Amount, Amount]:
    """Give the bound without unit or scale those of the other."""
    if left.sign_before and right.bare:
        right = replace(right, type=left.type, unit=left.unit)
    if left.bare and right.bare and _shares_scale(left, right):
        left = left.scaled(right.number.scale)
    elif left.sign_before and right.type == "money" and _shares_scale(left, right):
        left = left.scaled(right.number.scale)
    return left, right
