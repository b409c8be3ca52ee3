"""The read log tells of which case a thing shown is; and reviews of the log.

`read_entry` gets `case_org` and `case_id`, both None in the rows there are: nothing is written into what has been
logged. It stays append-only.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ME = "(select gate_context.organisation())"
OUTCOMES = "'nothing_to_remark', 'explained', 'suspected'"


def upgrade() -> None:
    """Add the columns, let the log be found by person, case and time, and make the table of reviews."""
    for name in ("case_org", "case_id"):
        op.add_column("read_entry", sa.Column(name, sa.Uuid(), nullable=True), schema="flerpart")
    op.create_check_constraint(
        op.f("ck_read_entry_case"),
        "read_entry",
        "num_nonnulls(case_org, case_id) in (0, 2)",
        schema="flerpart",
    )
    op.drop_index(op.f("ix_read_entry_org_id_individual_id"), "read_entry", schema="flerpart")
    op.create_index(
        op.f("ix_read_entry_org_id_individual_id_recorded_at"),
        "read_entry",
        ["org_id", "individual_id", "recorded_at"],
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_read_entry_org_id_case_org_case_id"),
        "read_entry",
        ["org_id", "case_org", "case_id"],
        schema="flerpart",
        postgresql_where=sa.text("individual_id is null"),
    )
    op.create_index(
        op.f("ix_read_entry_recorded_at"),
        "read_entry",
        ["recorded_at"],
        schema="flerpart",
        postgresql_using="brin",
    )
    op.create_table(
        "log_review",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("of_unit", sa.Uuid(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"outcome in ({OUTCOMES})", name=op.f("ck_log_review_outcome")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_log_review_days")),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_log_review")),
        schema="flerpart",
    )
    op.execute("alter table flerpart.log_review enable row level security")
    op.execute("alter table flerpart.log_review force row level security")
    op.execute(f"create policy see on flerpart.log_review for select to flerpart_api using (org_id = {ME})")
    op.execute(
        f"create policy add on flerpart.log_review for insert to flerpart_api with check (org_id = {ME})"
    )
    op.execute("grant select, insert on flerpart.log_review to flerpart_api")


def downgrade() -> None:
    """Drop the reviews, and what the log tells beside."""
    op.drop_table("log_review", schema="flerpart")
    for name in ("recorded_at", "org_id_case_org_case_id", "org_id_individual_id_recorded_at"):
        op.drop_index(op.f(f"ix_read_entry_{name}"), "read_entry", schema="flerpart")
    op.create_index(
        op.f("ix_read_entry_org_id_individual_id"),
        "read_entry",
        ["org_id", "individual_id"],
        schema="flerpart",
    )
    op.drop_constraint(op.f("ck_read_entry_case"), "read_entry", schema="flerpart")
    for name in ("case_id", "case_org"):
        op.drop_column("read_entry", name, schema="flerpart")
