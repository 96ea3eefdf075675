"""Which attributes of a matched fact are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.evaluation.equality import (
    POINT_KINDS,
    SAME_POINT_KM,
    distance_km,
    has_head,
    same_edtf,
    same_name,
    same_place,
)
from extract.evaluation.records import GoldRecord, Record
from extract.model import QUANTITY_TYPES, overlaps
from extract.model.fields import PHRASES

#: Attribute -> right or wrong; an attribute that does not apply to the pair is absent.
Verdicts = dict[str, bool]

#: What must be right for a fact to count in strict fact F1; type and value are right by matching.
STRICT = frozenset(
    {"modifier", "unit", "per", "item", "status", "change", "time", "place", "date.edtf", "place.entity"}
)


@dataclass(frozen=True, slots=True)
class Context:
    """One document's facts by id, and which predicted fact each gold fact was matched with."""

    golds: Mapping[str, GoldRecord]
    predicted: Mapping[str, Record]
    links: Mapping[str, Record]

    def gold(self, name: str | None) -> GoldRecord | None:
        """The gold fact of this id."""
        return self.golds.get(name) if name else None

    def found(self, name: str | None) -> Record | None:
        """The predicted fact of this id."""
        return self.predicted.get(name) if name else None


def judge(gold: GoldRecord, predicted: Record, context: Context) -> Verdicts:
    """Compare a matched pair attribute by attribute."""
    if gold.type in QUANTITY_TYPES:
        return {
            **_codes(gold, predicted),
            **_phrases(gold, predicted),
            **_change(gold, predicted),
            **_references(gold, predicted, context),
        }
    return _date(gold, predicted) if gold.type == "date" else _place(gold, predicted)


def strictly_right(verdicts: Verdicts) -> bool:
    """Whether everything is right that strict fact F1 asks for."""
    return all(right for name, right in verdicts.items() if name in STRICT)


def _codes(gold: GoldRecord, predicted: Record) -> Verdicts:
    modifiers = {gold.modifier or "=", *(value or "=" for value in gold.modifier_alt)}
    statuses = {gold.status or "actual", *(value or "actual" for value in gold.status_alt)}
    pers = {gold.per, *gold.per_alt} | ({None} if gold.per_optional else set())
    return {
        "modifier": (predicted.modifier or "=") in modifiers,
        "unit": (predicted.unit or None) in {gold.unit, *gold.unit_alt},
        "per": (predicted.per or None) in pers,
        "status": (predicted.status or "actual") in statuses,
    }


def _phrases(gold: GoldRecord, predicted: Record) -> Verdicts:
    found = ((name, _phrase(name, gold, predicted)) for name in PHRASES)
    return {name: right for name, right in found if right is not None}


def _phrase(name: str, gold: GoldRecord, predicted: Record) -> bool | None:
    """Whether a phrase is right; None where it is not worth scoring."""
    heads: tuple[str, ...] = getattr(gold, f"{name}_heads")
    phrase: str | None = getattr(predicted, name)
    # Without heads the annotators saw nothing worth scoring; an item or a source must not be made up.
    if not heads and name != "item" and not (name == "source" and phrase):
        return None
    return _right_phrase(heads, phrase, optional=getattr(gold, f"{name}_optional"))


def _right_phrase(heads: tuple[str, ...], phrase: str | None, *, optional: bool) -> bool:
    if not phrase:
        return optional or not heads
    return has_head(heads, phrase)


def _change(gold: GoldRecord, predicted: Record) -> Verdicts:
    if gold.change_optional or (gold.change is None and predicted.change is None):
        return {}
    if gold.change is None or predicted.change is None:
        return {"change": False} if gold.change is None else {"change": False, "change_role": False}
    return {
        "change": gold.change.direction == predicted.change.direction,
        "change_role": gold.change.role == predicted.change.role,
    }


def _references(gold: GoldRecord, predicted: Record, context: Context) -> Verdicts:
    verdicts = {
        "time": _right_time(gold, context.found(predicted.time), context),
        "place": _right_place(gold, context.found(predicted.place), context),
    }
    if gold.same_as or predicted.same_as:
        verdicts["same_as"] = _right_twin(gold, predicted, context)
    return verdicts


def _right_time(gold: GoldRecord, found: Record | None, context: Context) -> bool:
    wanted = context.gold(gold.time)
    if found is None:
        return wanted is None or wanted.optional or gold.time_optional
    options = (wanted, *(context.gold(name) for name in gold.time_alt))
    return any(option is not None and overlaps(option, found) for option in options)


def _right_place(gold: GoldRecord, found: Record | None, context: Context) -> bool:
    wanted = context.gold(gold.place)
    if found is None:
        return wanted is None or gold.place_optional
    options = (wanted, *(context.gold(name) for name in gold.place_alt))
    return any(option is not None and same_place(option, found) for option in options)


def _right_twin(gold: GoldRecord, predicted: Record, context: Context) -> bool:
    if not predicted.same_as:
        return gold.same_as_optional
    wanted = context.links.get(gold.same_as or "")
    return wanted is not None and wanted is context.found(predicted.same_as)


def _date(gold: GoldRecord, predicted: Record) -> Verdicts:
    return {
        "date.edtf": same_edtf(gold, predicted),
        "date.relation": (gold.relation or None) == (predicted.relation or None),
    }


def _place(gold: GoldRecord, predicted: Record) -> Verdicts:
    verdicts = {
        "place.entity": same_place(gold, predicted),
        "place.names": _same_names(gold, predicted),
    }
    distance = distance_km(gold, predicted)
    if distance is not None and gold.kind in POINT_KINDS:
        verdicts["place.distance"] = distance <= SAME_POINT_KM
    return verdicts


def _same_names(gold: GoldRecord, predicted: Record) -> bool:
    return (
        any(same_name(name, predicted.name) for name in (gold.name, *gold.name_alt))
        and same_name(gold.admin1, predicted.admin1)
        and gold.country == predicted.country
    )
