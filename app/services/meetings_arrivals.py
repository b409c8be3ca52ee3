"""Coming and leaving while a meeting is open: who comes now, beside what has been noted of them before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.domain.codes import Attendance
from app.domain.facts.meeting import OrganisationPresent, OutsiderPresent
from app.services.meetings_attendance import Attendees, IndividualThere, Presence
from app.services.reading import Reading

Row = Mapping[str, Any]


class Noted:
    """The last word on each attender, from the meeting's rows in the order they were recorded."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._last = {(row["attender"], row["organisation_id"] or row["invitee_id"]): row for row in rows}

    def of_individual(self) -> Row | None:
        """What was noted last of the individual."""
        return self._last.get(("individual", None))

    def of_organisation(self, organisation_id: UUID) -> Row | None:
        """What was noted last of an organisation."""
        return self._last.get(("organisation", organisation_id))

    def of_outsider(self, invitee_id: UUID) -> Row | None:
        """What was noted last of a person outside the organisations."""
        return self._last.get(("outsider", invitee_id))


def arriving_organisations(told: Attendees, noted: Noted) -> tuple[OrganisationPresent, ...]:
    """The organisations told of, of which those that leave, or were there already, come no more."""
    return tuple(
        OrganisationPresent(
            one.organisation_id, _arrival(one.presence, noted.of_organisation(one.organisation_id))
        )
        for one in told.organisations
    )


def arriving_outsiders(told: Attendees, noted: Noted) -> tuple[OutsiderPresent, ...]:
    """The same of the persons outside the organisations."""
    return tuple(
        OutsiderPresent(one.invitee_id, _arrival(one.presence, noted.of_outsider(one.invitee_id)))
        for one in told.outsiders
    )


def individual_since(individual: IndividualThere | None, noted: Noted) -> IndividualThere | None:
    """The individual with the arrival noted before."""
    if individual is None:
        return None
    return replace(individual, presence=_since(individual.presence, noted.of_individual()))


def attendees_since(work: Reading, told: Attendees, noted: Noted) -> Attendees:
    """Those told of with what was noted before and still holds: when they came, and the officer's name."""

    def name(row: Row | None) -> str | None:
        return None if row is None else work.open("attendance", row, "officer_name_sealed")

    return Attendees(
        organisations=tuple(
            replace(
                one,
                presence=_since(one.presence, noted.of_organisation(one.organisation_id)),
                officer_name=one.officer_name or name(noted.of_organisation(one.organisation_id)),
            )
            for one in told.organisations
        ),
        outsiders=tuple(
            replace(one, presence=_since(one.presence, noted.of_outsider(one.invitee_id)))
            for one in told.outsiders
        ),
    )


def _is_there(row: Row | None) -> bool:
    """Whether somebody was there and has not left."""
    return row is not None and Attendance(row["attendance"]).took_part and row["to_at"] is None


def _arrival(presence: Presence, row: Row | None) -> Attendance:
    """How somebody comes to the meeting now; whoever is there already does not come again."""
    return Attendance.ABSENT if _is_there(row) else presence.attendance


def _since(presence: Presence, row: Row | None) -> Presence:
    """The presence with its arrival, where the attender was there already and nothing else is said."""
    stays = row is not None and _is_there(row) and presence.attendance.took_part
    if row is None or not stays or presence.arrived_at is not None:
        return presence
    return replace(presence, arrived_at=row["from_at"])
