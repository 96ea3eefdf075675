"""Scores predicted facts against gold: `evaluate(gold, pred)` gives a Report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from newsfacts.evaluation.baseline import (
    TOLERANCE,
    Baseline,
    Drop,
    below_floors,
    compare,
    encode_baseline,
    lowered,
    pin,
    pinned,
    read_baseline,
)
from newsfacts.evaluation.mistakes import Mistake
from newsfacts.evaluation.records import (
    GoldFile,
    Record,
    by_document_key,
    document_key,
    read_gold,
    read_predictions,
    records_of,
)
from newsfacts.evaluation.rendering import report_tables, report_to_json, report_to_markdown
from newsfacts.evaluation.report import Report, attribute_accuracies, group_scores
from newsfacts.evaluation.scoring import Judgement, Verdict, judge_facts, score_document
from newsfacts.evaluation.thresholds import Unmet, unmet

__all__ = [
    "TOLERANCE",
    "Baseline",
    "Drop",
    "GoldFile",
    "Judgement",
    "Mistake",
    "Record",
    "Report",
    "Unmet",
    "Verdict",
    "below_floors",
    "by_document_key",
    "compare",
    "document_key",
    "encode_baseline",
    "evaluate",
    "judge_facts",
    "lowered",
    "pin",
    "pinned",
    "read_baseline",
    "read_gold",
    "records_of",
    "report_tables",
    "report_to_json",
    "report_to_markdown",
    "score",
    "unmet",
]


def evaluate(gold: Path, pred: Path, *, resamples: int = 1000, seed: int = 0) -> Report:
    """Score the facts of `pred` against those of `gold` (both JSON Lines), document by document.

    Documents are compared by the last part of their id; predictions for documents without gold are ignored.
    `resamples` and `seed` steer the bootstrap intervals. Raises ConfigurationError where a file is missing
    or malformed.
    """
    return score(read_gold(gold), read_predictions(pred), resamples=resamples, seed=seed)


def score(
    gold_file: GoldFile, predicted: Mapping[str, Sequence[Record]], *, resamples: int = 1000, seed: int = 0
) -> Report:
    """What `evaluate` gives, of gold and predictions that were read before (`by_document_key` of records)."""
    scores = [
        score_document(doc_id, facts, predicted.get(doc_id, ()))
        for doc_id, facts in gold_file.documents.items()
    ]
    return Report(
        gold_name=gold_file.name,
        gold_sha256=gold_file.sha256,
        documents=len(scores),
        groups=group_scores(scores, resamples=resamples, seed=seed),
        attributes=attribute_accuracies(scores),
        mistakes=tuple(mistake for score in scores for mistake in score.mistakes),
        missing_documents=tuple(sorted(gold_file.documents.keys() - predicted.keys())),
        unknown_documents=tuple(sorted(predicted.keys() - gold_file.documents.keys())),
    )
