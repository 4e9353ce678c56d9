"""Who looks in on whom, why, and what was found there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "care_pair",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("resident", sa.Text()),
        sa.Column("carer", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("formed_ms", sa.BigInteger(), nullable=False),
        sa.Column("formed_by", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("major_ms", sa.BigInteger()),
        sa.Column("ended_ms", sa.BigInteger()),
        sa.Column("ended_by", sa.Text()),
        sa.Column("check", sa.Text()),
        sa.Column("state", sa.Text()),
        sa.Column("checked_ms", sa.BigInteger()),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_care_pair")),
    )
    op.create_index("ix_care_pair_household", "care_pair", ["grid", "household"])
    op.create_table(
        "care_reason",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_care_reason")),
    )
    op.create_table(
        "care_check",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("carer", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("way", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("occurred_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("effective_ms", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("after_end", sa.Boolean(), nullable=False),
        sa.Column("undone_ms", sa.BigInteger()),
        sa.Column("undone_by", sa.Text()),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_care_check")),
    )
    op.create_index("ix_care_check_household", "care_check", ["grid", "household"])
    op.create_index("ix_care_check_pair", "care_check", ["grid", "pair", "occurred_at_ms"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("care_check")
    op.drop_table("care_reason")
    op.drop_table("care_pair")
