"""From the rows of a case to the domain's frozen picture of it.

The door is `gate`; one file per aggregate says how a row becomes a fact.
"""

from app.db.facts.gate import (
    Asking,
    CaseKey,
    Found,
    Revision,
    case_as_seen,
    case_for_change,
    cases_as_seen,
    revisions,
)
from app.db.facts.row import CaseRow, DraftRow, MeetingRow, Shown

__all__ = [
    "Asking",
    "CaseKey",
    "CaseRow",
    "DraftRow",
    "Found",
    "MeetingRow",
    "Revision",
    "Shown",
    "case_as_seen",
    "case_for_change",
    "cases_as_seen",
    "revisions",
]
