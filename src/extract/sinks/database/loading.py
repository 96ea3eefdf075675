"""Loads a run into a database, in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa

from extract.errors import ConfigurationError, ValidationError
from extract.sinks.database import staging
from extract.sinks.database.backends import Backend
from extract.sinks.database.merge import Merged, merge
from extract.sinks.database.migrate import bring_up_to_date
from extract.sinks.database.reading import Batch, read_documents, read_errors, read_facts
from extract.sinks.database.run import MANIFEST, read_run
from extract.sinks.database.target import Target
from extract.sinks.lines import DOCUMENTS, ERRORS, FACTS, stored

#: Packages that a kind of database needs, and the extra that has them.
_NEEDS = {"postgresql": ("psycopg",), "duckdb": ("duckdb", "duckdb_engine"), "sqlite": ()}
_TITLES = {"postgresql": "PostgreSQL", "duckdb": "DuckDB", "sqlite": "SQLite"}
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

    def batches(self) -> Iterator[Batch]:
        """What is to be staged, as it is read."""
        readers = ((self.documents, read_documents), (self.facts, read_facts), (self.errors, read_errors))
        for path, read in readers:
            yield from read(path) if path.is_file() else ()


def load_database(source: Source, target: Target, patience: float) -> Merged:
    """Bring the database up to date with the files of `source`.

    Raises ValidationError for malformed records and ConfigurationError for a database that cannot be used.
    """
    backend = _backend(target, patience)
    with (
        ThreadPoolExecutor(1) as beside,
        _explained(target),
        backend.transaction() as connection,
    ):
        staging.create(connection)
        backend.stage(connection, source.batches())
        # It reads all files for their hashes: while the server works.
        run = beside.submit(read_run, source.manifest, *source.files())
        bring_up_to_date(connection, target.shown)
        merged = merge(connection, run.result)
        staging.drop(connection)
    return merged


def _backend(target: Target, patience: float) -> Backend:
    missing = [name for name in _NEEDS[target.kind] if find_spec(name) is None]
    if missing:
        extra = _EXTRAS[target.kind]
        raise ConfigurationError(
            f"loading into {_TITLES[target.kind]} needs the package {missing[0]}",
            remedy=f"Install it: pip install 'newsfacts[{extra}]'.",
        )
    if target.kind == "postgresql":
        from extract.sinks.database.backends.postgresql import PostgreSQL

        return PostgreSQL(target)
    if target.kind == "duckdb":
        from extract.sinks.database.backends.duckdb import DuckDB

        return DuckDB(target, patience)
    from extract.sinks.database.backends.sqlite import SQLite

    return SQLite(target, patience)


@contextmanager
def _explained(target: Target) -> Iterator[None]:
    """Turns errors of drivers into ours, without passwords that a driver may have quoted."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        raise ValidationError(
            f"{target.shown} refuses a record: {_first_line(error, target)}",
            remedy="Run `newsfacts validate` on the file, or extract it again.",
        ) from None
    except sa.exc.DBAPIError as error:
        raise ConfigurationError(
            f"{target.shown} cannot be used as a {_TITLES[target.kind]} database:"
            f" {_first_line(error, target)}",
            remedy="Check the address and that nothing else writes into the database, then load again.",
        ) from None


def _first_line(error: sa.exc.DBAPIError, target: Target) -> str:
    return target.masked(str(error.orig).strip().partition("\n")[0])
