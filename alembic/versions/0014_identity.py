"""The gate of identity: from a token's issuer and subject to an account, before there is a context."""

from alembic import op

revision = "0014"
down_revision = "0013"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"
READS = ("account", "officer", "token_issuer")

ACCOUNTS = f"""
create function gate_identity.accounts(of_issuer text, of_subject text)
returns table (id uuid, org_id uuid, unit_id uuid, officer_id uuid, roles text[], name text)
language plpgsql stable rows 1 {DEFINER} as $$
begin
  return query
    select a.id, a.org_id, a.unit_id, a.officer_id, a.roles, f.name
    from flerpart.account a join flerpart.officer f on (f.org_id, f.id) = (a.org_id, a.officer_id)
    where a.issuer = of_issuer and a.subject = of_subject and a.active
      and (f.left_on is null or f.left_on > current_date)
    order by a.id;
end $$
"""
ISSUERS = f"""
create function gate_identity.issuers() returns table (issuer text, audience text, key_set text, key_set_uri text)
language plpgsql stable rows 5 {DEFINER} as $$
begin
  return query select t.issuer, t.audience, t.key_set, t.key_set_uri from flerpart.token_issuer t where t.active;
end $$
"""
# Whom the worker acts as: one service account for each organisation that has one.
SERVICES = f"""
create function gate_identity.service_actors() returns table (id uuid, org_id uuid, unit_id uuid, officer_id uuid)
language plpgsql stable rows 100 {DEFINER} as $$
begin
  return query
    select distinct on (a.org_id) a.id, a.org_id, a.unit_id, a.officer_id
    from flerpart.account a where a.active and 'service' = any (a.roles) order by a.org_id, a.id;
end $$
"""
FUNCTIONS = {"accounts(text, text)": ACCOUNTS, "issuers()": ISSUERS, "service_actors()": SERVICES}


def upgrade() -> None:
    """Let the gate read, and make its functions."""
    for table in READS:
        op.execute(f"grant select on flerpart.{table} to gate_identity")
        op.execute(f"create policy identify on flerpart.{table} for select to gate_identity using (true)")
    op.execute("set local role gate_identity")
    for signature, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_identity.{signature} from public")
        op.execute(f"grant execute on function gate_identity.{signature} to flerpart_api")
    op.execute("grant usage on schema gate_identity to flerpart_api")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Drop the functions and shut the gate."""
    op.execute("set local role gate_identity")
    for signature in FUNCTIONS:
        op.execute(f"drop function gate_identity.{signature}")
    op.execute("set local role flerpart_owner")
    for table in READS:
        op.execute(f"drop policy identify on flerpart.{table}")
        op.execute(f"revoke select on flerpart.{table} from gate_identity")
