"""What a load changes in the tables: which rows are new, differ or are as they were."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from newsfacts.sinks.changes import Changes
from newsfacts.sinks.database.rows import LINE
from newsfacts.sinks.database.run import Run
from newsfacts.sinks.database.schema import dates, documents, facts, places
from newsfacts.sinks.database.staging import (
    staged_dates,
    staged_documents,
    staged_places,
    staged_quantities,
)

#: The staged tables of facts, and what holds the columns that others have not.
_PARTS = ((staged_quantities, None), (staged_dates, dates), (staged_places, places))


def of_documents(connection: sa.Connection, run: Run, total: int, removed: int) -> Changes:
    """What becomes of the staged documents, of which there are `total`, before they are written."""
    told = staged_documents.c[LINE].is_not(None)
    differ = _differ(documents, staged_documents)
    if run.source is not None:
        differ = sa.or_(differ, documents.c.source.is_distinct_from(run.source))
    joined = staged_documents.join(documents, documents.c.id == staged_documents.c.id)
    known, updated = _counted(connection, joined, sa.and_(told, differ))
    return Changes(total - known, updated, removed, known - updated)


def of_facts(connection: sa.Connection, total: int, removed: int) -> Changes:
    """What becomes of the staged facts, of which there are `total`, before they are written."""
    known = updated = 0
    for staged, part in _PARTS:
        joined, differ = staged.join(facts, facts.c.id == staged.c.id), _differ(facts, staged)
        if part is not None:
            joined = joined.outerjoin(part, part.c.id == staged.c.id)
            differ = sa.or_(differ, _differ(part, staged))
        there, changed = _counted(connection, joined, differ)
        known, updated = known + there, updated + changed
    return Changes(total - known, updated, removed, known - updated)


def _differ(table: sa.Table, staged: sa.Table) -> sa.ColumnElement[bool]:
    names = [c.name for c in table.columns if c.name in staged.c and c.name != "id"]
    return sa.or_(*(table.c[name].is_distinct_from(staged.c[name]) for name in names))


def _counted(
    connection: sa.Connection, joined: sa.FromClause, differ: sa.ColumnElement[bool]
) -> tuple[int, int]:
    """(rows, rows that differ)."""
    changed: sa.ColumnElement[Any] = sa.func.coalesce(sa.func.sum(sa.case((differ, 1), else_=0)), 0)
    there, updated = connection.execute(sa.select(sa.func.count(), changed).select_from(joined)).one()
    return int(there), int(updated)
