"""Keep who wrote a visit down, where it was for somebody else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    with op.batch_alter_table("visit") as batch:
        batch.add_column(sa.Column("entered_by", sa.Text()))


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("visit") as batch:
        batch.drop_column("entered_by")
