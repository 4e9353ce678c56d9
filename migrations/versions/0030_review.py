"""Who read a visit, as which telling, and what they ask of its author."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.add_column("visit", sa.Column("review", sa.Text()))


def downgrade() -> None:
    """Back to the version before."""
    op.drop_column("visit", "review")
