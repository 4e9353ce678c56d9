"""Make the journal a Merkle log: its tiles, and what was signed of it. Leaves of what there is come at the start."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


HELD = (
    ("held_origin", sa.Text()),
    ("held_size", sa.BigInteger()),
    ("held_root", sa.Text()),
    ("opener", sa.Text()),
)


def upgrade() -> None:
    """Towards this version."""
    with op.batch_alter_table("device") as batch:
        for name, kind in HELD:
            batch.add_column(sa.Column(name, kind))
    op.create_table(
        "ledger_tile",
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_ledger_tile")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "ledger_doubt",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.Column("settled_ms", sa.BigInteger()),
        sa.PrimaryKeyConstraint("device", "at_ms", name=op.f("pk_ledger_doubt")),
    )


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("ledger_doubt")
    op.drop_table("checkpoint")
    op.drop_table("ledger_tile")
    with op.batch_alter_table("device") as batch:
        for name, _ in HELD:
            batch.drop_column(name)
