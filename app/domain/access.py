"""Who may do what: one literal table, role × operation → the relation the caller must have to the thing.

Two questions are kept apart. `may_ever` is asked before anything is looked up (403): may any of these roles
do this at all? `may` is asked when the thing has been found visible: is it the caller's in the way the
operation needs (else 403)? What is not in the table is allowed to nobody. Whether the agreement allows the
step comes last, and is the rulebook's question, not this one's.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain.operations import Operation as Operation


class Role(StrEnum):
    """What an account may be, within its one organisation."""

    CASEWORKER = "caseworker"
    REHABILITATION_COORDINATOR = "rehabilitation_coordinator"
    MANAGER = "manager"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"
    LOKUS_MEMBER = "lokus_member"
    ANALYST = "analyst"
    SERVICE = "service"


class Relation(StrEnum):
    """How a caller can stand to a thing it sees."""

    ANYONE = "anyone"
    """Nothing is needed: the thing is about no person and no organisation's own."""
    OWN_ORGANISATION = "own_organisation"
    """It is the caller's organisation's."""
    OWN_UNIT = "own_unit"
    """It is the caller's organisation's, and the caller's own unit's or assigned to the caller."""
    RECIPIENT = "recipient"
    """The caller's organisation holds a received copy of it, or it was addressed to it."""
    SHOWN = "shown"
    """An act has shown it to the caller's organisation, under consent that lives."""
    COVERED = "covered"
    """The consent covers the caller's organisation, living or not."""
    PRESENT = "present"
    """The caller's organisation takes part in the meeting, or is summoned to it."""
    RECORDER = "recorder"
    """The caller's organisation was appointed to write the plan."""
    OWNER = "owner"
    """The action is the caller's organisation's, or is being handed over to it."""


EVERYBODY = frozenset(Role)
HANDLERS = frozenset({Role.CASEWORKER, Role.REHABILITATION_COORDINATOR, Role.SERVICE})
CASE_STAFF = HANDLERS | {Role.MANAGER}
ADMINISTRATORS = frozenset({Role.ORGANISATION_ADMINISTRATOR})
SUPERVISORS = frozenset({Role.MANAGER})
ARCHIVE_STAFF = ADMINISTRATORS | {Role.MANAGER}
COUNTERS = frozenset({Role.LOKUS_MEMBER, Role.ANALYST, Role.MANAGER})


@dataclass(frozen=True)
class Permission:
    """These roles may, to things they stand to in one of these relations."""

    roles: Set[Role]
    relations: Set[Relation]


