"""A good case, complete and invented, at every stage of the routine; each fact can be changed by keyword.

Arbetsförmedlingen (AF) carries it, the region has given the time,
everybody is called and covered by consent. Asked at any step, the agreement has
nothing to say against it: each test changes one thing and sees what is said then.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.days_off import swedish_calendar
from app.domain.codes import (
    ActionKind,
    Answer,
    ApprovalAnswer,
    AssessmentBasis,
    Attendance,
    Channel,
    CommitmentKind,
    ConsentAnswer,
    ConsentGiver,
    ConsentKind,
    ContactAbout,
    DeviationType,
    FollowUpDecision,
    MeetingForm,
    MeetingMode,
    NeedArea,
    NeedOutcome,
    OfferAnswer,
    OrganisationType,
    OtherPlan,
    OutsiderKind,
    RelativesOffered,
    ReplyKind,
    SubjectKind,
)
from app.domain.facts.at_hand import (
    AssessmentAtHand,
    CommitmentAtHand,
    ConsentAtHand,
    ContactAtHand,
    DeviationAtHand,
    DistributionAtHand,
    PlanAtHand,
    ReplyAtHand,
    SummonsAtHand,
)
from app.domain.facts.basics import NoEnd, NotYet, Side, Term, TheIndividual, TheOrganisation, Unknown, Word
from app.domain.facts.case import (
    Acting,
    Carrier,
    Case,
    Contact,
    Deviation,
    NeedAssessment,
    NoParty,
    Offer,
    Organisation,
    Person,
    ReportedByAPerson,
    Subject,
)
from app.domain.facts.consent import Consent, ConsentTaker, Documentation
from app.domain.facts.guests import InvitationAtHand, MeetingHeld
from app.domain.facts.letter import (
    Convener,
    EmployerAnswer,
    Letter,
    LetterInvitee,
    LetterPerson,
    NoIdentityNumber,
    Recipient,
)
from app.domain.facts.meeting import (
    Conclusion,
    FirstMeeting,
    FollowUpDecided,
    IndividualAttendance,
    Initiator,
    InvitedOrganisation,
    InvitedOutsider,
    Invitee,
    Meeting,
    MeetingTime,
    OfferedTime,
    Opened,
    OrganisationPresent,
    Preparation,
    Recorder,
)
from app.domain.facts.picture import MeetingAtHand, Picture
from app.domain.facts.plan import (
    Action,
    Approval,
    Commitment,
    Distribution,
    Goal,
    NewPlan,
    Plan,
    PlanContents,
)
from app.domain.facts.summons import Reply, Summons
from app.domain.rule import Deadline, NoParameters, Rule

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEETING_AT = datetime(2026, 4, 13, 11, tzinfo=UTC)
MEETING_DAY = date(2026, 4, 13)
HELD = MEETING_AT + timedelta(minutes=5)
FOLLOW_UP_DAY = date(2026, 9, 1)


def an_id(number: int) -> UUID:
    """An id that tells itself apart."""
    return UUID(int=number)


AF, FK, REGION, KOMMUN, STRANGER = (an_id(number) for number in range(1, 6))
AF_UNIT, REGION_UNIT = an_id(11), an_id(12)
OFFICER, COLLEAGUE = an_id(21), an_id(22)
CASE_ID, MEETING_ID, PLAN_ID, ACTION_ID, OWN_ACTION_ID = (an_id(number) for number in range(31, 36))
FRIEND = an_id(41)
SUMMONS_IDS = {FK: an_id(52), REGION: an_id(53), KOMMUN: an_id(54)}
CALLED = (FK, REGION, KOMMUN)
EVERYBODY = (AF, *CALLED)
THE_AF, THE_FK, THE_REGION, THE_KOMMUN = (TheOrganisation(one) for one in EVERYBODY)


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


_NUMBERS = iter(range(1000, 1_000_000))


def a_word(speaker: Side = THE_AF, said_at: datetime = NOW, recorded_by: UUID | None = None) -> Word:
    """A word of a side; an organisation's own unless another recorded it."""
    own = speaker.id if isinstance(speaker, TheOrganisation) else AF
    return Word(an_id(next(_NUMBERS)), speaker, recorded_by or own, said_at, said_at)


