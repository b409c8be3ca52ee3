"""The gate of protection: marks of protected identity, who is cleared, and what is hidden from everybody else."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"
OWN = "org_id = (select gate_context.organisation())"
READS = (
    "individual",
    "case_file",
    "received_copy",
    "disclosure",
    "protection_clearance",
    "protection_mark",
    "joint_decision",
)

# One person is a row at each organisation, joined by what has been delivered about a case: sender's and receiver's row.
# A mark anywhere among them is a mark everywhere: the rows without one get the strictest. Only the mark travels.
SAME = """
    with recursive same (org_id, id) as (
      select o, i
      union
      select n.org_id, n.id from same s cross join lateral (
        select r.org_id, r.individual_id as id
        from flerpart.case_file c
        join flerpart.disclosure d on (d.org_id, d.case_id) = (c.org_id, c.id)
        join flerpart.received_copy r on (r.org_id, r.id) = (d.recipient_org, d.item_id) and r.from_org = c.org_id
        where (c.org_id, c.individual_id) = (s.org_id, s.id)
        union
        select c.org_id, c.individual_id
        from flerpart.received_copy r join flerpart.case_file c on (c.org_id, c.id) = (r.from_org, r.case_id)
        where (r.org_id, r.individual_id) = (s.org_id, s.id)) n)
    select p.org_id, p.id, p.protected_identity from same s
    cross join lateral (select x.org_id, x.id, x.protected_identity from flerpart.individual x
      where (x.org_id, x.id) = (s.org_id, s.id) limit 1) p  -- limit: by key, however many rows the planner expects
    order by p.org_id, p.id"""
EVEN_OUT = f"""
create function gate_protection.even_out(o uuid, i uuid) returns void language plpgsql volatile {DEFINER} as $$
declare
  strictest text := 'none';
  row record;
begin
  for row in {SAME} loop
    if row.protected_identity = 'protected_registration' or strictest = 'none' then
      strictest := row.protected_identity;
    end if;
  end loop;
  if strictest = 'none' then return; end if;
  for row in {SAME} loop
    continue when row.protected_identity <> 'none';
    update flerpart.individual p set protected_identity = strictest, version = p.version + 1
      where (p.org_id, p.id) = (row.org_id, row.id) and p.protected_identity = 'none';
    if found then
      insert into flerpart.protection_mark (org_id, individual_id, mark, recorded_at)
        values (row.org_id, row.id, strictest, gate_context.instant());
    end if;
  end loop;
