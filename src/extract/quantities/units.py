"""Units of measure: names, plurals and symbols to UCUM codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import msgspec

from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.phrases import Phrases
from newsfacts.quantities.products import Products

#: Tokens on either side of a symbol among which words say which of its senses is meant.
_AROUND = 12
#: Tokens before a number among which a word of size makes a quotation mark one of feet or inches.
_SIZED = 6

UnitKind = Literal["measure", "duration", "percent"]


class Prefix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An SI prefix: its name and the symbols that are in use."""

    name: str
    symbols: tuple[str, ...]


class UnitRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One unit. `times` converts the number to the code's unit ("six decades" = 60 a).

    `prefixed` are symbols that count only with a prefix ("mM", "nT"), `spaced` ones only behind a blank;
    `factors` are symbols that count only inside a product of symbols ("kg ha−1 yr−1"). A rule with `near`
    goes before all others, where one of these words stands near by in the sentence ("55 kt" of wind).
    """

    code: str
    names: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    spaced: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    prefixed: tuple[str, ...] = ()
    near: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    powers: bool = False
    kind: UnitKind = "measure"
    times: int = 1
    per: str | None = None


class UnitFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/units.yaml."""

    prefixes: dict[str, Prefix]
    units: tuple[UnitRule, ...]
    adjectives: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    marks: dict[str, str] = {}
    sizes: frozenset[str] = frozenset()
    sized: frozenset[str] = frozenset()


