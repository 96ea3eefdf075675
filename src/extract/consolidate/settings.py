"""rules/consolidate/words.yaml."""

from __future__ import annotations

from typing import Annotated

import msgspec

from newsfacts.rules import RuleSet

Share = Annotated[float, msgspec.Meta(gt=0, le=1)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words and thresholds of consolidation; the file says what each means."""

    generic_nouns: frozenset[str]
    stop_words: frozenset[str]
    near_duplicate: Share
    same_item: Share
    similar_item: Share
    specific_digits: int
    chance_value: int

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Settings:
        """Read the file. Raises RulesError where it is malformed."""
        return rules.read("consolidate/words.yaml", cls)
