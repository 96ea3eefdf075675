"""PostgreSQL compares keys as bytes; smaller indexes: documents without offsets, values without dates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEYS = {
    "runs": ("id",),
    "documents": ("id", "run_id", "path"),
    "facts": ("id", "doc_id", "type", "unit", "time_id", "place_id", "same_as"),
    "dates": ("id",),
    "places": ("id", "name", "country", "admin1"),
    "errors": ("id", "run_id", "doc_id", "path"),
}


def upgrade() -> None:
    """Change collations; make the index anew."""
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        for table, columns in _KEYS.items():
            changes = ", ".join(f'ALTER COLUMN {column} TYPE TEXT COLLATE "C"' for column in columns)
            op.execute(f"ALTER TABLE {table} {changes}")
    if dialect != "duckdb":
        quantity = sa.text("type NOT IN ('date', 'place')")
        op.drop_index("facts_by_document", "facts")
        op.create_index("facts_by_document", "facts", ["doc_id"])
        op.drop_index("facts_by_type_and_unit", "facts")
        op.create_index(
            "facts_by_type_and_unit",
            "facts",
            ["type", "unit", "value"],
            sqlite_where=quantity,
            postgresql_where=quantity,
        )


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError
