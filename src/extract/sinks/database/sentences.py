"""The table of sentences: each that tells a fact, once."""

from __future__ import annotations

import sqlalchemy as sa

from newsfacts.sinks.database.rows import LINE
from newsfacts.sinks.database.schema import sentences
from newsfacts.sinks.database.staging import staged_documents, staged_sentences


def write_sentences(connection: sa.Connection, *, empty: bool = False) -> None:
    """Bring the sentences of the staged documents to what is staged; those that are the same stay untouched.

    `empty` says that none can be there already.
    """
    # Before any is deleted: DuckDB would not give the number of a deleted row to another until the commit.
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(sentences.c.id), 0))).scalar_one()
    if not empty:
        known = sa.exists().where(staged_documents.c.id == sentences.c.doc_id)
        connection.execute(sa.delete(sentences).where(known, ~_same()))
    told = _told()
    number = sa.func.row_number().over(order_by=(told.c.doc_id, told.c.start_char, told.c.end_char))
    new = sa.select(
        (number + last).label("id"), told.c.doc_id, told.c.start_char, told.c.end_char, told.c.text
    )
    if not empty:
        new = new.where(~_there(told))
    names = [column.name for column in new.selected_columns]
    connection.execute(sa.insert(sentences).from_select(names, new))


def _told() -> sa.Subquery:
    """The staged sentences, each once; of several texts for one span the last counts."""
    one = staged_sentences
    span = (one.c.doc_id, one.c.start_char, one.c.end_char)
    last = sa.select(*span, sa.func.max(one.c[LINE]).label("line")).group_by(*span).subquery()
    same = (*(one.c[c.name] == last.c[c.name] for c in span), one.c[LINE] == last.c.line)
    return sa.select(*span, one.c.text).join(last, sa.and_(*same)).subquery("told")


def _there(told: sa.Subquery) -> sa.ColumnElement[bool]:
    there = sentences.alias("there")
    return sa.exists().where(
        *(there.c[name] == told.c[name] for name in ("doc_id", "start_char", "end_char"))
    )


def _same() -> sa.ColumnElement[bool]:
    names = ("doc_id", "start_char", "end_char", "text")
    return sa.exists().where(*(staged_sentences.c[name] == sentences.c[name] for name in names))
