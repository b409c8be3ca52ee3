"""Åtaganden: ATA-1 to ATA-3."""

from dataclasses import replace

from app.domain.codes import SubjectKind
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Carrier
from app.domain.facts.picture import Picture
from app.domain.undertakings import (
    every_case_has_somebody_to_turn_to,
    every_party_can_be_reached,
    everyone_called_has_somebody_to_turn_to,
)
from tests.domain.asking import about, broken, owing
from tests.domain.cases import ORGANISATIONS, a_case, a_case_after_the_meeting, a_case_with
from tests.domain.meetings import a_concluded_meeting, a_summoned_meeting, a_summons
from tests.domain.world import (
    ACTION_ID,
    AF_UNIT,
    CASE_ID,
    FK,
    HELD,
    STRANGER,
    SUMMONS_IDS,
    THE_AF,
    THE_FK,
    TODAY,
    days,
)


def unreachable(*which: object) -> dict[str, object]:
    """These organisations cannot be reached."""
    return {"organisations": tuple(replace(one, reachable=one.id not in which) for one in ORGANISATIONS)}


def test_every_party_can_be_reached__kept() -> None:
    """ATA-1 (UPP-126): everybody can; and of an organisation of no party it is not asked."""
    summoned = a_summoned_meeting()
    assert owing(every_party_can_be_reached, Picture(a_case_with(summoned))) == []
    assert owing(every_party_can_be_reached, Picture(a_case_with(summoned, **unreachable(STRANGER)))) == []


def test_every_party_can_be_reached__broken() -> None:
    """ATA-1 (UPP-126): a called party without a contact route owes one."""
    case = a_case_with(a_summoned_meeting(), **unreachable(FK))
    assert owing(every_party_can_be_reached, Picture(case)) == [
        (THE_FK, about(SubjectKind.ORGANISATION, FK), TODAY)
    ]


def test_every_party_can_be_reached__kept_for_who_must_not_be_told() -> None:
    """ATA-1 (UPP-126): an organisation that nothing has
    been shown to yet is not told that there is a case.
    """
    assert owing(every_party_can_be_reached, Picture(a_case(**unreachable(FK)))) == []


def test_every_case_has_somebody_to_turn_to__kept() -> None:
    """ATA-2 (UPP-126): the case has a carrier."""
    assert broken(every_case_has_somebody_to_turn_to, Picture(a_case())) == []


def test_every_case_has_somebody_to_turn_to__broken() -> None:
    """ATA-2 (UPP-126): nobody carries the case."""
    alone = Picture(a_case(carrier=Carrier(AF_UNIT, NotYet())))
    assert broken(every_case_has_somebody_to_turn_to, alone) == [("", "OFFICER_MISSING")]
    assert owing(every_case_has_somebody_to_turn_to, alone) == [
        (THE_AF, about(SubjectKind.CASE, CASE_ID), TODAY)
    ]


def test_everyone_called_has_somebody_to_turn_to__kept() -> None:
    """ATA-3 (UPP-126): nobody has left; or has, but the meeting is over and the organisation has nothing to
    do.
    """
    assert owing(everyone_called_has_somebody_to_turn_to, Picture(a_case_with(a_summoned_meeting()))) == []
    over = a_concluded_meeting(summonses=(a_summons(FK, officer_has_left=True),))
    assert owing(everyone_called_has_somebody_to_turn_to, Picture(a_case_with(over))) == []


def test_everyone_called_has_somebody_to_turn_to__broken() -> None:
    """ATA-3 (UPP-126): whoever was given the summons has left, and the meeting is still ahead."""
    case = a_case_with(a_summoned_meeting(summonses=(a_summons(FK, officer_has_left=True),)))
    assert owing(everyone_called_has_somebody_to_turn_to, Picture(case)) == [
        (THE_FK, about(SubjectKind.SUMMONS, SUMMONS_IDS[FK]), TODAY)
    ]


def test_everyone_called_has_somebody_to_turn_to__broken_for_an_action() -> None:
    """ATA-3 (UPP-126): the meeting is over, but an action of the organisation waits for somebody new."""
    over = a_concluded_meeting(summonses=(a_summons(FK, officer_has_left=True),))
    undone = a_case_after_the_meeting(meetings=(over,), commitments=())
    assert owing(everyone_called_has_somebody_to_turn_to, Picture(undone)) == [
        (THE_FK, about(SubjectKind.ACTION, ACTION_ID), (HELD + days(1)).date())
    ]
