"""What one organisation shows another: only by an act, under a consent that covers item and receiver."""

import pytest

from app.db.ids import new_id
from app.errors import NotFound, Unavailable
from tests.db import rows
from tests.db.scene import Scene

pytestmark = pytest.mark.database

SHOWN_WITH_THE_MEETING = [
    "meeting",
    "meeting_change",
    "meeting_opening",
    "attendance",
    "chair_transfer",
    "recorder_appointment",
    "conclusion",
    "follow_up_decision",
]


async def test_consent_alone_shows_nothing(scene: Scene) -> None:
    """Consent that covers B permits showing; until A acts, B sees the consent and its own coverage only."""
    await scene.consent(scene.b, scene.c)
    assert await scene.count(scene.b, "consent") == 1
    assert await scene.count(scene.b, "consent_coverage") == 1
    assert await scene.count(scene.a, "consent_coverage") == 2
    assert await scene.count(scene.b, "meeting") == 0
    assert await scene.count(scene.b, "case_file") == 0
    assert await scene.count(scene.b, "individual") == 0


async def test_an_act_under_consent_shows_its_item_to_its_receiver(scene: Scene) -> None:
    """B sees the meeting it was shown, the disclosure and its copy of the letter; A no copy; C nothing."""
    consent = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    await scene.call(scene.b, consent)
    assert await scene.count(scene.b, "meeting") == 1
    assert await scene.count(scene.b, "disclosure") == 2
    assert await scene.count(scene.b, "received_copy") == 1
    assert await scene.count(scene.b, "summons") == 0
    assert await scene.count(scene.b, "case_file") == 0
    assert await scene.count(scene.a, "received_copy") == 0
    for table in ("meeting", "disclosure", "received_copy", "consent", "consent_coverage"):
        assert await scene.count(scene.c, table) == 0


async def test_another_meeting_of_the_case_stays_hidden(scene: Scene) -> None:
    """An act shows its item, not its neighbours."""
    consent = await scene.consent(scene.b)
    await scene.add(scene.a, rows.meeting(scene.case))
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    assert await scene.count(scene.a, "meeting") == 2
    assert await scene.count(scene.b, "meeting") == 1


async def test_what_is_shown_is_not_the_receivers_to_change(scene: Scene) -> None:
    """B reads A's meeting, and its UPDATE of it finds no row."""
    consent = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    sql = (
        "with c as (update flerpart.meeting set version = 9 where id = $1 returning 1) select count(*) from c"
    )
    async with scene.act(scene.b) as tx:
        assert await tx.call(sql, scene.meeting.id) == 0
    async with scene.act(scene.a) as tx:
        assert await tx.call(sql, scene.meeting.id) == 1


async def test_only_the_holder_discloses(scene: Scene) -> None:
    """B cannot show on what was shown to it, under A's name or its own."""
    consent = await scene.consent(scene.b, scene.c)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    in_as_name = rows.disclosure("meeting", scene.meeting.id, consent, scene.c.id)
    in_own_name = rows.disclosure("meeting", scene.meeting.id, consent, scene.c.id)
    in_own_name.org_id = scene.b.id
    for attempt in (in_as_name, in_own_name):
        with pytest.raises(NotFound):
            await scene.add(scene.b, attempt)


async def test_nothing_is_shown_to_whom_consent_does_not_cover(scene: Scene) -> None:
    """A disclosure to C under a consent that covers B is refused, and so is one to nobody we know."""
    consent = await scene.consent(scene.b)
    for receiver in (scene.c.id, new_id()):
        with pytest.raises(NotFound):
            await scene.add(scene.a, rows.disclosure("meeting", scene.meeting.id, consent, receiver))


async def test_a_disclosure_shows_an_item_of_the_consents_own_case(scene: Scene) -> None:
    """Consent in one case shows nothing of another case of the same person, whatever case is claimed."""
    consent = await scene.consent(scene.b)
    other = rows.case_file(scene.a.id, scene.a.unit, scene.person.id)
    elsewhere = rows.meeting(other)
    await scene.add(scene.a, other, elsewhere)
    for claimed in (scene.case.id, other.id):
        with pytest.raises(NotFound):
            await scene.add(
                scene.a, rows.disclosure("meeting", elsewhere.id, consent, scene.b.id, case_id=claimed)
            )
    await scene.show("meeting", scene.meeting.id, consent, scene.b)


