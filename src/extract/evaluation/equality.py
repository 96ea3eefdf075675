"""When two values say the same: numbers, phrases, EDTF strings, places (docs/FACTS.md, section Scoring)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from newsfacts.evaluation.records import GoldRecord, Record

#: Radius of the sphere with the earth's surface, km.
EARTH_RADIUS_KM = 6371.0
#: Points of one place in two gazetteers lie within this, km; under an equal name, within the second.
SAME_POINT_KM = 30.0
SAME_NAME_KM = 80.0
#: Kinds small enough that their coordinates identify them.
POINT_KINDS = frozenset({"city", "admin2", "admin3", "admin4", "facility"})

_GENERIC = frozenset(
    {
        "city", "province", "county", "district", "town", "township", "river", "region", "the", "prefecture",
        "municipality", "state", "republic", "of", "autonomous", "village", "island", "lake",
    }
)  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_UNCERTAINTY = re.compile(r"[~?%]")
_IRREGULAR = {"people": "person"}


def same_number(one: float | None, other: float | None) -> bool:
    """Equal within 1e-6 relative, or both absent."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def same_quantity(gold: Record, predicted: Record) -> bool:
    """Equal values; for a range (no value) equal bounds."""
    if gold.value is not None or predicted.value is not None:
        return same_number(gold.value, predicted.value)
    return same_number(gold.low, predicted.low) and same_number(gold.high, predicted.high)


def has_head(heads: Iterable[str], phrase: str | None) -> bool:
    """Whether all words of any one head lemma are among the phrase's words, singular or plural."""
    forms = {form for word in _words(phrase) for form in _forms(word)}
    return any(forms.issuperset(_words(head)) for head in heads)


def same_edtf(gold: GoldRecord, predicted: Record) -> bool:
    """Equal to the gold value or an alternative, marks of uncertainty aside; empty where that is allowed."""
    if gold.edtf_optional and not predicted.edtf:
        return True
    return _certain(predicted.edtf) in {_certain(value) for value in (gold.edtf, *gold.edtf_alt)}


def same_name(one: str | None, other: str | None) -> bool:
    """Equal names, generic nouns ("City", "the") and punctuation aside."""
    return _bare_name(one) == _bare_name(other)


def distance_km(one: Record, other: Record) -> float | None:
    """Great-circle distance (haversine), None where a coordinate is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - one.lon) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


def same_place(gold: GoldRecord, predicted: Record) -> bool:
    """Whether two places are one entity: small ones by coordinates, large ones by name and country."""
    if any(same_name(name, predicted.name) for name in gold.name_alt):
        return True
    if gold.country and gold.country != predicted.country:
        return False
    named = same_name(gold.name, predicted.name)
    if gold.kind in POINT_KINDS:
        return _same_point(gold, predicted, named=named)
    return named or (gold.kind == "admin1" and same_name(gold.admin1, predicted.name))


def near_place(gold: Record | None, predicted: Record | None) -> bool:
    """Whether one place holds the other, as far as country and first-level division tell."""
    if gold is None or predicted is None or not gold.country or gold.country != predicted.country:
        return False
    if "country" in (gold.kind, predicted.kind):
        return True
    return bool(gold.admin1) and same_name(gold.admin1, predicted.admin1)


def _same_point(gold: Record, predicted: Record, *, named: bool) -> bool:
    distance = distance_km(gold, predicted)
    if distance is None:
        return named
    return distance <= (SAME_NAME_KM if named else SAME_POINT_KM)


def _words(phrase: str | None) -> list[str]:
    return _WORD.findall((phrase or "").lower())


def _forms(word: str) -> set[str]:
    forms = {word, _IRREGULAR.get(word, word)}
    if word.endswith("men"):
        forms.add(word[:-3] + "man")
    if word.endswith("s"):
        forms.add(word[:-1])
    if word.endswith("es"):
        forms.add(word[:-2])
    if word.endswith("ies"):
        forms.add(word[:-3] + "y")
    return forms


def _certain(edtf: str | None) -> str | None:
    return _UNCERTAINTY.sub("", edtf) if edtf else None


def _bare_name(name: str | None) -> str:
    words = _words((name or "").replace("'", "").replace("’", ""))
    return "".join([word for word in words if word not in _GENERIC] or words)
