"""Roller: ROL-1 to ROL-4."""

import pytest

from app.domain.codes import Attendance
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Acting
from app.domain.facts.meeting import ChairTransfer, IndividualAttendance, Initiator, Recorder
from app.domain.roles import (
    someone_is_appointed_to_write_the_plan,
    the_individual_is_present,
    the_initiator_belongs_to_a_party,
    the_initiator_chairs,
)
from tests.domain.asking import broken
from tests.domain.at_hand import doing, holding
from tests.domain.cases import a_case_with
from tests.domain.meetings import a_held_meeting, a_meeting, a_summoned_meeting
from tests.domain.world import AF, AF_UNIT, CALLED, COLLEAGUE, FK, HELD, KOMMUN, NOW, OFFICER, STRANGER


@pytest.mark.parametrize("organisation", [AF, *CALLED])
def test_the_initiator_belongs_to_a_party__kept(organisation: object) -> None:
    """ROL-1 (UPP-010, UPP-122): every one of the four may initiate."""
    meeting = a_meeting(initiator=Initiator(organisation, AF_UNIT, OFFICER))  # type: ignore[arg-type]
    assert broken(the_initiator_belongs_to_a_party, doing(meeting)) == []


def test_the_initiator_belongs_to_a_party__broken() -> None:
    """ROL-1 (UPP-010): an organisation outside the agreement, or one nobody knows, may not."""
    for organisation in (STRANGER, COLLEAGUE):
        meeting = a_meeting(initiator=Initiator(organisation, AF_UNIT, OFFICER))
        assert broken(the_initiator_belongs_to_a_party, doing(meeting)) == [
            ("/initiator", "INITIATOR_NOT_PARTY")
        ]


def opened_by(organisation: object, officer: object, **changes: object) -> list[tuple[str, str]]:
    """What is said when this officer opens the meeting."""
    meeting = a_summoned_meeting(**changes)
    acting = Acting(organisation, AF_UNIT, officer)  # type: ignore[arg-type]
    return broken(the_initiator_chairs, holding(meeting, a_case_with(meeting, at=HELD, acting=acting)))


def test_the_initiator_chairs__kept() -> None:
    """ROL-2 (UPP-052): the initiator opens, or whoever the chair was transferred to with a reason."""
    assert opened_by(AF, OFFICER) == []
    transfer = ChairTransfer(COLLEAGUE, reason_given=True, at=NOW)
    assert opened_by(AF, COLLEAGUE, chair_transfers=(transfer,)) == []


def test_the_initiator_chairs__broken() -> None:
    """ROL-2 (UPP-052): a colleague, another organisation, or a chair passed on without a reason."""
    said = [("/chair", "CHAIR_NOT_INITIATOR")]
    assert opened_by(AF, COLLEAGUE) == said
    assert opened_by(FK, OFFICER) == said
    transfer = ChairTransfer(COLLEAGUE, reason_given=False, at=NOW)
    assert opened_by(AF, COLLEAGUE, chair_transfers=(transfer,)) == said


def test_someone_is_appointed_to_write_the_plan__kept() -> None:
    """ROL-3 (UPP-053): somebody of any organisation is appointed."""
    assert (
        broken(someone_is_appointed_to_write_the_plan, doing(a_held_meeting(recorder=Recorder(KOMMUN)))) == []
    )


def test_someone_is_appointed_to_write_the_plan__broken() -> None:
    """ROL-3 (UPP-053): nobody is appointed."""
    assert broken(someone_is_appointed_to_write_the_plan, doing(a_held_meeting(recorder=NotYet()))) == [
        ("/recorder", "DOCUMENTER_MISSING")
    ]


def with_the_individual(attendance: Attendance) -> list[tuple[str, str]]:
    """What is said of this attendance of the individual."""
    individual = IndividualAttendance(attendance, took_part_otherwise=True, reason_given=True)
    return broken(the_individual_is_present, holding(individual=individual))


@pytest.mark.parametrize("attendance", [Attendance.PRESENT, Attendance.REMOTE, Attendance.REPRESENTED])
def test_the_individual_is_present__kept(attendance: Attendance) -> None:
    """ROL-4 (UPP-023): there, remotely, or through somebody."""
    assert with_the_individual(attendance) == []


@pytest.mark.parametrize("attendance", [Attendance.ABSENT, Attendance.ABSENT_NOTIFIED])
def test_the_individual_is_present__broken(attendance: Attendance) -> None:
    """ROL-4 (UPP-023): absent, with notice or without; the reason is given when the finding is explained."""
    assert with_the_individual(attendance) == [("/individual", "INDIVIDUAL_ABSENT")]
