"""From the staged rows into the tables: upserts that touch only what differs, and no fact left that is gone.

Every statement is SQLAlchemy Core; what comes from files is in the staging tables and never part of SQL.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from extract.errors import ValidationError
from extract.sinks.database import staging
from extract.sinks.database.filling import TABLES, is_empty, keys_come_last, without_keys
from extract.sinks.database.planning import analyze
from extract.sinks.database.rows import LINE
from extract.sinks.database.run import Run
from extract.sinks.database.schema import dates, documents, errors, facts, places, runs
from extract.sinks.database.staging import (
    all_facts,
    staged_dates,
    staged_documents,
    staged_errors,
    staged_places,
    staged_quantities,
)
from extract.sinks.database.writing import Write, of_staged, write


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows that the files had, each id once, and stale facts that were removed."""

    documents: int
    facts: int
    errors: int
    removed: int


def merge(connection: sa.Connection, told: Callable[[], Run]) -> Merged:
    """Bring the tables to what the staged rows say, which are those of the run that `told` gives at last.

    Raises ValidationError for a reference to no fact.
    """
    _keep_last(connection, all_facts(), *staging.FACTS)
    for staged in (staged_documents, staged_errors):
        _keep_last(connection, staged, staged)
    _add_documents_of_facts(connection)
    analyze(connection, staging.TABLES.values())
    removed = _remove_stale_facts(connection) if _is_any_known(connection) else 0
    counts, run = _counts(connection), told()
    _write_run(connection, run, counts)
    if keys_come_last(connection):
        _fill(connection, run)
    else:
        _check_references(connection)
        empty = is_empty(connection)
        write(connection, _documents(run), empty=empty)
        write(connection, _facts(), empty=empty)
    _write_errors(connection, run)
    return Merged(**counts, removed=removed)


def _fill(connection: sa.Connection, run: Run) -> None:
    try:
        with connection.begin_nested(), without_keys(connection):
            write(connection, _documents(run), empty=True)
            write(connection, _facts(), empty=True)
            analyze(connection, TABLES)
    except sa.exc.IntegrityError:
        _check_references(connection)  # says which fact it was
        raise


def _keep_last(connection: sa.Connection, rows: sa.FromClause, *tables: sa.Table) -> None:
    """Of the rows with one id, delete all but the last from the tables."""
    several = sa.func.count() > sa.func.count(rows.c.id.distinct())
    if not connection.execute(sa.select(several).select_from(rows)).scalar_one():
        return
    last = (
        sa.select(rows.c.id, sa.func.max(rows.c[LINE]).label("line"))
        .group_by(rows.c.id)
        .having(sa.func.count() > 1)
        .subquery()
    )
    for table in tables:
        one = table.alias()
        earlier = sa.select(one.c[LINE]).join(last, sa.and_(last.c.id == one.c.id, last.c.line > one.c[LINE]))
        connection.execute(sa.delete(table).where(table.c[LINE].in_(earlier)))


def _check_references(connection: sa.Connection) -> None:
    named = {"time_id": staged_dates, "place_id": staged_places, "same_as": all_facts()}
    for column, there in named.items():
        refers = staged_quantities.c[column]
        known = sa.exists().where(there.c.id == refers)
        # The least of all rather than any one (LIMIT 1), for which PostgreSQL would search row by row.
        lost = sa.select(sa.func.min(staged_quantities.c.id)).where(refers.is_not(None), ~known)
        fact = connection.execute(lost).scalar()
        if fact is not None:
            raise ValidationError(
                f"`{column.removesuffix('_id')}` of fact {fact!r} refers to a fact that is not there",
                remedy="`newsfacts validate` names the line.",
            )


def _add_documents_of_facts(connection: sa.Connection) -> None:
    """A facts file without documents.jsonl still names its documents."""
    told = all_facts()
    known = sa.exists().where(staged_documents.c.id == told.c.doc_id)
    named = sa.select(told.c.doc_id, sa.func.max(told.c.published)).where(~known).group_by(told.c.doc_id)
    connection.execute(sa.insert(staged_documents).from_select(["id", "published"], named))


def _is_any_known(connection: sa.Connection) -> bool:
    """Whether an earlier load had one of the documents."""
    there = sa.select(documents.c.id).join(staged_documents, staged_documents.c.id == documents.c.id)
    return connection.execute(there.limit(1)).first() is not None


def _remove_stale_facts(connection: sa.Connection) -> int:
    """Delete facts that their documents no longer have; how many."""
    stale = _stale_facts()
    # Explicitly, because DuckDB has no foreign keys that would cascade.
    for part, staged in ((dates, staged_dates), (places, staged_places)):
        loaded = sa.select(facts.c.id).join(staged_documents, staged_documents.c.id == facts.c.doc_id)
        still = sa.exists().where(staged.c.id == part.c.id)
        connection.execute(sa.delete(part).where(part.c.id.in_(loaded), ~still))
    count = connection.execute(sa.select(sa.func.count()).select_from(facts).where(stale)).scalar_one()
    if count:
        connection.execute(sa.delete(facts).where(stale))
    return count


def _stale_facts() -> sa.ColumnElement[bool]:
    told = all_facts()
    loaded = sa.exists().where(staged_documents.c.id == facts.c.doc_id)
    still = sa.exists().where(told.c.id == facts.c.id)
    return sa.and_(loaded, ~still)


def _counts(connection: sa.Connection) -> dict[str, int]:
    tables = {"documents": staged_documents, "facts": all_facts(), "errors": staged_errors}
    return {
        name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
    }


def _write_run(connection: sa.Connection, run: Run, counts: dict[str, int]) -> None:
    row = dataclasses.asdict(run) | counts
    # Bound as text and cast by the database: moments are ISO 8601.
    told = {n: sa.cast(sa.bindparam(n, v, sa.Text), runs.c[n].type) for n, v in row.items() if v is not None}
    following = sa.select(sa.func.coalesce(sa.func.max(runs.c.sequence), 0) + 1).scalar_subquery()
    columns = {name: told.get(name, sa.null()) for name in row} | {"sequence": following}
    changing = tuple(name for name in row if name != "id")
    write(connection, [Write(runs, columns, sa.true(), changing)])


def _documents(run: Run) -> Iterator[Write]:
    staged, loaded_by = staged_documents.c, sa.literal(run.id)
    yield of_staged(documents, staged_documents, staged[LINE].is_not(None), run_id=loaded_by)
    # What an earlier run said of a document that only facts name now stays.
    columns = {"id": staged.id, "published": staged.published, "run_id": loaded_by}
    yield Write(documents, columns, staged[LINE].is_(None), ("run_id",))


def _facts() -> Iterator[Write]:
    yield from (of_staged(facts, staged) for staged in staging.FACTS)
    yield of_staged(dates, staged_dates)
    yield of_staged(places, staged_places)


def _write_errors(connection: sa.Connection, run: Run) -> None:
    """Errors of documents and files that this run has read or tried again are those that it tells."""
    staged = staged_errors.c
    again = sa.or_(
        errors.c.doc_id.in_(sa.select(staged_documents.c.id)),
        errors.c.path.in_(sa.select(staged_documents.c.path).where(staged_documents.c.path.is_not(None))),
        errors.c.path.in_(sa.select(staged.path)),
    )
    told = sa.exists().where(staged.id == errors.c.id)
    connection.execute(sa.delete(errors).where(again, ~told))
    write(connection, [of_staged(errors, staged_errors, run_id=sa.literal(run.id))])
