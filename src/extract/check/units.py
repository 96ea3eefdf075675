"""From the second reader's names of units to our codes (UCUM, ISO 4217)."""

from __future__ import annotations

from dataclasses import dataclass

from newsfacts.check.settings import Settings
from newsfacts.quantities.lexer import lex
from newsfacts.quantities.money import Currencies, CurrencyFile
from newsfacts.quantities.units import UnitFile, UnitTable
from newsfacts.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Meaning:
    """A unit that a name may mean: our code, and what a number of it is multiplied by to be one of the code.

    `code` is None where the name says nothing about the unit ("dozen" is twelve of something).
    """

    code: str | None
    times: float = 1


class UnitNames:
    """Looks names up: in the second reader's own list, then in the tables of units and currencies."""

    def __init__(self, settings: Settings, units: UnitTable, currencies: Currencies) -> None:
        self._own = settings.units
        self._units = units
        self._currencies = currencies

    @classmethod
    def from_rules(cls, rules: RuleSet) -> UnitNames:
        """Read rules/check and rules/quantities. Raises RulesError where a file is malformed."""
        return cls(
            Settings.from_rules(rules),
            UnitTable(
                rules.read("quantities/units.yaml", UnitFile),
                rules.read("quantities/units_catalogue.yaml", UnitFile),
            ),
            Currencies(rules.read("quantities/currencies.yaml", CurrencyFile)),
        )

    def meanings(self, name: str) -> tuple[Meaning, ...]:
        """What a name may mean ("kilometre", "dollar", "percentage"); none where no table has it."""
        if (own := self._own.get(name)) is not None:
            return tuple(Meaning(code, own.times) for code in own.codes or (None,))
        tokens = lex(name)
        unit = self._units.at(tokens, 0)
        if unit is not None and unit[1] == len(tokens):
            return (Meaning(unit[0].code, unit[0].times),)
        money = self._currencies.after(tokens, 0)
        if money is not None and money[1] == len(tokens):
            return tuple(Meaning(code, money[0].part) for code in money[0].codes)
        return ()
