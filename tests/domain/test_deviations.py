"""Avvikelser: AVV-1 to AVV-7, and the proposals that come of them."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.codes import (
    Attendance,
    CommitmentKind,
    DeviationStatus,
    DeviationType,
    FollowUpDecision,
    ReplyKind,
    SubjectKind,
)
from app.domain.deviations import (
    PROPOSES,
    Attempts,
    a_called_party_comes,
    a_party_answers_when_called,
    a_party_carries_out_its_action,
    a_proposed_deviation_is_decided_on,
    lead_times_are_kept,
    meetings_are_held_within_the_agreement,
    repeated_means_at_least_twice,
)
from app.domain.facts.basics import NotYet, TheIndividual, Unknown
from app.domain.facts.case import Case, ProposedByARule
from app.domain.facts.meeting import (
    FollowsUp,
    FollowUpDecided,
    FollowUpElsewhere,
    Meeting,
    OrganisationPresent,
    RecordedAfterwards,
)
from app.domain.facts.picture import Picture
from app.domain.facts.plan import Plan, Revises
from app.domain.proposals import Proposal, proposals
from app.domain.rule import Days, Effect
from tests.domain.agreements import a_clause, an_agreement, calls
from tests.domain.asking import about, broken, owing
from tests.domain.at_hand import deviating
from tests.domain.cases import a_case, a_case_after_the_meeting, a_contact, a_deviation
from tests.domain.meetings import a_concluded_meeting, a_decision, a_held_meeting, a_reply, a_summons
from tests.domain.plans import a_commitment, a_distributed_plan, a_plan, an_action, contents
from tests.domain.world import (
    ACTION_ID,
    AF,
    CALLED,
    EVERYBODY,
    FK,
    HELD,
    KOMMUN,
    MEETING_ID,
    NOW,
    PLAN_ID,
    REGION,
    SUMMONS_IDS,
    THE_AF,
    THE_FK,
    THE_KOMMUN,
    THE_REGION,
    TODAY,
    an_id,
    days,
)

TWICE = Attempts(2)


def tried(*answered: bool, who: Any = REGION) -> tuple[Any, ...]:
    """Attempts to reach an organisation, a day apart, and whether each was answered; ids in order."""
    return tuple(
        replace(a_contact(who, at=NOW - days(9 - place), answered=one), id=an_id(500 + place))
        for place, one in enumerate(answered)
    )


def unanswered(*contacts: Any) -> Any:
    """What is owed in a case with these contacts."""
    return owing(a_party_answers_when_called, Picture(a_case(contacts=contacts)), TWICE)


@pytest.mark.parametrize("answered", [(False,), (False, False, True), (False, True, False)])
def test_a_party_answers_when_called__kept(answered: tuple[bool, ...]) -> None:
    """AVV-1 (UPP-070): once is not repeated; an answer ends the row of attempts."""
    assert unanswered(*tried(*answered)) == []


def test_a_party_answers_when_called__kept_when_each_was_tried_once() -> None:
    """AVV-1 (UPP-070): one attempt at each of two organisations is no repeated attempt at either."""
    assert unanswered(*tried(False), *tried(False, who=KOMMUN)) == []


@pytest.mark.parametrize("answered", [(False, False), (True, False, False), (False, False, False)])
def test_a_party_answers_when_called__broken(answered: tuple[bool, ...]) -> None:
    """AVV-1 (UPP-070): two in a row; a third does not make it another deviation."""
    [(concerns, subject, _)] = unanswered(*tried(*answered))
    second = 500 + (2 if answered[0] else 1)
    assert (concerns, subject) == (THE_REGION, about(SubjectKind.CONTACT, an_id(second)))


def held_with(fk: Attendance | None, **changes: Any) -> Meeting:
    """A meeting to which FK was called, with this attendance noted of it, or none."""
    noted = dict.fromkeys(EVERYBODY, Attendance.PRESENT) | ({FK: fk} if fk else {})
    organisations = tuple(OrganisationPresent(one, how) for one, how in noted.items() if fk or one != FK)
    return a_held_meeting(**{"organisations": organisations} | changes)


def absent(meeting: Meeting) -> Any:
    """What is owed in the case of this meeting."""
    return owing(a_called_party_comes, Picture(a_case_after_the_meeting(meetings=(meeting,))))


@pytest.mark.parametrize("attendance", [one for one in Attendance if one is not Attendance.ABSENT])
def test_a_called_party_comes__kept(attendance: Attendance) -> None:
    """AVV-2 (UPP-071): there, remotely, represented, or absent with notice."""
    assert absent(held_with(attendance)) == []


def test_a_called_party_comes__kept_when_it_had_declined() -> None:
    """AVV-2 (UPP-071): who declined beforehand is not missing; a recalled summons calls nobody."""
    others = tuple(a_summons(one) for one in CALLED[1:])
    declined = a_summons(FK, replies=(a_reply(kind=ReplyKind.DECLINED, said_at=HELD),))
    assert absent(held_with(Attendance.ABSENT, summonses=(declined, *others))) == []
    recalled = a_summons(FK, recalled_at=NOW)
    assert absent(held_with(Attendance.ABSENT, summonses=(recalled, *others))) == []


@pytest.mark.parametrize("attendance", [Attendance.ABSENT, None], ids=["absent", "not noted"])
def test_a_called_party_comes__broken(attendance: Attendance | None) -> None:
    """AVV-2 (UPP-071): noted as absent, or not noted at all."""
    [(concerns, subject, _)] = absent(held_with(attendance))
    assert (concerns, subject) == (THE_FK, about(SubjectKind.SUMMONS, SUMMONS_IDS[FK]))


def test_a_called_party_comes__broken_when_it_declined_afterwards() -> None:
    """AVV-2 (UPP-071): a no after the meeting is no notice, and a yes does not help."""
    late = a_summons(FK, replies=(a_reply(kind=ReplyKind.DECLINED, said_at=HELD + days(1)),))
    assert len(absent(held_with(Attendance.ABSENT, summonses=(late,)))) == 1
    accepted = a_summons(FK)
    assert len(absent(held_with(Attendance.ABSENT, summonses=(accepted,)))) == 1


def test_a_called_party_comes__kept_while_the_meeting_goes_on() -> None:
    """AVV-2 (UPP-071): who is not there yet may still come, until the meeting or its day has ended."""
    going_on = held_with(None)
    case = a_case_after_the_meeting(at=HELD, meetings=(going_on,))
    assert owing(a_called_party_comes, Picture(case)) == []
    ended = replace(going_on, conclusion=a_concluded_meeting().conclusion)
    for over in (
        replace(case, meetings=(ended,)),
        a_case_after_the_meeting(at=HELD + days(1), meetings=(going_on,)),
    ):
        assert len(owing(a_called_party_comes, Picture(over))) == 1


def test_a_called_party_comes__kept_before_the_meeting() -> None:
    """AVV-2 (UPP-071): nobody is missing from a meeting that has not been held."""
    assert owing(a_called_party_comes, Picture(a_case())) == []


def undone(
    *said: Any, owner: Any = THE_FK, follow_up_after: int | None = None, afterwards: Any = None, **case: Any
) -> Any:
    """What is owed when this was said of an action, and a follow-up was held so long after it was due.

    `afterwards` is what it decided, or the plan that it put in the place of the first.
    """
    action = an_action(owner)
    plan = a_distributed_plan(contents=contents(actions=(action,)))
    due = HELD.replace(month=6, day=1)
    meetings: tuple[Meeting, ...] = (a_concluded_meeting(),)
    if follow_up_after is not None:
        at = due + days(follow_up_after)
        opening = RecordedAfterwards(at, at, ())
        decided = afterwards if isinstance(afterwards, FollowUpDecided) else NotYet()
        following = a_held_meeting(id=an_id(7), follows=FollowsUp(PLAN_ID), opening=opening, decision=decided)
        meetings += (following,)
    plans = (plan, afterwards) if isinstance(afterwards, Plan) else (plan,)
    held = {"plans": plans, "commitments": said, "meetings": meetings}
    return owing(
        a_party_carries_out_its_action, Picture(a_case_after_the_meeting(at=due + days(100), **held | case))
    )


def test_a_party_carries_out_its_action__kept() -> None:
    """AVV-3 (UPP-072): done; or late but no follow-up has been held since; or its day was the follow-up's."""
    assert undone(a_commitment(CommitmentKind.DONE), follow_up_after=9) == []
    assert undone(a_commitment()) == []
    assert undone(a_commitment(), follow_up_after=0) == []
    assert undone(follow_up_after=9) == []


