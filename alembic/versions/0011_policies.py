"""Row level security, forced on every table, from a few templates: directory, own, shown, statement."""

from alembic import op

revision = "0011"
down_revision = "0010"

ME = "(select gate_context.organisation())"
OWN = f"org_id = {ME}"
SOMEBODY = f"{ME} is not null"

# What the application may change in its own organisation's rows. Never what binds a row to a case, a person, a meeting
# or another organisation: a meeting moved to another case would take along what had been shown of it.
CHANGED = {
    "unit": "name, address, attention, address_hint, email, telephone, asks_for_channel, active, version",
    "officer": "unit_id, name, title, function, email, telephone, left_on, version",
    "account": "roles, active, version",
    "individual": "name_sealed, identity_kind, identity_sealed, identity_index, birth_date_sealed, contact_sealed, "
    "municipality, has_communication_needs, communication_needs_sealed, protected_identity, version",
    "case_file": "unit_id, closed_at, version",
    "meeting": "unit_id, form, purpose_sealed, current_situation_sealed, initiator_id, mode, starts_at, ends_at, "
    "place_sealed, booked_offer_id, follows_up_org, follows_up_plan, version",
    "invitee": "unit_id, name_sealed, function, equivalent_function, address_sealed, reason_sealed, "
    "agreed_with_individual, suitable, shown_to_outsiders, attends_part_sealed, consent_person_id, removed_at",
    "plan_draft": "content_sealed, handed_over_at, revises, replaces, version",
    "outbox_event": "sent_at",
}
# table → what the application may do with its own organisation's rows
DIRECTORY = {"organisation": "", "membership": "", "unit": "insert, update"}
KEPT = {"officer": "insert, update", "account": "insert, update"}
OWN_ROWS = {
    "individual": "insert, update",
    "case_file": "insert, update",
    "case_carrier": "insert",
    "need_assessment": "insert",
    "offer": "insert",
    "contact": "insert",
    "closure": "insert",
    "consent_person": "insert",
    "meeting_preparation": "insert",
    "invitee": "insert, update",
    "time_offer": "insert",
    "summons": "insert",
    "summons_recall": "insert",
    "invitation": "insert",
    "received_copy": "",
    "summons_assignment": "insert",
    "deviation": "",
    "deviation_step": "insert",
    "journal_entry": "insert",
    "read_entry": "insert",
    "answered_key": "insert",
    "outbox_event": "insert, update",
}
# table → (what the application may do with its own rows, who else sees a row)
SHOWN = {
    "meeting": ("insert, update", "gate_visibility.disclosed('meeting', org_id, id)"),
    "meeting_change": ("insert", "gate_visibility.disclosed('meeting', org_id, meeting_id)"),
    "meeting_opening": ("insert", "gate_visibility.disclosed('meeting', org_id, meeting_id)"),
    "attendance": ("insert", "gate_visibility.disclosed('meeting', org_id, meeting_id)"),
    "chair_transfer": ("insert", "gate_visibility.disclosed('meeting', org_id, meeting_id)"),
    "recorder_appointment": ("insert", "gate_visibility.disclosed('meeting', org_id, meeting_id)"),
    "conclusion": ("insert", "gate_visibility.disclosed('meeting', org_id, meeting_id)"),
    "follow_up_decision": ("insert", "gate_visibility.disclosed('meeting', org_id, meeting_id)"),
    "plan": ("insert", "gate_visibility.disclosed('plan', org_id, id)"),
    "action": ("insert", "gate_visibility.disclosed('plan', org_id, plan_id)"),
    "plan_distribution": ("insert", "gate_visibility.disclosed('plan', org_id, plan_id)"),
    "consent": ("insert", "gate_visibility.covered(org_id, id)"),
    "consent_extension": ("insert", "gate_visibility.covered(org_id, consent_id)"),
    "consent_coverage": ("insert", f"covered_org = {ME} and gate_visibility.covered(org_id, consent_id)"),
    "query_answer": (
        "",
        f"recipient_org = {ME} and gate_visibility.disclosed('summons', org_id, summons_id)",
    ),
    "disclosure": ("", f"recipient_org = {ME} and gate_visibility.live(org_id, consent_id, recipient_org)"),
}
# table → the kind of item a statement of it refers to; the item's holder sees it beside the speaker
STATEMENTS = {
    "summons_reply": "summons",
    "preparedness": "summons",
    "plan_approval": "plan",
    "commitment": "plan",
    "follow_up_report": "meeting",
}
# What the holder of a meeting wrote down for an organisation is that organisation's word, and it may read it.
ALSO_SEEN = {
    "follow_up_report": f" or (speaker_org = {ME} and gate_visibility.disclosed('meeting', item_org, item_id))"
}
ITEM_OF_DISCLOSURE = """case kind
  when 'summons' then exists (select from flerpart.summons p
    where (p.org_id, p.id, p.case_id, p.recipient_org)
        = (disclosure.org_id, disclosure.item_id, disclosure.case_id, disclosure.recipient_org))
  when 'notice' then exists (select from flerpart.summons p
    where (p.org_id, p.case_id, p.recipient_org)
        = (disclosure.org_id, disclosure.case_id, disclosure.recipient_org))
  when 'meeting' then exists (select from flerpart.meeting p
    where (p.org_id, p.id, p.case_id) = (disclosure.org_id, disclosure.item_id, disclosure.case_id))
  when 'plan' then exists (select from flerpart.plan p
    where (p.org_id, p.id, p.case_id) = (disclosure.org_id, disclosure.item_id, disclosure.case_id))
  else false end"""
