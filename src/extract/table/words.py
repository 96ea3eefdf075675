"""What rules/table says: words of `said`, names and factors of units, how items become keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from newsfacts.rules import RuleSet


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"least": "from"}):
    """Numbers from `least` on are told with this word: 1.39 trillion."""

    least: float
    word: str


class SaidWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/table/words.yaml. `past` has the verbs whose past takes no -ed, `told` those that are said."""

    modifiers: dict[str, str]
    changes: dict[str, str]
    bases: dict[str, str]
    scales: tuple[Scale, ...]
    told: frozenset[str]
    events: frozenset[str]
    past: dict[str, str]
    doubled: frozenset[str]
    pronouns: frozenset[str]


class UnitWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit in words, and in SI: value * factor + offset, in the unit `si` (UCUM)."""

    name: str
    plural: str
    si: str | None = None
    factor: float = 1.0
    offset: float = 0.0


class UnitFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/table/units.yaml."""

    units: dict[str, UnitWords]


class ItemWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/table/items.yaml."""

    dropped: frozenset[str]
    containers: frozenset[str]
    circumstances: frozenset[str]
    complements: frozenset[str]
    vague: frozenset[str]
    kept: frozenset[str]
    irregular: dict[str, str]
    synonyms: dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class TableWords:
    """All of rules/table."""

    said: SaidWords
    units: dict[str, UnitWords]
    items: ItemWords

    @classmethod
    def from_rules(cls, rules: RuleSet) -> TableWords:
        """Read rules/table. Raises RulesError where a file is malformed."""
        return cls(
            rules.read("table/words.yaml", SaidWords),
            rules.read("table/units.yaml", UnitFile).units,
            rules.read("table/items.yaml", ItemWords),
        )


@cache
def shipped_words() -> TableWords:
    """The words of the shipped rules; read once."""
    return TableWords.from_rules(RuleSet())
