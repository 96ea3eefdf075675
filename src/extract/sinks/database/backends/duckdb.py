"""DuckDB, by Arrow tables."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa
import sqlalchemy as sa

from newsfacts.sinks.database.reading import Batch
from newsfacts.sinks.database.rows import Kind, Row
from newsfacts.sinks.database.staging import TABLES
from newsfacts.sinks.database.target import Target

_BATCH = 20_000
#: What does not fit goes to a folder beside the database; the default is most of the machine's memory.
_MEMORY = "512MB"
_BATCH_NAME = "newsfacts_batch"


class DuckDB:
    """A DuckDB file. It belongs to one process at a time; others wait up to `patience` seconds."""

    errors: tuple[type[Exception], ...] = (duckdb.Error, pa.ArrowException, OverflowError)

    def __init__(self, target: Target, patience: float) -> None:
        self._target = target
        self._patience = patience

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """See Backend."""
        self._target.require_folder()
        engine = sa.create_engine(self._target.url, poolclass=sa.NullPool)
        with self._connect(engine) as connection, connection.begin():
            connection.exec_driver_sql(f"SET memory_limit = '{_MEMORY}'")
            connection.exec_driver_sql("SET enable_progress_bar = false")  # it would go to standard output
            yield connection

    def _connect(self, engine: sa.Engine) -> sa.Connection:
        give_up = time.monotonic() + self._patience
        while True:
            try:
                return engine.connect()
            except sa.exc.DBAPIError as error:
                if "lock on file" not in str(error.orig) or time.monotonic() > give_up:
                    raise
            time.sleep(0.1)

    def stage(self, connection: sa.Connection, batches: Iterable[Batch]) -> None:
        """See Backend. Outside the transaction, whose rows DuckDB would hold in memory until its end."""
        driver: Any = connection.connection.driver_connection
        driver.commit()
        for kind, rows in _gathered(batches):
            _insert(connection, TABLES[kind], rows)
        driver.begin()

    def fill(self, connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
        """See Backend."""
        for some in _pieces(rows):
            _insert(connection, table, some)


def _insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    names = [column.name for column in table.columns]
    source = sa.table(_BATCH_NAME, *(sa.column(name) for name in names))
    driver.register(_BATCH_NAME, _arrow_table(table, rows))
    driver.execute(str(sa.insert(table).from_select(names, sa.select(*source.c)).compile(connection)))
    driver.unregister(_BATCH_NAME)


def _gathered(batches: Iterable[Batch]) -> Iterator[tuple[Kind, list[Row]]]:
    """Few large batches in place of many small ones."""
    held: defaultdict[Kind, list[Row]] = defaultdict(list)
    for kind, rows in batches:
        held[kind].extend(rows)
        if len(held[kind]) >= _BATCH:
            yield kind, held.pop(kind)
    yield from ((kind, rows) for kind, rows in held.items() if rows)


def _arrow_table(table: sa.Table, rows: Sequence[Row]) -> pa.Table:
    schema = pa.schema([(column.name, _arrow_type(column.type)) for column in table.columns])
    columns = zip(*rows, strict=True)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.table(arrays, schema=schema)


def _arrow_type(column: sa.types.TypeEngine[Any]) -> pa.DataType:
    """The Arrow type of our values; days and JSON are text that DuckDB casts to the column's type."""
    if isinstance(column, sa.Boolean):
        return pa.bool_()
    if isinstance(column, sa.Integer):
        return pa.int64()
    return pa.float64() if isinstance(column, sa.Float) else pa.string()


def _pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while some := list(islice(left, _BATCH)):
        yield some
