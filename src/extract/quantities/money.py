"""Currencies: symbols, codes and names to ISO 4217, ambiguous ones by the document's evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.phrases import Phrases
from newsfacts.quantities.units import plural


class CurrencyRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One currency of ISO 4217 (or its predecessor)."""

    code: str
    names: tuple[str, ...]
    plurals: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    minor: dict[str, float] = {}
    bare: tuple[str, ...] = ()
    home: tuple[str, ...] = ()


class CurrencyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/currencies.yaml."""

    currencies: tuple[CurrencyRule, ...]
    spaced: frozenset[str]
    verbs: dict[str, frozenset[str]]
    behind: frozenset[str]
    ambiguous: dict[str, str]
    lower: frozenset[str]
    multiples: dict[str, int]
    past_amounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Money:
    """The currencies that a name or symbol may mean (the default first), and the part of the unit it is."""

    codes: tuple[str, ...]
    part: float = 1
    sure: bool = True
    letter: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a document speaks of each currency's home; decides ambiguous names."""

    counts: dict[str, int]
    explicit: dict[str, int]

    def choose(self, money: Money) -> str | None:
        """The currency meant, None where a doubtful name has no evidence at all.

        A bare "dollar" is the U.S. one unless the document names just one other dollar in full and is set
        there: news convert into U.S. dollars everywhere.
        """
        if len(money.codes) > 1 and money.codes[0] == "USD":
            others = [code for code in money.codes[1:] if self.explicit.get(code, 0)]
            local = len(others) == 1 and self.counts.get(others[0], 0) > self.counts.get("USD", 0)
            return others[0] if local else "USD"
        best = max(money.codes, key=lambda code: self.counts.get(code, 0))
        if self.counts.get(best, 0):
            return best
        return money.codes[0] if money.sure else None

    def at_home(self, money: Money) -> bool:
        """Whether one capital letter may be the currency: the document is set in its country."""
        return not money.letter or any(self.counts.get(code, 0) for code in money.codes)

    def converted(self, codes: tuple[str, ...]) -> str | None:
        """The dollar that is not the U.S. one, where a conversion into U.S. dollars follows."""
        best = max(codes, key=lambda code: self.counts.get(code, 0), default=None)
        return best if best is not None and self.counts.get(best, 0) else None


