"""Loads the output of a run into a database: SQLite, PostgreSQL or DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsfacts.sinks.changes import Changes
from newsfacts.sinks.current import facts_file

#: Seconds that a load waits for another one into the same SQLite or DuckDB file.
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What the run had, and what the load changed. `target` holds no password.

    `documents`, `facts` and `errors` count what the run had, `removed` the facts that are gone.
    """

    target: str
    documents: int
    facts: int
    errors: int
    removed: int
    document_changes: Changes
    fact_changes: Changes


def load(
    run: Path,
    target: str | Path,
    *,
    source: str | None = None,
    id_prefix: str = "",
    prune: bool = False,
    sieve: Callable[[Iterable[bytes]], Iterator[bytes]] = iter,
    patience: float = PATIENCE,
) -> LoadReport:
    """Load a run's folder (or its facts file alone), in any format that `run` writes, into a database.

    `target` is a path to a SQLite file or an address: sqlite:///FILE, duckdb:///FILE,
    postgresql://USER@HOST/NAME. Loading again changes nothing; documents that were extracted anew replace
    their old facts. Either all of it is written or nothing, and loads into one database take turns.

    `source` says where the documents come from, if not what the run itself says. `id_prefix` is put before
    their ids; ids of facts follow. `prune` removes documents of that source that the run has not.
    `sieve` makes lines of facts blank that are to be left out (`newsfacts.calibration.Cut.lines`).

    Raises ConfigurationError where the run is missing, where the database cannot be used, or where it has a
    document of the same id, another source and another text; ValidationError (with file, line and field)
    where a record is malformed.
    """
    from newsfacts.sinks.database.loading import Source, Wishes, load_database
    from newsfacts.sinks.database.target import parse_target

    facts_file(run)
    database, files = parse_target(target), Source.of(run)
    merged = load_database(files, database, patience, Wishes(source, id_prefix, prune, sieve))
    return LoadReport(
        target=database.shown,
        documents=merged.documents.told,
        facts=merged.facts.told,
        errors=merged.errors,
        removed=merged.facts.removed,
        document_changes=merged.documents,
        fact_changes=merged.facts,
    )