# Consent to the call opens no meeting and no plan: those rest on consent to the exchange of information.
CONSENT_OF_CASE = """exists (select from flerpart.consent p
    where (p.org_id, p.id, p.case_id) = (disclosure.org_id, disclosure.consent_id, disclosure.case_id)
      and (disclosure.kind not in ('meeting', 'plan') or p.kind = 'information_exchange'))"""
# A question is answered only to whom the summons was sent, while consent still covers it.
ANSWERED_TO = """exists (select from flerpart.disclosure d
    where (d.org_id, d.kind, d.item_id, d.case_id, d.recipient_org)
        = (query_answer.org_id, 'summons', query_answer.summons_id, query_answer.case_id, query_answer.recipient_org)
      and gate_visibility.live(d.org_id, d.consent_id, d.recipient_org))"""
# A deviation may name a case of one's own, or a meeting that one may speak of; nothing else is told to exist.
OF_WHAT_IS_KNOWN = f"""case
  when case_id is null then num_nonnulls(case_org, meeting_id) = 0
  when meeting_id is not null then gate_visibility.known('meeting', case_org, meeting_id, case_id)
  else case_org = {ME} and exists (select from flerpart.case_file p
    where (p.org_id, p.id) = (deviation.case_org, deviation.case_id)) end"""
PUBLIC_FACTS = ("statistic_fact",)
FOR_IDENTITY_ONLY = ("token_issuer",)
LOADED_BY_OWNER = (*DIRECTORY, *KEPT, *FOR_IDENTITY_ONLY)


def protect(table: str) -> None:
    """Force row level security: without a policy nothing is seen, by nobody, the owner included."""
    op.execute(f"alter table flerpart.{table} enable row level security")
    op.execute(f"alter table flerpart.{table} force row level security")


def allow(table: str, verb: str, condition: str, name: str) -> None:
    """One policy of the application's login, and the grant that goes with it."""
    clause = {
        "select": f"using ({condition})",
        "insert": f"with check ({condition})",
        "update": f"using ({condition}) with check ({condition})",
    }[verb]
    op.execute(f"create policy {name} on flerpart.{table} for {verb} to flerpart_api {clause}")
    columns = f" ({CHANGED[table]})" if verb == "update" else ""
    op.execute(f"grant {verb}{columns} on flerpart.{table} to flerpart_api")


def own_verbs(table: str, verbs: str) -> None:
    """Let the application insert or update rows of the caller's organisation."""
    for verb in filter(None, verbs.split(", ")):
        allow(table, verb, OWN, {"insert": "add", "update": "change"}[verb])


