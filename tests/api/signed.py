"""The database as the application's login sees it for one caller: what no answer of the API can hide."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg

from app.auth.context import ContextSigner
from app.db.ids import new_id
from tests.api.conftest import Application, Caller
from tests.api.scenes import MeetingMade

SET_CONTEXT = "select set_config('flerpart.context', $1, true)"


@asynccontextmanager
async def signed(application: Application, caller: Caller) -> AsyncIterator[Any]:
    """A transaction of the API's login under the caller's signed context; kept when it ends well."""
    context = ContextSigner.of(application.keyring).sign(
        caller.organisation_id,
        caller.unit_id,
        caller.account_id,
        application.clock(),
        signed_at=datetime.now(UTC),
    )
    connection = await asyncpg.connect(application.urls.api)
    try:
        async with connection.transaction():
            await connection.execute(SET_CONTEXT, context)
            yield connection
    finally:
        await connection.close()


async def show_meeting(
    application: Application, holder: Caller, held: MeetingMade, consent_id: UUID, *to: Caller
) -> None:
    """An act of the holder has shown the meeting to these organisations, as its opening does."""
    async with signed(application, holder) as connection:
        for one in to:
            await connection.execute(
                "insert into flerpart.disclosure (org_id, id, recipient_org, kind, item_id, case_id,"
                " consent_id, without_letter, recorded_by, recorded_at)"
                " values ($1, $2, $3, 'meeting', $4, $5, $6, true, $7, $8)",
                holder.organisation_id,
                new_id(),
                one.organisation_id,
                held.id,
                held.case.id,
                consent_id,
                holder.account_id,
                application.clock(),
            )
