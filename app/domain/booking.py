"""Bokningsförfarande: the region first, on its date, and time enough for everybody (UPP-030 to UPP-033)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.agreement import Agreement
from app.domain.calendar import DayOff, stockholm_day
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.meeting import OfferedTime, Opened
from app.domain.facts.picture import MeetingAtHand
from app.domain.rule import Breach, Fault, Words, rule
from app.domain.step import Step


@dataclass(frozen=True)
class FirstParty:
    """The code of the party that is contacted first and whose date decides."""

    party: str


@dataclass(frozen=True)
class LeadTime:
    """How many weeks ahead, with (or without) the party that is contacted first."""

    party: str
    weeks: int


REGION_FIRST = Fault(
    "REGION_FIRST",
    Words(
        "Regionen ska kallas men är inte kontaktad om en tid.",
        "The region is to be called, but has not been contacted about a time.",
    ),
    Words(
        "Kontakta regionen först och boka en tid med den; anteckna kontakten.",
        "Contact the region first and book a time with it; record the contact.",
    ),
)


@rule("BOK-1", at={Step.BOOK_MEETING, Step.ISSUE_SUMMONS})
def the_region_is_contacted_first(booked: MeetingAtHand, agreed: FirstParty) -> Iterator[Breach]:
    """If the region is to be called, it is contacted first (UPP-030).

    Kept: it has been contacted or has offered a time, initiates the meeting itself, or is not called.
    Broken: it is called, and none of these.
    """
    contact = first_contact_with(agreed.party, booked)
    untouched = isinstance(contact, NotYet) and not offered_by(agreed.party, booked)
    if waits_for(agreed.party, booked) and untouched:
        yield REGION_FIRST.at("/invitees", booked.initiator)


NO_DAY_YET = Words(
    "Mötet har ingen tid än; framförhållningen bör vara cirka {weeks} veckor, tidigast {earliest}.",
    "The meeting has no time yet; the lead time should be about {weeks} weeks, {earliest} at the earliest.",
)
REGION_TIME_NOT_FIXED = Fault(
    "TIME_NOT_FIXED",
    NO_DAY_YET,
    Words(
        "Anteckna en tid som regionen har gett och boka mötet då.",
        "Record a time the region has given, and book the meeting then.",
    ),
)
LEAD_TIME_REGION = Fault(
    "LEAD_TIME_REGION",
    Words(
        "Regionen behöver en framförhållning på cirka {weeks} veckor; tidigast {earliest}.",
        "The region needs a lead time of about {weeks} weeks; {earliest} at the earliest.",
    ),
    Words(
        "Välj en senare dag, be regionen om en tidigare tid, eller ange skäl.",
        "Choose a later day, ask the region for an earlier time, or give a reason.",
    ),
)


@rule("BOK-2", at={Step.ISSUE_SUMMONS})
def the_region_gets_its_lead_time(called: MeetingAtHand, agreed: LeadTime) -> Iterator[Breach]:
    """The region needs about six weeks from the first contact with it to the meeting (UPP-031).

    Kept: so many whole weeks, that day included; or the region itself offered the time, initiates the
    meeting, or is not called. Broken: shorter, or no time is fixed.
    """
    if not waits_for(agreed.party, called) or is_on_an_offered_time(agreed.party, called):
        return
    earliest = lead_time_starts(agreed.party, called) + timedelta(weeks=agreed.weeks)
    unfixed = isinstance(called.meeting.time, NotYet)
    if unfixed or called.day < earliest:
        fault = REGION_TIME_NOT_FIXED if unfixed else LEAD_TIME_REGION
        yield fault.at("/startsAt", called.initiator, weeks=agreed.weeks, earliest=earliest)


TIME_NOT_FIXED = Fault(
    "TIME_NOT_FIXED", NO_DAY_YET, Words("Boka en tid för mötet.", "Book a time for the meeting.")
)
LEAD_TIME_SHORT = Fault(
    "LEAD_TIME_SHORT",
    Words(
        "Framförhållningen bör vara cirka {weeks} veckor; tidigast {earliest}.",
        "The lead time should be about {weeks} weeks; {earliest} at the earliest.",
    ),
    Words("Välj en senare dag, eller ange skäl.", "Choose a later day, or give a reason."),
)


@rule("BOK-3", at={Step.ISSUE_SUMMONS})
def the_others_get_their_lead_time(called: MeetingAtHand, agreed: LeadTime) -> Iterator[Breach]:
    """Without the region, the lead time is about five weeks from the summons to the meeting (UPP-033).

    Kept: so many whole weeks, that day included; or the region takes part.
    Broken: shorter, or no time is fixed.
    """
    if takes_part(agreed.party, called):
        return
    earliest = called.case.as_of + timedelta(weeks=agreed.weeks)
    unfixed = isinstance(called.meeting.time, NotYet)
    if unfixed or called.day < earliest:
        fault = TIME_NOT_FIXED if unfixed else LEAD_TIME_SHORT
        yield fault.at("/startsAt", called.initiator, weeks=agreed.weeks, earliest=earliest)


NO_DATE_FROM_THE_REGION = Fault(
    "REGION_FIRST",
    Words("Regionen har ännu inte gett någon tid.", "The region has not given a time yet."),
    Words(
        "Vänta på regionens tid och anteckna den innan övriga kallas.",
        "Wait for the region's time and record it before the others are called.",
    ),
)
DATE_MISMATCH = Fault(
    "DATE_MISMATCH",
    Words(
        "Mötets tid är inte en tid som regionen har gett.",
        "The meeting is not at a time the region has given.",
    ),
    Words(
        "Välj en tid som regionen har gett, eller be den om en ny.",
        "Choose a time the region has given, or ask it for another.",
    ),
)


@rule("BOK-4", at={Step.BOOK_MEETING, Step.ISSUE_SUMMONS, Step.RESCHEDULE_MEETING})
def the_meeting_is_on_the_regions_date(booked: MeetingAtHand, agreed: FirstParty) -> Iterator[Breach]:
    """When the region has given a date the others may be called, and to that date (UPP-032).

    Kept: the meeting is at a time the region gave; or the region initiates it, or is not called.
    Broken: at another time, at none, or the region has given none.
    """
    if waits_for(agreed.party, booked) and not is_on_an_offered_time(agreed.party, booked):
        fault = DATE_MISMATCH if offered_by(agreed.party, booked) else NO_DATE_FROM_THE_REGION
        yield fault.at("/startsAt", booked.initiator)


def takes_part(party: str, booked: MeetingAtHand) -> bool:
    """Whether an organisation of the party initiates the meeting or is called to it."""
    return any(booked.case.is_of(one, party) for one in (booked.meeting.holder, *booked.called_organisations))


def waits_for(party: str, booked: MeetingAtHand) -> bool:
    """Whether the party is called by another: then its time comes first."""
    return takes_part(party, booked) and not booked.case.is_of(booked.meeting.holder, party)


def offered_by(party: str, booked: MeetingAtHand) -> tuple[OfferedTime, ...]:
    """The times the party has given."""
    return tuple(one for one in booked.meeting.offered_times if booked.case.is_of(one.organisation_id, party))


def is_on_an_offered_time(party: str, booked: MeetingAtHand) -> bool:
    """Whether the meeting starts at a time the party has given."""
    time = booked.meeting.time
    return not isinstance(time, NotYet) and any(
        one.starts_at == time.starts_at for one in offered_by(party, booked)
    )


def first_contact_with(party: str, booked: MeetingAtHand) -> date | NotYet:
    """The day the party was first contacted about the meeting, answered or not: by name, or without one
    since the last meeting that was held.
    """
    openings = (one.opening for one in booked.case.meetings if one.id != booked.meeting.id)
    held = [
        one.at if isinstance(one, Opened) else one.held_at for one in openings if not isinstance(one, NotYet)
    ]
    days = sorted(
        stockholm_day(one.at)
        for one in booked.case.contacts
        if booked.case.is_of(one.with_organisation, party)
        and (
            one.meeting_id == booked.meeting.id
            or (isinstance(one.meeting_id, Unknown) and all(one.at > then for then in held))
        )
    )
    return days[0] if days else NotYet()


def lead_time_starts(party: str, booked: MeetingAtHand) -> date:
    """The day the party's lead time counts from: the first contact, or today while there is none."""
    contact = first_contact_with(party, booked)
    return booked.case.as_of if isinstance(contact, NotYet) else contact


