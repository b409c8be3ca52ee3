"""Everybody speaks in rows of its own, about what it sees or holds a copy of, also after a withdrawal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import SQLModel

from app.db.ids import new_id
from app.db.tables.consents import ConsentDocumentation
from app.db.tables.summonses import Preparedness
from app.errors import NotFound, Unavailable
from tests.db import rows
from tests.db.scene import Scene

pytestmark = pytest.mark.database

Word = Callable[[UUID, UUID, UUID, UUID], SQLModel]


def prepared(by: UUID, item_org: UUID, item: UUID, case: UUID) -> Preparedness:
    """The speaker has prepared."""
    return Preparedness(
        org_id=by,
        id=new_id(),
        item_org=item_org,
        item_id=item,
        case_id=case,
        said_at=rows.LONG_AGO,
        recorded_by=new_id(),
        recorded_at=rows.LONG_AGO,
    )


WORDS: dict[str, tuple[str, Word]] = {
    "summons_reply": ("summons", rows.reply),
    "preparedness": ("summons", prepared),
    "plan_approval": ("plan", rows.approval),
    "commitment": ("plan", rows.commitment),
    "follow_up_report": ("meeting", rows.report),
    "plan_draft": ("meeting", rows.draft),
}
EVERY_WORD = pytest.mark.parametrize("table", sorted(WORDS))


async def shown_everything(scene: Scene) -> tuple[Any, dict[str, UUID]]:
    """B is called, shown the meeting and a plan, and has copies of the letter and the plan."""
    consent = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    letter, _ = await scene.call(scene.b, consent)
    version, _, shown = await scene.propose(scene.b, consent)
    await scene.deliver(scene.a, shown, scene.b)
    return consent, {"summons": letter.id, "meeting": scene.meeting.id, "plan": version.id}


@EVERY_WORD
async def test_the_receiver_speaks_before_and_after_a_withdrawal(scene: Scene, table: str) -> None:
    """What B says of what it received is always recorded: consent gates acts and reading, not statements."""
    kind, word = WORDS[table]
    consent, items = await shown_everything(scene)
    said = word(scene.b.id, scene.a.id, items[kind], scene.case.id)
    await scene.add(scene.b, said)
    await scene.withdraw(scene.b, consent)
    await scene.add(scene.b, word(scene.b.id, scene.a.id, items[kind], scene.case.id))
    assert await scene.count(scene.b, table) == 2
    assert await scene.count(scene.c, table) == 0


@EVERY_WORD
async def test_the_holder_hears_what_is_said(scene: Scene, table: str) -> None:
    """A sees B's words about A's item, also those after a withdrawal; a draft is seen once handed over."""
    kind, word = WORDS[table]
    consent, items = await shown_everything(scene)
    await scene.withdraw(scene.a, consent)
    await scene.add(scene.b, word(scene.b.id, scene.a.id, items[kind], scene.case.id))
    assert await scene.count(scene.a, table) == (0 if table == "plan_draft" else 1)


@EVERY_WORD
async def test_hidden_and_invented_items_are_refused_alike(scene: Scene, table: str) -> None:
    """C speaks of A's item, of an invented one, of an invented case or with nonsense beside: one answer."""
    kind, word = WORDS[table]
    _, items = await shown_everything(scene)
    hidden = word(scene.c.id, scene.a.id, items[kind], scene.case.id)
    nonsense = word(scene.c.id, scene.a.id, items[kind], scene.case.id)
    if "channel" in nonsense.__dict__:
        nonsense.__dict__["channel"] = "a channel that does not exist"
    attempts = [
        hidden,
        nonsense,
        word(scene.c.id, scene.a.id, new_id(), scene.case.id),
        word(scene.c.id, new_id(), new_id(), new_id()),
    ]
    answers = []
    for attempt in attempts:
        with pytest.raises(NotFound) as refusal:
            await scene.add(scene.c, attempt)
        answers.append((type(refusal.value), str(refusal.value), refusal.value.__cause__))
    assert len(set(answers)) == 1


