"""Know which words lead where, and when each open whistle is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

OVER = sa.text("state IN ('self_resolved', 'closed', 'merged', 'invalid', 'withdrawn')")
HELPED = sa.text("supporting <> '[]'")
MERGED = sa.text("dup_of IS NOT NULL")
UNHAPPY = sa.text("rating = 'not'")
ORDERED = {
    "category": ("community", "category"),
    "community": ("community",),
    "department": ("department",),
    "grid": ("grid",),
    "state": ("community", "state"),
    "waits": ("community", "waits"),
}


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "routing_rule",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("community", sa.Text()),
        sa.Column("words", sa.Text()),
        sa.Column("category", sa.Text()),
        sa.Column("offices", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("urgency", sa.Text()),
        sa.Column("courtyard", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("said_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule")),
    )
    op.create_table(
        "whistle_due",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("building", sa.Text()),
        sa.Column("category", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("waits", sa.Text(), nullable=False),
        sa.Column("department", sa.Text()),
        sa.Column("supporting", sa.Text(), nullable=False),
        sa.Column("due_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("clocks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistle_due")),
    )
    for name, leads in ORDERED.items():
        op.create_index(f"ix_whistle_due_{name}", "whistle_due", [*leads, "due_ms", "id"])
    op.create_index(
        "ix_whistle_due_helped", "whistle_due", ["supporting"], sqlite_where=HELPED, postgresql_where=HELPED
    )
    op.create_table(
        "whistle_due_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("clocks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_whistle_due_head")),
    )
    op.create_index("ix_whistle_helped", "whistle", ["supporting"], sqlite_where=HELPED, postgresql_where=HELPED)
    op.create_index("ix_whistle_merged", "whistle", ["dup_of"], sqlite_where=MERGED, postgresql_where=MERGED)
    op.create_index("ix_whistle_over", "whistle", ["stepped_ms", "id"], sqlite_where=OVER, postgresql_where=OVER)
    op.create_index(
        "ix_whistle_unhappy", "whistle", ["stepped_ms", "id"], sqlite_where=UNHAPPY, postgresql_where=UNHAPPY
    )
    op.create_index("ix_whistle_first_owner", "whistle", ["first_owner", "id"])
    op.create_index("ix_whistle_rev", "whistle", ["rev"])


def downgrade() -> None:
    """Back to the version before."""
    for name in ("rev", "first_owner", "unhappy", "over", "merged", "helped"):
        op.drop_index(f"ix_whistle_{name}", "whistle")
    for table in ("whistle_due_head", "whistle_due", "routing_rule"):
        op.drop_table(table)
