"""From the staged rows into the tables: upserts that touch only what differs, and no fact left that is gone.

Every statement is SQLAlchemy Core; what comes from files is in the staging tables and never part of SQL.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from newsfacts.errors import ValidationError
from newsfacts.sinks.changes import Changes
from newsfacts.sinks.database import removing, staging
from newsfacts.sinks.database.comparing import of_documents, of_facts
from newsfacts.sinks.database.filling import TABLES, is_empty, keys_come_last, without_keys
from newsfacts.sinks.database.identity import (
    refuse_other_sources,
    refuse_shared_ids,
    refuse_taken_ids,
)
from newsfacts.sinks.database.planning import analyze
from newsfacts.sinks.database.rows import LINE
from newsfacts.sinks.database.run import Run
from newsfacts.sinks.database.schema import dates, documents, errors, facts, places, runs
from newsfacts.sinks.database.sentences import write_sentences
from newsfacts.sinks.database.staging import (
    all_facts,
    staged_dates,
    staged_documents,
    staged_errors,
    staged_places,
    staged_quantities,
)
from newsfacts.sinks.database.writing import Write, of_staged, write


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of documents and facts, and how many errors the files had."""

    documents: Changes
    facts: Changes
    errors: int


def merge(connection: sa.Connection, told: Callable[[], Run], *, prune: bool = False) -> Merged:
    """Bring the tables to what the staged rows say, which are those of the run that `told` gives at last.

    `prune` also removes documents of the run's source that the run has not. Raises ValidationError for a
    reference to no fact and for a fact of another document's id, ConfigurationError for a document of another
    source's id.
    """
    _keep_last_records(connection)
    _add_documents_of_facts(connection)
    analyze(connection, staging.TABLES.values())
    counts, run = _counts(connection), told()
    if is_empty(connection):
        _write_run(connection, run, counts)
        _write_first(connection, run)
        changes = Changes(counts["documents"]), Changes(counts["facts"])
    else:
        lost = removing.prune(connection, run.source) if prune and run.source else (0, 0)
        refuse_other_sources(connection, run)
        refuse_taken_ids(connection)
        stale = removing.remove_stale_facts(connection)
        changes = (
            of_documents(connection, run, counts["documents"], lost[0]),
            of_facts(connection, counts["facts"], lost[1] + stale),
        )
        _write_run(connection, run, counts)
        _write_changes(connection, run, changes[1])
    _write_errors(connection, run)
    return Merged(*changes, counts["errors"])


def _write_first(connection: sa.Connection, run: Run) -> None:
    if keys_come_last(connection):
        _fill(connection, run)
    else:
        _check_references(connection)
        write(connection, [*_documents(run), *_facts()], empty=True)
        write_sentences(connection, empty=True)


def _write_changes(connection: sa.Connection, run: Run, of_these: Changes) -> None:
    _check_references(connection)
    write(connection, _documents(run))
    if of_these.inserted or of_these.updated:
        write(connection, _facts())
    write_sentences(connection)


def _fill(connection: sa.Connection, run: Run) -> None:
    try:
        with connection.begin_nested(), without_keys(connection):
            write(connection, _documents(run), empty=True)
            write(connection, _facts(), empty=True)
            write_sentences(connection, empty=True)
            analyze(connection, TABLES)
    except sa.exc.IntegrityError:
        _check_references(connection)  # says which fact it was
        raise


def _keep_last_records(connection: sa.Connection) -> None:
    if _is_any_twice(connection, all_facts()):
        refuse_shared_ids(connection)
        _keep_last(connection, all_facts(), *staging.FACTS)
    for staged in (staged_documents, staged_errors):
        if _is_any_twice(connection, staged):
            _keep_last(connection, staged, staged)


def _is_any_twice(connection: sa.Connection, rows: sa.FromClause) -> bool:
    several = sa.func.count() > sa.func.count(rows.c.id.distinct())
    return bool(connection.execute(sa.select(several).select_from(rows)).scalar_one())


def _keep_last(connection: sa.Connection, rows: sa.FromClause, *tables: sa.Table) -> None:
    """Of the rows with one id, delete all but the last from the tables."""
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
    started: sa.ColumnElement[Any] = told.get("started", sa.cast(sa.null(), runs.c.started.type))
    sequence = sa.literal(_sequence(connection, run.id, started), sa.Integer)
    columns = {name: told.get(name, sa.null()) for name in row} | {"sequence": sequence}
    write(connection, [Write(runs, columns, sa.true())])


def _sequence(connection: sa.Connection, run: str, started: sa.ColumnElement[Any]) -> int:
    """The place of the run: the last if it is new or was done anew; one loaded again keeps its own."""
    done_anew = sa.func.coalesce(runs.c.started < started, sa.false())
    stored = connection.execute(sa.select(runs.c.sequence, done_anew).where(runs.c.id == run)).first()
    if stored is not None and not stored[1]:
        return int(stored[0])
    last = sa.select(sa.func.coalesce(sa.func.max(runs.c.sequence), 0))
    return int(connection.execute(last).scalar_one()) + 1


def _documents(run: Run) -> Iterator[Write]:
    staged = staged_documents.c
    of_run = {"run_id": sa.literal(run.id)}
    if run.source is not None:  # one that names none leaves what is known of its documents
        of_run["source"] = sa.literal(run.source)
    yield of_staged(documents, staged_documents, staged[LINE].is_not(None), **of_run)
    # What an earlier run said of a document that only facts name now stays.
    columns = {"id": staged.id, "published": staged.published, **of_run}
    yield Write(documents, columns, staged[LINE].is_(None), tuple(of_run), staged_documents)


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
    if run.source is not None:  # another source may have other files of these names
        same = sa.or_(runs.c.source.is_(None), runs.c.source == run.source)
        again = sa.and_(again, errors.c.run_id.in_(sa.select(runs.c.id).where(same)))
    told = sa.exists().where(staged.id == errors.c.id)
    connection.execute(sa.delete(errors).where(again, ~told))
    write(connection, [of_staged(errors, staged_errors, run_id=sa.literal(run.id))])