@EVERY_WORD
async def test_a_word_names_its_items_own_case(scene: Scene, table: str) -> None:
    """B cannot put a word about one case's item into another case's picture."""
    kind, word = WORDS[table]
    _, items = await shown_everything(scene)
    with pytest.raises(NotFound):
        await scene.add(scene.b, word(scene.b.id, scene.a.id, items[kind], new_id()))


@EVERY_WORD
async def test_nobody_speaks_with_anothers_voice(scene: Scene, table: str) -> None:
    """A row under B's organisation is B's to write, also where A may know the item."""
    kind, word = WORDS[table]
    _, items = await shown_everything(scene)
    with pytest.raises(NotFound):
        await scene.add(scene.a, word(scene.b.id, scene.a.id, items[kind], scene.case.id))


async def test_without_a_copy_the_view_is_enough_and_ends(scene: Scene) -> None:
    """B objects to a plan it was shown and not given; after a withdrawal, holding nothing, it cannot."""
    consent = await scene.consent(scene.b)
    version, _, _ = await scene.propose(scene.b, consent)
    await scene.add(scene.b, rows.approval(scene.b.id, scene.a.id, version.id, scene.case.id))
    await scene.withdraw(scene.b, consent)
    with pytest.raises(NotFound):
        await scene.add(scene.b, rows.approval(scene.b.id, scene.a.id, version.id, scene.case.id))


async def test_a_commitment_is_reported_on_after_a_withdrawal(scene: Scene) -> None:
    """B withdraws and then reports its action done, and A's picture of the case shows it."""
    consent = await scene.consent(scene.b)
    version, promised, shown = await scene.propose(scene.b, consent)
    await scene.deliver(scene.a, shown, scene.b)
    about = (scene.b.id, scene.a.id, version.id, scene.case.id, promised.id)
    await scene.add(scene.b, rows.commitment(*about, "accepted"))
    await scene.withdraw(scene.b, consent, scene.b)
    await scene.add(scene.b, rows.commitment(*about, "done"))
    picture = await scene.facts(scene.a)
    assert picture is not None
    assert [one["status"] for one in picture["commitment"]] == ["accepted", "done"]


async def test_the_chair_sees_a_draft_when_it_is_handed_over(scene: Scene) -> None:
    """A draft is the recorder's until B hands it over; A cannot change it, and B cannot send it elsewhere."""
    consent = await scene.consent(scene.b)
    await scene.show("meeting", scene.meeting.id, consent, scene.b)
    written = rows.draft(scene.b.id, scene.a.id, scene.meeting.id, scene.case.id)
    await scene.add(scene.b, written)
    assert await scene.count(scene.a, "plan_draft") == 0
    async with scene.act(scene.b) as tx:
        await tx.call(
            "update flerpart.plan_draft set handed_over_at = $1 where id = $2", rows.LONG_AGO, written.id
        )
        await tx.commit()
    assert await scene.count(scene.a, "plan_draft") == 1
    assert await scene.count(scene.c, "plan_draft") == 0
    for column in ("item_org", "meeting_id", "case_id", "org_id"):
        with pytest.raises(Unavailable):
            async with scene.act(scene.b) as tx:
                await tx.call(f"update flerpart.plan_draft set {column} = $1", scene.c.id)
    async with scene.act(scene.a) as tx:
        await tx.call("update flerpart.plan_draft set version = 9")
        await tx.commit()
    assert await scene.count(scene.b, "plan_draft", where="version = 1") == 1


WORDS_ON_PLAN = "select * from gate_visibility.words_on_plan($1, $2)"


