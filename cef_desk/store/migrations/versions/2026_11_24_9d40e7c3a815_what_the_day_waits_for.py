"""What the day waits for: lines put off, people unavailable, delays as settings, covers, how each person is reached."""

import sqlalchemy as sa
from alembic import op

revision = "9d40e7c3a815"
down_revision = "6c2f81b0a4de"

TABLES: dict[str, tuple[list[sa.Column[object]], tuple[str, ...]]] = {
    "snooze": (
        [
            sa.Column("counsellor_id", sa.Integer(), nullable=False),
            sa.Column("pathway_id", sa.Integer(), nullable=False),
            sa.Column("code", sa.String(), nullable=False),
            sa.Column("about", sa.Date(), nullable=False),
            sa.Column("until_on", sa.Date(), nullable=False),
            sa.Column("reason", sa.String(), nullable=False),
            sa.Column("row", sa.String(), server_default="", nullable=False),
        ],
        ("counsellor", "pathway"),
    ),
    "unavailability": (
        [
            sa.Column("pathway_id", sa.Integer(), nullable=False),
            sa.Column("from_on", sa.Date(), nullable=False),
            sa.Column("to_on", sa.Date(), nullable=True),
            sa.Column("reason", sa.String(), nullable=False),
        ],
        ("pathway",),
    ),
    "alert_setting": (
        [
            sa.Column("code", sa.String(), nullable=False),
            sa.Column("count", sa.Integer(), nullable=False),
            sa.Column("active", sa.Boolean(), nullable=False),
        ],
        (),
    ),
    "cover": (
        [
            sa.Column("counsellor_id", sa.Integer(), nullable=False),
            sa.Column("absent_id", sa.Integer(), nullable=False),
            sa.Column("from_on", sa.Date(), nullable=False),
            sa.Column("to_on", sa.Date(), nullable=False),
        ],
        ("counsellor",),
    ),
}


def upgrade() -> None:
    for name, (columns, parents) in TABLES.items():
        keys = [
            sa.ForeignKeyConstraint(
                [f"{parent}_id"], [f"{parent}.id"], name=op.f(f"fk_{name}_{parent}_id"), ondelete="RESTRICT"
            )
            for parent in parents
        ]
        if name == "cover":
            keys.append(
                sa.ForeignKeyConstraint(
                    ["absent_id"], ["counsellor.id"], name=op.f("fk_cover_absent_id"), ondelete="RESTRICT"
                )
            )
        if name == "alert_setting":
            keys.append(sa.UniqueConstraint("code", name=op.f("uq_alert_setting_code")))  # type: ignore[arg-type]  # a constraint as the others
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
            sa.Column("uid", sa.String(), nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            *columns,
            sa.Column("batch_id", sa.Integer(), nullable=True),
            sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f(f"fk_{name}_batch_id")),
            *keys,
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
            sqlite_autoincrement=True,
        )
        for column in ("batch_id", *(f"{parent}_id" for parent in parents)):
            op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)
    op.create_index(op.f("ix_cover_absent_id"), "cover", ["absent_id"], unique=False)
    for column in ("address", "email", "channel", "contact_through"):
        op.add_column("beneficiary", sa.Column(column, sa.String(), server_default="", nullable=False))
