"""Units built from symbols: products, quotients and powers ("kg m−3", "W m^-2", "mg/kg/day", "s⁻¹")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.phrases import Phrases

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED, "0123456789")
_DOTS = frozenset({"·", "⋅", "∙", "•", ".", "*", "×"})
_HYPHENS = frozenset({"-", "–"})
#: More factors than any unit has, and the highest power; both bound the search.
_MOST, _HIGHEST = 6, 4


@dataclass(frozen=True, slots=True)
class Factor:
    """One symbol with its power, and the token after it; `written` says that the power is written."""

    code: str
    power: int
    end: int
    written: bool


class Products:
    """Reads the longest product of symbols; a single symbol without a negative power is none.

    `symbols` may stand anywhere in a product; `later` only behind a first factor, or with a negative power.
    """

    def __init__(self, symbols: Mapping[str, str], later: Mapping[str, str]) -> None:
        self._first = Phrases(symbols, exact=True)
        self._later = Phrases({**symbols, **later}, exact=True)

    def at(self, tokens: Tokens, i: int) -> tuple[str, int] | None:
        """The UCUM code of the product that starts at token i, and the token after it."""
        first = self._factor(tokens, i, self._first) or self._inverse(tokens, i)
        if first is None:
            return None
        factors = [first]
        while len(factors) < _MOST:
            following = self._next(tokens, factors)
            if following is None:
                break
            factors.append(following)
        if (len(factors) == 1 and first.power > 0) or not _ends(tokens, factors[-1].end):
            return None
        return _code(factors), factors[-1].end

    def _inverse(self, tokens: Tokens, i: int) -> Factor | None:
        """ "200 yr−1": a symbol that is a unit only with its negative power."""
        factor = self._factor(tokens, i, self._later)
        return factor if factor is not None and factor.power < 0 else None

    def _next(self, tokens: Tokens, factors: list[Factor]) -> Factor | None:
        j = factors[-1].end
        link = tokens.word(j)
        if link in _DOTS or link == "/":
            apart = link == "." and not (tokens.glued(j) and tokens.glued(j + 1))
            if apart or not (tokens.near(j) and tokens.near(j + 1)):
                return None
            factor = self._factor(tokens, j + 1, self._later)
            if factor is None or link != "/":
                return factor
            if factor.power < 0 or not self._divides(tokens, factors, j + 1):
                return None
            return Factor(factor.code, -factor.power, factor.end, True)
        if j >= len(tokens) or not tokens.near(j) or tokens.glued(j):
            return None
        factor = self._factor(tokens, j, self._later, first=False)
        return factor if factor is not None and factor.written else None

    def _divides(self, tokens: Tokens, factors: list[Factor], j: int) -> bool:
        """Not between two capital letters ("A/C"), save kelvin; the slash stands without blanks."""
        above, below = tokens.raw[j - 2], tokens.raw[j]
        letters = len(above) == len(below) == 1 and above.isupper() and below.isupper()
        return tokens.glued(j) and tokens.glued(j - 1) and (not letters or below == "K")

    def _factor(self, tokens: Tokens, i: int, symbols: Phrases[str], *, first: bool = True) -> Factor | None:
        found = symbols.at(tokens, i)
        if found is not None:
            code, j = found
            power = _power(tokens, j, first=first)
            return Factor(code, *power, True) if power is not None else Factor(code, 1, j, False)
        return _raised(tokens, i, symbols)


def _raised(tokens: Tokens, i: int, symbols: Phrases[str]) -> Factor | None:
    """ "m²": the power is part of the word."""
    raw = tokens.raw[i] if i < len(tokens) else ""
    bare = raw.rstrip(_RAISED)
    code = symbols.get(bare) if bare != raw else None
    if code is None:
        return None
    power = int(raw[len(bare) :].translate(_PLAIN)) if len(raw) - len(bare) == 1 else 0
    return Factor(code, power, i + 1, True) if 0 < power <= _HIGHEST else None


def _power(tokens: Tokens, j: int, *, first: bool) -> tuple[int, int] | None:
    """The power written at token j ("2", "−3", "^-2", "⁻¹", "− 1"), and the token after it."""
    raw = tokens.raw[j] if j < len(tokens) and tokens.glued(j) else ""
    k = j + 1 if raw == "^" else j
    sign = tokens.raw[k] if k < len(tokens) and tokens.glued(k) else ""
    negative = sign in ("-", "–", "−", "⁻", "‑")
    k = k + 1 if negative else k
    gap = sign == "−" and tokens.near(k)  # "g− 1": as typesetters break it
    if k >= len(tokens) or not (tokens.glued(k) or gap):
        return None
    digits = tokens.raw[k].translate(_PLAIN)
    if len(digits) != 1 or not digits.isdecimal() or not 0 < int(digits) <= _HIGHEST:
        return None
    if negative and first and sign in _HYPHENS and raw != "^" and not _closes(tokens, k + 1):
        return None  # "2 m-3 m", "3 kg-4 kg": a range
    if not negative and raw != "^" and digits == "1":
        return None
    return (-int(digits) if negative else int(digits)), k + 1


def _closes(tokens: Tokens, j: int) -> bool:
    """Whether nothing that a number could measure or count follows."""
    return not (tokens.is_word(j) and tokens.near(j) and (tokens.glued(j) or len(tokens.raw[j]) <= 2))


def _ends(tokens: Tokens, j: int) -> bool:
    """Whether the symbols end here: no letter or digit is glued to them."""
    return j >= len(tokens) or not tokens.glued(j) or not (tokens.is_word(j) or tokens.is_number(j))


def _code(factors: list[Factor]) -> str:
    above = [_raise(f.code, f.power) for f in factors if f.power > 0]
    if not above:
        return ".".join(f"{f.code}{f.power}" for f in factors)
    below = [_raise(_grouped(f.code), -f.power) for f in factors if f.power < 0]
    return "/".join([".".join(above), *below])


def _grouped(code: str) -> str:
    return f"({code})" if "." in code or "/" in code else code


def _raise(code: str, power: int) -> str:
    return code if power == 1 else f"{code}{power}"
