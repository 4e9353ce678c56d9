"""Know which rules the tables are folded by, and how far the journal is backed up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# No rules yet: the server folds everything anew before it serves.
NEW = (sa.Column("rules", sa.Integer(), nullable=False, server_default="0"),
       sa.Column("backed_up_through", sa.BigInteger(), nullable=False, server_default="-1"))  # fmt: skip


def upgrade() -> None:
    """Towards this version."""
    for column in NEW:
        with op.batch_alter_table("journal_head") as batch:
            batch.add_column(column)
        with op.batch_alter_table("journal_head") as batch:
            batch.alter_column(column.name, server_default=None)
    with op.batch_alter_table("journal_head") as batch:
        batch.add_column(sa.Column("moved_to", sa.Text(), nullable=True))
    op.create_table(
        "backup",
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.Column("off_server", sa.Boolean(), nullable=False),
        sa.Column("verified_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("target", name=op.f("pk_backup")),
    )
    op.create_table(
        "healing",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("known_n", sa.BigInteger(), nullable=False),
        sa.Column("told_n", sa.BigInteger(), nullable=False),
        sa.Column("came", sa.BigInteger(), nullable=False),
        sa.Column("old_size", sa.BigInteger(), nullable=False),
        sa.Column("first_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log", "device", name=op.f("pk_healing")),
    )


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("healing")
    op.drop_table("backup")
    with op.batch_alter_table("journal_head") as batch:
        for name in ("moved_to", "backed_up_through", "rules"):
            batch.drop_column(name)
