"""Tables runs and errors, documents.run_id; indexes of references leave out the facts that have none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE_USER_VERSION = 2


def upgrade() -> None:
    """Create the two tables; documents of older loads have no run."""
    dialect = op.get_bind().dialect.name
    _runs()
    _errors(keys=dialect != "duckdb")
    _add_run_to_documents(dialect)
    if dialect != "duckdb":
        _indexes()
    if dialect == "sqlite":  # newsfacts 0.1 knows by it that the file is too new
        op.execute(f"PRAGMA user_version = {_SQLITE_USER_VERSION}")


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError


def _runs() -> None:
    moment = sa.DateTime().with_variant(sa.Text(), "sqlite")
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("newsfacts", "model", "rules")),
        *(sa.Column(name, moment) for name in ("started", "finished")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("documents", "facts", "errors")),
        sa.PrimaryKeyConstraint("id", name="runs_key"),
        sa.UniqueConstraint("sequence", name="runs_sequence_once"),
        sqlite_strict=True,
    )


def _errors(*, keys: bool) -> None:
    run = sa.ForeignKeyConstraint(
        ["run_id"], ["runs.id"], name="errors_run_id_refers", deferrable=True, initially="DEFERRED"
    )
    op.create_table(
        "errors",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("doc_id", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("path", "kind", "message", "remedy")),
        sa.PrimaryKeyConstraint("id", name="errors_key"),
        *([run] if keys else []),
        sqlite_strict=True,
    )


def _add_run_to_documents(dialect: str) -> None:
    key = " CONSTRAINT documents_run_id_refers REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED"
    op.execute(f"ALTER TABLE documents ADD COLUMN run_id TEXT{'' if dialect == 'duckdb' else key}")


def _indexes() -> None:
    for name, column in (("time", "time_id"), ("place", "place_id"), ("same_as", "same_as")):
        there = sa.text(f"{column} IS NOT NULL")
        op.drop_index(f"facts_by_{name}", "facts")
        op.create_index(f"facts_by_{name}", "facts", [column], sqlite_where=there, postgresql_where=there)
    op.create_index("documents_by_run", "documents", ["run_id"])
    op.create_index("documents_by_path", "documents", ["path"])
    op.create_index("errors_by_path", "errors", ["path"])
    op.create_index("errors_by_document", "errors", ["doc_id"])
    op.create_index("errors_by_run", "errors", ["run_id"])
