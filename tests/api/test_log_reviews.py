import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.calling import called_meeting
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.protecting import cleared, protected
from tests.api.scenes import CaseMade, case, made
from tests.api.signed import signed

MARCH = "from=2026-03-01&to=2026-03-31"
REVIEW: dict[str, Any] = {"firstDay": "2026-02-01", "lastDay": "2026-02-28", "outcome": "nothing_to_remark"}


@dataclass(frozen=True)
class House:
    """An organisation's manager, two of its units, and a case of the first."""

    manager: Caller
    here: Caller
    there: Caller
    about: CaseMade


@pytest.fixture
async def house(staff: Staff) -> House:
    """At the Swedish social insurance agency."""
    here = await staff("FK")
    return House(await staff("FK", "manager"), here, await staff("FK"), await case(here))


async def selected(by: Caller, unit: Caller | None = None, query: str = MARCH) -> dict[str, Any]:
    """What a manager is given to look at."""
    of_unit = f"&unitId={unit.unit_id}" if unit else ""
    answer = await by.get(f"/log-selections?{query}{of_unit}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_a_sample_is_drawn_by_chance_and_the_same_for_the_same_days(house: House, staff: Staff) -> None:
    """Two managers are given the same readings; of the readings of a unit, no more than there are."""
    for _ in range(30):
        await house.here.get(house.about.path)
    told = await selected(house.manager, house.here)
    again = await selected(await staff("FK", "manager"), house.here)
    assert len(told["sample"]) == 20
    assert told["sample"] == again["sample"]
    assert told["readings"] == 30
    drawn = told["sample"][0]
    assert drawn["operation"] == "readCase"
    assert drawn["individualId"] == str(house.about.individual_id)
    assert drawn["who"]["accountId"] == str(house.here.account_id)
    assert drawn["who"]["officerName"].startswith("Person ")
    smaller = await selected(house.manager, house.here, f"{MARCH}&size=5")
    assert len(smaller["sample"]) == 5


async def test_the_cases_own_unit_and_the_reviewer_do_not_stand_out(house: House, staff: Staff) -> None:
    """The own unit may read; what the reviewer has read is counted, and is for another to go through."""
    for one in (house.here, house.manager):
        assert (await one.get(house.about.path)).status_code == 200

    async def unrelated(by: Caller, unit: Caller) -> list[str]:
        return [one["who"]["accountId"] for one in (await selected(by, unit))["unrelated"]]

    for unit in (house.here, house.manager):
        assert await unrelated(house.manager, unit) == []
    assert (await selected(house.manager, house.manager))["ownReadings"] >= 1
    another = await staff("FK", "manager")
    assert await unrelated(another, house.here) == []
    assert await unrelated(another, house.manager) == [str(house.manager.account_id)]


async def test_a_reading_without_relation_is_told_with_who_and_how_often(house: House, staff: Staff) -> None:
    """Another unit's manager reads a case twice: the account, the case, the person, and the number."""
    other = await staff("FK", "manager")
    for _ in range(2):
        assert (await other.get(house.about.path)).status_code == 200
    told = await selected(house.manager, other)
    (line,) = told["unrelated"]
    assert (line["caseId"], line["individualId"]) == (
        str(house.about.id),
        str(house.about.individual_id),
    )
    assert (line["who"]["accountId"], line["readings"]) == (str(other.account_id), 2)


async def test_whoever_carries_or_has_carried_the_case_has_a_relation(house: House) -> None:
    """Handed over to another unit, the case is still nothing strange for the unit it came from."""
    order = {"version": 1, "officerId": str(house.there.officer_id), "reason": "Flytt"}
    await made(house.here, f"{house.about.path}/carriers", order)
    assert (await house.there.get(house.about.path)).status_code == 200
    for unit in (house.here, house.there):
        assert (await selected(house.manager, unit))["unrelated"] == []


async def test_whoever_was_called_has_a_relation(staff: Staff) -> None:
    """A unit that a letter has come to may read; one it has not come to stands out."""
    fk, af, elsewhere = await staff("FK"), await staff("AF"), await staff("AF", "manager")
    called = await called_meeting(fk, af)
    summons = f"/summonses/{called.summonses[af.organisation_id]}"
    for one in (af, elsewhere):
        assert (await one.get(summons)).status_code == 200
    boss = await staff("AF", "manager")
    assert (await selected(boss, af))["unrelated"] == []
    (line,) = (await selected(boss, elsewhere))["unrelated"]
    assert line["who"]["accountId"] == str(elsewhere.account_id)


async def test_an_unusual_day_is_told_beside_what_is_usual(
    house: House, staff: Staff, application: Application, clock: Clock
) -> None:
    """Eleven persons on a day, where one is usual, stand out; the medians are told with them."""
    persons = [await case(house.here) for _ in range(11)]
    for day in range(4):
        clock.now = clock.now.replace(day=9 + day)
        for one in persons if day == 3 else persons[:1]:
            assert (await house.here.get(one.path)).status_code == 200
    (line,) = (await selected(house.manager, house.here))["unusual"]
    assert (line["day"], line["persons"]) == ("2026-03-12", 11)
    assert (line["medianOfAccount"], line["medianOfUnit"]) == (1.0, 1.0)
    assert line["accountId"] == str(house.here.account_id)


async def test_of_a_protected_person_the_readers_are_told_and_not_who_it_is(
    house: House, staff: Staff
) -> None:
    """Reader and unit beside the person would tell which office acts: only the cleared are told both."""
    other, boss = await staff("FK", "manager"), await staff("FK", "manager")
    for one in (house.here, other):
        assert (await one.get(house.about.path)).status_code == 200
    await protected(house.here, house.about.individual_id)
    ids = {str(house.about.id), str(house.about.individual_id)}
    for unit in (house.here, other):
        told = await selected(house.manager, unit)
        (drawn,) = told["sample"]
        assert (drawn["who"]["accountId"], drawn["ofProtected"]) == (str(unit.account_id), True)
        assert not any(one in json.dumps(told) for one in ids)
    (line,) = (await selected(house.manager, other))["unrelated"]
    assert (line["ofProtected"], line["readings"]) == (True, 1)
    await cleared(house.manager, house.about.individual_id, proposer=house.here, approver=boss)
    (drawn,) = (await selected(house.manager, other))["sample"]
    assert (drawn["individualId"], drawn["caseId"]) == (str(house.about.individual_id), str(house.about.id))


async def test_a_review_is_kept_with_who_did_it_and_what_came_of_it(
    house: House, application: Application
) -> None:
    """The list tells who reviewed which days and how it ended; the note is sealed, and read one at a time."""
    word = REVIEW | {"outcome": "explained", "note": "En vikarie tog över", "unitId": str(house.here.unit_id)}
    review_id = await made(house.manager, "/log-reviews", word)
    listed = (await house.manager.get("/log-reviews")).json()["items"][0]
    assert (listed["id"], listed["firstDay"], listed["lastDay"]) == (
        str(review_id),
        "2026-02-01",
        "2026-02-28",
    )
    assert (listed["outcome"], listed["unitId"]) == ("explained", str(house.here.unit_id))
    assert listed["reviewedBy"]["accountId"] == str(house.manager.account_id)
    assert "note" not in listed
    read = (await house.manager.get(f"/log-reviews/{review_id}")).json()
    assert read["note"] == "En vikarie tog över"
    async with signed(application, house.manager) as connection:
        sealed = await connection.fetchval(
            "select note_sealed from flerpart.log_review where id = $1", review_id
        )
        with pytest.raises(Exception, match="permission denied"):
            await connection.execute("update flerpart.log_review set outcome = 'nothing_to_remark'")
    assert b"vikarie" not in sealed


@pytest.mark.parametrize(
    ("differently", "pointer"),
    [
        ({"outcome": "suspected"}, "/note"),
        ({"lastDay": "2026-03-03"}, "/lastDay"),
        ({"firstDay": "2026-03-01", "lastDay": "2026-02-28"}, "/lastDay"),
        ({"unitId": "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"}, "/unitId"),
    ],
)
async def test_a_review_that_cannot_be_is_refused(
    house: House, differently: dict[str, Any], pointer: str
) -> None:
    """Days to come, days in the wrong order, nobody's unit, and a suspicion without a word."""
    answer = await house.manager.post("/log-reviews", REVIEW | differently)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["invalidParameters"]] == [pointer]


