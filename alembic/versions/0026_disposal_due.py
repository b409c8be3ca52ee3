"""The gate of disposal, its eyes: what of an organisation's own falls under its rules on a day."""

from alembic import op

revision = "0026"
down_revision = "0025"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"
ME = "(select gate_context.organisation())"
OWN = f"org_id = {ME}"
DAY = "({0} at time zone 'Europe/Stockholm')::date"

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
# table → which rows the gate sees, where they are more than the caller's own: whether a case of another's is still there
# must be known, and nothing of it is told.
SEEN = {
    "case_file": "true",
    "disposal_tombstone": f"{OWN} or item_org = {ME}",
    **{table: f"{OWN} or {other} = {ME}" for table, other in WORDS.items()},
}
SEES = (
    "consent",
    "consent_coverage",
    "consent_extension",
    "deviation",
    "disposal_rule",
    "individual",
    "received_copy",
    *SEEN,
)

ENDS_ON = f"""
create function gate_disposal.ends_on(event_on date, months int, from_year_end boolean) returns date
language plpgsql immutable {DEFINER} as $$
declare
  start date := case when from_year_end then make_date(extract(year from event_on)::int + 1, 1, 1) else event_on end;
begin return (start + make_interval(months => months))::date; end $$
"""

# When a consent ended for everybody it covered: taken back whole, run out, or taken back for each. Null: it lives.
CONSENT_ENDED = f"""
create function gate_disposal.consent_ended(o uuid, g uuid) returns timestamptz language plpgsql stable {DEFINER} as $$
declare
  ends timestamptz;
  whole timestamptz;
  each timestamptz;
begin
  select case when x.id is null then c.ends_at else x.ends_at end into ends
    from flerpart.consent c
    left join lateral (select e.id, e.ends_at from flerpart.consent_extension e
      where (e.org_id, e.consent_id) = (c.org_id, c.id) and e.changes_end order by e.said_at desc, e.id desc limit 1) x on true
    where (c.org_id, c.id) = (o, g);
  select min(w.recorded_at) into whole from flerpart.consent_withdrawal w
    where (w.consent_org, w.consent_id) = (o, g) and w.covered_org is null;
  select case when bool_and(f.first is not null) then max(f.first) end into each
    from flerpart.consent_coverage v
    left join lateral (select min(w.recorded_at) as first from flerpart.consent_withdrawal w
      where (w.consent_org, w.consent_id, w.covered_org) = (v.org_id, v.consent_id, v.covered_org)) f on true
    where (v.org_id, v.consent_id) = (o, g);
  return least(ends, whole, each);
end $$
"""

# The last word of each organisation on each other's case, of which it holds no copy any more and which it has not let
# go of yet.
LAST_WORDS = """
create function gate_disposal.last_words() returns table (holder uuid, of_case uuid, said timestamptz)
language plpgsql stable rows 100 {definer} as $$
declare
  me uuid := gate_context.organisation();
begin
  return query
    select w.holder, w.of_case, max(w.said)
    from ({words}) w
    where not exists (select from flerpart.received_copy r
      where (r.org_id, r.from_org, r.case_id) = (me, w.holder, w.of_case))
    group by w.holder, w.of_case
    having max(w.said) > coalesce((select max(t.disposed_at) from flerpart.disposal_tombstone t
      where (t.org_id, t.kind, t.item_org, t.item_id) = (me, 'statement', w.holder, w.of_case)), '-infinity');
end $$
"""

