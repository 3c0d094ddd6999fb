"""What a meeting is about and agrees: subjects, calls, private notes, who does what, words to think over."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "1e6b94d7f350"
down_revision = "7c0d94e1b28f"

SUBJECTS = (
    ("PROJET", "Projet"),
    ("RECHERCHE", "Recherche"),
    ("SUIVI_EMPLOI", "Suivi en emploi"),
    ("MOBILITE", "Mobilité"),
    ("GARDE", "Garde"),
    ("FORMATION", "Formation"),
    ("LOGEMENT", "Logement"),
    ("DROITS", "Droits"),
    ("AIDES", "Aides"),
)
WORDS = {
    "health": "alcoolique*, alcoolisé*, alcoolisme, anorex*, bipolaire*, boulim*, burn out, cancer*, cirrhose*, dépress*, diabèt*, diabét*, "
    "drogue, drogué, droguée, épileps*, hépatite*, hiv, paranoïa*, psychiatr*, psychos*, schizo*, sclérose*, sida, suicid*, toxico*, "
    "tumeur*, vih",
    "justice": "bracelet électronique, casier judiciaire, condamnation*, condamné, condamnée, détention, "
    "garde à vue, incarcér*, libération conditionnelle, prison, spip",
    "origin": "antillais*, arabe*, catholique*, chrétien*, ethni*, gitan*, homosexuel*, juif*, juive*, kabyle*, "
    "maghrébin*, manouche*, musulman*, rom, roms, syndicaliste*, témoin de Jéhovah",
}


def new_entries() -> list[dict[str, object]]:
    """The rows of the two lists."""
    subjects = [("meeting_subject", code, label, None) for code, label in SUBJECTS]
    told = [(word, family) for family, words in WORDS.items() for word in words.split(", ")]
    words = [("sensitive_word", f"M{number:02}", *each) for number, each in enumerate(told, 1)]
    return [
        {"list": name, "code": code, "label": label, "family": family, "position": position}
        for entries in (subjects, words)
        for position, (name, code, label, family) in enumerate(entries, 1)
    ]


def upgrade() -> None:
    for column in (
        sa.Column("subject_codes", sa.String(), server_default="", nullable=False),
        sa.Column("is_private", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("call_result", sa.String(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
    ):
        op.add_column("interaction", column)
    op.execute(
        "ALTER TABLE interaction ADD COLUMN origin_id INTEGER "
        "CONSTRAINT fk_interaction_origin_id REFERENCES interaction (id)"
    )
    op.create_index(
        "ix_interaction_origin_id", "interaction", ["origin_id"], sqlite_where=sa.text("origin_id IS NOT NULL")
    )
    fill_lists()


def fill_lists() -> None:
    """The two lists, in a file that has its lists already."""
    connection = op.get_bind()
    if not connection.execute(sa.text("SELECT count(*) FROM list_entry")).scalar():
        return
    for entry in new_entries():
        connection.execute(
            sa.text(
                "INSERT INTO list_entry (uid, version, list_name, code, label, position, active, family) "
                "VALUES (:uid, 1, :list, :code, :label, :position, 1, :family)"
            ),
            {"uid": str(uuid.uuid4()), **entry},
        )
