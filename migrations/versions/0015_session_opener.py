"""Keep of a phone's session what opens it: a secret of which the server knows the hash alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version: a session opens by its cookie until its phone has said more."""
    with op.batch_alter_table("session") as batch:
        batch.add_column(sa.Column("opener", sa.Text()))


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("session") as batch:
        batch.drop_column("opener")
