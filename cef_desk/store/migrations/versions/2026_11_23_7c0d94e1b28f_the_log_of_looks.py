"""Who looked at what, when."""

import sqlalchemy as sa
from alembic import op

revision = "7c0d94e1b28f"
down_revision = "5b81f2c46ae0"


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_access_log")),
    )
