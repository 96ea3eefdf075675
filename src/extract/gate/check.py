"""Holds a run against floors and the pinned run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsfacts.calibration import shipped_precision
from newsfacts.diff import Diff, Entry, diff_facts, gold_judge
from newsfacts.errors import ConfigurationError
from newsfacts.evaluation import (
    TOLERANCE,
    Drop,
    Report,
    Unmet,
    below_floors,
    by_document_key,
    check_same_articles,
    compare,
    document_key,
    named,
    read_gold,
    records_of,
    score,
    unmet,
)
from newsfacts.gate.pinning import Pinned
from newsfacts.gate.run import Run
from newsfacts.model.records import DocumentRecord, Step
from newsfacts.sinks.current import facts_file
from newsfacts.sinks.jsonl import read_facts, read_records
from newsfacts.sinks.lines import DOCUMENTS, stored

Verdict = Literal["passed", "below the floor", "regression"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run fell short of. `diff` is against the pinned facts, None where there are none."""

    report: Report
    pinned: Pinned
    below: tuple[Unmet, ...]
    drops: tuple[Drop, ...]
    diff: Diff | None
    incomplete: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)

    @property
    def lost(self) -> tuple[Entry, ...]:
        """The facts that were right in the pinned run and are lost or wrong now."""
        return self.diff.no_longer_right if self.diff else ()

    @property
    def made_up(self) -> tuple[Entry, ...]:
        """The facts that the pinned run did not have and that are wrong."""
        return tuple(e for e in self.diff.of_kind("gained") if e.effect == "worse") if self.diff else ()

    @property
    def verdict(self) -> Verdict:
        """Below a floor goes before a regression: it is the worse of the two."""
        if self.below:
            return "below the floor"
        return "regression" if self.drops or self.lost or self.incomplete else "passed"


def read_run(source: Path, gold: Path, *, resamples: int = 1000, seed: int = 0) -> Run:
    """Score the output folder or facts file `source` by `gold`.

    Raises ConfigurationError where a file is missing, OtherArticlesError where the gold is of other articles,
    ValidationError for a malformed line and for facts that are not those of the folder's manifest.
    """
    file, annotated = facts_file(source), read_gold(gold)
    wanted = annotated.documents.keys()
    found = tuple(read_facts(file))
    facts = tuple(fact for fact in found if document_key(fact.doc_id) in wanted)
    predicted = {document_key(fact.doc_id): () for fact in found} | by_document_key(records_of(facts))
    listed = stored(file.parent, DOCUMENTS)
    records = list(read_records(listed, DocumentRecord)) if listed.is_file() else []
    digests = {document_key(record.id): record.sha256 for record in records}
    check_same_articles(annotated, predicted.keys() | digests.keys(), where=source)
    report = score(annotated, predicted, calibrated=shipped_precision, resamples=resamples, seed=seed)
    texts = {key: digests[key] for key in sorted(wanted & digests.keys())}
    return Run(annotated, report, facts, texts, {r.id: r.incomplete for r in records if r.incomplete})


def check(run: Run, pinned: Pinned, *, least: Sequence[str] = (), tolerance: float = TOLERANCE) -> Outcome:
    """Compare a run with the pinned one. `least` are further floors, NAME=SHARE.

    Raises ConfigurationError where gold or texts are not those of the pinned run.
    """
    _check_texts(run.texts_sha256, pinned.baseline.corpus)
    drops = compare(run.report, pinned.baseline, tolerance=tolerance)
    below = (*below_floors(run.report, pinned.baseline), *unmet(run.report.figures(named(least)), least))
    diff = None if pinned.facts is None else diff_facts(pinned.facts, run.facts, gold_judge(run.gold))
    return Outcome(run.report, pinned, below, drops, diff, run.incomplete)


def _check_texts(texts: Mapping[str, str], corpus: Mapping[str, str]) -> None:
    other = [key for key, digest in texts.items() if corpus and corpus.get(key) != digest]
    if other:
        raise ConfigurationError(
            f"these texts are not those of the pinned run: {_listed(other)}",
            remedy="Restore them; if they were meant to change, pin anew with --pin.",
        )


def _listed(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
