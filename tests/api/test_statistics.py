from datetime import date
from typing import Any

import pytest

from app.auth.context import ContextSigner
from app.db.caller import Caller as DatabaseCaller
from app.db.database import Database
from app.db.ids import new_id
from app.db.tables.deviations import StatisticFact
from app.wiring import sign_with
from tests.api.conftest import Application, Caller, Staff

LONG_AGO = date(2018, 2, 1)
"""Before anything the other tests count."""


async def counted(application: Application, by: Caller, kind: str, facts: dict[tuple[str, str], int]) -> None:
    """So many facts of a kind, by detail and party, as decisions of long ago would have left them."""
    caller = DatabaseCaller(by.organisation_id, by.unit_id, by.account_id, application.clock())
    sign = sign_with(ContextSigner.of(application.keyring))
    database = Database(application.urls.api, sign, smallest=1, largest=1)
    async with database.opened(), database.act(caller) as tx:
        for (detail, party), number in facts.items():
            await tx.add(
                *(
                    StatisticFact(
                        org_id=by.organisation_id,
                        id=new_id(),
                        agreement_key="uppsala",
                        kind=kind,
                        detail=detail,
                        party=party,
                        municipality=None,
                        month=LONG_AGO,
                    )
                    for _ in range(number)
                )
            )
        await tx.commit()


def told(period: dict[str, Any]) -> dict[tuple[str | None, str | None], int]:
    """The counts of a period that are told."""
    return {
        (one["detail"], one["party"]): one["count"] for one in period["cells"] if one["count"] is not None
    }


async def test_lokus_sees_counts_by_type_and_party_but_no_small_ones(
    application: Application, staff: Staff
) -> None:
    """UPP-125: of 3, 9 and 14 the small one is withheld, with the sums and counts that would give it back."""
    fk, lokus = await staff("FK"), await staff("LOKUS", "lokus_member")
    facts = {("absent", "AF"): 3, ("absent", "REGION"): 9, ("no_answer", "AF"): 14, ("no_answer", "FK"): 11}
    await counted(application, fk, "deviation", facts)
    answer = (await lokus.get("/deviation-statistics?from=2018-02&to=2018-02")).json()
    assert (answer["kind"], answer["agreementKey"], answer["smallestShown"]) == ("deviation", "uppsala", 5)
    assert [one["code"] for one in answer["parties"] if one["reservation"]] == ["AF"]
    (period,) = answer["periods"]
    assert (period["startsOn"], period["endsOn"]) == ("2018-01-01", "2018-04-30")
    assert (period["isRunning"], period["isWidened"]) == (False, False)
    assert told(period) == {
        ("absent", "REGION"): 9,
        ("no_answer", "FK"): 11,
        (None, "AF"): 17,
        (None, "FK"): 11,
        (None, "REGION"): 9,
    }
    assert period["total"] == 37
    assert len(period["cells"]) == 9 * 5 - 1


async def test_what_runs_is_told_when_it_has_ended(staff: Staff) -> None:
    """A running third of a year is named and shows nothing: asked every day, it would tell each new fact."""
    lokus = await staff("LOKUS", "lokus_member")
    answer = (await lokus.get("/deviation-statistics?from=2026-03&to=2026-03")).json()
    period = answer["periods"][-1]
    assert (period["startsOn"], period["endsOn"], period["isRunning"]) == ("2026-01-01", "2026-04-30", True)
    assert told(period) == {}
    assert period["total"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/deviation-statistics",
        "/deviation-statistics?from=2025-09",
        "/statistics?agreementKey=uppsala&from=2025-09&to=2026-02&kind=meeting_held",
    ],
)
async def test_counts_link_themselves_as_they_were_asked_for(staff: Staff, path: str) -> None:
    """HYP.05: `self` leads to the same counts, so it carries what was asked."""
    told = await (await staff("LOKUS", "lokus_member")).get(path)
    assert told.status_code == 200, told.text
    (itself,) = (one["href"] for one in told.json()["_links"] if one["rel"] == "self")
    assert itself.partition("/flerpart/v0")[2] == path


async def test_departures_are_counted_by_rule(application: Application, staff: Staff) -> None:
    """Departures with a reason are told by rule and party; rules never departed from are listed too."""
    fk, analyst = await staff("FK"), await staff("SAMORDNINGSFORBUND", "analyst")
    await counted(application, fk, "explanation", {("BOK-2", "FK"): 6, ("BOK-2", "REGION"): 8})
    answer = (await analyst.get("/statistics?kind=explanation&from=2018-01&to=2018-12")).json()
    assert {"BOK-2", "MAL-1"} <= {one["code"] for one in answer["details"]}
    assert told(answer["periods"][0]) == {
        (detail, party): n
        for detail in ("BOK-2", None)
        for party, n in (("FK", 6), ("REGION", 8), (None, 14))
        if detail or party
    }


@pytest.mark.parametrize(
    ("party", "role", "status"),
    [
        ("LOKUS", "lokus_member", 200),
        ("SAMORDNINGSFORBUND", "analyst", 200),
        ("FK", "manager", 200),
        ("FK", "caseworker", 403),
        ("FK", "organisation_administrator", 403),
        ("FK", "service", 403),
    ],
)
async def test_counts_are_for_those_who_follow_up(staff: Staff, party: str, role: str, status: int) -> None:
    """LOKUS, the association's analyst and managers read counts; whoever works with cases does not."""
    caller = await staff(party, role)
    for path in ("/deviation-statistics", "/statistics?kind=meeting_held"):
        assert (await caller.get(path)).status_code == status


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("from=2026-13", "query:from"),
        ("from=2026-03&to=2026-02", "query:to"),
        ("municipality=0380", "query:"),
    ],
)
async def test_a_period_that_cannot_be_is_refused(staff: Staff, query: str, pointer: str) -> None:
    """A month the calendar lacks, an end before the beginning and a filter there is none of: 400 by name."""
    lokus = await staff("LOKUS", "lokus_member")
    refused = await lokus.get(f"/deviation-statistics?{query}")
    assert refused.status_code == 400
    assert [one["pointer"] for one in refused.json()["invalidParameters"]] == [pointer]


async def test_another_agreement_is_not_found(staff: Staff) -> None:
    """An agreement the caller's organisation has no place in is answered like one that is not there."""
    lokus = await staff("LOKUS", "lokus_member")
    assert (await lokus.get("/statistics?kind=meeting_held&agreementKey=nowhere")).status_code == 404
