"""Which attributes of a matched fact are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsfacts.evaluation.equality import (
    POINT_KINDS,
    SAME_POINT_KM,
    distance_km,
    has_head,
    near_place,
    same_edtf,
    same_name,
    same_place,
)
from newsfacts.evaluation.records import GoldRecord, Record
from newsfacts.model import QUANTITY_TYPES, Change, overlaps
from newsfacts.model.fields import PHRASES

#: Attribute -> right or wrong; an attribute that does not apply to the pair is absent.
Verdicts = dict[str, bool]

#: What must be right for a fact to count in strict fact F1; type and value are right by matching.
STRICT = frozenset(
    {"modifier", "unit", "per", "item", "status", "change", "time", "place", "date.edtf", "place.entity"}
)
#: Every attribute that can be judged.
ATTRIBUTES = STRICT.union(
    PHRASES, ("change_role", "place_near", "same_as", "date.relation", "place.names", "place.distance")
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
    return {
        "modifier": _either(predicted.modifier, (gold.modifier, *gold.modifier_alt), default="="),
        "unit": _either(predicted.unit, (gold.unit, *gold.unit_alt), optional=gold.unit_optional),
        "per": _either(predicted.per, (gold.per, *gold.per_alt), optional=gold.per_optional),
        "status": _either(predicted.status, (gold.status, *gold.status_alt), default="actual"),
    }


def _either(
    said: str | None, right: Iterable[str | None], *, default: str | None = None, optional: bool = False
) -> bool:
    """Whether what is said is one of the right values; an empty one stands for the default."""
    if optional and not said:
        return True
    return (said or default) in {value or default for value in right}


def _phrases(gold: GoldRecord, predicted: Record) -> Verdicts:
    found = ((name, _phrase(name, gold, predicted)) for name in PHRASES)
    return {name: right for name, right in found if right is not None}


def _phrase(name: str, gold: GoldRecord, predicted: Record) -> bool | None:
    """Whether a phrase is right; None where it is not worth scoring.

    Without heads the annotators saw nothing worth scoring; but an item or a source must not be made up. All
    but the item are left unjudged where the gold allows none and none was given.
    """
    heads: tuple[str, ...] = getattr(gold, f"{name}_heads")
    phrase: str | None = getattr(predicted, name)
    optional: bool = getattr(gold, f"{name}_optional")
    if name == "item":
        return _right_phrase(heads, phrase, optional=optional)
    if not phrase and (optional or not heads):
        return None
    return _right_phrase(heads, phrase) if heads or name == "source" else None


def _right_phrase(heads: tuple[str, ...], phrase: str | None, *, optional: bool = False) -> bool:
    if not phrase:
        return optional or not heads
    return has_head(heads, phrase)


def _change(gold: GoldRecord, predicted: Record) -> Verdicts:
    if gold.change_optional or (gold.change is None and predicted.change is None):
        return {}
    said = _direction_and_role(predicted.change)
    wanted = next((c for c in gold.change_alt if _direction_and_role(c) == said), gold.change)
    direction, role = _direction_and_role(wanted)
    verdicts = {"change": direction == said[0]}
    return verdicts if wanted is None else verdicts | {"change_role": role == said[1]}


def _direction_and_role(change: Change | None) -> tuple[str | None, str | None]:
    return (change.direction, change.role) if change else (None, None)


def _references(gold: GoldRecord, predicted: Record, context: Context) -> Verdicts:
    place = context.found(predicted.place)
    in_place = _right_place(gold, place, context)
    verdicts = {
        "time": _right_time(gold, context.found(predicted.time), context),
        "place": in_place,
        "place_near": in_place or near_place(context.gold(gold.place), place),
    }
    if gold.same_as or predicted.same_as:
        verdicts["same_as"] = _right_twin(gold, predicted, context)
    return verdicts


def _right_time(gold: GoldRecord, found: Record | None, context: Context) -> bool:
    wanted = context.gold(gold.time)
    if found is None:
        return wanted is None or wanted.optional or gold.time_optional or None in gold.time_alt
    options = (wanted, *(context.gold(name) for name in gold.time_alt))
    if any(option is not None and overlaps(option, found) for option in options):
        return True
    return wanted is None and _vague(found)


def _vague(date: Record) -> bool:
    """A date that no calendar holds ("recent years"); a link to it counts as none."""
    return not date.edtf and (date.timex3 or "").endswith("_REF")


def _right_place(gold: GoldRecord, found: Record | None, context: Context) -> bool:
    wanted = context.gold(gold.place)
    if found is None:
        return wanted is None or gold.place_optional or None in gold.place_alt
    options = (wanted, *(context.gold(name) for name in gold.place_alt))
    return any(option is not None and same_place(option, found) for option in options)


def _right_twin(gold: GoldRecord, predicted: Record, context: Context) -> bool:
    if gold.same_as_optional and not predicted.same_as:
        return True
    found = context.found(predicted.same_as)
    wanted = context.links.get(gold.same_as or "")
    further = (context.links.get(name or "") for name in gold.same_as_alt)
    return (wanted is not None and wanted is found) or any(option is found for option in further)


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
