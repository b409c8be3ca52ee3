"""The revision of a case's picture: whoever has read the picture can ask whether it is still the same."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"

# table → how its rows tell which case they belong to, for every table that the gate of facts reads
OF_CASE = (
    "action",
    "attendance",
    "case_carrier",
    "chair_transfer",
    "closure",
    "conclusion",
    "consent",
    "consent_coverage",
    "consent_extension",
    "consent_person",
    "contact",
    "disclosure",
    "follow_up_decision",
    "invitation",
    "invitee",
    "meeting",
    "meeting_change",
    "meeting_opening",
    "meeting_preparation",
    "need_assessment",
    "offer",
    "plan",
    "plan_distribution",
    "query_answer",
    "recorder_appointment",
    "summons",
    "summons_recall",
    "time_offer",
)
OF_ITEM = ("commitment", "follow_up_report", "plan_approval", "plan_draft", "preparedness", "summons_reply")
OF_CONSENT = ("consent_documentation", "consent_withdrawal")
# those that say it in a way of their own
OTHERS = (
    "case_file",
    "deviation",
    "deviation_step",
    "individual",
    "membership",
    "officer",
    "organisation",
    "summons_assignment",
    "unit",
)
BY_TABLE = {
    **dict.fromkeys(OF_CASE, "case"),
    **dict.fromkeys(OF_ITEM, "item"),
    **dict.fromkeys(OF_CONSENT, "consent"),
    **{table: table for table in OTHERS},
}

# The transaction's own number is the revision. Writers of one row wait for each other, so no number comes back, and
# that the row reads as before means that nothing was changed and committed meanwhile. Once a transaction is enough.
CHANGED = f"""
create function gate_facts.changed(o uuid, s uuid) returns void language plpgsql volatile {DEFINER} as $$
declare
  mine bigint := pg_current_xact_id()::text::bigint;
begin
  insert into flerpart.picture_revision as r (org_id, subject_id, revision) values (o, s, mine)
  on conflict (org_id, subject_id) do update set revision = mine where r.revision <> mine;
end $$
"""

# In the order of ids where one row concerns several cases: two who change them at once do not wait for each other.
NOTE = f"""
create function gate_facts.note_change() returns trigger language plpgsql volatile {DEFINER} as $$
declare
  changed record;
  one record;
begin
  if tg_op = 'DELETE' then changed := old; else changed := new; end if;
  case tg_argv[0]
    when 'case' then perform gate_facts.changed(changed.org_id, changed.case_id);
    when 'item' then perform gate_facts.changed(changed.item_org, changed.case_id);
    when 'consent' then perform gate_facts.changed(changed.consent_org, changed.case_id);
    when 'case_file' then perform gate_facts.changed(changed.org_id, changed.id);
    when 'organisation' then perform gate_facts.changed(changed.id, changed.id);
    when 'unit', 'membership' then perform gate_facts.changed(changed.org_id, changed.org_id);
    when 'deviation' then
      if changed.case_id is not null then perform gate_facts.changed(changed.case_org, changed.case_id); end if;
    when 'deviation_step' then
      for one in select d.case_org, d.case_id from flerpart.deviation d
        where (d.org_id, d.id) = (changed.org_id, changed.deviation_id) and d.case_id is not null
      loop perform gate_facts.changed(one.case_org, one.case_id); end loop;
    when 'summons_assignment' then
      for one in select s.org_id, s.case_id from flerpart.summons s
        where (s.recipient_org, s.id) = (changed.org_id, changed.summons_id)
      loop perform gate_facts.changed(one.org_id, one.case_id); end loop;
    when 'individual' then
      for one in select f.id from flerpart.case_file f
        where (f.org_id, f.individual_id) = (changed.org_id, changed.id) order by f.id
      loop perform gate_facts.changed(changed.org_id, one.id); end loop;
    when 'officer' then
      for one in select distinct c.case_id from flerpart.case_carrier c
        where (c.org_id, c.officer_id) = (changed.org_id, changed.id) order by c.case_id
      loop perform gate_facts.changed(changed.org_id, one.case_id); end loop;
  end case;
  return null;
end $$
"""

# Of the cases that concern the caller now. The directory is everybody's: a unit that can be reached no longer is seen
# in every picture. Numbers of one row only grow, so their sum tells a change of any of them, which their maximum
# would not.
REVISIONS = f"""
create function gate_facts.revisions(holders uuid[], cases uuid[])
returns table (holder uuid, case_id uuid, revision bigint, directory bigint)
language plpgsql volatile {DEFINER} as $$
declare
  of_directory bigint := (select coalesce(sum(p.revision), 0)::bigint from flerpart.picture_revision p
    where p.org_id = p.subject_id);
begin
  return query select k.o, k.c, coalesce(p.revision, 0), of_directory
    from unnest(holders, cases) as k (o, c)
    left join flerpart.picture_revision p on (p.org_id, p.subject_id) = (k.o, k.c)
    where gate_facts.concerned(k.o, k.c);
end $$
"""

FUNCTIONS = {
    "changed(uuid, uuid)": (CHANGED, None),
    "note_change()": (NOTE, "flerpart_owner"),
    "revisions(uuid[], uuid[])": (REVISIONS, "flerpart_api"),
}


def upgrade() -> None:
    """Make the table, the functions, and a trigger on every table of the picture."""
    op.create_table(
        "picture_revision",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "subject_id", name=op.f("pk_picture_revision")),
        schema="flerpart",
    )
    op.create_index(
        "ix_picture_revision_directory",
        "picture_revision",
        ["org_id"],
        unique=False,
        schema="flerpart",
        postgresql_where=sa.text("org_id = subject_id"),
    )
    op.execute("alter table flerpart.picture_revision enable row level security")
    op.execute("alter table flerpart.picture_revision force row level security")
    op.execute(
        "create policy facts on flerpart.picture_revision to gate_facts using (true) with check (true)"
    )
    op.execute("grant select, insert, update on flerpart.picture_revision to gate_facts")
    op.execute("set local role gate_facts")
    op.execute("grant usage on schema gate_facts to flerpart_owner")
    for signature, (text, caller) in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_facts.{signature} from public")
        if caller:
            op.execute(f"grant execute on function gate_facts.{signature} to {caller}")
    op.execute("set local role flerpart_owner")
    for table, way in BY_TABLE.items():
        op.execute(
            f"create trigger notes_change after insert or update or delete on flerpart.{table}"
            f" for each row execute function gate_facts.note_change('{way}')"
        )


def downgrade() -> None:
    """Drop the triggers, the functions, and the table."""
    for table in BY_TABLE:
        op.execute(f"drop trigger notes_change on flerpart.{table}")
    op.execute("set local role gate_facts")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_facts.{signature}")
    op.execute("revoke usage on schema gate_facts from flerpart_owner")
    op.execute("set local role flerpart_owner")
    op.drop_table("picture_revision", schema="flerpart")
