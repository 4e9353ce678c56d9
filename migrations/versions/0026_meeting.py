"""Minutes and what was agreed, and how phones fare."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "meeting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text()),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("edit", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("tellings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_community", "meeting", ["community", "held_on"])
    op.create_table(
        "action",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text()),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("meeting", sa.Text()),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("done_by", sa.Text()),
        sa.Column("done_ms", sa.BigInteger()),
        sa.Column("were", sa.Text(), nullable=False),
        sa.Column("comments", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_index("ix_action_community", "action", ["community", "state", "due"])
    op.create_table(
        "phone_health",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("unsent", sa.Integer(), nullable=False),
        sa.Column("oldest_ms", sa.BigInteger()),
        sa.Column("used_bytes", sa.BigInteger()),
        sa.Column("quota_bytes", sa.BigInteger()),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_phone_health")),
    )


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("phone_health")
    op.drop_index("ix_action_community", "action")
    op.drop_table("action")
    op.drop_index("ix_meeting_community", "meeting")
    op.drop_table("meeting")
