"""Writes the gazetteer file: SQLite with one row per place and one row per name."""

from __future__ import annotations

import sqlite3
import struct
from collections import defaultdict
from pathlib import Path

from newsfacts.places.gazetteer import KINDS, SCHEMA
from newsfacts.places.names import NAME_KINDS

from .rows import Place


def write(places: list[Place], path: Path) -> None:
    """Write all places with a point; ids follow the given order, so that equal input gives equal bytes."""
    number = {place.key: i for i, place in enumerate(places, start=1)}
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.execute("PRAGMA page_size=4096")
    db.executescript(SCHEMA)
    db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", (_row(p, number) for p in places))
    db.executemany("INSERT INTO name VALUES (?,?)", _names(places, number))
    db.commit()
    db.execute("VACUUM")
    db.close()


def _row(place: Place, number: dict[str, int]) -> tuple[object, ...]:
    return (
        number[place.key], place.name, KINDS.index(place.kind), place.country,
        number.get(place.admin1 or ""), number.get(place.admin2 or ""), number.get(place.parent or ""),
        _fixed(place.lat), _fixed(place.lon), place.population, place.geonames, place.code, place.unit,
    )  # fmt: skip


def _fixed(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * 10_000)


def _names(places: list[Place], number: dict[str, int]) -> list[tuple[str, bytes]]:
    refs: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for place in places:
        for key, kind in place.names.items():
            refs[key].append((-place.population, number[place.key], NAME_KINDS.index(kind)))
    return [
        (key, b"".join(struct.pack("<I", number_ << 3 | kind) for _, number_, kind in sorted(found)[:80]))
        for key, found in sorted(refs.items())
    ]
