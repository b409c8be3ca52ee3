"""A plan that another organisation follows up is known where it was made, as far as it was shown; and a
disclosure tells whether a letter addressed a unit before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

BEGINNING = "return json_build_object("

# The plans of other cases that meetings of this one follow up, as far as the caller may speak of them: whose each
# is, and whom it concerns.
PLANS = """
    'plan_elsewhere', (select coalesce(json_agg(y), '[]') from (
      select distinct on (p.org_id, p.id) p.id, p.org_id, array(
          select p.org_id
          union select a.owner_org from flerpart.action a
            where (a.org_id, a.plan_id) = (p.org_id, p.id) and a.owner_org is not null
          union select d.recipient_org from flerpart.plan_distribution d
            where (d.org_id, d.plan_id) = (p.org_id, p.id) and d.recipient_org is not null) as organisations
      from flerpart.meeting m
      join flerpart.plan p on (p.org_id, p.id) = (m.follows_up_org, m.follows_up_plan)
      where (m.org_id, m.case_id) = (o, c) and m.follows_up_org <> o
        and gate_visibility.known('plan', p.org_id, p.id, p.case_id)
      order by p.org_id, p.id) y),"""

# The follow-ups that others have called of this case's plans: the caller's own, and those shown to it.
FOLLOW_UPS = """
    'follow_up_elsewhere', (select coalesce(json_agg(y), '[]') from (
      select m.id, m.org_id, p.id as plan_id,
        (select q.held_at from flerpart.meeting_opening q where (q.org_id, q.meeting_id) = (m.org_id, m.id)) as held_at,
        (select f.decision from flerpart.follow_up_decision f
          where (f.org_id, f.meeting_id, f.plan_org, f.plan_id) = (m.org_id, m.id, p.org_id, p.id)) as decision,
        exists (select from flerpart.plan n where (n.org_id, n.meeting_id) = (m.org_id, m.id)
          and ((n.revises_org, n.revises) = (p.org_id, p.id) or (n.replaces_org, n.replaces) = (p.org_id, p.id)))
          as succeeded
      from flerpart.plan p
      join flerpart.meeting m on (m.follows_up_org, m.follows_up_plan) = (p.org_id, p.id)
      where (p.org_id, p.case_id) = (o, c) and m.org_id <> o
        and (m.org_id = gate_context.organisation() or gate_visibility.disclosed('meeting', m.org_id, m.id))
        and not exists (select from flerpart.meeting_change h where (h.org_id, h.meeting_id) = (m.org_id, m.id)
          and h.change in ('cancelled', 'entered_in_error'))
      order by m.id) y),"""


# What happens in a case that follows up another's plan moves the picture of that plan's case too. It has a row of its
# own there: whoever changes both cases never waits for one who does so the other way round.
CHANGED_ELSEWHERE = """
create function gate_facts.changed_elsewhere(o uuid, c uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  mine bigint := pg_current_xact_id()::text::bigint;
  one record;
begin
  for one in select distinct p.org_id, md5('elsewhere ' || p.case_id::text)::uuid as beside
    from flerpart.meeting m join flerpart.plan p on (p.org_id, p.id) = (m.follows_up_org, m.follows_up_plan)
    where (m.org_id, m.case_id) = (o, c) and m.follows_up_org <> o order by 1, 2
  loop
    insert into flerpart.picture_revision as r (org_id, subject_id, revision) values (one.org_id, one.beside, mine)
    on conflict (org_id, subject_id) do update set revision = mine where r.revision <> mine;
  end loop;
end $$
"""

# function → one part of its text, and what stands there from now on. A meeting is looked at whenever it comes: the
# first change of its transaction may have been another, when it was not there yet.
REWRITTEN = {
    "gate_facts.of_case(uuid, uuid, boolean)": ((BEGINNING, BEGINNING + PLANS + FOLLOW_UPS),),
    "gate_facts.changed(uuid, uuid)": (
        (
            "where r.revision <> mine;",
            "where r.revision <> mine;\n  if found then perform gate_facts.changed_elsewhere(o, s); end if;",
        ),
    ),
    "gate_facts.note_change()": (
        (
            "when 'case' then perform gate_facts.changed(changed.org_id, changed.case_id);",
            "when 'case' then perform gate_facts.changed(changed.org_id, changed.case_id);\n"
            "      if tg_table_name = 'meeting' then\n"
            "        perform gate_facts.changed_elsewhere(changed.org_id, changed.case_id);\n"
            "      end if;",
        ),
    ),
    "gate_facts.revisions(uuid[], uuid[])": (
        (
            "coalesce(p.revision, 0), of_directory",
            "coalesce(p.revision, 0) + coalesce(e.revision, 0), of_directory",
        ),
        (
            "(p.org_id, p.subject_id) = (k.o, k.c)",
            "(p.org_id, p.subject_id) = (k.o, k.c)\n    left join flerpart.picture_revision e"
            " on (e.org_id, e.subject_id) = (k.o, md5('elsewhere ' || k.c::text)::uuid)",
        ),
    ),
}


def upgrade() -> None:
    """Add the column, the indexes that find few among many, and both parts of the picture."""
    op.add_column(
        "disclosure",
        sa.Column("without_letter", sa.Boolean(), server_default=sa.false(), nullable=False),
        schema="flerpart",
    )
    op.alter_column("disclosure", "without_letter", server_default=None, schema="flerpart")
    op.create_index(
        op.f("ix_disclosure_recipient_org"),
        "disclosure",
        ["recipient_org"],
        schema="flerpart",
        postgresql_where=sa.text("without_letter"),
    )
    op.create_index(
        op.f("ix_meeting_follows_up_org_follows_up_plan"),
        "meeting",
        ["follows_up_org", "follows_up_plan"],
        schema="flerpart",
        postgresql_where=sa.text("follows_up_plan is not null"),
    )
    op.execute("set local role gate_facts")
    op.execute(CHANGED_ELSEWHERE.replace(":", r"\:"))
    op.execute("revoke all on function gate_facts.changed_elsewhere(uuid, uuid) from public")
    for function, parts in REWRITTEN.items():
        for before, after in parts:
            _rewrite(function, before, after)
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Take them away again."""
    op.execute("set local role gate_facts")
    for function, parts in REWRITTEN.items():
        for before, after in parts:
            _rewrite(function, after, before)
    op.execute("drop function gate_facts.changed_elsewhere(uuid, uuid)")
    op.execute("set local role flerpart_owner")
    op.drop_index(op.f("ix_meeting_follows_up_org_follows_up_plan"), "meeting", schema="flerpart")
    op.drop_index(op.f("ix_disclosure_recipient_org"), "disclosure", schema="flerpart")
    op.drop_column("disclosure", "without_letter", schema="flerpart")


def _rewrite(function: str, before: str, after: str) -> None:
    """The function as the database has it, with one part of its text for another."""
    text = op.get_bind().scalar(
        sa.text("select pg_get_functiondef(cast(:name as regprocedure))"), {"name": function}
    )
    if text.count(before) != 1:
        raise LookupError(function)
    op.execute(sa.text(text.replace(before, after).replace(":", r"\:")))
