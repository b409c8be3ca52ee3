"""Joint decisions: what takes two people, held by the database too."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"

OWN = "org_id = (select gate_context.organisation())"
NOW_BY_ME = "{0}_by = (select gate_context.actor()) and {0}_at = (select gate_context.instant())"

# Whoever gains by it is who the proposal says: the approver is judged by that, and the application makes nothing else.
NAMES_WHO_GAINS = """case
    when matter = 'new_account' then gains_id = subject_id
      and (gains_officer::text, gains_issuer, gains_subject)
        = (content ->> 'officerId', content ->> 'issuer', content ->> 'subject')
    when matter in ('roles', 'clearance') then
      gains_id::text = case matter when 'roles' then subject_id::text else content ->> 'accountId' end
      and exists (select from flerpart.account g
        where (g.org_id, g.id, g.officer_id, g.issuer, g.subject) = (joint_decision.org_id,
          joint_decision.gains_id, joint_decision.gains_officer, joint_decision.gains_issuer,
          joint_decision.gains_subject))
    else true end"""
# As long as its matter's terms say and no longer: what nobody has approved by then can no longer be.
IN_TIME = """expires_at > proposed_at
    and expires_at <= proposed_at + case matter when 'disposal' then interval '720 hours' else interval '336 hours' end"""
# Two open accounts, two officers, two subjects, and neither is whoever gains by it; the second may approve it by role.
BY_ANOTHER = """exists (select from flerpart.account p, flerpart.account d
    where (p.org_id, p.id) = (joint_decision.org_id, joint_decision.proposed_by)
      and (d.org_id, d.id) = (joint_decision.org_id, joint_decision.decided_by) and p.active and d.active
      and case when joint_decision.matter in ('new_account', 'roles') then 'organisation_administrator'
        else 'manager' end = any (d.roles)
      and p.officer_id <> d.officer_id and (p.issuer, p.subject) <> (d.issuer, d.subject)
      and (joint_decision.gains_id is null
        or joint_decision.gains_officer not in (p.officer_id, d.officer_id)
          and (joint_decision.gains_issuer, joint_decision.gains_subject)
            not in ((p.issuer, p.subject), (d.issuer, d.subject))))"""
# The application's login gives no account a role but by a proposal that is approved in the same transaction, and no
# other account than the one that was proposed.
JOINTLY = """exists (select from flerpart.joint_decision j
    where (j.org_id, j.subject_id) = (account.org_id, account.id) and j.matter in ('new_account', 'roles')
      and j.outcome = 'approved' and j.decided_by = (select gate_context.actor())
      and j.decided_at = (select gate_context.instant()) and j.content -> 'roles' = to_jsonb(account.roles)
      and (j.gains_id, j.gains_officer, j.gains_issuer, j.gains_subject)
        = (account.id, account.officer_id, account.issuer, account.subject)
      and (j.matter = 'roles' or j.content ->> 'unitId' = account.unit_id::text))"""
# An officer who comes back gets no role by that: while an account of theirs is open, nobody changes one who has left.
HAS_NOT_LEFT = """(left_on is null or left_on > ((select gate_context.instant()) at time zone 'Europe/Stockholm')::date
    or not exists (select from flerpart.account a
      where (a.org_id, a.officer_id) = (officer.org_id, officer.id) and a.active))"""


def upgrade() -> None:
    """Make the tables, and let no account get a role without them."""
    op.create_table(
        "joint_decision",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=True),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("gains_id", sa.Uuid(), nullable=True),
        sa.Column("gains_officer", sa.Uuid(), nullable=True),
        sa.Column("gains_issuer", sa.Text(), nullable=True),
        sa.Column("gains_subject", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "matter in ('new_account', 'roles', 'clearance', 'protection_lifted', 'disposal', 'export')",
            name=op.f("ck_joint_decision_matter"),
        ),
        sa.CheckConstraint("outcome in ('approved', 'rejected')", name=op.f("ck_joint_decision_outcome")),
        sa.CheckConstraint(
            "num_nonnulls(outcome, decided_by, decided_at) in (0, 3)", name=op.f("ck_joint_decision_decided")
        ),
        sa.CheckConstraint(
            "outcome is null or outcome <> 'approved' or decided_by <> proposed_by",
            name=op.f("ck_joint_decision_another"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(gains_id, gains_officer, gains_issuer, gains_subject) in (0, 4)",
            name=op.f("ck_joint_decision_gains"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "proposed_by"],
            ["flerpart.account.org_id", "flerpart.account.id"],
            name=op.f("fk_joint_decision_org_id_proposed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "decided_by"],
            ["flerpart.account.org_id", "flerpart.account.id"],
            name=op.f("fk_joint_decision_org_id_decided_by"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_joint_decision")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_joint_decision_org_id_subject_id"),
        "joint_decision",
        ["org_id", "subject_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "refused_attempt",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("item_kind", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["flerpart.organisation.id"], name=op.f("fk_refused_attempt_org_id")
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_refused_attempt")),
        schema="flerpart",
    )
    protect()


def protect() -> None:
    """Proposals are their organisation's; whoever decides is another, and decides once."""
    for table in ("joint_decision", "refused_attempt"):
        op.execute(f"alter table flerpart.{table} enable row level security")
        op.execute(f"alter table flerpart.{table} force row level security")
        op.execute(f"grant select, insert on flerpart.{table} to flerpart_api")
        op.execute(f"create policy see on flerpart.{table} for select to flerpart_api using ({OWN})")
    op.execute(
        "create policy add on flerpart.joint_decision for insert to flerpart_api with check ("
        f"{OWN} and {NOW_BY_ME.format('proposed')} and {IN_TIME} and outcome is null and {NAMES_WHO_GAINS})"
    )
    op.execute(
        "create policy decide on flerpart.joint_decision for update to flerpart_api "
        f"using ({OWN} and outcome is null) with check ({OWN} and {NOW_BY_ME.format('decided')} "
        f"and (outcome = 'rejected' or expires_at > decided_at and {BY_ANOTHER}))"
    )
    op.execute("grant update (outcome, decided_by, decided_at) on flerpart.joint_decision to flerpart_api")
    op.execute(
        "create policy add on flerpart.refused_attempt for insert to flerpart_api with check ("
        f"{OWN} and actor_id = (select gate_context.actor()))"
    )
    op.execute(f"alter policy add on flerpart.account with check ({OWN} and {JOINTLY})")
    op.execute(
        f"alter policy change on flerpart.account using ({OWN}) with check ({OWN} and (not active or {JOINTLY}))"
    )
    op.execute(f"alter policy change on flerpart.officer using ({OWN} and {HAS_NOT_LEFT})")


def downgrade() -> None:
    """Let accounts be given roles by one again, and drop the tables."""
    op.execute(f"alter policy change on flerpart.officer using ({OWN})")
    op.execute(f"alter policy add on flerpart.account with check ({OWN})")
    op.execute(f"alter policy change on flerpart.account using ({OWN}) with check ({OWN})")
    op.drop_table("refused_attempt", schema="flerpart")
    op.drop_table("joint_decision", schema="flerpart")
