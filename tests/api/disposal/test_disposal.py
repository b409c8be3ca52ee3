"""Disposal: one proposes, another approves, and what a rule has named is gone, as if it had never been."""

import asyncio
import hashlib
from datetime import UTC, datetime

import pytest

from tests.api.conftest import Application, Clock, Staff
from tests.api.disposal.scenes import OTHERS, RULE, Archive, archive, closed, course, statuses
from tests.api.scenes import NEVER, case, consent, jointly, person, withdrawn
from tests.api.withdrawing import rows

FIVE_YEARS = {"days": 5 * 366}


@pytest.fixture
async def fk(staff: Staff) -> Archive:
    """Försäkringskassan's archive."""
    return await archive(staff, "FK")


async def test_a_case_is_disposed_of_from_the_day_its_time_has_run_out(
    fk: Archive, staff: Staff, clock: Clock
) -> None:
    """The day before it is kept; on the day it falls due, two may decide, and it is gone."""
    handler = await staff("FK")
    gone, rule = await closed(handler), await fk.rule()
    assert await fk.due(rule, gone.id, on_day="2029-03-01") == []
    assert await fk.due(rule, gone.id, on_day="2029-03-02") == [str(gone.id)]
    clock.now = datetime(2029, 3, 1, 22, 59, tzinfo=UTC)  # a minute before midnight in Stockholm
    early = await fk.propose(rule, gone.id)
    assert (early.status_code, early.json()["invalidParameters"][0]["pointer"]) == (422, "/itemIds/0")
    clock.forward(minutes=2)
    disposal = await fk.dispose(rule, gone.id)
    assert (await handler.get(gone.path)).status_code == 404
    (stone,) = (await fk.proposer.get(disposal)).json()["tombstones"]
    assert (stone["id"], stone["eventOn"]) == (str(gone.id), "2026-03-02")
    assert await fk.due(rule, gone.id) == []


@pytest.mark.parametrize(("day", "due"), [("2029-12-31", False), ("2030-01-01", True)])
async def test_time_may_be_counted_from_the_end_of_the_year(
    fk: Archive, staff: Staff, day: str, due: bool
) -> None:
    """Three years after the year in which the case was closed."""
    gone = await closed(await staff("FK"))
    rule = await fk.rule(fromYearEnd=True)
    assert await fk.due(rule, gone.id, on_day=day) == [str(gone.id)] * due


async def test_without_a_rule_nothing_is_disposed_of(fk: Archive, staff: Staff, clock: Clock) -> None:
    """Another organisation's rule, a rule of another kind, one not in force and one that keeps for good name
    nothing.
    """
    gone = await closed(await staff("FK"))
    clock.forward(**FIVE_YEARS)
    af = await archive(staff, "AF")
    theirs = await af.rule(months=0)
    coming = await fk.rule(inForceFrom="2099-01-01")
    of_copies = await fk.rule(**OTHERS["received_copy"])
    for_good = await fk.rule(months=None)
    assert await af.due(theirs, gone.id) == []
    for rule in (coming, of_copies, for_good):
        assert await fk.due(rule, gone.id) == []
        assert (await fk.propose(rule, gone.id)).status_code == 422
    assert (await fk.propose(theirs, gone.id)).status_code == 404


async def test_the_latest_rule_in_force_counts(staff: Staff, clock: Clock) -> None:
    """A newer rule takes the place of the earlier one from its day on, also for what was proposed before."""
    handler, kommun = await staff("KOMMUN"), await archive(staff, "KOMMUN")
    gone, earlier = await closed(handler), await kommun.rule()
    clock.forward(days=4 * 366)
    proposal = await kommun.propose(earlier, gone.id)
    later = await kommun.rule(months=120, inForceFrom="2030-01-01")
    assert await kommun.due(earlier, gone.id, on_day="2029-12-31") == [str(gone.id)]
    assert await kommun.due(earlier, gone.id) == await kommun.due(later, gone.id) == []
    refused = await kommun.approver.post(f"/joint-decisions/{proposal.json()['id']}/approvals", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "DISPOSAL_NOT_DUE")
    assert (await handler.get(gone.path)).status_code == 200


