"""rules/check/second_reader.yaml."""

from __future__ import annotations

from typing import Annotated

import msgspec

from newsfacts.rules import RuleSet


class UnitName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of the second reader: our codes for it, and the factor of its number."""

    codes: tuple[str, ...] = ()
    times: float = 1


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the second reader's words mean; the file says more."""

    units: dict[str, UnitName]
    words: frozenset[str]
    left_out: frozenset[str]
    characters: Annotated[int, msgspec.Meta(gt=0)]

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Settings:
        """Read the file. Raises RulesError where it is malformed."""
        return rules.read("check/second_reader.yaml", cls)
