"""The door to the facts: one call of the gate, one look into the directory, one frozen picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from app.db.database import Tx
from app.db.facts.cases import assessments, carrier, closure, contacts, deviations, offers, person
from app.db.facts.consents import consents
from app.db.facts.directory import organisations
from app.db.facts.elsewhere import follow_ups_elsewhere, plans_elsewhere
from app.db.facts.meetings import meetings
from app.db.facts.plans import commitments, plans
from app.db.facts.reading import Tables
from app.db.facts.row import CaseRow, case_row
from app.domain.agreement import Agreement
from app.domain.calendar import Calendar, stockholm_day
from app.domain.facts.case import Acting, Case, NoParty, Organisation
from app.errors import NotFound

_OF_CASE: Final = "select gate_facts.of_case($1, $2, $3)"
_OF_CASES: Final = (
    "select gate_facts.of_case(o, c, false) as facts from unnest($1::uuid[], $2::uuid[]) as k (o, c)"
)
_REVISIONS: Final = "select * from gate_facts.revisions($1::uuid[], $2::uuid[])"

CaseKey = tuple[UUID, UUID]
"""A case by its holder and its id."""
Revision = tuple[int, int]
"""Of a case's rows and of the directory: the same as before means the same picture."""

# Every column of the gate's answer that names an organisation.
ORGANISATION_COLUMNS: Final = (
    "org_id",
    "item_org",
    "about_org",
    "covered_org",
    "follow_up_caller_org",
    "offered_by",
    "organisation_id",
    "owner_org",
    "recipient_org",
    "recorder_org",
    "speaker_org",
    "to_org",
    "with_org",
)


@dataclass(frozen=True)
class Asking:
    """What is not in the case's rows: the instant (UTC) and its calendar, who acts, the agreements by id,
    and the organisations the request names beside those the case has to do with already.
    """

    now: datetime
    calendar: Calendar
    acting: Acting
    agreement: Callable[[str], Agreement]
    named: tuple[UUID, ...]


@dataclass(frozen=True)
class Found:
    """The picture, the stored case it was made from, and the agreement the case runs under."""

    case: Case
    row: CaseRow
    agreement: Agreement

    def born_on(self, birth_date: date) -> Case:
        """The picture with the individual's birth date, which only its holder can unseal."""
        return replace(self.case, person=replace(self.case.person, birth_date=birth_date))


async def case_for_change(tx: Tx, holder: UUID, case_id: UUID, asking: Asking) -> Found:
    """The complete case, locked against every other change until the transaction ends.

    Raises NotFound when the caller has nothing to do with it, and asks that before it waits for the lock.
    """
    return await _found(tx, holder, case_id, asking, to_change=True)


async def case_as_seen(tx: Tx, holder: UUID, case_id: UUID, asking: Asking) -> Found:
    """The complete case as it stands now, without a lock: for readiness and reading. Raises NotFound."""
    return await _found(tx, holder, case_id, asking, to_change=False)


async def revisions(tx: Tx, keys: Sequence[CaseKey]) -> dict[CaseKey, Revision]:
    """How far each case has come; those the caller may not see now are left out.

    A picture read afterwards is of this revision or a later one.
    """
    holders, ids = [holder for holder, _ in keys], [case_id for _, case_id in keys]
    return {
        (row["holder"], row["case_id"]): (row["revision"], row["directory"])
        for row in await tx.table(_REVISIONS, holders, ids)
    }


async def cases_as_seen(tx: Tx, keys: Sequence[CaseKey], asking: Asking) -> list[Found]:
    """Many cases by (holder, case id) in one look, without locks;
    those the caller may not see now are left out.
    """
    holders, ids = [holder for holder, _ in keys], [case_id for _, case_id in keys]
    answers = [
        Tables(row["facts"]) for row in await tx.table(_OF_CASES, holders, ids) if row["facts"] is not None
    ]
    stored = [(tables, case_row(tables)) for tables in answers]
    seen: list[Found] = []
    for key in dict.fromkeys(asking.agreement(row.agreement_id).key for _, row in stored):
        of_key = [(t, r) for t, r in stored if asking.agreement(r.agreement_id).key == key]
        named = {one for tables, _ in of_key for one in tables.ids_in(ORGANISATION_COLUMNS)}
        known = await organisations(tx, key, named | {asking.acting.organisation_id})
        seen += [_seen(tables, row, known, asking) for tables, row in of_key]
    return seen


def _seen(tables: Tables, row: CaseRow, known: tuple[Organisation, ...], asking: Asking) -> Found:
    agreement = asking.agreement(row.agreement_id)
    return Found(picture(tables, _of_parties(known, agreement), agreement, asking), row, agreement)


def _of_parties(known: tuple[Organisation, ...], agreement: Agreement) -> tuple[Organisation, ...]:
    """The organisations with their parties; a body that an agreement names beside its parties is of none."""
    codes = {party.code for party in agreement.parties}
    return tuple(one if one.party in codes else replace(one, party=NoParty()) for one in known)


async def _found(tx: Tx, holder: UUID, case_id: UUID, asking: Asking, *, to_change: bool) -> Found:
    answer: dict[str, Any] | None = await tx.call(_OF_CASE, holder, case_id, to_change)
    if answer is None:
        raise NotFound
    tables = Tables(answer)
    row = case_row(tables)
    agreement = asking.agreement(row.agreement_id)
    named = tables.ids_in(ORGANISATION_COLUMNS) | {asking.acting.organisation_id, *asking.named}
    known = await organisations(tx, agreement.key, named)
    return _seen(tables, row, known, asking)


def picture(tables: Tables, known: tuple[Organisation, ...], agreement: Agreement, asking: Asking) -> Case:
    """The frozen picture of a case. Raises Unreadable where a row says what the facts have no word for."""
    stored, today = tables.one("case_file"), stockholm_day(asking.now)
    return Case(
        id=stored.id("id"),
        as_of=today,
        now=_now(tables, asking),
        calendar=asking.calendar,
        term=agreement.term,
        holder=stored.id("org_id"),
        carrier=carrier(tables, today),
        acting=asking.acting,
        organisations=known,
        person=person(tables),
        registered_at=stored.instant("recorded_at"),
        assessments=assessments(tables),
        offers=offers(tables),
        contacts=contacts(tables),
        consents=consents(tables),
        meetings=meetings(tables, today),
        plans=plans(tables),
        plans_elsewhere=plans_elsewhere(tables),
        follow_ups_elsewhere=follow_ups_elsewhere(tables),
        commitments=commitments(tables),
        deviations=deviations(tables),
        closure=closure(tables),
    )


def _now(tables: Tables, asking: Asking) -> datetime:
    """The instant of the request, but never before a withdrawal that is already recorded.

    The request may have waited for the lock while it was; and no two machines have quite the same clock.
    """
    withdrawn = (row.instant("recorded_at") for row in tables.all("consent_withdrawal"))
    return max((asking.now, *withdrawn))
