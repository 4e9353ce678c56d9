"""Calls for help upward."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "whistle",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category", sa.Text()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("blobs", sa.Text(), nullable=False),
        sa.Column("occurred_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("household", sa.Text()),
        sa.Column("building", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("source_of", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("first_owner", sa.Text(), nullable=False),
        sa.Column("first_owner_name", sa.Text(), nullable=False),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("stepped_by", sa.Text(), nullable=False),
        sa.Column("stepped_ms", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.Text()),
        sa.Column("department_name", sa.Text()),
        sa.Column("supporting", sa.Text(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("dup_of", sa.Text()),
        sa.Column("rating", sa.Text()),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("responded_ms", sa.BigInteger()),
        sa.Column("dispatched_ms", sa.BigInteger()),
        sa.Column("accepted_ms", sa.BigInteger()),
        sa.Column("resolved_ms", sa.BigInteger()),
        sa.Column("closed_ms", sa.BigInteger()),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_whistle")),
    )
    op.create_index("ix_whistle_building", "whistle", ["grid", "building"])
    op.create_index("ix_whistle_department", "whistle", ["department", "state"])
    op.create_index("ix_whistle_household", "whistle", ["household"])
    op.create_index("ix_whistle_source", "whistle", ["source"])
    op.create_index("ix_whistle_state", "whistle", ["grid", "state", "stepped_ms"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_whistle_state", "whistle")
    op.drop_index("ix_whistle_source", "whistle")
    op.drop_index("ix_whistle_household", "whistle")
    op.drop_index("ix_whistle_department", "whistle")
    op.drop_index("ix_whistle_building", "whistle")
    op.drop_table("whistle")
