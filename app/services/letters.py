"""The letters of a meeting, gathered and opened: what the rulebook judges, and what the recipients will
read.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.agreements.contents import Template
from app.db import letters as rows
from app.domain.codes import Answer, CalledFunction, Channel
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.letter import (
    Convener,
    EmployerAnswer,
    Letter,
    LetterInvitee,
    LetterPerson,
    NoIdentityNumber,
    Recipient,
)
from app.domain.rule import Words
from app.domain.summons import is_for_the_coordinator
from app.errors import FieldFault, NotFound, Unprocessable
from app.services.at_hand import MeetingFound
from app.services.delivery import PersonToName, person_to_name
from app.services.reading import Reading

Row = Mapping[str, Any]

NOT_INVITED = FieldFault(
    "INVITEE_UNKNOWN",
    Words("Den inbjudna finns inte på mötet", "The invitee is not one of this meeting"),
)
NOBODY_LEFT = Words(
    "Ingen är kvar att skriva till. Anteckna först vem mötet är till för.",
    "Nobody is left to write to. Note first whom the meeting is for.",
)
PRIVATE = frozenset({"close_person", "representative", "interpreter", "other"})


@dataclass(frozen=True)
class Gathered:
    """Everything the letters of one meeting are made of, opened for its holder."""

    meeting: Row
    invitees: tuple[Row, ...]
    names: Mapping[UUID, str]
    reasons: Mapping[UUID, str]
    addresses: Mapping[UUID, tuple[str, ...]]
    workplaces: Mapping[UUID, str]
    coordinated: frozenset[UUID]
    units: Mapping[tuple[UUID, UUID], Row]
    convener: Convener
    person: PersonToName
    place: str
    purpose: str
    current_situation: str
    employer: EmployerAnswer

    @property
    def ends_at(self) -> datetime | None:
        """When the meeting ends, where a time is booked."""
        ends_at: datetime | None = self.meeting["ends_at"]
        return ends_at


async def gather(work: Reading, at: MeetingFound) -> Gathered:
    """Read and open what the letters of a meeting need. Raises NotFound when the meeting is not the
    caller's.
    """
    tx, meeting_id = work.tx, at.meeting.id
    meeting = await rows.meeting(tx, meeting_id)
    person = await rows.person(tx, at.individual_id)
    convener = await rows.convener(tx, at.meeting.chair_officer_id)
    if meeting is None or person is None or convener is None:
        raise NotFound
    invitees = tuple(await rows.invitees(tx, meeting_id))
    organisations = {one["organisation_id"] for one in invitees if one["organisation_id"]}
    units = await rows.units_of(tx, organisations, {one["unit_id"] for one in invitees})
    preparation = await rows.preparation(tx, meeting_id)

    def opened(column: str) -> str:
        return work.open("meeting", meeting, column) or ""

    return Gathered(
        meeting=meeting,
        invitees=invitees,
        names={one["id"]: work.open("invitee", one, "name_sealed") or "" for one in invitees},
        reasons={one["id"]: work.open("invitee", one, "reason_sealed") or "" for one in invitees},
        addresses={one["id"]: noted_address(work, one) for one in invitees},
        workplaces={
            one["id"]: work.open("invitee", one, "organisation_name_sealed") or "" for one in invitees
        },
        coordinated=frozenset(
            one for one in organisations if is_for_the_coordinator(one, at.found.agreement)
        ),
        units={(one["org_id"], one["id"]): one for one in units},
        convener=_convener(convener),
        person=person_to_name(work, person),
        place=opened("place_sealed") or ("digitalt" if meeting["mode"] == "remote" else ""),
        purpose=opened("purpose_sealed"),
        current_situation=opened("current_situation_sealed"),
        employer=_employer(preparation),
    )


def letter_template(work: Reading, at: MeetingFound) -> Template:
    """The template of the letters by the agreement the case runs under."""
    file = work.house.agreements.get(at.found.agreement.id)
    if file is None:
        raise LookupError(at.found.agreement.id)
    return file.template("kallelse")


def chosen(gathered: Gathered, asked: Iterable[UUID], *, organisations: bool) -> tuple[Row, ...]:
    """The invitees a letter goes to: those asked for, or all of their sort. Raises Unprocessable for
    another's.
    """
    wanted = tuple(asked)
    fitting = {
        one["id"]: one for one in gathered.invitees if (one["kind"] == "organisation") is organisations
    }
    if faults := [place for place, one in enumerate(wanted) if one not in fitting]:
        raise Unprocessable(*(NOT_INVITED.at(f"/inviteeIds/{place}") for place in faults))
    return tuple(fitting[one] for one in wanted) if wanted else tuple(fitting.values())


def letter_to(gathered: Gathered, invitee: Row, channel: Channel, *, for_outsider: bool = False) -> Letter:
    """One recipient's letter. An outsider's shows only the invitees the individual agreed to show."""
    shown = [one for one in gathered.invitees if one["shown_to_outsiders"] or not for_outsider]
    return Letter(
        recipient=_recipient(gathered, invitee),
        channel=channel,
        starts_at=gathered.meeting["starts_at"] or NotYet(),
        place=gathered.place,
        purpose=gathered.purpose,
        current_situation=gathered.current_situation,
        reason_for_recipient=gathered.reasons[invitee["id"]],
        convener=gathered.convener,
        invitees=tuple(_listed(gathered, one) for one in shown),
        person=_person(gathered.person, for_outsider=for_outsider),
        employer=gathered.employer,
    )


def asked_channel(gathered: Gathered, invitee: Row) -> Channel | Unknown:
    """The channel the invitee's unit asks for, if it asks for one."""
    unit = gathered.units.get((invitee["organisation_id"], invitee["unit_id"]))
    return Channel(unit["asks_for_channel"]) if unit and unit["asks_for_channel"] else Unknown()


