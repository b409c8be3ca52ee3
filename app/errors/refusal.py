"""What is refused of a sound request: by who asks, by what there is, by the state of things or by a rule."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from app.domain.rule import Words
from app.errors.base import FlerpartError


class Finding(Protocol):
    """What the rulebook says about one breach, as much of it as an answer needs."""

    @property
    def rule_id(self) -> str:
        """Such as SAM-2."""

    @property
    def clause_id(self) -> str:
        """The clause first broken, such as UPP-016."""

    @property
    def clause_ids(self) -> Sequence[str]:
        """Every clause the rule is held for."""

    @property
    def effect(self) -> str:
        """refuse, explain, remark or remind."""

    @property
    def code(self) -> str:
        """The catalogue's code, such as CONSENT_MISSING."""

    @property
    def pointer(self) -> str:
        """What broke it, as a JSON pointer into the body or the case."""

    @property
    def wording(self) -> str:
        """The clause, in the agreement's own Swedish."""

    @property
    def message(self) -> Words:
        """What is wrong, in one sentence."""

    @property
    def remedy(self) -> Words:
        """What would put it right."""


class NotAllowed(
    FlerpartError,
    status=403,
    code="NOT_ALLOWED",
    sv="Åtgärden är inte tillåten för dig",
    en="You are not allowed to do this",
):
    """The role never may do this, or the thing is visible but belongs to another organisation."""

    def __init__(self, detail: Words | None = None, *, missing_scope: str | None = None) -> None:
        challenge = f'Bearer realm="flerpart", error="insufficient_scope", scope="{missing_scope}"'
        super().__init__(detail, {"WWW-Authenticate": challenge} if missing_scope else None)


class InitiatorNotParty(
    NotAllowed,
    code="INITIATOR_NOT_PARTY",
    sv="Organisationen hör inte till någon part i en överenskommelse",
    en="The organisation belongs to no party of an agreement",
):
    """Only an organisation of a party may initiate coordination (UPP-010)."""


class NotChair(
    NotAllowed,
    code="NOT_CHAIR",
    sv="Bara ordförandens organisation kan göra detta",
    en="Only the chair's organisation can do this",
):
    """The plan is summed up and proposed by the chair, whoever has written it (UPP-054)."""


class ActionNotOwn(
    NotAllowed, code="ACTION_NOT_OWN", sv="Åtgärden är någon annans", en="The action is somebody else's"
):
    """Whoever owns an action alone says how it goes (UPP-065)."""


class NotForOneself(
    NotAllowed,
    code="NOT_FOR_ONESELF",
    sv="Ingen beslutar om sig själv: be någon annan",
    en="Nobody decides for themselves: ask somebody else",
):
    """Whoever gains by a joint decision neither proposes nor approves it."""


class NotByOneself(
    NotAllowed,
    code="NOT_BY_ONESELF",
    sv="Beslutet kräver två personer: den som föreslagit godkänner inte",
    en="The decision takes two people: whoever proposed it does not approve it",
):
    """The same officer, or the same subject at the same issuer, is one person, whatever the account."""


class NotFound(
    FlerpartError, status=404, code="NOT_FOUND", sv="Resursen finns inte", en="The resource does not exist"
):
    """Hidden, deleted and never existed: the same answer, so it takes no detail."""

    def __init__(self) -> None:
        super().__init__()


class Conflict(
    FlerpartError,
    status=409,
    code="CONFLICT",
    sv="Begäran går inte ihop med det som redan gäller",
    en="The request conflicts with the present state",
):
    """The request is sound, but not in the state things are in."""


class AgreementBroken(
    Conflict,
    code="AGREEMENT_BROKEN",
    sv="Överenskommelsen tillåter inte detta",
    en="The agreement does not allow this",
):
    """The agreement refuses the act; every finding is listed, each with its clause."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        super().__init__()
        self.findings = tuple(findings)


class VersionStale(
    Conflict,
    code="VERSION_STALE",
    sv="Uppgifterna har ändrats sedan du läste dem",
    en="The information has changed since you read it",
):
    """The act was decided on a version that is no longer the latest."""


class InvalidTransition(
    Conflict,
    code="INVALID_TRANSITION",
    sv="Steget kan inte tas i det här läget",
    en="The step cannot be taken from this state",
):
    """The step does not exist from the state the thing is in."""


class MeetingAhead(
    InvalidTransition,
    code="MEETING_AHEAD",
    sv="Mötet är bokat till en senare dag: flytta det först",
    en="The meeting is booked for a later day: move it first",
):
    """A meeting is opened on its day, and no earlier."""


class ProposalExpired(
    InvalidTransition,
    code="PROPOSAL_EXPIRED",
    sv="Förslaget gäller inte längre: föreslå på nytt",
    en="The proposal no longer stands: propose anew",
):
    """Nobody approved it in time, or whoever proposed it can no longer act."""


class SecondPersonMissing(
    Conflict,
    code="SECOND_PERSON_MISSING",
    sv="Ingen annan i organisationen kan godkänna förslaget",
    en="Nobody else in the organisation can approve the proposal",
):
    """A decision that takes two was proposed where there is but one: the detail says what to do."""


class DisposalNotDue(
    Conflict,
    code="DISPOSAL_NOT_DUE",
    sv="Något av det som föreslagits får inte gallras nu: inget har gallrats",
    en="Some of what was proposed may not be disposed of now: nothing was disposed of",
):
    """Another rule is in force, the time has not run out, or it is gone since it was proposed."""


class AlreadyExists(Conflict, code="ALREADY_EXISTS", sv="Det finns redan", en="It already exists"):
    """The caller's own organisation has this already; nobody else's is ever told of."""


class IdempotencyInProgress(
    Conflict,
    code="IDEMPOTENCY_IN_PROGRESS",
    sv="Samma begäran behandlas redan",
    en="The same request is already in progress",
):
    """A request with the same Idempotency-Key is being worked on; ask again in a second."""

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "1"})


class PreconditionFailed(
    FlerpartError,
    status=412,
    code="PRECONDITION_FAILED",
    sv="Versionen i If-Match gäller inte längre",
    en="The version in If-Match is not the present one",
):
    """If-Match names another version than the present one; a weak tag never matches."""
