"""The gate of the journal: every decision is linked into its chain as it is stored, reads are sealed soon after, and roots fix all chains at once."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

# Rows are hashed as jsonb writes them, so what a session may set of that writing is set here.
PINNED = "security definer set search_path = pg_catalog, pg_temp"
WRITING = f"{PINNED} set timezone = 'UTC' set bytea_output = 'hex'"
ENTRIES = ("journal_entry", "read_entry")
PROOFS = ("chain_link", "chain_head", "unsealed_read", "journal_root", "root_head")
APPEND_ONLY = (*ENTRIES, "chain_link", "journal_root", "root_head")
# What the gate may do with each table.
RIGHTS = {
    "journal_entry": "select",
    "read_entry": "select",
    "chain_link": "select, insert",
    "chain_head": "select, insert, update",
    "unsealed_read": "select, insert, delete",
    "journal_root": "select, insert",
    "root_head": "select, insert",
}
OWN_TO_SEE = ("chain_link", "chain_head")

# Nobody writes an entry in another's name or at another time than the request's, not even by injected SQL.
IN_MY_NAME = (
    "org_id = (select gate_context.organisation()) and actor_id = (select gate_context.actor())"
    " and unit_id = (select gate_context.unit()) and recorded_at = (select gate_context.instant())"
)
IN_MY_ORGANISATION = "org_id = (select gate_context.organisation())"

# Columns that hold nothing are left out: a column added later does not change what older rows say.
HASH_OF = f"""
create function gate_journal.hash_of(kind text, entry jsonb) returns bytea language plpgsql immutable {PINNED} as $$
begin return (
  select sha256(convert_to(kind || '|' || jsonb_object_agg(c.key, c.value)::text, 'UTF8'))
  from jsonb_each(entry) c where jsonb_typeof(c.value) <> 'null');
end $$
"""

# The head's row is what writers of one chain wait for, and only they: it is taken last before the commit.
APPEND = f"""
create function gate_journal.append(o uuid, c uuid, what text, entry uuid, hash_of_entry bytea) returns void
language plpgsql volatile {PINNED} as $$
declare
  head record;
begin
  insert into flerpart.chain_head as h (org_id, chain_id, length, hash)
    values (o, c, 1, sha256(sha256(convert_to(o || '|' || c, 'UTF8')) || hash_of_entry))
    on conflict (org_id, chain_id)
      do update set length = h.length + 1, hash = sha256(h.hash || hash_of_entry)
    returning h.length, h.hash into head;
  insert into flerpart.chain_link (org_id, chain_id, number, kind, entry_id, entry_hash, hash)
    values (o, c, head.length, what, entry, hash_of_entry, head.hash);
end $$
"""

LINK_DECISION = f"""
create function gate_journal.link_decision() returns trigger language plpgsql volatile {WRITING} as $$
begin
  perform gate_journal.append(new.org_id, coalesce(new.individual_id, new.org_id), 'decision', new.id,
    gate_journal.hash_of('decision', to_jsonb(new)));
  return null;
end $$
"""

AWAIT_SEALING = f"""
create function gate_journal.await_sealing() returns trigger language plpgsql volatile {PINNED} as $$
begin
  insert into flerpart.unsealed_read (org_id, recorded_at, id) select r.org_id, r.recorded_at, r.id from added r;
  return null;
end $$
"""

REFUSE = f"""
create function gate_journal.refuse() returns trigger language plpgsql stable {PINNED} as $$
begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$
"""

# One sealer at a time. A read whose row is gone goes on waiting, so that its absence is found.
SEAL = f"""
create function gate_journal.seal(most int) returns int language plpgsql volatile {WRITING} as $$
declare
  one record;
  n int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('gate_journal.seal', 0));
  for one in
    with taken as (
      delete from flerpart.unsealed_read u where (u.org_id, u.recorded_at, u.id) in (
        select w.org_id, w.recorded_at, w.id from flerpart.unsealed_read w
        where exists (select from flerpart.read_entry e where (e.org_id, e.id) = (w.org_id, w.id))
        order by w.org_id, w.recorded_at, w.id limit most)
      returning u.org_id, u.id)
    select r.org_id, r.id, coalesce(r.individual_id, r.org_id) as chain_id,
        gate_journal.hash_of('read', to_jsonb(r)) as entry_hash
      from taken t join flerpart.read_entry r on (r.org_id, r.id) = (t.org_id, t.id)
      order by r.org_id, coalesce(r.individual_id, r.org_id), r.recorded_at, r.id
  loop
    perform gate_journal.append(one.org_id, one.chain_id, 'read', one.id, one.entry_hash);
    n := n + 1;
  end loop;
  return n;