@pytest.mark.parametrize("query", ["from=2026-03-02&to=2026-03-01", "from=2026-01-01&to=2026-04-03"])
async def test_a_period_that_cannot_be_is_refused(house: House, query: str) -> None:
    """In the wrong order, or longer than a quarter."""
    answer = await house.manager.get(f"/log-selections?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "QUERY_INVALID")


async def test_without_days_it_is_last_month(house: House) -> None:
    """A review is asked for every month: the one that has ended."""
    told = await selected(house.manager, query="")
    assert (told["firstDay"], told["lastDay"]) == ("2026-02-01", "2026-02-28")


async def test_reviewing_is_in_the_persons_log(house: House) -> None:
    """Whom the reviewer is told of finds the review in the own extract, with its purpose."""
    await house.here.get(house.about.path)
    await selected(house.manager, house.here)
    entries = (await house.here.get(f"/individuals/{house.about.individual_id}/log-entries")).json()["items"]
    review = next(one for one in entries if one["operation"] == "readLogSelection")
    assert (review["purpose"], review["unitId"]) == ("supervising", str(house.manager.unit_id))


async def test_only_managers_of_the_organisation_review(house: House, staff: Staff) -> None:
    """Caseworkers and administrators are refused; another organisation's manager sees nothing of it."""
    review_id = await made(house.manager, "/log-reviews", REVIEW)
    for role in ("caseworker", "organisation_administrator", "service", "analyst"):
        other = await staff("FK", role)
        for path in ("/log-selections", "/log-reviews", f"/log-reviews/{review_id}"):
            assert (await other.get(path)).status_code == 403, role
        assert (await other.post("/log-reviews", REVIEW)).status_code == 403
    stranger = await staff("AF", "manager")
    assert (await stranger.get(f"/log-reviews/{review_id}")).status_code == 404
    listed = (await stranger.get("/log-reviews?limit=100")).json()["items"]
    assert str(review_id) not in [one["id"] for one in listed]
    await house.here.get(house.about.path)
    told = await selected(stranger, house.here)
    assert (told["readings"], told["sample"], told["unrelated"]) == (0, [], [])


async def test_nothing_sensitive_can_be_asked_for(house: House) -> None:
    """No person, no kind of information, no order: only days, a unit and a size."""
    for name in ("individualId", "category", "operation", "sort", "filter"):
        assert (await house.manager.get(f"/log-selections?{name}=x")).status_code == 400
