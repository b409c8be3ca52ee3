"""Told again, a restored backup loses what was taken away, and gets nothing that was given."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.db.database import Database
from app.db.ids import new_id
from app.db.recovery import TOLD_AGAIN, recovering
from app.db.tables.recovery import KINDS
from app.wiring import sign_with
from dev.postgres import Urls
from tests.db import rows
from tests.db.scene import Organisation, enter_directory, owner

pytestmark = pytest.mark.database


@dataclass(frozen=True)
class Backup:
    """An organisation in a database that plays the restored backup, and who tells it."""

    urls: Urls
    signer: ContextSigner
    mine: Organisation
    database: Database

    async def told(self, kind: str, /, of: Organisation | None = None, **content: Any) -> None:
        """One line told again, in the name of an organisation."""
        whose = of or self.mine
        context = self.signer.sign(whose.id, new_id(), new_id(), datetime.now(UTC))
        async with recovering(self.urls.migration) as recovery:
            await recovery.tell_again(context, kind, content)

    async def directory(self, question: str) -> Any:
        """What the directory says of the organisation's officer or account."""
        async with owner(self.urls.migration) as connection:
            return await connection.fetchval(question, self.mine.id)


@pytest.fixture
async def backup(fresh_database: Urls, keys_file: Path) -> AsyncIterator[Backup]:
    """A database with one organisation, whose account is a caseworker's and a manager's."""
    signer, mine = ContextSigner.of(KeyRing.load(keys_file)), Organisation()
    await enter_directory(fresh_database.migration, mine)
    async with owner(fresh_database.migration) as connection:
        await connection.execute(
            "update flerpart.account set roles = '{caseworker,manager}' where org_id = $1", mine.id
        )
    async with Database(fresh_database.api, sign_with(signer), smallest=1, largest=2).opened() as database:
        yield Backup(fresh_database, signer, mine, database)


ROLES = "select array_to_string(roles, ' ') || ' ' || active from flerpart.account where org_id = $1"


@pytest.mark.parametrize(
    ("roles", "active", "left"),
    [
        (["manager", "analyst"], True, "manager true"),
        (["caseworker", "manager", "analyst"], True, "caseworker manager true"),
        (["caseworker", "manager"], False, "caseworker manager false"),
        (["analyst"], True, "caseworker manager false"),
    ],
    ids=["fewer", "more", "ended", "others"],
)
async def test_an_account_keeps_only_what_it_had_in_both(
    backup: Backup, roles: list[str], active: bool, left: str
) -> None:
    """Roles taken since are taken, roles given are not; left with none of them, the account is ended."""
    for _ in range(2):
        await backup.told("account", id=str(backup.mine.account), roles=roles, active=active)
        assert await backup.directory(ROLES) == left


async def test_an_account_ended_since_is_not_opened_by_a_later_line(backup: Backup) -> None:
    """Ended and opened again after the backup, it stays ended: two administrators open it anew."""
    for active in (False, True):
        await backup.told(
            "account", id=str(backup.mine.account), roles=["caseworker", "manager"], active=active
        )
    assert await backup.directory(ROLES) == "caseworker manager false"


async def test_an_officer_who_left_has_left_at_the_earlier_day(backup: Backup) -> None:
    """A day of leaving is brought forward, never put off or taken back."""
    leaving = "select left_on from flerpart.officer where org_id = $1"
    for told, left in (("2026-05-01", 5), ("2026-06-01", 5), (None, 5), ("2026-04-01", 4)):
        await backup.told("officer", id=str(backup.mine.officer), left_on=told)
        assert await backup.directory(leaving) == date(2026, left, 1)


async def test_a_mark_is_set_and_never_lifted(backup: Backup) -> None:
    """Stricter marks hold; one that was lifted after the backup is lifted anew by two."""
    person = rows.individual(backup.mine.id)
    async with backup.database.act(backup.mine.caller()) as tx:
        await tx.add(person)
        await tx.commit()
    mark = "select protected_identity from flerpart.individual"
    expected = {
        "confidentiality_mark": "confidentiality_mark",
        "none": "confidentiality_mark",
        "protected_registration": "protected_registration",
    }
    for told, holds in expected.items():
        await backup.told("protection", id=str(person.id), protected_identity=told)
        async with backup.database.act(backup.mine.caller()) as tx:
            assert await tx.call(mark) == holds


async def test_one_organisations_line_reaches_no_other(backup: Backup) -> None:
    """A line is told under its own organisation's context: another's account is out of its reach."""
    other = Organisation()
    await backup.told("account", of=other, id=str(backup.mine.account), roles=[], active=False)
    assert await backup.directory(ROLES) == "caseworker manager true"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await backup.told("disposal", of=other, org_id=str(backup.mine.id), kind="case")


def test_whatever_is_noted_can_be_told_again() -> None:
    """Every kind of event that the database notes has its way back."""
    assert set(TOLD_AGAIN) == set(KINDS)