def a_consent(kind: ConsentKind = ConsentKind.INFORMATION_EXCHANGE, **changes: Any) -> Consent:
    """Given after information, covering everybody, documented by everybody, without end."""
    good = Consent(
        id=an_id(61 if kind is ConsentKind.CALL else 62),
        kind=kind,
        answer=ConsentAnswer.GIVEN,
        given_by=ConsentGiver.INDIVIDUAL,
        informed_at=NOW - days(10),
        information_adapted=True,
        said_at=NOW - days(10),
        taken_by=ConsentTaker(AF, name_given=True, function_given=True),
        organisation_ids=EVERYBODY,
        outsider_ids=(FRIEND,),
        ends_at=NoEnd(),
        extensions=(),
        withdrawals=(),
        documentations=tuple(
            Documentation(an_id(next(_NUMBERS)), one, TODAY - days(10)) for one in EVERYBODY
        ),
        entered_in_error=False,
    )
    return replace(good, **changes)


def both_consents(**changes: Any) -> tuple[Consent, ...]:
    """To the call and to information exchange, both changed alike."""
    return tuple(a_consent(kind, **changes) for kind in ConsentKind)


def an_assessment(**changes: Any) -> NeedAssessment:
    """A need, found with the individual."""
    good = NeedAssessment(
        id=an_id(71),
        assessed_on=TODAY - days(10),
        need_seen_on=TODAY - days(10),
        assessor_id=OFFICER,
        outcome=NeedOutcome.NEED,
        bases=(AssessmentBasis.CONTACT, AssessmentBasis.HEALTH),
        needs=(NeedArea.HEALTH_CARE, NeedArea.EMPLOYMENT),
        individual_took_part=True,
        other_plan=OtherPlan.NONE,
    )
    return replace(good, **changes)


def a_contact(with_organisation: UUID = REGION, **changes: Any) -> Contact:
    """An answered contact about a time, six weeks before the meeting."""
    good = Contact(
        id=an_id(next(_NUMBERS)),
        with_organisation=with_organisation,
        about=ContactAbout.TIME,
        at=MEETING_AT - days(42),
        answered=True,
        names_the_person=False,
    )
    return replace(good, **changes)


def a_preparation(**changes: Any) -> Preparation:
    """Made with the individual, nothing left out."""
    good = Preparation(
        prepared_on=TODAY,
        with_individual=True,
        goals_given=True,
        participation_support_given=True,
        relatives_offered=RelativesOffered.YES,
        employer_exists=Answer.NO,
        employer_called=Answer.NO,
    )
    return replace(good, **changes)


def an_invitee(organisation_id: UUID = FK, **changes: Any) -> Invitee:
    """An organisation that the individual wants there."""
    good = Invitee(
        id=an_id(80 + organisation_id.int),
        who=InvitedOrganisation(organisation_id, Unknown()),
        name_given=True,
        function_given=True,
        agreed_with_individual=True,
    )
    return replace(good, **changes)


def a_friend(kind: OutsiderKind = OutsiderKind.CLOSE_PERSON, **changes: Any) -> Invitee:
    """A person outside the organisations, suitable, agreed upon and named in the consent."""
    who = InvitedOutsider(kind, FRIEND, Answer.YES)
    given = {name: changes.pop(name) for name in ("person_id", "suitable") if name in changes}
    return an_invitee(id=an_id(90), who=replace(who, **given), **changes)


def a_summons(organisation_id: UUID = FK, **changes: Any) -> Summons:
    """Issued today, and accepted."""
    good = Summons(
        id=SUMMONS_IDS[organisation_id],
        organisation_id=organisation_id,
        unit_id=REGION_UNIT if organisation_id == REGION else Unknown(),
        officer_id=Unknown(),
        channel=Channel.LETTER,
        issued_at=NOW,
        meeting_starts_at=MEETING_AT,
        explained=(),
        replies=(a_reply(organisation_id),),
        answered_at=(),
        prepared_at=NOW,
        recalled_at=NotYet(),
    )
    return replace(good, **changes)


def a_reply(organisation_id: UUID = FK, kind: ReplyKind = ReplyKind.ACCEPTED, **changes: Any) -> Reply:
    """The recipient's own word on its summons."""
    said_at = changes.pop("said_at", NOW)
    good = Reply(a_word(TheOrganisation(organisation_id), said_at), kind, link_address_given=True)
    return replace(good, **changes)


