"""The gate of volume: how many different persons an account is shown within an hour, counted as they are shown."""

from alembic import op

revision = "0022"
down_revision = "0021"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"

# A case of another's of which nothing has come that tells who it is about counts as a person.
# Counted where the log is written, so that every process and every way of reading is. The most there may be comes with
# the connection (flerpart.persons_per_hour; absent or 0 is no limit). Persons shown before within the hour cost a look
# only. Where somebody is new, the account's readers wait for each other: none slips past together with another.
COUNT_PERSONS = f"""
create function gate_volume.count_persons() returns trigger language plpgsql volatile {DEFINER} as $$
declare
  most int := coalesce(nullif(current_setting('flerpart.persons_per_hour', true), '')::int, 0);
  o uuid := gate_context.organisation();
  who uuid := gate_context.actor();
  since timestamptz := gate_context.instant() - interval '1 hour';
  n int;
  wait int;
begin
  if most = 0 or who is null or not exists (
    select from added a where a.individual_id is not null and not exists (
        select from flerpart.read_entry r
        where (r.org_id, r.individual_id, r.actor_id) = (o, a.individual_id, who) and r.recorded_at > since
          and r.id not in (select b.id from added b))
      or a.individual_id is null and a.case_id is not null and not exists (
        select from flerpart.read_entry r
        where (r.org_id, r.actor_id, r.case_id) = (o, who, a.case_id) and r.individual_id is null
          and r.recorded_at > since and r.id not in (select b.id from added b)))
  then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('gate_volume.' || who, 0));
  select count(*), ceil(extract(epoch from min(p.last) - since)) into n, wait from (
    select max(r.recorded_at) as last from flerpart.read_entry r
    where r.org_id = o and r.actor_id = who and r.recorded_at > since
      and coalesce(r.individual_id, r.case_id) is not null
    group by coalesce(r.individual_id, r.case_id)) p;
  if n > most then
    raise exception 'too many persons' using errcode = 'FL429', detail = greatest(wait, 1);
  end if;
  return null;
end $$
"""


def upgrade() -> None:
    """Let the gate read the log of its own caller, and have it count whenever something is added."""
    op.create_index(
        op.f("ix_read_entry_org_id_actor_id_recorded_at_individual_id"),
        "read_entry",
        ["org_id", "actor_id", "recorded_at", "individual_id"],
        schema="flerpart",
    )
    op.execute("grant select on flerpart.alembic_version to flerpart_api")  # /readyz compares it with its own
    op.execute("grant usage on schema flerpart to gate_volume")
    op.execute("grant select on flerpart.read_entry to gate_volume")
    op.execute(
        "create policy count on flerpart.read_entry for select to gate_volume"
        " using (org_id = (select gate_context.organisation()) and actor_id = (select gate_context.actor()))"
    )
    op.execute("set local role gate_context")
    op.execute("grant usage on schema gate_context to gate_volume")
    for word in ("organisation", "actor", "instant"):
        op.execute(f"grant execute on function gate_context.{word}() to gate_volume")
    op.execute("set local role gate_volume")
    op.execute(COUNT_PERSONS)
    op.execute("revoke all on function gate_volume.count_persons() from public")
    op.execute("grant usage on schema gate_volume to flerpart_owner")
    op.execute("grant execute on function gate_volume.count_persons() to flerpart_owner")
    op.execute("set local role flerpart_owner")
    op.execute(
        "create trigger count_persons after insert on flerpart.read_entry referencing new table as added"
        " for each statement execute function gate_volume.count_persons()"
    )


def downgrade() -> None:
    """Count no more."""
    op.execute("drop trigger count_persons on flerpart.read_entry")
    op.execute("set local role gate_volume")
    op.execute("drop function gate_volume.count_persons()")
    op.execute("revoke usage on schema gate_volume from flerpart_owner")
    op.execute("set local role gate_context")
    for word in ("organisation", "actor", "instant"):
        op.execute(f"revoke execute on function gate_context.{word}() from gate_volume")
    op.execute("revoke usage on schema gate_context from gate_volume")
    op.execute("set local role flerpart_owner")
    op.execute("drop policy count on flerpart.read_entry")
    op.execute("revoke select on flerpart.read_entry from gate_volume")
    op.execute("revoke usage on schema flerpart from gate_volume")
    op.execute("revoke select on flerpart.alembic_version from flerpart_api")
    op.drop_index(
        op.f("ix_read_entry_org_id_actor_id_recorded_at_individual_id"), "read_entry", schema="flerpart"
    )