end $$
"""

# A root is drawn and kept under a context signed for nobody, which no request has: SQL injected into one could otherwise
# store false roots, which nobody can delete, or use up what has moved, so that none is drawn.
NOBODY = """if gate_context.organisation() is distinct from '00000000-0000-0000-0000-000000000000' then
    raise exception 'not in anybody''s name' using errcode = '42501';
  end if;"""

# Stores the heads that have moved, and answers what a root says of all: the leaves in the order in which their chains
# were first fixed. Only hashes leave it. The caller signs, and keeps the root in the same transaction.
DRAW_ROOT = f"""
create function gate_journal.draw_root()
returns table (number bigint, drawn_at timestamptz, entries bigint, moved bigint, line_before text, leaves bytea[])
language plpgsql volatile rows 1 {PINNED} as $$
declare
  before record;
begin
  {NOBODY}
  perform pg_advisory_xact_lock(hashtextextended('gate_journal.root', 0));
  select r.number, r.line into before from flerpart.journal_root r order by r.number desc limit 1;
  number := coalesce(before.number, 0) + 1;
  line_before := before.line;
  drawn_at := clock_timestamp();
  insert into flerpart.root_head (org_id, chain_id, length, hash, root_number)
    select h.org_id, h.chain_id, h.length, h.hash, draw_root.number from flerpart.chain_head h
    where not exists (select from flerpart.root_head k
      where (k.org_id, k.chain_id, k.length) = (h.org_id, h.chain_id, h.length));
  get diagnostics moved = row_count;
  select coalesce(sum(k.length), 0),
      coalesce(array_agg(sha256('\\x00'::bytea || convert_to(
        k.org_id || '|' || k.chain_id || '|' || k.length || '|' || encode(k.hash, 'hex'), 'UTF8'))
        order by k.first, k.org_id, k.chain_id), '{{}}')
    into entries, leaves
    from (select distinct on (f.org_id, f.chain_id) f.org_id, f.chain_id, f.length, f.hash,
            min(f.root_number) over (partition by f.org_id, f.chain_id) as first
          from flerpart.root_head f order by f.org_id, f.chain_id, f.length desc) k;
  return next;
end $$
"""

KEEP_ROOT = f"""
create function gate_journal.keep_root(n bigint, signed_line text) returns void language plpgsql volatile {PINNED} as $$
begin
  {NOBODY}
  insert into flerpart.journal_root (number, line, recorded_at) values (n, signed_line, clock_timestamp());
end $$
"""

ROOTS = f"""
create function gate_journal.roots(after bigint) returns table (line text) language plpgsql stable rows 100 {PINNED} as $$
begin return query select r.line from flerpart.journal_root r where r.number > after order by r.number; end $$
"""

LAST_ROOT = f"""
create function gate_journal.last_root() returns text language plpgsql stable {PINNED} as $$
begin return (select r.line from flerpart.journal_root r order by r.number desc limit 1); end $$
"""

FUNCTIONS = {
    "hash_of(text, jsonb)": HASH_OF,
    "append(uuid, uuid, text, uuid, bytea)": APPEND,
    "link_decision()": LINK_DECISION,
    "await_sealing()": AWAIT_SEALING,
    "refuse()": REFUSE,
    "seal(int)": SEAL,
    "draw_root()": DRAW_ROOT,
    "keep_root(bigint, text)": KEEP_ROOT,
    "roots(bigint)": ROOTS,
    "last_root()": LAST_ROOT,
}
FOR_THE_API = ("seal(int)", "draw_root()", "keep_root(bigint, text)", "roots(bigint)", "last_root()")
FOR_TRIGGERS = ("link_decision()", "await_sealing()", "refuse()")

# What was stored before there were chains is linked in the order in which it was recorded; its reads wait to be sealed.
CATCH_UP = f"""
create function gate_journal.catch_up() returns bigint language plpgsql volatile {WRITING} as $$
declare
  n bigint;
begin
  perform gate_journal.append(j.org_id, coalesce(j.individual_id, j.org_id), 'decision', j.id,
      gate_journal.hash_of('decision', to_jsonb(j)))
    from (select * from flerpart.journal_entry order by recorded_at, id) j;
  get diagnostics n = row_count;
  insert into flerpart.unsealed_read (org_id, recorded_at, id) select r.org_id, r.recorded_at, r.id from flerpart.read_entry r;
  if n <> (select count(*) from flerpart.chain_link)
     or (select count(*) from flerpart.unsealed_read) <> (select count(*) from flerpart.read_entry) then
    raise exception 'not every entry was linked';
  end if;
  return n;
