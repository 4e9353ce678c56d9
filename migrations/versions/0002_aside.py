"""Find what was set aside without reading the whole journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the entries that did not take effect by their kind."""
    aside = sa.text("outcome = 'quarantined'")
    op.create_index("ix_journal_aside", "journal", ["kind"], sqlite_where=aside, postgresql_where=aside)


def downgrade() -> None:
    """Without the index."""
    op.drop_index("ix_journal_aside", "journal")
