"""Which things each operation's answer shows of a person: so many rows it must leave in the read log.

A thing is what a path names, or an entry of a list. What is only ever told with something else (a reply with
its summons, a draft of a letter with its meeting) is that thing; an empty list under a thing shows that thing
to have none.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.api.matrix.document import DOCUMENT, OPERATIONS, Operation

Told = dict[str, Any]
Things = Callable[[Told, Mapping[str, str]], list[str]]


def itself(told: Told, _: Mapping[str, str]) -> list[str]:
    """The one thing that is answered."""
    return [told["id"]]


def listed(told: Told, _: Mapping[str, str]) -> list[str]:
    """Each thing on the page."""
    return [one["id"] for one in told["items"]]


def listed_or(parent: str) -> Things:
    """Each thing on the page; where there is none, what they would be of."""
    return lambda told, path: listed(told, path) or [path[parent]]


def named(part: str) -> Things:
    """What the path names."""
    return lambda _, path: [path[part]]


def cases_of_tasks(told: Told, _: Mapping[str, str]) -> list[str]:
    """Each case once, however much is owed in it."""
    return sorted({one["caseId"] for one in told["items"]})


def both_versions(told: Told, _: Mapping[str, str]) -> list[str]:
    """A comparison shows two plans."""
    return [told["planId"], told["against"]]


def persons_reviewed(told: Told, _: Mapping[str, str]) -> list[str]:
    """Each person once who is told of; where it is not known who, the case; where neither is, nobody."""
    about = {one["individualId"] or one["caseId"] for one in (*told["sample"], *told["unrelated"])}
    return sorted(about - {None})


ABOUT_A_PERSON = ("clearance", "protection_lifted")


def decided_about(told: Told, _: Mapping[str, str]) -> list[str]:
    """Each joint decision that is about a person; others are about accounts and rules."""
    return [one["id"] for one in told.get("items", [told]) if one["matter"] in ABOUT_A_PERSON]


SERVED: Mapping[str, Things] = {
    "listTasks": cases_of_tasks,
    "lookUpIndividual": itself,
    "readIndividual": itself,
    "changeIndividual": itself,
    "readProtection": named("individualId"),
    "listJointDecisions": decided_about,
    "readJointDecision": decided_about,
    "listCases": listed,
    "readCase": itself,
    "readCaseReadiness": named("caseId"),
    "listConsents": listed_or("caseId"),
    "readConsent": itself,
    "previewWithdrawal": named("consentId"),
    "readWithdrawalReceipt": itself,
    "readConsentCoverage": named("meetingId"),
    "listMeetings": listed,
    "readMeeting": itself,
    "changeMeeting": itself,
    "changeInvitee": itself,
    "removeInvitee": itself,
    "readMeetingReadiness": named("meetingId"),
    "previewSummons": named("meetingId"),
    "listIssuedSummonses": listed_or("meetingId"),
    "previewInvitation": named("meetingId"),
    "listInvitations": listed_or("meetingId"),
    "listSummonses": listed,
    "readSummons": itself,
    "readDraft": itself,
    "changeDraft": itself,
    "readPlan": itself,
    "readPlanDifferences": both_versions,
    "readPlanDocument": named("planId"),
    "readAction": itself,
    "listLogEntries": named("individualId"),
    "readLogSelection": persons_reviewed,
    "listDeviations": listed,
    "readDeviation": itself,
}
OF_NOBODY = frozenset(
    {
        "getApiInfo",
        "readMe",
        "listAgreements",
        "readAgreement",
        "listRules",
        "readRule",
        "listOrganisations",
        "readOrganisation",
        "listUnitsOfOrganisation",
        "listUnits",
        "readUnit",
        "changeUnit",
        "listOfficers",
        "readOfficer",
        "changeOfficer",
        "listAccounts",
        "readAccount",
        "listDisposalRules",
        "readDisposalRule",
        "previewDisposal",
        "listDisposals",
        "readDisposal",
        "readDisposalCertificate",
        "listLogReviews",
        "readLogReview",
        "readStatistics",
        "readDeviationStatistics",
    }
)
"""The directory, the agreements, and counts without persons: whoever is told these is shown nobody's case."""


def answers_a_receipt(operation: Operation) -> bool:
    """Whether success is answered with a receipt, in which nobody is shown."""
    told = DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"].get("201", {})
    schema = told.get("content", {}).get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).endswith("/ReceiptOut")


RECEIPTS = frozenset(one.id for one in OPERATIONS.values() if answers_a_receipt(one))


def served(operation: Operation, path: str, status: int, told: Told) -> list[str]:
    """The ids of the things that an answer shows."""
    if told.get("code") == "AGREEMENT_BROKEN":
        return ["refused"]
    if status >= 300 or operation.id in OF_NOBODY | RECEIPTS:
        return []
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", operation.path)
    match = re.fullmatch(pattern, path.split("?")[0])
    return SERVED[operation.id](told, match.groupdict() if match else {})
