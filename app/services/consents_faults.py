"""What cannot be true of a word on consent: field by field, before anything is stored."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from app.db import individuals
from app.db.facts import Found
from app.domain.calendar import stockholm_day
from app.domain.codes import ConsentAnswer, ConsentCapacity, ConsentGiver
from app.domain.facts.basics import NoEnd
from app.domain.facts.consent import Consent
from app.domain.rule import Words
from app.domain.target_group import age_on
from app.errors import FieldError, FieldFault
from app.services.reading import Reading

MAJORITY = 18

OFFICER_UNKNOWN = FieldFault(
    "OFFICER_UNKNOWN",
    Words("Ingen handläggare hos er har detta id", "No officer of your organisation has this id"),
)
ORGANISATION_UNKNOWN = FieldFault(
    "ORGANISATION_UNKNOWN", Words("Organisationen finns inte", "The organisation does not exist")
)
ORGANISATIONS_MISSING = FieldFault(
    "ORGANISATIONS_MISSING",
    Words("Ange vilka organisationer samtycket gäller", "Say which organisations the consent covers"),
)
ALREADY_COVERED = FieldFault(
    "ALREADY_COVERED",
    Words("Samtycket gäller redan organisationen", "The consent covers the organisation already"),
)
END_BEFORE_START = FieldFault(
    "END_BEFORE_START",
    Words("Slutdagen ligger före den dag då samtycket gavs", "The end is before the day of the consent"),
)
END_NOT_LATER = FieldFault(
    "END_NOT_LATER",
    Words("Slutdagen är inte senare än den som redan gäller", "The end is not later than the present one"),
)
CAPACITY_NOT_THE_GIVERS = FieldFault(
    "CAPACITY_NOT_THE_GIVERS",
    Words(
        "Den som lämnar samtycket kan inte göra det i den egenskapen",
        "Whoever gives the consent cannot give it in that capacity",
    ),
)
CAPACITY_NOT_OF_THE_AGE = FieldFault(
    "CAPACITY_NOT_OF_THE_AGE",
    Words(
        "Egenskapen stämmer inte med individens ålder den dagen",
        "The capacity does not fit the individual's age that day",
    ),
)
NOT_COVERED = FieldFault(
    "NOT_COVERED",
    Words("Samtycket gäller inte organisationen", "The consent does not cover the organisation"),
)

_CAPACITIES = {
    ConsentGiver.INDIVIDUAL: {
        ConsentCapacity.ADULT,
        ConsentCapacity.MINOR_MATURE,
        ConsentCapacity.MINOR_WITH_GUARDIAN,
    },
    ConsentGiver.GUARDIAN: {ConsentCapacity.MINOR_WITH_GUARDIAN},
    ConsentGiver.REPRESENTATIVE: {ConsentCapacity.REPRESENTED},
}
# Whether the giver must be of age in that capacity; a representative may speak for anybody.
_OF_AGE = {
    ConsentCapacity.ADULT: True,
    ConsentCapacity.MINOR_MATURE: False,
    ConsentCapacity.MINOR_WITH_GUARDIAN: False,
    ConsentCapacity.REPRESENTED: None,
}


async def birth_date(work: Reading, individual_id: UUID) -> date | None:
    """The individual's birth date as the caller's organisation knows it; shown to nobody."""
    row = await individuals.for_use(work.tx, individual_id, all_units=True)
    born = None if row is None else work.open("individual", row, "birth_date_sealed")
    return date.fromisoformat(born) if born else None


def of_organisations(named: tuple[UUID, ...], found: Found) -> Iterator[FieldError]:
    """Organisations that the directory does not have."""
    known = {one.id for one in found.case.organisations}
    for place, one in enumerate(named):
        if one not in known:
            yield ORGANISATION_UNKNOWN.at(f"/organisationIds/{place}")


def of_consent(
    answer: ConsentAnswer, said_at: datetime, organisation_ids: tuple[UUID, ...], ends_on: date | None
) -> Iterator[FieldError]:
    """A consent to nobody, or one that had ended before it was given."""
    if answer is ConsentAnswer.GIVEN and not organisation_ids:
        yield ORGANISATIONS_MISSING.at("/organisationIds")
    if ends_on and ends_on < stockholm_day(said_at):
        yield END_BEFORE_START.at("/endsOn")


def of_giver(
    giver: ConsentGiver, capacity: ConsentCapacity, said_at: datetime, born: date | None
) -> Iterator[FieldError]:
    """A capacity that is not the giver's, or that the individual's age contradicts."""
    if capacity not in _CAPACITIES[giver]:
        yield CAPACITY_NOT_THE_GIVERS.at("/capacity")
    of_age = _OF_AGE[capacity]
    if born and of_age is not None and of_age != (age_on(stockholm_day(said_at), born) >= MAJORITY):
        yield CAPACITY_NOT_OF_THE_AGE.at("/capacity")


def of_extension(before: Consent, after: Consent, organisation_ids: tuple[UUID, ...]) -> Iterator[FieldError]:
    """An organisation that is covered already, or an end that is not later."""
    covered = {
        *before.organisation_ids,
        *(one for each in before.extensions for one in each.organisation_ids),
    }
    for place, one in enumerate(organisation_ids):
        if one in covered:
            yield ALREADY_COVERED.at(f"/organisationIds/{place}")
    changes_end = after.extensions[-1].ends_at
    if isinstance(changes_end, datetime | NoEnd) and not _is_later(after.final_end, before.final_end):
        yield END_NOT_LATER.at("/endsOn")


def _is_later(end: datetime | NoEnd, than: datetime | NoEnd) -> bool:
    if isinstance(than, NoEnd):
        return False
    return isinstance(end, NoEnd) or end > than