async def test_hidden_and_invented_items_are_refused_alike(scene: Scene) -> None:
    """A discloses another's item, an invented item, and an item under an invented consent: one answer."""
    consent = await scene.consent(scene.b)
    invented = rows.consent(scene.case)
    attempts = [
        rows.disclosure("meeting", new_id(), consent, scene.b.id),
        rows.disclosure("plan", scene.meeting.id, consent, scene.b.id),
        rows.disclosure("draft", scene.meeting.id, consent, scene.b.id),
        rows.disclosure("meeting", scene.meeting.id, invented, scene.b.id),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            await scene.add(scene.a, attempt)


async def test_consent_to_the_call_opens_no_meeting_and_no_plan(scene: Scene) -> None:
    """A meeting and a plan rest on consent to the exchange of information; a letter may rest on the call."""
    to_the_call = await scene.consent(scene.b, kind="call")
    version = rows.plan(scene.meeting)
    await scene.add(scene.a, version)
    for kind, item in (("meeting", scene.meeting.id), ("plan", version.id)):
        with pytest.raises(NotFound):
            await scene.show(kind, item, to_the_call, scene.b)
    await scene.call(scene.b, to_the_call)
    assert await scene.count(scene.b, "received_copy") == 1


async def test_a_summons_is_shown_to_its_recipient_only(scene: Scene) -> None:
    """B's letter is not disclosed to C, though consent covers C too."""
    consent = await scene.consent(scene.b, scene.c)
    letter, _ = await scene.call(scene.b, consent)
    with pytest.raises(NotFound):
        await scene.show("summons", letter.id, consent, scene.c)


async def test_a_notice_goes_to_whoever_was_summoned(scene: Scene) -> None:
    """A notice about the case needs a summons to that organisation before it."""
    consent = await scene.consent(scene.b, scene.c)
    await scene.call(scene.b, consent)
    await scene.show("notice", new_id(), consent, scene.b)
    with pytest.raises(NotFound):
        await scene.show("notice", new_id(), consent, scene.c)


async def test_a_row_that_is_bound_cannot_be_moved(scene: Scene) -> None:
    """A meeting that was shown cannot be moved to another case, another person or another organisation."""
    for column in ("case_id", "individual_id", "org_id", "id"):
        with pytest.raises(Unavailable):  # the right is lacking, whoever asks
            async with scene.act(scene.a) as tx:
                await tx.call(
                    f"update flerpart.meeting set {column} = $1 where id = $2", new_id(), scene.meeting.id
                )


async def test_an_answer_to_a_question_reaches_whom_the_summons_was_sent_to(scene: Scene) -> None:
    """B reads A's answer while consent lives; C does not; after a withdrawal nobody is answered."""
    consent = await scene.consent(scene.b, scene.c)
    letter, _ = await scene.call(scene.b, consent)
    await scene.add(scene.a, rows.query_answer(letter, scene.b.id))
    assert await scene.count(scene.b, "query_answer") == 1
    assert await scene.count(scene.c, "query_answer") == 0
    with pytest.raises(NotFound):
        await scene.add(scene.a, rows.query_answer(letter, scene.c.id))
    await scene.withdraw(scene.b, consent, scene.b)
    assert await scene.count(scene.b, "query_answer") == 0
    with pytest.raises(NotFound):
        await scene.add(scene.a, rows.query_answer(letter, scene.b.id))


async def test_a_stranger_may_use_the_same_ids(scene: Scene) -> None:
    """Keys are per organisation: C stores A's ids as its own, and learns nothing by it."""
    person = rows.individual(scene.c.id)
    person.id = scene.person.id
    case = rows.case_file(scene.c.id, scene.c.unit, person.id)
    case.id = scene.case.id
    await scene.add(scene.c, person, case)
    assert await scene.count(scene.c, "case_file") == 1


@pytest.mark.parametrize("table", [*SHOWN_WITH_THE_MEETING, "plan", "action", "plan_distribution"])
async def test_no_row_is_written_in_anothers_name(scene: Scene, table: str) -> None:
    """An INSERT with A's organisation in it is refused for C before any other check speaks."""
    with pytest.raises(NotFound):
        async with scene.act(scene.c) as tx:
            await tx.call(f"insert into flerpart.{table} (org_id, id) values ($1, $2)", scene.a.id, new_id())
