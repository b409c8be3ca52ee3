"""What can go wrong, and the only place where it becomes words of HTTP.

    FlerpartError
    ├── BadRequest                400  the request cannot be read
    │   ├── MalformedJson              the body is not one strict JSON value
    │   ├── QueryInvalid               an unknown, repeated or malformed query parameter
    │   └── IdempotencyKeyMissing      a POST without a usable Idempotency-Key
    ├── NotAuthenticated          401  no token, or one we do not accept
    ├── NotAllowed                403  the role never may, or the thing is seen but not yours
    │   ├── InitiatorNotParty          the organisation belongs to no party of an agreement
    │   ├── NotChair                   only the chair's organisation proposes the plan
    │   ├── ActionNotOwn               the action is another's
    │   ├── NotForOneself              nobody decides for themselves
    │   └── NotByOneself               whoever proposed does not approve
    ├── NotFound                  404  hidden, deleted and never existed: one answer
    ├── MethodNotAllowed          405
    ├── RequestTimeout            408  the body did not arrive in time
    ├── Conflict                  409  the request is sound, the state is not
    │   ├── AgreementBroken            a rule refuses the act: carries findings
    │   ├── VersionStale               decided on an older version
    │   ├── InvalidTransition          the step does not exist from this state
    │   │   ├── ProposalExpired        nobody approved in time
    │   │   └── MeetingAhead           opened before the day it is booked for
    │   ├── SecondPersonMissing        it takes two, and there is but one
    │   ├── DisposalNotDue             may not be disposed of now
    │   ├── AlreadyExists              the organisation has one of these already
    │   └── IdempotencyInProgress      the same key is being worked on
    ├── PreconditionFailed        412  If-Match names another version
    ├── TooLarge                  413
    ├── UnsupportedMediaType      415
    ├── Unprocessable             422  the shape or a value is wrong: carries field errors
    │   └── IdempotencyKeyReused       the same key with another body
    ├── PreconditionRequired      428  If-Match is missing
    ├── TooManyRequests           429  asked too often
    │   └── TooManyPersons             shown as many persons as one may be within an hour
    ├── HeadersTooLarge           431
    ├── Internal                  500  ours
    └── Unavailable               503  come back later
        └── Restored                   a backup that has not been told what was taken away since

Services raise these; nobody raises an HTTP exception. No error carries a submitted value,
so none can leak one. What is wrong with the request itself is in `request`, what is refused of a sound one
in `refusal`, what is ours in `failure`; `problem` translates.
"""

from app.errors.base import FieldError, FieldFault, FlerpartError, Language, said
from app.errors.failure import Internal, Restored, Unavailable
from app.errors.problem import PROBLEM_BASE, PROBLEM_MEDIA_TYPE, finding_to_json, to_problem
from app.errors.refusal import (
    ActionNotOwn,
    AgreementBroken,
    AlreadyExists,
    Conflict,
    DisposalNotDue,
    Finding,
    IdempotencyInProgress,
    InitiatorNotParty,
    InvalidTransition,
    MeetingAhead,
    NotAllowed,
    NotByOneself,
    NotChair,
    NotForOneself,
    NotFound,
    PreconditionFailed,
    ProposalExpired,
    SecondPersonMissing,
    VersionStale,
)
from app.errors.request import (
    BadRequest,
    HeadersTooLarge,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    MalformedJson,
    MethodNotAllowed,
    NotAuthenticated,
    PreconditionRequired,
    QueryInvalid,
    RequestTimeout,
    TooLarge,
    TooManyPersons,
    TooManyRequests,
    Unprocessable,
    UnsupportedMediaType,
)

__all__ = [
    "PROBLEM_BASE",
    "PROBLEM_MEDIA_TYPE",
    "ActionNotOwn",
    "AgreementBroken",
    "AlreadyExists",
    "BadRequest",
    "Conflict",
    "DisposalNotDue",
    "FieldError",
    "FieldFault",
    "Finding",
    "FlerpartError",
    "HeadersTooLarge",
    "IdempotencyInProgress",
    "IdempotencyKeyMissing",
    "IdempotencyKeyReused",
    "InitiatorNotParty",
    "Internal",
    "InvalidTransition",
    "Language",
    "MalformedJson",
    "MeetingAhead",
    "MethodNotAllowed",
    "NotAllowed",
    "NotAuthenticated",
    "NotByOneself",
    "NotChair",
    "NotForOneself",
    "NotFound",
    "PreconditionFailed",
    "PreconditionRequired",
    "ProposalExpired",
    "QueryInvalid",
    "RequestTimeout",
    "Restored",
    "SecondPersonMissing",
    "TooLarge",
    "TooManyPersons",
    "TooManyRequests",
    "Unavailable",
    "Unprocessable",
    "UnsupportedMediaType",
    "VersionStale",
    "finding_to_json",
    "said",
    "to_problem",
]
