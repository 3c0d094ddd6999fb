"""People, companies and notes are found by an index of their folded words; the store fills it."""

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
