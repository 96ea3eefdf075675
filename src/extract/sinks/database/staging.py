"""Temporary tables that take the files as they are; the real tables are filled from them by SQL."""

from __future__ import annotations

import sqlalchemy as sa

from extract.sinks.database import schema
from extract.sinks.database.rows import DOCUMENT_COLUMNS, ERROR_COLUMNS, FACT_COLUMNS

#: Number of the line; of rows with one id the last counts. Null for documents that only facts name.
LINE = "line"

_metadata = sa.MetaData()


def _staged(name: str, columns: tuple[str, ...], *sources: sa.Table) -> sa.Table:
    types = {column.name: column.type for table in reversed(sources) for column in table.columns}
    return sa.Table(
        name,
        _metadata,
        sa.Column(LINE, schema.Whole),
        *(sa.Column(column, types[column]) for column in columns),
        prefixes=["TEMPORARY"],
    )


staged_facts = _staged(
    "staged_facts", FACT_COLUMNS, schema.facts, schema.dates, schema.places, schema.documents
)
staged_documents = _staged("staged_documents", DOCUMENT_COLUMNS, schema.documents)
staged_errors = _staged("staged_errors", ERROR_COLUMNS, schema.errors)

TABLES = (staged_documents, staged_facts, staged_errors)


def create(connection: sa.Connection) -> None:
    """Create the three tables for this connection only."""
    for table in TABLES:
        connection.execute(sa.schema.CreateTable(table))


def drop(connection: sa.Connection) -> None:
    """Drop them before the commit: behind a connection pooler the server's session lives on."""
    for table in TABLES:
        connection.execute(sa.schema.DropTable(table))
