"""Deviations and counts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = ("statistic_fact", "deviation", "deviation_step")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "statistic_fact",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind in ('case_registered', 'need_assessed', 'meeting_initiated', 'summons_issued', 'summons_answered', 'meeting_held', 'attendance', 'plan_distributed', 'action_reported', 'deviation', 'explanation', 'case_closed')",
            name=op.f("ck_statistic_fact_kind"),
        ),
        sa.CheckConstraint("extract(day from month) = 1", name=op.f("ck_statistic_fact_month")),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_statistic_fact")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_statistic_fact_agreement_key_kind_month"),
        "statistic_fact",
        ["agreement_key", "kind", "month"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "deviation",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("about_org", sa.Uuid(), nullable=False),
        sa.Column("about_party", sa.Text(), nullable=False),
        sa.Column("case_org", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("individual_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by_rule", sa.Text(), nullable=True),
        sa.Column("subject_kind", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("description_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(origin = 'proposed') = (proposed_by_rule is not null)", name=op.f("ck_deviation_proposed_by")
        ),
        sa.CheckConstraint("origin in ('reported', 'proposed')", name=op.f("ck_deviation_origin")),
        sa.CheckConstraint(
            "subject_kind in ('case', 'contact', 'consent', 'meeting', 'summons', 'plan', 'action', 'deviation', 'organisation')",
            name=op.f("ck_deviation_subject_kind"),
        ),
        sa.CheckConstraint(
            "num_nulls(proposed_by_rule, subject_kind, subject_id) in (0, 3)",
            name=op.f("ck_deviation_subject"),
        ),
        sa.CheckConstraint(
            "type in ('no_answer', 'absent', 'action_not_carried_out', 'lead_time_not_kept', 'consent_missing', 'documentation_missing', 'held_outside_agreement', 'other')",
            name=op.f("ck_deviation_type"),
        ),
        sa.ForeignKeyConstraint(
            ["about_org"], ["flerpart.organisation.id"], name=op.f("fk_deviation_about_org")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_deviation")),
        sa.UniqueConstraint(
            "org_id",
            "proposed_by_rule",
            "subject_id",
            name=op.f("uq_deviation_org_id_proposed_by_rule_subject_id"),
        ),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_deviation_org_id_case_id"),
        "deviation",
        ["org_id", "case_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_deviation_org_id_unit_id_id"),
        "deviation",
        ["org_id", "unit_id", "id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "deviation_step",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deviation_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("own_reference", sa.Text(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "step in ('confirmed', 'dismissed', 'in_handling', 'handled')",
            name=op.f("ck_deviation_step_step"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "deviation_id"],
            ["flerpart.deviation.org_id", "flerpart.deviation.id"],
            name=op.f("fk_deviation_step_org_id_deviation_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_deviation_step")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_deviation_step_org_id_deviation_id"),
        "deviation_step",
        ["org_id", "deviation_id"],
        unique=False,
        schema="flerpart",
    )


def downgrade() -> None:
    """Drop them, the last first."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
