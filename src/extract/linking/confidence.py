"""Confidence: a logistic score over the evidence behind a fact, with its weights in rules/linking."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from newsfacts.linking.clause import Description
from newsfacts.linking.place import PlaceLink
from newsfacts.linking.status import Verdict
from newsfacts.linking.time import TimeLink
from newsfacts.model import DateMention, Document, PlaceMention, QuantityMention


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The start value and the weights of evidence, in log odds."""

    start: float
    weights: dict[str, float]

    def of(self, evidence: Iterable[str]) -> float:
        """The confidence in [0, 1], to three digits; evidence without a weight counts nothing."""
        odds = self.start + sum(self.weights.get(name, 0.0) for name in evidence)
        return round(1 / (1 + math.exp(-odds)), 3)


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where costs of paths and numbers of things begin to tell."""

    near: float
    far: float
    time_far: float
    crowded: int
    long: int
    small: int


class ConfidenceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/confidence.yaml; the file says what each piece of evidence means."""

    quantity: Score
    date: Score
    place: Score
    item_rules: dict[str, str]
    limits: Limits


class Surroundings(msgspec.Struct, frozen=True):
    """How much stands in the sentence: quantities, dates, places, tokens; whether the text is damaged."""

    quantities: int
    dates: int
    places: int
    tokens: int
    damaged: bool


def quantity_evidence(
    mention: QuantityMention,
    description: Description,
    verdict: Verdict,
    time: TimeLink | None,
    place: PlaceLink | None,
    around: Surroundings,
    rules: ConfidenceRules,
) -> list[str]:
    """The names of the evidence that holds of a quantity."""
    limits = rules.limits
    found = [rules.item_rules[rule] for rule in description.rules if rule in rules.item_rules]
    found += _place_evidence(place, around, limits)
    checks = {
        "time-far": time is not None and time.cost > limits.time_far,
        "time-unused": time is None and around.dates > 0,
        "dates-several": around.dates > 1,
        "status-cue": verdict.cue is not None,
        "crowded": around.quantities >= limits.crowded,
        "long-sentence": around.tokens > limits.long,
        "damaged-text": around.damaged,
        "restated": mention.twin is not None,
        "small-count": mention.type == "count"
        and mention.value is not None
        and mention.value <= limits.small,
    }
    return found + [name for name, holds in checks.items() if holds]


def _place_evidence(place: PlaceLink | None, around: Surroundings, limits: Limits) -> list[str]:
    found = ["places-several"] if around.places > 1 else []
    if place is None:
        return found
    if place.cost is None:
        return [*found, "place-topic"]
    if place.inherited:
        return [*found, "place-anaphor"]
    if place.cost <= limits.near:
        return [*found, "place-near"]
    return [*found, "place-far"] if place.cost > limits.far else found


def date_evidence(mention: DateMention, document: Document) -> list[str]:
    """The names of the evidence that holds of a date."""
    vague = (mention.timex3 or "").endswith("_REF")
    text = document.text[mention.start : mention.end]
    relative = not any(c.isdigit() for c in text) or (mention.edtf or "")[:4] not in text
    checks = {
        "unresolved": mention.edtf is None and not vague,
        "relative": relative and not vague,
        "no-publication": relative and document.published is None,
        "part": mention.part is not None,
        "damaged-text": bool(document.warnings),
    }
    return [name for name, holds in checks.items() if holds]


def place_confidence(mention: PlaceMention, document: Document, rules: ConfidenceRules) -> float:
    """The resolver's own confidence, lowered where the text is damaged."""
    bounded = min(max(mention.confidence, 0.01), 0.99)
    evidence = ["damaged-text"] if document.warnings else []
    odds = math.log(bounded / (1 - bounded)) + rules.place.start
    odds += sum(rules.place.weights.get(name, 0.0) for name in evidence)
    return round(1 / (1 + math.exp(-odds)), 3)
