"""Asks gold which facts are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from extract.diff.changes import Judge
from extract.evaluation import GoldFile, Judgement, Record, document_key, judge_facts, read_gold
from extract.model import Fact


def read_judge(path: Path) -> Judge:
    """What judges facts by this gold file. Raises ConfigurationError where it is missing or malformed."""
    return gold_judge(read_gold(path))


def gold_judge(gold: GoldFile) -> Judge:
    """What judges facts by this gold."""

    def judge(doc_id: str, facts: Sequence[Fact]) -> Mapping[str, Judgement] | None:
        golds = gold.documents.get(document_key(doc_id))
        records = [msgspec.convert(fact, Record, from_attributes=True) for fact in facts]
        return judge_facts(golds, records) if golds else None

    return judge
