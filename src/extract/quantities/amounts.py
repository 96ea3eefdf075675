"""A number with its currency or unit: the core of a quantity, before ranges and modifiers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from newsfacts.model.mention import Modifier, QuantityType
from newsfacts.quantities.digits import digits_value, whole
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.money import Currencies, Evidence, Money
from newsfacts.quantities.numbers import Number, NumberReader
from newsfacts.quantities.units import Unit, UnitTable

#: How the second part of a height in feet is written.
_INCHES = frozenset({"in", "ins", "inch", "inches", '"', "″"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in the making: tokens first..last (exclusive) hold number, scale, currency and unit.

    `span_first`/`span_last` also hold the modifier. A range has `low` and `high` and no `value`.
    `bare` says that neither currency nor unit is written beside the number.
    """

    first: int
    last: int
    number: Number
    type: QuantityType
    rule: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    factor: Decimal = Decimal(1)
    bare: bool = False
    sign_before: bool = False
    modifier: Modifier = "="
    modified: bool = False
    per: str | None = None
    twin: int | None = None
    span_first: int = -1
    span_last: int = -1

    def scaled(self, factor: int) -> Amount:
        """The same amount with its number times `factor` (a shared scale: "2 to 3 million")."""
        return replace(self.multiplied(Decimal(factor)), number=self.number.times(factor, self.number.last))

    def multiplied(self, factor: Decimal) -> Amount:
        """The same amount with value and bounds times `factor`."""
        value, low, high = (x * factor if x is not None else None for x in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high)


