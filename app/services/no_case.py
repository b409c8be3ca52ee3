"""The picture of no case at all: for a statement that is about none, or about one no longer to be seen."""

from app.db.facts import Asking
from app.db.ids import new_id
from app.domain.agreement import Agreement
from app.domain.calendar import stockholm_day
from app.domain.codes import Answer
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.case import Carrier, Case, Person


def case_of_nothing(asking: Asking, agreement: Agreement) -> Case:
    """A case in which nothing has happened and nobody is known but who acts."""
    return Case(
        id=new_id(),
        as_of=stockholm_day(asking.now),
        now=asking.now,
        calendar=asking.calendar,
        term=agreement.term,
        holder=asking.acting.organisation_id,
        carrier=Carrier(asking.acting.unit_id, NotYet()),
        acting=asking.acting,
        organisations=(),
        person=Person(birth_date=Unknown(), municipality=Unknown(), has_communication_needs=Answer.NOT_ASKED),
        registered_at=asking.now,
        assessments=(),
        offers=(),
        contacts=(),
        consents=(),
        meetings=(),
        plans=(),
        plans_elsewhere=(),
        follow_ups_elsewhere=(),
        commitments=(),
        deviations=(),
        closure=NotYet(),
    )
