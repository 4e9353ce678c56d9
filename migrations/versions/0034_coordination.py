"""What departments sat down about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.add_column("meeting", sa.Column("whistle", sa.Text()))
    op.create_index("ix_meeting_whistle", "meeting", ["whistle"])


def downgrade() -> None:
    """Back to the version before."""
    op.drop_index("ix_meeting_whistle", "meeting")
    op.drop_column("meeting", "whistle")
