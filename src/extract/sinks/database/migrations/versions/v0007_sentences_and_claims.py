"""Tables sentences, claims, claim_sources, claim_blocks; documents.copy_of; what is stored for `quantities`.

The view `quantities` takes the names of the flat table. Facts of older loads have no sentence until they are
loaded again.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEY = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
_DAY = sa.Date().with_variant(sa.Text(), "sqlite")
_REAL: sa.types.TypeEngine[float] = sa.Double[float]().with_variant(sa.REAL(), "sqlite")
_EXTRAS: dict[str, sa.types.TypeEngine[Any]] = {
    "item_key": _KEY,
    **dict.fromkeys(("said", "unit_name", "unit_si", "as_of_from", "text_fragment"), sa.Text()),
    "value_si": _REAL,
    "as_of_start": _DAY,
    "as_of_end": _DAY,
}


def upgrade() -> None:
    """Add columns and tables. DuckDB gets neither foreign keys nor indexes (see schema.py)."""
    connection = op.get_bind()
    keys = connection.dialect.name != "duckdb"
    for name, kind in _EXTRAS.items():
        op.execute(f"ALTER TABLE facts ADD COLUMN {name} {kind.compile(connection.dialect)}")
    op.execute(f"ALTER TABLE documents ADD COLUMN copy_of {_KEY.compile(connection.dialect)}")
    _sentences(keys=keys)
    _claims()
    if keys:
        _indexes()
    if connection.dialect.name == "sqlite":
        _search_in_sqlite()


def _sentences(*, keys: bool) -> None:
    document = sa.ForeignKeyConstraint(
        ["doc_id"], ["documents.id"], name="sentences_doc_id_refers", ondelete="CASCADE"
    )
    op.create_table(
        "sentences",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("doc_id", _KEY, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("start_char", "end_char")),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="sentences_key"),
        *([document] if keys else []),
        sqlite_strict=True,
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("block", _KEY, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("documents", sa.Integer, nullable=False),
        sa.Column("type", _KEY, nullable=False),
        *(sa.Column(name, _REAL) for name in ("value", "low", "high")),
        sa.Column("modifier", sa.Text),
        sa.Column("unit", _KEY),
        *(sa.Column(name, sa.Text) for name in ("per", "item", "subject", "predicate")),
        *(sa.Column(f"change_{part}", sa.Text) for part in ("direction", "role", "basis")),
        *(sa.Column(name, sa.Text) for name in ("status", "time")),
        *(sa.Column(name, _DAY) for name in ("date_start", "date_end")),
        sa.Column("place", sa.Text),
        sa.PrimaryKeyConstraint("id", name="claims_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "claim_sources",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("claim_id", _KEY, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("copy_of", _KEY),
        sa.PrimaryKeyConstraint("id", name="claim_sources_key"),
        sqlite_strict=True,
    )
    op.create_table(
        "claim_blocks",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="claim_blocks_key"),
        sqlite_strict=True,
    )


def _indexes() -> None:
    there = sa.text("item_key IS NOT NULL")
    op.create_index("facts_by_item_key", "facts", ["item_key"], sqlite_where=there, postgresql_where=there)
    op.create_index("sentences_by_span", "sentences", ["doc_id", "start_char", "end_char"], unique=True)
    op.create_index("claims_by_block", "claims", ["block"])
    op.create_index("claim_sources_by_claim", "claim_sources", ["claim_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX sentences_by_words ON sentences USING gin (to_tsvector('english', text))")


def _search_in_sqlite() -> None:
    """FTS5 over `sentences`, whose words it does not repeat; triggers keep it in step."""
    op.execute(
        "CREATE VIRTUAL TABLE sentences_search USING fts5"
        " (text, content='sentences', content_rowid='id', tokenize='porter unicode61')"
    )
    added = "INSERT INTO sentences_search (rowid, text) VALUES (new.id, new.text);"
    taken = (
        "INSERT INTO sentences_search (sentences_search, rowid, text) VALUES ('delete', old.id, old.text);"
    )
    for event, steps in (("INSERT", added), ("DELETE", taken), ("UPDATE", taken + added)):
        name = f"sentences_search_{event.lower()}"
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON sentences BEGIN {steps} END")


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError
