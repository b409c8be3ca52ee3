"""What is expected of every operation, written down from the rules and not from the application's own table.

Part E of the catalogue and the design's §4 and §5 in short: who handles cases does what is done to them,
managers read and keep order, administrators see no case, LOKUS and the association's analysts see counts. An
organisation's item is its own; an act shows it to others as long as consent lives; what was received stays; a
statement is the speaker's own. What is not visible does not exist; what is visible and another's may not be
touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

HANDLING = frozenset({"caseworker", "rehabilitation_coordinator", "service"})
STAFF = HANDLING | {"manager"}
ADMINISTRATION = frozenset({"organisation_administrator"})
HOUSE = STAFF | ADMINISTRATION
SUPERVISION = frozenset({"manager"})
COUNTING = frozenset({"lokus_member", "analyst", "manager"})
EVERYBODY = HOUSE | COUNTING
WHOLE_ORGANISATION = frozenset({"manager", "service"})


class Answer(Enum):
    """How a request is answered."""

    DONE = "let through to what the request says"
    NOT_ALLOWED = "403"
    HIDDEN = "404, like what does not exist"
    NOBODY = "401"


DONE, NOT_ALLOWED, HIDDEN = Answer.DONE, Answer.NOT_ALLOWED, Answer.HIDDEN


@dataclass(frozen=True)
class Expected:
    """Who may ever do it; and the answer to those who hold the thing, were shown it, and were once."""

    roles: frozenset[str]
    own: Answer = DONE
    disclosed: Answer = HIDDEN
    withdrawn: Answer = HIDDEN
    foreign: Answer = HIDDEN
    own_other_unit: Answer = HIDDEN
    disclosed_other_unit: Answer = HIDDEN
    hidden_from: frozenset[str] = frozenset()
    """Roles that may do it to other things of the kind, and to whom this one does not exist."""

    def of(self, role: str, place: str) -> Answer:
        """How somebody in this role at this place is answered."""
        if role not in self.roles:
            return NOT_ALLOWED
        if role in self.hidden_from:
            return HIDDEN
        whole = place.removesuffix("_other_unit")
        if whole == place or role in WHOLE_ORGANISATION:
            return Answer(getattr(self, whole))
        return Answer(getattr(self, place))


def anywhere(roles: frozenset[str]) -> Expected:
    """Nothing is named, or what is named is everybody's to see."""
    return Expected(roles, DONE, DONE, DONE, DONE, DONE, DONE)


OWN = Expected(HANDLING)
OWN_READ = Expected(STAFF)
MEETING = Expected(HANDLING, disclosed=NOT_ALLOWED)
MEETING_READ = Expected(STAFF, disclosed=DONE)
CONSENT = Expected(HANDLING, disclosed=NOT_ALLOWED, withdrawn=NOT_ALLOWED)
COVERED = Expected(HANDLING, disclosed=DONE, withdrawn=DONE)
COVERED_READ = Expected(STAFF, disclosed=DONE, withdrawn=DONE)
SENDER = CONSENT
RECIPIENT = Expected(HANDLING, own=NOT_ALLOWED, disclosed=DONE, withdrawn=DONE)
UNIT = replace(anywhere(ADMINISTRATION), disclosed=NOT_ALLOWED, withdrawn=NOT_ALLOWED, foreign=NOT_ALLOWED)
ARCHIVE = ADMINISTRATION | {"manager"}
DISPOSED = Expected(ARCHIVE, own_other_unit=DONE)
PERSONNEL = Expected(ADMINISTRATION, own_other_unit=DONE)
ABOUT_ROLES = Expected(HOUSE, own_other_unit=DONE, hidden_from=STAFF)
RECORDER = Expected(HANDLING, own=NOT_ALLOWED, disclosed=DONE)

