"""How the story begins: a need is seen, and the individual agrees."""

from typing import Any

from app.db.ids import new_id
from app.db.tables import cases, consents
from tests.db_facts.story import MONDAY, SEALED, Story, at, recorded


async def the_need(story: Story) -> None:
    """A need is seen, a meeting offered and the region sought."""
    of: dict[str, Any] = {"case_id": story.case.id}
    mine = story.holder.id
    await story.add(
        story.holder,
        carrier=cases.CaseCarrier(**recorded(mine, 0), **of, officer_id=story.holder.officer),
        assessment=cases.NeedAssessment(
            **recorded(mine, 1),
            **of,
            assessed_on=MONDAY,
            need_seen_on=MONDAY,
            assessor_id=story.holder.officer,
            outcome="need",
            grounds=["contact", "health"],
            needs=["health_care"],
            individual_took_part=True,
            other_plan="none",
        ),
        offer=cases.Offer(
            **recorded(mine, 1), **of, answer="accepted", occurred_on=MONDAY, channel="telephone"
        ),
        contact=cases.Contact(
            **recorded(mine, 2),
            **of,
            with_org=story.region.id,
            about="time",
            occurred_at=at(2),
            channel="telephone",
            answered=False,
            names_the_person=False,
        ),
    )


async def the_consent(story: Story) -> None:
    """The individual agrees, names a person, adds to it later, and the region documents it."""
    mine = story.holder.id
    consent = consents.Consent(
        **recorded(mine, 4),
        case_id=story.case.id,
        kind="information_exchange",
        answer="given",
        given_by="individual",
        capacity="adult",
        manner="oral",
        said_at=at(4),
        informed_at=at(3),
        informed_of=["purpose"],
        information_adapted=True,
        taken_by=story.holder.officer,
        taker_name="An officer",
        taker_function=" ",
        secrecy_ground="consent",
        legal_basis="public_task",
    )
    of: dict[str, Any] = {"consent_id": consent.id, "case_id": story.case.id}
    extension = consents.ConsentExtension(
        **recorded(mine, 5), **of, said_at=at(5), manner="oral", changes_end=False
    )
    await story.add(
        story.holder,
        consent=consent,
        coverage=consents.ConsentCoverage(org_id=mine, **of, covered_org=story.region.id),
        close_person=consents.ConsentPerson(
            org_id=mine, id=new_id(), **of, relation="close_person", name_sealed=SEALED
        ),
        extension=extension,
        added=consents.ConsentCoverage(
            org_id=mine, **of, covered_org=story.stranger.id, extension_id=extension.id
        ),
    )
    said: dict[str, Any] = {"consent_org": mine, **of}
    await story.add(
        story.region,
        documentation=consents.ConsentDocumentation(
            **recorded(story.region.id, 6), **said, documented_on=MONDAY
        ),
    )
    await story.add(
        story.holder,
        withdrawal=consents.ConsentWithdrawal(
            **recorded(mine, 7),
            **said,
            kind="withdrawn",
            covered_org=story.stranger.id,
            said_at=at(6),
            manner="oral",
        ),
    )
