"""The gate of statistics: counts of person-free facts, with small cells held back inside the gate."""

from alembic import op

revision = "0015"
down_revision = "0014"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"

# Cells of one kind in a period, by detail and party. Where exactly one cell of a line or column is held back, what
# would give it back is held back too: the caller does that (app.domain), on the true counts that never leave this
# database except through `counts`, whose answer the application suppresses before anything is shown.
COUNTS = f"""
create function gate_statistics.counts(of_agreement text, of_kind text, from_month date, to_month date)
returns table (detail text, party text, month date, n bigint) language plpgsql stable rows 100 {DEFINER} as $$
begin
  if gate_context.organisation() is null then return; end if;
  return query
    select f.detail, f.party, f.month, count(*) from flerpart.statistic_fact f
    where f.agreement_key = of_agreement and f.kind = of_kind and f.month >= from_month and f.month < to_month
    group by 1, 2, 3 order by 1, 2, 3;
end $$
"""
SIGNATURE = "counts(text, text, date, date)"


def upgrade() -> None:
    """Let the gate count, and make its function."""
    op.execute("grant select on flerpart.statistic_fact to gate_statistics")
    op.execute("create policy count on flerpart.statistic_fact for select to gate_statistics using (true)")
    op.execute("set local role gate_statistics")
    op.execute(COUNTS)
    op.execute(f"revoke all on function gate_statistics.{SIGNATURE} from public")
    op.execute(f"grant execute on function gate_statistics.{SIGNATURE} to flerpart_api")
    op.execute("grant usage on schema gate_statistics to flerpart_api")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Drop the function and shut the gate."""
    op.execute("set local role gate_statistics")
    op.execute(f"drop function gate_statistics.{SIGNATURE}")
    op.execute("set local role flerpart_owner")
    op.execute("drop policy count on flerpart.statistic_fact")
    op.execute("revoke select on flerpart.statistic_fact from gate_statistics")
