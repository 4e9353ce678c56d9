"""What went for good is known to have existed; filled as the journal is folded by the rules of this version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "erased",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("erasure", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased")),
    )


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("erased")
