"""The tables of the figures: who holds a pathway, what reports slice by, offers, checks, barriers."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "3d5e0b7a9c14"
down_revision = "8f3a1c20d5b7"

NEW_ENTRIES = {
    "barrier": (
        ("MOBILITE", "Mobilité (permis, véhicule, transports)"),
        ("SANTE", "Santé (mention seule, sans diagnostic)"),
        ("GARDE", "Garde d’enfants"),
        ("LOGEMENT", "Logement"),
        ("QUALIF", "Qualification / formation"),
        ("LANGUE", "Maîtrise du français, illettrisme"),
        ("FINANCES", "Difficultés financières, surendettement"),
        ("ADMIN", "Démarches administratives, accès aux droits"),
        ("JUSTICE", "Contraintes judiciaires (mention seule)"),
        ("NUMERIQUE", "Équipement / usage numérique"),
        ("CONFIANCE", "Confiance, image de soi"),
        ("AGE", "Âge / discrimination"),
        ("FAMILLE", "Situation familiale"),
    ),
    "prescriber": (
        ("CAS", "Circonscription d’action sociale"),
        ("CCAS", "CCAS"),
        ("ANPE", "ANPE"),
        ("PLIE_ML", "PLIE ou mission locale"),
        ("SPONTANEE", "Démarche spontanée, bouche à oreille"),
    ),
    "level": (
        ("VI", "VI\xa0: sortie avant la 3e"),
        ("V bis", "V bis\xa0: 3e, ou CAP-BEP non achevé"),
        ("V", "V\xa0: CAP, BEP"),
        ("IV", "IV\xa0: baccalauréat, BP"),
        ("III", "III\xa0: bac + 2"),
        ("II", "II\xa0: bac + 3 et + 4"),
        ("I", "I\xa0: bac + 5 et plus"),
    ),
    "household": (
        ("SEULE", "Personne seule"),
        ("SEULE_ENF", "Personne seule avec enfant(s)"),
        ("COUPLE", "Couple sans enfant"),
        ("COUPLE_ENF", "Couple avec enfant(s)"),
    ),
    "vehicle": (
        ("VOITURE", "Véhicule"),
        ("DEUX_ROUES", "Deux-roues"),
        ("AUCUN", "Sans véhicule"),
    ),
    "zone": (
        ("ZUS", "ZUS ou QPV"),
        ("HORS", "Hors zone"),
    ),
    "naf_section": (
        ("A", "Agriculture, sylviculture et pêche"),
        ("B", "Industries extractives"),
        ("C", "Industrie manufacturière"),
        ("D", "Électricité, gaz, vapeur"),
        ("E", "Eau, assainissement, déchets"),
        ("F", "Construction"),
        ("G", "Commerce, réparation automobile"),
        ("H", "Transports et entreposage"),
        ("I", "Hébergement et restauration"),
        ("J", "Information et communication"),
        ("K", "Finance et assurance"),
        ("L", "Activités immobilières"),
        ("M", "Activités scientifiques et techniques"),
        ("N", "Services administratifs et de soutien"),
        ("O", "Administration publique"),
        ("P", "Enseignement"),
        ("Q", "Santé humaine et action sociale"),
        ("R", "Arts, spectacles, loisirs"),
        ("S", "Autres services"),
        ("T", "Particuliers employeurs"),
        ("U", "Activités extraterritoriales"),
    ),
    "insertion_kind": (
        ("CI", "Contrat d’insertion"),
        ("CER", "Contrat d’engagements réciproques"),
        ("CE", "Contrat d’engagement"),
    ),
}
KIND_FLAGS = (
    ("CIRMA_CDI", 1, "CIRMA_CDI"),
    ("CIRMA_CDD", 1, "CIRMA_CDD"),
    ("CIRMA_CTT", 1, "CIRMA_CTT"),
    ("CA", 1, "CA"),
    ("CAE", 1, "CAE"),
    ("CIE_CDI", 1, "CIE"),
    ("CIE_CDD", 1, "CIE"),
    ("CUI_CAE", 1, "OTHER"),
    ("CUI_CIE", 1, "OTHER"),
    ("CDDI", 1, "ALT_IAE"),
    ("CDD_IAE", 1, "ALT_IAE"),
    ("CDI", 0, "CDI"),
    ("CDD_6P", 0, "CDD_6P"),
    ("CDD_M6", 0, "CDD_M6"),
    ("CTT", 0, "CTT"),
    ("SAISON", 0, "SAISON"),
    ("PRO", 1, "ALT_IAE"),
    ("APP", 1, "ALT_IAE"),
    ("CREA", None, None),
    ("CAPE", 1, None),
    ("AUTRE", 0, "OTHER"),
    ("VENDANGES", 0, "CDD_M6"),
    ("USAGE", 0, "CDD"),
    ("REMPLACEMENT", 0, "CDD"),
    ("AI_MAD", 1, "ALT_IAE"),
    ("PART_EMP", 0, "OTHER"),
    ("CDI_INT", 0, "CDI"),
    ("PUBLIC", 0, "OTHER"),
)
"""Contract kind, aided, line of the monthly sheet."""

REASON_FLAGS = (
    ("ESSAI_EMP", 1, 1),
    ("ESSAI_SAL", 1, 1),
    ("DEMISSION", 1, 0),
    ("RUPT_SAL_CDD", 1, 0),
    ("ABANDON", 1, 0),
    ("LIC_FAUTE", 1, 0),
    ("LIC_PERSO", 1, 0),
    ("LIC_INAPT", 1, 0),
    ("LIC_ECO", 1, 0),
    ("COMMUN_ACCORD", 1, 0),
    ("RUPT_CONV", 1, 0),
    ("FORCE_MAJEURE", 1, 0),
    ("LIQUIDATION", 1, 0),
    ("POS_CDI", 0, 0),
    ("POS_CDD6", 0, 0),
    ("POS_FORM", 0, 0),
    ("DECES", 0, 0),
    ("DECES_EMP", 0, 0),
    ("DEMENAG", 0, 0),
    ("RETRAITE", 0, 0),
    ("AUTRE", 1, 0),
    ("INCONNU", 1, 0),
)
"""Rupture reason, counted by the net rate, in trial."""


def upgrade() -> None:
    op.create_table(
        "company_contact",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_company_contact_batch_id")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_company_contact_company_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_contact")),
        sa.UniqueConstraint("uid", name=op.f("uq_company_contact_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("company_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_company_contact_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_company_contact_company_id"), ["company_id"], unique=False)

    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator_code", sa.String(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=True),
        sa.Column("target", sa.Double(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_objective_batch_id")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_objective_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
        sa.UniqueConstraint("uid", name=op.f("uq_objective_uid")),
        sa.UniqueConstraint(
            "year", "indicator_code", "counsellor_id", name=op.f("uq_objective_year_indicator_code_counsellor_id")
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objective_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objective_counsellor_id"), ["counsellor_id"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("rome_code", sa.String(), nullable=True),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("weekly_hours", sa.Double(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_offer_batch_id")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_offer_company_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_offer_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("uid", name=op.f("uq_offer_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_received_on"), ["received_on"], unique=False)

    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_presence_batch_id")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_presence_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("uid", name=op.f("uq_presence_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presence_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_presence_counsellor_id"), ["counsellor_id"], unique=False)

    op.create_table(
        "barrier",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("theme_code", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_barrier_batch_id")),
        sa.ForeignKeyConstraint(
            ["pathway_id"], ["pathway.id"], name=op.f("fk_barrier_pathway_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier")),
        sa.UniqueConstraint("uid", name=op.f("uq_barrier_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("barrier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barrier_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_barrier_pathway_id"), ["pathway_id"], unique=False)

    op.create_table(
        "holder",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_holder_batch_id")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_holder_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name=op.f("fk_holder_pathway_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holder")),
        sa.UniqueConstraint("uid", name=op.f("uq_holder_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holder_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_holder_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index("ix_holder_pathway_id", ["pathway_id", "from_on", "to_on", "counsellor_id"], unique=False)

    op.create_table(
        "insertion_contract",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_insertion_contract_batch_id")),
        sa.ForeignKeyConstraint(
            ["pathway_id"], ["pathway.id"], name=op.f("fk_insertion_contract_pathway_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insertion_contract")),
        sa.UniqueConstraint("uid", name=op.f("uq_insertion_contract_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("insertion_contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insertion_contract_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_insertion_contract_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_insertion_contract_pathway_id"), ["pathway_id"], unique=False)

    op.create_table(
        "exit_check",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("exit_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_exit_check_batch_id")),
        sa.ForeignKeyConstraint(["exit_id"], ["exit.id"], name=op.f("fk_exit_check_exit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_check")),
        sa.UniqueConstraint("exit_id", "months", name=op.f("uq_exit_check_exit_id_months")),
        sa.UniqueConstraint("uid", name=op.f("uq_exit_check_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("exit_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_check_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_referral_batch_id")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_referral_contract_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["counsellor_id"], ["counsellor.id"], name=op.f("fk_referral_counsellor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_referral_offer_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["pathway_id"], ["pathway.id"], name=op.f("fk_referral_pathway_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint("uid", name=op.f("uq_referral_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_counsellor_id"), ["counsellor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_pathway_id"), ["pathway_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_proposed_on"), ["proposed_on"], unique=False)

    with op.batch_alter_table("beneficiary", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sex", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("household_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("children", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("licence", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("vehicle_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("disabled_worker", sa.Boolean(), nullable=True))

    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.add_column(sa.Column("siret", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("naf_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("naf_version", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("naf_section", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("size_band", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("postcode", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("city", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("commune_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("territory_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("phone", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("email", sa.String(), server_default="", nullable=False))
        batch_op.create_index(batch_op.f("ix_company_siret"), ["siret"], unique=False)

    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("rome_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("job", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("naf_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("naf_section", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("size_band", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agreement_number", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agreement_starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("agreement_ends_on", sa.Date(), nullable=True))

    with op.batch_alter_table("exit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("override_reason", sa.String(), nullable=True))

    with made_anew("interaction") as batch_op:
        for parent in ("company", "contract"):
            batch_op.add_column(sa.Column(f"{parent}_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_interaction_{parent}_id"), parent, [f"{parent}_id"], ["id"], ondelete="RESTRICT"
            )
        batch_op.create_index("ix_interaction_company_id_kind_at", ["company_id", "kind", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_interaction_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index("ix_interaction_kind_outcome_at", ["kind", "outcome", "at"], unique=False)

    with op.batch_alter_table("list_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("aided", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("sheet_group", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("counts_net", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("in_trial", sa.Boolean(), nullable=True))

    hold_pathways()
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("low_base", sa.Integer(), server_default="20", nullable=False))
        batch_op.add_column(sa.Column("min_stay_days", sa.Integer(), server_default="90", nullable=False))
        batch_op.add_column(sa.Column("loyal_months", sa.Integer(), server_default="24", nullable=False))

    fill_lists()
    fill_forms()


@contextmanager
def made_anew(table: str) -> Iterator[BatchOperations]:
    """A table copied into its new shape, with its promise never to give a key twice."""
    connection = op.get_bind()
    kept = connection.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = :t"), {"t": table}).scalar()
    with op.batch_alter_table(table, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        yield batch_op
    if kept is not None:
        connection.execute(sa.text("UPDATE sqlite_sequence SET seq = :seq WHERE name = :t"), {"seq": kept, "t": table})


def hold_pathways() -> None:
    """The counsellor of a pathway becomes its first holder; the table is made anew without the column."""
    connection = op.get_bind()
    held = connection.execute(sa.text("SELECT id, counsellor_id, entered_on FROM pathway")).all()
    for pathway_id, counsellor_id, entered_on in held:
        connection.execute(
            sa.text(
                "INSERT INTO holder (uid, version, pathway_id, counsellor_id, from_on) VALUES (:uid, 1, :p, :c, :day)"
            ),
            {"uid": str(uuid.uuid4()), "p": pathway_id, "c": counsellor_id, "day": entered_on},
        )
    for (counsellor_id,) in connection.execute(sa.text("SELECT id FROM counsellor WHERE active")).all():
        connection.execute(
            sa.text("INSERT INTO presence (uid, version, counsellor_id) VALUES (:uid, 1, :c)"),
            {"uid": str(uuid.uuid4()), "c": counsellor_id},
        )
    with made_anew("pathway") as batch_op:
        batch_op.add_column(sa.Column("age_at_entry", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("months_in_scheme", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("level_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("prescriber_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("zone_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("commune_code", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("commune", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("territory_code", sa.String(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_pathway_counsellor_id"))
        batch_op.drop_constraint(batch_op.f("fk_pathway_counsellor_id"), type_="foreignkey")
        batch_op.drop_column("counsellor_id")


def fill_lists() -> None:
    """The flags of the lists a file already has, and the lists it does not have yet."""
    connection = op.get_bind()
    for code, aided, sheet_group in KIND_FLAGS:
        connection.execute(
            sa.text(
                "UPDATE list_entry SET aided = :a, sheet_group = :g WHERE list_name = 'contract_kind' AND code = :c"
            ),
            {"a": aided, "g": sheet_group, "c": code},
        )
    for code, counts_net, in_trial in REASON_FLAGS:
        connection.execute(
            sa.text(
                "UPDATE list_entry SET counts_net = :n, in_trial = :t WHERE list_name = 'rupture_reason' AND code = :c"
            ),
            {"n": counts_net, "t": in_trial, "c": code},
        )
    if not connection.execute(sa.text("SELECT count(*) FROM list_entry")).scalar():
        return
    for name, entries in NEW_ENTRIES.items():
        for position, (code, label) in enumerate(entries, 1):
            connection.execute(
                sa.text(
                    "INSERT INTO list_entry (uid, version, list_name, code, label, position, active) "
                    "VALUES (:uid, 1, :list, :code, :label, :position, 1)"
                ),
                {"uid": str(uuid.uuid4()), "list": name, "code": code, "label": label, "position": position},
            )


def fill_forms() -> None:
    """A contract has the form of its kind; of a kind that leaves it open, its planned end tells."""
    op.execute(
        "UPDATE contract SET form = coalesce("
        "(SELECT form FROM list_entry WHERE list_name = 'contract_kind' AND code = contract.kind_code), "
        "CASE WHEN planned_end_on IS NULL THEN 'CDI' ELSE 'CDD' END) "
        "WHERE kind_code NOT IN ('CREA', 'CAPE')"
    )