def a_meeting(**changes: Any) -> Meeting:
    """Prepared, on the region's date, nobody summoned yet."""
    good = Meeting(
        id=MEETING_ID,
        form=MeetingForm.FLERPARTSMOTE,
        initiator=Initiator(AF, AF_UNIT, OFFICER),
        follows=FirstMeeting(),
        created_at=NOW - days(9),
        purpose_given=True,
        current_situation_given=True,
        mode=MeetingMode.ON_SITE,
        time=MeetingTime(MEETING_AT, MEETING_AT + timedelta(hours=1)),
        place_given=True,
        preparation=a_preparation(),
        invitees=tuple(an_invitee(one) for one in CALLED),
        offered_times=(an_offered_time(),),
        summonses=(),
        invited_outsider_ids=(),
        reschedulings=(),
        cancelled_at=NotYet(),
        entered_in_error=False,
        opening=NotYet(),
        chair_transfers=(),
        recorder=NotYet(),
        individual=NotYet(),
        organisations=(),
        outsiders=(),
        reports=(),
        decision=NotYet(),
        conclusion=NotYet(),
    )
    return replace(good, **changes)


def an_offered_time(**changes: Any) -> OfferedTime:
    """The region's time."""
    good = OfferedTime(REGION, MEETING_AT, MEETING_AT + timedelta(hours=1), NOW)
    return replace(good, **changes)


def a_summoned_meeting(**changes: Any) -> Meeting:
    """Everybody has been summoned and comes."""
    return a_meeting(**{"summonses": tuple(a_summons(one) for one in CALLED)} | changes)


def a_held_meeting(**changes: Any) -> Meeting:
    """Opened with everybody there, and somebody appointed to write."""
    held = {
        "opening": Opened(HELD),
        "individual": PRESENT_INDIVIDUAL,
        "organisations": tuple(OrganisationPresent(one, Attendance.PRESENT) for one in EVERYBODY),
        "recorder": Recorder(KOMMUN),
    }
    return a_summoned_meeting(**held | changes)


def a_concluded_meeting(**changes: Any) -> Meeting:
    """Ended with a follow-up that AF calls."""
    return a_held_meeting(**{"conclusion": Conclusion(False, FOLLOW_UP_DAY, AF, HELD)} | changes)


PRESENT_INDIVIDUAL = IndividualAttendance(Attendance.PRESENT, took_part_otherwise=False, reason_given=False)


def an_action(owner: Any = THE_FK, **changes: Any) -> Action:
    """Something Försäkringskassan coordinates before the summer."""
    good = Action(
        id=ACTION_ID,
        kind=ActionKind.COORDINATION,
        text_given=True,
        owner=owner,
        due_on=date(2026, 6, 1),
        performed_by_outsider=False,
        carries_on=Unknown(),
    )
    return replace(good, **changes)


def contents(**changes: Any) -> PlanContents:
    """A goal, an action of a party and one of the individual's own, and a day for the follow-up."""
    good = PlanContents(
        succeeds=NewPlan(),
        goals=(Goal(an_id(100), text_given=True),),
        actions=(an_action(), an_action(TheIndividual(), id=OWN_ACTION_ID)),
        follow_up_on=FOLLOW_UP_DAY,
    )
    return replace(good, **changes)


def approvals(*sides: Side, answer: ApprovalAnswer = ApprovalAnswer.APPROVED) -> tuple[Approval, ...]:
    """The same word of each side."""
    return tuple(Approval(a_word(side, HELD), answer) for side in sides)


ALL_SIDES: tuple[Side, ...] = (TheIndividual(), THE_AF, THE_FK, THE_REGION, THE_KOMMUN)


def a_plan(**changes: Any) -> Plan:
    """Proposed at the meeting and approved by all."""
    good = Plan(
        id=PLAN_ID,
        holder=AF,
        meeting_id=MEETING_ID,
        number=1,
        contents=contents(),
        proposed_at=HELD,
        approvals=approvals(*ALL_SIDES),
        distributions=(),
    )
    return replace(good, **changes)


def a_distributed_plan(**changes: Any) -> Plan:
    """Handed to everybody."""
    return a_plan(**{"distributions": tuple(Distribution(side, HELD) for side in ALL_SIDES)} | changes)


def a_commitment(
    kind: CommitmentKind = CommitmentKind.ACCEPTED, speaker: Side = THE_FK, **changes: Any
) -> Commitment:
    """An owner's word on the party's action."""
    said_at = changes.pop("said_at", HELD)
    recorded_by = changes.pop("recorded_by", None)
    word = a_word(speaker, said_at, recorded_by)
    good = Commitment(word, ACTION_ID, PLAN_ID, kind, MEETING_DAY, Unknown())
    return replace(good, **changes)


def a_decision(**changes: Any) -> FollowUpDecided:
    """The plan is revised, since need remains."""
    good = FollowUpDecided(PLAN_ID, FollowUpDecision.REVISE, True, True, NOW)
    return replace(good, **changes)


