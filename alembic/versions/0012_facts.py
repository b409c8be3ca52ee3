"""The gate of facts: the complete picture of one case for the rulebook, without a word of what anybody wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

DEFINER = "security definer set search_path = pg_catalog, pg_temp"

# table → its sealed columns; of those only whether they are there is a fact
BY_CASE = {
    "case_carrier": ["reason_sealed"],
    "need_assessment": ["individual_view_sealed", "note_sealed"],
    "offer": ["note_sealed"],
    "contact": ["note_sealed"],
    "closure": ["note_sealed"],
    "consent": ["adaptation_sealed", "participation_support_sealed", "excluded_topics_sealed"],
    "consent_coverage": [],
    "consent_person": ["name_sealed"],
    "consent_extension": [],
    "disclosure": [],
    "meeting": ["purpose_sealed", "current_situation_sealed", "place_sealed"],
    "meeting_preparation": [
        "goals_sealed",
        "needs_and_wishes_sealed",
        "participation_support_sealed",
        "excluded_topics_sealed",
        "relatives_reason_sealed",
    ],
    "invitee": ["name_sealed", "address_sealed", "reason_sealed", "attends_part_sealed"],
    "time_offer": ["place_sealed"],
    "meeting_change": ["reason_sealed"],
    "meeting_opening": [],
    "attendance": ["officer_name_sealed", "reason_sealed"],
    "chair_transfer": ["reason_sealed"],
    "recorder_appointment": ["recorder_name_sealed"],
    "conclusion": ["no_plan_reason_sealed", "follow_up_caller_name_sealed"],
    "summons": ["letter_sealed"],
    "summons_recall": ["incident_note_sealed"],
    "invitation": ["letter_sealed"],
    "query_answer": ["text_sealed"],
    "plan": ["content_sealed"],
    "action": [],
    "plan_distribution": [],
    "follow_up_decision": ["reason_sealed"],
}
BY_ITEM = {
    "summons_reply": ["text_sealed", "link_email_sealed", "speaker_name_sealed"],
    "preparedness": ["note_sealed"],
    "plan_draft": ["content_sealed"],
    "plan_approval": ["reason_sealed", "speaker_name_sealed"],
    "commitment": ["reason_sealed", "speaker_name_sealed"],
    "follow_up_report": ["text_sealed", "speaker_name_sealed"],
}
BY_CONSENT = {"consent_documentation": [], "consent_withdrawal": []}
# Kept by the receiver of a summons: found through the summonses of the case.
BY_SUMMONS = ("summons_assignment",)
ALSO_READ = ("case_file", "individual", "deviation", "deviation_step", "officer")
STEP = ("org_id", "id", "deviation_id", "step", "own_reference", "recorded_by", "recorded_at")
# A carrier who has left carries nothing any more: what a row says beyond its own table.
BESIDE = {
    "case_carrier": "(select f.left_on from flerpart.officer f"
    " where (f.org_id, f.id) = (x.org_id, x.officer_id)) as officer_left_on",
    "deviation": f"(select coalesce(json_agg(z), '[]') from (select {', '.join(f's.{one}' for one in STEP)}"
    " from flerpart.deviation_step s where (s.org_id, s.deviation_id) = (x.org_id, x.id) order by s.id) z) as steps",
}

# Its holder, or an organisation to which an act has shown something of the case under a consent that lives.
CONCERNED = f"""
create function gate_facts.concerned(o uuid, c uuid) returns boolean language plpgsql volatile {DEFINER} as $$
declare
  me uuid := gate_context.organisation();
begin
  if me = o then return exists (select from flerpart.case_file f where (f.org_id, f.id) = (o, c)); end if;
  return exists (select from flerpart.disclosure d
    where (d.org_id, d.case_id, d.recipient_org) = (o, c, me)
      and gate_visibility.live(d.org_id, d.consent_id, me));
end $$
"""

# Asks, locks, asks again: who locks first makes a stranger wait, and so learn that the case exists. Volatile, so that
# each statement inside sees what was committed while it waited. Made as json in one piece: jsonb put together table by
# table copies what is there for each one that comes.
OF_CASE = """
create function gate_facts.of_case(o uuid, c uuid, to_change boolean) returns json language plpgsql volatile {definer} as $$
begin
  if not gate_facts.concerned(o, c) then return null; end if;
  if to_change then
    perform pg_advisory_xact_lock(hashtextextended(o::text || c::text, 0));
    if not gate_facts.concerned(o, c) then return null; end if;
  end if;
  return json_build_object(
    'case_file', (select row_to_json(f) from flerpart.case_file f where (f.org_id, f.id) = (o, c)),
    'individual', (select json_build_object(
        'id', i.id, 'municipality', i.municipality, 'protected_identity', i.protected_identity,
        'identity_kind', i.identity_kind, 'has_communication_needs', i.has_communication_needs)
      from flerpart.individual i join flerpart.case_file f on (f.org_id, f.individual_id) = (i.org_id, i.id)
      where (f.org_id, f.id) = (o, c)),
    {tables});
