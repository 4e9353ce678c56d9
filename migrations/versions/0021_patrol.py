"""Walks through a grid between two taps, and what was noted on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "patrol",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("started_ms", sa.BigInteger()),
        sa.Column("ended_ms", sa.BigInteger()),
        sa.Column("start_claimed_ms", sa.BigInteger()),
        sa.Column("end_claimed_ms", sa.BigInteger()),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_patrol")),
    )
    op.create_index("ix_patrol_started", "patrol", ["grid", "started_ms"])
    op.create_table(
        "patrol_note",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("noted_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("building", sa.Text()),
        sa.Column("patrol", sa.Text()),
        sa.Column("tellings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_patrol_note")),
    )
    op.create_index("ix_patrol_note_noted", "patrol_note", ["grid", "noted_ms"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_patrol_note_noted", "patrol_note")
    op.drop_table("patrol_note")
    op.drop_index("ix_patrol_started", "patrol")
    op.drop_table("patrol")
