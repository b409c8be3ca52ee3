"""The gate of disposal, its hands: the one role that may delete, and only what a rule and two people have named."""

from alembic import op

revision = "0027"
down_revision = "0026"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"
ME = "(select gate_context.organisation())"
OWN = f"org_id = {ME}"
DAY = "({0} at time zone 'Europe/Stockholm')::date"

# An own case, whatever refers to another thing before what it refers to. Each table has org_id and case_id.
OF_CASE = (
    "follow_up_report",
    "follow_up_decision",
    "commitment",
    "plan_distribution",
    "plan_approval",
    "action",
    "plan",
    "plan_draft",
    "preparedness",
    "summons_reply",
    "query_answer",
    "invitation",
    "summons_recall",
    "summons",
    "conclusion",
    "recorder_appointment",
    "chair_transfer",
    "attendance",
    "meeting_opening",
    "meeting_change",
    "time_offer",
    "invitee",
    "meeting_preparation",
    "meeting",
    "disclosure",
    "consent_withdrawal",
    "consent_documentation",
    "consent_person",
    "consent_coverage",
    "consent_extension",
    "consent",
    "closure",
    "contact",
    "offer",
    "need_assessment",
    "case_carrier",
)
# What one organisation says of another's case: the table, and the column that names the other.
WORDS = {
    "follow_up_report": "item_org",
    "commitment": "item_org",
    "plan_approval": "item_org",
    "plan_draft": "item_org",
    "preparedness": "item_org",
    "summons_reply": "item_org",
    "consent_withdrawal": "consent_org",
    "consent_documentation": "consent_org",
}
BESIDE = (
    "outbox_event",
    "deviation_step",
    "deviation",
    "case_file",
    "summons_assignment",
    "received_copy",
    "protection_clearance",
    "protection_mark",
    "individual",
)
REMOVED = tuple(dict.fromkeys((*OF_CASE, *WORDS, *BESIDE)))
# What the gate has seen already, to know what is due.
SEEN = (
    *WORDS,
    "case_file",
    "consent",
    "consent_coverage",
    "consent_extension",
    "deviation",
    "individual",
    "received_copy",
)

# Has the speaker let go of what it had said of this case by then? Then its words go with the case.
LET_GO = f"""
create function gate_disposal.let_go(speaker uuid, holder uuid, of_case uuid, said timestamptz) returns boolean
language plpgsql stable {DEFINER} as $$
begin return (
  select exists (select from flerpart.disposal_tombstone t
    where (t.org_id, t.kind, t.item_org, t.item_id) = (speaker, 'statement', holder, of_case)
      and t.disposed_at >= said));
end $$
"""

# The removals below are called by the gate alone. Each answers how many rows of the caller's it has removed.
COUNT = "get diagnostics n = row_count; total := total + n;"
REMOVE_CASE = """
create function gate_disposal.remove_case(c uuid) returns int language plpgsql volatile {definer} as $$
declare
  me uuid := gate_context.organisation();
  n int;
  total int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended(me::text || c::text, 0));
  delete from flerpart.outbox_event e where e.org_id = me and (e.item_id = c
    or e.disclosure_id in (select d.id from flerpart.disclosure d where (d.org_id, d.case_id) = (me, c))
    or e.item_id in ({named}));
  {count}
  delete from flerpart.deviation_step s where s.org_id = me and s.deviation_id in
    (select d.id from flerpart.deviation d where (d.org_id, d.case_org, d.case_id) = (me, me, c));
  {count}
  delete from flerpart.deviation d where (d.org_id, d.case_org, d.case_id) = (me, me, c);
  {count}
  {own}
  delete from flerpart.case_file f where (f.org_id, f.id) = (me, c);
  {count}
  {words}
  return total;
end $$
"""
REMOVE_COPY = f"""
create function gate_disposal.remove_copy(i uuid) returns int language plpgsql volatile {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
  n int;
  total int := 0;
begin
  delete from flerpart.summons_assignment a where (a.org_id, a.summons_id) = (me, i);
  {COUNT}
  delete from flerpart.received_copy r where (r.org_id, r.id) = (me, i);
  {COUNT}
  return total;
end $$
"""
# A word between two is kept until both have let go of it: as long as the holder has the case, it stays with it.
REMOVE_WORDS = """
create function gate_disposal.remove_words(holder uuid, c uuid) returns int language plpgsql volatile {definer} as $$
declare
  me uuid := gate_context.organisation();
  n int;
  total int := 0;
begin
  delete from flerpart.deviation_step s where s.org_id = me and s.deviation_id in
    (select d.id from flerpart.deviation d where (d.org_id, d.case_org, d.case_id) = (me, holder, c));
  {count}
  delete from flerpart.deviation d where (d.org_id, d.case_org, d.case_id) = (me, holder, c);
  {count}
  total := total + {counted};
  perform pg_advisory_xact_lock(hashtextextended(holder::text || c::text, 0));
  if exists (select from flerpart.case_file f where (f.org_id, f.id) = (holder, c)) then return total; end if;
  {words}
  return total;
end $$
"""
REMOVE_PERSON = f"""
create function gate_disposal.remove_person(i uuid) returns int language plpgsql volatile {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
  n int;
  total int := 0;
begin
  delete from flerpart.protection_clearance x where (x.org_id, x.individual_id) = (me, i);
  {COUNT}
  delete from flerpart.protection_mark x where (x.org_id, x.individual_id) = (me, i);
  {COUNT}
  delete from flerpart.individual x where (x.org_id, x.id) = (me, i);
  {COUNT}
  return total;
end $$
"""
REMOVE = f"""
create function gate_disposal.remove(k text, i uuid, o uuid) returns int language plpgsql volatile {DEFINER} as $$
begin
  return case k when 'case' then gate_disposal.remove_case(i) when 'received_copy' then gate_disposal.remove_copy(i)
    when 'statement' then gate_disposal.remove_words(o, i) when 'individual' then gate_disposal.remove_person(i) end;
end $$
"""

