"""Know which days are worked besides what is published, from when until when, and how long matters may take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def said_by() -> tuple[sa.Column, ...]:
    """Why, by whom and when."""
    return (
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("said_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
    )


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "workday",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("works", sa.Boolean()),
        *said_by(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workday")),
    )
    op.create_table(
        "work_hours",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("spans", sa.Text(), nullable=False),
        *said_by(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_hours")),
    )
    op.create_table(
        "time_limit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer()),
        sa.Column("unit", sa.Text(), nullable=False),
        *said_by(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_limit")),
    )


def downgrade() -> None:
    """Back to the version before."""
    for table in ("time_limit", "work_hours", "workday"):
        op.drop_table(table)
