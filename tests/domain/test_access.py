"""Who may do what: every role × every operation × every relation, spelled out."""

from collections.abc import Iterator
from itertools import product

import pytest

from app.domain.access import ACCESS, Operation, Relation, Role, may, may_ever

LETTERS = dict(zip("CRMALNS", Role, strict=True))
"""Caseworker, Rehabilitation coordinator, Manager,
organisation Administrator, Lokus member, aNalyst, Service.
"""

GRID = """
readMe               C R M A L N S   anyone
listTasks            C R M . . . S   anyone
listAgreements       C R M A L N S   anyone
readAgreement        C R M A L N S   anyone
listRules            C R M A L N S   anyone
readRule             C R M A L N S   anyone
listOrganisations    C R M A . . S   anyone
readOrganisation     C R M A . . S   anyone
listUnits            C R M A . . S   anyone
listUnitsOfOrganisation C R M A . . S anyone
readUnit             C R M A . . S   anyone
addUnit              . . . A . . .   own_organisation
changeUnit           . . . A . . .   own_organisation
listOfficers         C R M A . . S   own_organisation
readOfficer          C R M A . . S   own_organisation
addOfficer           . . . A . . .   own_organisation
changeOfficer        . . . A . . .   own_organisation
listAccounts         . . . A . . .   own_organisation
readAccount          . . . A . . .   own_organisation
addAccount           . . . A . . .   own_organisation
changeRoles          . . . A . . .   own_organisation
endAccount           . . . A . . .   own_organisation
listJointDecisions   C R M A . . S   own_organisation
readJointDecision    C R M A . . S   own_organisation
approveJointDecision C R M A . . S   own_organisation
rejectJointDecision  C R M A . . S   own_organisation
listDisposalRules    . . M A . . .   own_organisation
readDisposalRule     . . M A . . .   own_organisation
addDisposalRule      . . . A . . .   own_organisation
previewDisposal      . . M A . . .   own_organisation
proposeDisposal      . . . A . . .   own_organisation
listDisposals        . . M A . . .   own_organisation
readDisposal         . . M A . . .   own_organisation
readDisposalCertificate . . M A . . . own_organisation
registerIndividual   C R . . . . S   anyone
lookUpIndividual     C R . . . . S   anyone
readIndividual       C R M . . . S   own_unit
changeIndividual     C R . . . . S   own_unit
readProtection       C R M . . . S   own_unit
protectIndividual    C R M . . . S   own_unit
liftProtection       C R M . . . S   own_unit
clearAccount         C R M . . . S   own_unit
endClearance         C R M . . . S   own_unit
registerCase         C R . . . . S   own_unit
listCases            C R M . . . S   anyone
readCase             C R M . . . S   own_unit
readCaseReadiness    C R M . . . S   own_unit
assessNeed           C R . . . . S   own_unit
offerMeeting         C R . . . . S   own_unit
answerOffer          C R . . . . S   own_unit
recordContact        C R . . . . S   own_unit
changeCarrier        C R M . . . S   own_unit
closeCase            C R . . . . S   own_unit
recordConsent        C R . . . . S   own_unit
readConsent          C R M . . . S   own_unit covered
documentConsent      C R . . . . S   own_unit covered
extendConsent        C R . . . . S   own_unit
withdrawConsent      C R . . . . S   own_unit covered
listConsents         C R M . . . S   own_unit
previewWithdrawal    C R M . . . S   own_unit covered
readWithdrawalReceipt C R M . . . S   own_unit covered
correctConsent       C R . . . . S   own_unit
readConsentCoverage  C R M . . . S   own_unit
startMeeting         C R . . . . S   own_unit
listMeetings         C R M . . . S   anyone
readMeeting          C R M . . . S   own_unit shown
changeMeeting        C R . . . . S   own_unit
prepareMeeting       C R . . . . S   own_unit
changeInvitees       C R . . . . S   own_unit
offerTime            C R . . . . S   own_unit
bookMeeting          C R . . . . S   own_unit
readReadiness        C R M . . . S   own_unit shown
previewSummons       C R . . . . S   own_unit
listIssuedSummonses  C R M . . . S   own_unit
issueSummons         C R . . . . S   own_unit
previewInvitation    C R . . . . S   own_unit
issueInvitation      C R . . . . S   own_unit
listInvitations      C R M . . . S   own_unit
listSummonses        C R M . . . S   anyone
readSummons          C R M . . . S   own_unit recipient
replyToSummons       C R . . . . S   own_unit recipient
answerQuery          C R . . . . S   own_unit
assignSummons        C R M . . . S   recipient
sayPrepared          C R . . . . S   recipient
recallSummons        C R . . . . S   own_unit
rescheduleMeeting    C R . . . . S   own_unit
cancelMeeting        C R . . . . S   own_unit
openMeeting          C R . . . . S   own_unit
recordMeeting        C R . . . . S   own_unit
transferChair        C R . . . . S   own_unit
appointRecorder      C R . . . . S   own_unit
recordAttendance     C R . . . . S   own_unit
concludeMeeting      C R . . . . S   own_unit
writeDraft           C R . . . . S   recorder
readDraft            C R . . . . S   own_unit recorder
changeDraft          C R . . . . S   recorder
handOverDraft        C R . . . . S   recorder
proposePlan          C R . . . . S   own_unit
readPlan             C R M . . . S   own_unit recipient shown
readPlanDifferences  C R M . . . S   own_unit recipient shown
readPlanDocument     C R M . . . S   own_unit recipient shown
approvePlan          C R . . . . S   own_unit recipient shown
distributePlan       C R . . . . S   own_unit
readAction           C R M . . . S   own_unit recipient shown
commitToAction       C R . . . . S   own_unit owner
reportAtFollowUp     C R . . . . S   own_unit recipient shown
decideFollowUp       C R . . . . S   own_unit
reportDeviation      C R M . . . S   anyone
listDeviations       C R M . . . S   anyone
readDeviation        C R M . . . S   own_unit
confirmDeviation     C R M . . . S   own_unit
dismissDeviation     C R M . . . S   own_unit
handleDeviation      C R M . . . S   own_unit
readDeviationStatistics . . M . L N . anyone
readStatistics       . . M . L N .   anyone
listLogEntries       C R M . . . S   own_unit
readLogSelection     . . M . . . .   own_organisation
recordLogReview      . . M . . . .   own_organisation
listLogReviews       . . M . . . .   own_organisation
readLogReview        . . M . . . .   own_organisation
tick                 . . . . . . S   own_organisation
"""


