import asyncio
from typing import Any

import pytest

from tests.api.conftest import Application, Staff
from tests.api.scenes import NEED, NEVER, case, case_with_need, person
from tests.api.signed import signed


async def test_a_case_is_registered_about_a_known_person(staff: Staff) -> None:
    """A case is answered with a receipt that says where it is."""
    fk = await staff("FK")
    done = await fk.post("/cases", {"individualId": str(await person(fk))})
    assert done.status_code == 201, done.text
    assert done.headers["Location"].endswith(f"/cases/{done.json()['id']}")
    assert done.json()["version"] == 1


async def test_a_person_of_another_organisation_gets_no_case_here(staff: Staff) -> None:
    """A hidden person and one who never existed are refused with the same bytes."""
    fk, af = await staff("FK"), await staff("AF")
    hidden = await af.post("/cases", {"individualId": str(await person(fk))})
    never = await af.post("/cases", {"individualId": NEVER})
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


async def test_an_organisation_outside_the_parties_initiates_nothing(staff: Staff) -> None:
    """UPP-010: only an organisation of a party may initiate; the association is none."""
    association = await staff("SAMORDNINGSFORBUND")
    refused = await association.post("/cases", {"individualId": str(await person(association))})
    assert refused.status_code == 403
    assert refused.json()["code"] == "INITIATOR_NOT_PARTY"


async def test_a_need_is_assessed(staff: Staff) -> None:
    """UPP-011: an assessment with grounds, made with the person, moves the case to its next version."""
    fk = await staff("FK")
    registered = await case(fk)
    done = await fk.post(f"{registered.path}/need-assessments", NEED | {"version": 1})
    assert done.status_code == 201, done.text
    assert done.json()["version"] == 2
    assert done.json()["remarks"] == []


@pytest.mark.parametrize(
    ("departure", "rule", "code"),
    [
        ({"grounds": []}, "BEH-3", "ASSESSMENT_BASIS_MISSING"),
        ({"individualTookPart": False}, "BEH-4", "NO_PARTICIPATION"),
    ],
)
async def test_an_assessment_the_agreement_does_not_allow_is_not_kept(
    staff: Staff, departure: dict[str, Any], rule: str, code: str
) -> None:
    """UPP-012, UPP-013: without grounds, or without the person and without a reason, nothing is saved."""
    fk = await staff("FK")
    registered = await case(fk)
    refused = await fk.post(f"{registered.path}/need-assessments", NEED | departure | {"version": 1})
    assert refused.status_code == 409
    assert [(one["ruleId"], one["code"]) for one in refused.json()["findings"]] == [(rule, code)]
    again = await fk.post(f"{registered.path}/need-assessments", NEED | {"version": 1})
    assert again.json()["version"] == 2


@pytest.mark.parametrize(
    ("particulars", "code"),
    [
        ({"birthDate": "2010-03-03"}, "TARGET_GROUP_AGE"),
        ({"birthDate": "1961-03-02"}, "TARGET_GROUP_AGE"),
        ({"birthDate": None}, "TARGET_GROUP_AGE"),
        ({"municipality": "0330"}, "TARGET_GROUP_RESIDENCE"),
        ({"municipality": None}, "TARGET_GROUP_RESIDENCE"),
    ],
)
async def test_outside_the_target_group_needs_a_reason(
    staff: Staff, particulars: dict[str, Any], code: str
) -> None:
    """UPP-118: whoever is not 16-64 or lives elsewhere is included with a reason; no need needs none."""
    fk = await staff("FK")
    path = f"{(await case(fk, **particulars)).path}/need-assessments"
    refused = await fk.post(path, NEED | {"version": 1})
    assert refused.status_code == 409
    (finding,) = refused.json()["findings"]
    assert (finding["code"], finding["effect"]) == (code, "explain")
    assert "UPP-118" in finding["clauses"]
    reason = {"ruleId": finding["ruleId"], "reason": "Flyttar till kommunen i april"}
    explained = await fk.post(path, NEED | {"version": 1, "explanations": [reason]})
    assert explained.status_code == 201, explained.text
    no_need = await fk.post(path, NEED | {"version": 2, "outcome": "no_need"})
    assert no_need.status_code == 201


@pytest.mark.parametrize("born", ["2010-03-02", "1961-03-03"])
async def test_both_bounds_of_the_age_are_in_the_target_group(staff: Staff, born: str) -> None:
    """UPP-118: whoever turns 16 on the day, and whoever turns 65 the day after, is of working age."""
    fk = await staff("FK")
    await case_with_need(fk, birthDate=born)


async def test_a_plan_under_the_social_services_act_is_asked_for(staff: Staff) -> None:
    """UPP-073: needing both health care and social services without a known SIP is remarked, not refused."""
    fk = await staff("FK")
    registered = await case(fk)
    needs = {"needs": ["health_care", "social_services"], "version": 1}
    done = await fk.post(f"{registered.path}/need-assessments", NEED | needs)
    assert [one["code"] for one in done.json()["remarks"]] == ["SIP_DUTY"]


