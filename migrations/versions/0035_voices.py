"""Photos and voice notes of look-ins, of answers to orders and of items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLES = ("care_check", "order_answer", "item")


def upgrade() -> None:
    """Towards this version: those of before have none."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("blobs", sa.Text(), nullable=False, server_default="[]"))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("blobs", server_default=None)


def downgrade() -> None:
    """Back to the version before."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("blobs")