def rows() -> Iterator[tuple[Operation, set[Role], set[Relation]]]:
    """The grid, row by row: the operation, the roles that may ever, the relations of which one is needed."""
    for line in GRID.strip().splitlines():
        operation, *rest = line.split()
        roles = {LETTERS[letter] for letter in rest[:7] if letter != "."}
        yield Operation(operation), roles, {Relation(name) for name in rest[7:]}


def test_every_operation_has_a_row() -> None:
    """The grid spells out every operation once, and the table knows no other."""
    named = [operation for operation, _, _ in rows()]
    assert sorted(named) == sorted(Operation)
    assert set(ACCESS) == set(Operation)


@pytest.mark.parametrize(
    ("operation", "roles", "relations"), list(rows()), ids=[row[0].value for row in rows()]
)
def test_each_role_may_do_what_the_grid_says_and_nothing_else(
    operation: Operation, roles: set[Role], relations: set[Relation]
) -> None:
    """For every role and every relation: allowed exactly where the grid has both."""
    for role, relation in product(Role, Relation):
        assert may_ever({role}, operation) is (role in roles), role
        allowed = role in roles and (relation in relations or Relation.ANYONE in relations)
        assert may({role}, operation, {relation}) is allowed, (role, relation)


def test_what_is_in_no_table_is_allowed_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operation that the table does not know is nobody's, whatever the relation."""
    monkeypatch.setattr("app.domain.access.ACCESS", {})
    assert not may_ever(set(Role), Operation.READ_ME)
    assert not may(set(Role), Operation.READ_ME, set(Relation))


def test_without_a_role_or_a_relation_nothing_is_allowed() -> None:
    """No role may nothing; a role without a relation may only what asks for none."""
    assert not any(may_ever(set(), operation) for operation in Operation)
    without = {operation for operation in Operation if may(set(Role), operation, set())}
    assert without == {operation for operation, _, relations in rows() if relations == {Relation.ANYONE}}


def test_one_of_several_roles_and_relations_is_enough() -> None:
    """Whoever has two roles may what either may, and of several relations one is enough."""
    both = {Role.ANALYST, Role.CASEWORKER}
    assert may(both, Operation.READ_STATISTICS, set())
    assert may(both, Operation.READ_PLAN, {Relation.PRESENT, Relation.RECIPIENT})


SEES_NO_CASE = (Role.ORGANISATION_ADMINISTRATOR, Role.LOKUS_MEMBER, Role.ANALYST)
ABOUT_A_CASE = (Relation.OWN_UNIT, Relation.RECIPIENT, Relation.SHOWN, Relation.COVERED, Relation.OWNER)


@pytest.mark.parametrize("role", SEES_NO_CASE)
def test_administrators_lokus_and_analysts_see_no_case(role: Role) -> None:
    """Nothing that is about a case is ever theirs: they have settings, statistics, agreements and rules."""
    of_a_case = {operation for operation, _, relations in rows() if relations & set(ABOUT_A_CASE)}
    of_a_case |= {
        Operation.LIST_CASES,
        Operation.LIST_MEETINGS,
        Operation.LIST_SUMMONSES,
        Operation.LIST_TASKS,
    }
    of_a_case |= {Operation.REGISTER_INDIVIDUAL, Operation.LOOK_UP_INDIVIDUAL, Operation.LIST_DEVIATIONS}
    assert not any(may_ever({role}, operation) for operation in of_a_case)


@pytest.mark.parametrize("role", [Role.LOKUS_MEMBER, Role.ANALYST])
def test_lokus_and_analysts_have_statistics_agreements_and_rules(role: Role) -> None:
    """UPP-125: structure, not persons."""
    assert {operation for operation in Operation if may_ever({role}, operation)} == {
        Operation.READ_ME,
        Operation.LIST_AGREEMENTS,
        Operation.READ_AGREEMENT,
        Operation.LIST_RULES,
        Operation.READ_RULE,
        Operation.READ_DEVIATION_STATISTICS,
        Operation.READ_STATISTICS,
    }


def test_a_service_may_what_a_caseworker_may_and_tick() -> None:
    """A service acts for one organisation like its caseworkers, and lets time pass."""
    caseworkers = {operation for operation in Operation if may_ever({Role.CASEWORKER}, operation)}
    services = {operation for operation in Operation if may_ever({Role.SERVICE}, operation)}
    assert services == caseworkers | {Operation.TICK}
