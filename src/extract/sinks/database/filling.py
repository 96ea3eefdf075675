"""The first load into empty tables: keys and indexes are built and checked once for all rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from extract.sinks.database.schema import dates, documents, facts, places

_TABLES = (documents, facts, dates, places)


@contextmanager
def filling(connection: sa.Connection) -> Iterator[bool]:
    """Within it rows are written. True where the tables are empty, so that no row can be in conflict.

    Then PostgreSQL has neither keys nor indexes meanwhile: sorting a million keys once is several times
    faster than a million searches. SQLite needs its indexes to check its keys; DuckDB has nothing but keys.
    """
    empty = not any(connection.execute(sa.select(t.c.id).limit(1)).first() for t in (documents, facts))
    if not empty or connection.dialect.name != "postgresql":
        yield empty
        return
    for constraint in reversed(_constraints()):
        connection.execute(sa.schema.DropConstraint(constraint))
    for index in _indexes():
        connection.execute(sa.schema.DropIndex(index))
    yield True
    for index in _indexes():
        connection.execute(sa.schema.CreateIndex(index))
    for constraint in _constraints():
        connection.execute(sa.schema.AddConstraint(constraint))


def _indexes() -> list[sa.Index]:
    return [index for table in _TABLES for index in sorted(table.indexes, key=lambda i: str(i.name))]


def _constraints() -> list[sa.Constraint]:
    """Primary keys, then the foreign keys that need them."""
    foreign = [key for table in _TABLES for key in table.foreign_key_constraints]
    return [*(table.primary_key for table in _TABLES), *sorted(foreign, key=lambda key: str(key.name))]
