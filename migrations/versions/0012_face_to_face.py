"""Keep codes for links, the phone that a link has met, and who compares what the two screens show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version. Links that lie about were made under other rules: phones that have not used theirs are
    given another."""
    with op.batch_alter_table("join_link") as batch:
        batch.add_column(sa.Column("confirm", sa.Text(), nullable=False, server_default="shell"))
    with op.batch_alter_table("join_link") as batch:
        batch.alter_column("confirm", server_default=None)
    op.execute("DELETE FROM join_link WHERE purpose = 'phone' AND used_ms IS NULL")
    op.create_table(
        "join_code",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_join_code")),
    )
    op.create_table(
        "join_meeting",
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("public_key", sa.Text()),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text()),
        sa.Column("met_ms", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.Text()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_ms", sa.BigInteger()),
        sa.PrimaryKeyConstraint("link", name=op.f("pk_join_meeting")),
    )


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("join_meeting")
    op.drop_table("join_code")
    with op.batch_alter_table("join_link") as batch:
        batch.drop_column("confirm")
