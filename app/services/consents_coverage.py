"""Whom consent covers at a meeting: each invitee and kind of consent, before anybody stands at the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.db import meetings
from app.domain.access import Operation
from app.domain.codes import ConsentAnswer, ConsentKind, CoverageState, OutsiderKind
from app.domain.facts.basics import NoEnd, NotYet, Unknown
from app.domain.facts.case import Case
from app.domain.facts.consent import Consent
from app.domain.facts.meeting import InvitedOutsider, Meeting
from app.services.at_hand import own_meeting
from app.services.consents_read import last_day
from app.services.desk import Desk


@dataclass(frozen=True)
class Cell:
    """One kind of consent for somebody: covered by which, until when (None: no end), documented by whom.

    `holds_at_the_meeting` is None while the meeting has no time.
    """

    kind: ConsentKind
    state: CoverageState
    consent_id: UUID | None
    ends_on: date | None
    holds_at_the_meeting: bool | None
    documented_by: tuple[UUID, ...]


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation at the meeting, the chair's own among them."""

    organisation_id: UUID
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PersonLine:
    """A person outside the organisations, by the id of the invitee."""

    invitee_id: UUID
    kind: OutsiderKind
    cell: Cell


@dataclass(frozen=True)
class Coverage:
    """The matrix of a meeting."""

    meeting_id: UUID
    organisations: tuple[OrganisationLine, ...]
    persons: tuple[PersonLine, ...]


async def of_meeting(desk: Desk, meeting_id: UUID) -> Coverage:
    """Who may be called and take part by the consents as they stand (UPP-016, UPP-020, UPP-045, UPP-088).

    Raises NotFound where the meeting is not seen, NotAllowed where it is another's.
    """
    async with desk.reading(Operation.READ_CONSENT_COVERAGE) as reading:
        at = await own_meeting(reading, meeting_id, to_change=False)
        await meetings.read(reading.tx, reading.me, meeting_id, operation=reading.operation.value)
        await reading.commit()
        return coverage(at.found.case, at.meeting)


def coverage(case: Case, meeting: Meeting) -> Coverage:
    """The matrix: the chair's organisation needs no call to its own meeting, an interpreter nothing."""
    others = [one for one in meeting.invited_organisations if one != meeting.holder]
    return Coverage(
        meeting.id,
        organisations=(
            OrganisationLine(meeting.holder, (_exchange(case, meeting, meeting.holder),)),
            *(
                OrganisationLine(one, (_call(case, meeting, one), _exchange(case, meeting, one)))
                for one in others
            ),
        ),
        persons=tuple(
            PersonLine(one.id, one.who.kind, _person(case, meeting, one.who))
            for one in meeting.invitees
            if isinstance(one.who, InvitedOutsider)
        ),
    )


def _call(case: Case, meeting: Meeting, organisation_id: UUID) -> Cell:
    return _organisation(case, meeting, ConsentKind.CALL, organisation_id)


def _exchange(case: Case, meeting: Meeting, organisation_id: UUID) -> Cell:
    return _organisation(case, meeting, ConsentKind.INFORMATION_EXCHANGE, organisation_id)


def _organisation(case: Case, meeting: Meeting, kind: ConsentKind, organisation_id: UUID) -> Cell:
    covering = case.consents_covering(kind, organisation_id, case.now)
    if covering:
        return _covered(kind, _lasting_longest(covering), meeting)
    said = [one for one in case.consents if one.kind is kind and _speaks_of(one, organisation_id)]
    return _missing(kind, said, case.now, organisation_id)


def _person(case: Case, meeting: Meeting, who: InvitedOutsider) -> Cell:
    kind, person_id = ConsentKind.INFORMATION_EXCHANGE, who.person_id
    if who.kind is OutsiderKind.INTERPRETER:
        return Cell(kind, CoverageState.NOT_NEEDED, None, None, None, ())
    if isinstance(person_id, Unknown):
        return _missing(kind, (), case.now)
    of_kind = [one for one in case.consents if one.kind is kind]
    naming = [one for one in of_kind if one.names(person_id, case.now)]
    if naming:
        return _covered(kind, _lasting_longest(naming), meeting)
    return _missing(kind, [one for one in of_kind if _has_named(one, person_id)], case.now)


def _speaks_of(consent: Consent, organisation_id: UUID) -> bool:
    """Whether the consent is about the organisation; a refusal that names none is about all."""
    later = (one for extension in consent.extensions for one in extension.organisation_ids)
    about_all = consent.answer is ConsentAnswer.REFUSED and not consent.organisation_ids
    own = organisation_id == consent.taken_by.organisation_id
    return about_all or own or organisation_id in (*consent.organisation_ids, *later)


def _has_named(consent: Consent, person_id: UUID) -> bool:
    later = (one for extension in consent.extensions for one in extension.outsider_ids)
    return person_id in (*consent.outsider_ids, *later)


def _lasting_longest(consents: Iterable[Consent]) -> Consent:
    def end(consent: Consent) -> tuple[bool, float]:
        final = consent.final_end
        return (True, 0.0) if isinstance(final, NoEnd) else (False, final.timestamp())

    return max(consents, key=end)


def _covered(kind: ConsentKind, consent: Consent, meeting: Meeting) -> Cell:
    holds = None if isinstance(meeting.time, NotYet) else not consent.has_expired(meeting.time.starts_at)
    documented_by = tuple(dict.fromkeys(one.organisation_id for one in consent.documentations))
    return Cell(kind, CoverageState.COVERED, consent.id, last_day(consent), holds, documented_by)


def _missing(
    kind: ConsentKind, said: Iterable[Consent], now: datetime, organisation_id: UUID | None = None
) -> Cell:
    """The state by the latest word there is, with nothing to rely on."""
    words = sorted((one for one in said if not one.entered_in_error), key=lambda one: one.said_at)
    if not words:
        return Cell(kind, CoverageState.NOT_ASKED, None, None, None, ())
    return Cell(kind, _became_of(words[-1], now, organisation_id), words[-1].id, None, None, ())


def _became_of(consent: Consent, now: datetime, organisation_id: UUID | None) -> CoverageState:
    if consent.answer is ConsentAnswer.REFUSED:
        return CoverageState.REFUSED
    whole = consent.is_withdrawn(now)
    if whole or (organisation_id is not None and consent.is_withdrawn_for(organisation_id, now)):
        return CoverageState.WITHDRAWN
    return CoverageState.EXPIRED if consent.is_informed else CoverageState.NOT_INFORMED