class AmountReader:
    """Reads the currency and unit around a number."""

    def __init__(
        self, numbers: NumberReader, units: UnitTable, currencies: Currencies, adjectives: frozenset[str]
    ) -> None:
        self._numbers = numbers
        self._units = units
        self._currencies = currencies
        self._adjectives = adjectives

    def read(self, tokens: Tokens, number: Number, evidence: Evidence) -> Amount:
        """The amount that the number belongs to."""
        before = self._currencies.before(tokens, number.first)
        if before is not None and evidence.at_home(before[0]):
            return self._money_before(tokens, number, before, evidence)
        number = self._numbers.counted_scale(tokens, number) or number
        k = _unit_start(tokens, number.last)
        if (
            number.fraction
            and tokens.word(number.last) == "of"
            and tokens.word(number.last + 1) in ("a", "an", "one", "1")
        ):
            found = self._units.at(tokens, number.last + 2)
            measured = _measured(tokens, number, found) if found is not None else None
            return measured or _bare(number)
        if tokens.low[number.first] == "half" and number.last == number.first + 1:
            return self._half(tokens, number, evidence)
        amount = self._after(tokens, number, k, evidence) if k is not None else None
        return self._with_inches(tokens, amount or _bare(number))

    def _with_inches(self, tokens: Tokens, feet: Amount) -> Amount:
        """ "6ft 4in", "6-foot-4", "5'11\"": one height in inches; "9' high", "12\" wide"."""
        marked = self._units.mark(tokens, feet.last) if feet.bare and feet.value is not None else None
        if marked is not None:
            further = tokens.is_number(feet.last + 1) and tokens.glued(feet.last + 1)
            if not (further and tokens.word(feet.last + 2) == '"') and not self._units.sized(tokens, feet):
                return feet
            feet = replace(
                feet, type="measure", rule="measure-unit", unit=marked, bare=False, last=feet.last + 1
            )
        if feet.unit != "[ft_i]" or feet.value is None:
            return feet
        j = feet.last
        k = j + 1 if tokens.word(j) == "-" else j
        inches = digits_value(tokens.raw[k]) if tokens.is_number(k) and tokens.near(k) else None
        named = tokens.word(k + 1) in _INCHES and tokens.near(k + 1)
        if inches is None or not 0 <= inches < 12 or not (named or (k > j and tokens.word(k + 1) != "-")):
            return feet
        last = k + 2 if named else k + 1
        return replace(feet, unit="[in_i]", value=feet.value * 12 + inches, last=last)

    def _half(self, tokens: Tokens, number: Number, evidence: Evidence) -> Amount:
        """ "half an hour", "half-century", "half a kilogram"."""
        j = number.last
        k = j
        while k < j + 3 and tokens.word(k) in ("a", "an", "-"):
            k += 1
        found = self._units.at(tokens, k) if tokens.near(k) else None
        sized = found is not None and (k > j or found[0].kind == "percent" or found[0].code == "{point}")
        measured = _measured(tokens, number, found) if found is not None and sized else None
        return measured or _bare(number)

    def _money_before(
        self, tokens: Tokens, number: Number, found: tuple[Money, int], evidence: Evidence
    ) -> Amount:
        money, first = found
        number = self._numbers.money_scale(tokens, number)
        last = number.last
        code = evidence.choose(money) or money.codes[0]
        value = number.value
        if first and tokens.low[first - 1] == "-" and tokens.glued(first) and not tokens.glued(first - 1):
            value, first = -value, first - 1
        elif (
            first
            and tokens.low[first - 1] in self._numbers.minus
            and tokens.words_between(first - 3, first - 1) != ["plus", "or"]
        ):
            value, first = -value, first - 1  # "negative $4 million"
        after = self._currencies.after(tokens, last) if tokens.near(last) else None
        if after is not None:
            code, last = evidence.choose(after[0]) or code, after[1]
        elif tokens.word(last) in ("us", "usd", "cdn") and tokens.near(last) and tokens.raw[last].isupper():
            last += 1
        return Amount(first, last, number, "money", "money-symbol-before", value, unit=code, sign_before=True)

    def _after(self, tokens: Tokens, number: Number, k: int, evidence: Evidence) -> Amount | None:
        scaled = self._money_scaled(tokens, number)
        money = self._money_after(tokens, number, k, evidence)
        converted = self._converted(tokens, number, k) if money is None else None
        if converted is not None:
            return converted
        if money is None and scaled is not None:
            number, k = scaled, scaled.last
            money = self._currencies.after(tokens, k)
        unit = self._units.at(tokens, k) or self._past_adjective(tokens, k)
        if money is not None and (unit is None or unit[1] <= money[1]):
            code = self._choose(tokens, number, money, unit, evidence)
            before = tokens.words_between(number.first - 3, number.first)
            if "USD" in money[0].codes and ("(" in before or before[-2:] == [",", "or"]):
                code = "USD"  # a conversion
            if code is not None:
                part = Decimal(str(money[0].part))
                number, last = self._scaled_behind(tokens, number, money[1])
                return Amount(
                    number.first, last, number, "money", "money-word-after", number.value * part,
                    unit=code, factor=part,
                )  # fmt: skip
        return _measured(tokens, number, unit) if unit is not None else None

    def _money_after(
        self, tokens: Tokens, number: Number, k: int, evidence: Evidence
    ) -> tuple[Money, int] | None:
        found = self._currencies.after(tokens, k)
        if found is None or not evidence.at_home(found[0]):
            return None
        plain = number.digits and not number.grouped and number.scale == 1
        return None if plain and self._currencies.is_verb(tokens, k, evidence) else found

    def _scaled_behind(self, tokens: Tokens, number: Number, last: int) -> tuple[Number, int]:
        """ "125 USD million": the scale stands behind the code."""
        factor = self._numbers.scale(tokens.word(last)) if tokens.near(last) else None
        if factor is None or factor < 1000 or number.scale > 1 or not tokens.raw[last - 1].isupper():
            return number, last
        return number.times(factor, number.last), last + 1

    def _converted(self, tokens: Tokens, number: Number, k: int) -> Amount | None:
        """ "11 billion dollars (8.6 billion US)": U.S. dollars, though they are not named."""
        opens = tokens.word(number.first - 1) in ("(", "about") and "(" in tokens.words_between(
            k - 6, number.first
        )
        closed = tokens.raw[k : k + 1] in (["US"], ["U.S."]) and tokens.word(k + 1) in (")", ",", "at")
        if not opens or not closed:
            return None
        return Amount(number.first, k + 1, number, "money", "money-word-after", number.value, unit="USD")

    def _past_adjective(self, tokens: Tokens, k: int) -> tuple[Unit, int] | None:
        """ "28 consecutive years", "two more kilometres"."""
        if tokens.word(k) not in self._adjectives:
            return None
        k = k + 2 if tokens.word(k + 1) == "-" else k + 1
        found = self._units.at(tokens, k) if tokens.near(k) else None
        return found if found is not None and tokens.is_word(k) and len(tokens.raw[k]) > 3 else None

    def _money_scaled(self, tokens: Tokens, number: Number) -> Number | None:
        """ "35m euros": the m is a scale where a currency follows."""
        scaled = self._numbers.money_scale(tokens, number)
        if scaled.last == number.last or self._currencies.after(tokens, scaled.last) is None:
            return None
        return scaled

    def _choose(
        self, tokens: Tokens, number: Number, found: tuple[Money, int],
        unit: tuple[Unit, int] | None, evidence: Evidence,
    ) -> str | None:  # fmt: skip
        money = found[0]
        if unit is None or unit[0].code != "[lb_av]":
            return evidence.choose(money)
        heavy = number.scale < 1_000_000 and not evidence.counts.get("GBP", 0)
        return None if heavy else evidence.choose(money)


def _bare(number: Number) -> Amount:
    kind: QuantityType = "ratio" if number.fraction else "count"
    rule = "ratio-fraction" if number.fraction else "count"
    return Amount(number.first, number.last, number, kind, rule, number.value, bare=not number.fraction)


def _unit_start(tokens: Tokens, j: int) -> int | None:
    """Where a unit may start after a number that ends before token j."""
    if j >= len(tokens):
        return None
    if tokens.low[j] in ("-", "–") and tokens.glued(j) and tokens.glued(j + 1):
        return j + 1
    return j if tokens.near(j) else None


_RULES = {"measure": "measure-unit", "duration": "duration", "percent": "percent"}


def _measured(tokens: Tokens, number: Number, found: tuple[Unit, int]) -> Amount | None:
    unit, last = found
    if unit.kind == "duration" and number.first and tokens.low[number.first - 1] == "the" and number.fraction:
        return None
    value = number.value * unit.times
    if tokens.words_between(last, last + 3) == ["and", "a", "half"] and whole(number.value):
        value, last = value + Decimal(unit.times) / 2, last + 3
    return Amount(
        number.first,
        last,
        number,
        unit.kind,
        _RULES[unit.kind],
        value,
        unit=unit.code,
        per=unit.per,
        factor=Decimal(unit.times),
    )