def a_deviation(**changes: Any) -> Deviation:
    """Reported by a person: no answer, three attempts."""
    good = Deviation(
        id=an_id(110),
        organisation_id=AF,
        concerns=FK,
        type=DeviationType.NO_ANSWER,
        origin=ReportedByAPerson(),
        attempts=3,
        occurred_on=TODAY,
        steps=(),
    )
    return replace(good, **changes)


ORGANISATIONS = (
    Organisation(AF, "AF", OrganisationType.PUBLIC_EMPLOYMENT_SERVICE, reachable=True),
    Organisation(FK, "FK", OrganisationType.SOCIAL_INSURANCE_AGENCY, reachable=True),
    Organisation(REGION, "REGION", OrganisationType.REGION, reachable=True),
    Organisation(KOMMUN, "KOMMUN", OrganisationType.MUNICIPAL_BOARD, reachable=True),
    Organisation(STRANGER, NoParty(), OrganisationType.OTHER, reachable=True),
)


def a_case(**changes: Any) -> Case:
    """A case in which a meeting is about to be called; `at` sets both today and now."""
    if at := changes.pop("at", None):
        changes = {"now": at, "as_of": at.date()} | changes
    good = Case(
        id=CASE_ID,
        as_of=TODAY,
        now=NOW,
        calendar=swedish_calendar(),
        term=Term(date(2020, 1, 1), NoEnd()),
        holder=AF,
        carrier=Carrier(AF_UNIT, OFFICER),
        acting=Acting(AF, AF_UNIT, OFFICER),
        organisations=ORGANISATIONS,
        person=Person(date(1980, 5, 17), "0380", Answer.NO),
        registered_at=NOW - days(11),
        assessments=(an_assessment(),),
        offers=(
            Offer(an_id(72), OfferAnswer.OFFERED, TODAY - days(10)),
            Offer(an_id(73), OfferAnswer.ACCEPTED, TODAY - days(9)),
        ),
        contacts=(a_contact(),),
        consents=both_consents(),
        meetings=(a_meeting(),),
        plans=(),
        commitments=(),
        deviations=(),
        closure=NotYet(),
    )
    return replace(good, **changes)


def a_case_with(meeting: Meeting, **changes: Any) -> Case:
    """The case with this meeting alone."""
    return a_case(**{"meetings": (meeting,)} | changes)


def a_case_after_the_meeting(**changes: Any) -> Case:
    """The day after a meeting that ended with a plan, distributed and accepted by its owners."""
    good = {
        "at": HELD + days(1),
        "meetings": (a_concluded_meeting(),),
        "plans": (a_distributed_plan(),),
        "commitments": (a_commitment(), a_commitment(speaker=TheIndividual(), action_id=OWN_ACTION_ID)),
    }
    return a_case(**good | changes)


def a_letter(organisation_id: UUID = FK, **changes: Any) -> Letter:
    """A complete letter; parts of the recipient,
    the convener and the person can be changed by their own names.
    """
    good = Letter(
        recipient=Recipient(
            organisation_id=organisation_id,
            unit_id=Unknown(),
            unit_is_required=False,
            function="rehabilitation_coordinator" if organisation_id == REGION else "caseworker",
            function_is_equivalent=False,
            address_lines=("Exempelgatan 1", "753 20 Uppsala"),
            asks_for_channel=Unknown(),
        ),
        channel=Channel.LETTER,
        starts_at=MEETING_AT,
        place="Sammanträdesrum 3",
        purpose="Samordna arbetsträning och behandling",
        current_situation="Sjukskriven på deltid, vill tillbaka i arbete",
        reason_for_recipient="Ni har den kunskap som behövs om ersättningen",
        convener=Convener(
            organisation_id=AF,
            officer_id=OFFICER,
            name="Kim Exempel",
            title="Arbetsförmedlare",
            unit="Arbetsförmedlingen Uppsala",
            postal_address="Box 66, 751 03 Uppsala",
            email="kim.exempel@af.example",
            telephone="010-000 00 00",
        ),
        invitees=(LetterInvitee("Lo Exempel", "Handläggare", "Försäkringskassan", is_private_person=False),),
        person=LetterPerson("Alex Exempel", NoIdentityNumber()),
        employer=EmployerAnswer(Answer.NO, Answer.NO),
    )
    for part in ("recipient", "convener", "person"):
        whole = getattr(good, part)
        given = {name: changes.pop(name) for name in list(changes) if name in whole.__dataclass_fields__}
        good = replace(good, **{part: replace(whole, **given)})
    return replace(good, **changes)


