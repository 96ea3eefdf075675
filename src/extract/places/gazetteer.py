"""The embedded gazetteer: a read-only SQLite file, opened on first use, pages shared between processes."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from newsfacts.errors import ConfigurationError
from newsfacts.model.mention import PlaceKind
from newsfacts.places.names import NAME_KINDS

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
SCHEMA = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL, country TEXT,
  admin1 INTEGER, admin2 INTEGER, parent INTEGER, lat INTEGER, lon INTEGER, population INTEGER NOT NULL,
  geonames INTEGER, code TEXT, unit TEXT
);
CREATE TABLE name (key TEXT PRIMARY KEY, refs BLOB NOT NULL) WITHOUT ROWID;
"""
DEFAULT_PATH = Path(__file__).resolve().parent / "data" / "gazetteer.sqlite"
_NAME_CACHE = 50_000
_PLACE_CACHE = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. `admin1`, `admin2` and `parent` are ids of other entries; degrees are WGS 84.

    `unit` is the generic noun of the division ("county", "district"), where one is known.
    """

    id: int
    name: str
    kind: PlaceKind
    country: str | None
    admin1: int | None
    admin2: int | None
    parent: int | None
    lat: float | None
    lon: float | None
    population: int
    geonames: int | None
    code: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """An entry together with the kind of the name that led to it."""

    entry: Entry
    name_kind: str


class Gazetteer:
    """Look-ups by folded name and by id; answers are cached up to a bound.

    Nothing is read before the first look-up, and the file is opened again in a forked process, so that a
    finder may be handed to workers before or after its first use.
    """

    def __init__(self, path: Path = DEFAULT_PATH) -> None:
        self._path = path
        self._db: sqlite3.Connection | None = None
        self._owner = 0
        self._refs: dict[str, tuple[tuple[int, int], ...]] = {}
        self._entries: dict[int, Entry] = {}
        self._above: dict[int, frozenset[int]] = {}

    def __getstate__(self) -> Path:
        return self._path

    def __setstate__(self, path: Path) -> None:
        self.__init__(path)  # type: ignore[misc]

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the folded names that name some place."""
        return {key for key in keys if self._find(key)}

    def lookup(self, key: str) -> list[Named]:
        """Every place of this folded name, most populous first."""
        return [Named(self.entry(number), NAME_KINDS[kind]) for number, kind in self._find(key)]

    def ancestors(self, entry: Entry) -> frozenset[int]:
        """Ids of everything that holds an entry, up to its country."""
        found = self._above.get(entry.id)
        if found is None:
            numbers = {n for n in (entry.admin1, entry.admin2) if n is not None}
            parent = entry.parent
            while parent is not None:
                numbers.add(parent)
                parent = self.entry(parent).parent
            found = frozenset(numbers)
            if len(self._above) >= _PLACE_CACHE:
                self._above.clear()
            self._above[entry.id] = found
        return found

    def country(self, code: str) -> Entry | None:
        """The country (or separate territory) of this ISO 3166-1 alpha-2 code."""
        row = (
            self._connect()
            .execute("SELECT id FROM place WHERE country = ? AND parent IS NULL ORDER BY id LIMIT 1", (code,))
            .fetchone()
        )
        return self.entry(row[0]) if row else None

    def entry(self, number: int) -> Entry:
        """The entry of this id. Raises KeyError where there is none."""
        found = self._entries.get(number)
        if found is None:
            found = self._read(number)
            if len(self._entries) >= _PLACE_CACHE:
                self._entries.clear()
            self._entries[number] = found
        return found

    def _find(self, key: str) -> tuple[tuple[int, int], ...]:
        found = self._refs.get(key)
        if found is None:
            row = self._connect().execute("SELECT refs FROM name WHERE key = ?", (key,)).fetchone()
            numbers = struct.unpack(f"<{len(row[0]) // 4}I", row[0]) if row else ()
            found = tuple((number >> 3, number & 7) for number in numbers)
            if len(self._refs) >= _NAME_CACHE:
                self._refs.clear()
            self._refs[key] = found
        return found

    def _read(self, number: int) -> Entry:
        row = self._connect().execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        lat, lon = (None if v is None else v / 10_000 for v in row[7:9])
        values = (*row[:2], KINDS[row[2]], *row[3:7], lat, lon, *row[9:])
        return Entry(*values)

    def _connect(self) -> sqlite3.Connection:
        if self._db is None or self._owner != os.getpid():
            if not self._path.is_file():
                raise ConfigurationError(
                    f"the gazetteer {self._path.name} is missing",
                    remedy="Reinstall newsfacts or run `make gazetteer`.",
                )
            self._db = sqlite3.connect(
                f"{self._path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._db.execute("PRAGMA mmap_size=67108864")
            self._owner = os.getpid()
        return self._db