def _person(person: PersonToName, *, for_outsider: bool) -> LetterPerson:
    if for_outsider:
        return LetterPerson(person.name, Unknown())
    return LetterPerson(person.name, person.number or NoIdentityNumber())


def _recipient(gathered: Gathered, invitee: Row) -> Recipient:
    unit = gathered.units.get((invitee["organisation_id"], invitee["unit_id"]))
    own = [
        one for (organisation, _), one in gathered.units.items() if organisation == invitee["organisation_id"]
    ]
    noted = gathered.addresses[invitee["id"]]
    to_organisation = invitee["kind"] == "organisation"
    return Recipient(
        invitee_id=invitee["id"],
        organisation_id=invitee["organisation_id"] or invitee["id"],
        unit_id=invitee["unit_id"] or Unknown(),
        unit_is_required=len(own) > 1,
        function=CalledFunction.read(invitee["function"] or ""),
        function_is_equivalent=invitee["equivalent_function"],
        for_coordinator=invitee["organisation_id"] in gathered.coordinated,
        address_lines=address_block(unit, noted)
        if to_organisation
        else tuple(filter(None, (gathered.names[invitee["id"]], gathered.workplaces[invitee["id"]], *noted))),
        asks_for_channel=asked_channel(gathered, invitee),
    )


def noted_address(work: Reading, invitee: Row) -> tuple[str, ...]:
    """The address noted with an invitee: a person's, or that of the care giver concerned (UPP-041)."""
    noted = work.open("invitee", invitee, "address_sealed")
    return tuple(json.loads(noted)) if noted else ()


def address_block(unit: Row | None, noted: tuple[str, ...]) -> tuple[str, ...]:
    """The address on a letter to a unit, and for whose attention: the unit's own, under its name unless the
    address has it; or the noted one, where the unit has none.
    """
    own = tuple(unit["address"]) if unit else ()
    lines = own or noted
    if not lines:
        return ()
    name = (unit["name"],) if unit and own and unit["name"] not in own else ()
    attention = (f"Att: {unit['attention']}",) if unit and unit["attention"] else ()
    return (*name, lines[0], *attention, *lines[1:])


def _listed(gathered: Gathered, invitee: Row) -> LetterInvitee:
    return LetterInvitee(
        name=gathered.names[invitee["id"]],
        function=CalledFunction.read(invitee["function"] or ""),
        organisation=invitee["organisation"] or gathered.workplaces[invitee["id"]],
        is_private_person=invitee["kind"] in PRIVATE,
    )


def _convener(row: Row) -> Convener:
    return Convener(
        organisation_id=row["org_id"],
        officer_id=row["id"],
        name=row["name"],
        title=row["title"] or "",
        unit=", ".join(dict.fromkeys((row["unit"], row["organisation"]))),
        organisation=row["organisation"],
        postal_address=", ".join(row["address"]),
        email=row["email"] or row["unit_email"] or "",
        telephone=row["telephone"] or row["unit_telephone"] or "",
    )


def _employer(preparation: Row | None) -> EmployerAnswer:
    if preparation is None:
        return EmployerAnswer(Answer.NOT_ASKED, Answer.NOT_ASKED)
    return EmployerAnswer(Answer(preparation["employer_exists"]), Answer(preparation["employer_called"]))
