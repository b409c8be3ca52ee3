"""A consent is recorded, read, extended and documented."""

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Application, Clock, Staff
from tests.api.scenes import (
    NEVER,
    TAKEN_BACK,
    case,
    case_with_need,
    consent,
    consent_read,
    documented,
    made,
    withdrawn,
    word,
)
from tests.api.signed import signed


def remarks(done: Any) -> set[str]:
    """The codes of the remarks on a receipt."""
    assert done.status_code == 201, done.text
    return {one["code"] for one in done.json()["remarks"]}


async def test_a_recorded_consent_is_read_whole_by_its_holder(staff: Staff) -> None:
    """UPP-015, UPP-018, UPP-024, UPP-088: everything that was said is what the holder reads."""
    fk, af = await staff("FK"), await staff("AF")
    in_case = await case(fk)
    said = word(
        af,
        persons=[{"relation": "close_person", "name": "Alex Exempel"}],
        excludedTopics=["Privatekonomi"],
        adaptation="Lättläst text",
        participationSupport="Tolk",
        endsOn="2026-12-31",
    )
    done = await fk.post(f"{in_case.path}/consents", said)
    assert remarks(done) == set()
    assert done.headers["Location"].endswith(f"/consents/{done.json()['id']}")
    told = await consent_read(fk, done.json()["id"])
    assert (told["status"], told["endsOn"]) == ("active", "2026-12-31")
    assert told["organisationId"] == str(fk.organisation_id)
    assert told["takenBy"]["function"] == "handläggare"
    assert (told["secrecyGround"], told["legalBasis"]) == ("consent", "public_task")
    record = told["record"]
    assert record["caseId"] == str(in_case.id)
    assert record["takenBy"] == str(fk.officer_id)
    assert (record["adaptation"], record["participationSupport"]) == ("Lättläst text", "Tolk")
    assert record["excludedTopics"] == ["Privatekonomi"]
    assert [one["name"] for one in record["persons"]] == ["Alex Exempel"]
    assert told["coverage"] == [
        {"organisationId": str(af.organisation_id), "isCovered": True, "withdrawnAt": None}
    ]
    linked = {one["rel"] for one in told["_links"]}
    assert {"self", "up", "extensions", "documentations", "withdrawals", "corrections"} <= linked


async def test_a_covered_organisation_reads_the_grant_and_its_own_coverage(staff: Staff) -> None:
    """UPP-017, UPP-018: whom else it covers, who else is named and what is not to be raised stay unseen."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    consent_id = await consent(
        fk,
        await case(fk),
        af,
        region,
        persons=[{"relation": "employer", "name": "Alex Exempel"}],
        excludedTopics=["Privatekonomi"],
        adaptation="Lättläst text",
    )
    await documented(consent_id, region)
    told = await consent_read(af, consent_id)
    assert told["record"] is None
    assert [one["organisationId"] for one in told["coverage"]] == [str(af.organisation_id)]
    assert told["documentations"] == []
    assert {one["rel"] for one in told["_links"]} == {
        "self",
        "withdrawal-preview",
        "documentations",
        "withdrawals",
    }
    hidden = (str(region.organisation_id), "Alex", "Privatekonomi", "Lättläst")
    assert not any(one in str(told) for one in hidden)


async def test_a_consent_of_others_does_not_exist(staff: Staff) -> None:
    """A consent that covers others, one of another unit's case and one that never was: the same bytes."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    colleague = await staff("FK")
    consent_id = await consent(fk, await case(fk), af)
    never = await region.get(f"/consents/{NEVER}")
    for stranger in (region, colleague):
        hidden = await stranger.get(f"/consents/{consent_id}")
        assert hidden.status_code == 404
        assert hidden.content == never.content
    posts = [
        (
            await region.post(
                f"/consents/{one}/withdrawals", {"occurredAt": "2026-03-02T08:00:00Z", "manner": "oral"}
            )
        )
        for one in (consent_id, NEVER)
    ]
    assert posts[0].status_code == 404
    assert posts[0].content == posts[1].content


async def test_whom_the_individual_refused_does_not_learn_it(staff: Staff) -> None:
    """A refusal covers nobody: the organisation asked about cannot read that it was."""
    fk, af = await staff("FK"), await staff("AF")
    consent_id = await consent(fk, await case(fk), af, answer="refused")
    assert (await consent_read(fk, consent_id))["status"] == "refused"
    assert (await af.get(f"/consents/{consent_id}")).status_code == 404


