"""Noisy predictions made from gold: facts dropped, shifted, altered and made up at random, but seeded."""

from __future__ import annotations

import random
from typing import Any

from gold_builders import Row, predicted

_UNITS = (None, "%", "CNY", "USD", "t", "km", "a")
_MODIFIERS = ("=", "~", ">", ">=", "<", "<=")
_STATUS = ("actual", "planned", "possible", "negated")
_EDTF = (None, "2020", "2020-05", "2006-11-04", "199X")
_CHANGES = (None, {"direction": "up", "role": "by"}, {"direction": "down", "role": "to", "basis": "yoy"})
_MAY_BE_EMPTY = ("unit", "per", "item", "subject", "source", "change", "time", "place")
_QUANTITIES = ("money", "count", "percent", "ratio", "measure", "duration", "rank")


def noisy(gold: list[Row], seed: int) -> list[Row]:
    """Predictions for all documents of `gold`; how noisy they are depends on the seed."""
    rng = random.Random(seed)
    level = rng.choice((0.02, 0.1, 0.3, 0.6))
    kept = [predicted(row) for row in gold if rng.random() > level / 2]
    ids = [row["id"] for row in gold]
    altered = [_altered(row, ids, level, rng) for row in kept]
    doubled = [_double(row, number, rng) for number, row in enumerate(kept) if rng.random() < level / 3]
    rows = [*altered, *doubled]
    rng.shuffle(rows)
    return rows


def loosened(gold: list[Row], seed: int) -> list[Row]:
    """The gold with further right answers, and fields that may stay empty, at random."""
    rng = random.Random(seed)
    by_document: dict[str, list[Row]] = {}
    for row in gold:
        by_document.setdefault(row["doc_id"], []).append(row)
    return [row | _further(row, by_document[row["doc_id"]], rng) for row in gold]


def _further(row: Row, document: list[Row], rng: random.Random) -> Row:
    if row["type"] in ("date", "place"):
        further = {"edtf_alt": [rng.choice(_EDTF)], "edtf_optional": True} if row["type"] == "date" else {}
    else:
        dates = [None, *(other["id"] for other in document if other["type"] == "date")]
        places = [None, *(other["id"] for other in document if other["type"] == "place")]
        further = {
            **{f"{name}_optional": True for name in _MAY_BE_EMPTY},
            "modifier_alt": [rng.choice(_MODIFIERS)],
            "unit_alt": [rng.choice((*_UNITS, ""))],
            "per_alt": ["", "d"],
            "status_alt": [rng.choice(_STATUS)],
            "change_alt": [rng.choice(_CHANGES)],
            "time_alt": [rng.choice(dates)],
            "place_alt": [rng.choice(places)],
            "same_as_alt": [None],
        }
    return {name: value for name, value in further.items() if rng.random() < 0.2}


def _double(row: Row, number: int, rng: random.Random) -> Row:
    copy = row | {"id": f"extra{number}"}
    return _shifted(copy, rng, reach=rng.choice((0, 2, 400)))


def _altered(row: Row, ids: list[str], level: float, rng: random.Random) -> Row:
    changed = dict(row)
    if rng.random() < level:
        changed = _shifted(changed, rng, reach=rng.choice((1, 3, 30)))
    alter = _altered_quantity if row["type"] in _QUANTITIES else _altered_other
    for key, value in alter(row, ids, rng).items():
        if rng.random() < level / 4:
            changed[key] = value
    return changed


def _shifted(row: Row, rng: random.Random, reach: int) -> Row:
    start = max(0, row["start"] + rng.randint(-reach, reach))
    return row | {"start": start, "end": max(start + 1, row["end"] + rng.randint(-reach, reach))}


def _altered_quantity(row: Row, ids: list[str], rng: random.Random) -> dict[str, Any]:
    value = row.get("value")
    own = [name for name in ids if name.startswith(row["doc_id"])]
    return {
        "type": rng.choice(_QUANTITIES),
        "value": None if value is None else value * rng.choice((1 + 1e-8, 1.001, 1000)),
        "low": rng.choice((None, value, 5)),
        "high": rng.choice((None, value, 7)),
        "unit": rng.choice(_UNITS),
        "modifier": rng.choice((None, *_MODIFIERS)),
        "per": rng.choice((None, "a", "d", "{person}")),
        "status": rng.choice((None, *_STATUS)),
        "change": rng.choice(_CHANGES),
        "item": rng.choice((None, "other things", f"many {row.get('item')}", "people")),
        "subject": rng.choice((None, "somebody", "It")),
        "source": rng.choice((None, "an official")),
        "time": rng.choice((None, "dangling", rng.choice(own))),
        "place": rng.choice((None, "dangling", rng.choice(own))),
        "same_as": rng.choice((None, "dangling", rng.choice(own))),
    }


def _altered_other(row: Row, ids: list[str], rng: random.Random) -> dict[str, Any]:
    if row["type"] == "date":
        approximate = f"{row.get('edtf')}~"
        return {
            "edtf": rng.choice((*_EDTF, approximate)),
            "timex3": rng.choice((None, "PAST_REF", "P2D")),
            "relation": rng.choice((None, "by", "since")),
        }
    lat = row.get("lat")
    return {
        "name": rng.choice(
            (f"{row['name']} City", "Elsewhere", row.get("admin1") or "", row["name"].upper())
        ),
        "country": rng.choice(("CN", "US", None)),
        "admin1": rng.choice((None, "Elsewhere")),
        "lat": None if lat is None else rng.choice((None, lat + 0.2, lat + 0.6, lat + 3)),
    }
