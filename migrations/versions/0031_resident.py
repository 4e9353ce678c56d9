"""Codes for notice boards, and what residents leave beside a whistle: a receipt, and how to reach them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Towards this version."""
    op.create_table(
        "building_code",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("said_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building_code")),
    )
    op.create_index(op.f("ix_building_code_code"), "building_code", ["code"])
    op.create_table(
        "resident_receipt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_receipt")),
    )
    op.create_index(op.f("ix_resident_receipt_hash"), "resident_receipt", ["hash"])
    op.create_table(
        "resident_contact",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("edit", sa.Text(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_contact")),
    )


def downgrade() -> None:
    """Back to the version before."""
    op.drop_table("resident_contact")
    op.drop_table("resident_receipt")
    op.drop_table("building_code")
