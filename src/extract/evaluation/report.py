"""The outcome of an evaluation: figures per group of types, intervals, attribute accuracies, mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from newsfacts.evaluation.attributes import ATTRIBUTES
from newsfacts.evaluation.bootstrap import Interval, interval, resampled_counts
from newsfacts.evaluation.coverage import Calibrated, figures_at
from newsfacts.evaluation.mistakes import Mistake
from newsfacts.evaluation.records import FactType
from newsfacts.evaluation.scoring import Accuracy, Counts, DocumentScore, Told
from newsfacts.evaluation.thresholds import unmet
from newsfacts.model import QUANTITY_TYPES

#: Groups of types that figures are given for; a type with neither gold nor predictions is left out.
GROUPS: Mapping[str, tuple[FactType, ...]] = MappingProxyType(
    {
        "all": (*QUANTITY_TYPES, "date", "place"),
        "quantities": QUANTITY_TYPES,
        "dates": ("date",),
        "places": ("place",),
        **{name: (name,) for name in QUANTITY_TYPES},
    }
)


def precision(counts: Counts) -> float:
    """Share of the predicted facts that are in the gold; 0 where nothing was predicted."""
    return _ratio(counts.matched, counts.matched + counts.extra)


def recall(counts: Counts) -> float:
    """Share of the gold facts that were found; 0 where the gold holds none."""
    return _ratio(counts.matched, counts.matched + counts.missed)


def detection_f1(counts: Counts) -> float:
    """Harmonic mean of precision and recall of matching."""
    return _f1(counts, counts.matched)


def strict_f1(counts: Counts) -> float:
    """F1 where a pair counts only when every strict attribute is right."""
    return _f1(counts, counts.strict)


def span_accuracy(counts: Counts) -> float:
    """Share of the matched facts whose span is the gold's to the character."""
    return _ratio(counts.exact_span, counts.matched)


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One group's counts and the intervals of its two F1s over documents.

    None where there is one document: it says nothing of how others would score.
    """

    counts: Counts
    detection_interval: Interval | None
    strict_interval: Interval | None

    @property
    def gold(self) -> int:
        """Number of gold facts that count."""
        return self.counts.matched + self.counts.missed


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one evaluation found. Shares are 0 to 1.

    `told` are the predicted facts that the gold decides on; `calibrated` what their confidence is worth.
    """

    gold_name: str
    gold_sha256: str
    documents: int
    groups: Mapping[str, GroupScore]
    attributes: Mapping[str, Accuracy]
    mistakes: tuple[Mistake, ...]
    missing_documents: tuple[str, ...] = ()
    unknown_documents: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    calibrated: Calibrated | None = None

    def told_of(self, group: str) -> tuple[Told, ...]:
        """The predicted facts of a group that the gold decides on."""
        return tuple(fact for fact in self.told if fact.type in GROUPS[group])

    def figures(self, also: Iterable[str] = ()) -> dict[str, float]:
        """Every figure by the name that thresholds and baselines use.

        `strict_f1`, `detection`, `precision`, `recall` and `span` are over all types, `strict_f1.money` over
        one group; `attribute.unit` is an accuracy. Of `also`, those of the form `precision_at_90` or
        `coverage_at_90.money` are there too: strict precision at the cut of `--min-precision 90`, and the
        share of facts that it keeps. Raises ConfigurationError where it keeps none to be precise about.
        """
        found: dict[str, float] = {}
        for group, score in self.groups.items():
            suffix = "" if group == "all" else f".{group}"
            found |= {f"{name}{suffix}": figure(score.counts) for name, figure in _FIGURES.items()}
        found |= {f"attribute.{name}": accuracy.share for name, accuracy in self.attributes.items()}
        at_cuts = figures_at(self.told, GROUPS, also, self.calibrated) if self.calibrated else {}
        return found | at_cuts


_FIGURES = MappingProxyType(
    {
        "strict_f1": strict_f1,
        "detection": detection_f1,
        "precision": precision,
        "recall": recall,
        "span": span_accuracy,
    }
)


def check_figures(settings: Iterable[str]) -> None:
    """Raise ConfigurationError where a setting NAME=SHARE names no figure that a report can have."""
    known = dict.fromkeys(f"attribute.{name}" for name in sorted(ATTRIBUTES))
    known |= dict.fromkeys(f"{name}.{group}".removesuffix(".all") for name in _FIGURES for group in GROUPS)
    unmet(dict.fromkeys(known, 0.0), settings)


def group_scores(documents: Sequence[DocumentScore], *, resamples: int, seed: int) -> dict[str, GroupScore]:
    """Counts and intervals of every group that has gold or predicted facts."""
    found = {}
    for name, types in GROUPS.items():
        per_document = [total(document.counts[t] for t in types) for document in documents]
        counts = total(per_document)
        if counts.facts:
            samples = resampled_counts(per_document, resamples=resamples, seed=seed) or [counts]
            if len(documents) == 1:
                samples = []
            found[name] = GroupScore(counts, interval(samples, detection_f1), interval(samples, strict_f1))
    return found


def attribute_accuracies(documents: Sequence[DocumentScore]) -> dict[str, Accuracy]:
    """Accuracy of each attribute over all matched facts to which it applies, sorted by name."""
    names = sorted({name for document in documents for name in document.judged})
    return {
        name: Accuracy(sum(d.right[name] for d in documents), sum(d.judged[name] for d in documents))
        for name in names
    }


def total(parts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    return Counts(*(sum(column) for column in zip(Counts(), *parts, strict=True)))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(counts: Counts, right: int) -> float:
    # Harmonic mean of right/predicted and right/gold, without their intermediate zeros.
    return _ratio(2 * right, 2 * counts.matched + counts.extra + counts.missed)
