"""Withdrawal ends live views and further acts in its own transaction, and keeps what is held."""

import pytest

from app.db.ids import new_id
from app.errors import NotFound
from tests.db import rows
from tests.db.scene import Organisation, Scene, soon

pytestmark = pytest.mark.database


async def test_a_withdrawal_for_one_organisation_ends_its_view_at_once(scene: Scene) -> None:
    """B withdraws for itself: it sees its copies, its words, the consent, no item of A's; C goes on."""
    consent = await scene.consent(scene.b, scene.c)
    for one in (scene.b, scene.c):
        await scene.show("meeting", scene.meeting.id, consent, one)
    letter, _ = await scene.call(scene.b, consent)
    await scene.add(scene.b, rows.reply(scene.b.id, scene.a.id, letter.id, scene.case.id))
    async with scene.act(scene.b) as tx:
        await tx.add(rows.withdrawal(scene.b.id, consent, scene.b.id))
        assert await tx.call("select count(*) from flerpart.meeting") == 0
        await tx.commit()
    seen = {
        table: await scene.count(scene.b, table)
        for table in (
            *("meeting", "disclosure", "received_copy", "summons_reply"),
            *("consent", "consent_coverage", "consent_withdrawal"),
        )
    }
    assert seen == {
        "meeting": 0,
        "disclosure": 0,
        "received_copy": 1,
        "summons_reply": 1,
        "consent": 1,
        "consent_coverage": 1,
        "consent_withdrawal": 1,
    }
    assert await scene.count(scene.c, "meeting") == 1
    assert await scene.count(scene.c, "consent_withdrawal") == 0
    assert await scene.count(scene.a, "consent_withdrawal") == 1


async def test_a_whole_withdrawal_ends_every_view(scene: Scene) -> None:
    """The individual tells B, B records it: neither B nor C sees A's items, and both see that it happened."""
    consent = await scene.consent(scene.b, scene.c)
    for one in (scene.b, scene.c):
        await scene.show("meeting", scene.meeting.id, consent, one)
    await scene.withdraw(scene.b, consent)
    for one in (scene.b, scene.c):
        assert await scene.count(one, "meeting") == 0
        assert await scene.count(one, "disclosure") == 0
        assert await scene.count(one, "consent_withdrawal") == 1
    assert await scene.count(scene.a, "meeting") == 1


async def test_the_holder_withdraws_for_one(scene: Scene) -> None:
    """A records the withdrawal for C alone; B goes on."""
    consent = await scene.consent(scene.b, scene.c)
    for one in (scene.b, scene.c):
        await scene.show("meeting", scene.meeting.id, consent, one)
    await scene.withdraw(scene.a, consent, scene.c)
    assert await scene.count(scene.b, "meeting") == 1
    assert await scene.count(scene.c, "meeting") == 0


async def test_withdrawing_twice_is_harmless(scene: Scene) -> None:
    """The second word is kept beside the first and changes nothing."""
    consent = await scene.consent(scene.b)
    await scene.withdraw(scene.b, consent)
    await scene.withdraw(scene.b, consent)
    await scene.withdraw(scene.a, consent, scene.b)
    assert await scene.count(scene.a, "consent_withdrawal") == 3
    assert await scene.count(scene.b, "consent") == 1


async def test_a_stranger_withdraws_nothing_and_learns_nothing(scene: Scene) -> None:
    """C's withdrawal of a consent hidden from it and of an invented one: one answer, and B goes on seeing."""
    consent = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    hidden = rows.withdrawal(scene.c.id, consent, None)
    invented = rows.withdrawal(scene.c.id, consent, None, consent_id=new_id())
    as_a = rows.withdrawal(scene.a.id, consent, None)
    for attempt in (hidden, invented, as_a):
        with pytest.raises(NotFound):
            await scene.add(scene.c, attempt)
    assert await scene.count(scene.b, "meeting") == 1


async def test_a_withdrawal_names_the_consents_own_case(scene: Scene) -> None:
    """A withdrawal under another case would be missed by that case's picture, and is refused."""
    consent = await scene.consent(scene.b)
    with pytest.raises(NotFound):
        await scene.add(scene.b, rows.withdrawal(scene.b.id, consent, None, case_id=new_id()))


async def test_no_act_toward_whom_consent_no_longer_covers(scene: Scene) -> None:
    """After the withdrawal A neither discloses anew nor delivers what it disclosed before."""
    consent = await scene.consent(scene.b)
    version, _, shown = await scene.propose(scene.b, consent)
    await scene.withdraw(scene.b, consent, scene.b)
    with pytest.raises(NotFound):
        await scene.show("meeting", scene.meeting.id, consent, scene.b)
    with pytest.raises(NotFound):
        await scene.deliver(scene.a, shown, scene.b)
    assert await scene.count(scene.b, "received_copy", where=f"id = '{version.id}'") == 0


