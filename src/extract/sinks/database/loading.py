"""Loads a run into a database, in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from newsfacts.errors import ConfigurationError
from newsfacts.sinks.current import MANIFEST
from newsfacts.sinks.database import staging
from newsfacts.sinks.database.backends import Backend
from newsfacts.sinks.database.explaining import TITLES, explained
from newsfacts.sinks.database.merge import Merged, merge
from newsfacts.sinks.database.migrate import bring_up_to_date
from newsfacts.sinks.database.reading import Batch, Sieve, read_documents, read_errors, read_facts
from newsfacts.sinks.database.run import read_run, read_source
from newsfacts.sinks.database.target import Target
from newsfacts.sinks.lines import DOCUMENTS, ERRORS, FACTS, stored

#: Packages that a kind of database needs, and the extra that has them.
_NEEDS = {"postgresql": ("psycopg",), "duckdb": ("duckdb", "duckdb_engine"), "sqlite": ()}
_EXTRAS = {"postgresql": "postgres", "duckdb": "duckdb"}


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a run; those that it does not have are missing on disk."""

    facts: Path
    documents: Path
    errors: Path
    manifest: Path

    @classmethod
    def of(cls, given: Path) -> Source:
        """The files of a run's folder, or a facts file alone."""
        if not given.is_dir():
            return cls(given, *(given / "none",) * 3)
        facts, documents, errors = (stored(given, name) for name in (FACTS, DOCUMENTS, ERRORS))
        return cls(facts, documents, errors, given / MANIFEST)

    def files(self) -> list[Path]:
        """Those of records that are there."""
        return [path for path in (self.facts, self.documents, self.errors) if path.is_file()]

    def batches(self, prefix: str, source: str | None, sieve: Sieve) -> Iterator[Batch]:
        """What is to be staged, as it is read."""
        if self.documents.is_file():
            yield from read_documents(self.documents, prefix)
        yield from read_facts(self.facts, prefix, sieve)
        if self.errors.is_file():
            yield from read_errors(self.errors, prefix, source)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a run is to be loaded; see `newsfacts.sinks.load`."""

    source: str | None = None
    id_prefix: str = ""
    prune: bool = False
    sieve: Sieve = iter


def load_database(files: Source, target: Target, patience: float, wishes: Wishes) -> Merged:
    """Bring the database up to date with the files of a run.

    Raises ValidationError for malformed records and ConfigurationError for a database that cannot be used.
    """
    source = wishes.source or read_source(files.manifest)
    if wishes.prune:
        _check_prune(files, source)
    backend = backend_of(target, patience)
    with (
        ThreadPoolExecutor(1) as beside,
        explained(target, backend.errors),
        backend.transaction() as connection,
    ):
        staging.create(connection)
        backend.stage(connection, files.batches(wishes.id_prefix, source, wishes.sieve))
        # It reads all files for their hashes: while the server works.
        run = beside.submit(read_run, files.manifest, *files.files(), source=source)
        bring_up_to_date(connection, target.shown)
        merged = merge(connection, run.result, prune=wishes.prune)
        staging.drop(connection)
    return merged


def _check_prune(files: Source, source: str | None) -> None:
    if not files.documents.is_file():
        raise ConfigurationError(
            f"{files.facts} does not say which documents there are, so none can be pruned",
            remedy="Give the folder that `newsfacts run --out` wrote.",
        )
    if source is None:
        raise ConfigurationError(
            "the run does not say which source it is of, so none of its documents can be pruned",
            remedy="Name the source: --source NAME.",
        )


def backend_of(target: Target, patience: float) -> Backend:
    """What connects to a database. Raises ConfigurationError where a package is missing for it."""
    missing = [name for name in _NEEDS[target.kind] if find_spec(name) is None]
    if missing:
        extra = _EXTRAS[target.kind]
        raise ConfigurationError(
            f"a database of {TITLES[target.kind]} needs the package {missing[0]}",
            remedy=f"Install it: pip install 'newsfacts[{extra}]'.",
        )
    if target.kind == "postgresql":
        from newsfacts.sinks.database.backends.postgresql import PostgreSQL

        return PostgreSQL(target)
    if target.kind == "duckdb":
        from newsfacts.sinks.database.backends.duckdb import DuckDB

        return DuckDB(target, patience)
    from newsfacts.sinks.database.backends.sqlite import SQLite

    return SQLite(target, patience)
