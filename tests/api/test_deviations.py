import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.api.conftest import Caller, Clock, Staff
from tests.api.scenes import NEVER, case, made


def about(other: Caller, **more: Any) -> dict[str, Any]:
    """A report about that caller's organisation."""
    return {
        "type": "no_answer",
        "aboutOrganisationId": str(other.organisation_id),
        "occurredOn": "2026-03-02",
        "attempts": 3,
        "description": "Ingen har ringt tillbaka.",
    } | more


async def reported(by: Caller, other: Caller, **more: Any) -> str:
    """Where a reported deviation is read."""
    return f"/deviations/{await made(by, '/deviations', about(other, **more))}"


async def test_a_deviation_is_reported_and_read_by_its_own_unit(staff: Staff) -> None:
    """UPP-069: the reporting organisation keeps it, with what was written and its own row for the person."""
    fk, af = await staff("FK"), await staff("AF")
    registered = await case(fk)
    path = await reported(fk, af, caseId=str(registered.id))
    shown = (await fk.get(path)).json()
    assert {name: shown[name] for name in ("type", "status", "origin", "aboutParty", "attempts")} == {
        "type": "no_answer",
        "status": "reported",
        "origin": "reported",
        "aboutParty": "AF",
        "attempts": 3,
    }
    assert shown["description"] == "Ingen har ringt tillbaka."
    assert (shown["caseId"], shown["individualId"]) == (str(registered.id), str(registered.individual_id))
    assert [one["rel"] for one in shown["_links"]] == ["self", "handlings"]


async def test_a_partys_reservation_is_told_and_changes_nothing(staff: Staff) -> None:
    """UPP-128: a deviation of AF is recorded like any other, with AF's reservation beside it."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    of_af = (await fk.get(await reported(fk, af, type="absent"))).json()
    assert (of_af["status"], of_af["aboutReservation"]) == (
        "reported",
        "Arbetsförmedlingen deltar i den mån man kan utifrån den rådande situationen.",
    )
    assert (await fk.get(await reported(fk, region))).json()["aboutReservation"] is None


@pytest.mark.parametrize(("attempts", "codes"), [(2, []), (1, ["ATTEMPTS_FEW"]), (None, ["ATTEMPTS_FEW"])])
async def test_fewer_attempts_than_repeated_are_remarked(
    staff: Staff, attempts: int | None, codes: list[str]
) -> None:
    """UPP-070: repeated means at least twice; a report of fewer attempts is kept, with a remark."""
    fk, af = await staff("FK"), await staff("AF")
    done = await fk.post("/deviations", about(af, attempts=attempts))
    assert done.status_code == 201, done.text
    assert [one["code"] for one in done.json()["remarks"]] == codes


@pytest.mark.parametrize(
    ("departure", "pointer", "code"),
    [
        ({"occurredOn": "2026-03-03"}, "/occurredOn", "DATE_AHEAD"),
        ({"aboutOrganisationId": NEVER}, "/aboutOrganisationId", "ORGANISATION_NOT_PARTY"),
        ({"claim": 1000}, "/claim", "UNKNOWN_FIELD"),
    ],
)
async def test_a_report_that_cannot_be_is_not_kept(
    staff: Staff, departure: dict[str, Any], pointer: str, code: str
) -> None:
    """A day to come, an organisation outside the agreement and a claim (UPP-129) are refused by name."""
    fk, af = await staff("FK"), await staff("AF")
    refused = await fk.post("/deviations", about(af, **departure))
    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["invalidParameters"]] == [(pointer, code)]
    assert (await fk.get("/deviations")).json()["items"] == []


async def test_the_organisation_a_deviation_is_about_cannot_know_of_it(staff: Staff) -> None:
    """UPP-124: for the other organisation, and for another unit of one's own, it does not exist."""
    fk, af, other_unit = await staff("FK"), await staff("AF", "manager"), await staff("FK")
    path = await reported(fk, af)
    for caller in (af, other_unit):
        for get in ((await caller.get(path)), (await caller.get(f"/deviations/{NEVER}"))):
            assert get.status_code == 404
        assert (await caller.get(path)).content == (await caller.get(f"/deviations/{NEVER}")).content
        hidden = await caller.post(f"{path}/handlings", {"step": "in_handling"})
        never = await caller.post(f"/deviations/{NEVER}/handlings", {"step": "in_handling"})
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content
    assert path.rsplit("/", 1)[1] not in (await af.get("/deviations?limit=100")).text


