"""The only translation of an error into words of HTTP: application/problem+json (RFC 9457)."""

from typing import Any

from app.errors.base import FlerpartError, Language, said
from app.errors.refusal import AgreementBroken, Finding
from app.errors.request import QueryInvalid, Unprocessable

PROBLEM_BASE = "https://flerpart.example/problems/"
PROBLEM_MEDIA_TYPE = "application/problem+json"


def finding_to_json(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding as answers show it; the clause's wording stays the agreement's own Swedish."""
    return {
        "ruleId": finding.rule_id,
        "clauseId": finding.clause_id,
        "clauses": list(finding.clause_ids),
        "effect": str(finding.effect),
        "code": finding.code,
        "pointer": finding.pointer,
        "message": said(finding.message, language),
        "wording": finding.wording,
        "remedy": said(finding.remedy, language),
    }


def to_problem(error: FlerpartError, language: Language, instance: str) -> dict[str, Any]:
    """The error as a problem of RFC 9457.

    `instance` is the route's template, never the path asked for: two hidden things must look the same.
    """
    title = said(error.title, language)
    problem: dict[str, Any] = {
        "type": PROBLEM_BASE + error.code.lower().replace("_", "-"),
        "title": title,
        "status": error.status,
        "detail": said(error.detail, language) if error.detail else title,
        "instance": instance,
        "code": error.code,
    }
    if isinstance(error, QueryInvalid | Unprocessable) and error.fields:
        problem["invalidParameters"] = [
            {"pointer": f.pointer, "code": f.code, "message": said(f.message, language)} for f in error.fields
        ]
    if isinstance(error, AgreementBroken):
        problem["findings"] = [finding_to_json(finding, language) for finding in error.findings]
    return problem