@dataclass(frozen=True)
class LeadTimeReason:
    """Why no earlier: so many weeks from a day, by these clauses."""

    rule_id: str
    clause_ids: tuple[str, ...]
    weeks: int
    counted_from: date
    earliest: date


@dataclass(frozen=True)
class EarliestDate:
    """The first day that fits, why, and the days off met on the way to the first working day."""

    day: date
    reasons: tuple[LeadTimeReason, ...]
    first_working_day: date
    days_off: tuple[DayOff, ...]


def earliest_fitting_date(booked: MeetingAtHand, agreement: Agreement) -> EarliestDate:
    """The first day a summons issued today can be to without giving a reason (UPP-031, UPP-033).

    Days off are information: the agreement counts every day alike.
    A time the region itself gives may be earlier.
    """
    reasons = tuple(_lead_times(booked, agreement))
    day = max((booked.case.as_of, *(reason.earliest for reason in reasons)))
    working = day
    while not booked.case.calendar.is_working_day(working):
        working += timedelta(days=1)
    passed = (day + timedelta(days=step) for step in range((working - day).days))
    met = tuple(off for one in passed for off in booked.case.calendar.off_on(one))
    return EarliestDate(day, reasons, working, met)


def _lead_times(booked: MeetingAtHand, agreement: Agreement) -> Iterator[LeadTimeReason]:
    """The lead times that count for the meeting, as the agreement has them."""
    for rule_id in ("BOK-2", "BOK-3"):
        for calling in agreement.callings(rule_id):
            agreed = calling.parameters
            if not isinstance(agreed, LeadTime):
                continue
            with_party = waits_for(agreed.party, booked)
            if (rule_id == "BOK-2" and not with_party) or (
                rule_id == "BOK-3" and takes_part(agreed.party, booked)
            ):
                continue
            start = lead_time_starts(agreed.party, booked) if with_party else booked.case.as_of
            clause_ids = tuple(clause.id for clause in calling.clauses)
            earliest = start + timedelta(weeks=agreed.weeks)
            yield LeadTimeReason(rule_id, clause_ids, agreed.weeks, start, earliest)
