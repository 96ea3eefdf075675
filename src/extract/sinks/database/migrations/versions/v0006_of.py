"""facts.of, the base of a share, with its span. The view `quantities` has it, too."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; facts of older loads have none."""
    op.execute("ALTER TABLE facts ADD COLUMN of TEXT")
    op.execute("ALTER TABLE facts ADD COLUMN of_start INTEGER")
    op.execute("ALTER TABLE facts ADD COLUMN of_end INTEGER")


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError
