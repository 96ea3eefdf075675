"""Words beside a number that say how exact it is."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from newsfacts.model.mention import Modifier
from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.phrases import Phrases


class ModifierFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/modifiers.yaml."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    places: frozenset[str]
    exceeding: frozenset[str]
    moving: frozenset[str]
    going: frozenset[str]
    hedges: frozenset[str]
    burdens: frozenset[str]


#: What a bound says where it is denied: "not be more than 3 percent", "did not exceed 4 percent".
OPPOSITE: dict[Modifier, Modifier] = {">": "<=", "<": ">="}
_DENIED = (["not", "be"], ["never", "be"], ["cannot", "be"])


@dataclass(frozen=True, slots=True)
class Reading:
    """A modifier and the token where it begins (before a number) or ends (after one)."""

    modifier: Modifier
    edge: int


class Modifiers:
    """Reads modifiers to the left and right of a quantity."""

    def __init__(self, file: ModifierFile) -> None:
        self._before = Phrases([(p, _sign(sign)) for sign, phrases in file.before.items() for p in phrases])
        self._places = file.places
        self._exceeding = file.exceeding
        self._moving = file.moving
        self._going = file.going
        self._hedges = file.hedges
        self._burdens = file.burdens
        self._after = Phrases([(p, _sign(sign)) for sign, phrases in file.after.items() for p in phrases])

    def before(self, tokens: Tokens, first: int) -> Reading | None:
        """The modifier that ends right before token `first`."""
        found = self._before.before(tokens, first)
        if found is None or not tokens.near(first):
            return None
        modifier, edge = found
        if tokens.low[edge] == "or" or self._rises(tokens, edge):
            return None
        if tokens.word(first - 1) == "than" and tokens.words_between(edge - 2, edge) in _DENIED:
            modifier = OPPOSITE.get(modifier, modifier)
        return Reading(modifier, edge)

    def _rises(self, tokens: Tokens, edge: int) -> bool:
        """ "Shot up to 93 percent", but "may go up to 5,000": "up" of a verb of motion is no bound."""
        if tokens.low[edge] != "up" or tokens.word(edge + 1) != "to":
            return False
        verb = tokens.word(edge - 1)
        return verb in self._moving or (verb in self._going and tokens.word(edge - 2) not in self._hedges)

    def doubtful(self, tokens: Tokens, reading: Reading, amount: Amount) -> bool:
        """ "under six presidents" is a place, "over 10 years" a time: prepositions, not modifiers."""
        word = tokens.low[reading.edge]
        if word in self._places and tokens.low[amount.first] in ("a", "an") and _hyphened(tokens, amount):
            return True  # "talks over a billion-euro deal"
        if word == "under" and tokens.words_between(amount.last, amount.last + 2)[:1] == ["of"]:
            return tokens.word(amount.last + 1) in self._burdens
        small = amount.bare and not amount.number.digits and amount.number.scale == 1
        if word in self._places and reading.edge == amount.first - 1 and small and amount.number.value <= 20:
            return True
        spans = amount.type == "duration" and amount.rule != "age" and word == "over"
        return spans and tokens.word(reading.edge - 1) not in self._exceeding

    def after(self, tokens: Tokens, last: int) -> Reading | None:
        """The modifier that starts at token `last`."""
        found = self._after.at(tokens, last)
        if found is None or not tokens.near(last):
            return None
        modifier, edge = found
        if tokens.word(edge) == "than" or (tokens.low[last] == "and" and tokens.is_number(edge)):
            return None  # "200 and more than 70"
        if tokens.low[last] in ("plus", "odd", "+") and not (
            tokens.glued(last) or tokens.word(last) == "odd"
        ):
            return None
        return Reading(modifier, edge)


def _hyphened(tokens: Tokens, amount: Amount) -> bool:
    return "-" in tokens.words_between(amount.first, amount.last)


def _sign(sign: str) -> Modifier:
    signs: dict[str, Modifier] = {"~": "~", ">": ">", ">=": ">=", "<": "<", "<=": "<=", "low": ">="}
    return signs[sign]


def bounds(modifier: Modifier, value: float) -> tuple[float | int | None, float | int | None]:
    """(low, high) that a modifier states beside a value."""
    low = value if modifier in (">", ">=") else None
    high = value if modifier in ("<", "<=") else None
    return low, high
