"""Tables documents, facts, dates and places: the schema of newsfacts 0.1, which knew SQLite only."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DAY = sa.Date().with_variant(sa.Text(), "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double[float]().with_variant(sa.REAL(), "sqlite")
JSON = sa.JSON().with_variant(sa.Text(), "sqlite").with_variant(postgresql.JSONB(), "postgresql")
FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")
_DEFERRED: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}


def upgrade() -> None:
    """Create the four tables. DuckDB gets neither foreign keys nor indexes (see schema.py)."""
    dialect = op.get_bind().dialect.name
    _documents()
    _facts(sqlite=dialect == "sqlite", keys=dialect != "duckdb")
    _dates(keys=dialect != "duckdb")
    _places(keys=dialect != "duckdb")
    if dialect == "postgresql":
        for column, table in (("time_id", "dates"), ("place_id", "places")):
            op.create_foreign_key(
                f"facts_{column}_refers",
                "facts",
                table,
                [column],
                ["id"],
                deferrable=True,
                initially="DEFERRED",
            )
    if dialect != "duckdb":
        _indexes()


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("path", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("published", DAY),
        sa.Column("published_source", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("characters", sa.Integer),
        sa.Column("words", sa.Integer),
        sa.Column("sections", JSON),
        sa.Column("warnings", JSON),
        sa.Column("sha256", sa.Text),
        sa.PrimaryKeyConstraint("id", name="documents_key"),
        sqlite_strict=True,
    )


def _key(table: str, column: str, target: str, **options: Any) -> sa.ForeignKeyConstraint:
    name = f"{table}_{column}_refers"
    return sa.ForeignKeyConstraint([column], [target], name=name, **options)


def _facts(*, sqlite: bool, keys: bool) -> None:
    references: list[sa.ForeignKeyConstraint] = []
    if keys:
        references.append(_key("facts", "doc_id", "documents.id", ondelete="CASCADE"))
        references.append(_key("facts", "same_as", "facts.id", **_DEFERRED))
    if sqlite:  # elsewhere a table must be there before it is referred to
        references.append(_key("facts", "time_id", "dates.id", **_DEFERRED))
        references.append(_key("facts", "place_id", "places.id", **_DEFERRED))
    op.create_table(
        "facts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("doc_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("start_char", sa.Integer, nullable=False),
        sa.Column("end_char", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sentence_start", sa.Integer, nullable=False),
        sa.Column("sentence_end", sa.Integer, nullable=False),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("confidence", REAL, nullable=False),
        sa.Column("timex3", sa.Text),
        *(sa.Column(name, REAL) for name in ("value", "low", "high")),
        *(sa.Column(name, sa.Text) for name in ("modifier", "unit", "per", "item")),
        *(sa.Column(name, sa.Integer) for name in ("item_start", "item_end")),
        sa.Column("subject", sa.Text),
        *(sa.Column(name, sa.Integer) for name in ("subject_start", "subject_end")),
        *(sa.Column(name, sa.Text) for name in ("predicate", "change_direction", "change_role")),
        *(sa.Column(name, sa.Text) for name in ("change_basis", "status", "source")),
        *(sa.Column(name, sa.Integer) for name in ("source_start", "source_end")),
        *(sa.Column(name, sa.Text) for name in ("time_id", "place_id")),
        sa.Column("place_inherited", FLAG),
        sa.Column("same_as", sa.Text),
        sa.PrimaryKeyConstraint("id", name="facts_key"),
        *references,
        sqlite_strict=True,
    )


def _dates(*, keys: bool) -> None:
    op.create_table(
        "dates",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("edtf", sa.Text),
        *(sa.Column(name, DAY) for name in ("date_start", "date_end")),
        *(sa.Column(name, sa.Text) for name in ("part", "part_of_day", "relation")),
        sa.PrimaryKeyConstraint("id", name="dates_key"),
        *([_key("dates", "id", "facts.id", ondelete="CASCADE", **_DEFERRED)] if keys else []),
        sqlite_strict=True,
    )


def _places(*, keys: bool) -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "kind")),
        *(sa.Column(name, sa.Text) for name in ("country", "admin1", "admin2")),
        sa.Column("geonames_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("cn_code", sa.Text),
        *(sa.Column(name, REAL) for name in ("lat", "lon")),
        sa.PrimaryKeyConstraint("id", name="places_key"),
        *([_key("places", "id", "facts.id", ondelete="CASCADE", **_DEFERRED)] if keys else []),
        sqlite_strict=True,
    )


def _indexes() -> None:
    op.create_index("facts_by_document", "facts", ["doc_id", "start_char"])
    op.create_index("facts_by_type_and_unit", "facts", ["type", "unit", "value"])
    op.create_index("facts_by_time", "facts", ["time_id"])
    op.create_index("facts_by_place", "facts", ["place_id"])
    op.create_index("facts_by_same_as", "facts", ["same_as"])
    op.create_index("dates_by_day", "dates", ["date_start", "date_end"])
    op.create_index("places_by_name", "places", ["country", "admin1", "name"])
    op.create_index("places_by_geonames_id", "places", ["geonames_id"])
