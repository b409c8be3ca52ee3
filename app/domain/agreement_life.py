"""Giltighet: the agreement itself, from when to when it holds (UPP-078, UPP-134)."""

from collections.abc import Iterator

from app.domain.facts.picture import MeetingAtHand
from app.domain.rule import Breach, Fault, NoParameters, Words, rule
from app.domain.step import Step

AGREEMENT_NOT_IN_FORCE = Fault(
    "AGREEMENT_NOT_IN_FORCE",
    Words("Överenskommelsen gäller inte den dagen.", "The agreement is not in force that day."),
    Words(
        "Välj en dag då överenskommelsen gäller.",
        "Choose a day on which the agreement is in force.",
    ),
)


@rule("OVK-1", at={Step.START_MEETING, Step.BOOK_MEETING, Step.RECORD_MEETING})
def the_agreement_is_in_force(meeting: MeetingAtHand, _: NoParameters) -> Iterator[Breach]:
    """A meeting by the agreement is held while it is in force (UPP-078, UPP-134).

    Kept: its day lies from the first to the last day of the agreement, both included. Broken: before, after,
    or not all parties have approved.
    """
    if not meeting.case.term.is_in_force(meeting.day):
        yield AGREEMENT_NOT_IN_FORCE.at("/startsAt", meeting.initiator)