def test_a_party_carries_out_its_action__kept_for_the_individual() -> None:
    """AVV-3 (UPP-072): "part": what the individual has not done is never a deviation."""
    not_done = a_commitment(CommitmentKind.NOT_DONE, TheIndividual())
    assert undone(not_done, owner=TheIndividual(), follow_up_after=9) == []


def test_a_party_carries_out_its_action__broken() -> None:
    """AVV-3 (UPP-072): reported not done, or undone at a follow-up the day after it was due."""
    the_action = about(SubjectKind.ACTION, ACTION_ID)
    [(concerns, subject, _)] = undone(a_commitment(CommitmentKind.NOT_DONE))
    assert (concerns, subject) == (THE_FK, the_action)
    [(concerns, subject, _)] = undone(a_commitment(), follow_up_after=1)
    assert (concerns, subject) == (THE_FK, the_action)


CLOSED = a_decision(decision=FollowUpDecision.CLOSE)
REVISED = a_plan(id=an_id(5), number=2, meeting_id=an_id(7), contents=contents(succeeds=Revises(PLAN_ID)))


@pytest.mark.parametrize("afterwards", [CLOSED, REVISED], ids=["closed", "revised"])
def test_a_party_carries_out_its_action__broken_also_when_the_plan_has_ended(afterwards: Any) -> None:
    """AVV-3 (UPP-072): that the follow-up closes or revises the plan hides nothing of what was not done."""
    assert len(undone(a_commitment(), follow_up_after=1, afterwards=afterwards)) == 1
    assert undone(a_commitment(CommitmentKind.DONE), follow_up_after=1, afterwards=afterwards) == []
    assert undone(a_commitment(), follow_up_after=0, afterwards=afterwards) == []