EXPECTED: Mapping[str, Expected] = {
    "readMe": anywhere(EVERYBODY),
    "listTasks": anywhere(STAFF),
    "listAgreements": anywhere(EVERYBODY),
    "readAgreement": anywhere(EVERYBODY),
    "listRules": anywhere(EVERYBODY),
    "readRule": anywhere(EVERYBODY),
    "listOrganisations": anywhere(HOUSE),
    "readOrganisation": anywhere(HOUSE),
    "listUnitsOfOrganisation": anywhere(HOUSE),
    "listUnits": anywhere(HOUSE),
    "readUnit": anywhere(HOUSE),
    "addUnit": anywhere(ADMINISTRATION),
    "changeUnit": UNIT,
    "listOfficers": anywhere(HOUSE),
    "readOfficer": replace(PERSONNEL, roles=HOUSE),
    "addOfficer": anywhere(ADMINISTRATION),
    "changeOfficer": PERSONNEL,
    "listAccounts": anywhere(ADMINISTRATION),
    "readAccount": PERSONNEL,
    "addAccount": anywhere(ADMINISTRATION),
    "changeRoles": PERSONNEL,
    "endAccount": PERSONNEL,
    "listJointDecisions": anywhere(HOUSE),
    "readJointDecision": ABOUT_ROLES,
    "approveJointDecision": ABOUT_ROLES,
    "rejectJointDecision": ABOUT_ROLES,
    "listDisposalRules": anywhere(ARCHIVE),
    "readDisposalRule": DISPOSED,
    "addDisposalRule": anywhere(ADMINISTRATION),
    "previewDisposal": DISPOSED,
    "proposeDisposal": replace(DISPOSED, roles=ADMINISTRATION),
    "listDisposals": anywhere(ARCHIVE),
    "readDisposal": DISPOSED,
    "readDisposalCertificate": DISPOSED,
    "registerIndividual": anywhere(HANDLING),
    "lookUpIndividual": replace(anywhere(HANDLING), foreign=HIDDEN),
    "readIndividual": OWN_READ,
    "changeIndividual": OWN,
    "readProtection": OWN_READ,
    "protectIndividual": OWN_READ,
    "liftProtection": OWN_READ,
    "clearAccount": OWN_READ,
    "endClearance": OWN_READ,
    "listLogEntries": OWN_READ,
    "registerCase": Expected(HANDLING, own_other_unit=DONE),
    "listCases": anywhere(STAFF),
    "readCase": OWN_READ,
    "readCaseReadiness": OWN_READ,
    "assessNeed": OWN,
    "offerMeeting": OWN,
    "answerOffer": OWN,
    "recordContact": OWN,
    "changeCarrier": OWN_READ,
    "closeCase": OWN,
    "recordConsent": OWN,
    "listConsents": OWN_READ,
    "readConsent": COVERED_READ,
    "documentConsent": COVERED,
    "extendConsent": CONSENT,
    "correctConsent": CONSENT,
    "withdrawConsent": COVERED,
    "previewWithdrawal": COVERED_READ,
    "readWithdrawalReceipt": Expected(STAFF, withdrawn=DONE),
    "readConsentCoverage": Expected(STAFF, disclosed=NOT_ALLOWED),
    "startMeeting": OWN,
    "listMeetings": anywhere(STAFF),
    "readMeeting": MEETING_READ,
    "readMeetingReadiness": MEETING_READ,
    "changeMeeting": MEETING,
    "prepareMeeting": MEETING,
    "addInvitee": MEETING,
    "changeInvitee": MEETING,
    "removeInvitee": MEETING,
    "offerTime": MEETING,
    "bookMeeting": MEETING,
    "rescheduleMeeting": MEETING,
    "cancelMeeting": MEETING,
    "listIssuedSummonses": Expected(STAFF, disclosed=NOT_ALLOWED),
    "previewSummons": MEETING,
    "issueSummons": MEETING,
    "previewInvitation": MEETING,
    "issueInvitation": MEETING,
    "listInvitations": Expected(STAFF, disclosed=NOT_ALLOWED),
    "openMeeting": MEETING,
    "recordAttendance": MEETING,
    "recordMeeting": MEETING,
    "transferChair": MEETING,
    "appointRecorder": MEETING,
    "concludeMeeting": MEETING,
    "listSummonses": anywhere(STAFF),
    "readSummons": COVERED_READ,
    "replyToSummons": COVERED,
    "answerQuery": SENDER,
    "recallSummons": SENDER,
    "assignSummons": replace(RECIPIENT, roles=STAFF),
    "sayPrepared": RECIPIENT,
    "writeDraft": RECORDER,
    "readDraft": Expected(HANDLING, disclosed=DONE),
    "changeDraft": RECORDER,
    "handOverDraft": RECORDER,
    "proposePlan": MEETING,
    "readPlan": COVERED_READ,
    "readPlanDifferences": COVERED_READ,
    "readPlanDocument": COVERED_READ,
    "approvePlan": COVERED,
    "distributePlan": SENDER,
    "readAction": COVERED_READ,
    "commitToAction": Expected(HANDLING, own=NOT_ALLOWED, disclosed=DONE, withdrawn=NOT_ALLOWED),
    "reportAtFollowUp": COVERED,
    "decideFollowUp": MEETING,
    "reportDeviation": Expected(STAFF, disclosed=DONE, withdrawn=DONE),
    "listDeviations": anywhere(STAFF),
    "readDeviation": OWN_READ,
    "confirmDeviation": OWN_READ,
    "dismissDeviation": OWN_READ,
    "handleDeviation": OWN_READ,
    "readLogSelection": anywhere(SUPERVISION),
    "recordLogReview": anywhere(SUPERVISION),
    "listLogReviews": anywhere(SUPERVISION),
    "readLogReview": Expected(SUPERVISION, own_other_unit=DONE),
    "readStatistics": anywhere(COUNTING),
    "readDeviationStatistics": anywhere(COUNTING),
}
PUBLIC = frozenset({"getApiInfo"})
"""What is told to anybody, without a token."""
