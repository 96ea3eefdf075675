"""INSERT ... SELECT ... ON CONFLICT DO UPDATE, for all three databases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


@dataclass(frozen=True, slots=True)
class Write:
    """Rows for a table: its columns by name and what they are selected from.

    `changing` are the columns that a row takes over that is already there; all of them if not given.
    `staged` is the table that the columns are selected from, if they are from one.
    """

    table: sa.Table
    columns: Mapping[str, sa.ColumnElement[Any]]
    only: sa.ColumnElement[bool]
    changing: tuple[str, ...] | None = None
    staged: sa.Table | None = None

    @property
    def changed(self) -> tuple[str, ...]:
        """The columns in which a row can differ from one that is there."""
        return self.changing or tuple(name for name in self.columns if name != "id")


def of_staged(
    table: sa.Table,
    staged: sa.Table,
    only: sa.ColumnElement[bool] | None = None,
    **more: sa.ColumnElement[Any],
) -> Write:
    """All columns of `table` from those of `staged` that bear their names, and from `more`."""
    columns = {column.name: staged.c[column.name] for column in table.columns if column.name in staged.c}
    # SQLite needs a WHERE between SELECT and ON CONFLICT.
    return Write(table, {**columns, **more}, sa.true() if only is None else only, staged=staged)


def write(connection: sa.Connection, writes: Iterable[Write], *, empty: bool = False) -> None:
    """Insert the rows; those that are there already are changed where they differ, and else left untouched.

    `empty` says that none can be there already.
    """
    for one in writes:
        connection.execute(_insert(one) if empty else _upsert(one, connection.dialect.name))


def _insert(one: Write) -> sa.Insert:
    return sa.insert(one.table).from_select([*one.columns], _select(one))


def _upsert(one: Write, dialect: str) -> sa.Insert:
    # DuckDB's dialect takes PostgreSQL's statement.
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(one.table).from_select([*one.columns], _changed(one))
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[one.table.c.id],
        set_={name: new[name] for name in one.changed},
        where=sa.or_(*(one.table.c[name].is_distinct_from(new[name]) for name in one.changed)),
    )


def _changed(one: Write) -> sa.Select[Any]:
    """The rows that are new or differ: a conflict, even one that changes nothing, costs more than a join."""
    if one.staged is None:
        return _select(one)
    there = one.table.alias("there")
    differ = (there.c[name].is_distinct_from(one.columns[name]) for name in one.changed)
    joined = one.staged.outerjoin(there, there.c.id == one.columns["id"])
    return _select(one).select_from(joined).where(sa.or_(there.c.id.is_(None), *differ))


def _select(one: Write) -> sa.Select[Any]:
    return sa.select(*one.columns.values()).where(one.only)
