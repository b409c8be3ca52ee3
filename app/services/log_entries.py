"""The person's own extract of the log (loggutdrag): what the caller's organisation did about them and who saw
what, taken out on their behalf (PDL 8:5, GDPR 15).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.db import directory, individuals
from app.db import log_entries as rows
from app.db.reading import Shown
from app.documents.document import HIDDEN
from app.documents.log_entry import Who, log_entry
from app.domain.access import Operation, Relation
from app.domain.calendar import stockholm_end_of
from app.domain.codes import InformationCategory, LogEntryKind, LogOrigin, Purpose
from app.domain.log_words import DISCLOSED_AS, LOGGED_AS, LoggedAs
from app.domain.rule import Words
from app.errors import NotFound, QueryInvalid
from app.services.dates import DATE_ORDER
from app.services.desk import Desk
from app.services.reading import Reading
from app.services.sight import Sight, sight_of_person

_LAST_ID = UUID(int=2**128 - 1)
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
_AFTER_ALL = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """A place in the log, newest first: what comes after it is older."""

    moment: datetime
    entry_id: UUID


@dataclass(frozen=True)
class Asked:
    """Which part of the log: after a place in it, and of which days (Stockholm), both among them."""

    after: Place | None
    first_day: date | None
    last_day: date | None
    limit: int


@dataclass(frozen=True)
class LogEntryShown:
    """One entry: when, what kind of information, for what, by whom, whose, and all of it as a sentence.

    `to_organisation` is whom it was shown to, where an act has shown something to another.

    `officer_name` is None unless the organisation tells names.
    """

    id: UUID
    kind: LogEntryKind
    operation: str | None
    recorded_at: datetime
    about: InformationCategory
    purpose: Purpose
    item_kind: str
    item_id: UUID
    case_id: UUID | None
    origin: LogOrigin
    of_organisation: UUID
    to_organisation: UUID | None
    unit_id: UUID | None
    unit_name: str | None
    function: str | None
    officer_name: str | None
    reason: str | None
    text: Words


@dataclass(frozen=True)
class LogExtract:
    """A part of a person's log, newest first; `next` is the place to go on from, None at the end."""

    organisation_id: UUID
    organisation_name: str
    entries: tuple[LogEntryShown, ...]
    next: Place | None


async def of_individual(desk: Desk, individual_id: UUID, asked: Asked) -> LogExtract:
    """What the organisation's log has about one person of the caller's unit. Taking it out is logged too.

    Raises NotFound for everybody else, QueryInvalid for days in the wrong order.
    """
    if asked.first_day and asked.last_day and asked.last_day < asked.first_day:
        raise QueryInvalid(DATE_ORDER.at("query:to"))
    async with desk.reading(Operation.LIST_LOG_ENTRIES) as reading:
        if await individuals.for_use(reading.tx, individual_id, all_units=reading.all_units) is None:
            raise NotFound
        reading.entitle(Relation.OWN_UNIT)
        before, since = _bounds(asked)
        found = await rows.of_individual(
            reading.tx, individual_id, before=before, since=since, limit=asked.limit + 1
        )
        mine = await directory.organisation(reading.tx, reading.me)
        name = mine["name"] if mine else ""
        await reading.log_shown(Shown("individual", reading.me, individual_id, None, individual_id))
        sight = await sight_of_person(reading, individual_id)
        await reading.commit()
        page = found[: asked.limit]
        last = page[-1] if len(found) > asked.limit else None
        return LogExtract(
            organisation_id=reading.me,
            organisation_name=name,
            entries=tuple(_shown(reading, row, name, sight) for row in page),
            next=Place(last["recorded_at"], last["id"]) if last else None,
        )


def _bounds(asked: Asked) -> tuple[tuple[datetime, UUID], datetime]:
    """The place before which entries are wanted, and the first instant that is."""
    since = stockholm_end_of(asked.first_day - timedelta(days=1)) if asked.first_day else _BEFORE_ALL
    end = stockholm_end_of(asked.last_day) if asked.last_day else _AFTER_ALL
    latest = (end - timedelta(microseconds=1), _LAST_ID)
    return min(latest, (asked.after.moment, asked.after.entry_id)) if asked.after else latest, since


def _shown(reading: Reading, row: Mapping[str, Any], organisation: str, sight: Sight) -> LogEntryShown:
    said = _said(row)
    kind, origin = LogEntryKind(row["kind"]), _origin(reading, row)
    named = reading.me in reading.house.names_in_log_extracts
    name = sight.of(row["officer_name"]) if named else None  # by the name the office is found
    unit = HIDDEN if sight.is_barred and row["unit_name"] else row["unit_name"]
    who = Who(organisation, unit, row["function"], name, by_itself=row["operation"] == Operation.TICK)
    return LogEntryShown(
        id=row["id"],
        kind=kind,
        operation=row["operation"],
        recorded_at=row["recorded_at"],
        about=said.about,
        purpose=said.purpose,
        item_kind=row["item_kind"],
        item_id=row["item_id"],
        case_id=row["case_id"],
        origin=origin,
        of_organisation=row["holder"] or reading.me,
        to_organisation=row["recipient_org"],
        unit_id=sight.of(row["unit_id"]),
        unit_name=sight.of(row["unit_name"]),
        function=row["function"],
        officer_name=name,
        reason=_reason(reading, row),
        text=log_entry(
            row["recorded_at"], who, kind, said, origin, row["holder_name"], row["recipient_name"]
        ),
    )


def _said(row: Mapping[str, Any]) -> LoggedAs:
    """How the entry explains itself: by its operation, or by what was shown to another organisation."""
    operation = row["operation"]
    return LOGGED_AS[Operation(operation)] if operation else DISCLOSED_AS[row["item_kind"]]


def _origin(reading: Reading, row: Mapping[str, Any]) -> LogOrigin:
    if row["holder"] in (None, reading.me):
        return LogOrigin.OWN
    return LogOrigin.RECEIVED if row["item_kind"] == "received_copy" else LogOrigin.SHOWN


def _reason(reading: Reading, row: Mapping[str, Any]) -> str | None:
    """Why the person was looked up, where that was asked."""
    sealed = row["reason_sealed"]
    if sealed is None:
        return None
    return reading.house.sealer.open(sealed, reading.me, "read_entry", row["id"], "reason_sealed")