@pytest.mark.parametrize("informed_at", [None, "2026-03-02T08:31:00Z"])
async def test_a_consent_without_prior_information_is_recorded_but_not_live(
    staff: Staff, informed_at: str | None
) -> None:
    """UPP-015: not informed, or only afterwards: recorded with the remark CONSENT_NOT_INFORMED, not live."""
    fk, af = await staff("FK"), await staff("AF")
    done = await fk.post(f"{(await case(fk)).path}/consents", word(af, informedAt=informed_at))
    assert remarks(done) == {"CONSENT_NOT_INFORMED"}
    told = await consent_read(fk, done.json()["id"])
    assert told["status"] == "informed"
    assert [one["isCovered"] for one in told["coverage"]] == [False]


async def test_information_that_was_not_adapted_is_remarked(staff: Staff) -> None:
    """UPP-024: unless the person has no needs, unadapted information is remarked; telling how mends it."""
    fk, af = await staff("FK"), await staff("AF")
    path = f"{(await case(fk)).path}/consents"
    assert remarks(await fk.post(path, word(af, informationAdapted=False))) == {"INFO_NOT_ADAPTED"}
    told_how = word(af, informationAdapted=False, adaptation="Lättläst text")
    assert remarks(await fk.post(path, told_how)) == set()
    without_needs = f"{(await case(fk, hasCommunicationNeeds='no')).path}/consents"
    assert remarks(await fk.post(without_needs, word(af, informationAdapted=False))) == set()


async def test_an_end_date_holds_through_its_stockholm_day(staff: Staff, clock: Clock) -> None:
    """A consent to 3 March is live at 23.59 in Stockholm that day, and has expired a minute later."""
    fk, af = await staff("FK"), await staff("AF")
    consent_id = await consent(fk, await case(fk), af, endsOn="2026-03-03")
    clock.forward(days=1, hours=13, minutes=59)
    assert (await consent_read(fk, consent_id))["status"] == "active"
    clock.forward(minutes=1)
    assert (await consent_read(fk, consent_id))["status"] == "expired"
    assert (await consent_read(af, consent_id))["coverage"][0]["isCovered"] is False


@pytest.mark.parametrize(
    ("said", "pointer", "code"),
    [
        ({"organisationIds": [NEVER]}, "/organisationIds/0", "ORGANISATION_UNKNOWN"),
        ({"organisationIds": []}, "/organisationIds", "ORGANISATIONS_MISSING"),
        ({"endsOn": "2026-03-01"}, "/endsOn", "END_BEFORE_START"),
        ({"takenBy": NEVER}, "/takenBy", "OFFICER_UNKNOWN"),
        ({"capacity": "minor_mature"}, "/capacity", "CAPACITY_NOT_OF_THE_AGE"),
        ({"givenBy": "guardian"}, "/capacity", "CAPACITY_NOT_THE_GIVERS"),
        ({"occurredAt": "2026-03-02T09:06:00Z"}, "/occurredAt", "DATE_AHEAD"),
    ],
)
async def test_what_cannot_be_is_refused_by_field_and_saves_nothing(
    staff: Staff, said: dict[str, Any], pointer: str, code: str
) -> None:
    """A value that cannot be true is refused with its place, is not echoed, and leaves no consent."""
    fk, af = await staff("FK"), await staff("AF")
    in_case = await case(fk)
    refused = await fk.post(f"{in_case.path}/consents", word(af) | said)
    assert refused.status_code == 422, refused.text
    found = [(one["pointer"], one["code"]) for one in refused.json()["invalidParameters"]]
    assert (pointer, code) in found
    assert NEVER not in refused.text
    assert (await fk.get(f"{in_case.path}/consents")).json()["items"] == []


async def test_a_minor_consents_as_a_minor(staff: Staff) -> None:
    """A person of 17 is no adult; mature enough alone, or with a guardian, is recorded as said."""
    fk, af = await staff("FK"), await staff("AF")
    in_case = await case(fk, birthDate="2008-06-01")
    path = f"{in_case.path}/consents"
    assert (await fk.post(path, word(af))).status_code == 422
    with_guardian = word(af, givenBy="guardian", capacity="minor_with_guardian")
    consent_id = await made(fk, path, with_guardian)
    told = await consent_read(fk, consent_id)
    assert (told["givenBy"], told["record"]["capacity"]) == ("guardian", "minor_with_guardian")


async def test_a_case_lists_its_consents_newest_first(staff: Staff) -> None:
    """Every consent of a case of one's own unit, refused ones too; another's case does not exist."""
    fk, af = await staff("FK"), await staff("AF")
    in_case = await case(fk)
    first = await consent(fk, in_case, af, answer="refused")
    then = await consent(fk, in_case, af, kind="call")
    listed = await fk.get(f"{in_case.path}/consents")
    assert [one["id"] for one in listed.json()["items"]] == [str(then), str(first)]
    assert listed.json()["_meta"]["totalRecords"] == 2
    paged = (await fk.get(f"{in_case.path}/consents?page=2&limit=1")).json()
    assert [one["id"] for one in paged["items"]] == [str(first)]
    hidden = await af.get(f"{in_case.path}/consents")
    assert hidden.status_code == 404
    assert hidden.content == (await af.get(f"/cases/{NEVER}/consents")).content


