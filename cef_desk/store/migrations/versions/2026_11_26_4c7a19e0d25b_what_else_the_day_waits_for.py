"""What else the day waits for: prescriptions, orientations, quarterly returns, companies that sleep, where the unit is."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations.base import BatchOperations

revision = "4c7a19e0d25b"
down_revision = "b35c7f01e692"


def upgrade() -> None:
    with _made_anew("pathway") as pathway:
        pathway.alter_column("entered_on", existing_type=sa.Date(), nullable=True)
        pathway.add_column(sa.Column("prescribed_on", sa.Date(), nullable=True))
        pathway.add_column(sa.Column("oriented_on", sa.Date(), nullable=True))
        pathway.add_column(sa.Column("entry_follows_meetings", sa.Boolean(), server_default="0", nullable=False))
    with _made_anew("snooze") as snooze:
        snooze.alter_column("pathway_id", existing_type=sa.Integer(), nullable=True)
    op.execute("UPDATE snooze SET pathway_id = NULL WHERE row LIKE 'workshop:%'")
    op.create_table(
        "right",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("quarterly_month", sa.Integer(), nullable=False),
        sa.Column("returned_to", sa.Date(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_right_batch_id")),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name=op.f("fk_right_pathway_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_right")),
        sa.UniqueConstraint("uid", name=op.f("uq_right_uid")),
        sa.UniqueConstraint("pathway_id", name=op.f("uq_right_pathway_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_right_batch_id"), "right", ["batch_id"], unique=False)
    for column in ("address", "phone"):
        op.add_column("unit", sa.Column(column, sa.String(), server_default="", nullable=False))
    op.add_column("company", sa.Column("wakes_on", sa.Date(), nullable=True))
    op.execute(
        "ALTER TABLE company ADD COLUMN wakes_for_id INTEGER "
        "CONSTRAINT fk_company_wakes_for_id REFERENCES counsellor (id)"
    )
    op.create_index(
        "ix_company_wakes_for_id", "company", ["wakes_for_id"], sqlite_where=sa.text("wakes_for_id IS NOT NULL")
    )
    op.create_index(
        "ix_interaction_calls", "interaction", ["counsellor_id"], sqlite_where=sa.text("call_result IS NOT NULL")
    )


@contextmanager
def _made_anew(table: str) -> Iterator[BatchOperations]:
    """A table copied into its new shape, with its promise never to give a key twice, those of rows deleted too."""
    connection, named = op.get_bind(), {"t": table}
    kept = connection.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :t"), named).scalar()
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch:
        yield batch
    if kept is not None:
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :t"), named)
        connection.execute(sa.text("INSERT INTO sqlite_sequence VALUES (:t, :seq)"), {**named, "seq": kept})
