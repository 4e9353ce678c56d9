"""Know departments, stand-ins, who is out of use, recoveries and records that were opened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LISTS = ("buildings", "lent", "covered")


def upgrade() -> None:
    """Towards this version. What nobody had said yet is empty."""
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("buildings", sa.Text(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("department", sa.Text()))
        batch.add_column(sa.Column("ended_ms", sa.BigInteger()))
        batch.add_column(sa.Column("lent", sa.Text(), nullable=False, server_default="{}"))
        batch.add_column(sa.Column("covered", sa.Text(), nullable=False, server_default="{}"))
    with op.batch_alter_table("person") as batch:
        for name in LISTS:
            batch.alter_column(name, server_default=None)
    op.create_table(
        "department",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("community", sa.Text()),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department")),
    )
    op.create_table(
        "stand_in",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("said_ms", sa.BigInteger(), nullable=False),
        sa.Column("began_ms", sa.BigInteger()),
        sa.Column("ended_ms", sa.BigInteger()),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("handed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_in")),
    )
    op.create_index("ix_stand_in_until_on", "stand_in", ["until_on"])
    op.create_table(
        "recovery",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_by", sa.Text()),
        sa.Column("confirmed_ms", sa.BigInteger()),
        sa.Column("ended_as", sa.Text()),
        sa.Column("ended_ms", sa.BigInteger()),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
    )
    op.create_index("ix_recovery_person", "recovery", ["person"])
    op.create_table(
        "opening",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("grid", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index("ix_opening_person", "opening", ["person"])


def downgrade() -> None:
    """Back to the version before."""
    for index, table in (("ix_opening_person", "opening"), ("ix_recovery_person", "recovery")):
        op.drop_index(index, table)
        op.drop_table(table)
    op.drop_index("ix_stand_in_until_on", "stand_in")
    op.drop_table("stand_in")
    op.drop_table("department")
    with op.batch_alter_table("person") as batch:
        for name in ("covered", "lent", "ended_ms", "department", "buildings"):
            batch.drop_column(name)
