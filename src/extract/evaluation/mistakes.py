"""The list of mistakes: what was missed, made up or wrong, with both values, for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from newsfacts.evaluation.attributes import Context, Verdicts, strictly_right
from newsfacts.evaluation.records import FactType, Record

MistakeKind = Literal["MISS", "EXTRA", "WRONG"]


@dataclass(frozen=True, slots=True)
class Difference:
    """An attribute that is wrong: what the gold says and what was predicted, ready to be shown."""

    attribute: str
    gold: str
    predicted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A fact missed, made up, or found with wrong attributes. `strict`: it costs strict fact F1."""

    kind: MistakeKind
    doc_id: str
    type: FactType
    start: int
    end: int
    text: str
    strict: bool = True
    differences: tuple[Difference, ...] = ()


def miss(doc_id: str, gold: Record) -> Mistake:
    """A gold fact that was not found."""
    return _mistake("MISS", doc_id, gold, (Difference("fact", _summary(gold), ""),))


def extra(doc_id: str, predicted: Record) -> Mistake:
    """A predicted fact that the gold does not hold."""
    return _mistake("EXTRA", doc_id, predicted, (Difference("fact", "", _summary(predicted)),))


def wrong(doc_id: str, gold: Record, predicted: Record, verdicts: Verdicts, context: Context) -> Mistake:
    """A matched fact with wrong attributes."""
    differences = tuple(
        Difference(name, _shown(name, gold, context.golds), _shown(name, predicted, context.predicted))
        for name, right in verdicts.items()
        if not right and name != "place_near"  # said with place
    )
    return _mistake("WRONG", doc_id, gold, differences, strict=not strictly_right(verdicts))


def _mistake(
    kind: MistakeKind, doc_id: str, fact: Record, differences: tuple[Difference, ...], *, strict: bool = True
) -> Mistake:
    return Mistake(
        kind=kind,
        doc_id=doc_id,
        type=fact.type,
        start=fact.start,
        end=fact.end,
        text=fact.text,
        strict=strict,
        differences=differences,
    )


def _shown(attribute: str, fact: Record, facts: Mapping[str, Record]) -> str:
    """An attribute's value for a reader: of a reference the text that it points at."""
    name = attribute.partition(".")[2] or attribute
    match name:
        case "time" | "place" | "same_as":
            target = facts.get(getattr(fact, name) or "")
            return _summary(target) if target else "-"
        case "change" | "change_role":
            return f"{fact.change.direction}/{fact.change.role}" if fact.change else "-"
        case "entity" | "names" | "distance":
            return _summary(fact)
        case _:
            value = getattr(fact, name)
            return "-" if value is None else str(value)


def _summary(fact: Record) -> str:
    """The normalised value in a few words."""
    match fact.type:
        case "date":
            return fact.edtf or fact.text or "unresolved"
        case "place":
            coordinates = None if fact.lat is None or fact.lon is None else f"{fact.lat:.2f} {fact.lon:.2f}"
            parts = (fact.name, fact.admin1, fact.country, coordinates)
            return ", ".join(part for part in parts if part)
        case _:
            value = f"{fact.low}..{fact.high}" if fact.value is None else str(fact.value)
            return " ".join(part for part in (fact.modifier, value, fact.unit) if part and part != "=")
