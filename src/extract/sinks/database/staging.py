"""Temporary tables that take the files as they are; the real tables are filled from them by SQL."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from newsfacts.sinks.database import rows, schema
from newsfacts.sinks.database.rows import LINE, Kind

_metadata = sa.MetaData()


def _staged(name: str, columns: tuple[str, ...], *sources: sa.Table) -> sa.Table:
    types = {column.name: column.type for table in sources for column in table.columns}
    return sa.Table(
        name,
        _metadata,
        sa.Column(LINE, schema.Whole),
        *(sa.Column(column, types[column]) for column in columns if column != LINE),
        prefixes=["TEMPORARY"],
    )


_OF_FACTS = (schema.documents, schema.places, schema.dates, schema.facts)

staged_quantities = _staged("staged_quantities", rows.QUANTITY_COLUMNS, *_OF_FACTS)
staged_dates = _staged("staged_dates", rows.DATE_COLUMNS, *_OF_FACTS)
staged_places = _staged("staged_places", rows.PLACE_COLUMNS, *_OF_FACTS)
#: `line` is null for documents that only facts name.
staged_documents = _staged("staged_documents", rows.DOCUMENT_COLUMNS, schema.documents)
staged_errors = _staged("staged_errors", rows.ERROR_COLUMNS, schema.errors)
#: Sentences of facts; one may be there several times.
staged_sentences = _staged("staged_sentences", rows.SENTENCE_COLUMNS, schema.sentences)

#: The tables that hold facts.
FACTS: Final = (staged_quantities, staged_dates, staged_places)
TABLES: Final[Mapping[Kind, sa.Table]] = MappingProxyType(
    {
        "documents": staged_documents,
        "quantities": staged_quantities,
        "dates": staged_dates,
        "places": staged_places,
        "sentences": staged_sentences,
        "errors": staged_errors,
    }
)


def all_facts() -> sa.Subquery:
    """What facts of all types have: line, id, doc_id, type, published."""
    return sa.union_all(
        *(sa.select(t.c[LINE], t.c.id, t.c.doc_id, t.c.type, t.c.published) for t in FACTS)
    ).subquery()


def create(connection: sa.Connection) -> None:
    """Create the tables for this connection only."""
    for table in TABLES.values():
        connection.execute(sa.schema.CreateTable(table))


def drop(connection: sa.Connection) -> None:
    """Drop them before the commit: behind a connection pooler the server's session lives on."""
    for table in TABLES.values():
        connection.execute(sa.schema.DropTable(table))