def issuing(*letters: Letter, case: Case | None = None, meeting: Meeting | None = None) -> SummonsAtHand:
    """Summonses are issued: to everybody unless certain letters are given."""
    meeting = meeting or a_meeting()
    return SummonsAtHand(
        case or a_case_with(meeting), meeting, letters or tuple(a_letter(one) for one in CALLED)
    )


def holding(meeting: Meeting | None = None, case: Case | None = None, **changes: Any) -> MeetingHeld:
    """The meeting is opened with everybody there."""
    meeting = meeting or a_summoned_meeting()
    good = MeetingHeld(
        case=case or a_case_with(meeting, at=HELD),
        meeting=meeting,
        held_at=HELD,
        individual=PRESENT_INDIVIDUAL,
        organisations=tuple(OrganisationPresent(one, Attendance.PRESENT) for one in EVERYBODY),
        outsiders=(),
    )
    return replace(good, **changes)


def inviting(*invited: Invitee, case: Case | None = None) -> InvitationAtHand:
    """Persons outside the organisations are invited."""
    return InvitationAtHand(case or a_case(), a_meeting(), invited or (a_friend(),))


def doing(meeting: Meeting | None = None, case: Case | None = None) -> MeetingAtHand:
    """Something is done with a meeting."""
    meeting = meeting or a_meeting()
    return MeetingAtHand(case or a_case_with(meeting), meeting)


def proposing(case: Case | None = None, meeting: Meeting | None = None, **changes: Any) -> PlanAtHand:
    """A plan is proposed at the meeting, to everybody."""
    meeting = meeting or a_held_meeting()
    return PlanAtHand(case or a_case_with(meeting, at=HELD), meeting, contents(**changes), ALL_SIDES)


def distributing(plan: Plan | None = None, **changes: Any) -> DistributionAtHand:
    """The plan is handed out to everybody."""
    plan = plan or a_plan()
    case = changes.pop("case", None) or a_case_after_the_meeting(plans=(plan,))
    good = DistributionAtHand(case, a_concluded_meeting(), plan.contents, ALL_SIDES, plan.id)
    return replace(good, **changes)


def assessing(case: Case | None = None, **changes: Any) -> AssessmentAtHand:
    """The need is assessed."""
    return AssessmentAtHand(case or a_case(), an_assessment(**changes))


def consenting(case: Case | None = None, **changes: Any) -> ConsentAtHand:
    """The individual's word on consent is recorded."""
    return ConsentAtHand(case or a_case(), a_consent(**changes))


def contacting(case: Case | None = None, **changes: Any) -> ContactAtHand:
    """A contact is recorded."""
    return ContactAtHand(case or a_case(), a_contact(**changes))


def replying(meeting: Meeting | None = None, reply: Reply | None = None) -> ReplyAtHand:
    """FK answers its summons."""
    meeting = meeting or a_summoned_meeting()
    return ReplyAtHand(a_case_with(meeting), meeting, a_summons(FK), reply or a_reply())


def committing(case: Case | None = None, commitment: Commitment | None = None) -> CommitmentAtHand:
    """An owner's word on the party's action is recorded."""
    return CommitmentAtHand(case or a_case_after_the_meeting(), an_action(), commitment or a_commitment())


def deviating(**changes: Any) -> DeviationAtHand:
    """A deviation is reported."""
    return DeviationAtHand(a_case(), a_deviation(**changes))


def broken(rule: Rule, picture: Picture, parameters: object = NoParameters()) -> list[tuple[str, str]]:
    """Where and how the rule is broken; of what is owed by a day, what is to be brought up by now."""
    return [
        (breach.pointer, breach.fault.code)
        for breach in rule.check(picture, parameters)
        if not isinstance(breach.deadline, Deadline) or breach.deadline.remind_from <= picture.case.as_of
    ]


def owing(
    rule: Rule, picture: Picture, parameters: object = NoParameters()
) -> list[tuple[Side, Subject, date]]:
    """Who owes what by which day, brought up or not."""
    return list(_owing(rule, picture, parameters))


def _owing(rule: Rule, picture: Picture, parameters: object) -> Iterator[tuple[Side, Subject, date]]:
    for breach in rule.check(picture, parameters):
        assert isinstance(breach.deadline, Deadline)
        assert isinstance(breach.subject, Subject)
        yield breach.owed_by, breach.subject, breach.deadline.due


def about(kind: SubjectKind, subject_id: UUID) -> Subject:
    """What something is about."""
    return Subject(kind, subject_id)
