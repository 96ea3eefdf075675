"""SQLite by the standard library's driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from newsfacts.sinks.database.reading import Batch
from newsfacts.sinks.database.rows import Row
from newsfacts.sinks.database.staging import TABLES
from newsfacts.sinks.database.target import Target


class SQLite:
    """A SQLite file; other loads wait up to `patience` seconds for their turn."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error, OverflowError)

    def __init__(self, target: Target, patience: float) -> None:
        self._target = target
        self._patience = patience

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """See Backend. Takes the write lock at once: a lock taken later could not be waited for."""
        self._target.require_folder()
        engine = sa.create_engine(
            self._target.url, poolclass=sa.NullPool, connect_args={"timeout": self._patience}
        )
        sa.event.listen(engine, "connect", _prepare)
        sa.event.listen(engine, "begin", _begin)
        with engine.begin() as connection:
            yield connection

    def stage(self, connection: sa.Connection, batches: Iterable[Batch]) -> None:
        """See Backend."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        inserts = {kind: str(sa.insert(t).compile(dialect=connection.dialect)) for kind, t in TABLES.items()}
        for kind, rows in batches:
            driver.executemany(inserts[kind], rows)
        for table in TABLES.values():
            # SQLite joins by index only; the others hash. The names are ours.
            key = "id" if "id" in table.c else "doc_id, start_char"
            driver.execute(f"CREATE INDEX temp.{table.name}_by_id ON {table.name} ({key})")

    def fill(self, connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
        """See Backend."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.executemany(str(sa.insert(table).compile(dialect=connection.dialect)), rows)


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, so that they hold DDL too
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
