"""Asks gold which facts are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from newsfacts.diff.changes import Judge
from newsfacts.evaluation import GoldFile, Judgement, document_key, judge_facts, read_gold, records_of
from newsfacts.model import Fact


def read_judge(path: Path) -> Judge:
    """What judges facts by this gold file. Raises ConfigurationError where it is missing or malformed."""
    return gold_judge(read_gold(path))


def gold_judge(gold: GoldFile) -> Judge:
    """What judges facts by this gold."""

    def judge(doc_id: str, facts: Sequence[Fact]) -> Mapping[str, Judgement] | None:
        golds = gold.documents.get(document_key(doc_id))
        return judge_facts(golds, records_of(facts)) if golds else None

    return judge
