"""PostgreSQL by psycopg 3."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from psycopg import sql

from extract.sinks.database.rows import Row
from extract.sinks.database.target import Target

#: Key of the advisory lock that loads of newsfacts take: "newsfact" as a number.
_LOCK = int.from_bytes(b"newsfact")
#: For this transaction: the defaults (4 and 64 MB) would sort and join a million rows on disk.
_MEMORY = {"work_mem": "128MB", "maintenance_work_mem": "256MB"}


class PostgreSQL:
    """A PostgreSQL database. What the address leaves out comes from PGHOST, PGPASSWORD, ~/.pgpass etc."""

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

    def stage(self, connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
        """See Backend. One COPY, streamed; the planner is then told what the table holds."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with driver.cursor() as cursor:
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table.name))) as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table.name)))
