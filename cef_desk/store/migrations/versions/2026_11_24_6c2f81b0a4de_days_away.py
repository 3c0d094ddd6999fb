"""The days a counsellor is away."""

import sqlalchemy as sa
from alembic import op

revision = "6c2f81b0a4de"
down_revision = "1e6b94d7f350"


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_absence_batch_id")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_absence_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("uid", name=op.f("uq_absence_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_absence_batch_id"), "absence", ["batch_id"], unique=False)
    op.create_index(op.f("ix_absence_counsellor_id"), "absence", ["counsellor_id"], unique=False)
