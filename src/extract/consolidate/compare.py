"""Whether two statements make the same claim."""

from __future__ import annotations

from newsfacts.consolidate.duplicates import jaccard
from newsfacts.consolidate.settings import Settings
from newsfacts.consolidate.statement import Statement, significant_digits
from newsfacts.model import QuantityFact


def same_claim(one: Statement, other: Statement, settings: Settings) -> bool:
    """Whether statements of equal type, unit and value tell of the same thing, place and time."""
    if not (_same_measure(one.fact, other.fact) and one.number == other.number):
        return False
    if not (_places_fit(one, other) and _times_fit(one, other) and _rates_fit(one.fact, other.fact)):
        return False
    likeness = jaccard(one.item, other.item)
    if _telling(one, other, settings):
        return likeness >= settings.same_item or _alike(one, other, likeness, settings)
    return likeness >= settings.same_item and _same_story(one, other, settings)


def rivals(one: Statement, other: Statement, settings: Settings) -> bool:
    """Whether different values answer the same question: the same item, place, time and change."""
    return (
        one.group != other.group
        and _same_measure(one.fact, other.fact)
        and one.fact.per == other.fact.per
        and one.fact.status == other.fact.status
        and _same_known_time(one, other)
        and one.place is not None
        and one.place == other.place
        and one.fact.change == other.fact.change
        and _subjects_fit(one, other)
        and one.item == other.item
        and bool(one.item)
        and _disjoint(one.fact, other.fact)
    )


def details_differ(one: Statement, other: Statement) -> bool:
    """Whether one of two statements says more than the other: of rate, time, modifier or status."""
    details = [(s.fact.per, s.fact.modifier, s.fact.status, s.edtf) for s in (one, other)]
    return details[0] != details[1]


def _same_measure(one: QuantityFact, other: QuantityFact) -> bool:
    return one.type == other.type and one.unit == other.unit


def _places_fit(one: Statement, other: Statement) -> bool:
    if one.place is None or other.place is None:
        return bool(one.subject & other.subject)
    return one.place == other.place


def _times_fit(one: Statement, other: Statement) -> bool:
    if one.edtf is None or other.edtf is None or one.edtf == other.edtf:
        return True
    return _within(one, other) or _within(other, one)


def _within(one: Statement, other: Statement) -> bool:
    inner, outer = one.time, other.time
    if inner is None or outer is None or not (inner.date_start and inner.date_end):
        return False
    starts, ends = outer.date_start, outer.date_end
    return bool(starts and ends and starts <= inner.date_start and inner.date_end <= ends)


def _rates_fit(one: QuantityFact, other: QuantityFact) -> bool:
    if one.change and other.change and one.change.direction != other.change.direction:
        return False
    return one.per is None or other.per is None or one.per == other.per


def _alike(one: Statement, other: Statement, likeness: float, settings: Settings) -> bool:
    if one.item and other.item:
        return likeness >= settings.similar_item or (one.head is not None and one.head == other.head)
    same_verb = one.fact.predicate is not None and one.fact.predicate == other.fact.predicate
    return one.place is not None and (_same_known_time(one, other) or same_verb)


def _same_story(one: Statement, other: Statement, settings: Settings) -> bool:
    """What must be equal besides the item for a number that is often equal by chance ("two countries")."""
    many = _size(one) > settings.chance_value
    return _same_known_time(one, other) or (many and len(one.item & other.item) > 1)


def _telling(one: Statement, other: Statement, settings: Settings) -> bool:
    """Whether the value is unlikely to be equal by chance: many digits, large, or of one place and time."""
    size = _size(one)
    large = size >= 1000 or significant_digits(size) >= settings.specific_digits
    return large or (one.place is not None and _same_known_time(one, other))


def _size(one: Statement) -> float:
    return abs(next((n for n in one.number if n is not None), 0.0))


def _same_known_time(one: Statement, other: Statement) -> bool:
    return one.edtf is not None and one.edtf == other.edtf


def _subjects_fit(one: Statement, other: Statement) -> bool:
    return not one.subject or not other.subject or bool(one.subject & other.subject)


def _disjoint(one: QuantityFact, other: QuantityFact) -> bool:
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return high < least or most < low


def _bounds(fact: QuantityFact) -> tuple[float, float]:
    if fact.value is None:
        low = float("-inf") if fact.low is None else float(fact.low)
        return low, float("inf") if fact.high is None else float(fact.high)
    value = float(fact.value)
    slack = abs(value) * (0.1 if fact.modifier == "~" else 0.0)
    low = float("-inf") if fact.modifier in ("<", "<=") else value - slack
    return low, float("inf") if fact.modifier in (">", ">=") else value + slack
