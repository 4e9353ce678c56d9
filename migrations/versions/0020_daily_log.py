"""What workers sent of their days, and what their leaders made of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "daily_log",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("sent_ms", sa.BigInteger(), nullable=False),
        sa.Column("tellings", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("reviewed_by", sa.Text()),
        sa.Column("reviewed_ms", sa.BigInteger()),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_daily_log")),
    )
    op.create_index("ix_daily_log_state", "daily_log", ["grid", "state", "day"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_daily_log_state", "daily_log")
    op.drop_table("daily_log")
