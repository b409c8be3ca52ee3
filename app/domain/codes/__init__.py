"""Every code list of the API, each code with the words a person reads.

The names are the glossary's. A code is never renamed and never reused: it stands in old journals.
"""

from app.domain.codes.base import Answer, Channel, Code, OrganisationType, SubjectKind
from app.domain.codes.case import (
    AssessmentBasis,
    CaseStatus,
    ClosureReason,
    ConsentAnswer,
    ConsentGiver,
    ConsentKind,
    ConsentStatus,
    ContactAbout,
    DeviationStatus,
    DeviationType,
    NeedArea,
    NeedOutcome,
    OfferAnswer,
    OtherPlan,
)
from app.domain.codes.consent import (
    ConsentCapacity,
    ConsentInformation,
    CoverageState,
    LegalBasis,
    Manner,
    NamedPerson,
    SecrecyGround,
)
from app.domain.codes.meeting import (
    Attendance,
    MeetingForm,
    MeetingMode,
    MeetingStatus,
    OutsiderKind,
    RelativesOffered,
    ReplyKind,
    SummonsStatus,
)
from app.domain.codes.plan import (
    ActionKind,
    ApprovalAnswer,
    CommitmentKind,
    CommitmentStatus,
    FollowUpDecision,
    PlanStatus,
)
from app.domain.codes.statistics import StatisticKind

__all__ = [
    "ActionKind",
    "Answer",
    "ApprovalAnswer",
    "AssessmentBasis",
    "Attendance",
    "CaseStatus",
    "Channel",
    "ClosureReason",
    "Code",
    "CommitmentKind",
    "CommitmentStatus",
    "ConsentAnswer",
    "ConsentCapacity",
    "ConsentGiver",
    "ConsentInformation",
    "ConsentKind",
    "ConsentStatus",
    "ContactAbout",
    "CoverageState",
    "DeviationStatus",
    "DeviationType",
    "FollowUpDecision",
    "LegalBasis",
    "Manner",
    "MeetingForm",
    "MeetingMode",
    "MeetingStatus",
    "NamedPerson",
    "NeedArea",
    "NeedOutcome",
    "OfferAnswer",
    "OrganisationType",
    "OtherPlan",
    "OutsiderKind",
    "PlanStatus",
    "RelativesOffered",
    "ReplyKind",
    "SecrecyGround",
    "StatisticKind",
    "SubjectKind",
    "SummonsStatus",
]
