"""Åtaganden: what every party has promised of itself: to be reachable, with somebody to turn to (UPP-126)."""

from collections.abc import Iterator

from app.domain.codes import SubjectKind
from app.domain.facts.basics import NotYet, TheOrganisation
from app.domain.facts.case import NoParty, Subject
from app.domain.facts.picture import Picture
from app.domain.rule import Breach, Deadline, Fault, NoParameters, Words, rule
from app.domain.step import Step

CONTACT_ROUTE_MISSING = Fault(
    "CONTACT_ROUTE_MISSING",
    Words(
        "Organisationen har ingen kontaktväg: varken telefon, e-post eller adress.",
        "The organisation has no contact route: neither telephone, e-mail nor address.",
    ),
    Words("Ange en kontaktväg för enheten.", "Give a contact route for the unit."),
)


@rule("ATA-1", at={Step.TICK})
def every_party_can_be_reached(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """All parties see to it that there are simple contact routes (UPP-126).

    Kept: every party's organisation that knows of the case can be reached. Broken: one has no contact route.
    """
    for organisation in picture.case.organisations:
        of_a_party = not isinstance(organisation.party, NoParty)
        if of_a_party and not organisation.reachable and picture.concerns(organisation.id):
            yield CONTACT_ROUTE_MISSING.owed(
                Subject(SubjectKind.ORGANISATION, organisation.id),
                TheOrganisation(organisation.id),
                Deadline.on(picture.case.as_of),
            )


OFFICER_MISSING = Fault(
    "OFFICER_MISSING",
    Words("Ärendet har ingen ärendebärare.", "Nobody carries the case."),
    Words("Utse en ärendebärare.", "Appoint a carrier."),
)


@rule("ATA-2", at={Step.TICK})
def every_case_has_somebody_to_turn_to(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """Simple contact routes need somebody at the other end (UPP-126).

    Kept: the case has a carrier. Broken: it has none.
    """
    if isinstance(picture.case.carrier.officer_id, NotYet):
        yield OFFICER_MISSING.owed(
            Subject(SubjectKind.CASE, picture.case.id), picture.holder, Deadline.on(picture.case.as_of)
        )