ACCESS: Mapping[Operation, Permission] = MappingProxyType(
    {
        Operation.READ_ME: Permission(EVERYBODY, {Relation.ANYONE}),
        Operation.LIST_TASKS: Permission(CASE_STAFF, {Relation.ANYONE}),
        Operation.LIST_AGREEMENTS: Permission(EVERYBODY, {Relation.ANYONE}),
        Operation.READ_AGREEMENT: Permission(EVERYBODY, {Relation.ANYONE}),
        Operation.LIST_RULES: Permission(EVERYBODY, {Relation.ANYONE}),
        Operation.READ_RULE: Permission(EVERYBODY, {Relation.ANYONE}),
        Operation.LIST_ORGANISATIONS: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.ANYONE}),
        Operation.READ_ORGANISATION: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.ANYONE}),
        Operation.LIST_UNITS: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.ANYONE}),
        Operation.LIST_UNITS_OF_ORGANISATION: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.ANYONE}),
        Operation.READ_UNIT: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.ANYONE}),
        Operation.ADD_UNIT: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.CHANGE_UNIT: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.LIST_OFFICERS: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.READ_OFFICER: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.ADD_OFFICER: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.CHANGE_OFFICER: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.LIST_ACCOUNTS: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.READ_ACCOUNT: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.ADD_ACCOUNT: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.CHANGE_ROLES: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.END_ACCOUNT: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.LIST_JOINT_DECISIONS: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.READ_JOINT_DECISION: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.APPROVE_JOINT_DECISION: Permission(
            CASE_STAFF | ADMINISTRATORS, {Relation.OWN_ORGANISATION}
        ),
        Operation.REJECT_JOINT_DECISION: Permission(CASE_STAFF | ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.LIST_DISPOSAL_RULES: Permission(ARCHIVE_STAFF, {Relation.OWN_ORGANISATION}),
        Operation.READ_DISPOSAL_RULE: Permission(ARCHIVE_STAFF, {Relation.OWN_ORGANISATION}),
        Operation.ADD_DISPOSAL_RULE: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.PREVIEW_DISPOSAL: Permission(ARCHIVE_STAFF, {Relation.OWN_ORGANISATION}),
        Operation.PROPOSE_DISPOSAL: Permission(ADMINISTRATORS, {Relation.OWN_ORGANISATION}),
        Operation.LIST_DISPOSALS: Permission(ARCHIVE_STAFF, {Relation.OWN_ORGANISATION}),
        Operation.READ_DISPOSAL: Permission(ARCHIVE_STAFF, {Relation.OWN_ORGANISATION}),
        Operation.READ_DISPOSAL_CERTIFICATE: Permission(ARCHIVE_STAFF, {Relation.OWN_ORGANISATION}),
        Operation.REGISTER_INDIVIDUAL: Permission(HANDLERS, {Relation.ANYONE}),
        Operation.LOOK_UP_INDIVIDUAL: Permission(HANDLERS, {Relation.ANYONE}),
        Operation.READ_INDIVIDUAL: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.CHANGE_INDIVIDUAL: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.READ_PROTECTION: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.PROTECT_INDIVIDUAL: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.LIFT_PROTECTION: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.CLEAR_ACCOUNT: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.END_CLEARANCE: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.REGISTER_CASE: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.LIST_CASES: Permission(CASE_STAFF, {Relation.ANYONE}),
        Operation.READ_CASE: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.READ_CASE_READINESS: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.ASSESS_NEED: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.OFFER_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.ANSWER_OFFER: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.RECORD_CONTACT: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.CHANGE_CARRIER: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.CLOSE_CASE: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.RECORD_CONSENT: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.READ_CONSENT: Permission(CASE_STAFF, {Relation.OWN_UNIT, Relation.COVERED}),
        Operation.DOCUMENT_CONSENT: Permission(HANDLERS, {Relation.OWN_UNIT, Relation.COVERED}),
        Operation.EXTEND_CONSENT: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.WITHDRAW_CONSENT: Permission(HANDLERS, {Relation.OWN_UNIT, Relation.COVERED}),
        Operation.LIST_CONSENTS: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.PREVIEW_WITHDRAWAL: Permission(CASE_STAFF, {Relation.OWN_UNIT, Relation.COVERED}),
        Operation.READ_WITHDRAWAL_RECEIPT: Permission(CASE_STAFF, {Relation.OWN_UNIT, Relation.COVERED}),
        Operation.CORRECT_CONSENT: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.READ_CONSENT_COVERAGE: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.START_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.LIST_MEETINGS: Permission(CASE_STAFF, {Relation.ANYONE}),
        Operation.READ_MEETING: Permission(CASE_STAFF, {Relation.OWN_UNIT, Relation.SHOWN}),
        Operation.CHANGE_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.PREPARE_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.CHANGE_INVITEES: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.OFFER_TIME: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.BOOK_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.READ_READINESS: Permission(CASE_STAFF, {Relation.OWN_UNIT, Relation.SHOWN}),
        Operation.PREVIEW_SUMMONS: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.LIST_ISSUED_SUMMONSES: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.ISSUE_SUMMONS: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.PREVIEW_INVITATION: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.ISSUE_INVITATION: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.LIST_INVITATIONS: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.LIST_SUMMONSES: Permission(CASE_STAFF, {Relation.ANYONE}),
        Operation.READ_SUMMONS: Permission(CASE_STAFF, {Relation.OWN_UNIT, Relation.RECIPIENT}),
        Operation.REPLY_TO_SUMMONS: Permission(HANDLERS, {Relation.OWN_UNIT, Relation.RECIPIENT}),
        Operation.ANSWER_QUERY: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.ASSIGN_SUMMONS: Permission(CASE_STAFF, {Relation.RECIPIENT}),
        Operation.SAY_PREPARED: Permission(HANDLERS, {Relation.RECIPIENT}),
        Operation.RECALL_SUMMONS: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.RESCHEDULE_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.CANCEL_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.OPEN_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.RECORD_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.TRANSFER_CHAIR: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.APPOINT_RECORDER: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.RECORD_ATTENDANCE: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.CONCLUDE_MEETING: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.WRITE_DRAFT: Permission(HANDLERS, {Relation.RECORDER}),
        Operation.CHANGE_DRAFT: Permission(HANDLERS, {Relation.RECORDER}),
        Operation.READ_DRAFT: Permission(HANDLERS, {Relation.OWN_UNIT, Relation.RECORDER}),
        Operation.HAND_OVER_DRAFT: Permission(HANDLERS, {Relation.RECORDER}),
        Operation.PROPOSE_PLAN: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.READ_PLAN: Permission(CASE_STAFF, {Relation.OWN_UNIT, Relation.RECIPIENT, Relation.SHOWN}),
        Operation.READ_PLAN_DIFFERENCES: Permission(
            CASE_STAFF, {Relation.OWN_UNIT, Relation.RECIPIENT, Relation.SHOWN}
        ),
        Operation.READ_PLAN_DOCUMENT: Permission(
            CASE_STAFF, {Relation.OWN_UNIT, Relation.RECIPIENT, Relation.SHOWN}
        ),
        Operation.APPROVE_PLAN: Permission(HANDLERS, {Relation.OWN_UNIT, Relation.RECIPIENT, Relation.SHOWN}),
        Operation.DISTRIBUTE_PLAN: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.READ_ACTION: Permission(
            CASE_STAFF, {Relation.OWN_UNIT, Relation.RECIPIENT, Relation.SHOWN}
        ),
        Operation.COMMIT_TO_ACTION: Permission(HANDLERS, {Relation.OWN_UNIT, Relation.OWNER}),
        Operation.REPORT_AT_FOLLOW_UP: Permission(
            HANDLERS, {Relation.OWN_UNIT, Relation.RECIPIENT, Relation.SHOWN}
        ),
        Operation.DECIDE_FOLLOW_UP: Permission(HANDLERS, {Relation.OWN_UNIT}),
        Operation.REPORT_DEVIATION: Permission(CASE_STAFF, {Relation.ANYONE}),
        Operation.LIST_DEVIATIONS: Permission(CASE_STAFF, {Relation.ANYONE}),
        Operation.READ_DEVIATION: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.CONFIRM_DEVIATION: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.DISMISS_DEVIATION: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.HANDLE_DEVIATION: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.READ_DEVIATION_STATISTICS: Permission(COUNTERS, {Relation.ANYONE}),
        Operation.READ_STATISTICS: Permission(COUNTERS, {Relation.ANYONE}),
        Operation.LIST_LOG_ENTRIES: Permission(CASE_STAFF, {Relation.OWN_UNIT}),
        Operation.READ_LOG_SELECTION: Permission(SUPERVISORS, {Relation.OWN_ORGANISATION}),
        Operation.RECORD_LOG_REVIEW: Permission(SUPERVISORS, {Relation.OWN_ORGANISATION}),
        Operation.LIST_LOG_REVIEWS: Permission(SUPERVISORS, {Relation.OWN_ORGANISATION}),
        Operation.READ_LOG_REVIEW: Permission(SUPERVISORS, {Relation.OWN_ORGANISATION}),
        Operation.TICK: Permission(frozenset({Role.SERVICE}), {Relation.OWN_ORGANISATION}),
    }
)


def may_ever(roles: Set[Role], operation: Operation) -> bool:
    """Whether any of the roles may do this to anything at all."""
    return operation in ACCESS and not ACCESS[operation].roles.isdisjoint(roles)


def may(roles: Set[Role], operation: Operation, relations: Set[Relation]) -> bool:
    """Whether any of the roles may do this to a thing the caller stands to in these relations."""
    return may_ever(roles, operation) and not ACCESS[operation].relations.isdisjoint(
        {*relations, Relation.ANYONE}
    )