def upgrade() -> None:
    """Protect every table and open it as its template says."""
    for table, verbs in DIRECTORY.items():
        protect(table)
        allow(table, "select", SOMEBODY, "see")
        own_verbs(table, verbs)
    for table, verbs in {**KEPT, **OWN_ROWS}.items():
        protect(table)
        allow(table, "select", OWN, "see")
        own_verbs(table, verbs)
    for table, (verbs, others) in SHOWN.items():
        protect(table)
        allow(table, "select", f"{OWN} or {others}", "see")
        own_verbs(table, verbs)
    allow(
        "disclosure",
        "insert",
        f"{OWN} and {CONSENT_OF_CASE} and gate_visibility.live(org_id, consent_id, recipient_org)"
        f" and {ITEM_OF_DISCLOSURE}",
        "add",
    )
    allow("query_answer", "insert", f"{OWN} and {ANSWERED_TO}", "add")
    allow("deviation", "insert", f"{OWN} and {OF_WHAT_IS_KNOWN}", "add")
    for table, kind in STATEMENTS.items():
        protect(table)
        allow(table, "select", f"{OWN} or item_org = {ME}{ALSO_SEEN.get(table, '')}", "see")
        known = f"gate_visibility.known('{kind}', item_org, item_id, case_id)"
        allow(table, "insert", f"{OWN} and {known}", "add")
    protect_drafts_and_words_on_consent()
    for table in PUBLIC_FACTS:
        protect(table)
        allow(table, "insert", OWN, "add")
    protect("token_issuer")
    protect("reference_counter")
    for table in LOADED_BY_OWNER:
        op.execute(f"create policy load on flerpart.{table} to flerpart_owner using (true) with check (true)")


def protect_drafts_and_words_on_consent() -> None:
    """The three tables whose template is their own."""
    protect("plan_draft")
    allow("plan_draft", "select", f"{OWN} or (item_org = {ME} and handed_over_at is not null)", "see")
    seen = "gate_visibility.known('meeting', item_org, meeting_id, case_id)"
    allow("plan_draft", "insert", f"{OWN} and {seen}", "add")
    allow("plan_draft", "update", OWN, "change")

    protect("consent_documentation")
    allow("consent_documentation", "select", f"{OWN} or consent_org = {ME}", "see")
    said = f"{OWN} and (consent_org = {ME} or gate_visibility.covered(consent_org, consent_id))"
    of_case = "exists (select from flerpart.consent p where (p.org_id, p.id, p.case_id) = ({0}.consent_org, {0}.consent_id, {0}.case_id))"
    allow("consent_documentation", "insert", f"{said} and {of_case.format('consent_documentation')}", "add")

    protect("consent_withdrawal")
    concerns = (
        f"(covered_org is null or covered_org = {ME}) and gate_visibility.covered(consent_org, consent_id)"
    )
    allow("consent_withdrawal", "select", f"{OWN} or consent_org = {ME} or ({concerns})", "see")
    allow("consent_withdrawal", "insert", f"{said} and {of_case.format('consent_withdrawal')}", "add")


def downgrade() -> None:
    """Drop the policies and lift the protection; the gates' own policies go with their gates."""
    own = {**DIRECTORY, **KEPT, **OWN_ROWS}
    opened = [
        *own,
        *SHOWN,
        *STATEMENTS,
        "plan_draft",
        "consent_documentation",
        "consent_withdrawal",
        *PUBLIC_FACTS,
    ]
    for table in opened:
        for name in ("see", "add", "change"):
            op.execute(f"drop policy if exists {name} on flerpart.{table}")
        op.execute(f"revoke all on flerpart.{table} from flerpart_api")
    for table in LOADED_BY_OWNER:
        op.execute(f"drop policy load on flerpart.{table}")
    for table in (*opened, "token_issuer", "reference_counter"):
        op.execute(f"alter table flerpart.{table} no force row level security")
        op.execute(f"alter table flerpart.{table} disable row level security")
