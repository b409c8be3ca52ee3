"""The gate of recovery: what a restored backup must be told again, and whether this database is one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"
ME = "(select gate_context.organisation())"
OWN = f"org_id = {ME}"

# Which one of all databases this is: of which server, since which of its recoveries, under which number.
HERE = """(select c.system_identifier from pg_control_system() c) || '/'
    || (select c.timeline_id from pg_control_checkpoint() c) || '/'
    || (select d.oid from pg_database d where d.datname = current_database())"""
# May this database be worked in? The first to ask opens it; from then on it is shut wherever it turns up anew.
OPENS = f"""
create function gate_recovery.opens() returns boolean language plpgsql volatile {DEFINER} as $$
declare
  here text := {HERE};
  before text;
begin
  select i.opened_as into before from flerpart.installation i;
  if before is null then
    update flerpart.installation i set opened_as = here where i.opened_as is null;
    return true;
  end if;
  return before = here;
end $$
"""
REOPEN = f"""
create function gate_recovery.reopen() returns void language plpgsql volatile {DEFINER} as $$
begin
  update flerpart.installation i set opened_as = {HERE};
end $$
"""
NOTE = """
create function gate_recovery.note_{kind}() returns trigger language plpgsql volatile {definer} as $$
begin
  insert into flerpart.recovery_event (org_id, id, kind, content, recorded_at)
    values (new.org_id, {id}, '{kind}', {content}, clock_timestamp())
    on conflict (org_id, id) do nothing;
  return null;
end $$
"""
# kind → when it is noted: the table, its trigger, the event's id, and what is told of it.
NOTED = {
    "withdrawal": ("consent_withdrawal", "after insert", "new.id", "to_jsonb(new)"),
    "disposal": ("disposal_tombstone", "after insert", "new.id", "to_jsonb(new)"),
    "protection": (
        "individual",
        "after update of protected_identity",
        "gen_random_uuid()",
        "jsonb_build_object('id', new.id, 'protected_identity', new.protected_identity)",
    ),
    "clearance_ended": (
        "protection_clearance",
        "after update of ended_at",
        "gen_random_uuid()",
        "jsonb_build_object('id', new.id, 'ended_at', new.ended_at, 'ended_by', new.ended_by)",
    ),
    "account": (
        "account",
        "after update of roles, active",
        "gen_random_uuid()",
        "jsonb_build_object('id', new.id, 'roles', new.roles, 'active', new.active)",
    ),
    "officer": (
        "officer",
        "after update of left_on",
        "gen_random_uuid()",
        "jsonb_build_object('id', new.id, 'left_on', new.left_on)",
    ),
}
# table → the columns that a replay may change, where anything stands already
CHANGED = {
    "individual": "protected_identity, version",
    "protection_clearance": "ended_at, ended_by",
    "account": "roles, active, version",
    "officer": "left_on, version",
}
# A disposal told again: what the tombstone names is removed once more, if the backup still has it.
DISPOSED = f"""
create function gate_disposal.dispose_again(stone jsonb) returns int language plpgsql volatile {DEFINER} as $$
declare
  t flerpart.disposal_tombstone := jsonb_populate_record(null::flerpart.disposal_tombstone, stone);
  removed int;
begin
  if t.org_id is distinct from gate_context.organisation() then
    raise exception 'not its organisation' using errcode = '42501';
  end if;
  removed := gate_disposal.remove(t.kind, t.item_id, t.item_org);
  insert into flerpart.disposal_tombstone select t.* on conflict do nothing;
  return removed;
end $$
"""


def upgrade() -> None:
    """Make the tables, let the gate note what is taken away, and let a replay take it away again."""
    make_tables()
    op.execute("set local role gate_context")
    op.execute("grant usage on schema gate_context to gate_recovery")
    for word in ("organisation", "actor", "instant"):
        op.execute(f"grant execute on function gate_context.{word}() to gate_recovery")
    op.execute("set local role flerpart_owner")
    op.execute("grant usage on schema flerpart to gate_recovery")
    op.execute("grant select, insert on flerpart.recovery_event to gate_recovery")
    op.execute("grant update (exported_at) on flerpart.recovery_event to gate_recovery")
    op.execute(
        "create policy keep on flerpart.recovery_event to gate_recovery using (true) with check (true)"
    )
    op.execute("grant select on flerpart.installation to gate_recovery")
    op.execute("grant update (opened_as) on flerpart.installation to gate_recovery")
    op.execute("create policy open on flerpart.installation to gate_recovery using (true) with check (true)")
    make_functions()
    let_a_replay_take_away()


def make_functions() -> None:
    """The gate's functions, the triggers, and the disposal told again."""
    op.execute("set local role gate_recovery")
    for text in (OPENS, REOPEN, *(_note(kind) for kind in NOTED)):
        op.execute(text)
    op.execute("revoke all on all functions in schema gate_recovery from public")
    op.execute("grant usage on schema gate_recovery to flerpart_api, flerpart_owner")
    op.execute("grant execute on function gate_recovery.opens() to flerpart_api")
    for kind in NOTED:
        op.execute(f"grant execute on function gate_recovery.note_{kind}() to flerpart_owner")
    op.execute("set local role flerpart_owner")
    for kind, (table, moment, _, _) in NOTED.items():
        op.execute(
            f"create trigger note_{kind} {moment} on flerpart.{table}"
            f" for each row execute function gate_recovery.note_{kind}()"
        )
    op.execute("set local role gate_disposal")
    op.execute(DISPOSED)
    op.execute("revoke all on function gate_disposal.dispose_again(jsonb) from public")
    op.execute("grant execute on function gate_disposal.dispose_again(jsonb) to gate_recovery")
    op.execute("grant usage on schema gate_disposal to gate_recovery")
    op.execute("set local role gate_delivery")
    op.execute("grant execute on function gate_delivery.cancel_unsent(uuid, uuid) to gate_recovery")
    op.execute("grant usage on schema gate_delivery to gate_recovery")
    op.execute("set local role flerpart_owner")


