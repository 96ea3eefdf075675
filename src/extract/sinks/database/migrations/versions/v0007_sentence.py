"""facts.sentence, the text of the sentence around a fact."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; facts of older loads have none."""
    op.execute("ALTER TABLE facts ADD COLUMN sentence TEXT")


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError
