"""documents.source, documents.incomplete, runs.source; ids of facts get the second half of their digits.

A fact's id was the first 16 hex digits of a hash and is its first 32 now. Ids that are no such hash stay.
"""

from __future__ import annotations

import hashlib
import sqlite3

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: SHA-256, in hex digits, of document, type, start and end with NUL between them.
_HASH = {
    "sqlite": "newsfacts_hash(doc_id, type, start_char, end_char)",
    "duckdb": "sha256(concat_ws(chr(0), doc_id, type, start_char, end_char))",
    "postgresql": (
        r"encode(sha256(convert_to(doc_id, 'UTF8') || '\x00' || convert_to(type, 'UTF8') || '\x00'"
        r" || convert_to(start_char::text, 'UTF8') || '\x00' || convert_to(end_char::text, 'UTF8')), 'hex')"
    ),
}
_OLD_DIGITS, _DIGITS = 16, 32
_RENAMED = sa.table("newsfacts_renamed", sa.column("old"), sa.column("new"))
_REFERENCES = (
    *(("facts", column) for column in ("time_id", "place_id", "same_as")),
    *((table, "id") for table in ("dates", "places", "facts")),
)


def upgrade() -> None:
    """Add the columns, which older loads leave empty; rename facts and what refers to them."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    key = ' COLLATE "C"' if dialect == "postgresql" else ""
    json = {"sqlite": "TEXT", "postgresql": "JSONB"}.get(dialect, "JSON")
    op.execute(f"ALTER TABLE runs ADD COLUMN source TEXT{key}")
    op.execute(f"ALTER TABLE documents ADD COLUMN source TEXT{key}")
    op.execute(f"ALTER TABLE documents ADD COLUMN incomplete {json}")
    _rename_facts(connection, dialect)


def _rename_facts(connection: sa.Connection, dialect: str) -> None:
    if dialect == "sqlite":
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.create_function("newsfacts_hash", 4, _hash, deterministic=True)
    connection.exec_driver_sql("CREATE TEMPORARY TABLE newsfacts_renamed (old TEXT, new TEXT)")
    facts = sa.table("facts", sa.column("id"))
    hashed = sa.select(facts.c.id, sa.literal_column(_HASH[dialect]).label("hash"))
    told = hashed.where(sa.func.length(facts.c.id) == _OLD_DIGITS).subquery()
    old, new = (sa.func.substr(told.c.hash, 1, digits) for digits in (_OLD_DIGITS, _DIGITS))
    renamed = sa.select(told.c.id, new).where(told.c.id == old)
    connection.execute(sa.insert(_RENAMED).from_select(["old", "new"], renamed))
    if connection.exec_driver_sql("SELECT count(*) FROM newsfacts_renamed").scalar_one():
        connection.exec_driver_sql("CREATE INDEX newsfacts_renamed_by_old ON newsfacts_renamed (old)")
        if dialect == "postgresql":
            connection.exec_driver_sql("ANALYZE newsfacts_renamed")
        for table, column in _REFERENCES:
            connection.execute(_renaming(sa.table(table, sa.column(column)), column))
        if dialect == "postgresql":  # tables with checks to come could not be altered in this transaction
            connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
            connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    connection.exec_driver_sql("DROP TABLE newsfacts_renamed")


def _renaming(table: sa.TableClause, column: str) -> sa.Update:
    """UPDATE of a column that holds ids of facts."""
    return sa.update(table).values({column: _RENAMED.c.new}).where(table.c[column] == _RENAMED.c.old)


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError
