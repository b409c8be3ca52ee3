"""Who may do what: one literal table, role × operation → the relation the caller must have to the thing.

Two questions are kept apart. `may_ever` is asked before anything is looked up (403): may any of these roles
do
this at all? `may` is asked when the thing has been found visible: is it the caller's in the way the operation
needs (else 403)? An operation or role that is not in the table is allowed to nobody. Whether the agreement
allows
the step comes last, and is the rulebook's question, not this one's.
"""

from collections.abc import Mapping, Set
from enum import StrEnum
from types import MappingProxyType


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


class Operation(StrEnum):
    """Everything that can be asked of the API; the value is the operation id of the OpenAPI document."""

    READ_ME = "readMe"
    LIST_TASKS = "listTasks"
    READ_AGREEMENT = "readAgreement"
    READ_RULES = "readRules"
    LIST_ORGANISATIONS = "listOrganisations"
    LIST_UNITS = "listUnits"
    CHANGE_UNIT = "changeUnit"
    LIST_OFFICERS = "listOfficers"
    CHANGE_OFFICER = "changeOfficer"
    CHANGE_ACCOUNT = "changeAccount"
    REGISTER_INDIVIDUAL = "registerIndividual"
    LOOK_UP_INDIVIDUAL = "lookUpIndividual"
    READ_INDIVIDUAL = "readIndividual"
    CHANGE_INDIVIDUAL = "changeIndividual"
    REGISTER_CASE = "registerCase"
    LIST_CASES = "listCases"
    READ_CASE = "readCase"
    ASSESS_NEED = "assessNeed"
    OFFER_MEETING = "offerMeeting"
    RECORD_CONTACT = "recordContact"
    CHANGE_CARRIER = "changeCarrier"
    CLOSE_CASE = "closeCase"
    RECORD_CONSENT = "recordConsent"
    READ_CONSENT = "readConsent"
    DOCUMENT_CONSENT = "documentConsent"
    EXTEND_CONSENT = "extendConsent"
    WITHDRAW_CONSENT = "withdrawConsent"
    START_MEETING = "startMeeting"
    LIST_MEETINGS = "listMeetings"
    READ_MEETING = "readMeeting"
    CHANGE_MEETING = "changeMeeting"
    PREPARE_MEETING = "prepareMeeting"
    CHANGE_INVITEES = "changeInvitees"
    OFFER_TIME = "offerTime"
    BOOK_MEETING = "bookMeeting"
    READ_READINESS = "readReadiness"
    PREVIEW_SUMMONS = "previewSummons"
    ISSUE_SUMMONS = "issueSummons"
    ISSUE_INVITATION = "issueInvitation"
    LIST_SUMMONSES = "listSummonses"
    READ_SUMMONS = "readSummons"
    REPLY_TO_SUMMONS = "replyToSummons"
    ANSWER_QUERY = "answerQuery"
    ASSIGN_SUMMONS = "assignSummons"
    SAY_PREPARED = "sayPrepared"
    RECALL_SUMMONS = "recallSummons"
    RESCHEDULE_MEETING = "rescheduleMeeting"
    CANCEL_MEETING = "cancelMeeting"
    OPEN_MEETING = "openMeeting"
    RECORD_MEETING = "recordMeeting"
    TRANSFER_CHAIR = "transferChair"
    APPOINT_RECORDER = "appointRecorder"
    RECORD_ATTENDANCE = "recordAttendance"
    CONCLUDE_MEETING = "concludeMeeting"
    WRITE_DRAFT = "writeDraft"
    READ_DRAFT = "readDraft"
    HAND_OVER_DRAFT = "handOverDraft"
    PROPOSE_PLAN = "proposePlan"
    READ_PLAN = "readPlan"
    APPROVE_PLAN = "approvePlan"
    DISTRIBUTE_PLAN = "distributePlan"
    COMMIT_TO_ACTION = "commitToAction"
    REPORT_AT_FOLLOW_UP = "reportAtFollowUp"
    DECIDE_FOLLOW_UP = "decideFollowUp"
    REPORT_DEVIATION = "reportDeviation"
    LIST_DEVIATIONS = "listDeviations"
    READ_DEVIATION = "readDeviation"
    HANDLE_DEVIATION = "handleDeviation"
    READ_STATISTICS = "readStatistics"
    TICK = "tick"


def _table() -> Mapping[Operation, Mapping[Role, frozenset[Relation]]]:
    """The table, written so that a line reads: this operation is for these roles, on things that are theirs
    so.
    """
    op, rel = Operation, Relation
    everybody = frozenset(Role)
    handlers = frozenset({Role.CASEWORKER, Role.REHABILITATION_COORDINATOR, Role.SERVICE})
    case_staff = handlers | {Role.MANAGER}
    administrators = frozenset({Role.ORGANISATION_ADMINISTRATOR})
    counters = frozenset({Role.LOKUS_MEMBER, Role.ANALYST, Role.MANAGER})
    mine = (rel.OWN_UNIT,)
    lines: tuple[tuple[frozenset[Role], tuple[Relation, ...], tuple[Operation, ...]], ...] = (
        (
            everybody,
            (rel.ANYONE,),
            (op.READ_ME, op.READ_AGREEMENT, op.READ_RULES, op.LIST_ORGANISATIONS, op.LIST_UNITS),
        ),
        (administrators, (rel.OWN_ORGANISATION,), (op.CHANGE_UNIT, op.CHANGE_OFFICER, op.CHANGE_ACCOUNT)),
        (case_staff | administrators, (rel.OWN_ORGANISATION,), (op.LIST_OFFICERS,)),
        (
            case_staff,
            (rel.ANYONE,),
            (op.LIST_TASKS, op.LIST_CASES, op.LIST_MEETINGS, op.LIST_SUMMONSES, op.LIST_DEVIATIONS),
        ),
        (handlers, (rel.ANYONE,), (op.REGISTER_INDIVIDUAL, op.LOOK_UP_INDIVIDUAL)),
        (case_staff, mine, (op.READ_INDIVIDUAL, op.READ_CASE)),
        (handlers, mine, (op.CHANGE_INDIVIDUAL,)),
        (
            handlers,
            mine,
            (op.REGISTER_CASE, op.ASSESS_NEED, op.OFFER_MEETING, op.RECORD_CONTACT, op.CLOSE_CASE),
        ),
        (case_staff, mine, (op.CHANGE_CARRIER,)),
        (handlers, mine, (op.RECORD_CONSENT, op.EXTEND_CONSENT)),
        (case_staff, (rel.OWN_UNIT, rel.COVERED), (op.READ_CONSENT,)),
        (handlers, (rel.OWN_UNIT, rel.COVERED), (op.DOCUMENT_CONSENT, op.WITHDRAW_CONSENT)),
        (
            handlers,
            mine,
            (op.START_MEETING, op.CHANGE_MEETING, op.PREPARE_MEETING, op.CHANGE_INVITEES, op.OFFER_TIME),
        ),
        (handlers, mine, (op.BOOK_MEETING, op.RESCHEDULE_MEETING, op.CANCEL_MEETING, op.PREVIEW_SUMMONS)),
        (handlers, mine, (op.ISSUE_SUMMONS, op.ISSUE_INVITATION, op.RECALL_SUMMONS, op.ANSWER_QUERY)),
        (case_staff, (rel.OWN_UNIT, rel.SHOWN), (op.READ_MEETING, op.READ_READINESS)),
        (case_staff, (rel.OWN_UNIT, rel.RECIPIENT), (op.READ_SUMMONS,)),
        (handlers, (rel.OWN_UNIT, rel.RECIPIENT), (op.REPLY_TO_SUMMONS,)),
        (handlers, (rel.RECIPIENT,), (op.SAY_PREPARED,)),
        (case_staff, (rel.RECIPIENT,), (op.ASSIGN_SUMMONS,)),
        (handlers, mine, (op.OPEN_MEETING, op.RECORD_MEETING, op.TRANSFER_CHAIR, op.APPOINT_RECORDER)),
        (handlers, mine, (op.RECORD_ATTENDANCE, op.CONCLUDE_MEETING, op.PROPOSE_PLAN, op.DISTRIBUTE_PLAN)),
        (handlers, (rel.RECORDER,), (op.WRITE_DRAFT, op.HAND_OVER_DRAFT)),
        (handlers, (rel.RECORDER, rel.OWN_UNIT), (op.READ_DRAFT,)),
        (case_staff, (rel.OWN_UNIT, rel.SHOWN, rel.RECIPIENT), (op.READ_PLAN,)),
        (handlers, (rel.OWN_UNIT, rel.SHOWN, rel.RECIPIENT), (op.APPROVE_PLAN,)),
        (handlers, (rel.OWN_UNIT, rel.OWNER), (op.COMMIT_TO_ACTION,)),
        (handlers, (rel.OWN_UNIT, rel.SHOWN), (op.REPORT_AT_FOLLOW_UP,)),
        (handlers, mine, (op.DECIDE_FOLLOW_UP,)),
        (case_staff, (rel.ANYONE,), (op.REPORT_DEVIATION,)),
        (case_staff, mine, (op.READ_DEVIATION, op.HANDLE_DEVIATION)),
        (counters, (rel.ANYONE,), (op.READ_STATISTICS,)),
        (frozenset({Role.SERVICE}), (rel.OWN_ORGANISATION,), (op.TICK,)),
    )
    table: dict[Operation, dict[Role, frozenset[Relation]]] = {}
    for roles, relations, operations in lines:
        for operation in operations:
            table.setdefault(operation, {}).update(dict.fromkeys(roles, frozenset(relations)))
    return MappingProxyType({operation: MappingProxyType(row) for operation, row in table.items()})


ACCESS = _table()


def may_ever(roles: Set[Role], operation: Operation) -> bool:
    """Whether any of the roles may do this to anything at all."""
    return any(role in ACCESS.get(operation, {}) for role in roles)


def may(roles: Set[Role], operation: Operation, relations: Set[Relation]) -> bool:
    """Whether any of the roles may do this to a thing the caller stands to in these relations."""
    row = ACCESS.get(operation, {})
    return any(row.get(role, frozenset()) & (set(relations) | {Relation.ANYONE}) for role in roles)
