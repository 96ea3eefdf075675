"""What is no longer true: facts that their documents have lost, and documents that a source has lost.

Rows are deleted from every table in turn: DuckDB has no foreign keys that would cascade, and those of SQLite
hold only for connections that ask for them.
"""

from __future__ import annotations

import sqlalchemy as sa

from newsfacts.sinks.database.schema import dates, documents, errors, facts, places, runs, sentences
from newsfacts.sinks.database.staging import (
    all_facts,
    staged_dates,
    staged_documents,
    staged_errors,
    staged_places,
)


def remove_stale_facts(connection: sa.Connection) -> int:
    """Delete facts that their documents, which are staged, no longer have; how many."""
    if not _is_any_known(connection):
        return 0
    stale = _stale_facts()
    for part, staged in ((dates, staged_dates), (places, staged_places)):
        loaded = sa.select(facts.c.id).join(staged_documents, staged_documents.c.id == facts.c.doc_id)
        still = sa.exists().where(staged.c.id == part.c.id)
        connection.execute(sa.delete(part).where(part.c.id.in_(loaded), ~still))
    return _delete(connection, facts, stale)


def _is_any_known(connection: sa.Connection) -> bool:
    """Whether an earlier load had one of the documents."""
    there = sa.select(documents.c.id).join(staged_documents, staged_documents.c.id == documents.c.id)
    return connection.execute(there.limit(1)).first() is not None


def _stale_facts() -> sa.ColumnElement[bool]:
    told = all_facts()
    loaded = sa.exists().where(staged_documents.c.id == facts.c.doc_id)
    still = sa.exists().where(told.c.id == facts.c.id)
    return sa.and_(loaded, ~still)


def prune(connection: sa.Connection, source: str) -> tuple[int, int]:
    """Delete the documents of a source that are not staged, with all that is theirs; (documents, facts).

    A document stays that the run could not read: an error names it, or its file, which gave nothing.
    Rows whose document or fact was deleted by hand go too.
    """
    gone = sa.select(documents.c.id).where(_is_gone(source))
    theirs = sa.select(facts.c.id).where(facts.c.doc_id.in_(gone))
    for part in (dates, places):
        connection.execute(sa.delete(part).where(part.c.id.in_(theirs)))
    connection.execute(sa.delete(sentences).where(sentences.c.doc_id.in_(gone)))
    lost_facts = _delete(connection, facts, facts.c.doc_id.in_(gone))
    lost = _delete(connection, documents, _is_gone(source))
    lost_facts += _delete(connection, facts, ~sa.exists().where(documents.c.id == facts.c.doc_id))
    _delete(connection, sentences, ~sa.exists().where(documents.c.id == sentences.c.doc_id))
    for part in (dates, places):
        _delete(connection, part, ~sa.exists().where(facts.c.id == part.c.id))
    told = sa.exists().where(staged_errors.c.id == errors.c.id)
    of_source = errors.c.run_id.in_(sa.select(runs.c.id).where(runs.c.source == source))
    connection.execute(sa.delete(errors).where(of_source, ~told))
    return lost, lost_facts


def _is_gone(source: str) -> sa.ColumnElement[bool]:
    staged, failed = staged_documents.c, staged_errors.c
    told = sa.exists().where(staged.id == documents.c.id)
    named = sa.exists().where(failed.doc_id == documents.c.id)
    file_failed = sa.exists().where(failed.path == documents.c.path)
    file_read = sa.exists().where(staged.path == documents.c.path)
    return sa.and_(documents.c.source == source, ~told, ~named, ~sa.and_(file_failed, ~file_read))


def _delete(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    count = connection.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one()
    if count:
        connection.execute(sa.delete(table).where(where))
    return int(count)
