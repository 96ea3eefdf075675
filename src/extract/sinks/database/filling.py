"""The first load into empty tables: keys and indexes are built and checked once for all rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from newsfacts.sinks.database.schema import dates, documents, facts, places, sentences

#: Tables that may be filled so.
TABLES = (documents, facts, dates, places, sentences)


def is_empty(connection: sa.Connection) -> bool:
    """Whether no row can be there already."""
    return not any(connection.execute(sa.select(t.c.id).limit(1)).first() for t in (documents, facts))


def keys_come_last(connection: sa.Connection) -> bool:
    """Whether rows are best written without keys and indexes, which are then made for all of them.

    In PostgreSQL, where the tables are empty: sorting a million keys once is several times faster than a
    million searches. SQLite needs its indexes to check its keys; DuckDB has nothing but keys.
    """
    return connection.dialect.name == "postgresql" and is_empty(connection)


@contextmanager
def without_keys(connection: sa.Connection) -> Iterator[None]:
    """Takes keys and indexes away while rows are written. Raises IntegrityError where a row breaks a key."""
    for constraint in reversed(_constraints()):
        connection.execute(sa.schema.DropConstraint(constraint))
    for index in _indexes():
        connection.execute(sa.schema.DropIndex(index))
    yield
    for index in _indexes():
        connection.execute(sa.schema.CreateIndex(index))
    for constraint in _constraints():
        connection.execute(sa.schema.AddConstraint(constraint))


def _indexes() -> list[sa.Index]:
    return [index for table in TABLES for index in sorted(table.indexes, key=lambda i: str(i.name))]


def _constraints() -> list[sa.Constraint]:
    """Primary keys, then the foreign keys that need them."""
    foreign = [key for table in TABLES for key in table.foreign_key_constraints]
    return [*(table.primary_key for table in TABLES), *sorted(foreign, key=lambda key: str(key.name))]
