"""Which photos and voice notes an erasure named is known until the list outside the database holds them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "erased_blob",
        sa.Column("erasure", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("erasure", "sha256", name=op.f("pk_erased_blob")),
    )


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("erased_blob")