@pytest.mark.parametrize(("passed", "is_broken"), [(0, False), (1, True)])
def test_a_party_carries_out_its_action__broken_where_another_followed_up(
    passed: int, is_broken: bool
) -> None:
    """AVV-3 (UPP-072): a follow-up is one whichever organisation has held it."""
    at = HELD.replace(month=6, day=1) + days(passed)
    there = FollowUpElsewhere(PLAN_ID, KOMMUN, at, NotYet(), succeeded=False)
    assert bool(undone(a_commitment(), follow_ups_elsewhere=(there,))) is is_broken


def test_a_party_carries_out_its_action__broken_by_whoever_took_it_over() -> None:
    """AVV-3 (UPP-072): an action handed over concerns its new owner."""
    words = (
        a_commitment(CommitmentKind.TRANSFER_OFFERED, to=THE_KOMMUN),
        a_commitment(CommitmentKind.TRANSFERRED, THE_KOMMUN, said_at=HELD + days(1)),
        a_commitment(CommitmentKind.NOT_DONE, THE_KOMMUN, said_at=HELD + days(2)),
    )
    [(concerns, _, _)] = undone(*words)
    assert concerns == THE_KOMMUN


def test_lead_times_are_kept__kept() -> None:
    """AVV-4 (UPP-068): issued in time, or with a reason for something else."""
    meeting = a_held_meeting(summonses=(a_summons(FK, explained=("KAL-5",)),))
    assert owing(lead_times_are_kept, Picture(a_case_after_the_meeting(meetings=(meeting,)))) == []


@pytest.mark.parametrize("rule_id", ["BOK-2", "BOK-3"])
def test_lead_times_are_kept__broken(rule_id: str) -> None:
    """AVV-4 (UPP-068): summonses issued short are one
    deviation of the meeting, and concern whoever called.
    """
    summonses = tuple(a_summons(one, explained=(rule_id,)) for one in CALLED)
    case = a_case_after_the_meeting(meetings=(a_held_meeting(summonses=summonses),))
    [(concerns, subject, _)] = owing(lead_times_are_kept, Picture(case))
    assert (concerns, subject) == (THE_AF, about(SubjectKind.MEETING, MEETING_ID))


def recorded(*refused_by: str) -> Case:
    """A meeting recorded afterwards that these rules would have refused."""
    meeting = a_held_meeting(opening=RecordedAfterwards(HELD, HELD + days(1), refused_by))
    return a_case_after_the_meeting(meetings=(meeting,))