async def test_an_open_case_is_never_due_and_closing_asks_no_rule(
    fk: Archive, staff: Staff, clock: Clock
) -> None:
    """Whatever rule there is, a case without an end stays; and a case is closed without one, or with any."""
    handler = await staff("FK")
    begun, rule = await case(handler), await fk.rule(months=0)
    clock.forward(**FIVE_YEARS)
    assert await fk.due(rule, begun.id) == []
    await fk.rule(months=None)
    await closed(handler, begun)


async def test_time_may_be_counted_from_the_end_of_the_last_consent(
    fk: Archive, staff: Staff, clock: Clock
) -> None:
    """While a consent lives a closed case is kept; when the last was taken back or ran out, time runs."""
    handler, af = await staff("FK"), await staff("AF")
    living, back, out = [await closed(handler) for _ in range(3)]
    never = await closed(handler)
    await consent(handler, living, af)
    taken = await consent(handler, back, af)
    await consent(handler, out, af, endsOn="2026-06-01")
    rule, every = (
        await fk.rule(event="consent_ended", months=12),
        [one.id for one in (living, back, out, never)],
    )
    clock.forward(days=10)
    await withdrawn(handler, taken, af)
    assert await fk.due(rule, *every, on_day="2027-03-11") == []
    assert await fk.due(rule, *every, on_day="2027-03-12") == [str(back.id)]
    assert await fk.due(rule, *every, on_day="2027-06-01") == [str(back.id)]
    assert await fk.due(rule, *every, on_day="2027-06-02") == [str(back.id), str(out.id)]


async def test_nobody_disposes_of_anything_alone(fk: Archive, staff: Staff) -> None:
    """Neither the proposer, nor an approver without a proposal; whoever handles cases does neither."""
    handler = await staff("FK")
    gone, rule = await closed(handler), await fk.rule(months=0)
    path = f"/joint-decisions/{(await fk.propose(rule, gone.id)).json()['id']}/approvals"
    assert (await fk.proposer.post(path, {})).json()["code"] == "NOT_BY_ONESELF"
    assert (await handler.post(path, {})).status_code == 404
    for one in (handler, fk.approver):
        assert (await one.post(f"{rule}/disposals", {"itemIds": [str(gone.id)]})).status_code == 403
    assert (await handler.get(gone.path)).status_code == 200
    assert await fk.due(rule, gone.id) == [str(gone.id)]


async def test_approved_twice_at_once_it_happens_once(fk: Archive, staff: Staff) -> None:
    """Two managers approve in the same moment: one carries it out, and the other hears that it is decided."""
    gone, rule = await closed(await staff("FK")), await fk.rule(months=0)
    path = f"/joint-decisions/{(await fk.propose(rule, gone.id)).json()['id']}/approvals"
    another = await staff("FK", "manager")
    answers = await asyncio.gather(*(one.post(path, {}) for one in (fk.approver, another)))
    assert sorted(one.status_code for one in answers) == [201, 409]


async def test_two_proposals_of_the_same_thing_dispose_of_it_once(fk: Archive, staff: Staff) -> None:
    """The second finds that it is gone: refused, and what else it named stays."""
    handler = await staff("FK")
    gone, other, rule = await closed(handler), await closed(handler), await fk.rule(months=0)
    first, second = await fk.propose(rule, gone.id), await fk.propose(rule, other.id, gone.id)
    await jointly(first, fk.approver)
    refused = await fk.approver.post(f"/joint-decisions/{second.json()['id']}/approvals", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "DISPOSAL_NOT_DUE")
    assert (await handler.get(other.path)).status_code == 200


async def test_what_is_disposed_of_answers_like_what_never_was(fk: Archive, staff: Staff) -> None:
    """Case, meeting, consent, plan and person: the same bytes as for an id that nothing ever had."""
    done = await course(await staff("FK"), await staff("AF"))
    assert await statuses(done.holder, done.of_holder) == [200] * 6
    await fk.dispose(await fk.rule(months=0), done.case.id)
    await fk.dispose(await fk.rule(months=0, **OTHERS["individual"]), done.case.individual_id)
    for path in done.of_holder:
        parts = path.split("/")
        never = "/".join([*parts[:2], NEVER, *parts[3:]])
        real, absent = await done.holder.get(path), await done.holder.get(never)
        assert (real.status_code, real.content) == (404, absent.content), path


