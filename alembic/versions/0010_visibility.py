"""The gate of visibility: what consent covers, what an act has shown, what a statement may refer to."""

from alembic import op

revision = "0010"
down_revision = "0009"

# What the gate must read to answer. Its own policies show it everything; it answers yes, no, keys and dates.
READS = (
    "consent",
    "consent_coverage",
    "consent_extension",
    "consent_withdrawal",
    "disclosure",
    "received_copy",
    "summons",
    "meeting",
    "plan",
    "action",
    "plan_approval",
    "commitment",
)
DEFINER = "security definer set search_path = pg_catalog, pg_temp"

# Is this consent live for that organisation: given, after information, not ended, not withdrawn? For
# gates alone: it answers about anybody's consent. A withdrawal counts whatever any clock says.
LIVES = f"""
create function gate_visibility.lives(o uuid, g uuid, whom uuid, moment timestamptz) returns boolean
language plpgsql stable {DEFINER} as $$
begin return (
  select exists (
    select from flerpart.consent c
    join flerpart.consent_coverage v on (v.org_id, v.consent_id, v.covered_org) = (c.org_id, c.id, whom)
    where (c.org_id, c.id) = (o, g)
      and c.answer = 'given' and c.informed_at <= c.said_at and c.said_at <= moment
      and (v.extension_id is null or exists (
        select from flerpart.consent_extension a
        where (a.org_id, a.id) = (o, v.extension_id) and a.said_at <= moment))
      and coalesce(
        (select coalesce(x.ends_at, 'infinity') from flerpart.consent_extension x
         where (x.org_id, x.consent_id) = (o, g) and x.changes_end and x.said_at <= moment
         order by x.said_at desc, x.id desc limit 1),
        c.ends_at, 'infinity') > moment
      and not exists (
        select from flerpart.consent_withdrawal w
        where w.consent_org = o and w.consent_id = g and (w.covered_org is null or w.covered_org = whom))));
end $$
"""

# The same question of a policy: only the consent's holder and the organisation itself are told.
LIVE = f"""
create function gate_visibility.live(o uuid, g uuid, whom uuid) returns boolean language plpgsql stable {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin
  return me is not null and me in (o, whom) and gate_visibility.lives(o, g, whom, gate_context.instant());
end $$
"""

# Is the caller covered by this consent, living or not? It goes on seeing the consent and its own coverage. One that was
# refused covers nobody: whom the individual did not want must not learn that they were asked about.
COVERED = f"""
create function gate_visibility.covered(o uuid, g uuid) returns boolean language plpgsql stable {DEFINER} as $$
begin return (
  select exists (select from flerpart.consent_coverage v
    join flerpart.consent c on (c.org_id, c.id) = (v.org_id, v.consent_id) and c.answer = 'given'
    where v.org_id = o and v.consent_id = g and v.covered_org = gate_context.organisation()));
end $$
"""

# Has an act shown this item to the caller, under a consent that lives?
DISCLOSED = f"""
create function gate_visibility.disclosed(k text, o uuid, i uuid) returns boolean language plpgsql stable {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin return (
  select exists (select from flerpart.disclosure d
    where d.recipient_org = me and d.kind = k and d.org_id = o and d.item_id = i
      and gate_visibility.lives(d.org_id, d.consent_id, me, gate_context.instant())));
end $$
"""

# May a statement of the caller refer to this item of that case: its own, shown to it, or held as a received copy? Who
# holds a copy that speaks of a meeting may speak of that meeting, also after a withdrawal.
KNOWN = f"""
create function gate_visibility.known(k text, o uuid, i uuid, c uuid) returns boolean language plpgsql stable {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin
  if exists (select from flerpart.received_copy r
             where r.org_id = me and r.from_org = o and r.case_id = c
               and ((r.kind = k and r.id = i) or (k = 'meeting' and r.meeting_id = i))) then
    return true;
  end if;
  if o is distinct from me and not gate_visibility.disclosed(k, o, i) then return false; end if;
  return case k
    when 'summons' then exists (select from flerpart.summons s where (s.org_id, s.id, s.case_id) = (o, i, c))
    when 'meeting' then exists (select from flerpart.meeting s where (s.org_id, s.id, s.case_id) = (o, i, c))
    when 'plan' then exists (select from flerpart.plan s where (s.org_id, s.id, s.case_id) = (o, i, c))
    else false end;
end $$
"""

