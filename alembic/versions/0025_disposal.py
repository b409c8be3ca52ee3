"""Disposal: an organisation's rules, its certificates, and the tombstones of what it has disposed of."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

OWN = "org_id = (select gate_context.organisation())"
TABLES = ("disposal_rule", "disposal_tombstone", "disposal")
# A certificate is of what the gate has removed: under this rule, by these two, now.
OF_WHAT_IS_GONE = """exists (select from flerpart.disposal_tombstone t
    where (t.org_id, t.disposal_id, t.rule_id, t.kind, t.proposed_by, t.approved_by, t.disposed_at)
        = (disposal.org_id, disposal.id, disposal.rule_id, disposal.kind, disposal.proposed_by, disposal.approved_by,
           disposal.disposed_at))"""


def upgrade() -> None:
    """Make the tables and protect them; tombstones are set by the gate alone."""
    make_tables()
    for table in TABLES:
        op.execute(f"alter table flerpart.{table} enable row level security")
        op.execute(f"alter table flerpart.{table} force row level security")
        op.execute(f"grant select on flerpart.{table} to flerpart_api")
        op.execute(f"create policy see on flerpart.{table} for select to flerpart_api using ({OWN})")
    for table, condition in (("disposal_rule", OWN), ("disposal", f"{OWN} and {OF_WHAT_IS_GONE}")):
        op.execute(f"grant insert on flerpart.{table} to flerpart_api")
        op.execute(
            f"create policy add on flerpart.{table} for insert to flerpart_api with check ({condition})"
        )


def make_tables() -> None:
    """Rules, disposals, tombstones."""
    op.create_table(
        "disposal_rule",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("from_year_end", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("statute", sa.Text(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "event in ('case_closed', 'consent_ended', 'copy_received', 'last_said', 'registered')",
            name=op.f("ck_disposal_rule_event"),
        ),
        sa.CheckConstraint(
            "kind in ('case', 'received_copy', 'statement', 'individual')",
            name=op.f("ck_disposal_rule_kind"),
        ),
        sa.CheckConstraint("months between 0 and 1200", name=op.f("ck_disposal_rule_months")),
        sa.CheckConstraint(
            "(kind, event) in (('case', 'case_closed'), ('case', 'consent_ended'), ('received_copy', 'copy_received'),"
            " ('statement', 'last_said'), ('individual', 'registered'))",
            name=op.f("ck_disposal_rule_pair"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_disposal_rule")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_disposal_rule_org_id_kind_in_force_from"),
        "disposal_rule",
        ["org_id", "kind", "in_force_from"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "disposal",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("rows_removed", sa.Integer(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id", "rule_id"],
            ["flerpart.disposal_rule.org_id", "flerpart.disposal_rule.id"],
            name=op.f("fk_disposal_org_id_rule_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_disposal")),
        schema="flerpart",
    )
    op.create_table(
        "disposal_tombstone",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("item_org", sa.Uuid(), nullable=True),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("rows_removed", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('case', 'received_copy', 'statement', 'individual')",
            name=op.f("ck_disposal_tombstone_kind"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_disposal_tombstone")),
        sa.UniqueConstraint(
            "org_id", "disposal_id", "item_id", name=op.f("uq_disposal_tombstone_org_id_disposal_id_item_id")
        ),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_disposal_tombstone_org_id_item_id"),
        "disposal_tombstone",
        ["org_id", "item_id"],
        unique=False,
        schema="flerpart",
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in reversed(TABLES):
        op.drop_table(table, schema="flerpart")
