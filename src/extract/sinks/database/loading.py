"""Loads a run into a database, in one transaction: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
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
from extract.sinks.database.reading import document_rows, error_rows, fact_rows
from extract.sinks.database.rows import Row
from extract.sinks.database.run import MANIFEST, read_run
from extract.sinks.database.target import Target
from extract.sinks.jsonl import DOCUMENTS, ERRORS, FACTS

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
        return cls(
            _packed(given / FACTS), _packed(given / DOCUMENTS), _packed(given / ERRORS), given / MANIFEST
        )

    def files(self) -> list[Path]:
        """Those of records that are there."""
        return [path for path in (self.facts, self.documents, self.errors) if path.is_file()]

    def rows(self) -> Iterator[tuple[sa.Table, Iterator[Row]]]:
        """Every staging table with its rows in their order, numbered; none where there is no file."""
        readers = (
            (staging.staged_documents, self.documents, document_rows),
            (staging.staged_facts, self.facts, fact_rows),
            (staging.staged_errors, self.errors, error_rows),
        )
        for table, path, rows_of in readers:
            rows = rows_of(path) if path.is_file() else iter(())
            yield table, ((number, *row) for number, row in enumerate(rows))


def _packed(path: Path) -> Path:
    """The file, or where only a compressed one is there, that."""
    names = (path, *(path.with_name(path.name + suffix) for suffix in (".gz", ".zst")))
    return next((name for name in names if name.is_file()), path)


def load_database(source: Source, target: Target, patience: float) -> Merged:
    """Bring the database up to date with the files of `source`.

    Raises ValidationError for malformed records and ConfigurationError for a database that cannot be used.
    """
    backend = _backend(target, patience)
    run = read_run(source.manifest, *source.files())
    with _explained(target), backend.transaction() as connection:
        bring_up_to_date(connection, target.shown)
        staging.create(connection)
        for table, rows in source.rows():
            backend.stage(connection, table, rows)
        merged = merge(connection, run)
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
