"""Rows stored by the application come back from the gate as exactly these facts."""

from datetime import date

import pytest

from app.db.database import Database
from app.db.facts import DraftRow, MeetingRow, case_as_seen
from app.db.ids import new_id
from app.domain.calendar import stockholm_day
from app.domain.codes import (
    Answer,
    AssessmentBasis,
    ClosureReason,
    ConsentAnswer,
    ConsentGiver,
    ConsentKind,
    ContactAbout,
    DeviationStatus,
    DeviationType,
    NeedArea,
    NeedOutcome,
    OfferAnswer,
    OrganisationType,
    OtherPlan,
    SubjectKind,
)
from app.domain.facts.basics import NoEnd, Unknown
from app.domain.facts.case import (
    Carrier,
    Closure,
    Contact,
    Deviation,
    NeedAssessment,
    NoParty,
    Offer,
    Organisation,
    Person,
    ProposedByARule,
    Subject,
)
from app.domain.facts.consent import (
    Consent,
    ConsentTaker,
    Documentation,
    EndUnchanged,
    Extension,
    OneOrganisation,
    Withdrawal,
)
from app.errors import NotFound
from tests.db_facts.story import MONDAY, Story, at
from tests.db_facts.telling import tell


async def test_the_frame_of_the_picture_is_what_was_asked_with(story: Story) -> None:
    """Day, calendar, term and who acts are as asked with; holder, carrier and registration as stored."""
    asking = story.asking(story.holder)
    case = (await story.seen_by(story.holder)).case
    assert (case.id, case.holder, case.registered_at) == (story.case.id, story.holder.id, at(0))
    assert case.carrier == Carrier(story.holder.unit, story.holder.officer)
    assert case.as_of == stockholm_day(case.now)
    assert (case.calendar, case.acting, case.term) == (asking.calendar, asking.acting, story.agreement.term)
    assert case.person == Person(Unknown(), "0380", Answer.NO)
    assert case.closure == Closure(ClosureReason.GOAL_REACHED, at(1030))


async def test_the_directory_tells_party_type_and_reach(story: Story) -> None:
    """Members stand with their party; whom only the case names has none; only one has a telephone."""
    case = (await story.seen_by(story.holder)).case
    assert set(case.organisations) == {
        Organisation(story.holder.id, "AF", OrganisationType.PUBLIC_EMPLOYMENT_SERVICE, reachable=True),
        Organisation(story.region.id, "REGION", OrganisationType.REGION, reachable=False),
        Organisation(story.stranger.id, NoParty(), OrganisationType.OTHER, reachable=False),
    }


async def test_the_need_and_the_contacts_become_facts(story: Story) -> None:
    """Assessment, offer and contact stand as they were recorded."""
    case = (await story.seen_by(story.holder)).case
    assert case.assessments == (
        NeedAssessment(
            id=story.id("assessment"),
            assessed_on=MONDAY,
            need_seen_on=MONDAY,
            assessor_id=story.holder.officer,
            outcome=NeedOutcome.NEED,
            bases=(AssessmentBasis.CONTACT, AssessmentBasis.HEALTH),
            needs=(NeedArea.HEALTH_CARE,),
            individual_took_part=True,
            other_plan=OtherPlan.NONE,
        ),
    )
    assert case.offers == (Offer(story.id("offer"), OfferAnswer.ACCEPTED, MONDAY),)
    assert case.contacts == (
        Contact(
            id=story.id("contact"),
            meeting_id=Unknown(),
            with_organisation=story.region.id,
            about=ContactAbout.TIME,
            at=at(2),
            answered=False,
            names_the_person=False,
        ),
    )


async def test_the_consent_becomes_a_fact_with_all_that_became_of_it(story: Story) -> None:
    """What was said at first and with the extension are kept apart; a blank function is none."""
    case = (await story.seen_by(story.holder)).case
    assert case.consents == (
        Consent(
            id=story.id("consent"),
            kind=ConsentKind.INFORMATION_EXCHANGE,
            answer=ConsentAnswer.GIVEN,
            given_by=ConsentGiver.INDIVIDUAL,
            informed_at=at(3),
            information_adapted=True,
            said_at=at(4),
            taken_by=ConsentTaker(story.holder.id, name_given=True, function_given=False),
            organisation_ids=(story.region.id,),
            outsider_ids=(story.id("close_person"),),
            ends_at=NoEnd(),
            extensions=(Extension(story.id("extension"), at(5), (story.stranger.id,), (), EndUnchanged()),),
            withdrawals=(
                Withdrawal(story.id("withdrawal"), OneOrganisation(story.stranger.id), at(6), at(7)),
            ),
            documentations=(Documentation(story.id("documentation"), story.region.id, MONDAY),),
            entered_in_error=False,
        ),
    )


