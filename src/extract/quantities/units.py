"""Units of measure: names, plurals and symbols to UCUM codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec

from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.phrases import Phrases

UnitKind = Literal["measure", "duration", "percent"]


class Prefix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An SI prefix: its name and the symbols that are in use."""

    name: str
    symbols: tuple[str, ...]


class UnitRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One unit. `times` converts the number to the code's unit ("six decades" = 60 a)."""

    code: str
    names: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    spaced: tuple[str, ...] = ()
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
        self._spaced = {
            s: Unit(rule.code, rule.kind, rule.times, rule.per)
            for file in files
            for rule in file.units
            for s in rule.spaced
        }
        for prefixes, rule in ((file.prefixes, rule) for file in files for rule in file.units):
            for name, code in _names(rule, prefixes):
                names.setdefault(name.lower(), Unit(code, rule.kind, rule.times, rule.per))
            for symbol, code in _symbols(rule, prefixes):
                symbols.setdefault(symbol, Unit(code, rule.kind, rule.times, rule.per))
        self.codes = frozenset(unit.code for unit in (*names.values(), *symbols.values()))
        self._names = Phrases(names)
        self._symbols = Phrases(symbols, exact=True)

    def at(self, tokens: Tokens, i: int) -> tuple[Unit, int] | None:
        """The unit whose name or symbol starts at token i, and the token after it."""
        if (
            not tokens.glued(i)
            and i < len(tokens)
            and tokens.raw[i] in self._spaced
            and _is_symbol(tokens, i, i + 1)
        ):
            return self._spaced[tokens.raw[i]], i + 1
        by_symbol, by_name = self._symbols.at(tokens, i), self._names.at(tokens, i)
        if by_symbol is None or not _is_symbol(tokens, i, by_symbol[1]):
            return by_name
        return by_symbol if by_name is None or by_symbol[1] >= by_name[1] else by_name


def _is_symbol(tokens: Tokens, i: int, end: int) -> bool:
    """A symbol of one letter must not be a word's initial or a plural s; none may run on into a word."""
    if end < len(tokens) and tokens.glued(end) and tokens.low[end] not in "-).,;:/?!'\"”’]–—":
        return False
    raw = tokens.raw[i]
    if end - i > 1 or len(raw) > 1 or not raw.isalpha():
        return True
    if raw == "s" and tokens.glued(i):
        return False
    follows = tokens.raw[end] if end < len(tokens) else ""
    if raw == "A" and not tokens.glued(i) and follows.isalpha():
        return False
    initial = (follows[:1].isupper() and follows[1:2].islower()) or follows in (".", "&")
    return not (raw.isupper() and not tokens.glued(i) and initial)


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


def _symbols(rule: UnitRule, prefixes: dict[str, Prefix]) -> Iterator[tuple[str, str]]:
    for symbol in rule.symbols:
        forms = [(symbol, rule.code)]
        forms += [(s + symbol, key + rule.code) for key in rule.prefixes for s in prefixes[key].symbols]
        for form, code in forms:
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
