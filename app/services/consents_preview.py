"""What a withdrawal would close, and what everybody keeps: told before it is said (UPP-019, UPP-064)."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.db import consents_effects as effects
from app.db.facts import Found
from app.domain.access import Operation
from app.domain.codes import ConsentKind
from app.domain.facts.basics import NotYet, TheOrganisation
from app.domain.facts.case import Case
from app.domain.facts.consent import OneOrganisation, WholeConsent, Withdrawal
from app.domain.facts.meeting import Meeting, Opened
from app.domain.states import is_ahead, is_suspended
from app.errors import QueryInvalid
from app.services import consents_faults as faults
from app.services.consents_at_hand import OwnConsent, Standing, own_consent, standing
from app.services.desk import Desk
from app.services.reading import Reading


@dataclass(frozen=True)
class Item:
    """A thing that was shown or handed over."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class MeetingAffected:
    """A meeting that will lack consent; it rests where that is known and it was booked."""

    id: UUID
    will_rest: bool | None


@dataclass(frozen=True)
class OrganisationAffected:
    """What one organisation loses and keeps. `unsent` is the holder's to know."""

    organisation_id: UUID
    views_ending: tuple[Item, ...]
    unsent: int | None
    meetings: tuple[MeetingAffected, ...]
    keeps: tuple[Item, ...]
    keeps_statements: int
    keeps_commitments: int


@dataclass(frozen=True)
class WithdrawalPreview:
    """What would happen; `persons` counts those outside the organisations who would no longer be named."""

    consent_id: UUID
    organisations: tuple[OrganisationAffected, ...]
    persons: int | None


async def preview(desk: Desk, consent_id: UUID, organisation_id: UUID | None) -> WithdrawalPreview:
    """Of everything, or of one organisation. A covered organisation is told of itself only.

    Raises NotFound as reading does, and QueryInvalid where the holder names an organisation that the
    consent does not cover.
    """
    async with desk.reading(Operation.PREVIEW_WITHDRAWAL) as reading:
        stands = await standing(reading, consent_id, is_shown=True)
        if not stands.is_own:
            told = (await _own_part(reading, stands),) if organisation_id in (None, reading.me) else ()
            await reading.commit()
            return WithdrawalPreview(consent_id, told, None)
        at = await own_consent(reading, stands, to_change=False)
        covered = at.consent.ever_covered(at.found.case.now)
        if organisation_id and organisation_id not in covered:
            raise QueryInvalid(faults.NOT_COVERED.at("query:organisationId"))
        unsent = await effects.unsent(reading.tx, consent_id)
        after = _as_if_withdrawn(at, organisation_id)
        await reading.commit()
        losing = [organisation_id] if organisation_id else [one for one in covered if one != reading.me]
        return WithdrawalPreview(
            consent_id,
            tuple(_affected(at, after, one, unsent.get(one, 0)) for one in losing),
            persons=None if organisation_id else _persons(at),
        )


def _persons(at: OwnConsent) -> int:
    later = (one for extension in at.consent.extensions for one in extension.outsider_ids)
    return len({*at.consent.outsider_ids, *later})


def _as_if_withdrawn(at: OwnConsent, organisation_id: UUID | None) -> Case:
    """The case as it would be, had the word just been said."""
    case = at.found.case
    scope = OneOrganisation(organisation_id) if organisation_id else WholeConsent()
    word = Withdrawal(id=at.consent.id, scope=scope, said_at=case.now, recorded_at=case.now)
    ended = replace(at.consent, withdrawals=(*at.consent.withdrawals, word))
    return replace(case, consents=tuple(ended if one.id == ended.id else one for one in case.consents))


def _affected(at: OwnConsent, after: Case, organisation_id: UUID, unsent: int) -> OrganisationAffected:
    found = at.found
    return OrganisationAffected(
        organisation_id=organisation_id,
        views_ending=_views_ending(found, after, organisation_id),
        unsent=unsent,
        meetings=tuple(
            MeetingAffected(one.id, is_suspended(after, one) and not is_suspended(found.case, one))
            for one in found.case.meetings
            if _is_going_on(one)
            and organisation_id in _concerned(one)
            and _loses(found.case, after, at.consent.kind, organisation_id)
        ),
        keeps=_keeps(found, organisation_id),
        keeps_statements=_statements(found.case, organisation_id),
        keeps_commitments=sum(one.word.recorded_by == organisation_id for one in found.case.commitments),
    )


def _views_ending(found: Found, after: Case, organisation_id: UUID) -> tuple[Item, ...]:
    """What the organisation would no longer see; not what another live consent shows it too."""

    def seen(case: Case) -> list[Item]:
        live = {one.id for one in case.consents if one.covers(organisation_id, case.now)}
        shown = (one for one in found.row.shown if one.recipient_org == organisation_id)
        return [Item(one.kind, one.item_id) for one in shown if one.consent_id in live]

    still = set(seen(after))
    return tuple(dict.fromkeys(one for one in seen(found.case) if one not in still))


def _is_going_on(meeting: Meeting) -> bool:
    """Whether the meeting is still to be held, or is being held."""
    is_open = isinstance(meeting.opening, Opened) and isinstance(meeting.conclusion, NotYet)
    return is_ahead(meeting) or (is_open and isinstance(meeting.cancelled_at, NotYet))


def _concerned(meeting: Meeting) -> set[UUID]:
    called = {one.organisation_id for one in meeting.summonses_in_force}
    return {*called, *meeting.invited_organisations, *meeting.organisations_present, meeting.holder}


def _loses(before: Case, after: Case, kind: ConsentKind, organisation_id: UUID) -> bool:
    return before.is_covered(kind, organisation_id, before.now) and not after.is_covered(
        kind, organisation_id, after.now
    )


def _keeps(found: Found, organisation_id: UUID) -> tuple[Item, ...]:
    """What acts have handed the organisation: letters, notices about them, distributed plans."""
    letters = (
        Item(one.kind, one.item_id)
        for one in found.row.shown
        if one.recipient_org == organisation_id and one.kind in ("summons", "notice")
    )
    plans = (
        Item("plan", plan.id)
        for plan in found.case.plans
        for one in plan.distributions
        if one.to == TheOrganisation(organisation_id)
    )
    return tuple(dict.fromkeys((*letters, *plans)))


def _statements(case: Case, organisation_id: UUID) -> int:
    """How often the organisation has spoken: replies, approvals, reports."""
    replies = (one for meeting in case.meetings for summons in meeting.summonses for one in summons.replies)
    approvals = (one for plan in case.plans for one in plan.approvals)
    reports = (one for meeting in case.meetings for one in meeting.reports)
    words = (one.word for said in (replies, approvals, reports) for one in said)
    return sum(word.recorded_by == organisation_id for word in words)


async def _own_part(reading: Reading, stands: Standing) -> OrganisationAffected:
    """What a covered organisation loses and keeps itself, from its own rows."""
    row = await effects.own_part(reading.tx, stands.holder, stands.case_id, stands.consent_id)
    return OrganisationAffected(
        organisation_id=reading.me,
        views_ending=tuple(Item(kind, UUID(id_)) for kind, id_ in row["views"]),
        unsent=None,
        meetings=tuple(MeetingAffected(one, None) for one in sorted(row["meetings"])),
        keeps=tuple(Item(kind, UUID(id_)) for kind, id_ in row["copies"]),
        keeps_statements=row["statements"],
        keeps_commitments=row["commitments"],
    )
