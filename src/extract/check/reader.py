"""The second reader: quantulum3, held at arm's length. It is imported when the first sentence is read."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from newsfacts.check.settings import Settings
from newsfacts.check.units import Meaning, UnitNames
from newsfacts.rules import RuleSet

_LAST_WORD = re.compile(r"[^\W\d_]+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity of a sentence as the second reader has it.

    `start` and `end` are offsets in the sentence; `low` and `high` bound a range and are equal else.
    `units` are all that its words for the unit may mean, none where it names no unit that we have a code for.
    """

    start: int
    end: int
    text: str
    low: float
    high: float
    units: tuple[Meaning, ...]


class Reader(Protocol):
    """Reads a sentence; None where it could not."""

    def __call__(self, sentence: str) -> list[Reading] | None:
        """The quantities in text order."""


class Quantulum:
    """quantulum3 as a Reader.

    A sentence that is too long, or on which it fails, is None: no reading, which is no disagreement.
    """

    def __init__(self, settings: Settings, names: UnitNames) -> None:
        self._settings = settings
        self._meanings = lru_cache(maxsize=4096)(names.meanings)

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Quantulum:
        """Read rules/check and rules/quantities. Raises RulesError where a file is malformed."""
        return cls(Settings.from_rules(rules), UnitNames.from_rules(rules))

    def __call__(self, sentence: str) -> list[Reading] | None:
        """The quantities of a sentence, in text order."""
        if len(sentence) > self._settings.characters:
            return None
        parse = _parser()
        try:
            with _quiet():
                found = parse(sentence)
            return [self._reading(one) for one in found if not self._is_word(one)]
        except Exception:  # another's code on any text: what it cannot read is no error of ours
            return None

    def _is_word(self, found: Any) -> bool:
        """Whether what it took for a unit is a word or an initial: "30 in Oslo", "14 Tupac"."""
        return _unit_words(str(found.surface)).lower() in self._settings.words

    def _reading(self, found: Any) -> Reading:
        start, end = found.span
        text = str(found.surface)
        number, spread = float(found.value), float(found.uncertainty or 0)
        if text.startswith("("):
            number = abs(number)  # it takes a bracket for a minus sign, as in accounts
        return Reading(start, end, text, number - spread, number + spread, self._units(found.unit, text))

    def _units(self, unit: Any, text: str) -> tuple[Meaning, ...]:
        """All that the unit's words may mean, its own choice among them left aside.

        Without scikit-learn it chooses by chance among the units of one name ("pounds").
        """
        words = _unit_words(text)
        known = self._meanings(unit.name)
        above = [part for part in unit.dimensions if part["power"] > 0]
        if not known and len(above) == 1 and above[0]["power"] == 1:
            known = self._meanings(above[0]["base"])  # "dollar per barrel"
        if unit.currency_code:
            known = (*known, Meaning(unit.currency_code))
        others = (m for name in _namesakes(unit.name, words) for m in self._meanings(name))
        return tuple(dict.fromkeys((*known, *others)))


def _unit_words(surface: str) -> str:
    """The unit's last word in "40 pounds" and "40-pound", else the sign of "$5" or "5%"."""
    last = surface.rpartition(" ")[2].strip("()[],.;:")
    word = _LAST_WORD.search(last)
    return word[0] if word else surface.lstrip("(-")[:1]


@lru_cache(maxsize=4096)
def _namesakes(name: str, words: str) -> tuple[str, ...]:
    """The units that are written like this one, sorted by name."""
    from quantulum3 import load

    units = load.units("en_US")
    for table in (units.symbols, units.surfaces, units.surfaces_lower, units.symbols_lower):
        key = words if table in (units.symbols, units.surfaces) else words.lower()
        named = sorted(unit.name for unit in table.get(key, ()))
        if name in named:
            return tuple(named)
    return ()


@lru_cache(maxsize=1)
def _parser() -> Callable[[str], list[Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that scikit-learn is not there
        from quantulum3 import parser

    parse: Callable[[str], list[Any]] = parser.parse
    return parse


@contextmanager
def _quiet() -> Iterator[None]:
    """quantulum3 sets up the root logger at every call, unless it has a handler."""
    root, handler = logging.getLogger(), logging.NullHandler()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
