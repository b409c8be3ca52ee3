"""Uppföljning: booked, held at a new meeting, reported on by all, decided (UPP-056, UPP-066, UPP-067)."""

from collections.abc import Iterator

from app.domain.calendar import stockholm_day
from app.domain.codes import FollowUpDecision, SubjectKind
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation, Unknown, standing_word
from app.domain.facts.case import Case, Subject
from app.domain.facts.picture import MeetingAtHand, Picture
from app.domain.facts.plan import Plan
from app.domain.plan_states import (
    days_followed_up,
    is_called_to_follow_up,
    is_standing,
    sides_followed_up,
)
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.states import day_held
from app.domain.step import Step

FOLLOWUP_NOT_BOOKED = Fault(
    "FOLLOWUP_NOT_BOOKED",
    Words("Ingen dag är bestämd för uppföljningen.", "No day is set for the follow-up."),
    Words("Bestäm en dag för uppföljningen.", "Set a day for the follow-up."),
)
FOLLOWUP_CALLER_MISSING = Fault(
    "FOLLOWUP_CALLER_MISSING",
    Words("Det är inte bestämt vem som kallar till uppföljningen.", "Nobody is named to call the follow-up."),
    Words("Bestäm vem som kallar.", "Decide who calls."),
)


@rule("UFO-1", at={Step.CONCLUDE_MEETING, Step.TICK})
def a_follow_up_has_a_day_and_a_caller(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """The chair sees to it that a follow-up is booked and decides who calls to it (UPP-056).

    Kept: a meeting that ends with a plan has both; or its follow-up is called, or the plan no longer stands.
    Broken: the day or the caller is missing.
    """
    for meeting in picture.meetings:
        end = meeting.conclusion
        plans = [one for one in picture.case.plans_of(meeting.id) if is_standing(picture.case, one)]
        called = any(is_called_to_follow_up(picture.case, plan) for plan in plans)
        if isinstance(end, NotYet) or called or not plans:
            continue
        subject, deadline = Subject(SubjectKind.MEETING, meeting.id), Deadline.on(stockholm_day(end.at))
        chair = TheOrganisation(meeting.holder)
        if isinstance(end.follow_up_on, NotYet):
            yield FOLLOWUP_NOT_BOOKED.owed(subject, chair, deadline, "/followUp/on")
        if isinstance(end.follow_up_caller, NotYet):
            yield FOLLOWUP_CALLER_MISSING.owed(subject, chair, deadline, "/followUp/caller")


PARTY_REPORT_MISSING = Fault(
    "PARTY_REPORT_MISSING",
    Words(
        "Organisationen har inte redogjort för sitt ansvarsområde.",
        "The organisation has not reported on its area.",
    ),
    Words("Redogör för era åtgärder vid uppföljningen.", "Report on your actions at the follow-up."),
)


@rule("UFO-2", at={Step.DECIDE_FOLLOW_UP, Step.TICK})
def every_party_reports_on_its_actions(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """At the follow-up each party reports on its own area (UPP-066).

    Kept: every organisation of the plan has reported.
    Broken: one has not, though the follow-up has been held.
    """
    for meeting in picture.meetings:
        held = day_held(meeting)
        if isinstance(held, NotYet):
            continue
        for side in sides_followed_up(picture.case, meeting):
            if side != TheIndividual() and isinstance(standing_word(side, meeting.reports), NotYet):
                yield PARTY_REPORT_MISSING.owed(
                    Subject(SubjectKind.MEETING, meeting.id), side, Deadline.on(held), "/reports"
                )


OUTCOME_REQUIRED = Fault(
    "OUTCOME_REQUIRED",
    Words(
        "Beslutet svarar inte mot behovet, eller saknar motivering.",
        "The decision does not answer the need, or has no reason.",
    ),
    Words(
        "Finns behov kvar: revidera planen eller gör en ny. Annars: avsluta. Ange alltid skälet.",
        "If need remains: revise the plan or make a new one. If not: close. Always give the reason.",
    ),
)


@rule("UFO-3", at={Step.DECIDE_FOLLOW_UP})
def the_decision_answers_the_need(decided: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """If the individual still needs coordination the plan is revised, or a new one is made (UPP-067).

    Kept: need left and revise or new plan; no need left and close; with a reason. Broken: otherwise.
    """
    decision = decided.meeting.decision
    if isinstance(decision, NotYet):
        yield OUTCOME_REQUIRED.at("/decision", decided.initiator)
        return
    if decision.still_needs_coordination is (decision.decision is FollowUpDecision.CLOSE):
        yield OUTCOME_REQUIRED.at("/decision", decided.initiator)
    if not decision.reason_given:
        yield OUTCOME_REQUIRED.at("/reason", decided.initiator)


FOLLOWUP_OVERDUE = Fault(
    "FOLLOWUP_OVERDUE",
    Words("Planen ska vara uppföljd senast {due}.", "The plan is to be followed up by {due}."),
    Words("Håll uppföljningen.", "Hold the follow-up."),
)


@rule("UFO-4", at={Step.TICK})
def the_follow_up_is_held(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """The plan is followed up at a new meeting (UPP-066).

    Kept: a meeting has followed it up, or its day has not passed. Broken: the day has passed without one.
    """
    for plan in _plans_to_follow_up(picture.case):
        day = plan.contents.follow_up_on
        if not days_followed_up(picture.case, plan) and not isinstance(day, Unknown):
            yield FOLLOWUP_OVERDUE.owed(
                Subject(SubjectKind.PLAN, plan.id), _caller(picture.case, plan), Deadline.within(0, after=day)
            )


NO_PLAN_REASON_MISSING = Fault(
    "NO_PLAN_REASON_MISSING",
    Words("Mötet avslutas utan plan och utan skäl.", "The meeting ends without a plan and without a reason."),
    Words("Föreslå en plan, eller ange varför ingen görs.", "Propose a plan, or say why none is made."),
)


@rule("UFO-5", at={Step.CONCLUDE_MEETING})
def a_meeting_ends_with_a_plan_or_a_reason(concluded: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """The outcome of the meeting is a joint plan (UPP-005).

    Kept: a plan has been proposed, a reason for none is given, or a follow-up has closed the plan, which
    was said why. Broken: none of these.
    """
    end, decided = concluded.meeting.conclusion, concluded.meeting.decision
    reason = not isinstance(end, NotYet) and end.no_plan_reason_given
    closed = (
        not isinstance(decided, NotYet)
        and decided.decision is FollowUpDecision.CLOSE
        and decided.reason_given
    )
    if not concluded.case.plans_of(concluded.meeting.id) and not (reason or closed):
        yield NO_PLAN_REASON_MISSING.at("/noPlanReason", concluded.initiator)


FOLLOWUP_NOT_CALLED = Fault(
    "FOLLOWUP_NOT_CALLED",
    Words("Kalla till uppföljningen den {due}.", "Call to the follow-up on {due}."),
    Words("Initiera uppföljningsmötet.", "Initiate the follow-up meeting."),
)


@rule("UFO-6", at={Step.TICK})
def the_caller_calls_to_the_follow_up_in_time(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """Whoever was named to call the follow-up initiates it, in time for the lead times (UPP-056).

    Kept: a meeting that follows up the plan is initiated, or its day is not near.
    Broken: none is, and it is near.
    """
    for plan in _plans_to_follow_up(picture.case):
        day = plan.contents.follow_up_on
        if not is_called_to_follow_up(picture.case, plan) and not isinstance(day, Unknown):
            yield FOLLOWUP_NOT_CALLED.owed(
                Subject(SubjectKind.PLAN, plan.id),
                _caller(picture.case, plan),
                Deadline.before(day, agreed.days),
            )


def _plans_to_follow_up(case: Case) -> tuple[Plan, ...]:
    """The versions that stand."""
    return tuple(plan for plan in case.plans if is_standing(case, plan))


def _caller(case: Case, plan: Plan) -> Side:
    """Who was named to call the follow-up; whoever holds the plan while nobody is."""
    meeting = case.meeting(plan.meeting_id)
    end = meeting if isinstance(meeting, NotYet) else meeting.conclusion
    caller = end if isinstance(end, NotYet) else end.follow_up_caller
    return TheOrganisation(plan.holder if isinstance(caller, NotYet) else caller)