async def test_each_organisation_documents_for_itself_and_once(staff: Staff) -> None:
    """UPP-020: the holder and the covered document each their own; a second time is 409, a future day 422."""
    fk, af = await staff("FK"), await staff("AF")
    consent_id = await consent(fk, await case(fk), af)
    path = f"/consents/{consent_id}/documentations"
    await documented(consent_id, fk, af)
    assert {one["organisationId"] for one in (await consent_read(fk, consent_id))["documentations"]} == {
        str(fk.organisation_id),
        str(af.organisation_id),
    }
    again = await af.post(path, {})
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_EXISTS")
    region = await staff("REGION")
    third = await consent(fk, await case(fk), region)
    await made(region, f"/consents/{third}/documentations", {"ownReference": "RU 2026-17"})
    read = [(await consent_read(one, third))["ownReference"] for one in (region, fk)]
    assert read == ["RU 2026-17", None]
    for_another = await af.post(path, {"organisationId": str(fk.organisation_id)})
    ahead = await fk.post(path, {"documentedOn": "2026-03-03"})
    assert (for_another.status_code, ahead.status_code) == (422, 422)


async def test_two_documentations_at_once_make_one(staff: Staff) -> None:
    """Said twice at the same time by one organisation, one is kept and one is told that it is."""
    fk, af = await staff("FK"), await staff("AF")
    path = f"/consents/{await consent(fk, await case(fk), af)}/documentations"
    both = await asyncio.gather(af.post(path, {}), af.post(path, {}))
    assert sorted(one.status_code for one in both) == [201, 409]


async def test_a_withdrawn_organisation_may_still_document(staff: Staff) -> None:
    """Consent gates acts and reading, never statements: what was documented late is still documented."""
    fk, af = await staff("FK"), await staff("AF")
    consent_id = await consent(fk, await case(fk), af)
    await withdrawn(fk, consent_id)
    await documented(consent_id, af)
    assert [one["organisationId"] for one in (await consent_read(af, consent_id))["documentations"]] == [
        str(af.organisation_id)
    ]


@pytest.mark.parametrize("role", ["manager", "organisation_administrator", "lokus_member", "analyst"])
async def test_roles_that_do_not_handle_cases_may_not_record(staff: Staff, role: str) -> None:
    """A manager reads, others do not even that; none records, and all hear it before any look-up."""
    fk, af = await staff("FK"), await staff("AF")
    in_case = await case_with_need(fk)
    consent_id = await consent(fk, in_case, af)
    other = await staff("FK", role, unit_id=fk.unit_id)
    assert (await other.post(f"{in_case.path}/consents", word(af))).status_code == 403
    assert (await other.post(f"/consents/{NEVER}/withdrawals", TAKEN_BACK)).status_code == 403
    reads = (await other.get(f"/consents/{consent_id}")).status_code
    assert reads == (200 if role == "manager" else 403)


async def test_the_same_key_records_one_consent(staff: Staff) -> None:
    """Sent twice with one key, there is one consent and one receipt."""
    fk, af = await staff("FK"), await staff("AF")
    in_case = await case(fk)
    first, again = [await fk.post(f"{in_case.path}/consents", word(af), key="once") for _ in range(2)]
    assert first.json() == again.json()
    assert len((await fk.get(f"{in_case.path}/consents")).json()["items"]) == 1


async def test_every_reading_of_a_consent_is_logged(application: Application, staff: Staff) -> None:
    """Whoever is shown a consent, its preview, its receipt or the list leaves a log row; who is not, none."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    in_case = await case(fk)
    consent_id = await consent(fk, in_case, af)
    here = f"/consents/{consent_id}"
    receipt = f"{here}/withdrawals/{await withdrawn(af, consent_id)}/receipt"
    for path in (f"{in_case.path}/consents", here, f"{here}/withdrawal-preview", receipt):
        assert (await fk.get(path)).status_code == 200
    assert (await af.get(here)).status_code == 200
    assert (await region.get(here)).status_code == 404
    logged = (
        "select operation, individual_id from flerpart.read_entry where actor_id = $1 order by recorded_at"
    )
    found = []
    for one in (fk, af, region):
        async with signed(application, one) as connection:
            found.append([tuple(row) for row in await connection.fetch(logged, one.account_id)])
    operations = {"listConsents", "readConsent", "previewWithdrawal", "readWithdrawalReceipt"}
    assert {(one, in_case.individual_id) for one in operations} <= set(found[0])
    assert found[1:] == [[("readConsent", None)], []]
