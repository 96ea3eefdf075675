"""What a quantity is counted per: "a month", "per capita", "each", "to the dollar"."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import WORD, Tokens
from newsfacts.quantities.money import Currencies, Evidence
from newsfacts.quantities.numbers import NumberReader
from newsfacts.quantities.phrases import Phrases
from newsfacts.quantities.units import UnitTable

#: Tokens before a number among which the currency that is exchanged is named.
_BACK = 14
#: Words between a quantity and its denominator: "6 confirmed cases of flu per".
_REACH = 6
#: What a percentage changes by: "7 percent a year".
_TIMES = frozenset({"a", "mo", "wk", "d", "h", "min", "s"})


class RateFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/rates.yaml."""

    adverbs: dict[str, str]
    markers: frozenset[str]
    nouns: frozenset[str]
    stops: frozenset[str]
    not_after: frozenset[str]
    persons: dict[str, str]
    scales: dict[str, int]
    periodicals: frozenset[str]
    bases: frozenset[str]


class Rates:
    """Finds the denominator after a quantity."""

    def __init__(
        self, words: RateFile, units: UnitTable, currencies: Currencies, numbers: NumberReader
    ) -> None:
        self._words = words
        self._numbers = numbers
        self._adverbs = Phrases(words.adverbs)
        self._units = units
        self._currencies = currencies

    def find(self, tokens: Tokens, amount: Amount, evidence: Evidence) -> str | None:
        """UCUM code, ISO code or {noun} of the denominator; None where there is none."""
        if amount.type in ("rank", "ratio"):
            return None
        if amount.type == "percent":
            return self._yearly(tokens, amount)
        j = amount.span_last if amount.span_last > 0 else amount.last
        j = _past_bracket(tokens, j)
        rate = self._exchange(tokens, j, evidence) if amount.type == "money" else None
        here = rate or self._at(tokens, j, near=True)
        if here is not None:
            return here
        return self._further(tokens, j, amount)

    def _yearly(self, tokens: Tokens, amount: Amount) -> str | None:
        """ "7 percent a year": a percentage has only what stands right behind it, and only time."""
        rate = self._at(tokens, amount.span_last if amount.span_last > 0 else amount.last, near=True)
        return rate if rate in _TIMES else None

    def exchanged(self, tokens: Tokens, amounts: list[Amount], evidence: Evidence) -> list[Amount]:
        """Bare rates of exchange as money; the earlier one behind "from" with them ("from 1.9520")."""
        out: list[Amount] = []
        for amount in amounts:
            rate = self._exchanged(tokens, amount, evidence)
            if rate is amount and out and _earlier(tokens, out[-1], amount):
                rate = replace(
                    amount, type="money", rule=out[-1].rule, unit=out[-1].unit, per=out[-1].per, bare=False
                )
            out.append(rate)
        return out

    def _exchanged(self, tokens: Tokens, amount: Amount, evidence: Evidence) -> Amount:
        """ "The peso traded at 51.3 per dollar": a rate without its unit is in the currency named before."""
        if amount.type not in ("count", "measure") or amount.unit is not None or not amount.number.decimal:
            return amount
        per = self._exchange(tokens, amount.last, evidence)
        unit = self._named_before(tokens, amount, evidence) if per is not None else None
        if unit is None or unit == per:
            return amount
        if unit in self._words.bases and tokens.word(amount.last) != "per":
            unit, per = per, unit  # "the euro rose to 1.32 against the dollar": dollars per euro
        return replace(amount, type="money", rule="money-word-after", unit=unit, per=per, bare=False)

    def _named_before(self, tokens: Tokens, amount: Amount, evidence: Evidence) -> str | None:
        """The currency named last before an amount in its sentence."""
        code, i = None, max(0, amount.first - _BACK)
        while i < amount.first:
            if tokens.low[i] in (".", ";"):
                code = None
            found = self._currencies.after(tokens, i) if tokens.is_word(i) else None
            if found is not None:
                code = evidence.choose(found[0])
            i = found[1] if found is not None else i + 1
        return code

    def absorb(self, tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
        """ "6 cases per 100,000 people": the number after "per" is part of the rate, no own quantity."""
        out: list[Amount] = []
        for amount in amounts:
            rate = self._denominator(tokens, out[-1], amount) if out else None
            if rate is None:
                out.append(amount)
            else:
                out[-1] = replace(out[-1], per=rate)
        return out

    def _denominator(self, tokens: Tokens, rated: Amount, amount: Amount) -> str | None:
        """The UCUM code of a multiple ("10.a", "1000.{person}"), where the amount follows "per"."""
        between = tokens.words_between(rated.last, amount.first)
        if not between or len(between) > _REACH or amount.value is None:
            return None
        if between[-1] != "per" and between[-2:] not in (["for", "every"], ["in", "every"]):
            return None
        words = between[:-1] if between[-1] == "per" else between[:-2]
        if self._words.stops & set(words) or amount.type not in ("count", "duration", "measure"):
            return None
        unit = amount.unit or self._counted(tokens, amount.last)
        return f"{amount.value:f}.{unit}" if unit and amount.value == int(amount.value) else None

    def _counted(self, tokens: Tokens, k: int) -> str | None:
        noun = _singular(tokens.word(k)) if tokens.is_word(k) else ""
        return f"{{{self._words.persons.get(noun, noun)}}}" if noun else None

    def _further(self, tokens: Tokens, j: int, amount: Amount) -> str | None:
        """Past the counted noun: "500 boxes a day", "41 million tonnes burnt each year"."""
        if self._attributive(tokens, amount):
            return None
        if amount.type == "count" and tokens.is_number(j) and tokens.near(j):
            j = self._past_measure(tokens, j)
        for k in range(j, min(j + 7, len(tokens))):
            if (tokens.kind[k] != WORD and tokens.low[k] != "-") or tokens.low[k] in self._words.stops:
                return None
            found = self._at(tokens, k, near=False)
            if found is not None and (k > j or amount.type != "count"):
                return found
        return None

    def _past_measure(self, tokens: Tokens, j: int) -> int:
        """ "40,000 2 litre bottles": the token after the measure that describes what is counted."""
        number = self._numbers.read(tokens, j)
        unit = self._units.at(tokens, number.last) if number is not None else None
        return unit[1] if unit is not None else j

    def _attributive(self, tokens: Tokens, amount: Amount) -> bool:
        """ "40,000 2 litre bottles a week": a measure behind a count describes one of what is counted."""
        described = amount.type == "measure" and tokens.is_word(amount.last) and tokens.near(amount.last)
        behind = tokens.is_number(amount.first - 1) or tokens.word(amount.first - 1) in self._words.scales
        return described and behind and tokens.near(amount.first)

    def _interval(self, tokens: Tokens, j: int) -> str | None:
        """ "3,000 yuan every two months": every so many units of time."""
        number = self._numbers.read(tokens, j + 1) if j + 1 < len(tokens) else None
        if tokens.word(j) != "every" or number is None or number.value != int(number.value):
            return None
        unit = self._units.at(tokens, number.last)
        return f"{number.value:f}.{unit[0].code}" if unit is not None and unit[0].kind == "duration" else None

    def _at(self, tokens: Tokens, j: int, *, near: bool) -> str | None:
        adverb = self._adverbs.at(tokens, j)
        if adverb is not None and tokens.word(adverb[1]) in self._words.periodicals:
            return None  # "10 daily newspapers"
        interval = adverb[0] if adverb is not None else self._interval(tokens, j)
        if interval is not None:
            return interval
        k = j + 1 if tokens.word(j) == "-" else j
        if tokens.word(k) == "for" and tokens.word(k + 1) in ("each", "every") and tokens.is_word(k + 2):
            return f"{{{_singular(tokens.word(k + 2))}}}"  # "10 yuan for each hen"
        marker = tokens.word(k)
        if marker not in self._words.markers or (marker == "/" and not near):
            return None
        k = k + 2 if tokens.word(k + 1) == "-" else k + 1
        unit = self._units.at(tokens, k)
        if unit is not None and unit[0].kind != "percent":
            if tokens.word(unit[1]) in self._words.not_after:
                return None
            if unit[0].kind == "duration" and unit[0].times == 1:
                return unit[0].code
            if unit[0].kind == "measure" and (marker == "per" or (near and marker in ("a", "an", "/"))):
                return unit[0].code
        word = tokens.word(k)
        if marker == "per" and word in self._words.scales:
            counted = self._counted(tokens, k + 1)
            return f"{self._words.scales[word]}.{counted}" if counted else None
        if marker == "per" and tokens.is_word(k):
            return f"{{{_singular(word)}}}" if word not in ("capita", "head") else "{person}"
        closes = not tokens.is_word(k + 1)  # "2 assists a game."
        if (near or closes) and marker in ("a", "an", "/", "each", "every") and word in self._words.nouns:
            return f"{{{word}}}"
        return None

    def _exchange(self, tokens: Tokens, j: int, evidence: Evidence) -> str | None:
        """ "7.8697 yuan to the dollar", "108 yen against the U.S. dollar", "1.20 dollars per euro"."""
        if tokens.word(j) not in ("to", "against", "per", "for", "versus"):
            return None
        k = j + 2 if tokens.word(j + 1) in ("the", "one", "a", "1", "every", "each") else j + 1
        found = self._currencies.after(tokens, k)
        said = k > j + 1 or tokens.word(j) == "per"
        return evidence.choose(found[0]) if found is not None and said else None


def _earlier(tokens: Tokens, rate: Amount, amount: Amount) -> bool:
    """Whether a bare number is the rate that the one before it rose or fell from."""
    link = tokens.words_between(rate.last, amount.first)
    levels = rate.value is not None and amount.value is not None and amount.number.decimal
    if not levels or amount.unit is not None or rate.per is None or not rate.per.isupper():
        return False
    near = (
        rate.value is not None
        and amount.value is not None
        and abs(rate.value - amount.value) * 5 < rate.value
    )
    return near and link[-1:] == ["from"] and len(link) <= _BACK and not {".", ";", ","} & set(link)


def _past_bracket(tokens: Tokens, j: int) -> int:
    """Skip a conversion in brackets and the bracket that closes around the amount."""
    if tokens.word(j) in (")", "]"):
        return j + 1
    if tokens.word(j) == "(":
        for k in range(j + 1, min(j + 14, len(tokens))):
            if tokens.low[k] == ")":
                return k + 1
    return j


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
