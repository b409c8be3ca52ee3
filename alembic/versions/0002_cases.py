"""The individual and the coordination case."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("individual", "case_file", "case_carrier", "closure", "contact", "need_assessment", "offer")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "individual",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("identity_kind", sa.Text(), nullable=False),
        sa.Column("identity_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("identity_index", sa.LargeBinary(), nullable=True),
        sa.Column("birth_date_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("has_communication_needs", sa.Text(), nullable=False),
        sa.Column("communication_needs_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("protected_identity", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "identity_kind in ('personnummer', 'samordningsnummer', 'national_reserve_number', 'regional_reserve_number', 'none')",
            name=op.f("ck_individual_identity_kind"),
        ),
        sa.CheckConstraint(
            "protected_identity in ('none', 'confidentiality_mark', 'protected_registration')",
            name=op.f("ck_individual_protected_identity"),
        ),
        sa.CheckConstraint(
            "has_communication_needs in ('yes', 'no', 'not_asked')",
            name=op.f("ck_individual_has_communication_needs"),
        ),
        sa.CheckConstraint(
            "communication_needs_sealed is null or has_communication_needs = 'yes'",
            name=op.f("ck_individual_needs"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_individual")),
        sa.UniqueConstraint("org_id", "identity_index", name=op.f("uq_individual_org_id_identity_index")),
        schema="flerpart",
    )
    op.create_table(
        "case_file",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "individual_id"],
            ["flerpart.individual.org_id", "flerpart.individual.id"],
            name=op.f("fk_case_file_org_id_individual_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "unit_id"],
            ["flerpart.unit.org_id", "flerpart.unit.id"],
            name=op.f("fk_case_file_org_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_case_file")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_case_file_org_id_individual_id"),
        "case_file",
        ["org_id", "individual_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_case_file_org_id_unit_id"),
        "case_file",
        ["org_id", "unit_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "case_carrier",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("stand_in_id", sa.Uuid(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["flerpart.case_file.org_id", "flerpart.case_file.id"],
            name=op.f("fk_case_carrier_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "officer_id"],
            ["flerpart.officer.org_id", "flerpart.officer.id"],
            name=op.f("fk_case_carrier_org_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "stand_in_id"],
            ["flerpart.officer.org_id", "flerpart.officer.id"],
            name=op.f("fk_case_carrier_org_id_stand_in_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_case_carrier")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_case_carrier_org_id_case_id"),
        "case_carrier",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_case_carrier_org_id_officer_id"),
        "case_carrier",
        ["org_id", "officer_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "closure",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason in ('no_longer_needed', 'goal_reached', 'declined', 'consent_withdrawn', 'moved', 'deceased', 'misregistered')",
            name=op.f("ck_closure_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["flerpart.case_file.org_id", "flerpart.case_file.id"],
            name=op.f("fk_closure_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_closure")),
        sa.UniqueConstraint("org_id", "case_id", name=op.f("uq_closure_org_id_case_id")),
        schema="flerpart",
    )
    op.create_table(
        "contact",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("with_org", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("names_the_person", sa.Boolean(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("about in ('need', 'time', 'summons', 'other')", name=op.f("ck_contact_about")),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_contact_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["flerpart.case_file.org_id", "flerpart.case_file.id"],
            name=op.f("fk_contact_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_contact")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_contact_org_id_case_id"), "contact", ["org_id", "case_id"], unique=False, schema="flerpart"
    )
    op.create_table(
        "need_assessment",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("need_seen_on", sa.Date(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("grounds", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("needs", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("individual_took_part", sa.Boolean(), nullable=False),
        sa.Column("individual_view_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("other_plan", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "grounds <@ array['contact', 'health', 'work', 'social', 'economic', 'other']::text[]",
            name=op.f("ck_need_assessment_grounds"),
        ),
        sa.CheckConstraint(
            "needs <@ array['health_care', 'social_services', 'employment', 'social_insurance', 'other']::text[]",
            name=op.f("ck_need_assessment_needs"),
        ),
        sa.CheckConstraint(
            "other_plan in ('none', 'sip', 'other', 'not_known', 'not_asked')",
            name=op.f("ck_need_assessment_other_plan"),
        ),
        sa.CheckConstraint("outcome in ('need', 'no_need')", name=op.f("ck_need_assessment_outcome")),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["flerpart.case_file.org_id", "flerpart.case_file.id"],
            name=op.f("fk_need_assessment_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_need_assessment")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_need_assessment_org_id_case_id"),
        "need_assessment",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "offer",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer in ('offered', 'accepted', 'declined')", name=op.f("ck_offer_answer")),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_offer_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["flerpart.case_file.org_id", "flerpart.case_file.id"],
            name=op.f("fk_offer_org_id_case_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_offer")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_offer_org_id_case_id"), "offer", ["org_id", "case_id"], unique=False, schema="flerpart"
    )


def downgrade() -> None:
    """Drop them, the last first."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
