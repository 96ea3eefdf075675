"""What PostgreSQL's planner must know of tables that have just been filled; it would guess for a minute."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

#: Columns that tables are joined by or searched for.
_KEYS = frozenset({"id", "doc_id", "type", "time_id", "place_id", "same_as", "path", "run_id", "start_char"})


def analyze(connection: sa.Connection, tables: Iterable[sa.Table]) -> None:
    """Count anew what is in the key columns of these tables. The other databases need no such thing."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        keys = ", ".join(column.name for column in table.columns if column.name in _KEYS)
        connection.exec_driver_sql(f"ANALYZE {table.name} ({keys})")  # both are ours
