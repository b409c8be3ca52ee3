"""Plans, approvals, commitments, follow-up."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = (
    "commitment",
    "follow_up_report",
    "plan_approval",
    "plan_draft",
    "follow_up_decision",
    "plan",
    "action",
    "plan_distribution",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "commitment",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_org", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("speaker_org", sa.Uuid(), nullable=True),
        sa.Column("speaker_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("to_org", sa.Uuid(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_commitment_channel"),
        ),
        sa.CheckConstraint("speaker in ('individual', 'organisation')", name=op.f("ck_commitment_speaker")),
        sa.CheckConstraint(
            "status in ('accepted', 'declined', 'ongoing', 'done', 'not_done', 'transfer_offered', 'transferred', 'closed')",
            name=op.f("ck_commitment_status"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_commitment")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_commitment_item_org_action_id"),
        "commitment",
        ["item_org", "action_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_commitment_item_org_case_id"),
        "commitment",
        ["item_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_commitment_org_id_action_id"),
        "commitment",
        ["org_id", "action_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "follow_up_report",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_org", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("speaker_org", sa.Uuid(), nullable=True),
        sa.Column("speaker_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_follow_up_report_channel"),
        ),
        sa.CheckConstraint(
            "speaker in ('individual', 'organisation')", name=op.f("ck_follow_up_report_speaker")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_follow_up_report")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_follow_up_report_item_org_case_id"),
        "follow_up_report",
        ["item_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_follow_up_report_item_org_item_id"),
        "follow_up_report",
        ["item_org", "item_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "plan_approval",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_org", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("speaker_org", sa.Uuid(), nullable=True),
        sa.Column("speaker_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(speaker = 'organisation') = (speaker_org is not null)",
            name=op.f("ck_plan_approval_speaker_org"),
        ),
        sa.CheckConstraint("answer in ('approved', 'objected')", name=op.f("ck_plan_approval_answer")),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_plan_approval_channel"),
        ),
        sa.CheckConstraint(
            "speaker in ('individual', 'organisation')", name=op.f("ck_plan_approval_speaker")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_plan_approval")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_plan_approval_item_org_case_id"),
        "plan_approval",
        ["item_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_plan_approval_item_org_item_id"),
        "plan_approval",
        ["item_org", "item_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "plan_draft",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_org", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revises", sa.Uuid(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_plan_draft")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_plan_draft_item_org_case_id"),
        "plan_draft",
        ["item_org", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_plan_draft_item_org_meeting_id"),
        "plan_draft",
        ["item_org", "meeting_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "follow_up_decision",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("plan_org", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("still_needs_coordination", sa.Boolean(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision in ('revise', 'new_plan', 'close')", name=op.f("ck_follow_up_decision_decision")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_follow_up_decision_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_follow_up_decision")),
        sa.UniqueConstraint("org_id", "meeting_id", name=op.f("uq_follow_up_decision_org_id_meeting_id")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_follow_up_decision_org_id_case_id"),
        "follow_up_decision",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "plan",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("plan_line", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revises_org", sa.Uuid(), nullable=True),
        sa.Column("revises", sa.Uuid(), nullable=True),
        sa.Column("replaces_org", sa.Uuid(), nullable=True),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=False),
        sa.Column("goal_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("empty_goal_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("revises is null or replaces is null", name=op.f("ck_plan_succession")),
        sa.ForeignKeyConstraint(
            ["org_id", "individual_id"],
            ["flerpart.individual.org_id", "flerpart.individual.id"],
            name=op.f("fk_plan_org_id_individual_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "meeting_id"],
            ["flerpart.meeting.org_id", "flerpart.meeting.id"],
            name=op.f("fk_plan_org_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_plan")),
        sa.UniqueConstraint("org_id", "plan_line", "number", name=op.f("uq_plan_org_id_plan_line_number")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_plan_org_id_case_id"), "plan", ["org_id", "case_id"], unique=False, schema="flerpart"
    )
    op.create_index(
        op.f("ix_plan_org_id_meeting_id"), "plan", ["org_id", "meeting_id"], unique=False, schema="flerpart"
    )
    op.create_table(
        "action",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("carries_on", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text_given", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_org", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by_an_outsider", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(owner = 'organisation') = (owner_org is not null)", name=op.f("ck_action_owner_org")
        ),
        sa.CheckConstraint(
            "kind in ('insats', 'coordination', 'medical_treatment', 'rehabilitation', 'habilitation', 'aids', 'work_training', 'employment_support', 'compensation_decision', 'housing_support', 'social_support', 'financial_support', 'contact', 'other')",
            name=op.f("ck_action_kind"),
        ),
        sa.CheckConstraint("owner in ('individual', 'organisation')", name=op.f("ck_action_owner")),
        sa.ForeignKeyConstraint(
            ["org_id", "plan_id"],
            ["flerpart.plan.org_id", "flerpart.plan.id"],
            name=op.f("fk_action_org_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_org"], ["flerpart.organisation.id"], name=op.f("fk_action_owner_org")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_action")),
        schema="flerpart",
    )
    op.create_index(op.f("ix_action_id"), "action", ["id"], unique=False, schema="flerpart")
    op.create_index(
        op.f("ix_action_org_id_case_id"), "action", ["org_id", "case_id"], unique=False, schema="flerpart"
    )
    op.create_index(
        op.f("ix_action_org_id_plan_id"), "action", ["org_id", "plan_id"], unique=False, schema="flerpart"
    )
    op.create_table(
        "plan_distribution",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("recipient_org", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "channel in ('letter', 'secure_message', 'telephone', 'at_the_meeting', 'api')",
            name=op.f("ck_plan_distribution_channel"),
        ),
        sa.CheckConstraint(
            "recipient in ('individual', 'organisation')", name=op.f("ck_plan_distribution_recipient")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "plan_id"],
            ["flerpart.plan.org_id", "flerpart.plan.id"],
            name=op.f("fk_plan_distribution_org_id_plan_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_plan_distribution")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_plan_distribution_org_id_case_id"),
        "plan_distribution",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )


def downgrade() -> None:
    """Drop them, the last first."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
