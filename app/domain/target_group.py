"""Målgrupp: whom the agreement is for (UPP-008, UPP-118)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.codes import NeedOutcome
from app.domain.facts.at_hand import AssessmentAtHand
from app.domain.facts.basics import Unknown
from app.domain.rule import Breach, Fault, Words, rule
from app.domain.step import Step


@dataclass(frozen=True)
class WorkingAge:
    """The youngest and the oldest age in whole years, both in the group."""

    youngest: int
    oldest: int


@dataclass(frozen=True)
class HomeMunicipality:
    """The municipality whose residents the agreement is for, by its four-digit code."""

    municipality: str


TARGET_GROUP_AGE = Fault(
    "TARGET_GROUP_AGE",
    Words(
        "Personen är inte mellan {youngest} och {oldest} år, eller så är födelsedatum inte känt.",
        "The person is not between {youngest} and {oldest} years old, or the birth date is not known.",
    ),
    Words(
        "Kontrollera födelsedatum, eller ange skäl till att personen ändå omfattas.",
        "Check the birth date, or give a reason why the person is included all the same.",
    ),
)


@rule("MAL-1", at={Step.ASSESS_NEED})
def the_person_is_of_the_agreed_age(seen: AssessmentAtHand, agreed: WorkingAge) -> Iterator[Breach]:
    """Whoever is found to need a meeting is of working age on the day of the assessment (UPP-118, UPP-008).

    Kept: the age lies between the bounds, both included. Broken: younger, older, or birth date unknown.
    """
    if seen.assessment.outcome is not NeedOutcome.NEED:
        return
    born = seen.case.person.birth_date
    if isinstance(born, Unknown) or not (
        agreed.youngest <= age_on(seen.assessment.assessed_on, born) <= agreed.oldest
    ):
        yield TARGET_GROUP_AGE.at("/outcome", seen.holder, youngest=agreed.youngest, oldest=agreed.oldest)


def age_on(day: date, born: date) -> int:
    """Age in whole years on a day; whoever is born on 29 February grows older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


TARGET_GROUP_RESIDENCE = Fault(
    "TARGET_GROUP_RESIDENCE",
    Words(
        "Personen är inte folkbokförd i kommunen, eller så är kommunen inte känd.",
        "The person does not live in the municipality, or the municipality is not known.",
    ),
    Words(
        "Kontrollera kommunen, eller ange skäl till att personen ändå omfattas.",
        "Check the municipality, or give a reason why the person is included all the same.",
    ),
)


@rule("MAL-2", at={Step.ASSESS_NEED})
def the_person_lives_in_the_agreed_municipality(
    seen: AssessmentAtHand, agreed: HomeMunicipality
) -> Iterator[Breach]:
    """Whoever is found to need a meeting lives in the municipality of the agreement (UPP-118).

    Kept: resident there. Broken: resident elsewhere, or nobody knows where.
    """
    if seen.assessment.outcome is NeedOutcome.NEED and seen.case.person.municipality != agreed.municipality:
        yield TARGET_GROUP_RESIDENCE.at("/outcome", seen.holder)