# The disclosed arm of a list: keys by index, newest first, cut to the page. One row an item, however often shown. Where a
# unit asks, not what has come to other units alone: a letter about the case tells whose concern it is.
PAGE = f"""
create function gate_visibility.disclosed_page(k text, n int, u uuid default null) returns table (org_id uuid, id uuid)
language plpgsql stable rows 20 cost 1000 {DEFINER} set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := gate_context.organisation();
  moment timestamptz := gate_context.instant();
begin
  return query
    select d.org_id, d.item_id from flerpart.disclosure d
    where d.recipient_org = me and d.kind = k and gate_visibility.lives(d.org_id, d.consent_id, me, moment)
      and not exists (select from flerpart.disclosure e
        where e.recipient_org = me and e.kind = k and e.org_id = d.org_id and e.item_id = d.item_id and e.id > d.id
          and gate_visibility.lives(e.org_id, e.consent_id, me, moment))
      and (u is null
        or exists (select from flerpart.received_copy r where r.org_id = me and r.from_org = d.org_id
             and r.case_id = d.case_id and (r.unit_id = u or r.unit_id is null))
        or not exists (select from flerpart.received_copy r where r.org_id = me and r.from_org = d.org_id
             and r.case_id = d.case_id))
    order by d.item_id desc limit n;
end $$
"""

# What has been said of a plan version: outcome and dates reach every covered holder of it, reasons only its holder.
WORDS = f"""
create function gate_visibility.words_on_plan(o uuid, i uuid)
returns table (kind text, id uuid, org_id uuid, action_id uuid, speaker text, speaker_org uuid, word text,
               occurred_on date, said_at timestamptz, channel text, to_org uuid, corrects uuid, recorded_at timestamptz)
language plpgsql stable rows 20 {DEFINER} as $$
begin
  if o is distinct from gate_context.organisation() and not gate_visibility.disclosed('plan', o, i) then
    return;
  end if;
  return query
    select 'approval', a.id, a.org_id, null::uuid, a.speaker, a.speaker_org, a.answer,
           null::date, a.said_at, a.channel, null::uuid, a.corrects, a.recorded_at
    from flerpart.plan_approval a where a.item_org = o and a.item_id = i
    union all
    select 'commitment', m.id, m.org_id, m.action_id, m.speaker, m.speaker_org, m.status,
           m.occurred_on, m.said_at, m.channel, m.to_org, m.corrects, m.recorded_at
    from flerpart.commitment m where m.item_org = o and m.item_id = i
    order by 13, 2;
end $$
"""

# Which plan version an action is of, for whoever holds that version, is shown it, or has its own copy of it. The copy
# stays after a withdrawal, and with it the owner's right to report.
ACTION = f"""
create function gate_visibility.plan_of_action(i uuid) returns table (org_id uuid, plan_id uuid, case_id uuid)
language plpgsql stable rows 1 {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin
  return query
    select a.org_id, a.plan_id, a.case_id from flerpart.action a
    where a.id = i and (a.org_id = me or gate_visibility.disclosed('plan', a.org_id, a.plan_id)
      or exists (select from flerpart.received_copy r
        where (r.org_id, r.id, r.kind, r.from_org) = (me, a.plan_id, 'plan', a.org_id)));
end $$
"""

FUNCTIONS = {
    "lives(uuid, uuid, uuid, timestamptz)": LIVES,
    "live(uuid, uuid, uuid)": LIVE,
    "covered(uuid, uuid)": COVERED,
    "disclosed(text, uuid, uuid)": DISCLOSED,
    "known(text, uuid, uuid, uuid)": KNOWN,
    "disclosed_page(text, int, uuid)": PAGE,
    "words_on_plan(uuid, uuid)": WORDS,
    "plan_of_action(uuid)": ACTION,
}
CALLERS = "flerpart_api, flerpart_owner, gate_facts, gate_delivery"
FOR_GATES_ALONE = {"lives(uuid, uuid, uuid, timestamptz)": "gate_delivery"}


def upgrade() -> None:
    """Let the gate read, and make its functions."""
    for table in READS:
        op.execute(f"grant select on flerpart.{table} to gate_visibility")
        op.execute(f"create policy gate on flerpart.{table} for select to gate_visibility using (true)")
    op.execute("set local role gate_visibility")
    for signature, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_visibility.{signature} from public")
        callers = FOR_GATES_ALONE.get(signature, CALLERS)
        op.execute(f"grant execute on function gate_visibility.{signature} to {callers}")
    op.execute(f"grant usage on schema gate_visibility to {CALLERS}")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Drop the functions and shut the gate."""
    op.execute("set local role gate_visibility")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_visibility.{signature}")
    op.execute("set local role flerpart_owner")
    for table in READS:
        op.execute(f"drop policy gate on flerpart.{table}")
        op.execute(f"revoke select on flerpart.{table} from gate_visibility")
