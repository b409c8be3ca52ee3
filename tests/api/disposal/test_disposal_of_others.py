"""Disposal and the others: what they have received is theirs, and a word goes when both have let it go."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.api.conftest import Application, Staff
from tests.api.disposal.scenes import OTHERS, Archive, Course, archive, course, statuses
from tests.api.planning import said
from tests.api.withdrawing import rows

SPOKEN = "select count(*) from flerpart.commitment where case_id = $1"


@pytest.fixture
async def fk(staff: Staff) -> Archive:
    """Försäkringskassan's archive."""
    return await archive(staff, "FK")


@pytest.fixture
async def af(staff: Staff) -> Archive:
    """Arbetsförmedlingen's archive."""
    return await archive(staff, "AF")


@pytest.fixture
async def done(staff: Staff) -> Course:
    """Försäkringskassan's case, to whose end Arbetsförmedlingen has come along."""
    return await course(await staff("FK"), await staff("AF"))


async def words_left(application: Application, done: Course) -> int:
    """How many words of its own the called organisation still has on its action."""
    (row,) = await rows(application, done.called, SPOKEN, done.case.id)
    count: int = row[0]
    return count


def copies_of(done: Course) -> list[UUID]:
    """The ids of what the called organisation has received."""
    return [UUID(path.rsplit("/", 1)[1]) for path in (done.summons, done.plan)]


async def letting_go(af: Archive, done: Course) -> None:
    """The called organisation disposes of its copies, and of what it has said."""
    copies, words = [await af.rule(months=0, **OTHERS[kind]) for kind in ("received_copy", "statement")]
    assert await af.due(words, done.case.id) == []
    await af.dispose(copies, *copies_of(done))
    assert await af.due(words, done.case.id) == [str(done.case.id)]
    await af.dispose(words, done.case.id)
    assert await af.due(words, done.case.id) == []


async def test_what_others_have_received_goes_on_working(fk: Archive, done: Course) -> None:
    """The called organisation's copies read the same after the holder has disposed of the case."""
    documents: Callable[[dict[str, Any]], Any] = lambda told: told.get("document") or told.get("letter")  # noqa: E731
    before = [documents((await done.called.get(path)).json()) for path in done.of_called]
    await fk.dispose(await fk.rule(months=0), done.case.id)
    assert await statuses(done.called, done.of_called) == [200] * 3
    assert [documents((await done.called.get(path)).json()) for path in done.of_called] == before
    assert any(before)


async def test_an_owner_goes_on_speaking_of_its_action(fk: Archive, done: Course) -> None:
    """Its copy of the plan is enough, also when the holder's plan is gone."""
    await fk.dispose(await fk.rule(months=0), done.case.id)
    answer = await done.called.post(f"{done.action}/commitments", said(status="done"))
    assert answer.status_code == 201, answer.text


async def test_a_received_copy_is_its_holders_to_dispose_of(af: Archive, done: Course) -> None:
    """Its copies go under its own rule, from the day they came in; the sender's case is not touched."""
    rule, mine = await af.rule(months=12, **OTHERS["received_copy"]), copies_of(done)
    assert await af.due(rule, *mine, on_day="2027-03-01") == []
    assert await af.due(rule, *mine, on_day="2027-03-02") == [str(one) for one in mine]
    await af.dispose(await af.rule(months=0, **OTHERS["received_copy"]), *mine)
    assert (await done.called.get(done.summons)).status_code == 404
    assert await statuses(done.holder, done.of_holder) == [200] * 6
    told = (await done.holder.get(done.plan)).json()
    assert str(done.called.organisation_id) in str(told["approvals"])


async def test_a_word_goes_when_both_have_let_go_of_it(
    fk: Archive, af: Archive, done: Course, application: Application
) -> None:
    """What was said of another's case stays as long as the holder has it, and goes with it when its speaker
    has let go before.
    """
    await letting_go(af, done)
    assert await words_left(application, done) == 1
    told = (await done.holder.get(done.plan)).json()
    assert str(done.called.organisation_id) in str(told["approvals"])
    await fk.dispose(await fk.rule(months=0), done.case.id)
    assert await words_left(application, done) == 0


async def test_a_word_stays_its_speakers_when_the_holder_lets_go_first(
    fk: Archive, af: Archive, done: Course, application: Application
) -> None:
    """The holder's disposal leaves what others have said, and it goes when they let go of it themselves."""
    await fk.dispose(await fk.rule(months=0), done.case.id)
    assert await words_left(application, done) == 1
    await letting_go(af, done)
    assert await words_left(application, done) == 0
