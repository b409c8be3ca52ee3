"""What the database refuses, in the words of `app.errors`.

Never with a value, never with the database's own text.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg

from app import errors

log = logging.getLogger("flerpart.db")

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
    "uq_deviation_org_id_proposed_by_rule_subject_id": errors.AlreadyExists,
    "uq_consent_documentation_org_id_consent_org_consent_id": errors.AlreadyExists,
}

TOO_MANY_PERSONS = "FL429"
"""What the gate of volume says, with the seconds to wait as its detail."""


def is_open(connection: Any) -> bool:
    """Whether a connection can still be used; the pool takes a lost one back by itself."""
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:
        return False


@contextmanager
def translated(connection: Any = None) -> Iterator[None]:
    """Raise the error of `app.errors` that a refusal of the database means.

    With `connection`, misuse of one that is open stays what it is: a fault of ours.
    """
    try:
        yield
    except (asyncpg.InsufficientPrivilegeError, asyncpg.ForeignKeyViolationError) as refusal:
        # A right that is lacking altogether is ours to mend. Where the journal cannot be written nothing is
        # answered, and least of all that nothing is there.
        if refusal.server_source_function == "aclcheck_error":
            raise errors.Unavailable from None
        # A policy's check comes before every other check, and a foreign key holds the organisation: hidden
        # and invented parents cannot be told apart.
        raise errors.NotFound from None
    except asyncpg.UniqueViolationError as refusal:
        known = TAKEN.get(refusal.constraint_name or "")
        if known is None:
            raise
        raise known() from None
    except asyncpg.InterfaceError:
        if connection is not None and is_open(connection):
            raise
        raise errors.Unavailable from None
    except (
        asyncpg.PostgresConnectionError,
        asyncpg.OperatorInterventionError,  # ended by its timeout, or the server goes down
        asyncpg.InsufficientResourcesError,
        asyncpg.InternalClientError,  # the server ended the connection between two statements
        asyncpg.LockNotAvailableError,
        asyncpg.TransactionRollbackError,  # a deadlock: one of the two must come again
        asyncpg.IdleInTransactionSessionTimeoutError,
        asyncpg.ReadOnlySQLTransactionError,  # the server has become a standby
        OSError,  # TimeoutError and ConnectionError are kinds of it
    ) as failure:
        code = getattr(failure, "sqlstate", None)
        log.warning("database unavailable", extra={"class": type(failure).__name__, "sqlstate": code})
        raise errors.Unavailable from None
    except asyncpg.PostgresError as refusal:
        if refusal.sqlstate != TOO_MANY_PERSONS:
            raise
        raise errors.TooManyPersons(int(refusal.detail)) from None
