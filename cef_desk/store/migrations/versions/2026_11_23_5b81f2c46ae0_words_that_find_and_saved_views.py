"""People, companies and notes are found by an index of their folded words, which the store fills; saved views."""

import sqlalchemy as sa
from alembic import op

revision = "5b81f2c46ae0"
down_revision = "3d5e0b7a9c14"


def upgrade() -> None:
    op.drop_table("search_entry")
    for name in ("beneficiary", "company", "interaction"):
        op.execute(
            f"CREATE VIRTUAL TABLE search_{name} USING fts5("
            "text, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3', detail=none)"
        )
        op.execute(f"CREATE VIRTUAL TABLE search_{name}_word USING fts5vocab(search_{name}, 'row')")
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_saved_view_batch_id")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_saved_view_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("counsellor_id", "page", "name", name=op.f("uq_saved_view_counsellor_id_page_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_view_uid")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_saved_view_batch_id"), "saved_view", ["batch_id"], unique=False)
