"""Whose a document and a fact are: nothing of another document or source is ever replaced in silence."""

from __future__ import annotations

import sqlalchemy as sa

from newsfacts.errors import ConfigurationError, ValidationError
from newsfacts.sinks.database.rows import LINE
from newsfacts.sinks.database.run import Run
from newsfacts.sinks.database.schema import documents, facts
from newsfacts.sinks.database.staging import all_facts, staged_documents

_SHOWN = 3


def refuse_shared_ids(connection: sa.Connection) -> None:
    """Raise ValidationError where two staged facts of one id are of different documents."""
    told = all_facts()
    of = sa.select(told.c.id, sa.func.min(told.c.doc_id), sa.func.max(told.c.doc_id)).group_by(told.c.id)
    several = of.having(sa.func.min(told.c.doc_id) < sa.func.max(told.c.doc_id)).order_by(told.c.id).limit(1)
    if found := connection.execute(several).first():
        raise _shared(*found)


def refuse_taken_ids(connection: sa.Connection) -> None:
    """Raise ValidationError where a staged fact has the id of one that another document has in the tables."""
    told = all_facts()
    loaded = sa.exists().where(staged_documents.c.id == facts.c.doc_id)
    taken = (
        sa.select(told.c.id, facts.c.doc_id, told.c.doc_id)
        .join_from(told, facts, facts.c.id == told.c.id)
        .where(facts.c.doc_id != told.c.doc_id, ~loaded)
        .order_by(told.c.id)
        .limit(1)
    )
    if found := connection.execute(taken).first():
        raise _shared(*found)


def _shared(fact: str, one: str, other: str) -> ValidationError:
    return ValidationError(
        f"the documents {one!r} and {other!r} have each a fact of the id {fact!r}",
        remedy="Extract them with newsfacts, whose ids of facts depend on their document.",
    )


def refuse_other_sources(connection: sa.Connection, run: Run) -> None:
    """Raise ConfigurationError where another source's document has the id of a staged one, and another text.

    A document without a source (of an older newsfacts) is anybody's. What only facts name has no text to
    compare: then it is refused where the run names its source.
    """
    staged, there = staged_documents.c, documents.c
    other_text = there.sha256.is_distinct_from(staged.sha256)
    if run.source is None:
        other_text = sa.and_(other_text, staged[LINE].is_not(None))
    others = (
        sa.select(there.id, there.source)
        .join_from(documents, staged_documents, there.id == staged.id)
        .where(there.source.is_not(None), there.source.is_distinct_from(run.source), other_text)
    )
    first = connection.execute(others.order_by(there.id).limit(_SHOWN)).all()
    if not first:
        return
    count = connection.execute(sa.select(sa.func.count()).select_from(others.subquery())).scalar_one()
    more = f" and {count - _SHOWN:,} more" if count > _SHOWN else ""
    ids = ", ".join(repr(name) for name, _ in first) + more
    new = f"the source {run.source!r}" if run.source is not None else "a run that names no source"
    raise ConfigurationError(
        f"documents of the source {first[0][1]!r} and of {new} have the same ids and different texts: {ids}",
        remedy="Give those of one source ids of their own (--id-prefix TEXT), or, if both are one source, its"
        " name (--source NAME), with `newsfacts run` or `newsfacts load`.",
    )
