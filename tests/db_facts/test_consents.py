"""What becomes of a consent, and that database and domain agree on whom it covers."""

from datetime import datetime
from typing import Any

import pytest

from app.db.database import Database
from app.db.tables import consents
from app.domain.facts.basics import NoEnd
from app.domain.facts.consent import Consent, EndUnchanged, Extension, OneOrganisation, WholeConsent
from tests.db_facts.story import Story, at, recorded
from tests.db_facts.telling import tell

SOON, LATE = at(10), at(24 * 365 * 80)


@pytest.fixture(scope="module", name="story")
async def story_of_consents(door: Database, migration_url: str) -> Story:
    """A case of this file's own, since these tests write in it."""
    return await tell(door, migration_url)


async def ask_anew(
    story: Story, ends_at: datetime | None, *extensions: dict[str, Any], **words: dict[str, Any]
) -> Consent:
    """A consent of its own in the story's case: its first end, its extensions and the words that end it."""
    mine = story.holder.id
    consent = consents.Consent(
        **recorded(mine, 1),
        case_id=story.case.id,
        kind="call",
        answer="given",
        given_by="individual",
        capacity="adult",
        manner="oral",
        said_at=at(1),
        informed_at=at(1),
        informed_of=[],
        information_adapted=False,
        taken_by=story.holder.officer,
        taker_name="An officer",
        taker_function="caseworker",
        secrecy_ground="consent",
        legal_basis="public_task",
        ends_at=ends_at,
    )
    of: dict[str, Any] = {"consent_id": consent.id, "case_id": story.case.id}
    rows = [consents.ConsentCoverage(org_id=mine, **of, covered_org=story.region.id)]
    more = [
        consents.ConsentExtension(**recorded(mine, hours), **of, said_at=at(hours), manner="oral", **said)
        for hours, said in enumerate(extensions, start=2)
    ]
    last = [
        consents.ConsentWithdrawal(
            **recorded(mine, 9), consent_org=mine, **of, said_at=at(9), manner="oral", **said
        )
        for said in words.values()
    ]
    async with story.database.act(story.holder.caller()) as tx:
        await tx.add(consent, *rows, *more, *last)
        await tx.commit()
    facts = (await story.seen_by(story.holder)).case.consents
    return next(one for one in facts if one.id == consent.id)


@pytest.mark.parametrize(
    ("ends_at", "extensions", "end"),
    [
        (None, [], NoEnd()),
        (SOON, [], SOON),
        (SOON, [{"changes_end": False}], SOON),
        (SOON, [{"changes_end": True, "ends_at": LATE}], LATE),
        (SOON, [{"changes_end": True}], NoEnd()),
        (LATE, [{"changes_end": True, "ends_at": SOON}], SOON),
        (SOON, [{"changes_end": True, "ends_at": LATE}, {"changes_end": False}], LATE),
        (SOON, [{"changes_end": True, "ends_at": LATE}, {"changes_end": True, "ends_at": SOON}], SOON),
    ],
)
async def test_the_latest_extension_that_says_so_sets_the_end(
    story: Story, ends_at: datetime | None, extensions: list[dict[str, Any]], end: datetime | NoEnd
) -> None:
    """By the domain and by the gate alike, so that what the rules allow the policies show."""
    consent = await ask_anew(story, ends_at, *extensions)
    assert consent.final_end == end
    await agree(story, consent)


async def test_an_extension_without_an_end_leaves_it_unchanged(story: Story) -> None:
    """More organisations alone do not make a consent endless."""
    consent = await ask_anew(story, SOON, {"changes_end": False})
    assert consent.extensions == (Extension(consent.extensions[0].id, at(2), (), (), EndUnchanged()),)


async def test_a_whole_withdrawal_ends_it(story: Story) -> None:
    """Taken back whole, it covers nobody."""
    consent = await ask_anew(story, None, withdrawn={"kind": "withdrawn"})
    assert [one.scope for one in consent.withdrawals] == [WholeConsent()]
    assert not consent.entered_in_error
    await agree(story, consent)


async def test_a_withdrawal_for_one_ends_it_for_that_one(story: Story) -> None:
    """Taken back for the region, it no longer covers the region."""
    region = {"kind": "withdrawn", "covered_org": story.region.id}
    consent = await ask_anew(story, None, withdrawn=region)
    assert [one.scope for one in consent.withdrawals] == [OneOrganisation(story.region.id)]
    await agree(story, consent)


async def test_a_consent_entered_in_error_was_never_withdrawn(story: Story) -> None:
    """An error is not the individual's word: the consent covers nobody, and nothing was taken back."""
    consent = await ask_anew(story, None, error={"kind": "entered_in_error"})
    assert (consent.entered_in_error, consent.withdrawals) == (True, ())
    await agree(story, consent)


async def agree(story: Story, consent: Consent) -> None:
    """The gate of visibility and the domain give the same answer about the region now."""
    caller = story.holder.caller()
    async with story.database.act(caller) as tx:
        live = await tx.call(
            "select gate_visibility.live($1, $2, $3)", story.holder.id, consent.id, story.region.id
        )
    assert live == consent.covers(story.region.id, caller.instant)
