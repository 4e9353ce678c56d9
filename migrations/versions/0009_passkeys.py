"""Keep passkeys, what sessions were opened with and what for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

THE_FIELDS = (
    "UPDATE session SET use = 'field' WHERE device IS NOT NULL OR person IN "
    "(SELECT id FROM person WHERE role IN ('volunteer', 'building_leader', 'grid_worker', 'grid_leader'))"
)


def upgrade() -> None:
    """Towards this version. Sessions of those who work in the field open that alone; the desk's end."""
    op.create_table(
        "passkey",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("added_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger()),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
    )
    op.create_index("ix_passkey_person", "passkey", ["person"])
    op.create_index("ix_passkey_credential", "passkey", ["credential"])
    op.create_table(
        "passkey_use",
        sa.Column("passkey", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("passkey", name=op.f("pk_passkey_use")),
    )
    op.create_table(
        "used_challenge",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_used_challenge")),
    )
    with op.batch_alter_table("session") as batch:
        batch.add_column(sa.Column("use", sa.Text(), nullable=False, server_default="desk"))
        batch.add_column(sa.Column("passkey", sa.Text()))
        batch.add_column(sa.Column("verified_ms", sa.BigInteger()))
    with op.batch_alter_table("session") as batch:
        batch.alter_column("use", server_default=None)
    op.execute(THE_FIELDS)
    # Whoever had a desk comes in with a passkey from now on.
    op.execute("DELETE FROM session WHERE use = 'desk'")


def downgrade() -> None:
    """Back to the version before."""
    with op.batch_alter_table("session") as batch:
        batch.drop_column("verified_ms")
        batch.drop_column("passkey")
        batch.drop_column("use")
    op.drop_table("used_challenge")
    op.drop_table("passkey_use")
    op.drop_index("ix_passkey_credential", "passkey")
    op.drop_index("ix_passkey_person", "passkey")
    op.drop_table("passkey")
