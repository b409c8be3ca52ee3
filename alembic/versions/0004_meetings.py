"""The meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    "meeting",
    "attendance",
    "chair_transfer",
    "conclusion",
    "invitee",
    "meeting_change",
    "meeting_opening",
    "meeting_preparation",
    "recorder_appointment",
    "time_offer",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "meeting",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("purpose_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("current_situation_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("initiator_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("booked_offer_id", sa.Uuid(), nullable=True),
        sa.Column("follows_up_org", sa.Uuid(), nullable=True),
        sa.Column("follows_up_plan", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "form in ('flerpartsmote', 'samplaneringsmote', 'avstamningsmote', 'trepartssamtal', 'flerpartssamtal', 'overlamningsmote', 'stormote')",
            name=op.f("ck_meeting_form"),
        ),
        sa.CheckConstraint("mode in ('on_site', 'remote', 'hybrid')", name=op.f("ck_meeting_mode")),
        sa.CheckConstraint("(starts_at is null) = (ends_at is null)", name=op.f("ck_meeting_time")),
        sa.ForeignKeyConstraint(
            ["org_id", "case_id"],
            ["flerpart.case_file.org_id", "flerpart.case_file.id"],
            name=op.f("fk_meeting_org_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "individual_id"],
            ["flerpart.individual.org_id", "flerpart.individual.id"],
            name=op.f("fk_meeting_org_id_individual_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_meeting")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_meeting_org_id_case_id"), "meeting", ["org_id", "case_id"], unique=False, schema="flerpart"
    )
    op.create_index(
        op.f("ix_meeting_org_id_unit_id_starts_at"),
        "meeting",
        ["org_id", "unit_id", "starts_at"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "attendance",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("attender", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("invitee_id", sa.Uuid(), nullable=True),
        sa.Column("officer_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("attendance", sa.Text(), nullable=False),
        sa.Column("took_part_otherwise", sa.Boolean(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "attendance in ('present', 'remote', 'represented', 'absent_notified', 'absent')",
            name=op.f("ck_attendance_attendance"),
        ),
        sa.CheckConstraint(
            "attender in ('individual', 'organisation', 'outsider')", name=op.f("ck_attendance_attender")
        ),
        sa.CheckConstraint(
            "(attender = 'organisation') = (organisation_id is not null)",
            name=op.f("ck_attendance_organisation"),
        ),
        sa.CheckConstraint(
            "(attender = 'outsider') = (invitee_id is not null)",
            name=op.f("ck_attendance_outsider"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_attendance_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_attendance")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_attendance_org_id_case_id"),
        "attendance",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "chair_transfer",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_chair_transfer_org_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "officer_id"],
            ["flerpart.officer.org_id", "flerpart.officer.id"],
            name=op.f("fk_chair_transfer_org_id_officer_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_chair_transfer")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_chair_transfer_org_id_case_id"),
        "chair_transfer",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "conclusion",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("no_plan_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("follow_up_caller_org", sa.Uuid(), nullable=True),
        sa.Column("follow_up_caller_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_conclusion_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_conclusion")),
        sa.UniqueConstraint("org_id", "meeting_id", name=op.f("uq_conclusion_org_id_meeting_id")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_conclusion_org_id_case_id"),
        "conclusion",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "invitee",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("function", sa.Text(), nullable=True),
        sa.Column("equivalent_function", sa.Boolean(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_with_individual", sa.Boolean(), nullable=False),
        sa.Column("suitable", sa.Boolean(), nullable=True),
        sa.Column("shown_to_outsiders", sa.Boolean(), nullable=False),
        sa.Column("attends_part_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("consent_person_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'organisation') = (organisation_id is not null)", name=op.f("ck_invitee_organisation")
        ),
        sa.CheckConstraint(
            "kind in ('organisation', 'close_person', 'employer', 'representative', 'interpreter', 'other')",
            name=op.f("ck_invitee_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_invitee_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_invitee")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_invitee_org_id_case_id"), "invitee", ["org_id", "case_id"], unique=False, schema="flerpart"
    )
    op.create_table(
        "meeting_change",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("wished_by_individual", sa.Boolean(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("from_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("to_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "change in ('booked', 'rescheduled', 'cancelled', 'entered_in_error')",
            name=op.f("ck_meeting_change_change"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_meeting_change_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_meeting_change")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_meeting_change_org_id_case_id"),
        "meeting_change",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "meeting_opening",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "manner in ('opened', 'recorded_afterwards')", name=op.f("ck_meeting_opening_manner")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_meeting_opening_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_meeting_opening")),
        sa.UniqueConstraint("org_id", "meeting_id", name=op.f("uq_meeting_opening_org_id_meeting_id")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_meeting_opening_org_id_case_id"),
        "meeting_opening",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "meeting_preparation",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("prepared_on", sa.Date(), nullable=False),
        sa.Column("with_individual", sa.Boolean(), nullable=False),
        sa.Column("goals_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("needs_and_wishes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("participation_support_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("excluded_topics_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("relatives_offered", sa.Text(), nullable=False),
        sa.Column("relatives_reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("employer_exists", sa.Text(), nullable=False),
        sa.Column("employer_called", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "employer_called in ('yes', 'no', 'not_asked')",
            name=op.f("ck_meeting_preparation_employer_called"),
        ),
        sa.CheckConstraint(
            "employer_exists in ('yes', 'no', 'not_asked')",
            name=op.f("ck_meeting_preparation_employer_exists"),
        ),
        sa.CheckConstraint(
            "relatives_offered in ('yes', 'no', 'not_suitable', 'not_asked')",
            name=op.f("ck_meeting_preparation_relatives_offered"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_meeting_preparation_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_meeting_preparation")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_meeting_preparation_org_id_case_id"),
        "meeting_preparation",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "recorder_appointment",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorder_org", sa.Uuid(), nullable=False),
        sa.Column("recorder_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_recorder_appointment_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_recorder_appointment")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_recorder_appointment_org_id_case_id"),
        "recorder_appointment",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "time_offer",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("offered_by", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("mode in ('on_site', 'remote', 'hybrid')", name=op.f("ck_time_offer_mode")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_time_offer_order")),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_time_offer_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_time_offer")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_time_offer_org_id_case_id"),
        "time_offer",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )


def downgrade() -> None:
    """Drop them, the last first."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
