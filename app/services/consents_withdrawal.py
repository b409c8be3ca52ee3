"""The individual takes consent back, at any time and without a reason (UPP-019); or it was never given.

The holder or any organisation the consent covers records it. In the same transaction live views end by
policy, what was to be sent is cancelled, and booked meetings rest by computation.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import consents as rows
from app.db import consents_effects as effects
from app.db.facts.row import Shown
from app.db.ids import new_id
from app.db.tables.consents import ConsentWithdrawal
from app.db.tables.records import OutboxEvent
from app.documents.withdrawal_receipt import withdrawal_receipt
from app.domain.access import Operation
from app.domain.agreement import Agreement
from app.domain.codes import ConsentAnswer, Manner
from app.domain.facts.consent import Consent, OneOrganisation, Withdrawal
from app.domain.rule import Words
from app.errors import InvalidTransition, NotFound, Unprocessable
from app.services import consents_faults as faults
from app.services.consents_at_hand import Standing, locked, own_consent, standing
from app.services.dates import has_happened
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt


@dataclass(frozen=True)
class TakenBack:
    """What the individual said: everything, or what covered one organisation."""

    said_at: datetime
    manner: Manner
    organisation_id: UUID | None


@dataclass(frozen=True)
class ReceiptShown:
    """The receipt to hand to the individual."""

    id: UUID
    consent_id: UUID
    organisation_id: UUID | None
    said_at: datetime
    recorded_at: datetime
    text: Words


@dataclass(frozen=True)
class _AtHand:
    """The consent, locked; what was shown under it and the agreement are the holder's to know."""

    consent: Consent
    shown: tuple[Shown, ...]
    agreement: Agreement | None


async def withdraw(desk: Desk, key: RequestKey, consent_id: UUID, word: TakenBack) -> Receipt:
    """Record that consent is taken back, whole or for one organisation. Twice is harmless: the first counts.

    Raises InvalidTransition where there is nothing to take back (refused, or never given), and Unprocessable
    where the holder names an organisation that the consent does not cover. A covered organisation is not told
    whom else it covers.
    """
    async with desk.deciding(Operation.WITHDRAW_CONSENT, key) as decision:
        stands = await standing(decision, consent_id)
        if decision.answered:
            return decision.answered
        at = await _at_hand(decision, stands)
        if at.consent.answer is ConsentAnswer.REFUSED or at.consent.entered_in_error:
            raise InvalidTransition
        has_happened(word.said_at, desk.now, "/occurredAt")
        earlier = _already_said(at.consent, word.organisation_id)
        if earlier:
            return await decision.conclude(Receipt.of(earlier.id, earlier.recorded_at))
        await _check_organisation(decision, stands, at.consent, word.organisation_id)
        return await _end(decision, stands, at, word, "withdrawn")


async def enter_in_error(desk: Desk, key: RequestKey, consent_id: UUID) -> Receipt:
    """The holder recorded a consent that was never given so: it never was live, and nothing rests on it.

    Raises InvalidTransition the second time.
    """
    async with desk.deciding(Operation.CORRECT_CONSENT, key) as decision:
        stands = await standing(decision, consent_id)
        if decision.answered:
            return decision.answered
        at = await _at_hand(decision, stands)
        if at.consent.entered_in_error:
            raise InvalidTransition
        word = TakenBack(desk.now, Manner.DIGITAL, None)
        return await _end(decision, stands, at, word, "entered_in_error")


async def receipt(desk: Desk, consent_id: UUID, withdrawal_id: UUID) -> ReceiptShown:
    """What to hand to the individual. Raises NotFound for a withdrawal that does not concern the caller."""
    async with desk.reading(Operation.READ_WITHDRAWAL_RECEIPT) as reading:
        stands = await standing(reading, consent_id)
        row = await rows.withdrawal(
            reading.tx,
            consent_id,
            withdrawal_id,
            all_units=reading.all_units,
            operation=reading.operation.value,
        )
        if row is None:
            raise NotFound
        whom: UUID | None = row["covered_org"]
        names = await rows.names(reading.tx, row["org_id"], *([whom] if whom else []))
        await reading.commit()
        return ReceiptShown(
            id=row["id"],
            consent_id=consent_id,
            organisation_id=whom,
            said_at=row["said_at"],
            recorded_at=row["recorded_at"],
            text=withdrawal_receipt(
                row["id"],
                stands.kind,
                names[whom] if whom else None,
                names[row["org_id"]],
                row["said_at"],
                row["recorded_at"],
            ),
        )


async def _at_hand(decision: Decision, stands: Standing) -> _AtHand:
    if not stands.is_own:
        return _AtHand(await locked(decision, stands), (), None)
    own = await own_consent(decision, stands)
    under_it = (one for one in own.found.row.shown if one.consent_id == stands.consent_id)
    return _AtHand(own.consent, tuple(under_it), own.found.agreement)


def _already_said(consent: Consent, organisation_id: UUID | None) -> Withdrawal | None:
    """The earliest withdrawal that took back as much or more."""
    alone = OneOrganisation(organisation_id) if organisation_id else None
    said = (
        one for one in consent.withdrawals if not isinstance(one.scope, OneOrganisation) or one.scope == alone
    )
    return min(said, key=lambda one: one.recorded_at, default=None)


async def _check_organisation(
    decision: Decision, stands: Standing, consent: Consent, organisation_id: UUID | None
) -> None:
    if organisation_id is None:
        return
    if not await rows.names(decision.tx, organisation_id):
        raise Unprocessable(faults.ORGANISATION_UNKNOWN.at("/organisationId"))
    if stands.is_own and organisation_id not in consent.ever_covered(decision.now):
        raise Unprocessable(faults.NOT_COVERED.at("/organisationId"))


async def _end(decision: Decision, stands: Standing, at: _AtHand, word: TakenBack, kind: str) -> Receipt:
    withdrawal_id = new_id()
    await decision.tx.add(
        ConsentWithdrawal(
            org_id=decision.me,
            id=withdrawal_id,
            consent_org=stands.holder,
            consent_id=stands.consent_id,
            case_id=stands.case_id,
            kind=kind,
            covered_org=word.organisation_id,
            said_at=word.said_at,
            manner=word.manner,
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
        )
    )
    await effects.cancel_unsent(decision.tx, stands.holder, stands.consent_id)
    # Whoever was shown something hears of it; one that was named, but shown nothing, must not learn that.
    concerned = {one.recipient_org for one in at.shown if word.organisation_id in (None, one.recipient_org)}
    await decision.tx.add(
        *(
            OutboxEvent(
                org_id=decision.me,
                id=new_id(),
                recipient_org=one,
                type=f"se.flerpart.consent.{kind}",
                item_kind="consent",
                item_id=stands.consent_id,
                recorded_at=decision.now,
            )
            for one in sorted(concerned if stands.is_own else {stands.holder})
        )
    )
    await decision.journal(
        "consent",
        stands.consent_id,
        item_org=stands.holder,
        individual_id=stands.individual_id,
        agreement=at.agreement,
    )
    return await decision.conclude(Receipt.of(withdrawal_id, decision.now))
