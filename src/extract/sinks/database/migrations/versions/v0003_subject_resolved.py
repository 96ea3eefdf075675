"""facts.subject_resolved: what a subject that only points back stands for."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; facts of older loads have none."""
    op.execute("ALTER TABLE facts ADD COLUMN subject_resolved TEXT")


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError
