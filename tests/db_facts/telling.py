"""One case in which everything has happened once."""

from app.db.database import Database
from app.db.ids import new_id
from app.db.tables import cases
from tests.db_facts.directory import Body, enter, invented_agreement
from tests.db_facts.story import SEALED, Story, at, recorded
from tests.db_facts.telling_the_meeting import the_meeting, the_proceedings, the_summons
from tests.db_facts.telling_the_need import the_consent, the_need
from tests.db_facts.telling_the_plan import the_end, the_plan


async def tell(database: Database, migration_url: str) -> Story:
    """Stage organisations of its own and let the whole story happen."""
    agreement = invented_agreement()
    holder = Body("public_employment_service", "AF", "018-00 00 00")
    region = Body("region", "REGION", None)
    stranger = Body("other", None, None)
    await enter(migration_url, agreement, holder, region, stranger)
    person = cases.Individual(
        org_id=holder.id,
        id=new_id(),
        name_sealed=SEALED,
        identity_kind="none",
        protected_identity="none",
        municipality="0380",
        has_communication_needs="no",
        recorded_at=at(0),
    )
    case = cases.CaseFile(
        **recorded(holder.id, 0), individual_id=person.id, unit_id=holder.unit, agreement_id=agreement.id
    )
    story = Story(database, agreement, holder, region, stranger, case, {})
    await story.add(holder, person=person, case=case)
    await the_need(story)
    await the_consent(story)
    await the_meeting(story)
    await the_summons(story)
    await the_proceedings(story)
    await the_plan(story)
    await the_end(story)
    return story
