"""PostgreSQL by psycopg 3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

import psycopg
import sqlalchemy as sa
from psycopg import sql

from newsfacts.sinks.database.backends.ahead import ahead
from newsfacts.sinks.database.backends.csv_copy import OPTIONS, csv_lines
from newsfacts.sinks.database.reading import Batch
from newsfacts.sinks.database.rows import Kind, Row
from newsfacts.sinks.database.staging import TABLES
from newsfacts.sinks.database.target import Target

#: Key of the advisory lock that loads of newsfacts take: "newsfact" as a number.
_LOCK = int.from_bytes(b"newsfact")
#: For this transaction: the defaults (4 and 64 MB) would sort and join a million rows on disk.
_MEMORY = {"work_mem": "128MB", "maintenance_work_mem": "256MB"}
_COPY = sql.SQL("COPY {} FROM STDIN (" + OPTIONS + ")")
#: Bytes of a COPY, and how many blocks are read before the server has taken them.
_BLOCK, _AHEAD = 1 << 20, 4
_ROWS = 1000


class PostgreSQL:
    """A PostgreSQL database. What the address leaves out comes from PGHOST, PGPASSWORD, ~/.pgpass etc."""

    errors: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, target: Target) -> None:
        self._target = target

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """See Backend. Other loads wait; readers are never in the way and see nothing until the commit."""
        engine = sa.create_engine(
            self._target.url,
            poolclass=sa.NullPool,
            connect_args={"fallback_application_name": "newsfacts load", "client_encoding": "utf8"},
        )
        with engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            for setting, size in _MEMORY.items():
                connection.execute(sa.select(sa.func.set_config(setting, size, True)))
            yield connection

    def stage(self, connection: sa.Connection, batches: Iterable[Batch]) -> None:
        """See Backend. By COPY; the next batch is read meanwhile."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        lines = _gathered((kind, csv_lines(rows)) for kind, rows in batches)
        with driver.cursor() as cursor, ahead(lines, _AHEAD) as ready:
            for kind, block in ready:
                with cursor.copy(_COPY.format(sql.Identifier(TABLES[kind].name))) as copy:
                    copy.write(block)

    def fill(self, connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
        """See Backend."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with (
            driver.cursor() as cursor,
            cursor.copy(_COPY.format(sql.Identifier(table.name))) as copy,
        ):
            for some in _pieces(rows):
                copy.write(csv_lines(some))


def _gathered(blocks: Iterable[tuple[Kind, bytes]]) -> Iterator[tuple[Kind, bytearray]]:
    """Few large blocks in place of many small ones."""
    held: defaultdict[Kind, bytearray] = defaultdict(bytearray)
    for kind, block in blocks:
        held[kind] += block
        if len(held[kind]) >= _BLOCK:
            yield kind, held.pop(kind)
    yield from held.items()


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, _ROWS)):
        yield some
