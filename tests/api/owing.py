"""Work lists, asked about one thing: tests share a database, and an organisation owes in many cases."""

from typing import Any
from uuid import UUID

from tests.api.conftest import Caller


async def tasks_of(caller: Caller) -> list[dict[str, Any]]:
    """Everything on the caller's list, from every page."""
    found: list[dict[str, Any]] = []
    for page in range(1, 51):
        answer = await caller.get(f"/tasks?limit=100&page={page}")
        assert answer.status_code == 200, answer.text
        items = answer.json()["items"]
        found += items
        if len(items) < 100:
            return found
    raise AssertionError("the list does not end")


async def codes_about(caller: Caller, subject_id: UUID | str) -> list[str]:
    """The codes of what the caller's unit owes about one thing, what is due first first."""
    return [one["code"] for one in await tasks_of(caller) if one["subjectId"] == str(subject_id)]


async def codes_in(caller: Caller, case_id: UUID) -> set[str]:
    """The codes of what the caller's unit owes in one case."""
    return {one["code"] for one in await tasks_of(caller) if one["caseId"] == str(case_id)}
