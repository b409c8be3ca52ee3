"""The signed context: who a transaction acts for, verified by the one gate that may read the key."""

from alembic import op

revision = "0009"
down_revision = "0008"

READERS = "flerpart_api, flerpart_owner, gate_visibility, gate_facts, gate_delivery, gate_statistics"

# keyid|organisation|unit|actor|instant (µs)|expiry (s)|mac. The mac is HMAC-SHA-256 from the key's padded halves, since
# pgcrypto may be absent. Nothing is cast that the mac does not vouch for: forged text yields null, never an error.
PART = """
create function gate_context.part(n int) returns text language plpgsql stable security definer
set search_path = pg_catalog, pg_temp as $$
declare
  raw text := nullif(current_setting('flerpart.context', true), '');
  p text[];
  k record;
begin
  if raw is null then return null; end if;
  p := string_to_array(raw, '|');
  if cardinality(p) <> 7 or length(p[7]) <> 64 then return null; end if;
  select ipad, opad into k from flerpart.context_key where id = p[1];
  if not found
     or encode(sha256(k.opad || sha256(k.ipad || convert_to(left(raw, -65), 'UTF8'))), 'hex') <> p[7] then
    return null;
  end if;
  if p[6]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return p[n];
end $$
"""

WORDS = {
    "organisation": ("uuid", "gate_context.part(2)::uuid"),
    "unit": ("uuid", "gate_context.part(3)::uuid"),
    "actor": ("uuid", "gate_context.part(4)::uuid"),
    "instant": (
        "timestamptz",
        "timestamptz 'epoch' + gate_context.part(5)::bigint * interval '1 microsecond'",
    ),
}


def upgrade() -> None:
    """Give the gate its key table and make its functions."""
    op.execute("alter table flerpart.context_key enable row level security")
    op.execute("alter table flerpart.context_key force row level security")
    op.execute("create policy verify on flerpart.context_key for select to gate_context using (true)")
    op.execute("create policy store on flerpart.context_key to flerpart_owner using (true) with check (true)")
    op.execute("grant usage on schema flerpart to flerpart_api, gate_context, gate_visibility, gate_facts")
    op.execute("grant usage on schema flerpart to gate_delivery, gate_identity, gate_statistics")
    op.execute("grant select on flerpart.context_key to gate_context")
    op.execute("set local role gate_context")
    op.execute(PART)
    op.execute("revoke all on function gate_context.part(int) from public")
    for word, (kind, expression) in WORDS.items():
        op.execute(
            f"create function gate_context.{word}() returns {kind} language plpgsql stable security definer "
            f"set search_path = pg_catalog, pg_temp as $$ begin return {expression}; end $$"
        )
        op.execute(f"revoke all on function gate_context.{word}() from public")
        op.execute(f"grant execute on function gate_context.{word}() to {READERS}")
    op.execute(f"grant usage on schema gate_context to {READERS}")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Drop the functions and close the key table."""
    op.execute("set local role gate_context")
    for word in WORDS:
        op.execute(f"drop function gate_context.{word}()")
    op.execute("drop function gate_context.part(int)")
    op.execute("set local role flerpart_owner")
    op.execute("revoke select on flerpart.context_key from gate_context")
    op.execute("drop policy verify on flerpart.context_key")
    op.execute("drop policy store on flerpart.context_key")
    op.execute("alter table flerpart.context_key no force row level security")
    op.execute("alter table flerpart.context_key disable row level security")