# Everything of the caller's to which the rule's event has come, and when. A case that is open, a consent that lives and
# a person with anything left have no such day.
EVENTS = f"""
create function gate_disposal.events(k text, e text) returns table (item_id uuid, item_org uuid, event_on date)
language plpgsql stable rows 100 {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin
  if (k, e) = ('case', 'case_closed') then
    return query select f.id, null::uuid, {DAY.format("f.closed_at")} from flerpart.case_file f
      where f.org_id = me and f.closed_at is not null;
  elsif (k, e) = ('case', 'consent_ended') then
    return query
      select f.id, null::uuid, {DAY.format("greatest(max(x.ended), f.closed_at)")}
      from flerpart.case_file f
      join flerpart.consent c on (c.org_id, c.case_id, c.answer) = (f.org_id, f.id, 'given')
      cross join lateral (select gate_disposal.consent_ended(c.org_id, c.id) as ended) x
      where f.org_id = me and f.closed_at is not null
      group by f.id, f.closed_at having bool_and(x.ended is not null);
  elsif (k, e) = ('received_copy', 'copy_received') then
    return query select r.id, r.from_org, {DAY.format("r.recorded_at")} from flerpart.received_copy r
      where r.org_id = me;
  elsif (k, e) = ('statement', 'last_said') then
    return query select w.of_case, w.holder, {DAY.format("w.said")} from gate_disposal.last_words() w;
  elsif (k, e) = ('individual', 'registered') then
    return query select i.id, null::uuid, {DAY.format("i.recorded_at")} from flerpart.individual i
      where i.org_id = me
        and not exists (select from flerpart.case_file f where (f.org_id, f.individual_id) = (me, i.id))
        and not exists (select from flerpart.received_copy r where (r.org_id, r.individual_id) = (me, i.id))
        and not exists (select from flerpart.deviation d where (d.org_id, d.individual_id) = (me, i.id));
  end if;
end $$
"""

# What falls under a rule of the caller's on a day, if it is the one in force for its kind then.
DUE = f"""
create function gate_disposal.due(rule uuid, on_day date)
returns table (item_id uuid, item_org uuid, event_on date) language plpgsql stable rows 100 {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
  r record;
begin
  select * into r from flerpart.disposal_rule x
    where x.org_id = me and x.id = rule and x.in_force_from <= on_day and x.months is not null
      and not exists (select from flerpart.disposal_rule y
        where y.org_id = me and y.kind = x.kind and y.in_force_from <= on_day
          and (y.in_force_from, y.id) > (x.in_force_from, x.id));
  if not found then return; end if;
  return query select e.item_id, e.item_org, e.event_on from gate_disposal.events(r.kind, r.event) e
    where gate_disposal.ends_on(e.event_on, r.months, r.from_year_end) <= on_day;
end $$
"""


def last_words() -> str:
    """Everything the caller has said of others' cases, with when."""
    said = {**WORDS, "deviation": "case_org"}
    return "\n      union all ".join(
        f"select x.{other} as holder, x.case_id as of_case, x.recorded_at as said from flerpart.{table} x"
        f" where x.org_id = me and x.{other} <> me and x.case_id is not null"
        for table, other in said.items()
    )


FUNCTIONS = {
    "ends_on(date, int, boolean)": ENDS_ON,
    "consent_ended(uuid, uuid)": CONSENT_ENDED,
    "last_words()": LAST_WORDS.format(definer=DEFINER, words=last_words()),
    "events(text, text)": EVENTS,
    "due(uuid, date)": DUE,
}


def upgrade() -> None:
    """Let the gate look, for the caller's organisation, and answer the API what is due."""
    op.execute("set local role gate_context")
    op.execute("grant usage on schema gate_context to gate_disposal")
    for word in ("organisation", "actor", "instant"):
        op.execute(f"grant execute on function gate_context.{word}() to gate_disposal")
    op.execute("set local role flerpart_owner")
    op.execute("grant usage on schema flerpart to gate_disposal")
    for table in SEES:
        op.execute(f"grant select on flerpart.{table} to gate_disposal")
        seen = SEEN.get(table, OWN)
        op.execute(
            f"create policy dispose_see on flerpart.{table} for select to gate_disposal using ({seen})"
        )
    op.execute("set local role gate_disposal")
    for signature, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_disposal.{signature} from public")
    op.execute("grant execute on function gate_disposal.due(uuid, date) to flerpart_api")
    op.execute("grant usage on schema gate_disposal to flerpart_api, flerpart_owner")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Close the gate's eyes."""
    op.execute("set local role gate_disposal")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_disposal.{signature}")
    op.execute("revoke usage on schema gate_disposal from flerpart_api, flerpart_owner")
    op.execute("set local role flerpart_owner")
    for table in SEES:
        op.execute(f"drop policy dispose_see on flerpart.{table}")
        op.execute(f"revoke all on flerpart.{table} from gate_disposal")
    op.execute("revoke usage on schema flerpart from gate_disposal")
    op.execute("set local role gate_context")
    for word in ("organisation", "actor", "instant"):
        op.execute(f"revoke execute on function gate_context.{word}() from gate_disposal")
    op.execute("revoke usage on schema gate_context from gate_disposal")
    op.execute("set local role flerpart_owner")