async def test_new_consent_revives_nothing_and_permits_new_acts(scene: Scene) -> None:
    """Under a new consent B sees nothing until A shows it again."""
    first = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, first, scene.b)
    await scene.withdraw(scene.b, first)
    again = await scene.consent(scene.b)
    assert await scene.count(scene.b, "meeting") == 0
    await scene.show("meeting", scene.meeting.id, again, scene.b)
    assert await scene.count(scene.b, "meeting") == 1
    assert await scene.count(scene.b, "disclosure") == 1


async def test_an_end_comes_by_the_contexts_instant(scene: Scene) -> None:
    """Consent to a day is live until its instant and not at it."""
    end = soon(20)
    consent = await scene.consent(scene.b, ends_at=end)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    assert await scene.count(scene.b, "meeting", soon(10)) == 1
    assert await scene.count(scene.b, "meeting", end) == 0
    assert await scene.count(scene.b, "meeting", soon(30)) == 0
    assert await scene.count(scene.b, "consent", soon(30)) == 1


async def test_an_extension_keeps_what_was_shown(scene: Scene) -> None:
    """A later end on the same consent: nothing need be shown again."""
    consent = await scene.consent(scene.b, ends_at=soon(10))
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    assert await scene.count(scene.b, "meeting", soon(20)) == 0
    await scene.add(scene.a, rows.extension(consent, soon(30), rows.AFTERWARDS))
    assert await scene.count(scene.b, "meeting", soon(20)) == 1
    assert await scene.count(scene.b, "meeting", soon(40)) == 0
    assert await scene.count(scene.b, "consent_extension") == 1


async def test_an_extension_to_more_organisations_leaves_the_end(scene: Scene) -> None:
    """Adding C moves no end: a consent to a day does not become one for ever."""
    consent = await scene.consent(scene.b, ends_at=soon(10))
    more = rows.extension(consent, None, rows.AFTERWARDS)
    await scene.add(scene.a, more, rows.coverage(consent, scene.c.id))
    for one in (scene.b, scene.c):
        await scene.show("meeting", scene.meeting.id, consent, one)
        assert await scene.count(one, "meeting") == 1
        assert await scene.count(one, "meeting", soon(20)) == 0


async def test_the_latest_word_on_the_end_counts(scene: Scene) -> None:
    """An extension said later may also end the consent sooner."""
    consent = await scene.consent(scene.b, ends_at=soon(10))
    await scene.add(scene.a, rows.extension(consent, soon(20), rows.AFTERWARDS + (soon(60) - soon(0))))
    await scene.add(scene.a, rows.extension(consent, soon(40), rows.AFTERWARDS))
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    assert await scene.count(scene.b, "meeting", soon(15)) == 1
    assert await scene.count(scene.b, "meeting", soon(30)) == 0


async def test_an_extension_does_not_undo_a_withdrawal(scene: Scene) -> None:
    """What was taken back stays so, however long the consent is made."""
    consent = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    await scene.withdraw(scene.b, consent, scene.b)
    await scene.add(scene.a, rows.extension(consent, soon(60), rows.AFTERWARDS))
    assert await scene.count(scene.b, "meeting") == 0


@pytest.mark.parametrize(
    "said",
    [
        {"informed_at": None},
        {"informed_at": rows.AFTERWARDS, "said_at": rows.LONG_AGO},
        {"answer": "refused"},
        {"ends_at": rows.AFTERWARDS},
    ],
    ids=["without information", "informed afterwards", "refused", "already ended"],
)
async def test_a_consent_that_is_not_live_permits_nothing(scene: Scene, said: dict[str, object]) -> None:
    """Consent without prior information, refused, or ended covers nobody; the same with all in order does."""
    await scene.show("meeting", scene.meeting.id, await scene.consent(scene.b), scene.b)
    with pytest.raises(NotFound):
        await scene.show("meeting", scene.meeting.id, await scene.consent(scene.b, **said), scene.b)


async def test_a_consent_not_yet_said_permits_nothing(scene: Scene) -> None:
    """Consent counts from the instant it was said."""
    consent = await scene.consent(scene.b, informed_at=soon(30), said_at=soon(30))
    with pytest.raises(NotFound):
        await scene.show("meeting", scene.meeting.id, consent, scene.b)


async def test_only_those_concerned_are_told_whether_consent_lives(scene: Scene) -> None:
    """The gate answers the holder and the organisation concerned; C, who knows every id, hears no."""
    consent = await scene.consent(scene.b)

    async def told(who: Organisation) -> object:
        async with scene.act(who) as tx:
            return await tx.call(
                "select gate_visibility.live($1, $2, $3)", scene.a.id, consent.id, scene.b.id
            )

    assert await told(scene.a) is True
    assert await told(scene.b) is True
    assert await told(scene.c) is False
    await scene.withdraw(scene.a, consent)
    assert await told(scene.a) is False
    assert await told(scene.c) is False