async def test_a_person_goes_when_nothing_is_left_of_them(fk: Archive, staff: Staff) -> None:
    """Whoever has a case is not due; whoever never had one, or whose case is gone, is."""
    handler = await staff("FK")
    alone, gone = await person(handler), await closed(handler)
    both, persons = (alone, gone.individual_id), await fk.rule(months=0, **OTHERS["individual"])
    assert await fk.due(persons, *both) == [str(alone)]
    await fk.dispose(await fk.rule(months=0), gone.id)
    assert await fk.due(persons, *both) == [str(one) for one in both]
    await fk.dispose(persons, *both)
    assert (await handler.get(f"/individuals/{alone}")).status_code == 404


async def test_the_certificate_says_what_was_done_and_nothing_of_anybody(fk: Archive, staff: Staff) -> None:
    """It names the rule with its source, the two who decided and each thing by its id, and has a digest."""
    done = await course(await staff("FK"), await staff("AF"))
    disposal = await fk.dispose(await fk.rule(months=0), done.case.id)
    told = (await fk.approver.get(f"{disposal}/certificate")).json()
    text = told["document"]["text"]
    assert told["digest"] == hashlib.sha256(text.encode()).hexdigest()
    officers = [await fk.proposer.get(f"/officers/{one.officer_id}") for one in (fk.proposer, fk.approver)]
    cited = [RULE["decision"], RULE["statute"], str(done.case.id), *(one.json()["name"] for one in officers)]
    for said in ("Gallringsbevis", *cited):
        assert said in text
    for secret in ("Kim", "Robin", "Åter i arbete", str(done.case.individual_id)):
        assert secret not in text


async def test_journal_and_read_log_outlive_what_they_are_about(
    fk: Archive, staff: Staff, application: Application
) -> None:
    """Who decided and who looked stands after the case is gone, and nothing of it has changed."""
    handler = await staff("FK")
    gone = await closed(handler)
    about = "select x::text from flerpart.{0} x where individual_id = $1 order by id"
    logs = [about.format(name) for name in ("journal_entry", "read_entry")]
    before = [await rows(application, handler, log, gone.individual_id) for log in logs]
    await fk.dispose(await fk.rule(months=0), gone.id)
    await fk.dispose(await fk.rule(months=0, **OTHERS["individual"]), gone.individual_id)
    assert [await rows(application, handler, log, gone.individual_id) for log in logs] == before
    assert all(before)


async def test_disposal_is_its_organisations_own(fk: Archive, staff: Staff) -> None:
    """Another organisation's rules, disposals and certificates do not exist."""
    rule = await fk.rule(months=0)
    disposal = await fk.dispose(rule, (await closed(await staff("FK"))).id)
    af = await archive(staff, "AF")
    paths = [rule, f"{rule}/preview", disposal, f"{disposal}/certificate"]
    for one in (af.proposer, af.approver):
        assert await statuses(one, paths) == [404] * 4
        for listed in ("/disposal-rules?limit=100", "/disposals?limit=100"):
            assert rule.rsplit("/", 1)[1] not in (await one.get(listed)).text
    assert rule.rsplit("/", 1)[1] in (await fk.approver.get("/disposals?limit=100")).text


async def test_an_event_of_another_kind_is_refused(fk: Archive) -> None:
    """A copy has no closing to count from."""
    answer = await fk.proposer.post("/disposal-rules", RULE | {"kind": "received_copy"})
    assert (answer.status_code, answer.json()["invalidParameters"][0]["code"]) == (
        422,
        "EVENT_OF_ANOTHER_KIND",
    )


async def test_the_same_key_proposes_once(fk: Archive, staff: Staff) -> None:
    """A proposal sent again with its key is the same proposal."""
    gone, rule = await closed(await staff("FK")), await fk.rule(months=0)
    body = {"itemIds": [str(gone.id)]}
    first, again = [await fk.proposer.post(f"{rule}/disposals", body, f"once-{gone.id}") for _ in range(2)]
    assert first.json()["id"] == again.json()["id"]
