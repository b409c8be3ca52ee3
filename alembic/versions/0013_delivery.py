"""The gate of delivery: an act puts a received copy into the receiver's keeping, where its own policy would never let us write; a withdrawal stops what has not gone out."""

from alembic import op

revision = "0013"
down_revision = "0012"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"
READS = ("disclosure", "received_copy", "reference_counter", "individual", "unit", "outbox_event")

# Who the person is at the receiver: the id of the row that has this index there, or null. For the copy's own binding
# nothing more is told than the id a copy will carry, which the sender makes up itself when there is none.
DELIVER = f"""
create function gate_delivery.deliver(
  disclosure uuid, copy_kind text, about uuid, meeting uuid, to_unit uuid, by_channel text, meets_at timestamptz,
  payload bytea, person uuid, person_name bytea, person_identity_kind text, person_identity bytea, person_index bytea,
  person_protected text
) returns void language plpgsql volatile {DEFINER} as $$
declare
  d record;
  who uuid;
  n int;
begin
  select * into d from flerpart.disclosure x
    where x.org_id = gate_context.organisation() and x.id = disclosure
      and gate_visibility.live(x.org_id, x.consent_id, x.recipient_org);
  if not found or d.kind <> copy_kind then
    raise exception 'no such disclosure' using errcode = '42501';
  end if;
  -- Quiet for the sender's own second delivery; another sender's copy under the same id breaks the key aloud below.
  if exists (select from flerpart.received_copy r
             where r.org_id = d.recipient_org and r.id = d.item_id and r.from_org = d.org_id) then
    return;
  end if;
  select i.id into who from flerpart.individual i where i.org_id = d.recipient_org and i.identity_index = person_index;
  if who is null then
    select r.individual_id into who from flerpart.received_copy r
      where r.org_id = d.recipient_org and r.from_org = d.org_id and r.case_id = d.case_id limit 1;
  end if;
  if who is null then
    -- Two senders may bring the same person at once: the second one finds what the first has stored.
    insert into flerpart.individual (org_id, id, name_sealed, identity_kind, identity_sealed, identity_index,
        protected_identity, has_communication_needs, version, recorded_at)
      values (d.recipient_org, person, person_name, person_identity_kind, person_identity, person_index,
        person_protected, 'not_asked', 1, gate_context.instant())
      on conflict (org_id, identity_index) do nothing returning id into who;
    if who is null then
      select i.id into who from flerpart.individual i
        where i.org_id = d.recipient_org and i.identity_index = person_index;
    end if;
  end if;
  -- A row lock on the receiver's counter, held to the commit: taken last.
  insert into flerpart.reference_counter as c (org_id, last) values (d.recipient_org, 1)
    on conflict (org_id) do update set last = c.last + 1 returning c.last into n;
  insert into flerpart.received_copy (org_id, id, kind, from_org, case_id, meeting_id, about_id, disclosure_id, unit_id,
      individual_id, reference_number, channel, meeting_starts_at, payload_sealed, recorded_at)
    values (d.recipient_org, d.item_id, copy_kind, d.org_id, d.case_id, meeting, about, d.id,
      (select u.id from flerpart.unit u where u.org_id = d.recipient_org and u.id = to_unit),
      who, n, by_channel, meets_at, payload, gate_context.instant());
end $$
"""

# What was to be sent under a consent, and has not been, to organisations it no longer covers. The holder's rows, also
# where a covered organisation records the withdrawal; nothing is told of them.
CANCEL = f"""
create function gate_delivery.cancel_unsent(o uuid, g uuid) returns void language plpgsql volatile {DEFINER} as $$
begin
  if not (coalesce(o = gate_context.organisation(), false) or gate_visibility.covered(o, g)) then return; end if;
  update flerpart.outbox_event e set cancelled_at = gate_context.instant()
    from flerpart.disclosure d
    where (d.org_id, d.consent_id) = (o, g) and (e.org_id, e.disclosure_id) = (d.org_id, d.id)
      and e.sent_at is null and e.cancelled_at is null
      and not gate_visibility.lives(o, g, d.recipient_org, gate_context.instant());
end $$
"""
FUNCTIONS = {
    "deliver(uuid, text, uuid, uuid, uuid, text, timestamptz, bytea, uuid, bytea, text, bytea, bytea, text)": DELIVER,
    "cancel_unsent(uuid, uuid)": CANCEL,
}


def upgrade() -> None:
    """Let the gate read and write what it delivers, and make its functions."""
    for table in READS:
        op.execute(f"grant select on flerpart.{table} to gate_delivery")
        op.execute(f"create policy deliver_see on flerpart.{table} for select to gate_delivery using (true)")
    for table in ("received_copy", "individual", "reference_counter"):
        op.execute(f"grant insert on flerpart.{table} to gate_delivery")
        op.execute(
            f"create policy deliver_add on flerpart.{table} for insert to gate_delivery with check (true)"
        )
    op.execute("grant update on flerpart.reference_counter to gate_delivery")
    op.execute(
        "create policy deliver_count on flerpart.reference_counter for update to gate_delivery using (true) with check (true)"
    )
    op.execute("grant update (cancelled_at) on flerpart.outbox_event to gate_delivery")
    op.execute(
        "create policy deliver_cancel on flerpart.outbox_event for update to gate_delivery using (true) with check (true)"
    )
    op.execute("set local role gate_delivery")
    for signature, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_delivery.{signature} from public")
        op.execute(f"grant execute on function gate_delivery.{signature} to flerpart_api")
    op.execute("grant usage on schema gate_delivery to flerpart_api")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Drop the functions and shut the gate."""
    op.execute("set local role gate_delivery")
    for signature in FUNCTIONS:
        op.execute(f"drop function gate_delivery.{signature}")
    op.execute("set local role flerpart_owner")
    op.execute("drop policy deliver_cancel on flerpart.outbox_event")
    op.execute("drop policy deliver_count on flerpart.reference_counter")
    for table in ("received_copy", "individual", "reference_counter"):
        op.execute(f"drop policy deliver_add on flerpart.{table}")
    for table in READS:
        op.execute(f"drop policy deliver_see on flerpart.{table}")
        op.execute(f"revoke all on flerpart.{table} from gate_delivery")
