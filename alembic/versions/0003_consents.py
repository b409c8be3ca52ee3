"""Consent and disclosure."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    "consent_documentation",
    "consent_withdrawal",
    "consent",
    "consent_coverage",
    "consent_extension",
    "consent_person",
    "disclosure",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "consent_documentation",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consent_org", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("documented_on", sa.Date(), nullable=False),
        sa.Column("own_reference", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_consent_documentation")),
        sa.UniqueConstraint(
            "org_id",
            "consent_org",
            "consent_id",
            name=op.f("uq_consent_documentation_org_id_consent_org_consent_id"),
        ),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_documentation_consent_org_case_id"),
        "consent_documentation",
        ["consent_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "consent_withdrawal",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consent_org", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("covered_org", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('withdrawn', 'entered_in_error')", name=op.f("ck_consent_withdrawal_kind")
        ),
        sa.CheckConstraint(
            "manner in ('written', 'oral', 'digital')", name=op.f("ck_consent_withdrawal_manner")
        ),
        sa.CheckConstraint(
            "kind = 'withdrawn' or covered_org is null",
            name=op.f("ck_consent_withdrawal_error"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_consent_withdrawal")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_withdrawal_consent_org_case_id"),
        "consent_withdrawal",
        ["consent_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_withdrawal_consent_org_consent_id"),
        "consent_withdrawal",
        ["consent_org", "consent_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_withdrawal_recorded_at"),
        "consent_withdrawal",
        ["recorded_at"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "consent",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("informed_of", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("information_adapted", sa.Boolean(), nullable=False),
        sa.Column("adaptation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("participation_support_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("taker_name", sa.Text(), nullable=False),
        sa.Column("taker_function", sa.Text(), nullable=False),
        sa.Column("excluded_topics_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("secrecy_ground", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer in ('given', 'refused')", name=op.f("ck_consent_answer")),
        sa.CheckConstraint(
            "capacity in ('adult', 'minor_mature', 'minor_with_guardian', 'represented')",
            name=op.f("ck_consent_capacity"),
        ),
        sa.CheckConstraint(
            "given_by in ('individual', 'guardian', 'representative')", name=op.f("ck_consent_given_by")
        ),
        sa.CheckConstraint("kind in ('call', 'information_exchange')", name=op.f("ck_consent_kind")),
        sa.CheckConstraint("manner in ('written', 'oral', 'digital')", name=op.f("ck_consent_manner")),
        sa.CheckConstraint(
            "informed_of <@ array['the_meeting', 'purpose', 'participants', 'what_is_shared', 'excluded_topics',"
            " 'withdrawal']::text[]",
            name=op.f("ck_consent_informed_of"),
        ),
        sa.CheckConstraint(
            "secrecy_ground in ('consent', 'consent_private_care')", name=op.f("ck_consent_secrecy_ground")
        ),
        sa.CheckConstraint(
            "legal_basis in ('public_task', 'legal_obligation')", name=op.f("ck_consent_legal_basis")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["flerpart.case_file.org_id", "flerpart.case_file.id"],
            name=op.f("fk_consent_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_consent")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_org_id_case_id"), "consent", ["org_id", "case_id"], unique=False, schema="flerpart"
    )
    op.create_table(
        "consent_coverage",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("covered_org", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("extension_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id", "consent_id"],
            ["flerpart.consent.org_id", "flerpart.consent.id"],
            name=op.f("fk_consent_coverage_org_id_consent_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "consent_id", "covered_org", name=op.f("pk_consent_coverage")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_coverage_covered_org_consent_id"),
        "consent_coverage",
        ["covered_org", "consent_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_coverage_org_id_case_id"),
        "consent_coverage",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "consent_extension",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("changes_end", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "manner in ('written', 'oral', 'digital')", name=op.f("ck_consent_extension_manner")
        ),
        sa.CheckConstraint(
            "changes_end or (ends_on is null and ends_at is null)",
            name=op.f("ck_consent_extension_end"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "consent_id"],
            ["flerpart.consent.org_id", "flerpart.consent.id"],
            name=op.f("fk_consent_extension_org_id_consent_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_consent_extension")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_extension_org_id_consent_id"),
        "consent_extension",
        ["org_id", "consent_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "consent_person",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("extension_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "relation in ('close_person', 'employer', 'representative', 'other')",
            name=op.f("ck_consent_person_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "consent_id"],
            ["flerpart.consent.org_id", "flerpart.consent.id"],
            name=op.f("fk_consent_person_org_id_consent_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_consent_person")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_consent_person_org_id_case_id"),
        "consent_person",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "disclosure",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient_org", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('summons', 'notice', 'meeting', 'draft', 'plan')", name=op.f("ck_disclosure_kind")
        ),
        sa.CheckConstraint("recipient_org <> org_id", name=op.f("ck_disclosure_to_another")),
        sa.ForeignKeyConstraint(
            ["org_id", "consent_id"],
            ["flerpart.consent.org_id", "flerpart.consent.id"],
            name=op.f("fk_disclosure_org_id_consent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_org"], ["flerpart.organisation.id"], name=op.f("fk_disclosure_recipient_org")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint(
            "org_id",
            "kind",
            "item_id",
            "recipient_org",
            "consent_id",
            name=op.f("uq_disclosure_org_id_kind_item_id_recipient_org_consent_id"),
        ),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_disclosure_recipient_org_kind_item_id"),
        "disclosure",
        ["recipient_org", "kind", "item_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_disclosure_recipient_org_kind_org_id_item_id"),
        "disclosure",
        ["recipient_org", "kind", "org_id", "item_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_disclosure_org_id_case_id_recipient_org"),
        "disclosure",
        ["org_id", "case_id", "recipient_org"],
        unique=False,
        schema="flerpart",
    )


def downgrade() -> None:
    """Drop them, the last first."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
