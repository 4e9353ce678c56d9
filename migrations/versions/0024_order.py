"""What the station asks to be looked at, and what was found at each door."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "verification_order",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("households", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.Column("answered", sa.Text(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("stepped_by", sa.Text()),
        sa.Column("stepped_ms", sa.BigInteger()),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_verification_order")),
    )
    op.create_index("ix_verification_order_state", "verification_order", ["grid", "state", "due"])
    op.create_table(
        "order_answer",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("verification_order", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("occurred_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_order_answer")),
    )
    op.create_index("ix_order_answer_order", "order_answer", ["grid", "verification_order"])
    op.create_index("ix_order_answer_household", "order_answer", ["grid", "household"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_order_answer_household", "order_answer")
    op.drop_index("ix_order_answer_order", "order_answer")
    op.drop_table("order_answer")
    op.drop_index("ix_verification_order_state", "verification_order")
    op.drop_table("verification_order")
