"""documents.converted: whether offsets are those of the input's field without the markup that it had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_FLAG = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the column; documents of older loads have null."""
    op.execute(f"ALTER TABLE documents ADD COLUMN converted {_FLAG.compile(op.get_bind().dialect)}")


def downgrade() -> None:
    """Older versions of newsfacts load into a new database."""
    raise NotImplementedError