async def test_lokus_reads_no_deviation(staff: Staff) -> None:
    """UPP-125: LOKUS works with counts; a single deviation is refused before it is looked up."""
    fk, af, lokus = await staff("FK"), await staff("AF"), await staff("LOKUS", "lokus_member")
    path = await reported(fk, af)
    for answer in (
        await lokus.get(path),
        await lokus.get(f"/deviations/{NEVER}"),
        await lokus.get("/deviations"),
        await lokus.post("/deviations", about(af)),
        await lokus.post(f"{path}/handlings", {"step": "in_handling"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")


async def test_a_case_of_others_is_no_place_for_a_deviation(staff: Staff) -> None:
    """A case or meeting the reporter knows nothing of, and one that never was, are refused alike."""
    fk, af = await staff("FK"), await staff("AF")
    hidden = await af.post("/deviations", about(fk, caseId=str((await case(fk)).id)))
    never = await af.post("/deviations", about(fk, caseId=NEVER))
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert (await af.post("/deviations", about(fk, meetingId=NEVER))).status_code == 404
    assert (await af.get("/deviations")).json()["items"] == []


async def test_a_deviation_is_handled_in_the_own_routine(staff: Staff, clock: Clock) -> None:
    """UPP-069: taken in hand under an own reference number, and ended with an outcome; no step is skipped."""
    fk, af = await staff("FK"), await staff("AF")
    path = await reported(fk, af)
    early = await fk.post(f"{path}/handlings", {"step": "handled", "outcome": "Ny kontaktväg."})
    assert (early.status_code, early.json()["code"]) == (409, "INVALID_TRANSITION")
    await made(fk, f"{path}/handlings", {"step": "in_handling", "ownReference": "AVV 2026:17"})
    clock.forward(days=1)
    silent = await fk.post(f"{path}/handlings", {"step": "handled"})
    assert (silent.status_code, silent.json()["invalidParameters"][0]["code"]) == (422, "OUTCOME_MISSING")
    await made(fk, f"{path}/handlings", {"step": "handled", "outcome": "Ny kontaktväg."})
    shown = (await fk.get(path)).json()
    assert shown["status"] == "handled"
    assert [(one["step"], one["ownReference"], one["text"]) for one in shown["steps"]] == [
        ("in_handling", "AVV 2026:17", None),
        ("handled", None, "Ny kontaktväg."),
    ]
    assert [one["rel"] for one in shown["_links"]] == ["self"]


async def test_what_a_person_reported_is_neither_confirmed_nor_dismissed(staff: Staff) -> None:
    """Only a proposal waits for a person's word; what a person has reported stands."""
    fk, af = await staff("FK"), await staff("AF")
    path = await reported(fk, af)
    for way, body in (("confirmations", {}), ("dismissals", {"reason": "Ett misstag."})):
        refused = await fk.post(f"{path}/{way}", body)
        assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_of_two_who_end_the_handling_at_once_one_does(staff: Staff) -> None:
    """Ended twice at the same moment: one end is kept, the other hears that it is done."""
    fk, af = await staff("FK"), await staff("AF")
    path = await reported(fk, af)
    await made(fk, f"{path}/handlings", {"step": "in_handling"})
    end = {"step": "handled", "outcome": "Klart."}
    both = await asyncio.gather(*(fk.post(f"{path}/handlings", end) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]
    assert len((await fk.get(path)).json()["steps"]) == 2


async def test_the_same_report_sent_twice_is_made_once(staff: Staff) -> None:
    """A repeated request gets its first receipt."""
    fk, af = await staff("FK"), await staff("AF")
    key = f"reported-{uuid4()}"
    first, again = [await fk.post("/deviations", about(af), key=key) for _ in range(2)]
    assert again.json() == first.json()
    assert len((await fk.get("/deviations")).json()["items"]) == 1


async def test_the_list_is_the_units_own_newest_first(staff: Staff) -> None:
    """A caseworker lists the unit's deviations, without what was written in them."""
    fk, af = await staff("FK"), await staff("AF")
    paths = [await reported(fk, af) for _ in range(3)]
    page = (await fk.get("/deviations?limit=2")).json()
    assert [UUID(one["id"]) for one in page["items"]] == [UUID(path[-36:]) for path in paths[:0:-1]]
    assert page["_meta"]["totalRecords"] == 3
    assert all("description" not in one for one in page["items"])
