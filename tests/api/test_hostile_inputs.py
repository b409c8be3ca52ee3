"""The forty hostile inputs: that each is held by tests there are, and those that nothing else holds."""

import ast
import re
from pathlib import Path

import httpx
import pytest

from dev.test_numbers import published_numbers
from tests.api.conftest import BASE, Caller, Staff
from tests.api.hostile import HOSTILE
from tests.api.matrix.document import DOCUMENT, OPERATIONS, UNKNOWN

ROOT = Path(__file__).parents[2]
PERSON = {"name": "Kim Exempel", "municipality": "0380"}
SQL = (
    "' or '1'='1",
    "'; select set_config('flerpart.context', '', false)--",
    "$1); drop table flerpart.case_file--",
)
CLAIMS = ("X-Organisation-Id", "X-Org-Id", "X-Tenant", "X-Forwarded-User", "X-User-Id", "X-Account-Id")


def test_there_are_forty() -> None:
    """Each number from H01 to H40 is held by something."""
    assert sorted(HOSTILE) == [f"H{number:02}" for number in range(1, 41)]
    assert all(one.tests for one in HOSTILE.values())


@pytest.mark.parametrize("name", sorted({name for one in HOSTILE.values() for name in one.tests}))
def test_what_is_said_to_hold_it_exists(name: str) -> None:
    """Each test that the table names is there to be run."""
    file, function = name.split("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert function in {
        one.name for one in tree.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("sql", SQL)
async def test_sql_in_a_text_is_a_text(staff: Staff, sql: str) -> None:
    """H17: what would be SQL elsewhere is kept and told as it was written."""
    fk = await staff("FK")
    done = await fk.post("/individuals", PERSON | {"name": sql})
    assert done.status_code == 201, done.text
    assert (await fk.get(f"/individuals/{done.json()['id']}")).json()["name"] == sql


@pytest.mark.parametrize("sql", SQL)
async def test_sql_in_an_address_or_a_query_names_nothing(staff: Staff, sql: str) -> None:
    """H17: in place of an id or a parameter it is refused wherever one is taken, and not repeated."""
    fk = await staff("FK", "manager")
    for operation in OPERATIONS.values():
        if operation.method != "GET":
            continue
        told = DOCUMENT["paths"][operation.path]["get"]["parameters"]
        for name in [one["name"] for one in told if one.get("in") == "query"]:
            answer = await fk.get(re.sub(r"\{\w+\}", UNKNOWN, operation.path), params={name: sql})
            assert answer.status_code in (400, 404, 422), (operation.id, name, answer.status_code)
            assert sql not in answer.text
        if operation.names_a_thing:
            address = "/".join(
                sql.replace("/", "") if "{" in one else one for one in operation.path.split("/")
            )
            assert (await fk.get(address)).status_code in (400, 404), operation.id


async def test_whoever_claims_another_organisation_stays_in_the_own(staff: Staff) -> None:
    """H22: no header moves a caller into another organisation, and the body has no field that would."""
    fk, af = await staff("FK"), await staff("AF")
    made = (await fk.post("/individuals", PERSON)).json()["id"]
    for name in CLAIMS:
        for value in (str(fk.organisation_id), str(fk.account_id)):
            headers = {"Authorization": f"Bearer {af.token()}", name: value}
            assert (await af.http.get(f"{BASE}/individuals/{made}", headers=headers)).status_code == 404
    claimed = await af.post("/individuals", PERSON | {"organisationId": str(fk.organisation_id)})
    assert claimed.status_code == 422


async def test_a_version_of_something_hidden_opens_nothing(staff: Staff) -> None:
    """H32: with the version that another's person has it is 404, like with any, and like nobody's."""
    fk, af = await staff("FK"), await staff("AF")
    made = await fk.post("/individuals", PERSON)
    path = f"/individuals/{made.json()['id']}"
    never = "/individuals/0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"
    answers = [await af.put(one, PERSON, version) for one in (path, never) for version in (1, 2)]
    answers += [await _unless_matching(af, one) for one in (path, never)]
    assert {one.status_code for one in answers} == {404}
    assert len({one.content for one in answers}) == 1
    assert (await fk.put(path, PERSON, 1)).status_code == 200


async def _unless_matching(caller: Caller, path: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {caller.token()}", "If-None-Match": '"1"'}
    return await caller.http.get(BASE + path, headers=headers)


async def test_a_person_whom_others_know_is_registered_like_any_other(staff: Staff) -> None:
    """H36: whoever registers a person whom another organisation has learns nothing of that."""
    fk, af = await staff("FK"), await staff("AF")
    known, unknown = list(published_numbers())[-14:-12]
    body = PERSON | {"identity": {"kind": "personnummer", "value": known}}
    assert (await fk.post("/individuals", body)).status_code == 201
    there = await af.post("/individuals", body)
    nowhere = await af.post("/individuals", PERSON | {"identity": {"kind": "personnummer", "value": unknown}})
    assert (there.status_code, nowhere.status_code) == (201, 201)
    assert there.json().keys() == nowhere.json().keys()


def test_every_answer_is_json() -> None:
    """H40: no operation answers a table, an archive or a file, whose cells would have to be escaped."""
    kinds = {
        kind
        for item in DOCUMENT["paths"].values()
        for told in item.values()
        for answer in told["responses"].values()
        for kind in answer.get("content", {})
    }
    assert kinds == {"application/json", "application/problem+json"}