def test_meetings_are_held_within_the_agreement__kept() -> None:
    """AVV-5 (UPP-068): opened, or recorded afterwards with nothing to refuse."""
    for case in (a_case_after_the_meeting(), recorded()):
        assert owing(meetings_are_held_within_the_agreement, Picture(case)) == []


def test_meetings_are_held_within_the_agreement__broken() -> None:
    """AVV-5 (UPP-068): recorded with what would have refused it."""
    [(concerns, subject, _)] = owing(meetings_are_held_within_the_agreement, Picture(recorded("SAM-2")))
    assert (concerns, subject) == (THE_AF, about(SubjectKind.MEETING, MEETING_ID))


@pytest.mark.parametrize(
    ("kind", "attempts"),
    [(DeviationType.NO_ANSWER, 2), (DeviationType.NO_ANSWER, 3), (DeviationType.OTHER, 1)],
)
def test_repeated_means_at_least_twice__kept(kind: DeviationType, attempts: int) -> None:
    """AVV-6 (UPP-070): two attempts are repeated; of other deviations it is not asked."""
    assert broken(repeated_means_at_least_twice, deviating(type=kind, attempts=attempts), TWICE) == []


@pytest.mark.parametrize("attempts", [0, 1, Unknown()])
def test_repeated_means_at_least_twice__broken(attempts: object) -> None:
    """AVV-6 (UPP-070): fewer, or nobody says how many."""
    assert broken(repeated_means_at_least_twice, deviating(attempts=attempts), TWICE) == [
        ("/attempts", "ATTEMPTS_FEW")
    ]


def proposed(**changes: Any) -> Any:
    """A deviation that AVV-5 proposed of the meeting."""
    origin = ProposedByARule("AVV-5", about(SubjectKind.MEETING, MEETING_ID))
    return a_deviation(origin=origin, **changes)


@pytest.mark.parametrize(("passed", "is_broken"), [(14, False), (15, True)])
def test_a_proposed_deviation_is_decided_on__broken_after_the_last_day(passed: int, is_broken: bool) -> None:
    """AVV-7 (UPP-068): fourteen days to confirm or dismiss what was proposed."""
    picture = Picture(a_case(deviations=(proposed(occurred_on=TODAY - days(passed)),)))
    assert bool(broken(a_proposed_deviation_is_decided_on, picture, Days(14))) is is_broken
    assert len(owing(a_proposed_deviation_is_decided_on, picture, Days(14))) == 1


@pytest.mark.parametrize("step", [one for one in DeviationStatus if one is not DeviationStatus.PROPOSED])
def test_a_proposed_deviation_is_decided_on__kept(step: DeviationStatus) -> None:
    """AVV-7 (UPP-068): confirmed, dismissed or handled; a reported one was never a proposal."""
    case = a_case(deviations=(proposed(steps=(step,)), a_deviation()))
    assert owing(a_proposed_deviation_is_decided_on, Picture(case), Days(14)) == []


AGREED = an_agreement(
    a_clause("UPP-068", *(calls(one, Effect.REMIND) for one in ("AVV-4", "AVV-5"))),
    a_clause("UPP-070", calls("AVV-1", Effect.REMIND, TWICE)),
)


def test_proposals_are_made_once_for_each_rule_and_subject() -> None:
    """What the facts point out is proposed with its type and whom it concerns;
    dismissed, it does not come back.
    """
    once = Proposal(
        "AVV-5",
        ("UPP-068",),
        about(SubjectKind.MEETING, MEETING_ID),
        DeviationType.HELD_OUTSIDE_AGREEMENT,
        AF,
    )
    assert proposals(recorded("SAM-2"), AGREED) == (once,)
    dismissed = replace(recorded("SAM-2"), deviations=(proposed(steps=(DeviationStatus.DISMISSED,)),))
    assert proposals(dismissed, AGREED) == ()


def test_every_proposing_rule_names_a_type_of_the_readings() -> None:
    """Deviations are proposed for five things only."""
    assert set(PROPOSES.values()) == {
        DeviationType.NO_ANSWER,
        DeviationType.ABSENT,
        DeviationType.ACTION_NOT_CARRIED_OUT,
        DeviationType.LEAD_TIME_NOT_KEPT,
        DeviationType.HELD_OUTSIDE_AGREEMENT,
    }