async def test_outcomes_reach_covered_holders_without_reasons(scene: Scene) -> None:
    """B and A read what was said of the plan and by whom, without reason or name; C reads nothing."""
    consent = await scene.consent(scene.b)
    version, promised, _ = await scene.propose(scene.b, consent)
    about = (scene.b.id, scene.a.id, version.id, scene.case.id)
    await scene.add(scene.b, rows.approval(*about), rows.commitment(*about, promised.id))
    for who, heard in ((scene.a, 2), (scene.b, 2), (scene.c, 0)):
        async with scene.act(who) as tx:
            words = await tx.table(WORDS_ON_PLAN, scene.a.id, version.id)
        assert len(words) == heard
        for word in words:
            assert word["speaker_org"] == scene.b.id
            assert rows.SEALED not in tuple(word)
    assert await scene.count(scene.b, "plan_approval") == 1
    await scene.withdraw(scene.a, consent)
    async with scene.act(scene.b) as tx:
        assert await tx.table(WORDS_ON_PLAN, scene.a.id, version.id) == []


async def test_reasons_are_the_speakers_and_the_holders(scene: Scene) -> None:
    """C, covered like B and shown the plan, sees no row of B's words, where the reasons are."""
    consent = await scene.consent(scene.b, scene.c)
    version, _, _ = await scene.propose(scene.b, consent)
    await scene.show("plan", version.id, consent, scene.c)
    await scene.add(scene.b, rows.approval(scene.b.id, scene.a.id, version.id, scene.case.id))
    assert await scene.count(scene.c, "plan") == 1
    assert await scene.count(scene.c, "plan_approval") == 0
    async with scene.act(scene.c) as tx:
        assert len(await tx.table(WORDS_ON_PLAN, scene.a.id, version.id)) == 1


async def test_the_gates_tell_the_nameless_nothing(scene: Scene) -> None:
    """Without a context every question to a gate is answered no, also where all ids are known."""
    consent, items = await shown_everything(scene)
    await scene.add(scene.b, rows.approval(scene.b.id, scene.a.id, items["plan"], scene.case.id))
    a, case = scene.a.id, scene.case.id
    questions: list[tuple[Any, ...]] = [
        ("select gate_visibility.known('plan', $1, $2, $3)", a, items["plan"], case),
        ("select gate_visibility.disclosed('plan', $1, $2)", a, items["plan"]),
        ("select gate_visibility.live($1, $2, $3)", a, consent.id, scene.b.id),
        ("select gate_visibility.covered($1, $2)", a, consent.id),
        ("select count(*) > 0 from gate_visibility.words_on_plan($1, $2)", a, items["plan"]),
        ("select count(*) > 0 from gate_visibility.disclosed_page('plan', 20)",),
        ("select gate_facts.of_case($1, $2, false) is not null", a, case),
        ("select gate_facts.lock_case($1, $2)", a, case),
        ("select count(*) > 0 from gate_statistics.shown('a', 'b', '2000-01-01', '2100-01-01')",),
    ]
    for sql, *arguments in questions:
        assert [tuple(row) for row in await scene.database.identify(sql, *arguments)] == [(False,)]


async def test_only_whom_consent_covers_documents_it(scene: Scene) -> None:
    """B documents the consent by its own routine, A too; C's is refused like one of an invented consent."""
    consent = await scene.consent(scene.b)

    def documented(by: UUID, of: UUID) -> ConsentDocumentation:
        return ConsentDocumentation(
            org_id=by,
            id=new_id(),
            consent_org=scene.a.id,
            consent_id=of,
            case_id=scene.case.id,
            documented_on=rows.TODAY,
            recorded_by=new_id(),
            recorded_at=rows.LONG_AGO,
        )

    await scene.add(scene.b, documented(scene.b.id, consent.id))
    await scene.add(scene.a, documented(scene.a.id, consent.id))
    for of in (consent.id, new_id()):
        with pytest.raises(NotFound):
            await scene.add(scene.c, documented(scene.c.id, of))
    assert await scene.count(scene.a, "consent_documentation") == 2
    assert await scene.count(scene.b, "consent_documentation") == 1
