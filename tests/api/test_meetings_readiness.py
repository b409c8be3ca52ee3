"""Readiness: the agreement asked before a step is taken."""

from typing import Any, get_args

import pytest

from app.schemas.readiness import MeetingStep
from app.services.meetings_reading import ASKED_OF_A_MEETING
from tests.api.conftest import Caller, Clock, Staff
from tests.api.scenes import (
    NEVER,
    MeetingMade,
    invitee,
    made,
    meeting,
    offered_time,
    prepared_meeting,
)


async def readiness(caller: Caller, of: MeetingMade, step: str) -> dict[str, Any]:
    """What a meeting's readiness for a step is."""
    answer = await caller.get(f"{of.path}/readiness?step={step}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_readiness_lists_what_is_missing_who_owes_it_and_what_mends_it(staff: Staff) -> None:
    """UPP-025: what a summons lacks is told with its rule and clause, whose it is and what mends it."""
    fk = await staff("FK")
    told = await readiness(fk, await meeting(fk), "issue-summons")
    assert (told["isReady"], told["status"]) == (False, "draft")
    unprepared = next(one for one in told["missing"] if one["ruleId"] == "FOR-1")
    assert unprepared["clauseId"] == "UPP-025"
    assert unprepared["owedByOrganisationId"] == str(fk.organisation_id)
    assert unprepared["remedy"]
    assert unprepared["wording"]


async def test_of_a_fresh_meeting_it_is_told_what_is_missing_and_nothing_more(staff: Staff) -> None:
    """UPP-027, UPP-033: nobody is invited and no time is fixed; of days and parties nothing is said."""
    fk = await staff("FK")
    begun = await meeting(fk)
    told = await readiness(fk, begun, "issue-summons")
    codes = {one["code"] for one in (*told["missing"], *told["toExplain"])}
    assert {"NOBODY_INVITED", "TIME_NOT_FIXED"} <= codes
    assert codes.isdisjoint({"LEAD_TIME_SHORT", "STATUTORY_FORM_SUFFICES"})
    invitations = await readiness(fk, begun, "issue-invitation")
    assert "NOBODY_INVITED" in {one["code"] for one in invitations["missing"]}


async def test_readiness_judges_the_letters(staff: Staff) -> None:
    """UPP-047, UPP-088: the letters that would go out are judged, one for each organisation invited."""
    fk, af = await staff("FK"), await staff("AF")
    told = await readiness(fk, await prepared_meeting(fk, af), "issue-summons")
    codes = {one["code"] for one in told["missing"]}
    assert {"CALL_CONSENT_MISSING", "INVITATION_INCOMPLETE"} <= codes
    assert "NOT_PREPARED_WITH_INDIVIDUAL" not in codes


@pytest.mark.parametrize("function", ["rehabilitation_coordinator", "Rehabiliteringskoordinator"])
async def test_the_region_is_addressed_in_peoples_words(staff: Staff, function: str) -> None:
    """UPP-086: the coordinator is meant whether written as the code or as people write it."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk)
    await made(fk, f"{begun.path}/invitees", invitee(region) | {"function": function})
    lacking = {one["ruleId"] for one in (await readiness(fk, begun, "issue-summons"))["missing"]}
    assert "KAL-3" in lacking
    assert "KAL-12" not in lacking
    seen = (await fk.post(f"{begun.path}/summons-previews", {})).json()["letters"][0]["letter"]["text"]
    assert "rehabiliteringskoordinator, Regionstyrelsen" in seen


async def test_every_readiness_a_meeting_links_is_answered(staff: Staff) -> None:
    """A meeting links the readiness of each step that exists from where it stands, and of no other."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await prepared_meeting(fk, af)
    links = (await fk.get(begun.path)).json()["_links"]
    asked = [one["href"].partition("/flerpart/v0")[2] for one in links if one["rel"] == "readiness"]
    assert f"{begun.path}/readiness?step=book-meeting" in asked
    assert f"{begun.path}/readiness?step=reschedule-meeting" not in asked
    for path in asked:
        answer = await fk.get(path)
        assert (answer.status_code, answer.json()["canBeTaken"]) == (200, True)


async def test_without_the_region_the_earliest_day_is_five_weeks_off(staff: Staff) -> None:
    """UPP-033: 35 days from today, with the clause; the days off met there are told as information."""
    fk, af = await staff("FK"), await staff("AF")
    earliest = (await readiness(fk, await prepared_meeting(fk, af), "issue-summons"))["earliest"]
    assert (earliest["day"], earliest["firstWorkingDay"]) == ("2026-04-06", "2026-04-07")
    assert [one["day"] for one in earliest["daysOff"]] == ["2026-04-06"]
    reason = earliest["reasons"][0]
    assert (reason["ruleId"], reason["clauses"], reason["weeks"]) == ("BOK-3", ["UPP-033"], 5)
    assert reason["countedFrom"] == "2026-03-02"


async def test_with_the_region_the_earliest_day_is_six_weeks_off(staff: Staff, clock: Clock) -> None:
    """UPP-031: 42 days from the first contact, counted from today while there is none."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk, region)
    clock.forward(days=1)
    earliest = (await readiness(fk, begun, "book-meeting"))["earliest"]
    assert earliest["day"] == "2026-04-14"
    assert [one["ruleId"] for one in earliest["reasons"]] == ["BOK-2"]


async def test_readiness_says_what_the_act_says(staff: Staff) -> None:
    """UPP-030: what readiness finds missing is what the act is refused with, rule by rule."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk, region)
    told = await readiness(fk, begun, "book-meeting")
    time = {"startsAt": "2026-04-20T08:00:00Z", "endsAt": "2026-04-20T09:00:00Z", "mode": "remote"}
    refused = await fk.post(f"{begun.path}/bookings", {"version": begun.version, "time": time})
    assert [one["ruleId"] for one in told["missing"]] == [one["ruleId"] for one in refused.json()["findings"]]


async def test_readiness_tells_whether_the_step_exists_from_here(staff: Staff) -> None:
    """A meeting without a time cannot be moved, whatever the agreement would say."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk, region)
    assert (await readiness(fk, begun, "reschedule-meeting"))["canBeTaken"] is False
    await offered_time(fk, begun, region, "2026-04-20T08:00:00Z", "2026-04-20T09:00:00Z")
    assert (await readiness(fk, begun, "book-meeting"))["canBeTaken"] is True


async def test_a_meeting_is_not_ready_to_open_without_consent(staff: Staff) -> None:
    """UPP-016: opening asks for consent that covers everybody invited; it fixes no time."""
    fk, af = await staff("FK"), await staff("AF")
    told = await readiness(fk, await prepared_meeting(fk, af), "open-meeting")
    assert "CONSENT_MISSING" in {one["code"] for one in told["missing"]}
    assert told["earliest"] is None


@pytest.mark.parametrize("step", [step.value for step in ASKED_OF_A_MEETING])
async def test_every_step_of_a_meeting_can_be_asked_about(staff: Staff, step: str) -> None:
    """Each step that a meeting tells of is answered, also for a meeting that has hardly begun."""
    fk = await staff("FK")
    assert (await readiness(fk, await meeting(fk), step))["step"] == step


def test_the_steps_of_the_document_are_those_that_are_answered() -> None:
    """The code list of the query is the list of steps that a meeting answers for."""
    assert set(get_args(MeetingStep)) == {step.value for step in ASKED_OF_A_MEETING}


@pytest.mark.parametrize("query", ["", "?step=dance", "?step=assess-need", "?step=book-meeting&more=1"])
async def test_another_query_is_refused(staff: Staff, query: str) -> None:
    """No step, or one a meeting does not have, is a query that cannot be answered."""
    fk = await staff("FK")
    begun = await meeting(fk)
    assert (await fk.get(f"{begun.path}/readiness{query}")).status_code == 400


async def test_readiness_of_another_organisations_meeting_does_not_exist(staff: Staff) -> None:
    """A hidden meeting and one that never was are answered with the same bytes; an analyst is refused."""
    fk, af = await staff("FK"), await staff("AF")
    analyst = await staff("FK", "analyst")
    begun = await meeting(fk)
    hidden = await af.get(f"{begun.path}/readiness?step=open-meeting")
    never = await af.get(f"/meetings/{NEVER}/readiness?step=open-meeting")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert (await analyst.get(f"{begun.path}/readiness?step=open-meeting")).status_code == 403