def _note(kind: str) -> str:
    _, _, id_, content = NOTED[kind]
    return NOTE.format(kind=kind, definer=DEFINER, id=id_, content=content)


def let_a_replay_take_away() -> None:
    """Under the signed context of the organisation whose row it is, like everybody else."""
    op.execute("grant select, insert on flerpart.consent_withdrawal to gate_recovery")
    op.execute(
        f"create policy recover_see on flerpart.consent_withdrawal for select to gate_recovery using ({OWN})"
    )
    op.execute(
        f"create policy recover_add on flerpart.consent_withdrawal for insert to gate_recovery with check ({OWN})"
    )
    for table, columns in CHANGED.items():
        op.execute(f"grant select, update ({columns}) on flerpart.{table} to gate_recovery")
        op.execute(f"create policy recover_see on flerpart.{table} for select to gate_recovery using ({OWN})")
        op.execute(
            f"create policy recover on flerpart.{table} for update to gate_recovery using ({OWN}) with check ({OWN})"
        )


def make_tables() -> None:
    """Events, and the one row that says which database this is."""
    op.create_table(
        "recovery_event",
        sa.Column("org_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('withdrawal', 'disposal', 'protection', 'clearance_ended', 'account', 'officer')",
            name=op.f("ck_recovery_event_kind"),
        ),
        sa.PrimaryKeyConstraint("org_id", "id", name=op.f("pk_recovery_event")),
        schema="flerpart",
    )
    op.create_index(
        op.f("ix_recovery_event_recorded_at"),
        "recovery_event",
        ["recorded_at"],
        unique=False,
        schema="flerpart",
        postgresql_where=sa.text("exported_at is null"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("opened_as", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
        schema="flerpart",
    )
    op.execute("insert into flerpart.installation (id) values (gen_random_uuid())")
    for table in ("recovery_event", "installation"):
        op.execute(f"alter table flerpart.{table} enable row level security")
        op.execute(f"alter table flerpart.{table} force row level security")


def downgrade() -> None:
    """Shut the gate, and drop what it kept."""
    for kind, (table, *_) in NOTED.items():
        op.execute(f"drop trigger note_{kind} on flerpart.{table}")
    for table in (*CHANGED, "consent_withdrawal"):
        op.execute(f"drop policy recover_see on flerpart.{table}")
        op.execute(f"revoke all on flerpart.{table} from gate_recovery")
    op.execute("drop policy recover_add on flerpart.consent_withdrawal")
    for table in CHANGED:
        op.execute(f"drop policy recover on flerpart.{table}")
    op.execute("set local role gate_disposal")
    op.execute("drop function gate_disposal.dispose_again(jsonb)")
    op.execute("revoke usage on schema gate_disposal from gate_recovery")
    op.execute("set local role gate_delivery")
    op.execute("revoke execute on function gate_delivery.cancel_unsent(uuid, uuid) from gate_recovery")
    op.execute("revoke usage on schema gate_delivery from gate_recovery")
    op.execute("set local role gate_recovery")
    for name in ("opens", "reopen", *(f"note_{kind}" for kind in NOTED)):
        op.execute(f"drop function gate_recovery.{name}()")
    op.execute("revoke usage on schema gate_recovery from flerpart_api, flerpart_owner")
    op.execute("set local role gate_context")
    op.execute("revoke usage on schema gate_context from gate_recovery")
    for word in ("organisation", "actor", "instant"):
        op.execute(f"revoke execute on function gate_context.{word}() from gate_recovery")
    op.execute("set local role flerpart_owner")
    for table in ("installation", "recovery_event"):
        op.drop_table(table, schema="flerpart")
    op.execute("revoke usage on schema flerpart from gate_recovery")