class Currencies:
    """Every way to write an amount's currency."""

    def __init__(self, file: CurrencyFile) -> None:
        names: dict[str, list[tuple[str, float]]] = {}
        before: dict[str, list[str]] = {}
        for rule in file.currencies:
            for name, part in _names(rule):
                _add(names, name, (rule.code, part))
            signed = (f"{rule.code}$",) if not {"dollar", "peso"}.isdisjoint(rule.names) else ()
            for symbol in (*rule.symbols, *signed):
                _add(before, symbol, rule.code)
        bare = {form for rule in file.currencies for form in _with_plurals(rule, rule.bare)}
        specific = {name for name, found in names.items() if len(found) == 1 and " " in name}
        first = {form: r.code for r in file.currencies for form in _with_plurals(r, r.bare)}
        self._names = Phrases(
            {
                n: _money(found, n, first, n in bare or n in specific or found[0][1] != 1)
                for n, found in names.items()
            }
        )
        for symbol, codes in before.items():
            codes.sort(key=lambda code: code != first.get(symbol, code))
        signs = {s: Money(tuple(codes), letter=_is_letter(s)) for s, codes in before.items()}
        self._single = {s: money for s, money in signs.items() if len(s) == 1}
        self._symbols = Phrases(signs, exact=True)
        self._lower = {code.lower(): Money((code,)) for code in file.lower}
        self._multiples = {
            form: Money((r.code,), factor)
            for r in file.currencies
            for scale, factor in file.multiples.items()
            for form in (scale + r.code, r.code + scale)
        }
        self._behind = file.behind
        self._ambiguous = file.ambiguous
        self._past_amounts = file.past_amounts
        self._spaced = file.spaced
        self._home_starts: dict[str, list[tuple[tuple[str, ...], list[str]]]] = {}
        for home in sorted({w for rule in file.currencies for w in rule.home}):
            parts = tuple(home.split())
            codes = [rule.code for rule in file.currencies if home in rule.home]
            self._home_starts.setdefault(parts[0], []).append((parts, codes))
        self._dollars = {
            adjective: r.code for r in file.currencies if "dollar" in r.names for adjective in r.of
        }
        self._dollars |= {
            f"{symbol[:-1].lower()} $": r.code
            for r in file.currencies
            if "dollar" in r.names
            for symbol in r.symbols
            if symbol.endswith("$") and len(symbol) > 1
        }
        self._verbs = file.verbs
        self.codes = frozenset(rule.code for rule in file.currencies)
        #: The currencies beside the U.S. one that are called dollar.
        self.dollars = tuple(r.code for r in file.currencies if "dollar" in r.names and r.code != "USD")

    def evidence(self, tokens: Tokens) -> dict[str, int]:
        """Count the words that tell of a currency's home."""
        counts: dict[str, int] = {}
        low = tokens.low
        for i, word in enumerate(low):
            if word in self._home_starts:
                for parts, codes in self._home_starts[word]:
                    if len(parts) == 1 or tuple(low[i : i + len(parts)]) == parts:
                        for code in codes:
                            counts[code] = counts.get(code, 0) + 1
        return counts

    def explicit(self, tokens: Tokens) -> dict[str, int]:
        """Count the dollars that are named in full: "Australian dollars", "HK$"."""
        counts: dict[str, int] = {}
        for i, word in enumerate(tokens.low):
            if word in ("dollars", "dollar", "$"):
                for k in (1, 2):
                    code = self._dollars.get(
                        " ".join(tokens.low[max(0, i - k) : i]) + (" $" if word == "$" else "")
                    )
                    if code is not None:
                        counts[code] = counts.get(code, 0) + 1
        return counts

    def before(self, tokens: Tokens, i: int) -> tuple[Money, int] | None:
        """The currency sign or code that ends at token i-1, and its first token."""
        j = i - 1 if i and tokens.low[i - 1] in ("-", "+") and tokens.glued(i) else i
        found = self._symbols.before(tokens, j)
        if found is None or not tokens.near(i):
            return None
        first = found[1]
        apart = not tokens.joined(first, j - 1) and len(tokens.raw[first]) < 2
        if apart and not (first and tokens.is_word(first - 1) and tokens.near(first)):
            alone = self._single.get(tokens.raw[j - 1])  # "A $5 note" is no Australian one
            return (alone, j - 1) if alone is not None else None
        if (
            first
            and tokens.glued(first)
            and tokens.is_word(first)
            and (tokens.is_word(first - 1) or tokens.low[first - 1] in ("-", "_"))
        ):
            return None  # "PLX-R18"
        letters = all(tokens.is_word(k) for k in range(first, j))
        if (
            letters
            and len(tokens.raw[j - 1]) <= 2
            and not tokens.glued(j)
            and tokens.raw[j - 1] not in self._spaced
        ):
            return None
        return found

    def after(self, tokens: Tokens, i: int) -> tuple[Money, int] | None:
        """The currency name, code or sign that starts at token i, and the token after it."""
        found = self._names.at(tokens, i)
        if found is not None:
            verb = found[1] == i + 1 and tokens.word(i + 1) in self._verbs.get(tokens.low[i], ())
            return None if verb else found
        raw = tokens.raw[i] if 0 <= i < len(tokens) else ""
        code = self._multiples.get(raw) or self._lower.get(raw)
        found = (code, i + 1) if code is not None else self._symbols.at(tokens, i)
        if found is None:
            return None
        long_code = code is not None or (len(raw) == 3 and raw.isupper())
        sign = not (raw.isascii() and raw.isalpha()) and not _opens_amount(tokens, found[1])
        return found if long_code or sign or raw in self._behind else None

    def is_verb(self, tokens: Tokens, i: int, evidence: Evidence) -> bool:
        """ "45 won medals": a name that is a verb, in a document that says nothing of its country."""
        if tokens.word(i) not in self._ambiguous or evidence.counts.get(self._ambiguous[tokens.low[i]], 0):
            return False
        follows = tokens.word(i + 1)
        signed = self._symbols.at(tokens, i + 1) is not None and tokens.is_number(i + 2)
        return signed or (tokens.is_word(i + 1) and follows not in self._past_amounts)


def _money(found: list[tuple[str, float]], name: str, first: dict[str, str], sure: bool) -> Money:
    codes = [code for code, _ in found]
    if name in first:
        codes.sort(key=lambda code: code != first[name])
    return Money(tuple(codes), found[0][1], sure)


def _is_letter(symbol: str) -> bool:
    return len(symbol) == 1 and symbol.isascii() and symbol.isalpha()


def _opens_amount(tokens: Tokens, j: int) -> bool:
    """Whether a sign belongs to the number behind it: "the 45 $30 tickets"."""
    return tokens.is_number(j) and (tokens.glued(j) or not tokens.glued(j - 1))


def _add(table: dict[str, list], key: str, value: object) -> None:  # type: ignore[type-arg]
    entries = table.setdefault(key, [])
    if value not in entries:
        entries.append(value)


def _with_plurals(rule: CurrencyRule, names: tuple[str, ...]) -> list[str]:
    forms = list(names)
    for name in names:
        if not rule.plurals:
            forms.append(plural(name))
        elif name in rule.names:
            forms.extend(rule.plurals)
    return forms


def _names(rule: CurrencyRule) -> Iterator[tuple[str, float]]:
    for name in (*rule.names, *(rule.plurals or tuple(plural(n) for n in rule.names)), *rule.bare):
        yield name, 1
        for adjective in rule.of:
            yield f"{adjective} {name}", 1
    for name, part in rule.minor.items():
        forms = (
            (name,)
            if len(name) == 1 or name in ("pence", "fen", "sen", "jiao", "mao")
            else (name, plural(name))
        )
        for form in forms:
            yield form, part
            for adjective in rule.of:
                yield f"{adjective} {form}", part
