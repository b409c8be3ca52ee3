"""Åtaganden: what every party has promised of itself: to be reachable, with somebody to turn to (UPP-126)."""

from collections.abc import Iterator
from uuid import UUID

from app.domain.codes import CommitmentStatus, SubjectKind
from app.domain.facts.basics import NotYet, TheOrganisation
from app.domain.facts.case import Case, NoParty, Subject
from app.domain.facts.picture import Picture
from app.domain.facts.summons import Summons
from app.domain.plan_states import action_state, is_standing
from app.domain.rule import Breach, Deadline, Fault, NoParameters, Words, rule
from app.domain.states import is_ahead
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


CALLED_OFFICER_MISSING = Fault(
    "OFFICER_MISSING",
    Words(
        "Den handläggare som fick kallelsen har slutat.",
        "The officer that the summons was given to has left.",
    ),
    Words("Ge kallelsen till en annan handläggare.", "Give the summons to another officer."),
)


@rule("ATA-3", at={Step.TICK})
def everyone_called_has_somebody_to_turn_to(picture: Picture, _: NoParameters) -> Iterator[Breach]:
    """Simple contact routes need somebody at the other end, at whoever was called too (UPP-126).

    Kept: the officer a summons was given to is there; or it was given to nobody, and lies with the unit.
    Broken: that officer has left, while the meeting is ahead or an action of the organisation is not done.
    """
    for summons, is_waited_for in _last_summonses(picture.case):
        if summons.officer_has_left:
            side, now = TheOrganisation(summons.organisation_id), Deadline.on(picture.case.as_of)
            if is_waited_for:
                yield CALLED_OFFICER_MISSING.owed(Subject(SubjectKind.SUMMONS, summons.id), side, now)
            for action_id in _unfinished_actions(picture.case, side):
                yield CALLED_OFFICER_MISSING.owed(Subject(SubjectKind.ACTION, action_id), side, now)


def _last_summonses(case: Case) -> Iterator[tuple[Summons, bool]]:
    """Each organisation's last summons in force, and whether its meeting is still ahead."""
    last = {
        summons.organisation_id: (summons, is_ahead(meeting))
        for meeting in case.meetings
        for summons in meeting.summonses_in_force
    }
    yield from last.values()


def _unfinished_actions(case: Case, owner: TheOrganisation) -> Iterator[UUID]:
    """The actions of the standing plans that an organisation has yet to do."""
    for plan in (one for one in case.plans if is_standing(case, one)):
        for action in plan.contents.actions:
            state = action_state(case, plan, action)
            if state.owner == owner and state.status in _TO_DO:
                yield action.id


_TO_DO = (CommitmentStatus.OPEN, CommitmentStatus.ACCEPTED, CommitmentStatus.ONGOING)
