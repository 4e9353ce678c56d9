"""Keep restricted tags apart, the words of private visits, and who looked at whose page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version. First downloads made before may hold tags that no phone is sent any more: they go."""
    op.create_table(
        "restricted_tag",
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("said_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("grid", "id", name=op.f("pk_restricted_tag")),
    )
    op.create_table(
        "access_record",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text()),
        sa.Column("household", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.Column("words", sa.Text()),
        sa.Column("searched", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_record")),
    )
    op.create_index("ix_access_record_household", "access_record", ["household", "at_ms"])
    op.create_index("ix_access_record_at_ms", "access_record", ["at_ms"])
    with op.batch_alter_table("community") as batch:
        batch.add_column(sa.Column("restricted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("reason", sa.Text()))
        batch.add_column(sa.Column("law", sa.Text()))
    with op.batch_alter_table("community") as batch:
        batch.alter_column("restricted", server_default=None)
    with op.batch_alter_table("visit") as batch:
        batch.add_column(sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("visit") as batch:
        batch.alter_column("private", server_default=None)
    op.execute("DELETE FROM snapshot_part")
    op.execute("DELETE FROM snapshot")


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("visit") as batch:
        batch.drop_column("private")
    with op.batch_alter_table("community") as batch:
        batch.drop_column("law")
        batch.drop_column("reason")
        batch.drop_column("restricted")
    op.drop_index("ix_access_record_at_ms", "access_record")
    op.drop_index("ix_access_record_household", "access_record")
    op.drop_table("access_record")
    op.drop_table("restricted_tag")
