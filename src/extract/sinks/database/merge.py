"""From the staged rows into the tables: upserts that touch only what differs, and no fact left that is gone.

Every statement is SQLAlchemy Core; what comes from files is in the staging tables and never part of SQL.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from extract.errors import ValidationError
from extract.sinks.database.run import Run
from extract.sinks.database.schema import dates, documents, errors, facts, places, runs
from extract.sinks.database.staging import LINE, staged_documents, staged_errors, staged_facts


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows that the files had, each id once, and stale facts that were removed."""

    documents: int
    facts: int
    errors: int
    removed: int


def merge(connection: sa.Connection, run: Run) -> Merged:
    """Bring the tables to what the staged rows say. Raises ValidationError for a reference to no fact."""
    for staged in (staged_documents, staged_facts, staged_errors):
        _keep_last(connection, staged)
    _check_references(connection)
    _add_documents_of_facts(connection)
    removed = _remove_stale_facts(connection)
    counts = _counts(connection)
    _write_run(connection, run, counts)
    _write_documents(connection, run)
    _upsert(connection, facts, staged_facts)
    _upsert(connection, dates, staged_facts, staged_facts.c.type == "date")
    _upsert(connection, places, staged_facts, staged_facts.c.type == "place")
    _write_errors(connection, run)
    return Merged(**counts, removed=removed)


def _keep_last(connection: sa.Connection, staged: sa.Table) -> None:
    last = (
        sa.select(staged.c.id, sa.func.max(staged.c[LINE]).label("last"))
        .group_by(staged.c.id)
        .having(sa.func.count() > 1)
        .subquery()
    )
    earlier = sa.exists().where(last.c.id == staged.c.id, last.c.last > staged.c[LINE])
    connection.execute(sa.delete(staged).where(earlier))


def _check_references(connection: sa.Connection) -> None:
    for column, wanted in (("time_id", "date"), ("place_id", "place"), ("same_as", None)):
        named = staged_facts.alias()
        known = named.c.id == staged_facts.c[column]
        there = sa.exists().where(known if wanted is None else sa.and_(known, named.c.type == wanted))
        lost = sa.select(staged_facts.c.id).where(staged_facts.c[column].is_not(None), ~there).limit(1)
        fact = connection.execute(lost).scalar()
        if fact is not None:
            raise ValidationError(
                f"`{column.removesuffix('_id')}` of fact {fact!r} refers to a fact that is not there",
                remedy="`newsfacts validate` names the line.",
            )


def _add_documents_of_facts(connection: sa.Connection) -> None:
    """A facts file without documents.jsonl still names its documents."""
    known = sa.exists().where(staged_documents.c.id == staged_facts.c.doc_id)
    named = (
        sa.select(staged_facts.c.doc_id, sa.func.max(staged_facts.c.published))
        .where(~known)
        .group_by(staged_facts.c.doc_id)
    )
    connection.execute(sa.insert(staged_documents).from_select(["id", "published"], named))


def _remove_stale_facts(connection: sa.Connection) -> int:
    """Delete facts that their documents no longer have; how many."""
    stale = _stale_facts()
    # Explicitly, because DuckDB has no foreign keys that would cascade.
    for part, fact_type in ((dates, "date"), (places, "place")):
        still = sa.exists().where(staged_facts.c.id == part.c.id, staged_facts.c.type == fact_type)
        loaded = sa.select(facts.c.id).join(staged_documents, staged_documents.c.id == facts.c.doc_id)
        connection.execute(sa.delete(part).where(part.c.id.in_(loaded), ~still))
    count = connection.execute(sa.select(sa.func.count()).select_from(facts).where(stale)).scalar_one()
    if count:
        connection.execute(sa.delete(facts).where(stale))
    return count


def _stale_facts() -> sa.ColumnElement[bool]:
    loaded = sa.exists().where(staged_documents.c.id == facts.c.doc_id)
    still = sa.exists().where(staged_facts.c.id == facts.c.id)
    return sa.and_(loaded, ~still)


def _counts(connection: sa.Connection) -> dict[str, int]:
    tables = {"documents": staged_documents, "facts": staged_facts, "errors": staged_errors}
    return {
        name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
    }


def _write_run(connection: sa.Connection, run: Run, counts: dict[str, int]) -> None:
    following = sa.select(sa.func.coalesce(sa.func.max(runs.c.sequence), 0) + 1)
    row = dataclasses.asdict(run) | counts
    # Bound as text and cast by the database: moments are ISO 8601.
    columns: list[Any] = [
        sa.cast(sa.bindparam(name, value, sa.Text), runs.c[name].type) if value is not None else sa.null()
        for name, value in row.items()
    ]
    source = sa.select(*columns, following.scalar_subquery())
    names = [*row, "sequence"]
    connection.execute(_insert(connection, runs, names, source, [n for n in row if n != "id"]))


def _write_documents(connection: sa.Connection, run: Run) -> None:
    staged = staged_documents.c
    own = [c.name for c in documents.columns if c.name in staged]
    told = sa.select(*(staged[name] for name in own), sa.literal(run.id)).where(staged[LINE].is_not(None))
    names = [*own, "run_id"]
    connection.execute(_insert(connection, documents, names, told, [n for n in names if n != "id"]))
    # What an earlier run said of a document that only facts name now stays.
    named = sa.select(staged.id, staged.published, sa.literal(run.id)).where(staged[LINE].is_(None))
    connection.execute(_insert(connection, documents, ["id", "published", "run_id"], named, ["run_id"]))


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
    own = [c.name for c in errors.columns if c.name in staged]
    source = sa.select(*(staged[name] for name in own), sa.literal(run.id)).where(sa.true())
    names = [*own, "run_id"]
    connection.execute(_insert(connection, errors, names, source, [n for n in names if n != "id"]))


def _upsert(connection: sa.Connection, table: sa.Table, staged: sa.Table, *only: Any) -> None:
    names = [column.name for column in table.columns]
    source = sa.select(*(staged.c[name] for name in names)).where(*only or (sa.true(),))
    connection.execute(_insert(connection, table, names, source, [n for n in names if n != "id"]))


def _insert(
    connection: sa.Connection, table: sa.Table, names: list[str], source: Any, changing: list[str]
) -> sa.Executable:
    """INSERT ... SELECT ... ON CONFLICT (id) DO UPDATE of rows of which one of `changing` differs."""
    # DuckDB's dialect takes PostgreSQL's statement.
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).from_select(names, source)
    new = statement.excluded
    differs = sa.or_(*(table.c[name].is_distinct_from(new[name]) for name in changing))
    return statement.on_conflict_do_update(
        index_elements=[table.c.id], set_={name: new[name] for name in changing}, where=differs
    )
