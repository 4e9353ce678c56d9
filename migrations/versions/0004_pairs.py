"""Keep what people say of two that look alike, and find at once what waits for a decision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXED = ("household", "resident")


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "pair_verdict",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("decided_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "a", "b", name=op.f("pk_pair_verdict")),
    )
    for table in INDEXED:
        waiting = sa.text("contested")
        op.create_index(f"ix_{table}_contested", table, ["grid"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    """Back to the version before."""
    for table in INDEXED:
        op.drop_index(f"ix_{table}_contested", table)
    op.drop_table("pair_verdict")