end $$
"""


def upgrade() -> None:
    """Make the tables, the gate and the triggers, and link what is there."""
    make_tables()
    op.execute("grant usage on schema flerpart to gate_journal")
    for table in PROOFS:
        op.execute(f"alter table flerpart.{table} enable row level security")
        op.execute(f"alter table flerpart.{table} force row level security")
    for table, rights in RIGHTS.items():
        op.execute(f"grant {rights} on flerpart.{table} to gate_journal")
        verb = "select" if rights == "select" else "all"
        check = "" if rights == "select" else " with check (true)"
        op.execute(f"create policy chain on flerpart.{table} for {verb} to gate_journal using (true){check}")
    for table in OWN_TO_SEE:
        op.execute(
            f"create policy see on flerpart.{table} for select to flerpart_api using ({IN_MY_ORGANISATION})"
        )
        op.execute(f"grant select on flerpart.{table} to flerpart_api")
    for table in ENTRIES:
        op.execute(f"alter policy add on flerpart.{table} with check ({IN_MY_NAME})")
    op.execute("set local role gate_context")
    op.execute("grant usage on schema gate_context to gate_journal")
    op.execute("grant execute on function gate_context.organisation() to gate_journal")
    op.execute("set local role gate_journal")
    for signature, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"revoke all on function gate_journal.{signature} from public")
    for signature in FOR_THE_API:
        op.execute(f"grant execute on function gate_journal.{signature} to flerpart_api")
    for signature in FOR_TRIGGERS:
        op.execute(f"grant execute on function gate_journal.{signature} to flerpart_owner")
    op.execute("grant usage on schema gate_journal to flerpart_api, flerpart_owner")
    op.execute(CATCH_UP)
    op.execute("select gate_journal.catch_up()")
    op.execute("drop function gate_journal.catch_up()")
    op.execute("set local role flerpart_owner")
    make_triggers()


def make_tables() -> None:
    """The chains, what waits for them, and the roots."""
    op.create_table(
        "chain_head",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "chain_id", name=op.f("pk_chain_head")),
        schema="flerpart",
        postgresql_with={"fillfactor": 70},
    )
    op.create_table(
        "chain_link",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("entry_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind in ('decision', 'read')", name=op.f("ck_chain_link_kind")),
        sa.PrimaryKeyConstraint("org_id", "chain_id", "number", name=op.f("pk_chain_link")),
        sa.UniqueConstraint("org_id", "kind", "entry_id", name=op.f("uq_chain_link_org_id_kind_entry_id")),
        schema="flerpart",
    )
    op.create_table(
        "unsealed_read",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "recorded_at", "id", name=op.f("pk_unsealed_read")),
        schema="flerpart",
    )
    op.create_table(
        "journal_root",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal_root")),
        schema="flerpart",
    )
    op.create_table(
        "root_head",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("root_number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "chain_id", "length", name=op.f("pk_root_head")),
        schema="flerpart",
    )


def make_triggers() -> None:
    """Link as rows come, and refuse that they change or go; whoever would, must first disable these as the owner."""
    op.execute(
        "create trigger link after insert on flerpart.journal_entry"
        " for each row execute function gate_journal.link_decision()"
    )
    op.execute(
        "create trigger await_sealing after insert on flerpart.read_entry referencing new table as added"
        " for each statement execute function gate_journal.await_sealing()"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"create trigger refuse before update or delete or truncate on flerpart.{table}"
            " for each statement execute function gate_journal.refuse()"
        )


def downgrade() -> None:
    """Take the triggers, the gate and the chains away; the entries stay."""
    op.execute("drop trigger link on flerpart.journal_entry")
    op.execute("drop trigger await_sealing on flerpart.read_entry")
    for table in ENTRIES:
        op.execute(f"drop trigger refuse on flerpart.{table}")
        op.execute(f"alter policy add on flerpart.{table} with check ({IN_MY_ORGANISATION})")
        op.execute(f"drop policy chain on flerpart.{table}")
        op.execute(f"revoke all on flerpart.{table} from gate_journal")
    for table in PROOFS:
        op.drop_table(table, schema="flerpart")
    op.execute("set local role gate_journal")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_journal.{signature}")
    op.execute("revoke usage on schema gate_journal from flerpart_api, flerpart_owner")
    op.execute("set local role gate_context")
    op.execute("revoke execute on function gate_context.organisation() from gate_journal")
    op.execute("revoke usage on schema gate_context from gate_journal")
    op.execute("set local role flerpart_owner")
    op.execute("revoke usage on schema flerpart from gate_journal")
