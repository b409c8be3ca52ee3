"""Summonses, received copies, replies."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    "preparedness",
    "reference_counter",
    "summons_reply",
    "received_copy",
    "summons_assignment",
    "invitation",
    "summons",
    "query_answer",
    "summons_recall",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "preparedness",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_org", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_preparedness")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_preparedness_item_org_case_id"),
        "preparedness",
        ["item_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_preparedness_org_id_item_id"),
        "preparedness",
        ["org_id", "item_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "reference_counter",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", name=op.f("pk_reference_counter")),
        schema="flerpart",
    )
    op.create_table(
        "summons_reply",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_org", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_org", sa.Uuid(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("proposed_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("link_email_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("speaker_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_summons_reply_channel"),
        ),
        sa.CheckConstraint(
            "reply in ('acknowledged', 'queried', 'accepted', 'declined', 'new_time_proposed')",
            name=op.f("ck_summons_reply_reply"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_summons_reply")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_summons_reply_item_org_case_id"),
        "summons_reply",
        ["item_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_summons_reply_item_org_item_id"),
        "summons_reply",
        ["item_org", "item_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_summons_reply_org_id_item_id"),
        "summons_reply",
        ["org_id", "item_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "received_copy",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_org", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("reference_number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("meeting_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('summons', 'notice', 'plan')", name=op.f("ck_received_copy_kind")),
        sa.ForeignKeyConstraint(
            ["org_id", "individual_id"],
            ["flerpart.individual.org_id", "flerpart.individual.id"],
            name=op.f("fk_received_copy_org_id_individual_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_received_copy")),
        sa.UniqueConstraint(
            "org_id", "reference_number", name=op.f("uq_received_copy_org_id_reference_number")
        ),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_received_copy_org_id_from_org_case_id"),
        "received_copy",
        ["org_id", "from_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_received_copy_org_id_individual_id"),
        "received_copy",
        ["org_id", "individual_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_received_copy_org_id_kind_unit_id_id"),
        "received_copy",
        ["org_id", "kind", "unit_id", "id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "summons_assignment",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("summons_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "officer_id"],
            ["flerpart.officer.org_id", "flerpart.officer.id"],
            name=op.f("fk_summons_assignment_org_id_officer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "summons_id"],
            ["flerpart.received_copy.org_id", "flerpart.received_copy.id"],
            name=op.f("fk_summons_assignment_org_id_summons_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_summons_assignment")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_summons_assignment_org_id_officer_id"),
        "summons_assignment",
        ["org_id", "officer_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_summons_assignment_org_id_summons_id"),
        "summons_assignment",
        ["org_id", "summons_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "invitation",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("invitee_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("letter_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_invitation_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "invitee_id"],
            ["flerpart.invitee.org_id", "flerpart.invitee.id"],
            name=op.f("fk_invitation_org_id_invitee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_invitation_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_invitation")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_invitation_org_id_case_id"),
        "invitation",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "summons",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("invitee_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_org", sa.Uuid(), nullable=False),
        sa.Column("recipient_unit", sa.Uuid(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("meeting_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("explained", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("letter_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_summons_channel"),
        ),
        sa.CheckConstraint("recipient_org <> org_id", name=op.f("ck_summons_to_another")),
        sa.ForeignKeyConstraint(
            ["org_id", "invitee_id"],
            ["flerpart.invitee.org_id", "flerpart.invitee.id"],
            name=op.f("fk_summons_org_id_invitee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_summons_org_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recipient_org", "recipient_unit"],
            ["flerpart.unit.org_id", "flerpart.unit.id"],
            name=op.f("fk_summons_recipient_org_recipient_unit"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_summons")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_summons_org_id_case_id"), "summons", ["org_id", "case_id"], unique=False, schema="flerpart"
    )
    op.create_index(
        op.f("ix_summons_org_id_meeting_id"),
        "summons",
        ["org_id", "meeting_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "query_answer",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("summons_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_org", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "summons_id"],
            ["flerpart.summons.org_id", "flerpart.summons.id"],
            name=op.f("fk_query_answer_org_id_summons_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_query_answer")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_query_answer_org_id_case_id"),
        "query_answer",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_query_answer_org_id_summons_id"),
        "query_answer",
        ["org_id", "summons_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "summons_recall",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("summons_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("incident_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause in ('sent_wrong', 'cancelled', 'rescheduled', 'other')",
            name=op.f("ck_summons_recall_cause"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "summons_id"],
            ["flerpart.summons.org_id", "flerpart.summons.id"],
            name=op.f("fk_summons_recall_org_id_summons_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_summons_recall")),
        sa.UniqueConstraint("org_id", "summons_id", name=op.f("uq_summons_recall_org_id_summons_id")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_summons_recall_org_id_case_id"),
        "summons_recall",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )


def downgrade() -> None:
    """Drop them, the last first."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
