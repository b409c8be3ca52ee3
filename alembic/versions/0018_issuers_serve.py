"""Whose accounts an issuer's subjects have: an account at any other organisation is none. And an officer leaves on a
day in Sweden, whatever a session's time zone is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"


def accounts(today: str, served: str) -> str:
    """The gate's look-up of accounts, with what day it is and what it asks of the issuer."""
    return f"""
create or replace function gate_identity.accounts(of_issuer text, of_subject text)
returns table (id uuid, org_id uuid, unit_id uuid, officer_id uuid, roles text[], name text)
language plpgsql stable rows 1 {DEFINER} as $$
begin
  return query
    select a.id, a.org_id, a.unit_id, a.officer_id, a.roles, f.name
    from flerpart.account a join flerpart.officer f on (f.org_id, f.id) = (a.org_id, a.officer_id)
    where a.issuer = of_issuer and a.subject = of_subject and a.active
      and (f.left_on is null or f.left_on > {today}){served}
    order by a.id;
end $$
"""


TODAY = "(now() at time zone 'Europe/Stockholm')::date"
SERVED = """
      and not exists (
        select from flerpart.token_issuer t where t.issuer = a.issuer and a.org_id <> all (t.serves))"""


def upgrade() -> None:
    """Add the organisations an issuer serves, none said being every one, and let the gate ask."""
    op.add_column("token_issuer", sa.Column("serves", sa.ARRAY(sa.Uuid()), nullable=True), schema="flerpart")
    op.execute("set local role gate_identity")
    op.execute(accounts(TODAY, SERVED))
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Let every issuer serve every organisation again."""
    op.execute("set local role gate_identity")
    op.execute(accounts("current_date", ""))
    op.execute("set local role flerpart_owner")
    op.drop_column("token_issuer", "serves", schema="flerpart")
