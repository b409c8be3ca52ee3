import pytest

from app.domain.access import Role
from tests.api.conftest import Staff

UPPSALA = "/agreements/uppsala@2020-01-01"


async def test_the_agreements_are_listed(staff: Staff) -> None:
    """The Uppsala agreement is in the list, with its four parties, and says that it is in force."""
    fk = await staff("FK")
    listed = (await fk.get("/agreements")).json()
    (uppsala,) = [one for one in listed["items"] if one["key"] == "uppsala"]
    assert uppsala["parties"] == ["AF", "FK", "REGION", "KOMMUN"]
    assert uppsala["inForce"] is True
    assert listed["_meta"]["totalRecords"] == len(listed["items"])


async def test_an_agreement_is_read_with_parties_and_clauses(staff: Staff) -> None:
    """UPP-106, UPP-112: parties with missions and organisations, term, bodies, forms, clauses as held."""
    fk = await staff("FK")
    answer = await fk.get(UPPSALA)
    assert answer.status_code == 200, answer.text
    read = answer.json()
    assert [one["name"] for one in read["parties"]] == [
        "Arbetsförmedlingen",
        "Försäkringskassan",
        "Region Uppsala",
        "Uppsala kommun",
    ]
    assert len(read["parties"][3]["organisations"]) > 1
    assert all(one["mission"] for one in read["parties"])
    assert [one["code"] for one in read["bodies"]] == ["LOKUS", "SAMORDNINGSFORBUND"]
    assert (read["liability"], read["term"]["renewalYears"]) == ("excluded", 1)
    assert {one["key"]: one["statutory"] for one in read["meetingForms"]}["sip"] is True
    assert len(read["clauses"]) == 132
    (lead_time,) = [one for one in read["clauses"] if one["id"] == "UPP-033"]
    assert lead_time["modality"] == "bor"
    assert lead_time["heldBy"] == [{"kind": "rule", "ruleId": "BOK-3", "effect": "explain", "how": None}]
    assert all(one["heldBy"] for one in read["clauses"])


async def test_the_fixed_addresses_are_the_agreements(staff: Staff) -> None:
    """UPP-035 to UPP-041: seven addresses, and for the region a hint of where to look."""
    fk = await staff("FK")
    parties = (await fk.get(UPPSALA)).json()["parties"]
    units = [unit for party in parties for one in party["organisations"] for unit in one["units"]]
    assert len(units) == 7
    assert [one["addressHint"] is not None for one in units].count(True) == 1
    assert [not one["address"] for one in units] == [one["addressHint"] is not None for one in units]


async def test_a_rule_tells_what_it_asks_and_who_calls_for_it(staff: Staff) -> None:
    """A rule by the id in a finding: its meaning, its steps, and the clauses with effect and parameters."""
    fk = await staff("FK")
    rule = (await fk.get("/rules/BOK-3")).json()
    assert rule["name"] == "the_others_get_their_lead_time"
    assert "five weeks" in rule["meaning"]
    assert rule["steps"] == [{"step": "issue-summons", "kind": "act"}]
    (call,) = rule["clauses"]
    assert (call["agreementId"], call["clauseId"]) == ("uppsala@2020-01-01", "UPP-033")
    assert (call["effect"], call["parameters"]) == ("explain", {"party": "REGION", "weeks": 5})
    assert call["wording"][0].startswith("Vid kallelse till flerpartsmöte utan vården")


async def test_every_rule_of_the_list_can_be_read(staff: Staff) -> None:
    """The pages of the list hold every rule once, and every one of them answers."""
    fk = await staff("FK")
    pages = [(await fk.get(f"/rules?limit=50&page={number}")).json() for number in (1, 2)]
    ids = [one["id"] for page in pages for one in page["items"]]
    assert len(ids) == len(set(ids)) == pages[0]["_meta"]["totalRecords"]
    answers = [await fk.get(f"/rules/{rule_id}") for rule_id in ids]
    assert {one.status_code for one in answers} == {200}


@pytest.mark.parametrize("path", ["/agreements/uppsala@1999-01-01", "/rules/BOK-999", "/rules/nonsense"])
async def test_what_no_agreement_has_does_not_exist(staff: Staff, path: str) -> None:
    """An agreement or a rule that there is none of is not found."""
    fk = await staff("FK")
    assert (await fk.get(path)).status_code == 404


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_signed_in_reads_the_agreement(staff: Staff, role: Role) -> None:
    """Agreements and rules are about no person: every role reads them; nobody without a token does."""
    someone = await staff("FK", role.value)
    for path in ("/agreements", UPPSALA, "/rules", "/rules/SAM-2"):
        assert (await someone.get(path)).status_code == 200
        assert (await someone.http.get(f"http://testserver/flerpart/v0{path}")).status_code == 401
