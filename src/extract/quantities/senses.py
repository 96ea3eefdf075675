"""Second thoughts on what a number measures: index levels, ages."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from newsfacts.model.mention import Modifier
from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import WORD, Tokens

#: Before a level with decimals: "to 1, 543.43".
_LEVELS = frozenset({"to", "from", "between", "and"})

#: Scales without a unit (pH, magnitudes of quakes and stars) end below this.
_TOP = 30

_AGE_BOUNDS: dict[str, Modifier] = {"under": "<", "below": "<", "over": ">", "above": ">"}


class SenseFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/senses.yaml."""

    index: frozenset[str]
    level_before: frozenset[str]
    age_before: frozenset[str]
    age_after: frozenset[str]
    turning: frozenset[str]
    being: frozenset[str]
    persons: frozenset[str]
    plurals: frozenset[str]
    ages_of: frozenset[str]
    age_groups: frozenset[str]
    slip_before: frozenset[str]
    people: frozenset[str]
    endings: tuple[str, ...]
    scales: frozenset[str]
    scale_links: frozenset[str]
    averages: frozenset[str]


class Senses:
    """Refines bare counts."""

    def __init__(self, words: SenseFile) -> None:
        self._words = words

    def age(self, tokens: Tokens, amount: Amount) -> Amount:
        """The amount as an age where the words around say so: "aged 45", "Li Na, 45,"."""
        if amount.type == "duration":
            return _age_unit(tokens, amount)
        if amount.bare and amount.type == "count" and self._is_age(tokens, amount):
            i = amount.first
            sign = _AGE_BOUNDS.get(tokens.word(i - 1)) if amount.span_first == i else None
            if sign is not None and tokens.word(i - 2) in self._words.ages_of:
                amount = replace(amount, modifier=sign, modified=True, span_first=i - 1)
            return replace(amount, type="duration", unit="a", rule="age", bare=False)
        return amount

    def aged(self, tokens: Tokens, before: Amount | None, amount: Amount) -> Amount:
        """ "Aged 24 and 31": the second age of a list."""
        linked = before is not None and before.rule == "age"
        if not linked or not amount.bare or amount.type != "count" or amount.value is None:
            return amount
        link = tokens.words_between(before.last if before is not None else 0, amount.span_first)
        closed = not tokens.is_word(amount.last) or tokens.word(amount.last) in self._words.age_after
        if link not in ([","], ["and"], [",", "and"], ["or"]) or not closed or not 1 <= amount.value <= 120:
            return amount
        return replace(amount, type="duration", unit="a", rule="age", bare=False)

    def scale(self, tokens: Tokens, amount: Amount) -> Amount:
        """A number on a scale without a unit: "pH 7–8", "a magnitude 7.6 quake", "a 6.1-magnitude quake"."""
        if not amount.bare or amount.type != "count" or amount.number.scale > 1:
            return amount
        i, j = amount.span_first if amount.span_first >= 0 else amount.first, amount.last
        i = i - 1 if tokens.word(i - 1) in self._words.scale_links else i
        j = j + 1 if tokens.word(j) == "-" else j
        named = tokens.word(i - 1) in self._words.scales or tokens.word(j) in self._words.scales
        top = amount.value if amount.value is not None else amount.high
        if not named or top is None or not 0 <= top <= _TOP:
            return amount
        return replace(amount, type="measure", rule="index-level", bare=False)

    def level(self, tokens: Tokens, amount: Amount) -> Amount:
        """A bare number as the level of an index where it counts nothing: "has reached 0.46"."""
        if not amount.bare or amount.type != "count":
            return amount
        if self._dotted(tokens, amount):
            return replace(
                amount.scaled(1000),
                number=replace(amount.number, value=amount.number.value * 1000, decimal=False, grouped=True),
            )
        if amount.number.decimal and amount.number.scale == 1 and not self._counted(tokens, amount.last):
            return replace(amount, type="measure", rule="index-level", bare=False)
        if self._is_level(tokens, amount):
            return replace(amount, type="measure", rule="index-level", bare=False)
        return amount

    def _dotted(self, tokens: Tokens, amount: Amount) -> bool:
        """ "Some 12.500 people": a dot as thousands mark, before what is counted whole."""
        whole, _, group = tokens.raw[amount.number.first].partition(".")
        marked = len(group) == 3 and group.isdigit() and whole != "0" and amount.number.scale == 1
        averaged = self._words.averages.intersection(tokens.words_between(amount.first - 4, amount.first))
        return marked and amount.value is not None and not averaged and self._counted(tokens, amount.last)

    def slipped(self, tokens: Tokens, left: Amount, right: Amount) -> Amount | None:
        """ "just 2, 936 yuan": one number with a blank behind its comma."""
        if (
            not left.bare
            or left.value is None
            or right.value is None
            or left.number.grouped
            or not left.number.digits
        ):
            return None
        last_group, point, _ = tokens.raw[right.number.first].partition(".")
        linked = tokens.words_between(left.last, right.first) == [","] and not tokens.glued(right.first)
        if not linked or not (last_group.isdigit() and len(last_group) == 3):
            return None
        listed = tokens.word(right.last) in ("and", "or", ",") and tokens.raw[right.last + 1 : right.last + 2]
        if listed and not point and listed[0].isdigit() and len(listed[0]) < 4:
            return None  # "fines of 25, 150 and 300 yuan"
        if (
            left.value >= 1000
            or right.number.scale > 1
            or tokens.word(left.first - 1)
            not in self._words.slip_before | (_LEVELS if point else frozenset())
        ):
            return None
        value = left.value * 1000 * right.factor + right.value
        number = replace(
            right.number, first=left.first, value=left.value * 1000 + right.number.value, grouped=True
        )
        return replace(right, first=left.first, number=number, value=value)

    def _counted(self, tokens: Tokens, j: int) -> bool:
        """Whether a plural noun follows: "3.7 rebounds", "1.8 children"."""
        if not tokens.near(j) or not tokens.is_word(j) or not tokens.raw[j][0].islower():
            return False
        word = tokens.low[j]
        return (
            len(word) > 3 and word.endswith("s") and not word.endswith("ss")
        ) or word in self._words.plurals

    def _is_age(self, tokens: Tokens, amount: Amount) -> bool:
        number, i, j = amount.number, amount.first, amount.last
        if number.decimal or number.grouped or number.scale > 1:
            return False
        top = amount.value if amount.value is not None else amount.high
        if top is None or not 1 <= top <= 120:
            return False
        if tokens.word(j) == "age" and tokens.word(j + 1) in self._words.age_groups:
            return True
        k = amount.span_first - 1
        k = k - 1 if tokens.word(k) == "between" else k
        k = k - 1 if tokens.word(k) == "of" and tokens.word(k - 1) in ("age", "ages") else k
        if tokens.word(k) in self._words.age_before or self._lives(tokens, amount):
            return True
        if tokens.word(j) in ("year", "years") or not number.digits or i < 2:
            return False
        k = _before_bracket(tokens, i - 2)
        name = (
            tokens.kind[k] == WORD and tokens.raw[k][:1].isupper() and tokens.raw[k][1:2].islower()
        ) or self._is_person(tokens, k)
        closed = (tokens.word(i - 1), tokens.word(j)) in ((",", ","), (",", "."), ("(", ")"), (",", ";"))
        bracket = tokens.word(i - 1) == "("
        if bracket and amount.value is None:
            return False  # "The Rockets (19-34)": games won and lost
        return name and closed and not (bracket and (tokens.glued(i - 1) or top < 10))

    def _is_person(self, tokens: Tokens, i: int) -> bool:
        """ "The singer, 58, was": who can be of an age."""
        word = tokens.word(i)
        return tokens.is_word(i) and (word in self._words.people or word.endswith(self._words.endings))

    def _lives(self, tokens: Tokens, amount: Amount) -> bool:
        """ "she will be 35", "who is 52,", "turned 60", "life expectancy ... around 73"."""
        i, j = amount.span_first, amount.last
        under = tokens.word(i - 1) in ("under", "over", "above", "below") and i == amount.first
        if under and tokens.word(i - 2) in self._words.ages_of and not self._counted(tokens, j):
            return True  # "children under five account for"
        if tokens.is_word(j) and tokens.word(j) not in self._words.age_after:
            return False
        before = tokens.words_between(i - 4, i)
        if before and before[-1] in self._words.turning:
            return True
        if before and before[-1] in self._words.being and any(w in self._words.persons for w in before):
            return amount.value is None or amount.value >= 10
        if i < amount.first and tokens.word(i) in ("under", "over", "above", "below") and before:
            return before[-1] in self._words.ages_of
        return "expectancy" in tokens.words_between(i - 14, i)

    def _is_level(self, tokens: Tokens, amount: Amount) -> bool:
        if tokens.word(amount.span_first - 1) not in self._words.level_before or amount.value is None:
            return False
        after = tokens.word(amount.last)
        if tokens.is_word(amount.last) and after not in (
            "in",
            "on",
            "from",
            "by",
            "at",
            "after",
            "and",
            "last",
            "this",
        ):
            return False
        return any(w in self._words.index for w in tokens.words_between(amount.first - 14, amount.first))


def _before_bracket(tokens: Tokens, i: int) -> int:
    """ "Adam Moss (pictured), 58": the token before a short bracket that ends at token i, else i itself."""
    if tokens.word(i) != ")":
        return i
    return next((k - 1 for k in range(i - 1, max(0, i - 4), -1) if tokens.low[k] == "("), i)


def _age_unit(tokens: Tokens, amount: Amount) -> Amount:
    j = amount.last
    k = j + 1 if tokens.word(j) == "-" else j
    if tokens.word(k) in ("old", "olds"):
        return replace(amount, last=amount.last, rule="age")
    return amount


def below_zero(tokens: Tokens, amount: Amount) -> Amount:
    """ "12 to 15 degrees Celsius below zero": a temperature under zero."""
    j = amount.last
    if amount.unit not in ("Cel", "[degF]", "deg") or tokens.word(j) != "below":
        return amount
    if tokens.word(j + 1) not in ("zero", "freezing"):
        return amount
    if amount.value is not None:
        return replace(amount, value=-abs(amount.value), last=j + 2)
    if amount.low is None or amount.high is None:
        return amount
    return replace(amount, low=-amount.high, high=-amount.low, last=j + 2)
