"""Let a phone be put out of use, and the pages that its enrolment opened with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Enrolling takes the link and begins the session at one moment.
BEGUN_BY = (
    "UPDATE session SET device = (SELECT max(link.device) FROM join_link AS link "
    "WHERE link.person = session.person AND link.used_ms = session.created_ms)"
)


def upgrade() -> None:
    """Towards this version: every phone is in use; sessions of phones know theirs."""
    with op.batch_alter_table("device") as batch:
        batch.add_column(sa.Column("revoked_ms", sa.BigInteger()))
    with op.batch_alter_table("session") as batch:
        batch.add_column(sa.Column("device", sa.Text()))
    op.execute(BEGUN_BY)


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("session") as batch:
        batch.drop_column("device")
    with op.batch_alter_table("device") as batch:
        batch.drop_column("revoked_ms")
