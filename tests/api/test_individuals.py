from typing import Any

import pytest

from app.domain.identity_numbers import luhn_holds
from dev.test_numbers import published_numbers
from tests.api.conftest import Staff

NUMBER = list(published_numbers())[-9]
PERSON: dict[str, Any] = {"name": "Kim Exempel", "municipality": "0380"}


def valid(ten: str) -> str:
    """A number with birth number 238 or 239, and the check digit that holds."""
    return next(f"{ten}{end}" for end in range(80, 100) if luhn_holds(f"{ten[2:]}{end}"))


async def test_a_registered_person_is_read_as_registered(staff: Staff) -> None:
    """What is registered of a person is what the own unit reads."""
    fk = await staff("FK")
    done = await fk.post("/individuals", PERSON | {"contact": {"address": ["Exempelgatan 1"]}})
    assert done.status_code == 201, done.text
    read = await fk.get(f"/individuals/{done.json()['id']}")
    assert read.status_code == 200
    assert read.json()["name"] == "Kim Exempel"
    assert read.json()["contact"]["address"] == ["Exempelgatan 1"]
    assert read.headers["ETag"] == '"1"'
    assert done.headers["Location"].endswith(f"/individuals/{done.json()['id']}")


async def test_a_municipality_that_is_no_code_is_told_the_form(staff: Staff) -> None:
    """The form that is wanted is said; what was sent is not repeated."""
    fk = await staff("FK")
    refused = await fk.post("/individuals", PERSON | {"municipality": "Uppsala"})
    (told,) = refused.json()["invalidParameters"]
    assert (told["pointer"], told["code"]) == ("/municipality", "WRONG_PATTERN")
    assert "kommunens kod med fyra siffror" in told["message"]
    assert "Uppsala" not in refused.text


async def test_a_person_of_another_organisation_does_not_exist(staff: Staff) -> None:
    """A hidden person and one who never existed are answered with the same bytes."""
    fk, af = await staff("FK"), await staff("AF")
    done = await fk.post("/individuals", PERSON)
    hidden = await af.get(f"/individuals/{done.json()['id']}")
    never = await af.get("/individuals/0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


async def test_the_same_key_makes_one_person_and_the_same_receipt(staff: Staff) -> None:
    """A request sent twice with one key has one effect and one answer."""
    fk = await staff("FK")
    first = await fk.post("/individuals", PERSON, key="once")
    again = await fk.post("/individuals", PERSON, key="once")
    other = await fk.post("/individuals", PERSON | {"name": "Robin Exempel"}, key="once")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert other.json()["code"] == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.parametrize("role", ["organisation_administrator", "lokus_member", "analyst"])
async def test_roles_without_cases_may_not(staff: Staff, role: str) -> None:
    """Whoever has no cases is refused before anything is looked up."""
    nobody = await staff("FK", role)
    assert (await nobody.post("/individuals", PERSON)).status_code == 403
    assert (await nobody.get("/individuals/0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52")).status_code == 403


async def test_a_change_needs_the_present_version(staff: Staff) -> None:
    """A change on the present version is kept; one on an older version changes nothing."""
    fk = await staff("FK")
    path = f"/individuals/{(await fk.post('/individuals', PERSON)).json()['id']}"
    changed = await fk.put(path, PERSON | {"name": "Robin Exempel"}, 1)
    stale = await fk.put(path, PERSON | {"name": "Någon Annan"}, 1)
    assert (changed.status_code, stale.status_code) == (200, 412)
    assert changed.headers["ETag"] == '"2"'
    assert (await fk.get(path)).json()["name"] == "Robin Exempel"


async def test_what_a_person_needs_to_understand_is_asked_and_kept(staff: Staff) -> None:
    """UPP-024: not asked until somebody has; told how is yes; no with a need told is refused by the
    request.
    """
    fk = await staff("FK")
    for sent, kept in (
        ({}, "not_asked"),
        ({"hasCommunicationNeeds": "no"}, "no"),
        ({"communicationNeeds": "Tolk"}, "yes"),
    ):
        made = await fk.post("/individuals", PERSON | sent)
        read = await fk.get(f"/individuals/{made.json()['id']}")
        assert read.json()["hasCommunicationNeeds"] == kept
    both = {"hasCommunicationNeeds": "no", "communicationNeeds": "Tolk"}
    assert (await fk.post("/individuals", PERSON | both)).status_code == 422


async def test_protected_identity_masks_contact_and_municipality(staff: Staff) -> None:
    """Of a protected person no answer tells where they live or how they are reached."""
    fk = await staff("FK")
    done = await fk.post(
        "/individuals",
        PERSON | {"protectedIdentity": "confidentiality_mark", "contact": {"address": ["Hemliga gatan 1"]}},
    )
    read = await fk.get(f"/individuals/{done.json()['id']}")
    assert read.json()["contact"] is None
    assert read.json()["municipality"] is None
    assert "Hemliga" not in read.text


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("samordningsnummer", valid("1991097423"), "199109142389"),
        ("national_reserve_number", "22910914AB12", "19910914AB12"),
        ("regional_reserve_number", "19910914SF1A", "19910914SQ1A"),
    ],
)
async def test_other_numbers_are_kept_as_what_they_are(
    staff: Staff, kind: str, right: str, wrong: str
) -> None:
    """UPP-087: a coordination or reserve number is kept with its kind; what is none of that kind is not."""
    fk = await staff("FK")
    done = await fk.post("/individuals", PERSON | {"identity": {"kind": kind, "value": right}})
    assert done.status_code == 201, done.text
    read = (await fk.get(f"/individuals/{done.json()['id']}")).json()
    assert (read["identityKind"], read["identityNumber"]) == (kind, right)
    refused = await fk.post("/individuals", PERSON | {"identity": {"kind": kind, "value": wrong}})
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["pointer"] == "/identity/value"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"birthDate": "2026-03-03"}, "DATE_AHEAD"),
        ({"birthDate": "1990-02-30"}, "DAY_FORMAT"),
        (
            {"birthDate": "1990-01-01", "identity": {"kind": "personnummer", "value": NUMBER}},
            "BIRTH_DATE_CONTRADICTS",
        ),
    ],
)
async def test_a_birth_date_that_cannot_be_is_refused(staff: Staff, sent: dict[str, Any], code: str) -> None:
    """Nobody was born tomorrow, on a day the calendar lacks, or on another day than the number says."""
    fk = await staff("FK")
    refused = await fk.post("/individuals", PERSON | sent)
    assert refused.status_code == 422
    field = refused.json()["invalidParameters"][0]
    assert (field["pointer"], field["code"]) == ("/birthDate", code)


async def test_a_wrong_check_digit_is_refused_without_echo(staff: Staff) -> None:
    """A number with a wrong check digit is refused by field and code, and is not repeated."""
    fk = await staff("FK")
    refused = await fk.post(
        "/individuals", PERSON | {"identity": {"kind": "personnummer", "value": "199001012386"}}
    )
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["code"] == "PERSONNUMMER_INVALID"
    assert "199001012386" not in refused.text
