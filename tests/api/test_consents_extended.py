"""Consent extended and corrected: the same consent goes on, and nothing is revived."""

from typing import Any

import pytest

from tests.api.conftest import Caller, Staff
from tests.api.scenes import CaseMade, case, consent, consent_read, made, withdrawn

ANEW: dict[str, Any] = {"occurredAt": "2026-03-02T08:50:00Z", "manner": "oral"}


async def extended(fk: Caller, in_case: CaseMade, *covered: Caller, **said: Any) -> tuple[str, str]:
    """A consent, its path, and the path of its extensions."""
    consent_id = await consent(fk, in_case, *covered, **said)
    return f"/consents/{consent_id}", f"/consents/{consent_id}/extensions"


async def test_an_extension_adds_to_the_same_consent(staff: Staff) -> None:
    """A longer end, an organisation and a person said anew are read on the consent they extend."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    here, extensions = await extended(fk, await case(fk), af, endsOn="2026-06-30")
    more = {
        "organisationIds": [str(region.organisation_id)],
        "persons": [{"relation": "other", "name": "Alex Exempel"}],
        "endsOn": "2026-12-31",
    }
    await made(fk, extensions, ANEW | more)
    told = (await fk.get(here)).json()
    assert told["endsOn"] == "2026-12-31"
    assert [one["isCovered"] for one in told["coverage"]] == [True, True]
    assert len(told["record"]["persons"]) == 1
    assert (await region.get(here)).status_code == 200
    await made(fk, extensions, ANEW | {"occurredAt": "2026-03-02T08:55:00Z", "untilWithdrawn": True})
    told = (await fk.get(here)).json()
    assert told["endsOn"] is None
    first, then = told["record"]["extensions"]
    assert (first["organisationIds"], first["endsOn"]) == ([str(region.organisation_id)], "2026-12-31")
    assert (then["occurredAt"], then["untilWithdrawn"]) == ("2026-03-02T08:55:00Z", True)
    assert (await region.get(here)).json()["record"] is None


@pytest.mark.parametrize("ends_on", ["2026-06-30", "2026-05-31"])
async def test_an_extension_does_not_shorten(staff: Staff, ends_on: str) -> None:
    """An end that is not later is refused by its field, and the consent stays as it was."""
    fk, af = await staff("FK"), await staff("AF")
    here, extensions = await extended(fk, await case(fk), af, endsOn="2026-06-30")
    refused = await fk.post(extensions, ANEW | {"endsOn": ends_on})
    assert refused.json()["invalidParameters"][0]["code"] == "END_NOT_LATER"
    assert (await fk.get(here)).json()["endsOn"] == "2026-06-30"


async def test_an_extension_revives_nothing(staff: Staff) -> None:
    """UPP-019: what has been taken back, ended, refused or never was live takes a new consent: 409."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    in_case = await case(fk)
    more = ANEW | {"organisationIds": [str(region.organisation_id)]}
    winter = {"occurredAt": "2026-01-01T08:00:00Z", "informedAt": "2026-01-01T08:00:00Z"}
    for said in ({"answer": "refused"}, {"informedAt": None}, winter | {"endsOn": "2026-02-01"}):
        _, extensions = await extended(fk, in_case, af, **said)
        assert (await fk.post(extensions, more)).json()["code"] == "INVALID_TRANSITION"
    consent_id = await consent(fk, in_case, af, region)
    await withdrawn(fk, consent_id, region)
    back = await fk.post(f"/consents/{consent_id}/extensions", more)
    assert back.json()["code"] == "INVALID_TRANSITION"
    assert [one["isCovered"] for one in (await consent_read(fk, consent_id))["coverage"]].count(True) == 1


async def test_an_organisation_is_added_once(staff: Staff) -> None:
    """One that the consent covers already is refused by its place; an extension of nothing is 422."""
    fk, af = await staff("FK"), await staff("AF")
    _, extensions = await extended(fk, await case(fk), af)
    again = await fk.post(extensions, ANEW | {"organisationIds": [str(af.organisation_id)]})
    assert again.json()["invalidParameters"][0]["code"] == "ALREADY_COVERED"
    assert (await fk.post(extensions, ANEW)).status_code == 422


async def test_a_covered_organisation_may_not_extend_or_correct(staff: Staff) -> None:
    """The grant is visible to it but not its own: 403, and nothing changes."""
    fk, af = await staff("FK"), await staff("AF")
    here, extensions = await extended(fk, await case(fk), af)
    assert (await af.post(extensions, ANEW | {"untilWithdrawn": True})).status_code == 403
    assert (await af.post(f"{here}/corrections", {"enteredInError": True})).status_code == 403
    assert (await fk.get(here)).json()["status"] == "active"


async def test_a_consent_entered_in_error_never_was(staff: Staff) -> None:
    """A mistaken record is marked, covers nobody, and cannot be taken back or marked again."""
    fk, af = await staff("FK"), await staff("AF")
    here, _ = await extended(fk, await case(fk), af)
    await made(fk, f"{here}/corrections", {"enteredInError": True})
    told = (await fk.get(here)).json()
    assert (told["status"], told["coverage"][0]["isCovered"]) == ("entered_in_error", False)
    said = {"occurredAt": "2026-03-02T08:50:00Z", "manner": "oral"}
    assert (await fk.post(f"{here}/withdrawals", said)).status_code == 409
    assert (await fk.post(f"{here}/corrections", {"enteredInError": True})).status_code == 409