end $$
"""

# Serialises acts on one case where the picture itself is not needed. True when the caller is concerned.
LOCK = f"""
create function gate_facts.lock_case(o uuid, c uuid) returns boolean language plpgsql volatile {DEFINER} as $$
begin
  if not (gate_facts.concerned(o, c) or exists (select from flerpart.consent_coverage v
          where (v.org_id, v.case_id, v.covered_org) = (o, c, gate_context.organisation()))) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended(o::text || c::text, 0));
  return true;
end $$
"""


def columns_of(table: str, sealed: list[str]) -> str:
    """The columns of a table as this migration finds it: of a sealed one only whether it is there is told, so that
    no letter is fetched for it.
    """
    names = op.get_bind().scalars(
        sa.text(
            "select attname from pg_attribute where attrelid = cast(:table as regclass)"
            " and attnum > 0 and not attisdropped order by attnum"
        ),
        {"table": f"flerpart.{table}"},
    )
    plain = [f"x.{name}" for name in names if name not in sealed]
    told = [f"x.{name} is not null as has_{name.removesuffix('_sealed')}" for name in sealed]
    return ", ".join([*plain, *told, *filter(None, [BESIDE.get(table)])])


def rows_of(table: str, sealed: list[str], where: str) -> str:
    """A table's name and its rows in order, for the picture."""
    order = "x.covered_org" if table == "consent_coverage" else "x.id"
    return (
        f"'{table}', (select coalesce(json_agg(y), '[]') from (select {columns_of(table, sealed)}"
        f" from flerpart.{table} x where {where} order by {order}) y)"
    )


def everything() -> str:
    """Every table of a case, with its rows."""
    parts = [rows_of(table, sealed, "(x.org_id, x.case_id) = (o, c)") for table, sealed in BY_CASE.items()]
    parts += [rows_of(table, sealed, "(x.item_org, x.case_id) = (o, c)") for table, sealed in BY_ITEM.items()]
    parts += [
        rows_of(table, sealed, "(x.consent_org, x.case_id) = (o, c)") for table, sealed in BY_CONSENT.items()
    ]
    of_summons = (
        "exists (select from flerpart.summons s where (s.org_id, s.case_id) = (o, c)"
        " and (s.recipient_org, s.id) = (x.org_id, x.summons_id))"
    )
    parts += [rows_of(table, [], of_summons) for table in BY_SUMMONS]
    own = "x.org_id = gate_context.organisation() and x.case_org = o and x.case_id = c"
    parts.append(rows_of("deviation", ["description_sealed"], own))
    return ",\n    ".join(parts)


FUNCTIONS = ("concerned(uuid, uuid)", "of_case(uuid, uuid, boolean)", "lock_case(uuid, uuid)")
READS = (*BY_CASE, *BY_ITEM, *BY_CONSENT, *BY_SUMMONS, *ALSO_READ)


def upgrade() -> None:
    """Let the gate read, and make its functions."""
    for table in READS:
        op.execute(f"grant select on flerpart.{table} to gate_facts")
        op.execute(f"create policy facts on flerpart.{table} for select to gate_facts using (true)")
    of_case = OF_CASE.format(definer=DEFINER, tables=everything())
    op.execute("set local role gate_facts")
    for signature, text in zip(FUNCTIONS, (CONCERNED, of_case, LOCK), strict=True):
        op.execute(text)
        op.execute(f"revoke all on function gate_facts.{signature} from public")
        op.execute(f"grant execute on function gate_facts.{signature} to flerpart_api")
    op.execute("grant usage on schema gate_facts to flerpart_api")
    op.execute("set local role flerpart_owner")


def downgrade() -> None:
    """Drop the functions and shut the gate."""
    op.execute("set local role gate_facts")
    for signature in reversed(FUNCTIONS):
        op.execute(f"drop function gate_facts.{signature}")
    op.execute("set local role flerpart_owner")
    for table in READS:
        op.execute(f"drop policy facts on flerpart.{table}")
        op.execute(f"revoke select on flerpart.{table} from gate_facts")
