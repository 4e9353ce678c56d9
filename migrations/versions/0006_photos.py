"""Let a visit name its photos and voice notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version: the visits of before have none."""
    with op.batch_alter_table("visit") as batch:
        batch.add_column(sa.Column("blobs", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("visit") as batch:
        batch.alter_column("blobs", server_default=None)


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("visit") as batch:
        batch.drop_column("blobs")
