"""What the database refuses, in the words of `app.errors`. Never with a value, never with the database's
own text.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import asyncpg

from app import errors

# Broken unique constraints that a caller can cause, by name. Anything else is a fault of ours.
TAKEN: dict[str, Callable[[], errors.Conflict]] = {
    "pk_answered_key": errors.IdempotencyInProgress,
    "uq_individual_org_id_identity_index": errors.AlreadyExists,
    "uq_account_org_id_issuer_subject_unit_id": errors.AlreadyExists,
    "uq_plan_org_id_plan_line_number": errors.VersionStale,
    "uq_closure_org_id_case_id": errors.InvalidTransition,
    "uq_meeting_opening_org_id_meeting_id": errors.InvalidTransition,
    "uq_conclusion_org_id_meeting_id": errors.InvalidTransition,
    "uq_follow_up_decision_org_id_meeting_id": errors.InvalidTransition,
    "uq_summons_recall_org_id_summons_id": errors.InvalidTransition,
    "uq_consent_documentation_org_id_consent_org_consent_id": errors.AlreadyExists,
}


@contextmanager
def translated() -> Iterator[None]:
    """Raise the error of `app.errors` that a refusal of the database means."""
    try:
        yield
    except asyncpg.InsufficientPrivilegeError:
        # A policy's check comes before every other check, so hidden and invented parents cannot be told
        # apart.
        raise errors.NotFound from None
    except asyncpg.UniqueViolationError as refusal:
        known = TAKEN.get(refusal.constraint_name or "")
        if known is None:
            raise
        raise known() from None
    except (
        asyncpg.QueryCanceledError,
        asyncpg.LockNotAvailableError,
        asyncpg.TooManyConnectionsError,
        asyncpg.CannotConnectNowError,
        asyncpg.ConnectionDoesNotExistError,
        asyncpg.InterfaceError,
        asyncpg.IdleInTransactionSessionTimeoutError,
        asyncpg.AdminShutdownError,
        asyncpg.CrashShutdownError,
        ConnectionError,
        TimeoutError,
        OSError,
    ):
        raise errors.Unavailable from None
