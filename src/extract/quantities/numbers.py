"""Reads numbers in digits and words: "1,234,567", "28 thousand six hundred forty-two", "one and a half"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import msgspec

from newsfacts.quantities.digits import digits_value, whole
from newsfacts.quantities.lexer import NUMBER, Tokens

#: Adjectives between a scale's letter and its noun.
_ADJECTIVES = 6


class NumberWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/numbers.yaml."""

    digits: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    glued: dict[str, int]
    glued_capital: dict[str, int]
    money_only: dict[str, int]
    metre_nouns: frozenset[str]
    lab_nouns: frozenset[str]
    plurals: frozenset[str]
    fractions: dict[str, int]
    ordinals: dict[str, int]
    symbols: dict[str, float]
    minus: tuple[str, ...]
    parts: frozenset[str]
    scale_letters: dict[str, int]
    owners: frozenset[str]
    quarters_after: frozenset[str]
    whole_before: frozenset[str]
    part_before: frozenset[str]
    part_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens first..last (exclusive).

    `bare` is the value before the scale words; `scale` their product (1 if none); `digits` says that it is
    written in digits, `decimal` that it has a decimal point, `fraction` that it is one ("two thirds").
    """

    first: int
    last: int
    value: Decimal
    scale: int = 1
    digits: bool = True
    grouped: bool = False
    decimal: bool = False
    fraction: bool = False

    def times(self, factor: int, last: int) -> Number:
        """The same number with a further scale that ends before token `last`."""
        return Number(
            self.first,
            last,
            self.value * factor,
            self.scale * factor,
            self.digits,
            self.grouped,
            self.decimal,
        )


class NumberReader:
    """Reads the number that starts at a token."""

    def __init__(self, words: NumberWords) -> None:
        self._words = words
        self._below_100 = words.digits | words.teens | words.tens
        self._fractions = dict(words.fractions) | {w + "s": n for w, n in words.fractions.items()}
        self._fractions["halves"] = 2
        self.minus = frozenset(words.minus)
        self.starters = (
            frozenset(self._below_100) | set(words.symbols) | {"half", "a", "an"} | set(words.minus)
        )

    def scale(self, word: str) -> int | None:
        """The factor of a scale word."""
        return self._words.scales.get(word)

    def read(self, tokens: Tokens, i: int) -> Number | None:
        """The longest number that starts at token i, else None."""
        if tokens.kind[i] == NUMBER:
            return self._digits(tokens, i)
        low = tokens.low[i]
        if low not in self.starters:
            return None
        if low in self._words.minus:
            return self._negative(tokens, i)
        if low in self._words.symbols:
            value = Decimal(str(self._words.symbols[low]))
            return self._scaled(tokens, Number(i, i + 1, value, fraction=True))
        if low == "half" or low in ("a", "an"):
            return self._article(tokens, i)
        return self._spelled(tokens, i)

    def _negative(self, tokens: Tokens, i: int) -> Number | None:
        j = i + 2 if tokens.word(i + 1) == "-" else i + 1
        if j >= len(tokens) or tokens.low[j] in ("a", "an", *self._words.minus):
            return None
        number = self.read(tokens, j)
        if tokens.word(i - 1) == "or" and tokens.word(i - 2) == "plus":
            return number  # "plus or minus 3 points"
        return _negated(number, i) if number else None

    def _digits(self, tokens: Tokens, i: int) -> Number | None:
        raw = tokens.raw[i]
        value = digits_value(raw)
        if value is None:
            return None
        grouped = any(mark in raw for mark in ", \u00a0\u202f\u2009")
        number = Number(
            i, i + 1, value, grouped=grouped, decimal=("." in raw and not whole(value)) or ".0" in raw
        )
        number = self._exponent(tokens, self._slash(tokens, number))
        if i and tokens.low[i - 1] == "-" and tokens.glued(i) and _opens(tokens, i - 1):
            number = _negated(number, i - 1)
        return self._scaled(tokens, self._mixed(tokens, number))

    def _slash(self, tokens: Tokens, number: Number) -> Number:
        j = number.last
        small = whole(number.value) and 0 < number.value < 100 and not number.decimal
        if not (small and tokens.word(j) == "/" and tokens.joined(j - 1, min(j + 1, len(tokens) - 1))):
            return number
        below = digits_value(tokens.raw[j + 1]) if tokens.is_number(j + 1) else None
        if below is None or not whole(below) or tokens.word(j + 2) == "/":
            return number
        if number.value > 10 and below in (2, 3, 4, 8) and 0 < number.value % 10 < below:
            if not (tokens.is_word(j + 2) and tokens.near(j + 2)):
                return number
            part = number.value % 10 / below  # "21/2 litres": the blank of "2 1/2" is lost
            return Number(number.first, j + 2, number.value // 10 + part, decimal=True)
        if not number.value < below <= 1000:
            return number
        return Number(number.first, j + 2, number.value / below, fraction=True)

    def _mixed(self, tokens: Tokens, number: Number) -> Number:
        """ "2½", "2 1/2"."""
        j = number.last
        if not whole(number.value) or number.fraction or j >= len(tokens):
            return number
        half = self._words.symbols.get(tokens.low[j])
        if half is not None and tokens.near(j):
            return Number(number.first, j + 1, number.value + Decimal(str(half)), decimal=True)
        if number.value < 100 and tokens.words_between(j, j + 3) in (
            ["and", "a", "half"],
            ["and", "a", "quarter"],
        ):
            more = Decimal("0.5") if tokens.word(j + 2) == "half" else Decimal("0.25")
            return Number(number.first, j + 3, number.value + more, decimal=True)
        if tokens.is_number(j) and tokens.near(j) and tokens.word(j + 1) == "/":
            value = digits_value(tokens.raw[j])
            part = self._slash(tokens, Number(j, j + 1, value)) if value is not None else None
            if part is not None and part.fraction:
                return Number(number.first, part.last, number.value + part.value, decimal=True)
        return number

    def _exponent(self, tokens: Tokens, number: Number) -> Number:
        """ "1.99×10−30", "6.02 x 10^23", "10^6", "1.5e9"."""
        j = number.last
        if tokens.word(j) in ("×", "x", "*") and tokens.word(j + 1) == "10":
            power = _power(tokens, j + 2)
        elif tokens.word(j) == "×" and number.value < 10:
            power = _lost_power(tokens, j + 1)
        elif tokens.word(j) == "^" and number.value == 10:
            power = _power(tokens, j)
            number = Number(number.first, j, Decimal(1)) if power else number
        elif tokens.word(j) == "e" and tokens.glued(j):
            power = _power(tokens, j + 1, signed=False)
        else:
            return number
        if power is None:
            return number
        return Number(number.first, power[1], number.value * Decimal(10) ** power[0], decimal=True)

    def _scaled(self, tokens: Tokens, number: Number) -> Number:
        """Scale words after the number, and smaller groups after them."""
        out = self._scale_words(tokens, number)
        while out.scale > 1 and not out.fraction:
            link = tokens.word(out.last)
            j = out.last + 1 if link in ("and", ",") else out.last
            if not tokens.near(j) or (link == "," and out.digits):
                break
            if tokens.word(j) == "a" and tokens.word(j + 1) == "half" and j > out.last:
                return Number(out.first, j + 2, out.value + Decimal(out.scale) / 2, out.scale, out.digits)
            more = self._group(tokens, j)
            if more is None or not more.value < out.scale or (more.digits and more.scale == 1):
                break
            if (link == "and" and not _adds(out, more)) or (
                link == "," and (more.digits or more.value < 100)
            ):
                break
            scale = max(1, more.scale)
            out = Number(
                out.first, more.last, out.value + more.value, scale, out.digits, out.grouped, out.decimal
            )
            if scale == 1:
                break
        return out

    def _scale_words(self, tokens: Tokens, number: Number) -> Number:
        out = number
        for _ in range(3):
            j = out.last
            if j >= len(tokens):
                break
            k = j + 1 if tokens.low[j] == "-" and tokens.glued(j) and tokens.glued(j + 1) else j
            factor = self._words.scales.get(tokens.word(k))
            glued = factor is None and k == j and tokens.glued(j)
            if glued:
                factor = self._words.glued.get(tokens.low[j]) or self._words.glued_capital.get(tokens.raw[j])
            if (
                factor is None
                or not tokens.near(k)
                or (not number.digits and factor == 12 and number.value > 20)
            ):
                break
            out = out.times(factor, k + 1)
        return out

    def money_scale(self, tokens: Tokens, number: Number) -> Number:
        """ "$35m", "£6 m": scales that count only beside a currency."""
        j = number.last
        if number.scale > 1 or j >= len(tokens) or not tokens.near(j):
            return number
        factor = self._words.money_only.get(tokens.low[j])
        if factor is None or (tokens.low[j] == "t" and not tokens.glued(j)) or tokens.word(j + 1) == "'":
            return number
        return number.times(factor, j + 1)

    def counted_scale(self, tokens: Tokens, number: Number) -> Number | None:
        """ "35m people", "42m of its cards", "6 B trees": a scale where a plural noun follows."""
        j = number.last
        if number.scale > 1 or j >= len(tokens) or not tokens.near(j):
            return None
        if tokens.glued(j):
            factor = self._words.money_only[tokens.low[j]] if tokens.low[j] in ("m", "b") else None
        else:
            factor = self._words.scale_letters.get(tokens.raw[j])
        others = {"m": self._words.metre_nouns, "b": frozenset[str]()}
        if factor is None or not self._counts(
            tokens, j + 1, others.get(tokens.raw[j], self._words.lab_nouns)
        ):
            return None
        return number.times(factor, j + 1)

    def _counts(self, tokens: Tokens, j: int, others: frozenset[str]) -> bool:
        """Whether a plural noun of things that are counted follows, behind adjectives or "of its".

        Not one of `others`, which the letter measures.
        """
        if tokens.word(j) == "of":
            j = j + 2 if tokens.word(j + 1) in self._words.owners else len(tokens)
        for k in range(j, j + _ADJECTIVES):
            if not tokens.is_word(k) or not tokens.near(k) or not tokens.raw[k].islower():
                return False
            word = tokens.low[k]
            if word in others or (len(word) < 4 and (k == j or word != "and")):
                return False
            if word in self._words.plurals or (word.endswith("s") and not word.endswith(("ss", "us"))):
                return True
        return False

    def _group(self, tokens: Tokens, i: int) -> Number | None:
        """A number below a scale: "six hundred forty-two", "200 thousand"."""
        if i >= len(tokens):
            return None
        if tokens.kind[i] == NUMBER:
            value = digits_value(tokens.raw[i])
            return None if value is None else self._scale_words(tokens, Number(i, i + 1, value))
        below = self._below_1000(tokens, i)
        return self._scale_words(tokens, below) if below else None

    def _below_1000(self, tokens: Tokens, i: int) -> Number | None:
        head = self._pair(tokens, i)
        if head is None:
            return None
        value, j = head
        if tokens.word(j) == "hundred" and value < 100 and tokens.near(j):
            value, j = value * 100, j + 1
            k = j + 1 if tokens.word(j) == "and" else j
            rest = self._pair(tokens, k) if tokens.near(k) else None
            if rest is not None and tokens.word(rest[1]) != "hundred":
                return Number(i, rest[1], Decimal(value + rest[0]), digits=False)
        return Number(i, j, Decimal(value), digits=False)

    def _pair(self, tokens: Tokens, i: int) -> tuple[int, int] | None:
        """ "forty-two", "forty two", "forty", "two"."""
        word = tokens.word(i)
        value = self._below_100.get(word)
        if value is None:
            return None
        if word in self._words.tens:
            k = i + 2 if tokens.word(i + 1) == "-" else i + 1
            unit = self._words.digits.get(tokens.word(k), 0)
            if unit and tokens.near(k):
                return value + unit, k + 1
        return value, i + 1

    def _spelled(self, tokens: Tokens, i: int) -> Number | None:
        number = self._below_1000(tokens, i)
        if number is None:
            return None
        fraction = self._fraction(tokens, number)
        if fraction is not None:
            return fraction
        number = self._point(tokens, number)
        halved = self._and_fraction(tokens, number)
        number = self._scaled(tokens, halved or number)
        k = number.last + 1 if tokens.word(number.last) == "-" else number.last
        if k > number.last and tokens.word(k) in self._words.ordinals and tokens.glued(k):
            return None  # "twenty-first"
        return number

    def _point(self, tokens: Tokens, number: Number) -> Number:
        """ "three point five"."""
        j = number.last
        if tokens.word(j) != "point":
            return number
        digits = ""
        j += 1
        while tokens.word(j) in self._words.digits:
            digits += str(self._words.digits[tokens.word(j)])
            j += 1
        if not digits:
            return number
        return Number(number.first, j, number.value + Decimal("0." + digits), digits=False, decimal=True)

    def _and_fraction(self, tokens: Tokens, number: Number) -> Number | None:
        """ "one and a half", "two and three quarters"; also with hyphens."""
        j = number.last
        j = j + 1 if tokens.word(j) == "-" else j
        if tokens.word(j) != "and":
            return None
        k = j + 2 if tokens.word(j + 1) == "-" else j + 1
        if tokens.word(k) in ("a", "one"):
            k = k + 2 if tokens.word(k + 1) == "-" else k + 1
            part = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3}.get(
                tokens.word(k)
            )
            return (
                Number(number.first, k + 1, number.value + part, digits=False, decimal=True) if part else None
            )
        last = k + 2 if tokens.word(k + 1) == "-" else k + 1
        if tokens.word(k) == "three" and tokens.word(last) in ("quarter", "quarters"):
            return Number(number.first, last + 1, number.value + Decimal("0.75"), digits=False, decimal=True)
        return None

    def _fraction(self, tokens: Tokens, number: Number) -> Number | None:
        """ "two thirds", "one-third", "three-quarters" """
        j = number.last
        hyphen = tokens.word(j) == "-"
        k = j + 1 if hyphen else j
        below = self._fractions.get(tokens.word(k))
        if below == 4 and tokens.word(k) == "quarters" and self._quarters_of_a_year(tokens, number, k + 1):
            return None
        if below is None or not 0 < number.value < below or not tokens.near(k):
            return None
        if (number.value != 1) != tokens.word(k).endswith("s") and tokens.word(k) != "half":
            return None
        part = number.value / below
        factor = self._words.scales.get(tokens.word(k + 3))
        if tokens.word(k + 1) == "of" and tokens.word(k + 2) in ("a", "one") and factor is not None:
            return Number(number.first, k + 4, part * factor, factor, digits=False)
        return Number(number.first, k + 1, part, digits=False, fraction=True)

    def _quarters_of_a_year(self, tokens: Tokens, number: Number, j: int) -> bool:
        """ "After three quarters of growth", "two quarters": lengths of time, not parts of a whole."""
        if number.value != 3:
            return True
        if tokens.word(j) != "of" or tokens.word(j + 1) in self._words.whole_before:
            return False
        return tokens.word(number.first - 1) in self._words.quarters_after

    def _article(self, tokens: Tokens, i: int) -> Number | None:
        """ "a hundred", "half a million", "a half-billion", "a third", "half"."""
        word, after = tokens.low[i], tokens.word(i + 1)
        if word == "half":
            k = i + 2 if after in ("a", "an", "-") else i + 1
            if tokens.words_between(i + 1, i + 4) == ["-", "a", "-"]:
                k = i + 4  # "half-a-million"
            factor = self._words.scales.get(tokens.word(k))
            if factor and (k > i + 1 or factor >= 1000):
                return self._scaled(tokens, Number(i, k + 1, Decimal(factor) / 2, factor, digits=False))
            return Number(i, i + 1, Decimal("0.5"), digits=False, fraction=True)
        if after in ("half", "quarter"):
            k = i + 3 if tokens.word(i + 2) == "-" else i + 2
            factor = self._words.scales.get(tokens.word(k))
            if factor:
                return Number(i, k + 1, Decimal(factor) / (2 if after == "half" else 4), factor, digits=False)
        if after in self._words.scales and after not in ("lakhs", "crores"):
            factor = self._words.scales[after]
            return self._scaled(tokens, Number(i, i + 2, Decimal(factor), factor, digits=False))
        pointed = self._part_of_point(tokens, i)
        return pointed or (self._part(tokens, i) if after in self._words.parts else None)

    def _part_of_point(self, tokens: Tokens, i: int) -> Number | None:
        """ "A half percentage point", "a quarter-point cut"."""
        parts = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
        k = i + 3 if tokens.word(i + 2) == "-" else i + 2
        value = parts.get(tokens.word(i + 1))
        pointed = tokens.word(k) in ("point", "percentage", "percent")
        return Number(i + 1, i + 2, value, fraction=True) if value is not None and pointed else None

    def _part(self, tokens: Tokens, i: int) -> Number | None:
        """ "a third of", "by a third", "a quarter of a million"."""
        after, follows = tokens.word(i + 1), tokens.word(i + 2)
        if follows == "of" and after == "quarter" and tokens.word(i + 3) == "a":
            factor = self._words.scales.get(tokens.word(i + 4))
            if factor is not None:
                return Number(i, i + 5, Decimal(factor) / 4, factor, digits=False)
        sized = tokens.word(i - 1) in self._words.part_before or tokens.word(i - 2) in ("by", "between")
        ends = not tokens.is_word(i + 2) or follows in self._words.part_after
        if follows == "of" or (sized and ends):
            return Number(i, i + 2, Decimal(1) / self._words.fractions[after], digits=False, fraction=True)
        return None


def _adds(number: Number, more: Number) -> bool:
    """ "Two thousand and nine", but "20 million and one new bridge": what "and" makes one number."""
    return not number.digits and not more.digits


def _lost_power(tokens: Tokens, j: int) -> tuple[int, int] | None:
    """The power of "6 × 106", whose raised digits were flattened, and the token after it."""
    raw = tokens.raw[j] if tokens.is_number(j) else ""
    if not (raw.startswith("10") and 2 < len(raw) < 5 and raw.isdigit() and raw[2] != "0"):
        return None
    return int(raw[2:]), j + 1


def _power(tokens: Tokens, j: int, *, signed: bool = True) -> tuple[int, int] | None:
    """The exponent at token j and the token after it; `signed` demands a sign or "^"."""
    k = j + 1 if tokens.word(j) == "^" else j
    negative = tokens.word(k) == "-"
    k = k + 1 if negative or tokens.word(k) == "+" else k
    if (signed and k == j) or not tokens.is_number(k) or not tokens.glued(k) or len(tokens.raw[k]) > 2:
        return None
    value = digits_value(tokens.raw[k])
    return None if value is None or not whole(value) else (int(-value if negative else value), k + 1)


def _negated(number: Number, first: int) -> Number:
    return Number(
        first,
        number.last,
        -number.value,
        number.scale,
        number.digits,
        number.grouped,
        number.decimal,
        number.fraction,
    )


def _opens(tokens: Tokens, i: int) -> bool:
    """Whether a sign at token i stands free on its left: "-1.3%", "(-2)"."""
    return i == 0 or not tokens.glued(i) or tokens.low[i - 1] in ("(", "[", "/", ":", "$", "~", "≈", "∼")
