"""What neighbours noticed and sent, and what the station answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text()),
        sa.Column("community", sa.Text()),
        sa.Column("building", sa.Text()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("blobs", sa.Text(), nullable=False),
        sa.Column("occurred_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("answered_by", sa.Text()),
        sa.Column("answered_ms", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_community", "report", ["community", "received_ms"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_report_community", "report")
    op.drop_table("report")