async def test_a_deviation_is_its_organisations_own(story: Story) -> None:
    """The holder sees its deviation with what was done about it; the region sees the same case without it."""
    mine, theirs = await story.seen_by(story.holder), await story.seen_by(story.region)
    assert mine.case.deviations == (
        Deviation(
            id=story.id("deviation"),
            organisation_id=story.holder.id,
            unit_id=story.holder.unit,
            concerns=story.region.id,
            type=DeviationType.ABSENT,
            origin=ProposedByARule("AVV-2", Subject(SubjectKind.SUMMONS, story.id("summons"))),
            attempts=Unknown(),
            occurred_on=MONDAY,
            steps=(DeviationStatus.REPORTED, DeviationStatus.HANDLED),
        ),
    )
    assert theirs.case.deviations == ()


async def test_a_covered_organisation_gets_the_same_facts_as_the_holder(story: Story) -> None:
    """Whoever asks, the rules judge by the same rows: consents, meetings, plans and commitments are equal."""
    mine, theirs = await story.seen_by(story.holder), await story.to_change_by(story.region)
    assert (mine.case.consents, mine.case.meetings) == (theirs.case.consents, theirs.case.meetings)
    assert (mine.case.plans, mine.case.commitments) == (theirs.case.plans, theirs.case.commitments)


async def test_the_stored_case_gives_ids_and_versions(story: Story) -> None:
    """Beside the facts a use case gets the row: individual, versions, drafts and what has been shown."""
    row = (await story.to_change_by(story.holder)).row
    assert (row.id, row.individual_id, row.version) == (story.case.id, story.case.individual_id, 1)
    assert (row.agreement_id, row.closed_at, row.protected_identity) == (story.agreement.id, None, "none")
    assert row.meeting(story.id("meeting")) == MeetingRow(
        id=story.id("meeting"),
        unit_id=story.holder.unit,
        individual_id=story.case.individual_id,
        agreement_id=story.agreement.id,
        version=1,
    )
    assert row.draft(story.id("draft")) == DraftRow(
        org_id=story.region.id,
        id=story.id("draft"),
        meeting_id=story.id("meeting"),
        version=1,
        handed_over_at=at(1004),
        revises=None,
        replaces=None,
    )
    assert {(one.kind, one.item_id) for one in row.shown} == {
        ("summons", story.id("summons")),
        ("meeting", story.id("meeting")),
        ("plan", story.id("plan")),
    }


async def test_a_stranger_finds_nothing(story: Story) -> None:
    """Who has nothing to do with the case is answered as if it did not exist, with a lock and without."""
    with pytest.raises(NotFound):
        await story.seen_by(story.stranger)
    with pytest.raises(NotFound):
        await story.to_change_by(story.stranger)


async def test_an_unknown_id_finds_nothing(door: Database, story: Story) -> None:
    """A case that does not exist is not found even by its would-be holder."""
    async with door.act(story.holder.caller()) as tx:
        with pytest.raises(NotFound):
            await case_as_seen(tx, story.holder.id, new_id(), story.asking(story.holder))


async def test_an_organisation_named_only_by_the_request_is_known(
    door: Database, migration_url: str, story: Story
) -> None:
    """Whom a request names beside the case stands in the picture too, without a party when it is in none."""
    other = await tell(door, migration_url)
    case = (await story.seen_by(story.holder, other.holder.id)).case
    assert (
        Organisation(other.holder.id, NoParty(), OrganisationType.PUBLIC_EMPLOYMENT_SERVICE, reachable=True)
        in case.organisations
    )


async def test_the_birth_date_is_added_by_whoever_may_unseal_it(story: Story) -> None:
    """The picture is the same but for the birth date."""
    found = await story.seen_by(story.holder)
    born = found.born_on(date(1980, 1, 1))
    assert born.person == Person(date(1980, 1, 1), "0380", Answer.NO)
    assert born.meetings == found.case.meetings