# Carry out what two have agreed on in this very transaction, all of it or nothing: each thing named must fall under the
# named rule today. What is removed leaves its stone in the same statement.
CARRY_OUT = f"""
create function gate_disposal.carry_out(disposal uuid)
returns table (item_id uuid, item_org uuid, event_on date, rows_removed int)
language plpgsql volatile rows 50 {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
  moment timestamptz := gate_context.instant();
  j record;
  r record;
  i record;
  done int := 0;
begin
  select x.content, x.proposed_by, x.decided_by into j from flerpart.joint_decision x
    where x.org_id = me and x.subject_id = disposal and x.matter = 'disposal' and x.outcome = 'approved'
      and x.decided_by = gate_context.actor() and x.decided_at = moment and x.decided_by <> x.proposed_by;
  if not found then raise exception 'no such disposal' using errcode = '42501'; end if;
  select x.id, x.kind into r from flerpart.disposal_rule x
    where x.org_id = me and x.id = (j.content ->> 'ruleId')::uuid;
  for i in select d.item_id, d.item_org, d.event_on from gate_disposal.due(r.id, {DAY.format("moment")}) d
           where j.content -> 'itemIds' ? d.item_id::text order by d.item_id
  loop
    item_id := i.item_id; item_org := i.item_org; event_on := i.event_on;
    rows_removed := gate_disposal.remove(r.kind, i.item_id, i.item_org);
    insert into flerpart.disposal_tombstone (org_id, id, disposal_id, kind, item_id, item_org, rule_id, event_on,
        rows_removed, proposed_by, approved_by, disposed_at)
      values (me, gen_random_uuid(), disposal, r.kind, item_id, item_org, r.id, event_on, rows_removed, j.proposed_by,
        j.decided_by, moment);
    done := done + 1;
    return next;
  end loop;
  if done <> jsonb_array_length(j.content -> 'itemIds') then
    raise exception 'not due' using errcode = '42501';
  end if;
end $$
"""


def own_rows() -> str:
    """The deletions of an own case, in order, each counted."""
    return "\n  ".join(
        f"delete from flerpart.{table} x where (x.org_id, x.case_id) = (me, c){_about_me(table)};\n  {COUNT}"
        for table in OF_CASE
    )


def _about_me(table: str) -> str:
    """Of what is said of cases, only what is said of this organisation's own."""
    return f" and x.{WORDS[table]} = me" if table in WORDS else ""


def words_let_go() -> str:
    """The deletions of what others have said of the case and let go of; nobody is told how many there were."""
    return "\n  ".join(
        f"delete from flerpart.{table} x where x.{other} = me and x.case_id = c and x.org_id <> me"
        f" and gate_disposal.let_go(x.org_id, me, c, x.recorded_at);"
        for table, other in WORDS.items()
    )


def words_of_mine() -> str:
    """The deletions of what the caller has said of another's case."""
    return "\n  ".join(
        f"delete from flerpart.{table} x where (x.org_id, x.{other}, x.case_id) = (me, holder, c);"
        for table, other in WORDS.items()
    )


def words_counted() -> str:
    """How many words the caller has on another's case: the same whether the holder still keeps them or not."""
    return " + ".join(
        f"(select count(*)::int from flerpart.{table} x where (x.org_id, x.{other}, x.case_id) = (me, holder, c))"
        for table, other in WORDS.items()
    )


def named_in_events() -> str:
    """The things of a case that an outgoing event can name."""
    return " union all ".join(
        f"select y.id from flerpart.{table} y where (y.org_id, y.case_id) = (me, c)"
        for table in ("consent", "meeting", "summons", "plan", "action", "plan_draft")
    )


