"""The gate of statistics: counts of person-free facts, of which no small one ever leaves the gate."""

from alembic import op

revision = "0015"
down_revision = "0014"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"

# Which cells of one table may be shown. `v` is the table row by row, the last row and the last column its sums. What is
# under five is withheld. Each of those that is not nought is then protected: other cells are withheld so that the
# corners of a rectangle are, along which the same sums also come out with five or more in the small cell. As a party
# knows its own column, there must be two such rectangles with different other columns, or one with the sums of the rows.
# Of the rectangles that serve, those are taken that withhold least: cells before sums, sums before the sum of all.
SHOWABLE = f"""
create function gate_statistics.showable(rows int, cols int, v bigint[]) returns boolean[]
language plpgsql immutable {DEFINER} as $$
declare
  least constant int := 5;
  one_sum constant bigint := 1000000000;
  price bigint[];
  lack bigint;
  r int;
  c int;
  row_sign int;
  col_sign int;
  cost bigint;
  cheapest bigint[];
  chosen int[];
  columns_chosen int[];
begin
  -- What it costs to withhold a cell: nothing where it is withheld already.
  price := array(
    select case when x < least then 0
      else x + one_sum * ((case when n > (rows - 1) * cols then 1 else 0 end) + (case when n % cols = 0 then 1 else 0 end) + 1) end
    from unnest(v) with ordinality as t (x, n) order by n);
  for target in 1 .. rows * cols loop
    continue when v[target] = 0 or v[target] >= least;
    r := (target - 1) / cols + 1;
    c := (target - 1) % cols + 1;
    lack := least - v[target];
    cheapest := array_fill(null::bigint, array[cols]);
    chosen := array_fill(null::int, array[cols]);
    for k in 1 .. cols loop
      continue when k = c;
      -- Two cells of a line change against each other, a cell and its line's sum with each other.
      col_sign := case when cols in (k, c) then 1 else -1 end;
      for l in 1 .. rows loop
        continue when l = r;
        row_sign := case when rows in (l, r) then 1 else -1 end;
        continue when (col_sign < 0 and v[(r - 1) * cols + k] < lack) or (row_sign < 0 and v[(l - 1) * cols + c] < lack)
          or (row_sign * col_sign < 0 and v[(l - 1) * cols + k] < lack);
        cost := price[(r - 1) * cols + k] + price[(l - 1) * cols + c] + price[(l - 1) * cols + k];
        if cheapest[k] is null or cost < cheapest[k] then
          cheapest[k] := cost;
          chosen[k] := l;
        end if;
      end loop;
    end loop;
    select array_agg(o.k) into columns_chosen from (
      select k from generate_series(1, cols - 1) as k where cheapest[k] is not null order by cheapest[k], k limit 2) o;
    if cheapest[cols] <= cheapest[columns_chosen[1]] + cheapest[columns_chosen[2]]
       or cheapest[cols] is not null and coalesce(cardinality(columns_chosen), 0) < 2 then
      columns_chosen := array[cols];
    end if;
    foreach c in array coalesce(columns_chosen, '{{}}') loop
      price[(r - 1) * cols + c] := 0;
      price[(chosen[c] - 1) * cols + (target - 1) % cols + 1] := 0;
      price[(chosen[c] - 1) * cols + c] := 0;
    end loop;
  end loop;
  return array(select x > 0 from unnest(price) with ordinality as t (x, n) order by n);
end $$
"""

# The first day of the third of a year that has not ended at that moment.
RUNNING = f"""
create function gate_statistics.running_since(moment timestamptz) returns date language plpgsql stable {DEFINER} as $$
declare
  today date := (moment at time zone 'Europe/Stockholm')::date;
begin return make_date(extract(year from today)::int, (extract(month from today)::int - 1) / 4 * 4 + 1, 1); end $$
"""

# Facts of one kind, by detail and party, in periods that every caller gets alike and that never overlap: whole thirds of
# a year, as many together as it takes before anything may be shown at all. A sum has no detail, or no party, or neither.
# A period of which nothing may be shown yet is one row without a count. What has not ended is not counted.
SHOWN = f"""
create function gate_statistics.shown(of_agreement text, of_kind text, from_day date, to_day date)
returns table (starts_on date, ends_before date, detail text, party text, n bigint)
language plpgsql stable rows 100 {DEFINER} as $$
declare
  running date := gate_statistics.running_since(gate_context.instant());
  begins date := date '2018-01-01';
  ends date := begins;
  details text[];
  parties text[];
  v bigint[];
  shown boolean[];
  counted boolean := false;
begin
  if gate_context.organisation() is null then return; end if;
  while ends < running loop
    ends := ends + interval '4 months';
    select array_agg(distinct f.detail order by f.detail) || array[null::text],
           array_agg(distinct f.party order by f.party) || array[null::text] into details, parties
      from flerpart.statistic_fact f
      where f.agreement_key = of_agreement and f.kind = of_kind and f.month >= begins and f.month < ends;
    shown := '{{}}';
    if cardinality(details) = 1 and not counted then
      begins := ends;
      continue;
    end if;
    counted := true;
    if cardinality(details) > 1 then
      select array_agg(coalesce(c.amount, 0) order by d.place, p.place) into v
        from unnest(details) with ordinality as d (name, place)
        cross join unnest(parties) with ordinality as p (name, place)
        left join (
          select f.detail, f.party, count(*) as amount from flerpart.statistic_fact f
          where f.agreement_key = of_agreement and f.kind = of_kind and f.month >= begins and f.month < ends
          group by cube (f.detail, f.party)
        ) c on c.detail is not distinct from d.name and c.party is not distinct from p.name;
      shown := gate_statistics.showable(cardinality(details), cardinality(parties), v);
    end if;
    continue when ends < running and not (true = any (shown));
    if begins <= to_day and ends > from_day then
      if true = any (shown) then
        return query
          select begins, ends, details[(t.place - 1) / cardinality(parties) + 1],
                 parties[(t.place - 1) % cardinality(parties) + 1], v[t.place]
          from unnest(shown) with ordinality as t (is_shown, place) where t.is_shown order by t.place;
      else
        return query select begins, ends, null::text, null::text, null::bigint;
      end if;
    end if;
    begins := ends;
  end loop;
end $$
"""
FUNCTIONS = {
    "showable(int, int, bigint[])": SHOWABLE,
    "running_since(timestamptz)": RUNNING,
    "shown(text, text, date, date)": SHOWN,
}
FOR_THE_API = "shown(text, text, date, date)"


def upgrade() -> None:
    """Let the gate count, and make its functions."""
    op.execute("grant select on flerpart.statistic_fact to gate_statistics")
    op.execute("create policy count on flerpart.statistic_fact for select to gate_statistics using (true)")
    op.execute("set local role gate_statistics")
    for signature, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_statistics.{signature} from public")
    op.execute(f"grant execute on function gate_statistics.{FOR_THE_API} to flerpart_api")
    op.execute("grant usage on schema gate_statistics to flerpart_api")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Drop the functions and shut the gate."""
    op.execute("set local role gate_statistics")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_statistics.{signature}")
    op.execute("set local role flerpart_owner")
    op.execute("drop policy count on flerpart.statistic_fact")
    op.execute("revoke select on flerpart.statistic_fact from gate_statistics")
