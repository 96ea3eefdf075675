"""Scores predicted facts against gold: `evaluate(gold, pred)` gives a Report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from newsfacts.errors import OtherArticlesError
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
from newsfacts.evaluation.coverage import Calibrated, Point, auc, curve, wilson
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
from newsfacts.evaluation.scoring import Judgement, Told, Verdict, judge_facts, score_document
from newsfacts.evaluation.thresholds import Unmet, named, unmet

__all__ = [
    "TOLERANCE",
    "Baseline",
    "Calibrated",
    "Drop",
    "GoldFile",
    "Judgement",
    "Mistake",
    "Point",
    "Record",
    "Report",
    "Told",
    "Unmet",
    "Verdict",
    "auc",
    "below_floors",
    "by_document_key",
    "check_same_articles",
    "compare",
    "curve",
    "document_key",
    "encode_baseline",
    "evaluate",
    "judge_facts",
    "lowered",
    "named",
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
    "wilson",
]


def evaluate(
    gold: Path,
    pred: Path,
    *,
    documents: Iterable[str] = (),
    calibrated: Calibrated | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Report:
    """Score the facts of `pred` against those of `gold` (both JSON Lines), document by document.

    Documents are compared by the last part of their id; predictions for documents without gold are ignored.
    `documents` are ids of documents that predictions were made for, whether or not they gave any.
    `calibrated` says what a confidence is worth, for figures at a cut (`Report.figures`).
    `resamples` and `seed` steer the bootstrap intervals. Raises ConfigurationError where a file is missing
    or malformed, and OtherArticlesError where no document of the gold is among those of the predictions.
    """
    gold_file, predicted = read_gold(gold), read_predictions(pred)
    check_same_articles(gold_file, {*predicted, *map(document_key, documents)}, where=pred)
    return score(gold_file, predicted, calibrated=calibrated, resamples=resamples, seed=seed)


def check_same_articles(gold_file: GoldFile, documents: Iterable[str], *, where: Path) -> None:
    """Raise OtherArticlesError where gold and the documents of `where` (their keys) have none in common.

    Where there are no documents at all, nothing was found in them: the scores are 0.
    """
    found = sorted(documents)
    if found and gold_file.documents.keys().isdisjoint(found):
        raise OtherArticlesError(
            f"{gold_file.name} is gold of other articles: none of its {len(gold_file.documents):,} documents"
            f" (such as {next(iter(gold_file.documents))!r}) is in {where} (which has {found[0]!r})",
            remedy="Documents are compared by the last part of their ids; run newsfacts on the gold's texts.",
        )


def score(
    gold_file: GoldFile,
    predicted: Mapping[str, Sequence[Record]],
    *,
    calibrated: Calibrated | None = None,
    resamples: int = 1000,
    seed: int = 0,
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
        told=tuple(fact for score in scores for fact in score.told),
        calibrated=calibrated,
        missing_documents=tuple(sorted(gold_file.documents.keys() - predicted.keys())),
        unknown_documents=tuple(sorted(predicted.keys() - gold_file.documents.keys())),
    )
