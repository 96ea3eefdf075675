"""The hand-kept part: countries' points, first-level divisions, regions, waters, landforms, facilities."""

from __future__ import annotations

from typing import Literal

import msgspec

from newsfacts.places.curated import Countries, Divisions
from newsfacts.places.names import fold
from newsfacts.rules import RuleSet

from .rows import Place
from .world import REGISTERS

_WEIGHT = 10


class Feature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that no register lists. `weight` 1..9: the decimal logarithm of its standing, as if people.

    `lower`: also named with a lower-case compass word ("northeast China").
    """

    name: str
    at: tuple[float, float]
    weight: int
    kind: Literal["region", "water", "landform", "facility"] = "region"
    country: str | None = None
    admin1: str | None = None
    geonames: int | None = None
    also: tuple[str, ...] = ()
    lower: bool = False


class Features(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/curated/regions.yaml and features.yaml."""

    places: tuple[Feature, ...]


def apply_countries(places: dict[str, Place], rules: RuleSet) -> None:
    """Points and news names of countries."""
    for code, country in rules.read("places/countries.yaml", Countries).countries.items():
        place = places.get(f"C:{code}")
        if place is None:
            continue
        place.lat, place.lon = country.at
        for name in country.names:
            place.add_name(name.removeprefix("the "), "primary")
        for name in country.abbreviations:
            place.names[fold(name)] = "abbreviation"
        for name in country.historic:
            place.add_name(name, "historic")
        if country.names and not place.name.isascii():
            place.name = country.names[0]


def apply_divisions(places: dict[str, Place], rules: RuleSet) -> None:
    """Points and news names of first-level divisions; `places` are found by GeoNames id."""
    iso = {s.iso_code: s.geonames_id for s in REGISTERS.subdivisions if s.iso_code and s.geonames_id}
    by_geonames = {p.geonames: p for p in places.values() if p.kind == "admin1" and p.geonames}
    for code, division in rules.read("places/curated/admin1.yaml", Divisions).divisions.items():
        place = by_geonames.get(iso.get(code) or 0)
        if place is None:
            continue
        if division.at:
            place.lat, place.lon = division.at
        place.name = division.name or place.name
        for name in division.names:
            place.add_name(name, "primary")
        for name in division.abbreviations:
            place.names[fold(name)] = "abbreviation"
        for name in division.weaker:
            place.names[fold(name)] = "alternate"


def features(rules: RuleSet, divisions: dict[str, Place]) -> dict[str, Place]:
    """Regions, waters, landforms and facilities, keyed `F:<name>`."""
    provinces = {(p.country, p.name): p.key for p in divisions.values() if p.kind == "admin1"}
    places: dict[str, Place] = {}
    for name in ("regions", "features"):
        for feature in rules.read(f"places/curated/{name}.yaml", Features).places:
            place = Place(
                f"F:{feature.name}", feature.name, feature.kind, feature.country,
                geonames=feature.geonames, lat=feature.at[0], lon=feature.at[1],
                population=_WEIGHT**feature.weight,
            )  # fmt: skip
            place.parent = f"C:{feature.country}" if feature.country else None
            place.admin1 = provinces.get((feature.country, feature.admin1 or ""))
            for alias in (feature.name, *feature.also):
                place.add_name(alias.removeprefix("the "), "primary")
            places[place.key] = place
    return places
