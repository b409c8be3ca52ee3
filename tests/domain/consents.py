"""Good consents, to the call and to information exchange; each fact can be changed by keyword."""

from dataclasses import replace
from typing import Any

from app.domain.codes import (
    ConsentAnswer,
    ConsentGiver,
    ConsentKind,
)
from app.domain.facts.basics import NoEnd
from app.domain.facts.consent import Consent, ConsentTaker, Documentation, WholeConsent, Withdrawal
from tests.domain.world import AF, EVERYBODY, FRIEND, NOW, TODAY, a_new_id, an_id, days


def a_consent(kind: ConsentKind = ConsentKind.INFORMATION_EXCHANGE, **changes: Any) -> Consent:
    """Given after information, covering everybody, documented by everybody, without end."""
    good = Consent(
        id=an_id(61 if kind is ConsentKind.CALL else 62),
        kind=kind,
        answer=ConsentAnswer.GIVEN,
        given_by=ConsentGiver.INDIVIDUAL,
        informed_at=NOW - days(10),
        information_adapted=True,
        said_at=NOW - days(10),
        taken_by=ConsentTaker(AF, name_given=True, function_given=True),
        organisation_ids=EVERYBODY,
        outsider_ids=(FRIEND,),
        ends_at=NoEnd(),
        extensions=(),
        withdrawals=(),
        documentations=tuple(Documentation(a_new_id(), one, TODAY - days(10)) for one in EVERYBODY),
        entered_in_error=False,
    )
    return replace(good, **changes)


def both_consents(**changes: Any) -> tuple[Consent, ...]:
    """To the call and to information exchange, both changed alike."""
    return tuple(a_consent(kind, **changes) for kind in ConsentKind)


EXCHANGE, CALL = ConsentKind.INFORMATION_EXCHANGE, ConsentKind.CALL


def withdrawn(scope: object = WholeConsent(), at: Any = NOW) -> tuple[Withdrawal, ...]:
    """Taken back at an instant."""
    return (Withdrawal(an_id(1), scope, at, at),)  # type: ignore[arg-type]
