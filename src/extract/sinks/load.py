"""Loads the output of a run into a database: SQLite, PostgreSQL or DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.sinks.current import facts_file

#: Seconds that a load waits for another one into the same SQLite or DuckDB file.
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What was loaded, and how many facts of re-extracted documents are gone. `target` holds no password."""

    target: str
    documents: int
    facts: int
    errors: int
    removed: int


def load(source: Path, target: str | Path, *, patience: float = PATIENCE) -> LoadReport:
    """Load a run's folder (or its facts file alone), in any format that `run` writes, into a database.

    `target` is a path to a SQLite file or an address: sqlite:///FILE, duckdb:///FILE,
    postgresql://USER@HOST/NAME. Loading again changes nothing; documents that were extracted anew replace
    their old facts. Either all of it is written or nothing, and loads into one database take turns. Raises
    ConfigurationError where the source is missing or the database cannot be used, ValidationError (with
    file, line and field) where a record is malformed.
    """
    from extract.sinks.database.loading import Source, load_database
    from extract.sinks.database.target import parse_target

    facts_file(source)
    database, files = parse_target(target), Source.of(source)
    merged = load_database(files, database, patience)
    return LoadReport(database.shown, merged.documents, merged.facts, merged.errors, merged.removed)
