"""Keep which edit a decision about what was set aside was, and the comments of those who came second."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ONCE_DECIDED = (("decision", sa.Text()), ("decided_by", sa.Text()), ("decided_ms", sa.BigInteger()))
"""What only a decision says: where there are comments alone it is not there."""


def upgrade() -> None:
    """Towards this version. Rows that are there name no step: a server of these rules folds them anew as it starts."""
    with op.batch_alter_table("aside_decision") as batch:
        batch.add_column(sa.Column("step", sa.Text()))
        batch.add_column(sa.Column("comments", sa.Text(), nullable=False, server_default="[]"))
        for name, kind in ONCE_DECIDED:
            batch.alter_column(name, existing_type=kind, nullable=True)
    with op.batch_alter_table("aside_decision") as batch:
        batch.alter_column("comments", server_default=None)


def downgrade() -> None:
    """Back to the version before. What was only commented on has no place there."""
    op.execute("DELETE FROM aside_decision WHERE decision IS NULL")
    with op.batch_alter_table("aside_decision") as batch:
        for name, kind in ONCE_DECIDED:
            batch.alter_column(name, existing_type=kind, nullable=False)
        batch.drop_column("comments")
        batch.drop_column("step")
