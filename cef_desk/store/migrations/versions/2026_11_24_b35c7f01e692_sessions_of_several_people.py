"""Workshops, collective information, job datings: one session, an interaction a person."""

import sqlalchemy as sa
from alembic import op

revision = "b35c7f01e692"
down_revision = "9d40e7c3a815"


def upgrade() -> None:
    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_workshop_batch_id")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_workshop_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("uid", name=op.f("uq_workshop_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_workshop_at"), "workshop", ["at"], unique=False)
    op.create_index(op.f("ix_workshop_batch_id"), "workshop", ["batch_id"], unique=False)
    op.create_index(op.f("ix_workshop_counsellor_id"), "workshop", ["counsellor_id"], unique=False)
    op.execute(
        "ALTER TABLE interaction ADD COLUMN workshop_id INTEGER "
        "CONSTRAINT fk_interaction_workshop_id REFERENCES workshop (id)"
    )
    op.create_index(
        "ix_interaction_workshop_id", "interaction", ["workshop_id"],
        sqlite_where=sa.text("workshop_id IS NOT NULL"),
    )  # fmt: skip
