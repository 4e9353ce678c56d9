"""Keep what stood before, and what people decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW = (("resident", sa.Column("leaving", sa.Text(), nullable=False, server_default="{}")),
       ("person", sa.Column("before", sa.Text(), nullable=False, server_default="[]")),
       ("visit", sa.Column("grid_then", sa.Text(), nullable=True)),
       ("visit_revision", sa.Column("undone", sa.Boolean(), nullable=False, server_default=sa.false())))  # fmt: skip


def upgrade() -> None:
    """Towards this version. Rows that are there were folded without it: `rebuild` folds them anew from the journal."""
    for table, column in NEW:
        with op.batch_alter_table(table) as batch:
            batch.add_column(column)
        if not column.nullable:
            with op.batch_alter_table(table) as batch:
                batch.alter_column(column.name, server_default=None)
    op.create_table(
        "fact_past",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("edit", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("covered_by", sa.Text(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "entity", "field", "edit", name=op.f("pk_fact_past")),
    )
    op.create_table(
        "moved",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved")),
    )
    op.create_table(
        "aside_decision",
        sa.Column(
            "position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("edit", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_aside_decision")),
    )
    op.create_index("ix_aside_decision_edit", "aside_decision", ["edit"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_aside_decision_edit", "aside_decision")
    op.drop_table("aside_decision")
    op.drop_table("moved")
    op.drop_table("fact_past")
    for table, column in NEW:
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column.name)
