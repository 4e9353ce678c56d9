"""What asks become, and visits whose promise was said to be done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "item",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("household", sa.Text()),
        sa.Column("source_visit", sa.Text()),
        sa.Column("about", sa.Text()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("occurred_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text()),
        sa.Column("record", sa.Text()),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_item")),
    )
    op.create_index("ix_item_household", "item", ["grid", "household"])
    op.create_index("ix_item_state", "item", ["grid", "kind", "state"])
    op.create_index("ix_item_source_visit", "item", ["source_visit"])
    op.add_column("visit", sa.Column("kept", sa.Text()))


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("visit") as batch:
        batch.drop_column("kept")
    op.drop_index("ix_item_source_visit", "item")
    op.drop_index("ix_item_state", "item")
    op.drop_index("ix_item_household", "item")
    op.drop_table("item")