class Spanned(Protocol):
    """What lies at tokens first..last (exclusive)."""

    @property
    def first(self) -> int: ...  # noqa: D102
    @property
    def last(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Unit:
    """What a name or symbol stands for."""

    code: str
    kind: UnitKind
    times: int
    per: str | None = None


def plural(name: str) -> str:
    """The regular plural of a unit's name; its head is the word before "per", "of", "a" or "an"."""
    words = name.split()
    head = next((i for i, w in enumerate(words) if i and w in ("per", "of", "a", "an")), len(words)) - 1
    word = words[head]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        word = word[:-1] + "ies"
    elif word.endswith(("s", "x", "ch", "sh")):
        word += "es"
    else:
        word += "s"
    return " ".join([*words[:head], word, *words[head + 1 :]])


class UnitTable:
    """Every unit by every way to write it."""

    def __init__(self, *files: UnitFile) -> None:
        names: dict[str, Unit] = {}
        symbols: dict[str, Unit] = {}
        spaced: dict[str, Unit] = {}
        senses: dict[str, list[tuple[frozenset[str], Unit]]] = {}
        simple: dict[str, str] = {}
        later: dict[str, str] = {}
        self._marks = {mark: unit for file in files for mark, unit in file.marks.items()}
        self._sizes = frozenset(w for file in files for w in file.sizes)
        self._sized = frozenset(w for file in files for w in file.sized)
        self._openers = frozenset(w for file in files for w in file.openers)
        for prefixes, rule in ((file.prefixes, rule) for file in files for rule in file.units):
            unit = Unit(rule.code, rule.kind, rule.times, rule.per)
            if rule.near:
                for symbol in rule.symbols:
                    senses.setdefault(symbol, []).append((rule.near, unit))
                continue
            for name, code in _names(rule, prefixes):
                names.setdefault(name.lower(), Unit(code, rule.kind, rule.times, rule.per))
            for symbol, code in _symbols(rule, prefixes):
                symbols.setdefault(symbol, Unit(code, rule.kind, rule.times, rule.per))
            spaced |= dict.fromkeys(rule.spaced, unit)
            later |= dict.fromkeys(rule.factors, rule.code)
            if rule.kind != "percent" and rule.times == 1 and rule.per is None:
                for symbol, code in (*_plain_symbols(rule, prefixes), *((s, rule.code) for s in rule.spaced)):
                    simple.setdefault(symbol, code)
        self.codes = frozenset(unit.code for unit in (*names.values(), *symbols.values(), *spaced.values()))
        self._names = Phrases(names)
        self._symbols = Phrases(symbols, exact=True)
        self._spaced = Phrases(spaced, exact=True)
        self._senses = {symbol: tuple(found) for symbol, found in senses.items()}
        self._capitals = _in_capitals(symbols)
        self._products = Products(simple, later)

    def at(self, tokens: Tokens, i: int) -> tuple[Unit, int] | None:
        """The unit whose name or symbols start at token i, and the token after it."""
        product = self._products.at(tokens, i)
        simple = self._sense(tokens, i) or self._simple(tokens, i)
        if product is None or (simple is not None and simple[1] >= product[1]):
            return simple
        return Unit(product[0], "measure", 1), product[1]

    def mark(self, tokens: Tokens, j: int) -> str | None:
        """The unit of a mark that is glued to a number: 5' and 11\"."""
        return self._marks.get(tokens.low[j]) if j < len(tokens) and tokens.glued(j) else None

    def sized(self, tokens: Tokens, amount: Spanned) -> bool:
        """Whether words tell of a size, so that a quotation mark behind a number is none: "9' high"."""
        before = tokens.words_between(amount.first - _SIZED, amount.first)
        return tokens.word(amount.last + 1) in self._sizes or not self._sized.isdisjoint(before)

    def _sense(self, tokens: Tokens, i: int) -> tuple[Unit, int] | None:
        """The sense of a symbol that words near by speak for: the wind blew at 55 kt."""
        for words, unit in self._senses.get(tokens.raw[i], ()) if 0 <= i < len(tokens) else ():
            if not words.isdisjoint(_around(tokens, i)) and not _runs_on(tokens, i + 1):
                return unit, i + 1
        return None

    def _simple(self, tokens: Tokens, i: int) -> tuple[Unit, int] | None:
        spaced = None if tokens.glued(i) else self._spaced.at(tokens, i)
        if spaced is not None and self._is_symbol(tokens, i, spaced[1]):
            return spaced
        by_symbol, by_name = self._symbols.at(tokens, i), self._names.at(tokens, i)
        if by_symbol is None and by_name is None and i < len(tokens):
            unit = self._capitals.get(tokens.raw[i].replace(".", "")) or self._dotted(tokens, i)
            return (unit, i + 1) if unit is not None and self._is_symbol(tokens, i, i + 1) else None
        if by_symbol is None or not self._is_symbol(tokens, i, by_symbol[1]):
            return by_name
        return by_symbol if by_name is None or by_symbol[1] >= by_name[1] else by_name

    def _dotted(self, tokens: Tokens, i: int) -> Unit | None:
        """ "45 m.p.h."."""
        raw = tokens.raw[i]
        return self._symbols.get(raw.replace(".", "")) if raw.count(".") > 1 else None

    def _is_symbol(self, tokens: Tokens, i: int, end: int) -> bool:
        """A symbol of one letter must not be a word's initial or a plural s; none may run on into a word.

        A power is written without a blank: "6 ft 2 in" are no square feet.
        """
        if _runs_on(tokens, end):
            return False
        if end - i > 1 and tokens.is_number(end - 1) and not tokens.glued(end - 1):
            return False
        raw = tokens.raw[i]
        follows = tokens.raw[end] if end < len(tokens) else ""
        titled = follows[:1].isupper() and follows[1:2].islower()
        if end - i > 1 or len(raw) > 1 or not raw.isalpha():
            return not (titled and len(raw) == 2 and raw.istitle() and tokens.near(end))  # "2 Ma Yunxia"
        if raw == "s" and tokens.glued(i):
            return False
        if raw == "A" and not tokens.glued(i) and follows.isalpha():
            return False
        if raw.isupper() and tokens.word(end) == "/" and _lettered(tokens, end):
            return False
        initial = titled or follows == "&" or (follows == "." and self._initial(tokens, end))
        return not (raw.isupper() and not tokens.glued(i) and initial)

    def _initial(self, tokens: Tokens, dot: int) -> bool:
        """ "5 K. Smith": whether a name, no new sentence, follows the dot."""
        name = tokens.raw[dot + 1] if dot + 1 < len(tokens) and tokens.near(dot + 1) else ""
        return name.istitle() and name.lower() not in self._openers


def _runs_on(tokens: Tokens, end: int) -> bool:
    """Whether what is glued to a symbol makes it part of a word."""
    return end < len(tokens) and tokens.glued(end) and tokens.low[end] not in "-).,;:/?!'\"”’]–—±+|"


def _lettered(tokens: Tokens, slash: int) -> bool:
    """ "A/B tests", "A/C": capital letters on both sides of a slash; degrees of kelvin may divide."""
    below = tokens.raw[slash + 1] if slash + 1 < len(tokens) else ""
    return tokens.glued(slash) and tokens.glued(slash + 1) and below.isupper() and below not in ("K", "")


def _around(tokens: Tokens, i: int) -> list[str]:
    """The words of the sentence around token i."""
    first, last = i, i
    while first > max(0, i - _AROUND) and tokens.low[first - 1] not in (".", ";"):
        first -= 1
    while last < min(len(tokens), i + _AROUND) and tokens.low[last] not in (".", ";"):
        last += 1
    return tokens.low[first:last]


def _in_capitals(symbols: dict[str, Unit]) -> dict[str, Unit]:
    """Symbols with a capital, or of kilo, as headlines and old wires write them: "30 MWH", "59.9 HZ"."""
    found: dict[str, set[Unit]] = {}
    for symbol, unit in symbols.items():
        if len(symbol) > 1 and symbol.isalpha() and (symbol[0] == "k" or not symbol.islower()):
            found.setdefault(symbol.upper(), set()).add(unit)
    return {form: units.pop() for form, units in found.items() if len(units) == 1 and form not in symbols}


def _names(rule: UnitRule, prefixes: dict[str, Prefix]) -> Iterator[tuple[str, str]]:
    plurals = rule.plurals or tuple(plural(n) for n in rule.names)
    for name in (*rule.names, *plurals):
        yield name, rule.code
        for key in rule.prefixes:
            yield prefixes[key].name + name, key + rule.code
        if rule.powers:
            yield from _powered_names(name, rule, prefixes)


def _powered_names(name: str, rule: UnitRule, prefixes: dict[str, Prefix]) -> Iterator[tuple[str, str]]:
    for prefix, code in [("", ""), *((prefixes[k].name, k) for k in rule.prefixes)]:
        for words, power in _POWERS:
            for word in words:
                yield f"{word} {prefix}{name}", f"{code}{rule.code}{power}"
        yield f"{prefix}{name} square", f"{code}{rule.code}2"
        yield f"{prefix}{name} squared", f"{code}{rule.code}2"
        yield f"{prefix}{name} cubed", f"{code}{rule.code}3"


_POWERS = ((("square", "sq", "sq.", "square-"), 2), (("cubic", "cu", "cu."), 3))


def _plain_symbols(rule: UnitRule, prefixes: dict[str, Prefix]) -> Iterator[tuple[str, str]]:
    for symbol in rule.symbols:
        yield symbol, rule.code
    for symbol in (*rule.symbols, *rule.prefixed):
        for key in rule.prefixes:
            for mark in prefixes[key].symbols:
                yield mark + symbol, key + rule.code


def _symbols(rule: UnitRule, prefixes: dict[str, Prefix]) -> Iterator[tuple[str, str]]:
    for form, code in _plain_symbols(rule, prefixes):
        yield form, code
        if rule.powers:
            yield from _powered_symbols(form, code)
    if rule.powers and rule.code == "m":
        yield from (("kms", "km"), ("sqm", "m2"), ("sqkm", "km2"), ("cbm", "m3"), ("cms", "cm"))
    if rule.code == "[ft_i]":
        yield from (("sqft", "[ft_i]2"), ("cuft", "[ft_i]3"))


def _powered_symbols(form: str, code: str) -> Iterator[tuple[str, str]]:
    for power, marks in ((2, ("2", "²", "^2", " squared")), (3, ("3", "³", "^3", " cubed"))):
        for mark in marks:
            yield form + mark, f"{code}{power}"
    for word, power in (("sq", 2), ("sq.", 2), ("cu", 3), ("cu.", 3)):
        yield f"{word} {form}", f"{code}{power}"