end $$
"""
# One person is enough to protect: the mark holds for everybody who holds the person, in this transaction.
MARK = f"""
create function gate_protection.mark(i uuid, how text, from_source text, since date) returns boolean
language plpgsql volatile {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin
  if how = 'none' then raise exception 'a mark is lifted by two' using errcode = '42501'; end if;
  update flerpart.individual p set protected_identity = how, version = p.version + 1 where (p.org_id, p.id) = (me, i);
  if not found then return false; end if;
  insert into flerpart.protection_mark (org_id, individual_id, mark, source, decided_on, recorded_by, recorded_at)
    values (me, i, how, from_source, since, gate_context.actor(), gate_context.instant());
  perform gate_protection.even_out(me, i);
  return true;
end $$
"""
# Two are needed to lift it, at each organisation for its own: by a proposal approved in this very transaction.
LIFT = f"""
create function gate_protection.lift(decision uuid) returns boolean language plpgsql volatile {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
  j record;
begin
  select x.individual_id, x.content into j from flerpart.joint_decision x
    where (x.org_id, x.id) = (me, decision) and x.matter = 'protection_lifted' and x.outcome = 'approved'
      and x.decided_by = gate_context.actor() and x.decided_at = gate_context.instant();
  if not found then raise exception 'a mark is lifted by two' using errcode = '42501'; end if;
  update flerpart.individual p set protected_identity = 'none', version = p.version + 1
    where (p.org_id, p.id) = (me, j.individual_id) and p.protected_identity <> 'none';
  if not found then return false; end if;
  insert into flerpart.protection_mark (org_id, individual_id, mark, source, decided_on, recorded_by, recorded_at)
    values (me, j.individual_id, 'none', j.content ->> 'source', (j.content ->> 'decidedOn')::date,
      gate_context.actor(), gate_context.instant());
  return true;
end $$
"""
# Of each case, whoever holds it: is the person marked, which holds unless all that is known of the person says that
# there is no mark; and is the caller cleared for its own organisation's row of the person? Of a case that nothing has
# shown to the caller's organisation nothing is known, whether it is there or not.
STANDING = f"""
create function gate_protection.standing(holders uuid[], cases uuid[])
returns table (org_id uuid, case_id uuid, marked boolean, cleared boolean) language plpgsql stable {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin
  return query
    select k.o, k.c,
      bool_or(p.protected_identity is distinct from 'none'),  -- so too where there is no row
      coalesce(bool_or(w.org_id = me and gate_protection.cleared(w.individual_id)), false)
    from unnest(holders, cases) as k (o, c)
    left join lateral (
      select f.org_id, f.individual_id from flerpart.case_file f
        where (f.org_id, f.id) = (k.o, k.c) and (k.o = me or exists (
          select from flerpart.disclosure d where (d.org_id, d.case_id, d.recipient_org) = (k.o, k.c, me)))
      union
      select r.org_id, r.individual_id from flerpart.received_copy r
        where r.org_id = me and r.from_org = k.o and r.case_id = k.c) w on true
    left join lateral (select x.protected_identity from flerpart.individual x
      where (x.org_id, x.id) = (w.org_id, w.individual_id) limit 1) p on true
    group by k.o, k.c;
end $$
"""
CLEARED = f"""
create function gate_protection.cleared(i uuid) returns boolean language plpgsql stable {DEFINER} as $$
begin
  return exists (select from flerpart.protection_clearance c
    where c.org_id = gate_context.organisation() and c.individual_id = i and c.account_id = gate_context.actor()
      and c.ended_at is null and c.valid_until > gate_context.instant());
end $$
"""
# The same of one person, by the caller's own row.
OF_PERSON = f"""
create function gate_protection.of_person(i uuid) returns table (marked boolean, cleared boolean)
language plpgsql stable rows 1 {DEFINER} as $$
begin
  return query select
    coalesce((select p.protected_identity is distinct from 'none' from flerpart.individual p
      where (p.org_id, p.id) = (gate_context.organisation(), i)), true),
    gate_protection.cleared(i);
end $$
"""
FLAG_READ = f"""
create function gate_protection.flag_read() returns trigger language plpgsql volatile {DEFINER} as $$
begin
  new.of_protected := new.individual_id is not null and coalesce(
    (select bool_or(p.protected_identity <> 'none') from flerpart.individual p
      where (p.org_id, p.id) in ((new.item_org, new.individual_id), (new.org_id, new.individual_id))), true);
  return new;
end $$
"""
JOIN_MARKS = f"""
create function gate_protection.join_marks() returns trigger language plpgsql volatile {DEFINER} as $$
begin
  perform gate_protection.even_out(new.org_id, new.individual_id);
  return null;
end $$
"""
# signature → text, and who may call it; None: gates alone
FUNCTIONS: dict[str, tuple[str, str | None]] = {
    "even_out(uuid, uuid)": (EVEN_OUT, None),
    "cleared(uuid)": (CLEARED, None),
    "mark(uuid, text, text, date)": (MARK, "flerpart_api"),
    "lift(uuid)": (LIFT, "flerpart_api"),
    "standing(uuid[], uuid[])": (STANDING, "flerpart_api"),
    "of_person(uuid)": (OF_PERSON, "flerpart_api"),
    "flag_read()": (FLAG_READ, "flerpart_owner"),
    "join_marks()": (JOIN_MARKS, "flerpart_owner"),
}
TRIGGERS = {
    "flag_read": ("before insert", "read_entry"),
    "join_marks": ("after insert", "received_copy"),
}
# To whom, and until which day, as two have agreed now.
GRANTED = """exists (select from flerpart.joint_decision j
    where (j.org_id, j.id) = (protection_clearance.org_id, protection_clearance.joint_decision_id)
      and j.matter = 'clearance' and j.outcome = 'approved' and j.individual_id = protection_clearance.individual_id
      and j.gains_id = protection_clearance.account_id and j.decided_by = (select gate_context.actor())
      and j.decided_at = (select gate_context.instant())
      and protection_clearance.valid_until
        = ((j.content ->> 'validUntil')::date + 1)::timestamp at time zone 'Europe/Stockholm')"""
KEPT_OF_A_PERSON = (
    "name_sealed, identity_kind, identity_sealed, identity_index, birth_date_sealed, contact_sealed, "
    "municipality, has_communication_needs, communication_needs_sealed, version"
)


def upgrade() -> None:
    """Make the tables, the gate, and the flag of each look."""
    op.create_table(
        "protection_mark",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "mark in ('none', 'confidentiality_mark', 'protected_registration')",
            name=op.f("ck_protection_mark_mark"),
        ),
        sa.CheckConstraint(
            "source in ('population_register', 'tax_agency_decision', 'individual', 'another_organisation')",
            name=op.f("ck_protection_mark_source"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(source, decided_on, recorded_by) in (0, 3)", name=op.f("ck_protection_mark_said")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "individual_id"],
            ["flerpart.individual.org_id", "flerpart.individual.id"],
            name=op.f("fk_protection_mark_org_id_individual_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_protection_mark")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_protection_mark_org_id_individual_id"),
        "protection_mark",
        ["org_id", "individual_id"],
        unique=False,
        schema="flerpart",
    )
    op.create_table(
        "protection_clearance",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("individual_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("joint_decision_id", sa.Uuid(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(ended_at, ended_by) in (0, 2)", name=op.f("ck_protection_clearance_ended")
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "individual_id"],
            ["flerpart.individual.org_id", "flerpart.individual.id"],
            name=op.f("fk_protection_clearance_org_id_individual_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "account_id"],
            ["flerpart.account.org_id", "flerpart.account.id"],
            name=op.f("fk_protection_clearance_org_id_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["org_id", "joint_decision_id"],
            ["flerpart.joint_decision.org_id", "flerpart.joint_decision.id"],
            name=op.f("fk_protection_clearance_org_id_joint_decision_id"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_protection_clearance")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_protection_clearance_org_id_individual_id_account_id"),
        "protection_clearance",
        ["org_id", "individual_id", "account_id"],
        unique=False,
        schema="flerpart",
    )
    op.add_column(
        "read_entry",
        sa.Column("of_protected", sa.Boolean(), nullable=True),
        schema="flerpart",
    )
    protect()
    open_gate()


def protect() -> None:
    """Marks and clearances are their organisation's; only the gate writes marks, nobody but it changes one."""
    for table in ("protection_mark", "protection_clearance"):
        op.execute(f"alter table flerpart.{table} enable row level security")
        op.execute(f"alter table flerpart.{table} force row level security")
        op.execute(f"grant select on flerpart.{table} to flerpart_api")
        op.execute(f"create policy see on flerpart.{table} for select to flerpart_api using ({OWN})")
    op.execute("grant insert on flerpart.protection_clearance to flerpart_api")
    op.execute(
        "create policy add on flerpart.protection_clearance for insert to flerpart_api with check ("
        f"{OWN} and {GRANTED} and ended_at is null)"
    )
    op.execute("grant update (ended_at, ended_by) on flerpart.protection_clearance to flerpart_api")
    op.execute(
        "create policy finish on flerpart.protection_clearance for update to flerpart_api "
        f"using ({OWN} and ended_at is null) with check ({OWN} and ended_by = (select gate_context.actor()))"
    )
    op.execute("revoke update on flerpart.individual from flerpart_api")
    op.execute(f"grant update ({KEPT_OF_A_PERSON}) on flerpart.individual to flerpart_api")


def open_gate() -> None:
    """Let the gate read and mark, and make its functions and what calls them."""
    op.execute("grant usage on schema flerpart to gate_protection")
    op.execute("set local role gate_context")
    for word in ("organisation", "unit", "actor", "instant"):
        op.execute(f"grant execute on function gate_context.{word}() to gate_protection")
    op.execute("grant usage on schema gate_context to gate_protection")
    op.execute("set local role flerpart_owner")
    for table in READS:
        op.execute(f"grant select on flerpart.{table} to gate_protection")
        op.execute(
            f"create policy protect_see on flerpart.{table} for select to gate_protection using (true)"
        )
    op.execute("grant update (protected_identity, version) on flerpart.individual to gate_protection")
    op.execute(
        "create policy protect_mark on flerpart.individual for update to gate_protection using (true) with check (true)"
    )
    op.execute("grant insert on flerpart.protection_mark to gate_protection")
    op.execute(
        "create policy protect_add on flerpart.protection_mark for insert to gate_protection with check (true)"
    )
    op.execute("set local role gate_protection")
    for signature, (text, caller) in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_protection.{signature} from public")
        if caller:
            op.execute(f"grant execute on function gate_protection.{signature} to {caller}")
    op.execute("grant usage on schema gate_protection to flerpart_api, flerpart_owner")
    op.execute("set local role flerpart_owner")
    for name, (moment, table) in TRIGGERS.items():
        op.execute(
            f"create trigger {name} {moment} on flerpart.{table} "
            f"for each row execute function gate_protection.{name}()"
        )


def downgrade() -> None:
    """Shut the gate, and drop what it kept."""
    for name, (_, table) in TRIGGERS.items():
        op.execute(f"drop trigger {name} on flerpart.{table}")
    op.execute("set local role gate_protection")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_protection.{signature}")
    op.execute("revoke usage on schema gate_protection from flerpart_api, flerpart_owner")
    op.execute("set local role gate_context")
    for word in ("organisation", "unit", "actor", "instant"):
        op.execute(f"revoke execute on function gate_context.{word}() from gate_protection")
    op.execute("revoke usage on schema gate_context from gate_protection")
    op.execute("set local role flerpart_owner")
    op.execute("drop policy protect_mark on flerpart.individual")
    for table in READS:
        op.execute(f"drop policy protect_see on flerpart.{table}")
        op.execute(f"revoke all on flerpart.{table} from gate_protection")
    op.execute("revoke usage on schema flerpart from gate_protection")
    op.execute(
        f"grant update ({KEPT_OF_A_PERSON}, protected_identity) on flerpart.individual to flerpart_api"
    )
    op.drop_column("read_entry", "of_protected", schema="flerpart")
    op.drop_table("protection_clearance", schema="flerpart")
    op.drop_table("protection_mark", schema="flerpart")
