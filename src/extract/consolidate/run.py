"""Consolidates the output of a run: its facts (and the articles' texts) into claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from newsfacts.consolidate.claims import Consolidator
from newsfacts.consolidate.duplicates import find_copies
from newsfacts.consolidate.settings import Settings
from newsfacts.consolidate.statement import Singular
from newsfacts.model import Fact
from newsfacts.model.claim import Claim
from newsfacts.rules import RuleSet
from newsfacts.sinks.current import facts_file
from newsfacts.sinks.jsonl import read_facts


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The claims, and which documents are near-duplicates of which."""

    claims: tuple[Claim, ...]
    copies: dict[str, str]

    @property
    def verdicts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        counted = Counter(claim.verdict for claim in self.claims)
        return {v: counted[v] for v in ("single", "agreeing", "refining", "conflicting")}


def consolidate(
    source: Path, rules: RuleSet, texts: Iterable[tuple[str, str]] | None = None
) -> Consolidation:
    """Claims of a run's folder or facts file.

    With `texts` (document id, text) near-duplicate articles are found first, so that copies confirm nothing.
    Raises ConfigurationError where the file is missing, ValidationError where a record is malformed. Memory
    grows with the number of facts.
    """
    return consolidated(list(read_facts(facts_file(source))), rules, texts)


def consolidated(
    facts: Sequence[Fact], rules: RuleSet, texts: Iterable[tuple[str, str]] | None = None
) -> Consolidation:
    """Claims of facts, all those of their documents; `texts` as in `consolidate`."""
    settings = Settings.from_rules(rules)
    copies = find_copies(texts, settings.near_duplicate) if texts is not None else {}
    claims = Consolidator(settings, singular_of_words()).claims(facts, copies)
    return Consolidation(tuple(claims), copies)


def singular_of_words() -> Singular:
    """The singular of English words; those that were asked for last are remembered."""
    import inflect  # seconds, for those who want claims only

    engine = inflect.engine()

    @lru_cache(maxsize=50_000)
    def singular(word: str) -> str:
        found = engine.singular_noun(word) if word.isalpha() else False
        return found if isinstance(found, str) else word

    return singular