# Whoever owns an action may go on speaking of it by its own copy of the plan, also when the plan's holder has disposed of
# it: what it has said before tells which plan it was.
ACTION = """
create or replace function gate_visibility.plan_of_action(i uuid) returns table (org_id uuid, plan_id uuid, case_id uuid)
language plpgsql stable rows 1 {definer} as $$
declare
  me uuid := gate_context.organisation();
begin
  return query
    select a.org_id, a.plan_id, a.case_id from flerpart.action a
    where a.id = i and (a.org_id = me or gate_visibility.disclosed('plan', a.org_id, a.plan_id)
      or exists (select from flerpart.received_copy r
        where (r.org_id, r.id, r.kind, r.from_org) = (me, a.plan_id, 'plan', a.org_id)));
{else_by_copy}end $$
"""
BY_COPY = """  if found then return; end if;
  return query
    select m.item_org, m.item_id, m.case_id from flerpart.commitment m
    where (m.org_id, m.action_id) = (me, i)
      and not exists (select from flerpart.action a where (a.org_id, a.id) = (m.item_org, i))
      and exists (select from flerpart.received_copy r
        where (r.org_id, r.id, r.kind, r.from_org) = (me, m.item_id, 'plan', m.item_org))
    limit 1;
"""

FUNCTIONS = {
    "let_go(uuid, uuid, uuid, timestamptz)": LET_GO,
    "remove_case(uuid)": REMOVE_CASE.format(
        definer=DEFINER, count=COUNT, own=own_rows(), words=words_let_go(), named=named_in_events()
    ),
    "remove_copy(uuid)": REMOVE_COPY,
    "remove_words(uuid, uuid)": REMOVE_WORDS.format(
        definer=DEFINER, count=COUNT, counted=words_counted(), words=words_of_mine()
    ),
    "remove_person(uuid)": REMOVE_PERSON,
    "remove(text, uuid, uuid)": REMOVE,
    "carry_out(uuid)": CARRY_OUT,
}


def upgrade() -> None:
    """Let the gate remove and set stones, for the caller's organisation alone."""
    replace_plan_of_action(BY_COPY)
    op.execute("grant select on flerpart.joint_decision to gate_disposal")
    op.execute(
        f"create policy dispose_see on flerpart.joint_decision for select to gate_disposal using ({OWN})"
    )
    op.execute("grant insert on flerpart.disposal_tombstone to gate_disposal")
    op.execute(
        f"create policy dispose_add on flerpart.disposal_tombstone for insert to gate_disposal with check ({OWN})"
    )
    op.execute("set local role gate_disposal")
    for signature, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_disposal.{signature} from public")
    op.execute("grant execute on function gate_disposal.carry_out(uuid) to flerpart_api")
    op.execute("set local role flerpart_owner")
    for table in REMOVED:
        op.execute(f"grant delete on flerpart.{table} to gate_disposal")
        op.execute(
            f"create policy dispose on flerpart.{table} for delete to gate_disposal using ({removable(table)})"
        )
        if table not in SEEN:
            op.execute(f"grant select on flerpart.{table} to gate_disposal")
            op.execute(
                f"create policy dispose_see on flerpart.{table} for select to gate_disposal using ({OWN})"
            )


def removable(table: str) -> str:
    """The caller's own rows; of words on its cases also those that the speaker has let go of."""
    if table not in WORDS:
        return OWN
    other = WORDS[table]
    return f"{OWN} or ({other} = {ME} and gate_disposal.let_go(org_id, {other}, case_id, recorded_at))"


def replace_plan_of_action(else_by_copy: str) -> None:
    """Let whoever owns an action find its plan, by its own copy too or not."""
    op.execute("set local role gate_visibility")
    op.execute(ACTION.format(definer=DEFINER, else_by_copy=else_by_copy))
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Bind the gate's hands."""
    replace_plan_of_action("")
    for table in REMOVED:
        op.execute(f"drop policy dispose on flerpart.{table}")
        op.execute(f"revoke delete on flerpart.{table} from gate_disposal")
        if table not in SEEN:
            op.execute(f"drop policy dispose_see on flerpart.{table}")
            op.execute(f"revoke select on flerpart.{table} from gate_disposal")
    op.execute("set local role gate_disposal")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_disposal.{signature}")
    op.execute("set local role flerpart_owner")
    op.execute("drop policy dispose_add on flerpart.disposal_tombstone")
    op.execute("revoke insert on flerpart.disposal_tombstone from gate_disposal")
    op.execute("drop policy dispose_see on flerpart.joint_decision")
    op.execute("revoke select on flerpart.joint_decision from gate_disposal")
