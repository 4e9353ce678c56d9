"""Keep when a phone that was out of use emptied itself, and how much went with it that nobody had sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version: no phone has said so yet."""
    with op.batch_alter_table("device") as batch:
        batch.add_column(sa.Column("wiped_ms", sa.BigInteger()))
        batch.add_column(sa.Column("wiped_left", sa.Integer()))


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("device") as batch:
        batch.drop_column("wiped_left")
        batch.drop_column("wiped_ms")
