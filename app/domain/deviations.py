"""Avvikelser: what the parties learn from (UPP-068, UPP-070 to UPP-072).

Time finds departures from the routine and proposes them, once each; a person confirms or dismisses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from app.domain.codes import (
    Attendance,
    CommitmentStatus,
    DeviationStatus,
    DeviationType,
    ReplyKind,
    SubjectKind,
)
from app.domain.facts.at_hand import DeviationAtHand
from app.domain.facts.basics import NotYet, TheOrganisation, Unknown
from app.domain.facts.case import Case, Contact, ProposedByARule, Subject
from app.domain.facts.meeting import Meeting, Opened, RecordedAfterwards
from app.domain.facts.picture import Picture
from app.domain.facts.plan import Action, Plan
from app.domain.facts.summons import Summons
from app.domain.plan_states import action_state, days_followed_up, is_undone
from app.domain.rule import Breach, Days, Deadline, Fault, NoParameters, Words, rule
from app.domain.states import day_held, deviation_status
from app.domain.step import Step

PROPOSES: Mapping[str, DeviationType] = MappingProxyType(
    {
        "AVV-1": DeviationType.NO_ANSWER,
        "AVV-2": DeviationType.ABSENT,
        "AVV-3": DeviationType.ACTION_NOT_CARRIED_OUT,
        "AVV-4": DeviationType.LEAD_TIME_NOT_KEPT,
        "AVV-5": DeviationType.HELD_OUTSIDE_AGREEMENT,
    }
)
"""The rules whose findings are proposals of a deviation, and of which type. `owed_by` is whom it concerns."""

_LOOK_AT_IT = Words("Bekräfta eller avskriv avvikelsen.", "Confirm or dismiss the deviation.")


@dataclass(frozen=True)
class Attempts:
    """How many unanswered attempts are repeated ones."""

    attempts: int


NO_ANSWER = Fault(
    "NO_ANSWER",
    Words(
        "Parten har inte svarat på upprepade samtal, meddelanden eller mail.",
        "The party has not answered repeated calls, messages or mail.",
    ),
    _LOOK_AT_IT,
)


@rule("AVV-1", at={Step.TICK})
def a_party_answers_when_called(picture: Picture, agreed: Attempts) -> Iterator[Breach]:
    """A party that does not answer repeated calls, messages and mail is a deviation (UPP-070).

    Kept: fewer attempts, or the latest was answered. Broken: so many in a row went unanswered.
    """
    for organisation in dict.fromkeys(one.with_organisation for one in picture.case.contacts):
        run = _unanswered_run(picture.case, organisation)
        if len(run) >= agreed.attempts:
            subject = Subject(SubjectKind.CONTACT, run[agreed.attempts - 1].id)
            yield from _proposed("AVV-1", NO_ANSWER, picture.case, subject, organisation)


def _unanswered_run(case: Case, organisation_id: UUID) -> tuple[Contact, ...]:
    """The attempts in a row, up to the latest, that the organisation has not answered."""
    run: list[Contact] = []
    for contact in sorted(case.contacts, key=lambda one: one.at):
        if contact.with_organisation == organisation_id:
            run = [] if contact.answered else [*run, contact]
    return tuple(run)


ABSENT = Fault(
    "ABSENT",
    Words(
        "En kallad part kom inte till mötet och hade inte lämnat återbud.",
        "A called party did not come to the meeting, and had not given notice.",
    ),
    _LOOK_AT_IT,
)


@rule("AVV-2", at={Step.TICK})
def a_called_party_comes(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """A called party that does not come as planned is a deviation (UPP-071).

    Kept: it came, was represented, gave notice, or had declined before; or the meeting goes on, and it may
    still come. Broken: none of these.
    """
    for meeting in picture.meetings:
        for summons in meeting.summonses_in_force if _is_over(picture.case, meeting) else ():
            if _stayed_away(meeting, summons):
                subject = Subject(SubjectKind.SUMMONS, summons.id)
                yield from _proposed("AVV-2", ABSENT, picture.case, subject, summons.organisation_id)


def _is_over(case: Case, meeting: Meeting) -> bool:
    """Whether a meeting has been held and has ended: by its chair's word, or with its day."""
    held = day_held(meeting)
    if isinstance(held, NotYet):
        return False
    ended = isinstance(meeting.opening, RecordedAfterwards) or not isinstance(meeting.conclusion, NotYet)
    return ended or held < case.as_of


def _stayed_away(meeting: Meeting, summons: Summons) -> bool:
    """Whether the recipient was not there and had neither declined nor given notice."""
    noted = [
        one.attendance for one in meeting.organisations if one.organisation_id == summons.organisation_id
    ]
    came_or_said = any(attendance is not Attendance.ABSENT for attendance in noted)
    held_at = meeting.opening.at if isinstance(meeting.opening, Opened) else summons.meeting_starts_at
    declined = any(one.kind is ReplyKind.DECLINED and one.word.said_at <= held_at for one in summons.replies)
    return not came_or_said and not declined


ACTION_NOT_CARRIED_OUT = Fault(
    "ACTION_NOT_CARRIED_OUT",
    Words("Parten har inte genomfört sin åtgärd.", "The party has not carried out its action."),
    _LOOK_AT_IT,
)