async def test_an_assessment_on_a_stale_version_is_refused(staff: Staff) -> None:
    """An assessment decided on an older version of the case is refused."""
    fk = await staff("FK")
    assessed = await case_with_need(fk)
    stale = await fk.post(f"{assessed.path}/need-assessments", NEED | {"version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")


async def test_the_same_assessment_sent_twice_is_made_once(staff: Staff) -> None:
    """A repeated request gets its first receipt, though the case has moved on by its own effect."""
    fk = await staff("FK")
    path = f"{(await case(fk)).path}/need-assessments"
    first = await fk.post(path, NEED | {"version": 1}, key="assessed-once")
    again = await fk.post(path, NEED | {"version": 1}, key="assessed-once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()


async def test_of_two_assessments_at_once_one_is_made(staff: Staff) -> None:
    """Two who assess on the same version at the same time: one is kept, the other hears that it is stale."""
    fk = await staff("FK")
    path = f"{(await case(fk)).path}/need-assessments"
    both = await asyncio.gather(*(fk.post(path, NEED | {"version": 1}) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]


@pytest.mark.parametrize(
    ("days", "pointer", "code"),
    [
        ({"assessedOn": "2026-03-03"}, "/assessedOn", "DATE_AHEAD"),
        ({"needSeenOn": "2026-03-03", "assessedOn": "2026-03-02"}, "/needSeenOn", "DATE_ORDER"),
        ({"assessedOn": "2026-02-30"}, "/assessedOn", "DAY_FORMAT"),
    ],
)
async def test_days_that_cannot_be_are_refused(
    staff: Staff, days: dict[str, str], pointer: str, code: str
) -> None:
    """A day that has not come, comes in the wrong order or is in no calendar is refused by field and code."""
    fk = await staff("FK")
    refused = await fk.post(f"{(await case(fk)).path}/need-assessments", NEED | days | {"version": 1})
    assert refused.status_code == 422
    (field,) = refused.json()["invalidParameters"]
    assert (field["pointer"], field["code"]) == (pointer, code)


async def test_a_case_of_another_unit_does_not_exist(staff: Staff) -> None:
    """To another unit and to another organisation the case is like one that never was, byte for byte."""
    fk, neighbour, af = await staff("FK"), await staff("FK"), await staff("AF")
    path = f"{(await case(fk)).path}/need-assessments"
    hidden = [await one.post(path, NEED | {"version": 1}) for one in (neighbour, af)]
    never = await af.post(f"/cases/{NEVER}/need-assessments", NEED | {"version": 1})
    assert [one.status_code for one in (*hidden, never)] == [404, 404, 404]
    assert hidden[0].content == hidden[1].content == never.content


async def test_every_reading_of_a_case_is_logged(application: Application, staff: Staff) -> None:
    """Whoever is shown a case, in the list or for a step, leaves a log row; who is not shown it, none."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case_with_need(fk)
    for path in (seen.path, f"{seen.path}/readiness?step=offer-meeting", "/cases"):
        assert (await fk.get(path)).status_code == 200
    assert (await af.get(seen.path)).status_code == 404
    found = []
    for one in (fk, af):
        async with signed(application, one) as connection:
            rows = await connection.fetch(
                "select operation, item_id, individual_id from flerpart.read_entry where actor_id = $1",
                one.account_id,
            )
            found.append({tuple(row) for row in rows})
    about = (seen.id, seen.individual_id)
    assert found[0] == {(one, *about) for one in ("readCase", "readCaseReadiness", "listCases")}
    assert found[1] == set()


async def test_every_step_is_journalled_with_what_was_explained(
    application: Application, staff: Staff
) -> None:
    """A decision leaves who, about whom, under which agreement, with findings; the reason stays sealed."""
    fk = await staff("FK")
    registered = await case(fk, municipality="0330")
    reason = "Flyttar till kommunen i april"
    order = NEED | {"version": 1, "explanations": [{"ruleId": "MAL-2", "reason": reason}]}
    assert (await fk.post(f"{registered.path}/need-assessments", order)).status_code == 201
    async with signed(application, fk) as connection:
        (entry,) = await connection.fetch(
            "select * from flerpart.journal_entry where item_id = $1 and operation = 'assessNeed'",
            registered.id,
        )
        (kept,) = await connection.fetch(
            "select * from flerpart.need_assessment where case_id = $1", registered.id
        )
    assert (entry["actor_id"], entry["individual_id"]) == (fk.account_id, registered.individual_id)
    assert entry["agreement_id"] == "uppsala@2020-01-01"
    assert '"MAL-2"' in entry["findings"]
    assert reason.encode() not in entry["explanations_sealed"]
    assert NEED["individualView"].encode() not in kept["individual_view_sealed"]