@rule("AVV-3", at={Step.TICK})
def a_party_carries_out_its_action(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """A party that does not carry out a planned action is a deviation; the individual's never is (UPP-072).

    Kept: done, or not yet due, or the individual's own. Broken: reported not done, or undone at a follow-up
    after its day.
    """
    for plan in picture.case.plans:
        for action in plan.contents.actions:
            state = action_state(picture.case, plan, action)
            failed = state.status is CommitmentStatus.NOT_DONE or _late(picture.case, plan, action)
            if failed and isinstance(state.owner, TheOrganisation):
                subject = Subject(SubjectKind.ACTION, action.id)
                yield from _proposed("AVV-3", ACTION_NOT_CARRIED_OUT, picture.case, subject, state.owner.id)


def _late(case: Case, plan: Plan, action: Action) -> bool:
    """Whether an action taken on was still undone when a follow-up was held after its day, also where that
    follow-up has put another plan in its place or closed it.
    """
    due = action.due_on
    return is_undone(case, action) and any(
        not isinstance(due, Unknown) and due < day for day in days_followed_up(case, plan)
    )


LEAD_TIME_NOT_KEPT = Fault(
    "LEAD_TIME_NOT_KEPT",
    Words(
        "Kallelsen skickades med kortare framförhållning än överenskommet.",
        "The summons was issued with a shorter lead time than agreed.",
    ),
    _LOOK_AT_IT,
)
_LEAD_TIME_RULES = ("BOK-2", "BOK-3")


@rule("AVV-4", at={Step.TICK})
def lead_times_are_kept(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """Flaws in the routine are found, so that it can be improved: a lead time not kept is one (UPP-068).

    Kept: no summons of the meeting was issued short. Broken: one was, with a reason given.
    """
    for meeting in picture.meetings:
        explained = {rule_id for summons in meeting.summonses for rule_id in summons.explained}
        if explained & set(_LEAD_TIME_RULES):
            subject = Subject(SubjectKind.MEETING, meeting.id)
            yield from _proposed("AVV-4", LEAD_TIME_NOT_KEPT, picture.case, subject, meeting.holder)


HELD_OUTSIDE_AGREEMENT = Fault(
    "HELD_OUTSIDE_AGREEMENT",
    Words(
        "Mötet hölls trots att överenskommelsen inte medgav det.",
        "The meeting was held although the agreement did not allow it.",
    ),
    _LOOK_AT_IT,
)


@rule("AVV-5", at={Step.TICK})
def meetings_are_held_within_the_agreement(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """A meeting held outside the agreement is recorded, and is a flaw to learn from (UPP-068).

    Kept: opened, or recorded afterwards with nothing to refuse.
    Broken: recorded with what would have refused it.
    """
    for meeting in picture.meetings:
        if isinstance(meeting.opening, RecordedAfterwards) and meeting.opening.refused_by:
            subject = Subject(SubjectKind.MEETING, meeting.id)
            yield from _proposed("AVV-5", HELD_OUTSIDE_AGREEMENT, picture.case, subject, meeting.holder)


def _proposed(rule_id: str, fault: Fault, case: Case, subject: Subject, concerns: UUID) -> Iterator[Breach]:
    """A proposal, unless it has been made before: a dismissed one does not come back."""
    if not any(one.origin == ProposedByARule(rule_id, subject) for one in case.deviations):
        yield fault.owed(subject, TheOrganisation(concerns), Deadline.on(case.as_of))


ATTEMPTS_FEW = Fault(
    "ATTEMPTS_FEW",
    Words(
        "Upprepade försök är minst {attempts}; färre eller inget antal är angivet.",
        "Repeated means at least {attempts} attempts; fewer, or no number, is stated.",
    ),
    Words(
        "Ange antalet försök, eller försök igen först.", "State the number of attempts, or try again first."
    ),
)


@rule("AVV-6", at={Step.REPORT_DEVIATION})
def repeated_means_at_least_twice(said: DeviationAtHand, agreed: Attempts) -> Iterator[Breach]:
    """A party has not answered when it did not answer repeated attempts (UPP-070).

    Kept: at least so many attempts, or another type of deviation. Broken: fewer, or nobody says how many.
    """
    attempts = said.deviation.attempts
    few = isinstance(attempts, Unknown) or attempts < agreed.attempts
    if said.deviation.type is DeviationType.NO_ANSWER and few:
        yield ATTEMPTS_FEW.at("/attempts", said.acting, attempts=agreed.attempts)


DEVIATION_WAITS = Fault(
    "DEVIATION_PROPOSED",
    Words(
        "En föreslagen avvikelse väntar på besked (senast {due}).",
        "A proposed deviation waits for a decision (by {due}).",
    ),
    _LOOK_AT_IT,
)


@rule("AVV-7", at={Step.TICK})
def a_proposed_deviation_is_decided_on(picture: Picture, agreed: Days) -> Iterator[Breach]:
    """Deviations are there to find flaws in the routine; a person says which proposals are one (UPP-068).

    Kept: every proposal is confirmed or dismissed. Broken: one is not, and the agreed days have passed.
    """
    for deviation in picture.case.deviations:
        if deviation_status(deviation) is DeviationStatus.PROPOSED:
            yield DEVIATION_WAITS.owed(
                Subject(SubjectKind.DEVIATION, deviation.id),
                TheOrganisation(deviation.organisation_id),
                Deadline.within(agreed.days, after=deviation.occurred_on),
            )
